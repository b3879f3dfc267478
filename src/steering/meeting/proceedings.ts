import { type Quorum, type QuorumRule, quorumAmong } from '../../directory/quorum.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Envelope } from '../../shared/sealed.ts';
import type {
  Action,
  Item,
  ItemRecord,
  Outcome,
  Presence,
  Proceedings,
  RecordedSeat,
  Sitting,
  Vote,
  Written,
} from '../model.ts';
import { agendaOf, hasRecord, isRecorded, isStanding } from '../standing.ts';

/** What follows from what is recorded of a meeting: who is there for an item, whether it can be decided, what a vote has said. */

export type Recorded = Pick<Sitting, 'items'> & { proceedings: Proceedings };

/** The ids of the items, in the order in which they are dealt with. */
export function orderOf(sitting: Pick<Sitting, 'items'>): string[] {
  return agendaOf(sitting).map(({ id }) => id);
}

export const noRecord: ItemRecord = {
  chair: null,
  discussion: null,
  recusals: [],
  vote: null,
  outcome: null,
  dissents: [],
  actions: [],
};

export function recordOf({ records }: Pick<Proceedings, 'records'>, item: string): ItemRecord {
  return (Object.hasOwn(records, item) && records[item]) || noRecord;
}

/** What was proposed is decided, or voted on. */
export function isSettled({ proceedings }: Pick<Sitting, 'proceedings'>, item: string): boolean {
  const { outcome, vote } = recordOf(proceedings ?? { records: {} }, item);
  return outcome !== null || vote !== null;
}

/** From which to before which of the items somebody is there, by their places in the order. */
export function spanOf({ from, to }: Presence, order: readonly string[]): readonly [number, number] {
  const placeOf = (item: string): number => {
    const at = order.indexOf(item);
    // What was taken off the agenda since is dealt with by nobody.
    return at < 0 ? order.length : at;
  };
  return [from === null ? 0 : placeOf(from), to === null ? order.length : placeOf(to)];
}

/** Who sits where when the item is dealt with, whether they take part in it or not. */
export function presentAt({ items, proceedings }: Recorded, item: string): ReadonlyMap<string, PersonId> {
  const order = orderOf({ items });
  const at = order.indexOf(item);
  const there = proceedings.presence.filter((one) => {
    const [from, to] = spanOf(one, order);
    return from <= at && at < to;
  });
  return new Map(there.map(({ seat, person }) => [seat, person]));
}

/** The numbers of what every meeting decides, of which no decision is recorded: that goes on to no other agenda. */
export function unrecordedIn(sitting: Sitting): number[] {
  return agendaOf(sitting).flatMap(({ id, kind }, at) => {
    const isOpen = recordOf(sitting.proceedings ?? { records: {} }, id).outcome === null;
    return kind === 'decision' && isStanding(id) && isOpen ? [at + 1] : [];
  });
}

/**
 * The last item of which something was recorded, or at which somebody came, left or began to chair; null for none. That may be
 * written down ahead of time, so the meeting is there at the latest: what is asked once too often is decided by nobody wrongly.
 */
export function lastRecorded(sitting: Recorded): string | null {
  return orderOf(sitting).findLast((id) => isRecorded(sitting, id)) ?? null;
}

/** The meeting may have come to a later item, see {@link lastRecorded}, and others are there by then. */
export function isPassedBy(sitting: Recorded, item: string): boolean {
  const order = orderOf(sitting);
  const last = lastRecorded(sitting);
  if (last === null || order.indexOf(last) <= order.indexOf(item)) return false;
  return seatedAt(sitting, item) !== seatedAt(sitting, last);
}

/**
 * After which item that comes which was passed by and is dealt with where the meeting is: after the last, see {@link lastRecorded},
 * and never behind what every meeting ends with. Null where there is no such place, or others would be there.
 */
export function placeNow(sitting: Recorded, item: string): string | null {
  const agenda = agendaOf(sitting);
  const order = orderOf(sitting);
  const last = lastRecorded(sitting);
  const end = agenda.findIndex(({ id, code }) => id !== item && (code === 'next' || code === 'closing'));
  const at = Math.min(order.indexOf(last ?? ''), end < 0 ? order.length : end - 1);
  const place = order[at];
  if (last === null || place === undefined || at <= order.indexOf(item)) return null;
  return seatedAt(sitting, place) === seatedAt(sitting, last) ? place : null;
}

const seatedAt = (sitting: Recorded, item: string): string => JSON.stringify([...presentAt(sitting, item)].toSorted());

/** Who votes for which seat: whoever is disqualified does not, and the substitute who steps in does. */
export function votersAt(sitting: Recorded, item: string): ReadonlyMap<string, PersonId> {
  const voters = new Map(presentAt(sitting, item));
  for (const { seat, person, substitute } of recordOf(sitting.proceedings, item).recusals) {
    if (voters.get(seat) !== person) continue;
    if (substitute === null) voters.delete(seat);
    else voters.set(seat, substitute);
  }
  return voters;
}

