import { leftBy, notify, redrawAll } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { actingFor, expectedAt, invitedTo, substitutesOf } from './invited.ts';
import type { Meeting, Occurrence } from './model.ts';
import { endOf, occurrencesOf } from './repeat.ts';
import { mayRead } from './rights.ts';
import { repliesAt, scheduleOf } from './standing.ts';
import { withoutCalls, withoutYes } from './substitutes.ts';
import { concerned, freedOccasion, staysAway } from './telling/news.ts';
import { invitationsTo, isCallCard, type Scene, told } from './transition.ts';

/**
 * The substitute of a seat that loses its member is invited as soon as it has none, and hears that they need not come once it
 * has one again, who is invited then. Whoever is among `readers` reads the invitation in the chat. The very same object when everybody knows.
 */
export function withActing(
  meeting: Meeting,
  scene: Pick<Scene, 'directory' | 'calendar' | 'now'>,
  readers: readonly PersonId[] = [],
): Meeting {
  const { directory, now } = scene;
  const { acting: known = [], ...rest } = meeting;
  const ahead = aheadIn(meeting, scene);
  // What is yet to be told to everybody is told to those who are invited by then.
  if (!meeting.news.spread || ahead.length === 0) return meeting;
  const acting = actingFor(meeting, directory);
  const late = acting.filter((person) => !known.includes(person));
  const gone = known.filter((person) => !acting.includes(person));
  if (late.length + gone.length === 0) return meeting;
  // Whoever takes the seat hears of what is ahead as the other hears that they are free.
  const seated = invitedTo(meeting, directory).filter((person) =>
    substitutesOf(meeting, person, directory).some((one) => gone.includes(one)),
  );
  const unaware = [...late, ...seated].filter(
    (person) => !readers.includes(person) && !isAware(meeting, person, ahead, directory),
  );
  const invited = notify(meeting.delivery, invitationsTo(unaware, meeting.news.number), now);
  const next: Meeting = { ...rest, ...(acting.length > 0 && { acting }), delivery: redrawAll(invited, now) };
  return gone.reduce((one, person) => freed(one, person, ahead, { directory, now }), next);
}

/** They have a card; if that called them in somebody’s place, it did so to all that is ahead. */
function isAware(meeting: Meeting, person: PersonId, ahead: readonly Occurrence[], directory: Directory): boolean {
  const { placements, notices } = meeting.delivery;
  const cards = [
    ...placements.flatMap(({ to, state, id }) => (to === person && state === 'live' ? [id] : [])),
    ...notices.flatMap(({ to, stays }) => (to === person && stays ? [stays] : [])),
  ];
  if (cards.length === 0 || !cards.every(isCallCard)) return cards.length > 0;
  const dates = calledTo(meeting, person, directory);
  return ahead.every(({ on }) => dates.includes(on));
}

/** The dates to which those did not come who have held their seat before. */
function calledTo(meeting: Meeting, person: PersonId, { seats }: Directory): string[] {
  const ofBody = seats.filter(({ body }) => body === meeting.body);
  const own = ofBody.filter(({ holders }) => holders.some((one) => one.person === person && one.as === 'substitute'));
  const members = own.flatMap(({ holders }) => holders.filter(({ as }) => as === 'member').map((one) => one.person));
  const dates = Object.keys(scheduleOf(meeting)?.replies ?? {});
  return dates.filter((on) => members.some((member) => staysAway(meeting, on, member)));
}

/** Who is to come all the same has nothing to hear, nor who has left the body, or has said that they do not come. */
function freed(
  meeting: Meeting,
  person: PersonId,
  ahead: readonly Occurrence[],
  { directory, now }: { directory: Directory; now: Temporal.Instant },
): Meeting {
  const off = ahead.filter((one) => !expectedAt(meeting, one, directory).includes(person));
  const unsaid = withoutYes(
    meeting,
    off.map(({ on }) => ({ on, substitute: person })),
  );
  if (concerned(meeting, directory).includes(person) || !mayRead(meeting, person, directory)) return unsaid;
  const dates = ahead.filter(({ on }) => repliesAt(meeting, on)[person]?.coming !== 'no');
  const calm = withoutCalls(unsaid, [person]);
  const left = { ...calm, delivery: leftBy(calm.delivery, (one) => one === person) };
  return dates.length > 0 ? told(left, 'substituteFree', [person], freedOccasion(dates, now), now) : left;
}

/** What is still to be held. */
function aheadIn(meeting: Meeting, { calendar, now }: Pick<Scene, 'calendar' | 'now'>): Occurrence[] {
  const { stage, over, place, zone } = meeting;
  const schedule = stage.is === 'planned' && !over ? scheduleOf(meeting) : null;
  if (!schedule) return [];
  return occurrencesOf(schedule, place, calendar).filter(
    (one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) > 0,
  );
}
