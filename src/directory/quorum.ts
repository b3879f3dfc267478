import type { BodyId, PersonId } from '../shared/ids.ts';
import { type Directory, type Party, presentMembers } from './model.ts';

/**
 * Whether a steering group can decide with these people: each party counts once, by its member or a substitute. By default
 * more than half of the parties that have a seat, among them two authorities and one municipality, or all there are of them.
 */
export interface Quorum {
  met: boolean;
  /** Parties that are represented, and how many are needed. */
  present: readonly Party[];
  needed: number;
  /** Parties that have a seat and are not represented. */
  missing: readonly Party[];
}

const leastOf = { authority: 2, municipality: 1, management: 0 } as const;

export function quorumOf(directory: Directory, body: BodyId, people: ReadonlySet<PersonId>): Quorum {
  const members = presentMembers(directory, body);
  const seated = directory.parties.filter(({ id }) => members.some(({ party }) => party === id));
  const represents = ({ id }: Party): boolean =>
    members.some(({ party, person }) => party === id && people.has(person));
  const present = seated.filter(represents);
  const missing = seated.filter((party) => !represents(party));
  const needed = Math.floor(seated.length / 2) + 1;
  const enough = (['authority', 'municipality'] as const).every((kind) => {
    const all = seated.filter((party) => party.kind === kind).length;
    return present.filter((party) => party.kind === kind).length >= Math.min(leastOf[kind], all);
  });
  return { met: present.length >= needed && enough, present, needed, missing };
}
