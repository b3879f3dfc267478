import { createActing } from '../../../../bot/local/acting.ts';
import { createLocalPlay } from '../../../../bot/local/verbs.ts';
import type { Card } from '../../../../src/cards/elements.ts';
import { emptyForm, type Form } from '../../../../src/cards/form.ts';
import {
  bindingCard,
  everybodyIn,
  helpCard,
  inPrivate,
  languageCard,
  moveCard,
  plainCard,
  type Reader,
  welcomeCard,
} from '../../../../src/conversations/card.ts';
import { movedMessage } from '../../../../src/delivery/moved-card.ts';
import { memberForm, removalCard, teamCard } from '../../../../src/directory/card.ts';
import { whichBodyCard } from '../../../../src/directory/choice-card.ts';
import { type Body, bodyOf, type Directory } from '../../../../src/directory/model.ts';
import { caseCard, caseMessage, type Viewer } from '../../../../src/referrals/card.ts';
import { codesOf, labelOf, reasonsOf } from '../../../../src/referrals/codes.ts';
import { closedForm, formFields, receiptCard, referralForm } from '../../../../src/referrals/form.ts';
import { lengthLimits, noteLimit } from '../../../../src/referrals/input.ts';
import { listCard, listPageSize } from '../../../../src/referrals/list-card.ts';
import type { Referral } from '../../../../src/referrals/model.ts';
import { noticeMessage, type ReferralNotice } from '../../../../src/referrals/notice-card.ts';
import {
  assessForm,
  type CaseStep,
  caseColleagueForm,
  decisionForm,
  detailsCard,
  outcomeCard,
} from '../../../../src/referrals/step-cards.ts';
import { professions } from '../../../../src/shared/actor.ts';
import { formatReference, personId } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import {
  actor,
  assessment,
  decision,
  type ExamplePerson,
  envelope,
  exampleDirectory,
  heldDirectory,
  lojo,
  people,
  referral,
  scene,
  unused,
} from '../../../support/builders.ts';
import { featuresOf } from '../../../support/features.ts';
import { agendaCards } from './agenda-cards.ts';
import { calendarCards } from './calendar-cards.ts';
import { checklistCards } from './checklist-cards.ts';
import { meetingCards } from './meeting-cards.ts';
import { minutesCards } from './minutes-cards.ts';
import { planCards } from './plan-cards.ts';
import { seatCards } from './seat-cards.ts';
import { sittingCards } from './sitting-cards.ts';

/** Every card that the product draws, in every state that changes what stands on it, and each at its largest. */
export interface DrawnCard {
  name: string;
  card: Card;
}

/** What is sealed in the cases below: it may stand on the details alone. */
export const secrets = {
  identity: 'canary-identity-envelope',
  narrative: 'canary-narrative-envelope',
  note: 'canary-note-envelope',
} as const;

const directory = exampleDirectory();
const bodies: readonly Body[] = directory.bodies;
const team = ((): Body => {
  const found = bodyOf(directory, lojo);
  if (!found) throw new Error('The example region has no team in Lojo');
  return found;
})();

const readers: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(bodies.map((body) => [body.id, everybodyIn(body)])),
  'a team leader': inPrivate(directory, people.maria),
  'an expert': inPrivate(directory, people.petri),
  'the coordinating manager': inPrivate(directory, people.kaisa),
};

const sealed = { identity: envelope(secrets.identity), narrative: envelope(secrets.narrative) };
const noted = { note: envelope(secrets.note) };
const base = referral(sealed);
const taken = referral({
  ...sealed,
  owner: { person: people.petri, since: base.receivedAt },
  untakenSince: null,
  takenAt: base.receivedAt,
});
const heard: Referral = {
  ...taken,
  asked: [{ person: people.niina, by: people.maria, at: base.receivedAt }],
  assessments: [assessment('petri', 'police', noted), assessment('sofia', 'social', { worry: 4, ...noted })],
};

