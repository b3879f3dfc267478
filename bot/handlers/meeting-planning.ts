import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Card, CardMessage } from '../../src/cards/elements.ts';
import {
  emptyForm,
  type Form,
  type FormProblem,
  type FormValues,
  formAgain,
  formValues,
  shortened,
} from '../../src/cards/form.ts';
import { bodyOfChat } from '../../src/directory/model.ts';
import { closedPlan, plannedCard } from '../../src/meetings/cards/done-card.ts';
import { type FromCase, type PlanFormScene, planForm, type WhichPlan } from '../../src/meetings/cards/plan-form.ts';
import type { Draft } from '../../src/meetings/created.ts';
import { type Doubt, doubtsOf } from '../../src/meetings/doubts.ts';
import { namesOtherCase } from '../../src/meetings/input/case-input.ts';
import { isMissing, type PlanProblem, planFields, planLimits } from '../../src/meetings/input/fields-input.ts';
import { type PlanMode, type PlanScene, parsePlan, planModes } from '../../src/meetings/input/plan-input.ts';
import type { Meeting } from '../../src/meetings/model.ts';
import { maySee } from '../../src/meetings/rights.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import { caseNamed } from '../../src/referrals/stored.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId, type ConversationId, parseReference } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { textsOfChat } from './body.ts';
import { createPlannableBodies } from './meeting-bodies.ts';
import { despite, inDoubt } from './meeting-doubts.ts';
import type { MeetingParts } from './meeting-pages.ts';
import { loadMeetingWords, type MeetingWords, problemInWords } from './meeting-words.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, requireKnown, type VerbTable, verb } from './verb.ts';

export interface PlanningParts extends MeetingParts {
  answers: SharedAnswers;
  meetingPolicy: PlanScene['policy'];
  newId: () => string;
  referrals: Pick<ReferralService, 'closeForm'>;
}

/** The form of a meeting about a case, for who has pressed on its card. Errors: `meeting.notHere` (of a closed team). */
export type PlanAbout = (press: Press, from: FromCase) => Card;

const formId = z.uuid().max(40);
/** Longer than any field takes, so that what is too long is told at its field. */
const typed = Object.fromEntries(planFields.map((field) => [field, z.string().max(20_000).optional()]));
const formData = z.object({
  formId: formId.optional(),
  mode: z.enum(planModes).default('one'),
  alone: z.literal(1).optional(),
  from: z.string().max(40).optional(),
  placement: z.uuid().max(36).optional(),
  ...typed,
});
const planData = formData.extend({ formId, despite: despite.optional() });

export type MeetingPlanning = ReturnType<typeof createMeetingPlanning>;