export function quorumAt(sitting: Recorded, item: string, rule: QuorumRule): Quorum<RecordedSeat> {
  return quorumAmong(sitting.proceedings.seats, new Set(votersAt(sitting, item).keys()), rule);
}

/** Whether this outcome of such an item needs a body that can decide. */
export const isDecision = (as: Outcome['as'], kind: Item['kind']): boolean => as !== 'noted' || kind === 'decision';

/** A vote goes on, or has ended and what it says was not recorded as decided. */
export const isVoteOpen = ({ vote, outcome }: Pick<ItemRecord, 'vote' | 'outcome'>): boolean =>
  vote !== null && outcome === null;

export function hasVote({ proceedings }: Pick<Recorded, 'proceedings'>): boolean {
  return Object.values(proceedings.records).some(isVoteOpen);
}

/** What is voted on, and how, whatever the words of it. */
export interface Options extends Pick<Vote, 'votes'> {
  counters: readonly Pick<Vote['counters'][number], 'id'>[];
}

/** What is voted on, by the ids of the options: `proposal` first, then the counter-proposals in their order. */
export function optionsOf({ counters }: Pick<Options, 'counters'>): string[] {
  return ['proposal', ...counters.map(({ id }) => id)];
}

/** What a seat can say: one of these, or nothing to either. */
export function ballotOptions(vote: Pick<Options, 'counters'>): string[] {
  return [...optionsOf(vote), 'abstain'];
}

export interface Count {
  option: string;
  votes: number;
}

/** In the order of the options. */
export function countsOf(vote: Options): Count[] {
  const cast = Object.values(vote.votes);
  return optionsOf(vote).map((option) => ({
    option,
    votes: cast.filter((ballot) => ballot.option === option).length,
  }));
}

/**
 * What has most votes; of several that have equally many the one for which the chair has voted. Null when that tells
 * nothing, or nobody has voted for anything.
 */
export function winnerOf(vote: Options, chairSeat: string | null): { option: string; casting: boolean } | null {
  const counts = countsOf(vote);
  const most = Math.max(...counts.map(({ votes }) => votes));
  const first = counts.filter(({ votes }) => votes === most);
  const [only, ...others] = first;
  if (most === 0 || !only) return null;
  if (others.length === 0) return { option: only.option, casting: false };
  const own = chairSeat === null ? undefined : vote.votes[chairSeat]?.option;
  return first.some(({ option }) => option === own) && own ? { option: own, casting: true } : null;
}

/** Who was named last to chair from an item up to this one on; null while nobody was. */
export function chairingAt({ items, proceedings }: Recorded, item: string): PersonId | null {
  const order = orderOf({ items });
  const at = order.indexOf(item);
  const begun = order.slice(0, at + 1);
  const placeOf = (from: string | null): number => (from === null ? -1 : begun.indexOf(from));
  const named = proceedings.chairs.filter(({ from }) => from === null || placeOf(from) >= 0);
  return named.toSorted((a, b) => placeOf(b.from) - placeOf(a.from))[0]?.person ?? null;
}

/** Who chairs the item; null when nobody was named, or who was takes no part in it. */
export function chairAt(sitting: Recorded, item: string): PersonId | null {
  const chair = recordOf(sitting.proceedings, item).chair ?? chairingAt(sitting, item);
  return [...votersAt(sitting, item).values()].find((person) => person === chair) ?? null;
}

/** Who chairs the meeting by then is there and takes no part in the item. */
export function isChairRecused(sitting: Recorded, item: string): boolean {
  const chair = chairingAt(sitting, item);
  return recordOf(sitting.proceedings, item).recusals.some(({ person }) => person === chair);
}

/** What a vote that has ended leaves to be recorded; null while it has not. */
export function votedFor({ ended }: Pick<Vote, 'ended'>): Extract<Outcome['as'], 'asProposed' | 'changed'> | null {
  return ended && (ended.winner === 'proposal' ? 'asProposed' : 'changed');
}

/** Which of the counter-proposals has won, from 1; null while the vote goes on, and where none has. */
export function counterWon<Counter extends { id: string }>(
  vote: { counters: readonly Counter[]; ended: Vote['ended'] } | null,
): (Counter & { number: number }) | null {
  const at = vote?.counters.findIndex(({ id }) => id === vote.ended?.winner) ?? -1;
  const won = vote?.counters[at];
  return won ? { ...won, number: at + 1 } : null;
}

/** What is said of a vote that has ended: that its winner became the decision not before that was recorded. */
export function resultKey({ casting }: { casting: boolean }, isDecided: boolean) {
  if (casting) return 'sitting.wonByChair';
  return isDecided ? 'sitting.won' : 'sitting.mostVotes';
}

/** Who can vote for which seat, and has not. */
export function silentAt(sitting: Recorded, item: string): readonly (readonly [seat: string, person: PersonId])[] {
  const votes = recordOf(sitting.proceedings, item).vote?.votes ?? {};
  return [...votersAt(sitting, item)].filter(([seat]) => votes[seat] === undefined);
}

