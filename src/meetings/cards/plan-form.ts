import {
  type ActionData,
  button,
  type Card,
  type CardElement,
  container,
  sideBySide,
  subtle,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField, dateField, keptField, textField, timeField } from '../../cards/inputs.ts';
import { lengthText } from '../../cards/places.ts';
import type { Verb } from '../../cards/verbs.ts';
import type { Body } from '../../directory/model.ts';
import { type Actor, leads, membershipIn } from '../../shared/actor.ts';
import type { Texts } from '../../shared/text.ts';
import { type PlanField, planFields, planLimits } from '../input/fields-input.ts';
import type { PlanMode } from '../input/plan-input.ts';
import { type MeetingKind, meetingKinds } from '../model.ts';
import { kindsIn } from '../rights.ts';
import type { MeetingPolicy } from '../settings.ts';
import { everyoneField, namedField, type PeopleScene } from './invited-form.ts';
import { type ShownFields, seriesFields } from './series-form.ts';
import type { MeetingScene } from './words-card.ts';

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

export interface PlanFormScene extends MeetingScene, PeopleScene {
  actor: Actor;
  /** Those for which its reader may plan. */
  bodies: readonly Body[];
  /** How long a meeting is, and how long a poll, when nobody says it. */
  policy: Pick<MeetingPolicy, 'length' | 'pollDays'>;
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

export const caseData = ({ id, placement }: FromCase): ActionData => ({ id, ...(placement && { placement }) });

/** Who is of the team of a case plans the meetings about it. */
function isOwnCase({ values }: Form, body: Body, actor: Actor): boolean {
  return values.kind === 'case' && membershipIn(actor, body.id) !== null;
}

function otherMode(mode: PlanMode, data: Readonly<Record<string, string | number>>, texts: Texts) {
  const other = mode === 'one' ? 'several' : 'one';
  return button(texts(`meeting.plan.switch.${other}`), 'meeting.form', { ...data, mode: other });
}

function shownFields(form: Form, { mode, from }: WhichPlan, body: Body | undefined, scene: PlanFormScene): ShownFields {
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
  const when: ShownFields =
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
  const series: ShownFields = mode === 'one' ? seriesFields(form, texts) : { ids: [], elements: [] };
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

/** What is filled in and not shown now, such as the times on the form of one. */
function keptFields({ values }: Form, shown: readonly PlanField[], texts: Texts): CardElement[] {
  const kept = planFields.filter((id) => !shown.includes(id) && values[id]);
  return kept.map((id) => keptField({ id, label: texts(`meeting.plan.field.${id}`), value: values[id] }));
}