/** A meeting from the words, or the button, to what is sent. */
export function createMeetingPlanning(parts: PlanningParts) {
  const { meetings, referrals, directory, meetingSceneFor, answers, meetingPolicy, newId, background } = parts;
  const { bodiesOf, requireBodies, withBody } = createPlannableBodies(directory);

  const wordsFor = ({ actor }: Press): Promise<MeetingWords> => loadMeetingWords(meetingSceneFor(actor, null));

  function sceneOf(press: Press, { body }: FormValues = {}): PlanFormScene {
    const scene = meetingSceneFor(press.actor, null);
    // In the chat of another body, people may read along who are to know nobody of the region.
    const here = bodyOfChat(scene.directory, press.reference.conversation);
    const offers = press.readBy === 'presser' || (here && here.id === body) ? 'everybody' : 'named';
    return { ...scene, actor: press.actor, bodies: bodiesOf(press), policy: meetingPolicy, offers };
  }

  function drawn(press: Press, form: Form, which: WhichPlan): Card {
    const scene = sceneOf(press, form.values);
    // The case is its team's, whatever else its reader belongs to.
    const bodies = which.from ? scene.bodies.filter(({ id }) => id === form.values.body) : scene.bodies;
    return planForm(form, which, { ...scene, bodies });
  }

  /** Only who asked for a form closes it for everybody: nobody takes away what another one is writing. */
  const nameOf = ({ by }: Press, id: string): string => `plan ${id} of ${by.person}`;

  function opened(press: Press, form: Form, which: Omit<WhichPlan, 'formId'>): Card {
    const id = newId();
    return answers.showing(drawn(press, form, { ...which, formId: id }), nameOf(press, id));
  }

  /**
   * Those of the words, by their fields, that all in the chat must not read beside the case: they may tell whom it is about.
   * Beside another case that is named with them, all may.
   */
  async function tellingFields(
    { actor }: Press,
    text: string,
    subject: string | undefined,
    words: FormValues,
  ): Promise<string[]> {
    const { reference = null } = parseReference(subject ?? '') ?? {};
    const all = Object.entries(words).filter(([, said]) => said !== '');
    if (namesOtherCase(text, reference, directory.require(actor.tenant))) return all.map(([field]) => field);
    const telling: string[] = [];
    for (const [field, said] of all)
      if (reference && !(await meetings.maySay(actor, reference, said))) telling.push(field);
    return telling;
  }

  /** Whether there is one that is not their team's is nobody's business there. */
  async function caseProblems({ actor, texts }: Press, subject: string | undefined): Promise<FormProblem[]> {
    const { reference = null } = parseReference(subject ?? '') ?? {};
    if (!reference || (await meetings.maySay(actor, reference, ''))) return [];
    return [{ field: 'subject', words: texts('errors.meeting.noCase', { reference }) }];
  }

  /**
   * What somebody wrote, filled in; what is missing, or cannot be, is told at its field. Everybody in the chat reads the form
   * before it is checked, so what must not stand there is left out of it.
   */
  async function said(press: Press, text: string): Promise<Card> {
    requireKnown(press.actor);
    const words = await wordsFor(press);
    const { who, unrepeatable, lastFrom, noSuchDay, noSuchHour, likelyDay, mode, values } = words.said(
      text,
      press.actor.person,
    );
    const filled = withBody(press, who, values);
    const saysNothing = Object.keys(values).length === 0 && !noSuchDay && !noSuchHour;
    const parsed = parse(press, mode, words, filled);
    const found = saysNothing || parsed.ok ? [] : parsed.problems;
    const { title = '', where = '', subject } = filled;
    const names = who.unknown.join(', ');
    const telling = await tellingFields(press, text, subject, { title, where, named: names });
    const secret = [...telling, ...found.filter(isSensitive).map(({ field }) => field)];
    const shown = Object.fromEntries(Object.entries(filled).filter(([field]) => !secret.includes(field)));
    const { missing = [], wrong = [] } = Object.groupBy(
      found.filter(({ field }) => !telling.includes(field)),
      (problem) => (isMissing(problem) ? 'missing' : 'wrong'),
    );
    const leftOut = telling.map((field) => ({ field, words: press.texts('meeting.plan.problem.telling') }));
    const noCase = await caseProblems(press, subject);
    const noSuch = [noSuchDay, noSuchHour].flatMap((told) => (told ? { field: 'times', words: told } : []));
    const told = [...(mode === 'several' ? noSuch : []), ...inWords(press, wrong), ...leftOut, ...noCase];
    const form = formAgain(press.texts, shown, told, planLimits);
    const { errors: asked } = formAgain(press.texts, {}, inWords(press, missing), planLimits);
    const likely =
      likelyDay &&
      asked[mode === 'one' ? 'date' : 'times'] &&
      press.texts('meeting.plan.likelyDay', { day: likelyDay });
    const ask = (field: string, ...words: readonly (string | null | undefined)[]): FormValues =>
      words.some(Boolean) ? { [field]: words.filter(Boolean).join(' ') } : {};
    const questions = {
      ...asked,
      ...(mode === 'one'
        ? { ...ask('date', noSuchDay, asked.date, likely), ...ask('time', noSuchHour, asked.time) }
        : ask('times', asked.times, likely)),
      ...(names && !telling.includes('named') && { named: press.texts('meeting.plan.whoIs', { names }) }),
      ...(unrepeatable && { repeat: press.texts(`meeting.plan.${unrepeatable}`) }),
      ...(lastFrom && { repeat: lastFrom }),
    };
    return opened(press, { ...form, asked: questions }, { mode, alone: true, from: null });
  }

  /** For the team of the case, and without a title: each reader is told in their own language what kind of meeting it is. */
  const about: PlanAbout = (press, from) => {
    const team = caseNamed(directory.require(press.actor.tenant), from.id)?.team;
    if (!team || !bodiesOf(press).some(({ id }) => id === team)) throw new AppError('meeting.notHere');
    const values = { body: team, kind: 'case', subject: from.id };
    return opened(press, { ...emptyForm, values }, { mode: 'one', alone: false, from });
  };

  function parse(press: Press, mode: PlanMode, { read }: MeetingWords, values: FormValues): Parsed<Draft, PlanProblem> {
    const scene = meetingSceneFor(press.actor, null);
    const planner = press.actor.person;
    return parsePlan(mode, values, { ...scene, planner, bodies: bodiesOf(press), policy: meetingPolicy, read, newId });
  }

  function inWords({ actor }: Press, problems: readonly PlanProblem[]): FormProblem[] {
    const scene = meetingSceneFor(actor, null);
    return problems.map((problem) => problemInWords(problem, scene));
  }

  function inputOf(press: Press, mode: PlanMode, words: MeetingWords): FormInput<Draft> {
    return {
      parse(values) {
        const parsed = parse(press, mode, words, values);
        return parsed.ok ? parsed : { ok: false, problems: inWords(press, parsed.problems) };
      },
      limits: planLimits,
      fieldOf: {
        'meeting.noCase': 'subject',
        'meeting.notHere': 'subject',
        'meeting.namesClient': 'title',
        'meeting.named': 'named',
      },
    };
  }

  /** What it became is for its body's chat and for the planner's own; elsewhere it is planned, and that is all. */
  function close(press: Press, id: string, meeting: Meeting | null): void {
    const drawLine = (conversation: ConversationId): CardMessage => {
      const scene = { ...meetingSceneFor(press.actor, null), texts: textsOfChat(directory, press, conversation) };
      const here = bodyOfChat(scene.directory, conversation);
      const isOwn = press.reference.kind === 'personal' && press.reference.conversation === conversation;
      const told = meeting && (isOwn || here?.id === meeting.body ? meeting : 'elsewhere');
      const card = closedPlan(told, scene);
      return { card, summary: card.speak ?? '' };
    };
    background(() => answers.close(nameOf(press, id), drawLine));
  }

  async function doubtsAbout({ actor }: Press, draft: Draft, id: string): Promise<Doubt[]> {
    const { calendar } = meetingSceneFor(actor, null);
    const conflicts = await meetings.conflicts(actor, draft, id);
    return doubtsOf(draft, conflicts, { calendar, maySee: (meeting) => maySee(meeting, actor) });
  }

  async function plan(press: Press, which: WhichPlan, inputs: FormValues, known: string | null): Promise<Card> {
    const { actor } = press;
    const region = directory.require(actor.tenant);
    const words = await wordsFor(press);
    const again = (form: Form): Card => drawn(press, { ...form, values: words.reworded(form.values) }, which);
    const id = meetingOf(which.formId, actor);
    return submitted<Draft, Card>({ ...press, directory: region }, inputs, inputOf(press, which.mode, words), {
      allow() {
        // Somebody else's form may be for another body than one's own.
        if (inputs.body !== undefined) requireBodies(press, ({ id }) => id === inputs.body);
      },
      async done(draft) {
        const doubts = await doubtsAbout(press, draft, id);
        const doubted = inDoubt(doubts, known, sceneOf(press));
        if (doubted) return again({ ...doubted, values: inputs });
        const meeting = await meetings.plan(actor, draft, id);
        close(press, which.formId, meeting);
        const { from } = which;
        if (from && from.id === meeting.subject)
          background(() => referrals.closeForm(actor, from.id, from.placement ?? null));
        return plannedCard(meeting, sceneOf(press), from);
      },
      again,
    });
  }

  const verbs = {
    'meeting.form': verb({
      input: formData,
      audience: 'members of the body',
      async run(press, { formId: id, mode, alone, from, placement, ...fields }) {
        const which = { mode, alone: alone === 1 || press.activityId === null, from: fromCase(from, placement) };
        const { values, cut } = shortened(formValues(fields), planLimits);
        if (id === undefined) {
          const who = { body: values.body ? bodyId(values.body) : null, group: null };
          return opened(press, { ...emptyForm, values: withBody(press, who, values) }, which);
        }
        const words = await wordsFor(press);
        const form = { ...emptyForm, values: words.inMode(mode, words.reworded(values)), ...(cut && { cut }) };
        return drawn(press, form, { ...which, formId: id });
      },
    }),
    'meeting.plan': verb({
      input: planData,
      audience: 'members of the body',
      run(press, { formId: id, mode, alone, despite: known = null, from, placement, ...fields }) {
        const which = { formId: id, mode, alone: alone === 1, from: fromCase(from, placement) };
        return plan(press, which, formValues(fields), known);
      },
    }),
    'meeting.leave': verb({
      input: z.object({ formId }),
      audience: 'everyone in the directory',
      async run(press, { formId: id }) {
        close(press, id, null);
        return closedPlan(null, meetingSceneFor(press.actor, null));
      },
    }),
  } satisfies VerbTable;

  return {
    verbs,
    said,
    about,
    /** The form with what is filled in already. */
    opened: (press: Press, values: FormValues, which: Pick<WhichPlan, 'mode' | 'alone'>): Card =>
      opened(press, { ...emptyForm, values }, { ...which, from: null }),
  };
}

const isSensitive = (problem: PlanProblem): boolean => 'code' in problem && problem.code === 'sensitive';

/** A UUID (RFC 9562, version 8): the same however often they press, and another for each who sends in the same form. */
function meetingOf(form: string, { person }: Pick<Actor, 'person'>): string {
  const hex = createHash('sha256').update(`${form} ${person}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const fromCase = (id: string | undefined, placement: string | undefined): FromCase | null =>
  id === undefined ? null : { id, placement };