const given: Referral = { ...heard, owner: { person: people.niina, by: people.maria, since: base.receivedAt } };

export const cases: Readonly<Record<string, Referral>> = {
  untaken: base,
  'untaken, at once, with an old wait': { ...base, urgency: 'atOnce', receivedAt: '2025-11-03T07:00:00.000Z' },
  taken,
  'asked and assessed': heard,
  accepted: { ...heard, decision: decision() },
  'accepted, with meetings to come': {
    ...heard,
    decision: decision(),
    meetings: { one: '2026-12-03T11:00:00Z', two: '2027-01-14T11:00:00Z', past: '2026-11-12T11:00:00Z' },
  },
  'accepted, after a meeting': { ...heard, decision: decision(), meetings: { past: '2026-11-12T11:00:00Z' } },
  redirected: {
    ...heard,
    decision: decision({ outcome: 'redirected', reason: 'betterSupport', service: 'mentalHealth' }),
  },
  'not taken on, by the leader alone': {
    ...base,
    decision: decision({ outcome: 'notTakenOn', reason: 'noConsent', alone: 'professionUnavailable' }),
  },
  'decided too long ago to reopen': { ...heard, decision: decision({ at: '2026-01-05T09:00:00.000Z' }) },
  'with people who have left': {
    ...heard,
    owner: { person: personId('gone'), since: base.receivedAt },
    assessments: [{ ...assessment('petri', 'police'), by: personId('gone') }],
  },
};

/** Twenty members, as many as a large team could have, five of each profession. */
const crowd = Array.from({ length: 20 }, (_, index) => ({
  id: personId(`b0000000-0000-4000-8000-0000000000${index + 10}`),
  name: `Karl-Gustav Ämmälä-Österström ${index}`,
  profession: professions[index % professions.length] ?? null,
}));
const largeTeam: Directory = {
  ...directory,
  people: [...directory.people, ...crowd.map(({ id, name }) => ({ id, name }))],
  members: [
    ...directory.members,
    ...crowd.map(({ id, profession }) => ({
      person: id,
      body: lojo,
      role: 'member' as const,
      profession,
      setBy: 'leader' as const,
      removed: false,
    })),
  ],
};
/** Teams' ids of people are about this long. */
const refreshFor = Array.from({ length: 80 }, (_, index) => `29:${'x'.repeat(90)}${index}`);

const everybodyHeard: Referral = {
  ...taken,
  assessments: [
    assessment('maria', 'social'),
    assessment('petri', 'police'),
    assessment('sofia', 'social'),
    assessment('niina', 'health'),
    assessment('jonas', 'youth'),
  ],
};

export const largestCase: Referral = {
  ...heard,
  reference: formatReference('LOJÅÖ', 2026, 1_234_567),
  concerns: [...codesOf('concern')],
  urgency: 'atOnce',
  asked: crowd.map(({ id }) => ({ person: id, by: people.maria, at: base.receivedAt })),
  assessments: crowd.map(({ id, profession }) => ({ ...assessment('petri', profession ?? 'police', noted), by: id })),
};

const viewer = (who: ExamplePerson): Viewer => {
  const [membership] = actor(who).memberships;
  if (!membership) throw new Error(`${who} belongs to nothing`);
  return { person: people[who], membership };
};

/** A text at its limit in the letters that people here use: two bytes each. */
const long = (length: number): string => 'ä'.repeat(length);

/** What is typed may be anything: three bytes each, and cut at the limits before it is shown again. */
const longestValues = {
  ...Object.fromEntries(formFields.map((field) => [field, '€'.repeat(500)])),
  concerns: codesOf('concern').join(','),
  name: '€'.repeat(lengthLimits.name),
  guardianContact: '€'.repeat(lengthLimits.guardianContact),
  narrative: '€'.repeat(lengthLimits.narrative),
};
const tooLong = (language: Language): Form => ({
  values: longestValues,
  errors: Object.fromEntries(
    formFields.map((field) => [field, textsFor(language)('problem.tooLong', { limit: 4_000 })]),
  ),
});

