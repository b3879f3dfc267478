import { bodyOf, type Directory, nameOf } from '../../directory/model.ts';
import type { QuorumRule } from '../../directory/quorum.ts';
import { secretaryOf } from '../../directory/seats.ts';
import type { BodyHolding } from '../../meetings/model.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type Language, type Localised, languages } from '../../shared/language.ts';
import { textsFor } from '../../shared/text.ts';
import { type FigureWords, figureWords } from '../agenda/figures-words.ts';
import { beganAt } from '../meeting/hours.ts';
import {
  chairAt,
  chairingAt,
  countsOf,
  optionsOf,
  orderOf,
  quorumAt,
  recordOf,
  spanOf,
  votersAt,
} from '../meeting/proceedings.ts';
import type {
  Figures,
  Item,
  ItemKind,
  Outcome,
  Presence,
  Proceedings,
  ReadDocument,
  ReadRecord,
  RecordedSeat,
  Sitting,
  Written,
} from '../model.ts';
import { proposalOf } from '../proposal.ts';
import type { Opening } from '../reading.ts';
import { hasDocument, hasRecord, isRecorded } from '../standing.ts';

/**
 * What the minutes of a meeting say, in every language that there is, with everybody called as they were then: all of it is
 * here, so that what changes later changes nothing of what was written down.
 */
export interface Snapshot {
  /** Of what was recorded, see `recordPrint`. */
  record: string;
  body: Localised;
  place: BodyHolding['place'] | null;
  /** IANA zone. */
  zone: string;
  /** ISO 8601 instants. */
  opened: string;
  closed: string;
  /** At the opening. */
  chair: string | null;
  /** Who was named to chair, each until the next one. Absent from minutes that were made before all of them were kept. */
  chairs?: readonly Chaired[];
  secretary: string | null;
  seats: readonly AttendedSeat[];
  /** At the opening: how many seats are there, how many are needed, and how many there are in all. */
  quorum: { met: boolean; present: number; needed: number; seats: number };
  /** By their numbers. */
  paragraphs: readonly Paragraph[];
  /** What each version since the first has put right, the oldest first. */
  corrections: readonly Correction[];
}

export interface Chaired {
  name: string;
  /** The paragraph; null from the beginning. */
  from: number | null;
}

export interface Correction {
  /** Of the version. */
  number: number;
  /** Empty in an extract that does not say it. */
  text: Written;
}

export interface AttendedSeat {
  name: Localised;
  /** Who sat there, one after the other; nobody where it stood empty. */
  people: readonly Attendee[];
  /** Those of its members who were not there. Absent from minutes that were made before they were named. */
  absent?: readonly string[];
  /** Of a body without seats: somebody’s own. */
  own?: true;
}

export interface Attendee {
  name: string;
  /** `own`: of a body without seats. */
  as: 'member' | 'substitute' | 'own';
  /** The paragraph at which they came, and the first one that they were not there for; null for all of the meeting. */
  from: number | null;
  to: number | null;
  /** Those who stepped in for somebody who was disqualified: the paragraphs for which they were there. */
  only?: readonly number[];
  /** The paragraphs in which they took no part, as they were disqualified; absent for none. */
  except?: readonly number[];
}

