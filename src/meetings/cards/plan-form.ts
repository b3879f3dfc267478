import {
  type ActionData,
  banner,
  button,
  type Card,
  type CardElement,
  card,
  container,
  sideBySide,
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { type Choice, choiceField, dateField, keptField, lineBelow, textField, timeField } from '../../cards/inputs.ts';
import type { Verb } from '../../cards/verbs.ts';
import { type Body, isMember, membershipsOf } from '../../directory/model.ts';
import { type Actor, leads, membershipIn } from '../../shared/actor.ts';
import { type PersonId, personId } from '../../shared/ids.ts';
import type { Texts } from '../../shared/text.ts';
import type { Doubt } from '../doubts.ts';
import { type PlanField, planFields, planLimits } from '../input/fields-input.ts';
import type { PlanMode } from '../input/plan-input.ts';
import { type Meeting, type MeetingKind, meetingKinds } from '../model.ts';
import { codeOf, type Rhythm, repeatOf } from '../repeat.ts';
import { kindsIn } from '../rights.ts';
import type { MeetingPolicy } from '../settings.ts';
import { lengthText, type MeetingScene, personName, slotText, startText, titleOf } from './words-card.ts';

/** The form in which somebody checks what was understood of a meeting, corrects it, and sends it. */

export interface WhichPlan {
  /** A UUID, which becomes the meeting's: sent twice it is one meeting. */
  formId: string;
  mode: PlanMode;
  /** It has taken no other card's place: once it is done with, its message becomes a line. */
  alone: boolean;
  /** The case from whose card it was opened, where one comes back to; null for any other form. */
  from: FromCase | null;
}

/** What the card of a case carries. */
export interface FromCase {
  id: string;
  placement?: string | undefined;
}

export interface PlanFormScene extends MeetingScene {
  actor: Actor;
  /** Those for which its reader may plan. */
  bodies: readonly Body[];
  /** How long a meeting is, and how long a poll, when nobody says it. */
  policy: Pick<MeetingPolicy, 'length' | 'pollDays'>;
  /** Who else reads it may not see who works in the region: then only those are offered who were named. */
  offers: 'everybody' | 'named';
}

export function planForm(form: Form, which: WhichPlan, scene: PlanFormScene): Card {
  const { formId, mode, alone, from } = which;
  const { texts, actor, bodies } = scene;
  const [only, ...others] = bodies;
  const body = bodies.find(({ id }) => id === form.values.body) ?? (others.length === 0 ? only : undefined);
  const data = {
    formId,
    mode,
    ...(alone && { alone: 1 }),
    ...(others.length === 0 && only && { body: only.id }),
    ...(from && { from: from.id, ...(from.placement && { placement: from.placement }) }),
  };
  const proposes = body !== undefined && !leads(actor, body.id) && !isOwnCase(form, body, actor);
  const fields = shownFields(form, which, body, scene);
  return formCard(texts, form, {
    ...(others.length === 0 &&
      only && { about: [from?.id, withoutMarkdown(only.name[texts.language])].filter(Boolean).join(' · ') }),
    title: texts(from && mode === 'one' ? 'meeting.plan.title.case' : `meeting.plan.title.${mode}`),
    fields: [
      ...(proposes ? [subtle(texts('meeting.plan.proposing'))] : []),
      ...(others.length > 0 ? [bodyField(form, scene)] : []),
      ...fields.elements,
      ...keptFields(form, fields.ids, texts),
    ],
    submit: {
      title: texts(
        `meeting.plan.submit.${form.despite ? 'anyway' : proposes ? 'propose' : mode === 'one' ? 'invite' : 'ask'}`,
      ),
      verb: 'meeting.plan',
      data,
    },
    others: [otherMode(mode, data, texts)],
    cancel: wayOut(which),
    tall: true,
  });
}

function wayOut({ formId, alone, from }: WhichPlan): { verb: Verb; data?: ActionData } {
  if (from) return { verb: 'referral.view', data: caseData(from) };
  return alone ? { verb: 'meeting.leave', data: { formId } } : { verb: 'chat.welcome' };
}

const caseData = ({ id, placement }: FromCase): ActionData => ({ id, ...(placement && { placement }) });

/** Who is of the team of a case plans the meetings about it. */
function isOwnCase({ values }: Form, body: Body, actor: Actor): boolean {
  return values.kind === 'case' && membershipIn(actor, body.id) !== null;
}

function otherMode(mode: PlanMode, data: Readonly<Record<string, string | number>>, texts: Texts) {
  const other = mode === 'one' ? 'several' : 'one';
  return button(texts(`meeting.plan.switch.${other}`), 'meeting.form', { ...data, mode: other });
}

interface Fields {
  ids: readonly PlanField[];
  elements: CardElement[];
}

function shownFields(form: Form, { mode, from }: WhichPlan, body: Body | undefined, scene: PlanFormScene): Fields {
  const { texts } = scene;
  const state = <Id extends PlanField>(id: Id) => ({
    ...field(form, id),
    id,
    label: texts(`meeting.plan.field.${id}`),
  });
  const written = (id: keyof typeof planLimits, more: { hint?: string; multiline?: boolean } = {}) =>
    textField({ ...state(id), maxLength: planLimits[id], ...more });
  const length = written('length', {
    hint: texts('meeting.plan.hint.length', { length: lengthText(scene.policy.length, texts) }),
  });
  const when: Fields =
    mode === 'one'
      ? {
          ids: ['date', 'time', 'length'],
          elements: [sideBySide(dateField(state('date')), timeField(state('time'))), ...length],
        }
      : {
          ids: ['times', 'length', 'deadline', 'poll'],
          elements: [
            ...written('times', { multiline: true, hint: texts('meeting.plan.hint.times') }),
            sideBySide(
              length,
              written('deadline', { hint: texts('meeting.plan.hint.deadline', { days: scene.policy.pollDays }) }),
            ),
            ...choiceField({
              ...state('poll'),
              choices: [
                { title: texts('meeting.plan.poll.hidden'), value: 'hidden' },
                { title: texts('meeting.plan.poll.bot'), value: 'bot' },
              ],
              several: true,
              expanded: true,
            }),
          ],
        };
  const series: Fields = mode === 'one' ? seriesFields(form, texts) : { ids: [], elements: [] };
  const { kind = 'meeting', subject } = form.values;
  // On the way from a case it is settled what it is about, unless that cannot be.
  const isSettled = from !== null && !form.errors.kind && !form.errors.subject;
  // What the body does not hold is shown when it is to be corrected.
  const kinds = meetingKinds.filter((one) => one === kind || !body || kindsIn(body.kind).includes(one));
  const hasKinds = kinds.length > 1 && !isSettled;
  const hasSubject = (kinds.includes('case') || subject !== undefined) && !isSettled;
  return {
    ids: [
      ...when.ids,
      ...series.ids,
      'body',
      'title',
      'where',
      'online',
      'everyone',
      'named',
      ...(hasKinds ? (['kind'] as const) : []),
      ...(hasSubject ? (['subject'] as const) : []),
    ],
    elements: [
      ...written('title'),
      ...when.elements,
      ...written('where'),
      ...choiceField({
        ...state('online'),
        choices: [{ title: texts('meeting.plan.online.yes'), value: 'yes' }],
        several: true,
        expanded: true,
      }),
      sideBySide(everyoneField(form, texts), namedField(form, body, scene)),
      ...besides(
        hasKinds ? kindField(form, kinds, texts) : [],
        hasSubject ? written('subject', { hint: 'LOJ-2026-0001' }) : [],
      ),
      // Last, because it grows: so all others keep their place.
      ...series.elements,
    ],
  };
}

function bodyField(form: Form, { bodies, texts }: PlanFormScene): CardElement {
  return container(
    choiceField({
      ...field(form, 'body'),
      label: texts('meeting.plan.field.body'),
      choices: bodies.map(({ id, name }) => ({ title: name[texts.language], value: id })),
      hint: texts('form.choose'),
    }),
  );
}

export function everyoneField(form: Form, texts: Texts): CardElement[] {
  const filled = { ...form, values: { everyone: 'everyone', ...form.values } };
  return choiceField({
    ...field(filled, 'everyone'),
    label: texts('meeting.plan.field.everyone'),
    choices: (['everyone', 'named'] as const).map((value) => ({
      title: texts(`meeting.plan.everyone.${value}`),
      value,
    })),
  });
}

/** As many as fit a card: who has been chosen, then the body's own; whom it leaves out can be written by name. */
const mostOffered = 110;

export function namedField(
  form: Form,
  body: Body | undefined,
  { directory, texts, offers }: Pick<PlanFormScene, 'directory' | 'texts' | 'offers'>,
): CardElement[] {
  const chosen = (form.values.named ?? '').split(',').filter(Boolean).map(personId);
  const people = directory.people.filter(({ id }) => membershipsOf(directory, id).length > 0);
  const place = (id: PersonId): number => (chosen.includes(id) ? 0 : body && isMember(directory, body.id, id) ? 1 : 2);
  // A meeting about a case is for its team alone.
  const mayCome = (id: PersonId): boolean =>
    offers === 'everybody' && (form.values.kind !== 'case' || body === undefined || isMember(directory, body.id, id));
  const fitting = people
    .filter(({ id }) => mayCome(id) || chosen.includes(id))
    .toSorted((a, b) => place(a.id) - place(b.id))
    .slice(0, mostOffered);
  const choices = fitting
    .map(({ id, name }): Choice => ({ title: name, value: id }))
    .toSorted((a, b) => a.title.localeCompare(b.title, texts.language));
  if (choices.length === 0) return lineBelow('named', field(form, 'named'));
  return choiceField({
    ...field(form, 'named'),
    label: texts('meeting.plan.field.named'),
    choices,
    hint: texts('form.chooseSeveral'),
    several: true,
  });
}

/** Side by side, or what there is of the two. */
function besides(left: CardElement[], right: CardElement[]): CardElement[] {
  return left.length > 0 && right.length > 0 ? [sideBySide(left, right)] : [...left, ...right];
}

function kindField(form: Form, kinds: readonly MeetingKind[], texts: Texts): CardElement[] {
  const filled = { ...form, values: { kind: 'meeting', ...form.values } };
  return choiceField({
    ...field(filled, 'kind'),
    label: texts('meeting.plan.field.kind'),
    choices: kinds.map((value) => ({
      title: texts(`meeting.plan.kind.${value}`),
      value,
    })),
  });
}

const rhythms: readonly Rhythm[] = [
  { unit: 'week', every: 1, by: 'weekday' },
  { unit: 'week', every: 2, by: 'weekday' },
  { unit: 'week', every: 3, by: 'weekday' },
  { unit: 'week', every: 4, by: 'weekday' },
  { unit: 'month', every: 1, by: 'weekday' },
  { unit: 'month', every: 1, by: 'date' },
  { unit: 'month', every: 2, by: 'weekday' },
  { unit: 'month', every: 3, by: 'weekday' },
  { unit: 'month', every: 6, by: 'weekday' },
  { unit: 'month', every: 12, by: 'weekday' },
];

/** What becomes of a series is asked only of one. */
function seriesFields(form: Form, texts: Texts): Fields {
  const { repeat = 'none' } = form.values;
  const filled = { ...form, values: { holidays: 'skip', ...form.values, repeat } };
  const said = repeatOf(repeat);
  const known = rhythms.some((rhythm) => codeOf(rhythm) === repeat);
  const choices = [...rhythms, ...(said && !known ? [said] : [])];
  const often = choiceField({
    ...field(filled, 'repeat'),
    label: texts('meeting.plan.field.repeat'),
    choices: [
      { title: texts('meeting.plan.repeat.none'), value: 'none' },
      ...choices.map((rhythm) => ({ title: rhythmText(rhythm, texts), value: codeOf(rhythm) })),
    ],
  });
  if (!said) return { ids: ['repeat'], elements: often };
  return {
    ids: ['repeat', 'ends', 'holidays'],
    elements: [
      ...often,
      ...textField({
        ...field(filled, 'ends'),
        label: texts('meeting.plan.field.ends'),
        hint: texts('meeting.plan.hint.ends'),
        maxLength: planLimits.ends,
      }),
      ...choiceField({
        ...field(filled, 'holidays'),
        label: texts('meeting.plan.field.holidays'),
        choices: (['skip', 'before', 'after', 'keep'] as const).map((value) => ({
          title: texts(`meeting.plan.holidays.${value}`),
          value,
        })),
      }),
    ],
  };
}

function rhythmText({ unit, every, by }: Rhythm, texts: Texts): string {
  const often = every === 1 ? unit : every === 2 ? (`${unit}2` as const) : (`${unit}s` as const);
  return texts(`meeting.plan.repeat.${often}`, { every, by: texts(`meeting.plan.by.${by}`) });
}

/** What is filled in and not shown now, such as the times on the form of one. */
function keptFields({ values }: Form, shown: readonly PlanField[], texts: Texts): CardElement[] {
  const kept = planFields.filter((id) => !shown.includes(id) && values[id]);
  return kept.map((id) => keptField({ id, label: texts(`meeting.plan.field.${id}`), value: values[id] }));
}

/** People that are named before the rest is a number. */
const mostDoubts = 6;

/** What speaks against it, for the banner above the form; the title of a meeting only where its reader may know it. */
export function doubtsText(doubts: readonly Doubt[], scene: MeetingScene): string {
  const { texts, directory } = scene;
  const { timeZone: zone, workingHours } = directory.policy;
  const hours = `${workingHours.start}–${workingHours.end}`;
  const lines = doubts.slice(0, mostDoubts).map((doubt) => {
    const when = startText(doubt.slot, { zone }, scene);
    if (doubt.is !== 'busy') return texts(`meeting.plan.doubt.${doubt.is}`, { when, hours });
    const name = personName(doubt.person, scene);
    return doubt.with
      ? texts('meeting.plan.doubt.busyWith', { name, when, title: withoutMarkdown(titleOf(doubt.with, scene)) })
      : texts('meeting.plan.doubt.busy', { name, when });
  });
  const rest = doubts.length - lines.length;
  const more = rest > 0 ? [texts('meeting.plan.doubt.more', { count: rest })] : [];
  return [texts('meeting.plan.doubt.lead'), ...[...lines, ...more].map((line) => `- ${line}`)].join('\n');
}

/** One line that says what came of it; `elsewhere` to who may not know. */
function doneText(meeting: Meeting | 'elsewhere', scene: MeetingScene): string {
  const { texts } = scene;
  if (meeting === 'elsewhere') return texts('meeting.plan.done.elsewhere');
  const title = withoutMarkdown(titleOf(meeting, scene));
  switch (meeting.stage.is) {
    case 'planned':
      return texts('meeting.plan.done.invited', {
        title,
        when: slotText(meeting.stage.schedule.first, meeting, scene),
      });
    case 'poll':
      return texts('meeting.plan.done.asked', { title });
    case 'proposed':
      return texts('meeting.plan.done.proposed', { title });
    case 'cancelled':
      return texts('meeting.plan.done.elsewhere');
  }
}

/** What is said to who planned it, once that is done; `from` as of the form. */
export function plannedCard(meeting: Meeting, scene: MeetingScene, from: FromCase | null): Card {
  const { texts } = scene;
  const done = doneText(meeting, scene);
  return card(texts, {
    speak: done,
    body: [banner('good', done)],
    actions: [
      button(texts('list.open'), 'meeting.view', { id: meeting.id }),
      from
        ? button(texts('referral.actions.open'), 'referral.view', caseData(from))
        : button(texts('meeting.plan.another'), 'meeting.form'),
    ],
  });
}

/** What the form's message becomes for everybody; null for a form that was left. */
export function closedPlan(meeting: Meeting | 'elsewhere' | null, scene: MeetingScene): Card {
  const { texts } = scene;
  const line = meeting === null ? texts('meeting.plan.left') : doneText(meeting, scene);
  return card(texts, {
    speak: line,
    body: [text(line, { isSubtle: true })],
    actions: [button(texts('meeting.plan.another'), 'meeting.form', { alone: 1 })],
  });
}
