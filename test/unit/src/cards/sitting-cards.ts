import { emptyForm, filledForm } from '../../../../src/cards/form.ts';
import { bodyOf } from '../../../../src/directory/model.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { decisionsCard } from '../../../../src/steering/meeting/decisions-card.ts';
import { type Meeting, meetingCard } from '../../../../src/steering/meeting/meeting-card.ts';
import {
  assignForm,
  attendForm,
  ballotsForm,
  beginForm,
  chairForm,
  counterForm,
  decideForm,
  discussForm,
  dissentForm,
  type ItemStep,
  recuseForm,
} from '../../../../src/steering/meeting/meeting-form.ts';
import { recordedSeats } from '../../../../src/steering/meeting/recording.ts';
import {
  limits,
  outcomes,
  type Proceedings,
  type ReadRecord,
  recordLimits,
  type Written,
} from '../../../../src/steering/model.ts';
import { readBy } from '../../../../src/steering/reading.ts';
import type { Reader } from '../../../../src/steering/rights.ts';
import { agenda, drawnFor, idOf, item, region, steeringGroup } from '../../../support/agendas.ts';
import { monday } from '../../../support/builders.ts';
import type { DrawnCard } from './every-card.ts';

const long = (length: number): Written =>
  Object.fromEntries(languages.map((language) => [language, 'ä'.repeat(length)]));
const mark = { by: idOf('kaisa'), at: monday.toString() };
const matter = 'f0000000-0000-4000-8000-000000000000';
const items = [...agenda().items, item(matter, { kind: 'decision' })];
const seats = recordedSeats({ body: steeringGroup }, region);
const presence = seats.flatMap(({ id, holders: [person] }) =>
  person ? [{ seat: id, person, from: null, to: null }] : [],
);
const [first] = presence;

const nothing: ReadRecord = { discussion: {}, recusals: [], vote: null, outcome: null, dissents: [], actions: [] };
const counters = Array.from({ length: limits.counters }, (_, at) => ({
  id: `c${at}`,
  text: long(recordLimits.counter),
}));
const vote = { counters, votes: {}, ended: null };
const ended = { ...mark, winner: 'c0', casting: true };
const votes = Object.fromEntries(presence.map(({ seat, person }) => [seat, { person, option: 'abstain' }]));
const discussion = long(recordLimits.discussion);

/** From an item of which nothing was said to one of which everything was, each text as long as it may be. */
const records: Readonly<Record<string, ReadRecord>> = {
  'of which nothing was said': nothing,
  'with a vote that goes on': { ...nothing, discussion, vote },
  'with everything': {
    discussion,
    recusals: first ? [{ ...first, substitute: null }] : [],
    vote: { ...vote, votes, ended },
    outcome: { ...mark, as: 'changed', text: long(recordLimits.decision) },
    dissents: presence.map(({ seat, person }) => ({ seat, person, text: long(recordLimits.dissent) })),
    actions: Array.from({ length: limits.actions }, (_, at) => ({
      ...{ id: `a${at}`, text: long(recordLimits.action), owner: idOf('risto'), due: '2026-11-01', done: null },
    })),
  },
};

const people = presence.map(({ person }) => ({ title: 'ä'.repeat(80), value: person }));

const readers: Readonly<Record<string, Reader>> = {
  'its keeper': { is: 'keeper', person: idOf('kaisa') },
  'a member': { is: 'member', person: idOf('risto') },
};

function meetingWith(record: ReadRecord, reader: Reader, over: Partial<Proceedings> = {}): Meeting {
  const envelope = { v: 1, kid: '', iv: '', tag: '', ct: '' } as const;
  const stored = {
    ...{ discussion: null, outcome: null, dissents: [], actions: [], recusals: record.recusals },
    vote: record.vote && { ...record.vote, counters: record.vote.counters.map(({ id }) => ({ id, text: envelope })) },
  };
  const proceedings: Proceedings = {
    ...{ opened: mark, closed: null, seats, chair: idOf('risto'), presence, records: { [matter]: stored } },
    ...over,
  };
  const sitting = agenda({ items, sent: mark, proceedings });
  const words = { title: long(limits.title), background: {}, proposal: long(limits.proposal) };
  const none = { title: {}, background: {}, proposal: {} };
  const reading = readBy(sitting, reader, {
    words: ({ id }) => (id === matter ? words : none),
    record: ({ id }) => (id === matter ? record : nothing),
    followUps: () => [],
  });
  return { reading, sitting: { items: sitting.items, proceedings } };
}

export function sittingCards(language: Language): DrawnCard[] {
  const scene = drawnFor(language);
  const { texts } = scene;
  const said = { tone: 'warning', text: texts('errors.sitting.voteSays') } as const;
  const keeper: Reader = { is: 'keeper', person: idOf('kaisa') };
  const forms = Object.entries(records).flatMap(([what, record]) => {
    const meeting = meetingWith(record, keeper);
    const about = meeting.reading.items.find(({ id }) => id === matter);
    if (!about) return [];
    const step: ItemStep = { meeting, item: about, scene };
    const typed = { decision: '€'.repeat(recordLimits.decision), as: 'changed' };
    return [
      { name: `discussion of an item ${what}`, card: discussForm(step, emptyForm) },
      { name: `decision of an item ${what}`, card: decideForm(step, filledForm(typed)) },
      { name: `counter-proposal to an item ${what}`, card: counterForm(step, emptyForm) },
      ...(record.vote ? [{ name: `votes on an item ${what}`, card: ballotsForm(step, emptyForm) }] : []),
      { name: `disqualification for an item ${what}`, card: recuseForm(step, emptyForm) },
      { name: `dissent from an item ${what}`, card: dissentForm(step, false, emptyForm) },
      { name: `something to do by an item ${what}`, card: assignForm(step, people, emptyForm) },
    ];
  });
  const open = meetingWith(nothing, keeper);
  const body = bodyOf(region, steeringGroup);
  return [
    ...Object.entries(readers).flatMap(([who, reader]) =>
      Object.entries(records).flatMap(([what, record]) => [
        {
          name: `meeting for ${who}, at an item ${what}`,
          card: meetingCard(meetingWith(record, reader), scene, { unfolded: matter, said }),
        },
        {
          name: `closed meeting for ${who}, at an item ${what}`,
          card: meetingCard(meetingWith(record, reader, { closed: mark }), scene, { unfolded: matter, said }),
        },
      ]),
    ),
    {
      name: 'meeting to which nobody came',
      card: meetingCard(meetingWith(nothing, keeper, { presence: [], chair: null }), scene),
    },
    { name: 'opening of a meeting', card: beginForm(open.reading, seats, scene, emptyForm) },
    { name: 'who came or left', card: attendForm(open, matter, scene, emptyForm) },
    { name: 'who chairs', card: chairForm(open, scene, emptyForm) },
    ...forms,
    ...(body
      ? outcomes.map((as) => {
          const record = {
            ...nothing,
            outcome: { ...mark, as, text: {} },
            actions: records['with everything']?.actions ?? [],
          };
          const readings = Array.from({ length: 12 }, () => meetingWith(record, keeper).reading);
          return { name: `what was decided: ${as}`, card: decisionsCard(body, readings, 9, scene) };
        })
      : []),
  ];
}