export interface Paragraph {
  number: number;
  /** The id of its item. */
  item: string;
  /** `off`: it was taken off the agenda after it had its number; `withheld`: an extract says nothing of it. */
  is: 'recorded' | 'untouched' | 'off' | 'withheld';
  kind: ItemKind;
  confidential: boolean;
  title: Written;
  presenter: string | null;
  links: readonly string[];
  /** What was to be approved; null where it was nothing, or nobody had sent it. */
  document: Pick<ReadDocument, 'sha256' | 'link'> | null;
  /** It was approved, and nobody had sent what was; absent everywhere else. */
  withoutDocument?: boolean;
  /** What it is about. Absent from minutes that were made before it was kept. */
  background?: Written;
  proposal: Written;
  discussion: Written;
  /** Who chaired it, where that is somebody else than the head of the minutes says; null where nobody did. */
  chair?: string | null;
  /** How the region stood, of the item about it. */
  figures?: Readonly<Record<Language, FigureWords>>;
  /** What was left to do, of the item about it. */
  followUps?: readonly { text: Written; owner: string /** ISO 8601 date. */; due: string }[];
  recusals: readonly { seat: Localised; name: string; substitute: string | null }[];
  vote: Tally | null;
  /** Null where nothing was decided. What a vote has decided is said in its words, unless others were written. */
  decision: { as: Outcome['as']; text: Written } | null;
  dissents: readonly { seat: Localised; name: string; text: Written }[];
  actions: readonly { text: Written; owner: string /** ISO 8601 date. */; due: string }[];
}

/** An open vote that has ended. */
export interface Tally {
  /** What was proposed first, without a text of its own, then the counter-proposals. */
  options: readonly { text: Written; votes: number }[];
  /** `option` counts the options from 0; null for who abstained. */
  ballots: readonly { seat: Localised; name: string; option: number | null }[];
  /** Who could have voted, and did not. Absent from minutes that were made before they were named. */
  silent?: readonly { seat: Localised; name: string }[];
  winner: number;
  /** The chair’s vote has decided it. */
  casting: boolean;
}

export interface SnapshotScene {
  directory: Directory;
  quorum: QuorumRule;
  open: Opening;
  /** By item. */
  numbers: Readonly<Record<string, number>>;
  corrections: readonly Correction[];
}

/** A meeting that is closed. */
export type Closed = Sitting & { proceedings: Proceedings & { closed: NonNullable<Proceedings['closed']> } };

export function snapshotOf(sitting: Closed, scene: SnapshotScene): Snapshot {
  const { directory, numbers, corrections } = scene;
  const { proceedings, holding, body } = sitting;
  const called = calledIn(directory);
  // Of a meeting that was opened before it was kept, whoever it is today.
  const secretary = proceedings.secretary ?? secretaryOf(directory, body);
  const [first = ''] = orderOf(sitting);
  const { met, present, needed } = quorumAt(sitting, first, scene.quorum);
  const chair = chairAt(sitting, first);
  const items = sitting.items.filter(({ id }) => id in numbers);
  return {
    record: recordPrint(sitting),
    body: bodyOf(directory, body)?.name ?? { sv: '', fi: '', en: '' },
    place: holding?.place ?? null,
    zone: directory.policy.timeZone,
    opened: beganAt(proceedings),
    closed: proceedings.ended ?? proceedings.closed.at,
    chair: chair && called(chair),
    chairs: chairedIn(sitting, scene),
    secretary: secretary && called(secretary),
    seats: proceedings.seats.map((seat) => attended(seat, sitting, scene)),
    quorum: { met, present: present.length, needed, seats: proceedings.seats.length },
    paragraphs: items.map((item) => paragraphOf(item, sitting, scene)).toSorted((a, b) => a.number - b.number),
    corrections,
  };
}

const nobody = '–';
const calledIn =
  (directory: Directory) =>
  (person: PersonId): string =>
    nameOf(directory, person) ?? nobody;

