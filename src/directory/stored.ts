import type { Ledger } from '../audit/model.ts';
import type { Bell } from '../delivery/bell.ts';
import { bodyId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import type { Directory, Holder, Member, Seat } from './model.ts';

/** How a region's directory lies in the store: one document, with the log of who changed it. */

export type StoredDirectory = Directory & {
  ledger: Ledger;
  /** Chats that came to another body, or to none, and may show what that body must not see; absent when there are none. */
  toVacate?: Marks;
  /** Bodies with other members than before, whose cards may not show it yet; absent when there are none. */
  toRedraw?: Marks;
};

/** What is to be done, each with the change that it is for: a later one needs it done anew. */
export type Marks = Readonly<Record<string, string>>;

type Region = Readonly<{ tenant: TenantId; id: string }>;

export function directoryKey({ tenant, id }: Region): DocumentKey {
  return { partition: partitionOf(tenant, `region:${id}`), id: 'directory' };
}

/** The log that does not fit into the document any more lies beside it. */
export function directoryLogPartition({ tenant, id }: Region): string {
  return partitionOf(tenant, `audit:region:${id}`);
}

export function directoryAggregates(store: Store): Aggregates<StoredDirectory> {
  const nothing = { status: null, owner: null, at: null, wakeAt: null };
  return createAggregates<StoredDirectory>(store, () => ({ kind: 'directory', ...nothing }), undefined, [
    withMarkedWork,
    withSeats,
  ]);
}

/** What watches over the terms of a region’s seats. */
export interface TermBell extends Bell {
  /** The newest date in the region for which the directory follows who holds which seat. */
  begunOn: string;
  /** Seat → the last day of the term of which its body’s leaders have been told. */
  told: Readonly<Record<string, string>>;
}

export const termBellKind = 'termBell';

export function termBellKey({ tenant, id }: Region): DocumentKey {
  return { partition: partitionOf(tenant, `region:${id}`), id: 'terms' };
}

/** From schema 1 to 2: what is to be done were lists, without the changes that it was for. */
function withMarkedWork({ toVacate, toRedraw, ...directory }: StoredDirectory): StoredDirectory {
  return {
    ...directory,
    ...(toVacate && { toVacate: markedEarlier(toVacate) }),
    ...(toRedraw && { toRedraw: markedEarlier(toRedraw) }),
  };
}

function markedEarlier(all: Marks): Marks {
  return Array.isArray(all) ? Object.fromEntries(all.map((name) => [String(name), 'earlier'])) : all;
}

/** What schema 2 had in place of seats: parties, and members of the steering group who named theirs. */
type WithParties = Omit<StoredDirectory, 'members'> & {
  parties?: readonly Pick<Seat, 'id' | 'kind' | 'name'>[];
  members: readonly (Member & { party?: string })[];
};

/**
 * From schema 2 to 3: every party has a seat in the steering group. A party could have several substitutes; the first is
 * the one of its seat.
 */
function withSeats({ parties = [], members, ...directory }: WithParties): StoredDirectory {
  const body = directory.bodies.find(({ kind }) => kind === 'steering')?.id ?? bodyId('');
  const theirs = (id: string) => members.filter((member) => member.body === body && member.party === id);
  const holding = (id: string, as: Holder['as']): Holder[] =>
    theirs(id)
      .filter(({ role, removed }) => !removed && (role === 'substitute') === (as === 'substitute'))
      .slice(0, 1)
      .map(({ person }) => ({ person, as, from: null, to: null }));
  const seats = parties.map(
    (party): Seat => ({
      ...party,
      body,
      holders: [...holding(party.id, 'member'), ...holding(party.id, 'substitute')],
      setBy: theirs(party.id).some(({ setBy }) => setBy === 'leader') ? 'leader' : 'file',
      closed: false,
    }),
  );
  const holds = ({ person }: Member, seat: string): boolean =>
    seats.some(({ id, holders }) => id === seat && holders.some((holder) => holder.person === person));
  return {
    ...directory,
    members: members.map(({ party, ...member }) =>
      party !== undefined && member.body === body && holds(member, party) ? { ...member, seat: party } : member,
    ),
    seats,
  };
}
