import { leftBy, redrawAll } from '../delivery/model.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import { type PersonId, personId } from '../shared/ids.ts';
import { hasHeard } from './heard.ts';
import { standInsOf, staysAway } from './invited.ts';
import type { Meeting, Occurrence, StandIns } from './model.ts';
import { mayRead } from './rights.ts';
import { aheadIn, called, freed, hasBegun, type Shift, shiftsBetween } from './shifts.ts';
import { withoutReplies } from './substitutes.ts';
import type { Scene } from './transition.ts';

/** What becomes of a meeting that was announced when the seats of its body change hands. */

type SeatScene = Pick<Scene, 'directory' | 'calendar' | 'now'>;

/**
 * Whoever has come into the body is invited to what is ahead, and so is the substitute of a seat that has no member any more.
 * Who is to come in somebody's place by now is called, and who need not come in one any more hears that. Whoever is among
 * `readers` reads the invitation in the chat. The very same object when everybody knows.
 */
export function withSeats(meeting: Meeting, scene: SeatScene, readers: readonly PersonId[] = []): Meeting {
  const { directory, now } = scene;
  const { standIns: known, ...rest } = meeting;
  const ahead = aheadIn(meeting, scene);
  // What is yet to be told to everybody is told to those who are invited by then.
  if (!meeting.news.spread || ahead.length === 0) return meeting;
  const standIns = standInsOf(meeting, directory);
  if (!standIns) return known ? rest : meeting;
  if (known && fingerprintOf(known) === fingerprintOf(standIns)) return meeting;
  if (!known) return { ...rest, standIns };
  const people = [...Object.keys(known).map(personId), ...Object.values(known).flat()];
  const left = withoutLeft({ ...rest, standIns }, people, ahead, scene);
  const shifts = shiftsOf({ ...meeting, standIns: known }, { ...left, standIns }, ahead, now);
  const shown: Meeting = { ...left, delivery: redrawAll(left.delivery, now) };
  const isOfBody = (person: PersonId): boolean => mayRead(meeting, person, directory);
  const heard = shifts.reduce((one, shift) => {
    // Whoever has left the body hears nothing of it.
    const told = {
      wasAsked: wasAsked(shift.person, known),
      isTold: isOfBody(shift.person) && hasHeard(meeting, shift.person),
    };
    return freed(called(one, shift, scene, readers), shift, told, now);
  }, shown);
  const out = shifts.filter(({ isDue, person }) => !isDue && isOfBody(person));
  const delivery = leftBy(heard.delivery, (one) => out.some(({ person }) => person === one));
  return { ...heard, delivery };
}

/** For themselves, and not as who acts for a seat without a member. */
const wasAsked = (person: PersonId, known: StandIns): boolean => known[person]?.includes(person) === false;

type Asking = Meeting & Required<Pick<Meeting, 'standIns'>>;

/** Whoever sits at a meeting that goes on stays. */
function shiftsOf(before: Asking, after: Asking, ahead: readonly Occurrence[], now: Temporal.Instant): Shift[] {
  const dueIn = (meeting: Asking) => (date: Occurrence) => dueAt(meeting, date);
  return shiftsBetween(before, askedIn(before), ahead, dueIn(before), dueIn(after))
    .map((shift) => ({ ...shift, from: shift.from.filter((date) => !hasBegun(date, after, now)) }))
    .filter(({ to, from }) => to.length + from.length > 0);
}

const askedIn = ({ standIns, invited }: Asking): PersonId[] => [
  ...Object.keys(standIns).map(personId),
  ...invited.named,
];

function dueAt(meeting: Asking, { on }: Occurrence): PersonId[] {
  const { standIns } = meeting;
  const asked = Object.keys(standIns).map(personId);
  const inPlace = asked.filter((person) => staysAway(meeting, on, person)).flatMap((person) => standIns[person] ?? []);
  return [...askedIn(meeting), ...inPlace];
}

/** Whoever has left the body is asked anew if they come back; what they have said of what goes on stays. */
function withoutLeft(
  meeting: Meeting,
  known: readonly PersonId[],
  ahead: readonly Occurrence[],
  { directory, now }: SeatScene,
): Meeting {
  const dates = ahead.filter((date) => !hasBegun(date, meeting, now));
  const gone = known.filter((person) => !mayRead(meeting, person, directory));
  return withoutReplies(
    meeting,
    gone.flatMap((person) => dates.map(({ on }) => ({ on, person }))),
  );
}
