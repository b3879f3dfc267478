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
  const needed = Math.floor(seats.length / 2) + 1;
  const hasEnough = (kind: Seat['kind'], least: number): boolean => {
    const all = seats.filter((seat) => seat.kind === kind).length;
    return present.filter((seat) => seat.kind === kind).length >= Math.min(least, all);
  };
  const met =
    present.length >= needed && hasEnough('authority', authorities) && hasEnough('municipality', municipalities);
  return { met, present, needed, missing };
}