const wrong = (language: Language, ...fields: string[]): Form => ({
  values: {},
  errors: Object.fromEntries(fields.map((field) => [field, textsFor(language)('problem.required')])),
});

export const noticeKinds = [
  'untaken',
  'untakenLeader',
  'undecided',
  'undecidedLeader',
  'unplaced',
  'asked',
  'assigned',
] as const satisfies readonly ReferralNotice[];

export function everyCard(language: Language): DrawnCard[] {
  const texts = textsFor(language);
  const here = scene(language);
  const local = createLocalPlay({
    acting: createActing(),
    directory: heldDirectory(),
    referrals: unused('referrals'),
    clock: unused('clock'),
  });
  const row = (index: number): Referral => ({
    ...largestCase,
    urgency: 'soon',
    receivedAt: '2026-06-01T07:00:00.000Z',
    reference: formatReference('LOJ', 2026, index + 1),
    owner: { person: crowd[index]?.id ?? people.maria, since: base.receivedAt },
  });
  const receipt = { reference: base.reference, contact: team.contact?.[language] ?? '' };
  const rows = Array.from({ length: listPageSize }, (_, index) => row(index));
  const chat = { formId: 'form-1', where: 'chat', alone: true } as const;
  const first = { page: 0, place: {} };
  /** As long as the store writes them. */
  const token = 'x'.repeat(90);
  const largeScene = scene(language, { directory: largeTeam });
  const step = (referral: Referral | null, over: Partial<CaseStep> = {}): CaseStep => ({
    referral,
    reference: base.reference,
    team: lojo,
    person: people.petri,
    scene: here,
    ...over,
  });
  const url = 'https://teams.microsoft.com/l/message/19%3Ax/1';
  const final = { reason: texts('errors.referral.decided', { person: 'Maria Lindqvist' }), final: true };
  const kept: Form = { values: { worry: '3', recommendation: 'accept', note: long(noteLimit) }, errors: {} };
  const unavailable = { reason: texts('errors.store.unavailable'), final: false };

  return [
    ...Object.entries(cases).flatMap(([name, one]) => [
      { name: `case for everybody: ${name}`, card: caseMessage(one, here, refreshFor.slice(0, 6)).card },
      ...(['maria', 'petri', 'niina'] as const).map((who) => ({
        name: `case as ${who} sees it: ${name}`,
        card: caseCard(one, here, { viewer: viewer(who), said: { tone: 'warning', text: texts('errors.badInput') } }),
      })),
    ]),
    { name: 'largest case', card: caseMessage(largestCase, largeScene, refreshFor).card },
    { name: 'link line', card: movedMessage(base.reference, texts, { where: 'here', url }).card },
    { name: 'link line to another chat', card: movedMessage(base.reference, texts, { where: 'elsewhere', url }).card },
    { name: 'link line without a link', card: movedMessage(base.reference, texts, { where: 'here', url: null }).card },
    { name: 'link line to nowhere', card: movedMessage(base.reference, texts, { where: 'nowhere', url: null }).card },

    { name: 'referral form', card: referralForm(texts, directory, emptyForm, chat) },
    {
      name: 'referral form in the place of another card',
      card: referralForm(texts, directory, emptyForm, { ...chat, alone: false }),
    },
    {
      name: 'referral form in a dialog',
      card: referralForm(texts, directory, emptyForm, { ...chat, where: 'dialog' }),
    },
    {
      name: 'largest referral form',
      card: referralForm(texts, directory, tooLong(language), { ...chat, formId: '0'.repeat(36) }),
    },
    {
      name: 'receipt',
      card: receiptCard(texts, receipt, chat),
    },
    { name: 'receipt in a dialog', card: receiptCard(texts, receipt, { where: 'dialog', alone: false }) },
    { name: 'form handed in', card: closedForm(texts, receipt) },
    { name: 'form left', card: closedForm(texts, null) },

    ...(['assign', 'ask'] as const).map((what) => ({
      name: `form: whom to ${what}`,
      card: caseColleagueForm(what, step(base, { scene: largeScene }), wrong(language, 'person')),
    })),
    { name: 'form: nobody left to ask', card: caseColleagueForm('ask', step(everybodyHeard), emptyForm) },
    { name: 'assess form', card: assessForm(step(base), emptyForm) },
    {
      name: 'largest assess form',
      card: assessForm(step(heard), {
        ...wrong(language, 'worry', 'recommendation', 'note'),
        values: { note: long(noteLimit) },
      }),
    },
    { name: 'assess form of a case decided meanwhile', card: assessForm(step(heard), { ...kept, refused: final }) },
    { name: 'assess form without a store', card: assessForm(step(null), { ...kept, refused: unavailable }) },
    { name: 'choice of outcome', card: outcomeCard(heard, here) },
    { name: 'choice of outcome of the largest case', card: outcomeCard(largestCase, largeScene) },
    {
      name: 'decision form of the largest case',
      card: decisionForm('redirected', step(largestCase, { scene: largeScene }), {
        ...wrong(language, 'reason', 'service', 'alone'),
      }),
    },
    ...codesOf('outcome').flatMap((outcome) => [
      { name: `decision form: ${outcome}`, card: decisionForm(outcome, step(heard), emptyForm) },
      {
        name: `decision form with errors: ${outcome}`,
        card: decisionForm(outcome, step(base), {
          ...wrong(language, 'reason', 'service', 'alone'),
          values: { reason: reasonsOf(outcome)[0] ?? '' },
        }),
      },
    ]),

    { name: 'list', card: listCard({ ...first, filter: 'open', total: 1, referrals: [base], inTeamChat: true }, here) },
    {
      name: 'empty list',
      card: listCard({ ...first, filter: 'mine', total: 0, referrals: [], inTeamChat: false }, here),
    },
    ...[true, false].map((inTeamChat) => ({
      name: `longest list, ${inTeamChat ? 'in the team’s chat' : 'in private'}`,
      card: listCard(
        {
          filter: 'waiting',
          page: 1,
          place: { after: token },
          next: token,
          previous: token,
          total: 99,
          referrals: rows,
          inTeamChat,
          said: texts('referral.list.brought', { reference: base.reference }),
          team,
        },
        largeScene,
      ),
    })),

    {
      name: 'notice: undecidedLeader of a case that somebody has',
      card: noticeMessage(given, { kind: 'undecidedLeader', to: people.niina }, here).card,
    },
    ...noticeKinds.map((kind) => ({
      name: `notice: ${kind}`,
      card: noticeMessage(kind === 'asked' || kind === 'assigned' ? given : base, { kind, to: people.niina }, here)
        .card,
    })),

    ...Object.entries(readers).flatMap(([name, reader]) =>
      (['local', 'production'] as const).flatMap((mode) => {
        const welcome = { body: reader.body, offer: featuresOf(mode).offer(texts, reader) };
        return [
          { name: `welcome to ${name}`, card: welcomeCard(texts, welcome) },
          { name: `help for ${name}`, card: helpCard(texts, welcome) },
        ];
      }),
    ),
    {
      name: 'choice of a body',
      card: whichBodyCard(texts, [...bodies, ...bodies], 'referral.list', { filter: 'open' }),
    },
    { name: 'binding', card: bindingCard(texts, directory) },
    {
      name: 'binding with an error',
      card: bindingCard(texts, directory, {
        values: { body: lojo },
        errors: { body: texts('errors.directory.leadersOnly') },
      }),
    },
    { name: 'language', card: languageCard(texts) },
    {
      name: 'plain',
      card: plainCard(texts, texts('errors.title'), texts('errors.unexpected', { correlation: 'abc12345' })),
    },

    ...bodies.flatMap((body) => [
      { name: `team ${body.id}`, card: teamCard(texts, directory, body, 'member') },
      { name: `team ${body.id} for everybody`, card: teamCard(texts, directory, body, 'everybody') },
      {
        name: `team ${body.id} for its leader`,
        card: teamCard(texts, directory, body, 'leader', {
          tone: 'good',
          text: texts('team.saved', { name: 'Jonas Wik' }),
        }),
      },
      { name: `removal from ${body.id}`, card: removalCard(texts, body, { id: people.jonas, name: 'Jonas Wik' }) },
      { name: `move to ${body.id}`, card: moveCard(texts, directory, body.id) },
      {
        name: `member form of ${body.id}`,
        card: memberForm(
          texts,
          body,
          { person: null, candidates: [{ title: 'Jonas Wik', value: people.jonas }] },
          emptyForm,
        ),
      },
      {
        name: `member form of ${body.id} for one who is in it`,
        card: memberForm(
          texts,
          body,
          { person: { id: people.jonas, name: 'Jonas Wik' }, candidates: [] },
          {
            values: { profession: 'youth', role: 'member' },
            errors: { profession: texts('problem.required'), role: texts('errors.directory.lastLeader') },
          },
        ),
      },
      {
        name: `member form of ${body.id} without a chat`,
        card: memberForm(texts, body, { person: null, candidates: null }, emptyForm),
      },
      {
        name: `member form of ${body.id} with nobody to add`,
        card: memberForm(texts, body, { person: null, candidates: [] }, emptyForm),
      },
    ]),
    { name: 'large team for its leader', card: teamCard(texts, largeTeam, team, 'leader') },

    {
      name: 'local: whom to act as',
      card: local.actAs(
        { actor: actor('maria', language), texts, by: { person: people.maria, teamsId: '29:maria' } },
        { as: 'chosen' },
      ),
    },
    {
      name: 'local: acting as',
      card: local.actAs(
        { actor: actor('maria', language), texts, by: { person: people.maria, teamsId: '29:maria' } },
        { as: 'named', name: 'Petri' },
      ),
    },
    ...checklistCards(language, largeTeam, refreshFor),
    ...meetingCards(language, refreshFor),
    ...planCards(language),
    ...seatCards(language),
    ...calendarCards(language),
    ...agendaCards(language, refreshFor),
    ...minutesCards(language),
    ...sittingCards(language),
  ] satisfies DrawnCard[];
}