/** The seat for which the chair votes at this item; null when nobody chairs it. */
export function chairSeatAt(sitting: Recorded, item: string): string | null {
  const chair = chairAt(sitting, item);
  return [...votersAt(sitting, item)].find(([, person]) => person === chair)?.[0] ?? null;
}

/**
 * What does not hold any more, by the ids of the items: a decision that the body could not take, or that nobody led, a vote of
 * somebody who does not vote, or one that another chair would have decided otherwise.
 */
export function unsoundIn(sitting: Recorded, rule: QuorumRule): string[] {
  return agendaOf(sitting).flatMap((item) => (isSound(sitting, item, rule) ? [] : [item.id]));
}

function isSound(sitting: Recorded, { id, kind }: Item, rule: QuorumRule): boolean {
  const { outcome, vote, dissents, chair, recusals } = recordOf(sitting.proceedings, id);
  const voters = votersAt(sitting, id);
  const present = presentAt(sitting, id);
  if (recusals.some(({ seat, person }) => present.get(seat) !== person)) return false;
  const isLed = chairAt(sitting, id) !== null;
  if (outcome && isDecision(outcome.as, kind) && !(isLed && quorumAt(sitting, id, rule).met)) return false;
  if (chair !== null && !isLed) return false;
  if (vote?.ended) {
    const winner = winnerOf(vote, chairSeatAt(sitting, id));
    if (winner?.option !== vote.ended.winner || winner.casting !== vote.ended.casting) return false;
  }
  const spoke = [...Object.entries(vote?.votes ?? {}), ...dissents.map((one) => [one.seat, one] as const)];
  return spoke.every(([seat, { person }]) => voters.get(seat) === person);
}

/** An opening can be undone as long as there is nothing to lose: nothing but who was there, who chairs, and what was taken back. */
export function mayUndoOpening(proceedings: Proceedings): boolean {
  const { ended, records, presence, chairs } = proceedings;
  const isAsOpened = presence.every(({ from, to }) => from === null && to === null) && chairs.length <= 1;
  const isEmpty = Object.keys(records).every((item) => !hasRecord({ proceedings }, item));
  return ended === undefined && isEmpty && isAsOpened;
}

/** Somebody who sits, or steps in, for two seats at one item; null for nobody. */
export function inTwoSeats(sitting: Recorded): PersonId | null {
  for (const item of orderOf(sitting)) {
    const sits = [...presentAt(sitting, item)];
    const stepped = [...votersAt(sitting, item)].filter(
      ([seat, person]) => !sits.some(([id, one]) => id === seat && one === person),
    );
    const all = [...sits, ...stepped].map(([, person]) => person);
    const twice = all.find((person, at) => all.indexOf(person) !== at);
    if (twice !== undefined) return twice;
  }
  return null;
}

/** It was decided; where nothing was to be, something was said of it. */
export function isDealtWith(
  { kind }: Pick<Item, 'kind'>,
  { outcome, discussion }: { outcome: unknown; discussion: Envelope | Written | null },
): boolean {
  return outcome !== null || (kind !== 'decision' && discussion !== null && Object.keys(discussion).length > 0);
}

/** The item that is before the meeting: the first after the last that was dealt with, else the first that was passed by; null when all are. */
export function currentOf(sitting: Recorded): string | null {
  const items = agendaOf(sitting);
  const isDone = (item: Item): boolean => isDealtWith(item, recordOf(sitting.proceedings, item.id));
  const next = items.slice(items.findLastIndex(isDone) + 1)[0];
  return (next ?? items.find((item) => !isDone(item)))?.id ?? null;
}

/** Who has it by now, and until when. */
export function heldBy({ owner, due, handed }: Pick<Action, 'owner' | 'due' | 'handed'>): {
  owner: PersonId;
  due: string;
} {
  return handed ?? { owner, due };
}

/** As it is handed on by now when it is given to them until then: it stays so, unless that is somebody else or another day. */
export function stillHanded(
  known: Pick<Action, 'owner' | 'due' | 'handed'>,
  { owner, due }: { owner?: string; due?: string },
): Action['handed'] {
  return known.owner === owner && known.due === due ? known.handed : null;
}

/** What was settled there that is still to be done, with the item at which it was. */
export function openActionsIn({ proceedings }: Pick<Sitting, 'proceedings'>): { item: string; action: Action }[] {
  return Object.entries(proceedings?.records ?? {}).flatMap(([item, { actions }]) =>
    actions.filter(({ done }) => done === null).map((action) => ({ item, action })),
  );
}

/** Something is left to do for this person of what was settled there. */
export function isOwner(sitting: Pick<Sitting, 'proceedings'>, person: PersonId): boolean {
  return openActionsIn(sitting).some(({ action }) => heldBy(action).owner === person);
}
