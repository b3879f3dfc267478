import type { Directory } from '../directory/model.ts';
import { changedSince, merged, type Seen, seenOf } from '../shared/seen.ts';
import type { Changes, Invited, Meeting, Occurrence, Place, Slot } from './model.ts';
import { mayRead } from './rights.ts';

/** What the form of a change is about, see `src/shared/seen.ts`. */
export type ChangeParts = Readonly<Slot & { title: string; place: Place; invited: Invited }>;

/** Who was named and may not read it any more is not shown, and stays. */
export function changeParts(
  meeting: Meeting,
  { start, minutes, place }: Slot & { place: Place },
  directory: Directory,
) {
  const { everyone, named } = meeting.invited;
  const shown = named.filter((person) => mayRead(meeting, person, directory));
  return parts({ start, minutes, title: meeting.title, place, invited: { everyone, named: shown } });
}

/** What is to stand there; what is not said stays. */
export function wantedParts({ title, place, slot, invited }: Changes, now: ChangeParts): ChangeParts {
  return parts({
    ...now,
    ...slot,
    ...(title !== undefined && { title }),
    ...(place && { place }),
    ...(invited && { invited }),
  });
}

/** The same has the same fingerprint, in whatever order people were chosen. */
function parts({ start, minutes, title, place: { online, where }, invited: { everyone, named } }: ChangeParts) {
  return {
    start,
    minutes,
    title,
    place: { online, where },
    invited: { everyone, named: named.toSorted() },
  } satisfies ChangeParts;
}

/** What a sender who saw that has changed, and nothing of what others have meanwhile. Errors: `form.overtaken`. */
export function ownChanges(
  { seen, changes }: Seen & { changes: Changes },
  meeting: Meeting,
  occurrence: Occurrence,
  directory: Directory,
): Changes {
  const now = changeParts(meeting, occurrence, directory);
  const { start, minutes, title, place, invited } = merged(seen, wantedParts(changes, now), now);
  const isInviting = changedSince(seenOf(now), { ...now, invited }).length > 0;
  return { title, place, slot: { start, minutes }, ...(isInviting && { invited }) };
}
