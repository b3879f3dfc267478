import { emptyForm, type Form } from '../../../../src/cards/form.ts';
import { closedPlan, plannedCard } from '../../../../src/meetings/cards/done-card.ts';
import { doubtsText } from '../../../../src/meetings/cards/doubts-card.ts';
import { type FromCase, type PlanFormScene, planForm } from '../../../../src/meetings/cards/plan-form.ts';
import type { Doubt } from '../../../../src/meetings/doubts.ts';
import { planFields, planLimits, planProblems } from '../../../../src/meetings/input/fields-input.ts';
import { planModes } from '../../../../src/meetings/input/plan-input.ts';
import { limits } from '../../../../src/meetings/model.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import {
  actor,
  calendar,
  type ExamplePerson,
  exampleDirectory,
  lojo,
  monday,
  people,
} from '../../../support/builders.ts';
import { meeting, pollPlan, thursday } from '../../../support/meetings.ts';
import type { DrawnCard } from './every-card.ts';
import { largeSteering } from './meeting-cards.ts';

const long = (length: number): string => 'ä'.repeat(length);

export function planScene(language: Language, who: ExamplePerson, over: Partial<PlanFormScene> = {}): PlanFormScene {
  const directory = exampleDirectory();
  return {
    texts: textsFor(language),
    directory,
    calendar,
    now: monday,
    placement: null,
    actor: actor(who, language),
    bodies: directory.bodies.filter(({ id }) => id === lojo),
    policy: { length: 60, pollDays: 3 },
    offers: 'everybody',
    ...over,
  };
}

/** The form in which a meeting is planned, in every state that changes what stands on it, and at its largest. */
export function planCards(language: Language): DrawnCard[] {
  const formId = crypto.randomUUID();
  const { directory, crowd } = largeSteering(300);
  const leader = planScene(language, 'maria');
  const { texts } = leader;
  const full: Form = {
    values: {
      ...Object.fromEntries(Object.entries(planLimits).map(([field, limit]) => [field, long(limit)])),
      named: crowd.slice(0, limits.mostNamed).join(),
      everyone: 'named',
      kind: 'case',
      repeat: 'week/7',
    },
    errors: Object.fromEntries(
      planFields.map((field) => [
        field,
        texts('meeting.plan.problem.unreadLines', { lines: '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12' }),
      ]),
    ),
  };
  const busy = crowd.map((person): Doubt => ({ is: 'busy', person, slot: thursday, at: thursday, with: null }));
  const large = planScene(language, 'maria', { directory, bodies: directory.bodies });
  const refused = { reason: doubtsText(busy, large), final: false };
  const which = (mode: (typeof planModes)[number], from: FromCase | null = null) => ({
    formId,
    mode,
    alone: from === null,
    from,
  });
  const subject = formatReference('LOJ', 2026, 42);
  const aboutACase: Form = { ...emptyForm, values: { body: lojo, kind: 'case', subject } };
  const from: FromCase = { id: subject, placement: crypto.randomUUID() };
  const everyProblem = planProblems.map((plan) => {
    const params = { lines: '2', years: 2, limit: 100, fewest: 2, most: 12, count: 13, when: 'x' };
    return { ...emptyForm, errors: { time: texts(`meeting.plan.problem.${plan}`, params) } };
  });
  return [
    ...planModes.flatMap((mode): DrawnCard[] => [
      { name: `plan ${mode}`, card: planForm(emptyForm, which(mode), leader) },
      { name: `plan ${mode} by a member`, card: planForm(emptyForm, which(mode), planScene(language, 'petri')) },
      { name: `plan ${mode}, everything wrong`, card: planForm(full, which(mode), large) },
      {
        name: `plan ${mode}, everybody busy`,
        card: planForm({ ...full, errors: {}, refused, despite: 'abcdefghijklmnop' }, which(mode), large),
      },
    ]),
    ...everyProblem.map((form, index) => ({
      name: `plan, ${planProblems[index]}`,
      card: planForm(form, which('one'), leader),
    })),
    {
      name: 'plan in another chat',
      card: planForm(emptyForm, which('one'), planScene(language, 'kaisa', { offers: 'named' })),
    },
    ...[meeting(), meeting({ plan: pollPlan() }), meeting({}, { by: 'petri' })].flatMap((one): DrawnCard[] => [
      { name: `planned: ${one.stage.is}`, card: plannedCard(one, leader, null) },
      { name: `plan closed: ${one.stage.is}`, card: closedPlan(one, leader) },
    ]),
    ...planModes.map((mode) => ({
      name: `plan ${mode} from the card of a case`,
      card: planForm(aboutACase, which(mode, from), planScene(language, 'petri')),
    })),
    {
      name: 'plan from the card of a case that is none of the team’s',
      card: planForm(
        { ...aboutACase, errors: { subject: texts('errors.meeting.noCase', { reference: 'LOJ-2026-0001' }) } },
        which('one', from),
        planScene(language, 'petri'),
      ),
    },
    {
      name: 'planned from the card of a case',
      card: plannedCard(meeting({ kind: 'case', subject, title: '' }), leader, from),
    },
    { name: 'plan closed elsewhere', card: closedPlan('elsewhere', leader) },
    { name: 'plan left', card: closedPlan(null, leader) },
    {
      name: 'plan, all that is in doubt',
      card: planForm(
        {
          ...emptyForm,
          refused: {
            reason: doubtsText(
              [
                { is: 'busy', person: people.petri, slot: thursday, at: thursday, with: meeting() },
                ...(['holiday', 'weekend', 'hours'] as const).map((is): Doubt => ({ is, slot: thursday })),
              ],
              leader,
            ),
            final: false,
          },
        },
        which('one'),
        leader,
      ),
    },
  ];
}