/** By the order of the items; somebody who goes on is named once. */
function chairedIn({ items, proceedings }: Closed, { directory, numbers }: SnapshotScene): Chaired[] {
  const order = orderOf({ items });
  const [first] = order;
  const begins = proceedings.chairs
    .map(({ person, from }) => ({ person, at: order.indexOf(from ?? first ?? ''), isNamed: from !== null }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at || Number(a.isNamed) - Number(b.isNamed));
  return begins
    .filter(({ at }, index) => begins[index + 1]?.at !== at)
    .filter(({ person }, index, all) => all[index - 1]?.person !== person)
    .map(({ person, at }) => ({
      name: calledIn(directory)(person),
      from: at === 0 ? null : (numbers[order[at] ?? ''] ?? null),
    }));
}

function attended(
  { id, name, members }: RecordedSeat,
  { proceedings, items }: Closed,
  { directory, numbers }: SnapshotScene,
): AttendedSeat {
  const called = calledIn(directory);
  const as = (person: PersonId): Attendee['as'] => {
    if (id === person) return 'own';
    return members.includes(person) ? 'member' : 'substitute';
  };
  const order = orderOf({ items });
  const [first] = order;
  const numberOf = (item: string | null): number | null =>
    item === null || item === first ? null : (numbers[item] ?? null);
  const there = proceedings.presence.filter(({ seat }) => seat === id);
  const exceptFor = (one: Presence): number[] => {
    const [begins, ends] = spanOf(one, order);
    return order.slice(begins, ends).flatMap((item) => {
      const isOut = recordOf(proceedings, item).recusals.some(
        ({ seat, person }) => seat === id && person === one.person,
      );
      return isOut ? (numbers[item] ?? []) : [];
    });
  };
  const sat = there.map((one): Attendee => {
    const { person, from, to } = one;
    const except = exceptFor(one);
    const times = { from: numberOf(from), to: numberOf(to) };
    return { name: called(person), as: as(person), ...times, ...(except.length > 0 && { except }) };
  });
  const steppedIn = items.flatMap((item) =>
    recordOf(proceedings, item.id).recusals.flatMap(({ seat, substitute }) => {
      const number = numbers[item.id];
      return substitute !== null && seat === id && number !== undefined ? [{ person: substitute, number }] : [];
    }),
  );
  const stepped = [...Map.groupBy(steppedIn, ({ person }) => person)].map(([person, all]): Attendee => {
    return { name: called(person), as: as(person), from: null, to: null, only: all.map(({ number }) => number) };
  });
  const away = members.filter((person) => ![...there, ...steppedIn].some((one) => one.person === person));
  const people = [...sat.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0)), ...stepped];
  return {
    name,
    people,
    absent: away.map(called),
    ...(members.some((person) => person === id) && { own: true as const }),
  };
}

function paragraphOf(item: Item, sitting: Closed, { directory, numbers, open }: SnapshotScene): Paragraph {
  const called = calledIn(directory);
  const seatName = (id: string): Localised =>
    sitting.proceedings.seats.find((seat) => seat.id === id)?.name ?? { sv: nobody, fi: nobody, en: nobody };
  const words = open.words(item);
  const document = open.document(item);
  const record = open.record(item);
  const isOff = item.state.is !== 'accepted';
  const chair = chairAt(sitting, item.id);
  const isOther = isRecorded(sitting, item.id) && chair !== chairingAt(sitting, item.id);
  const decision = decisionOf(record);
  const isApproved = decision?.as === 'asProposed' || decision?.as === 'changed';
  return {
    number: numbers[item.id] ?? 0,
    item: item.id,
    is: isOff ? 'off' : isRecorded(sitting, item.id) ? 'recorded' : 'untouched',
    kind: item.kind,
    confidential: item.confidential,
    title: Object.keys(words.title).length > 0 ? words.title : knownTitle(item),
    presenter: item.presenter && called(item.presenter),
    links: words.links,
    document: document && { sha256: document.sha256, link: document.link },
    ...(hasDocument(item) && isApproved && !document && { withoutDocument: true }),
    background: words.background,
    proposal: proposalOf(item, words),
    discussion: record.discussion,
    ...(isOther && { chair: chair && called(chair) }),
    ...(item.code === 'figures' && sitting.figures && { figures: figuresIn(sitting.figures, directory) }),
    ...(item.code === 'followUp' && {
      followUps: open.followUps().map(({ text, owner, due }) => ({ text, owner: called(owner), due })),
    }),
    recusals: record.recusals.map(({ seat, person, substitute }) => ({
      seat: seatName(seat),
      name: called(person),
      substitute: substitute && called(substitute),
    })),
    vote: record.vote && tallyOf(record.vote, sitting, item.id, seatName, called),
    decision,
    dissents: record.dissents.map(({ seat, person, text }) => ({ seat: seatName(seat), name: called(person), text })),
    actions: record.actions.map(({ text, owner, due }) => ({ text, owner: called(owner), due })),
  };
}

