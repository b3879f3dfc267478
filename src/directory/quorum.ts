import type { BodyId, PersonId } from '../shared/ids.ts';
import { type Directory, presentMembers, type Seat } from './model.ts';

/**
 * Whether a body can decide: more than half of its seats are represented, each by its member or the substitute and counted
 * once, among them so many authorities and municipalities, or all there are of them.
 */
export interface Quorum<S extends SeatOf = Seat> {
  met: boolean;
  /** Seats that are represented, and how many are needed. */
  present: readonly S[];
  needed: number;
  /** Seats that nobody represents. */
  missing: readonly S[];
  /** What is wanting first of all; null when it can decide. */
  lack: Lack | null;
  /** How many of which kind have to be there; nothing of a kind of which none has to. */
  least: readonly Least[];
}

/** So many more are needed: seats of any kind, or of that one. */
export interface Lack {
  of: 'seats' | 'authority' | 'municipality';
  count: number;
}

/** So many of that kind have to be there, of those that there are. */
export interface Least {
  of: 'authority' | 'municipality';
  count: number;
}

export type SeatOf = Pick<Seat, 'id' | 'kind'>;

export interface QuorumRule {
  authorities: number;
  municipalities: number;
}

export const usualQuorum: QuorumRule = { authorities: 2, municipalities: 1 };

/** Of a body with these people: of all its seats, one that is vacant too; of none where nobody holds any. */
export function quorumOf(
  directory: Directory,
  body: BodyId,
  people: ReadonlySet<PersonId>,
  rule: QuorumRule = usualQuorum,
): Quorum {
  const members = presentMembers(directory, body);
  const isHeld = members.some(({ seat }) => seat !== undefined);
  const seated = isHeld ? directory.seats.filter((seat) => seat.body === body && !seat.closed) : [];
  const taken = members.flatMap(({ seat, person }) => (seat !== undefined && people.has(person) ? [seat] : []));
  return quorumAmong(seated, new Set(taken), rule);
}

export function quorumAmong<S extends SeatOf>(
  seats: readonly S[],
  taken: ReadonlySet<string>,
  { authorities, municipalities }: QuorumRule,
): Quorum<S> {
  const present = seats.filter(({ id }) => taken.has(id));
  const missing = seats.filter(({ id }) => !taken.has(id));
  const ofKind = (among: readonly S[], kind: Seat['kind']): number => among.filter((seat) => seat.kind === kind).length;
  const asked: readonly Least[] = [
    { of: 'authority', count: authorities },
    { of: 'municipality', count: municipalities },
  ];
  const least = asked
    .map(({ of, count }) => ({ of, count: Math.min(count, ofKind(seats, of)) }))
    .filter(({ count }) => count > 0);
  const majority = Math.floor(seats.length / 2) + 1;
  // More than half of a small body can be fewer than the kinds that have to be among them.
  const ofKinds = least.reduce((sum, { count }) => sum + count, 0);
  const needed = Math.max(majority, ofKinds);
  const lacks: readonly Lack[] = [
    { of: 'seats', count: present.length < majority ? needed - present.length : 0 },
    ...least.map(({ of, count }) => ({ of, count: count - ofKind(present, of) })),
  ];
  const lack = lacks.find(({ count }) => count > 0) ?? null;
  return { met: lack === null, present, needed, missing, lack, least };
}
