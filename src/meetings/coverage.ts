import { bodyOf, type Directory, presentMembers, type Seat } from '../directory/model.ts';
import { quorumOf } from '../directory/quorum.ts';
import { type Profession, professions } from '../shared/actor.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Meeting } from './model.ts';

/**
 * Who must be there for a meeting to make sense. A team meets with every profession that it has; a steering group with
 * enough of its seats, substitutes counted; any other with more than half of those who are asked.
 */
export type Coverage =
  | { by: 'professions'; met: boolean; missing: readonly Profession[] }
  | { by: 'seats'; met: boolean; present: number; needed: number; missing: readonly Seat[] }
  | { by: 'number'; met: boolean; present: number; needed: number };

/** `people` are those who come; `asked` all who might. */
export function coverageOf(
  { body, invited }: Pick<Meeting, 'body' | 'invited'>,
  people: ReadonlySet<PersonId>,
  asked: readonly PersonId[],
  directory: Directory,
): Coverage {
  const kind = bodyOf(directory, body)?.kind;
  const members = presentMembers(directory, body).filter(({ person }) => asked.includes(person));
  // Some of a body meet by themselves: then it is they who must be there.
  if (kind === 'team' && invited.everyone) {
    const has = professions.filter((profession) => members.some((member) => member.profession === profession));
    const missing = has.filter(
      (profession) => !members.some((member) => member.profession === profession && people.has(member.person)),
    );
    return { by: 'professions', met: missing.length === 0 && people.size > 0, missing };
  }
  if (kind === 'steering' && invited.everyone && members.some(({ seat }) => seat !== undefined)) {
    const { met, present, needed, missing } = quorumOf(directory, body, people);
    return { by: 'seats', met, present: present.length, needed, missing };
  }
  const needed = Math.floor(asked.length / 2) + 1;
  const present = asked.filter((person) => people.has(person)).length;
  return { by: 'number', met: present >= needed, present, needed };
}
