import { leftBy, notify, redrawAll } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import { type PersonId, personId } from '../shared/ids.ts';
import { invitedTo, standInsOf, staysAway } from './invited.ts';
import type { Meeting, Occurrence, StandIns } from './model.ts';
import { beginOf } from './repeat.ts';
import { mayRead } from './rights.ts';
import { aheadIn, type Shift, shiftsBetween } from './shifts.ts';
import { repliesAt } from './standing.ts';
import { withoutCalls, withoutReplies, withoutYes } from './substitutes.ts';
import { freedOccasion } from './telling/news.ts';
import { invitationsTo, isCallCard, type Scene, told } from './transition.ts';

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
  return shifts.reduce((one, shift) => freed(called(one, shift, scene, readers), shift, known, scene), shown);
}

type Asking = Meeting & Required<Pick<Meeting, 'standIns'>>;

/** Whoever sits at a meeting that goes on stays. */
function shiftsOf(before: Asking, after: Asking, ahead: readonly Occurrence[], now: Temporal.Instant): Shift[] {
  const dueIn = (meeting: Asking) => (date: Occurrence) => dueAt(meeting, date);
  return shiftsBetween(ahead, dueIn(before), dueIn(after)).map((shift) => ({
    ...shift,
    from: shift.from.filter((date) => !hasBegun(date, after, now)),
  }));
}

const hasBegun = (date: Occurrence, { zone }: Meeting, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(beginOf(date, zone), now) <= 0;

function dueAt(meeting: Asking, { on }: Occurrence): Set<PersonId> {
  const { standIns, invited } = meeting;
  const asked = Object.keys(standIns).map(personId);
  const inPlace = asked.filter((person) => staysAway(meeting, on, person)).flatMap((person) => standIns[person] ?? []);
  return new Set([...asked, ...invited.named, ...inPlace]);
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

/** They are to come to more than they knew of, as one who is asked or in somebody's place; who has said no has nothing to hear. */
function called(
  meeting: Meeting,
  { person, to }: Shift,
  { directory, now }: SeatScene,
  readers: readonly PersonId[],
): Meeting {
  const [first] = to.filter(({ on }) => repliesAt(meeting, on)[person]?.coming !== 'no');
  if (!first || isInvitedNow(meeting, person)) return meeting;
  if (!invitedTo(meeting, directory).includes(person))
    return told(meeting, 'substitute', [person], `${first.on}:${toStored(now)}`, now);
  if (readers.includes(person)) return meeting;
  // They may have had a card of the same news before.
  const notices = invitationsTo([person], meeting.news.number).map((notice) => ({
    ...notice,
    stays: `${notice.stays}:${toStored(now)}`,
  }));
  return { ...meeting, delivery: notify(meeting.delivery, notices, now) };
}

/** An invitation is on its way to them. */
function isInvitedNow({ delivery: { notices } }: Meeting, person: PersonId): boolean {
  return notices.some(({ to, stays }) => to === person && stays !== undefined && !isCallCard(stays));
}

/** They need not come to what they knew of, and hear that unless they have left the body, or have said that they do not come. */
function freed(
  meeting: Meeting,
  { person, to, from, isDue }: Shift,
  known: StandIns,
  { directory, now }: SeatScene,
): Meeting {
  const unsaid = withoutYes(
    withoutCalls(
      meeting,
      [person],
      [...to, ...from].map(({ on }) => on),
    ),
    from.map(({ on }) => ({ on, person })),
  );
  if (!mayRead(meeting, person, directory)) return unsaid;
  const dates = from.filter(({ on }) => repliesAt(meeting, on)[person]?.coming !== 'no');
  const kind = !isDue && wasAsked(person, known) ? 'uninvited' : 'substituteFree';
  const next = dates.length > 0 ? told(unsaid, kind, [person], freedOccasion(dates, now), now) : unsaid;
  return isDue ? next : { ...next, delivery: leftBy(next.delivery, (one) => one === person) };
}

/** For themselves, and not as who acts for a seat without a member. */
const wasAsked = (person: PersonId, known: StandIns): boolean => known[person]?.includes(person) === false;
