import { type Directory, presentMembers, type Seat } from '../directory/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';

/**
 * Whether a steering group can decide with these people: each seat counts once, by its member or the substitute. By default
 * more than half of the seats that somebody holds, among them two authorities and one municipality, or all there are of them.
 */
export interface Quorum {
  met: boolean;
  /** Seats that are represented, and how many are needed. */
  present: readonly Seat[];
  needed: number;
  /** Seats that somebody holds and nobody represents. */
  missing: readonly Seat[];
}

const leastOf = { authority: 2, municipality: 1, management: 0 } as const;

export function quorumOf(directory: Directory, body: BodyId, people: ReadonlySet<PersonId>): Quorum {
  const members = presentMembers(directory, body);
  const seated = directory.seats.filter(
    (seat) => seat.body === body && members.some((member) => member.seat === seat.id),
  );
  const represents = ({ id }: Seat): boolean => members.some(({ seat, person }) => seat === id && people.has(person));
  const present = seated.filter(represents);
  const missing = seated.filter((seat) => !represents(seat));
  const needed = Math.floor(seated.length / 2) + 1;
  const enough = (['authority', 'municipality'] as const).every((kind) => {
    const all = seated.filter((seat) => seat.kind === kind).length;
    return present.filter((seat) => seat.kind === kind).length >= Math.min(leastOf[kind], all);
  });
  return { met: present.length >= needed && enough, present, needed, missing };
}