/** Where a counter-proposal has won, what it says is decided, unless that was written otherwise. */
function decisionOf({ outcome, vote }: Pick<ReadRecord, 'outcome' | 'vote'>): Paragraph['decision'] {
  if (!outcome) return null;
  const { as, text } = outcome;
  const won = vote?.counters.find(({ id }) => id === vote.ended?.winner);
  return { as, text: as === 'changed' && Object.keys(text).length === 0 ? (won?.text ?? {}) : text };
}

function figuresIn(figures: Figures, directory: Directory): Readonly<Record<Language, FigureWords>> {
  const say = (language: Language): FigureWords => figureWords(figures, directory, textsFor(language));
  return { sv: say('sv'), fi: say('fi'), en: say('en') };
}

/** What every agenda has is called so in all languages. */
function knownTitle({ code, year }: Item): Written {
  if (!code) return {};
  return Object.fromEntries(
    languages.map((language) => [language, textsFor(language)(`agenda.item.${code}`, { year: year ?? 0 })]),
  );
}

/** Who could vote, by the order of the seats. */
function votersIn(sitting: Closed, item: string): Pick<Presence, 'seat' | 'person'>[] {
  const voters = votersAt(sitting, item);
  return sitting.proceedings.seats.flatMap(({ id }) => {
    const person = voters.get(id);
    return person === undefined ? [] : [{ seat: id, person }];
  });
}

/** Null while it goes on, for then nothing came of it. */
function tallyOf(
  vote: NonNullable<ReadRecord['vote']>,
  sitting: Closed,
  item: string,
  seatName: (id: string) => Localised,
  called: (person: PersonId) => string,
): Tally | null {
  if (!vote.ended) return null;
  const order = optionsOf(vote);
  const seats = sitting.proceedings.seats.map(({ id }) => id);
  const cast = Object.entries(vote.votes).toSorted(([a], [b]) => seats.indexOf(a) - seats.indexOf(b));
  return {
    options: countsOf(vote).map(({ votes }, at) => ({ text: vote.counters[at - 1]?.text ?? {}, votes })),
    ballots: cast.map(([seat, { person, option }]) => ({
      seat: seatName(seat),
      name: called(person),
      option: order.includes(option) ? order.indexOf(option) : null,
    })),
    silent: votersIn(sitting, item)
      .filter(({ seat }) => !Object.hasOwn(vote.votes, seat))
      .map(({ seat, person }) => ({ seat: seatName(seat), name: called(person) })),
    winner: order.indexOf(vote.ended.winner),
    casting: vote.ended.casting,
  };
}

/**
 * The same as long as nothing of what minutes say was recorded otherwise, whatever people are called by then. What is
 * confidential is so whenever they are read.
 */
export function recordPrint({ items, proceedings }: Pick<Sitting, 'items' | 'proceedings'>): string {
  const { opened, began, ended, seats, chairs, presence, records = {} } = proceedings ?? {};
  const recorded = Object.entries(records).filter(([item]) => hasRecord({ proceedings }, item));
  return fingerprintOf([
    items.map(({ id, words, kind, presenter, state, document }) => {
      return [id, words, kind, presenter, state.is, ...(document ? [document.sha256, document.link] : [])];
    }),
    [opened, ...(began ? [began] : []), ended, seats, chairs, presence],
    recorded.map(([item, { chair, discussion, recusals, vote, outcome, dissents, actions }]) => {
      const settled = actions.map(({ id, text, owner, due }) => [id, text, owner, due]);
      const said = dissents.map(({ seat, person, text }) => ({ seat, person, text }));
      return [item, chair, discussion, recusals, vote, outcome, said, settled];
    }),
  ]);
}
