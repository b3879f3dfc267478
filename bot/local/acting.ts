import type { Directory } from '../../src/directory/model.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import { foldText } from '../../src/shared/normalise.ts';

/** Who the Playground's one user acts as. Exists in local mode only, in memory: a new start is oneself again. */
export interface Acting {
  as(person: PersonId): PersonId;
  /** Null: oneself again. */
  choose(person: PersonId, as: PersonId | null): void;
}

export function createActing(): Acting {
  const chosen = new Map<PersonId, PersonId>();
  return {
    as: (person) => chosen.get(person) ?? person,
    choose(person, as) {
      if (as === null) chosen.delete(person);
      else chosen.set(person, as);
    },
  };
}

/** The example person whose name begins with what was written, in any of its parts. */
export function findPerson(directory: Directory, written: string): { id: PersonId; name: string } | null {
  const wanted = foldText(written);
  if (!wanted) return null;
  const exact = directory.people.find(({ name }) => foldText(name) === wanted);
  const close = directory.people.filter(({ name }) =>
    foldText(name)
      .split(' ')
      .some((part) => part.startsWith(wanted)),
  );
  return exact ?? (close.length === 1 ? (close[0] ?? null) : null);
}