/** The only card with what is sealed; for the one who pressed. */
export function detailsCards(language: Language): DrawnCard[] {
  const here = scene(language);
  const texts = textsFor(language);
  const identity = {
    name: long(lengthLimits.name),
    birthYear: 2011,
    guardianContact: long(lengthLimits.guardianContact),
  };
  const notes = (['petri', 'sofia', 'maria', 'niina', 'jonas', 'petri'] as const).map((who) => ({
    assessment: assessment(who, 'social'),
    text: long(noteLimit),
  }));
  return [
    {
      name: 'largest details',
      card: detailsCard(heard, here, {
        identity,
        narrative: { state: 'open', text: long(lengthLimits.narrative) },
        notes,
        notesWithheld: 2,
      }),
    },
    {
      name: 'details with little',
      card: detailsCard({ ...base, legalBasis: 'law' }, here, {
        identity: { name: '[x](https://example.com) *y*', birthYear: null, guardianContact: null },
        narrative: { state: 'none' },
        notes: [],
        notesWithheld: 0,
      }),
    },
    {
      name: `details withheld: ${labelOf('source', 'social', texts.language)}`,
      card: detailsCard({ ...base, source: 'social' }, here, {
        identity: { name: 'A', birthYear: null, guardianContact: null },
        narrative: { state: 'withheld' },
        notes: [],
        notesWithheld: 1,
      }),
    },
  ];
}
