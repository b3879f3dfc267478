import { leftBy, type Notice, notify } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { invitedTo } from './invited.ts';
import type { Meeting, Occurrence } from './model.ts';
import { beginOf, endOf, occurrencesOf } from './repeat.ts';
import { repliesAt, scheduleOf } from './standing.ts';
import { withoutCalls, withoutYes } from './substitutes.ts';
import { concerned, freedIn, freedOccasion } from './telling/news.ts';
import { invitationsTo, type NoticeKind, type Scene, told } from './transition.ts';

/** Who is to come to what is ahead and was not until now, and the other way round; and what they hear of that. */

/** What changes for one person. */
export interface Shift {
  person: PersonId;
  /** The holdings to which they are to come by now. */
  to: readonly Occurrence[];
  /** Those to which they are not any more. */
  from: readonly Occurrence[];
  /** There is something ahead to which they are to come by now. */
  isDue: boolean;
}

/** Who is to come to a holding. */
export type Due = (date: Occurrence) => readonly PersonId[];

/**
 * Those for whom something changes, of these holdings: `before` is who was to come by what they have been told, by an invitation
 * of their own (`asked`) or by the calls of `meeting`.
 */
export function shiftsBetween(
  { calls = [] }: Meeting,
  asked: readonly PersonId[],
  ahead: readonly Occurrence[],
  before: Due,
  after: Due,
): Shift[] {
  // Whoever was told that they need not come does not know yet that they are to come all the same.
  const isFree = (on: string, person: PersonId): boolean =>
    !asked.includes(person) &&
    calls.some((call) => call.on === on && call.substitute === person && call.start === null);
  const dates = ahead.map((date) => ({
    date,
    were: new Set(before(date).filter((person) => !isFree(date.on, person))),
    are: new Set(after(date)),
  }));
  const people = new Set(dates.flatMap(({ were, are }) => [...were, ...are]));
  const shifts = [...people].map((person) => ({
    person,
    to: dates.flatMap(({ date, were, are }) => (!were.has(person) && are.has(person) ? [date] : [])),
    from: dates.flatMap(({ date, were, are }) => (were.has(person) && !are.has(person) ? [date] : [])),
    isDue: dates.some(({ are }) => are.has(person)),
  }));
  return shifts.filter(({ to, from }) => to.length + from.length > 0);
}

/** What is still to be held, or goes on. */
export function aheadIn(meeting: Meeting, { calendar, now }: Pick<Scene, 'calendar' | 'now'>): Occurrence[] {
  const { stage, over, place, zone } = meeting;
  const schedule = stage.is === 'planned' && !over ? scheduleOf(meeting) : null;
  if (!schedule) return [];
  return occurrencesOf(schedule, place, calendar).filter(
    (one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) > 0,
  );
}

export const hasBegun = (date: Occurrence, { zone }: Pick<Meeting, 'zone'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(beginOf(date, zone), now) <= 0;

/**
 * They are to come to more than they knew of, as one who is asked or in somebody's place. Who has said no has nothing to hear;
 * whoever is among `readers` reads the invitation in the chat.
 */
export function called(
  meeting: Meeting,
  { person, to }: Shift,
  { directory, now }: Pick<Scene, 'directory' | 'now'>,
  readers: readonly PersonId[] = [],
): Meeting {
  const [first] = to.filter(({ on }) => !hasDeclined(meeting, on, person));
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

export const hasDeclined = (meeting: Meeting, on: string, person: PersonId): boolean =>
  repliesAt(meeting, on)[person]?.coming === 'no';

/** An invitation of the newest news is on its way to them; one of before is not sent any more. */
function isInvitedNow({ delivery: { notices }, news }: Meeting, person: PersonId): boolean {
  return invitationsTo([person], news.number).some(({ key }) => notices.some((notice) => notice.key === key));
}

/** The very same is still to be sent. */
function isSaidAlready(
  { delivery: { notices } }: Meeting,
  { kind, person, occasion }: { kind: NoticeKind; person: PersonId; occasion: string },
): boolean {
  const datesIn = (key: string): string => JSON.stringify(freedIn(key));
  return notices.some((one) => one.to === person && one.kind === kind && datesIn(one.key) === datesIn(occasion));
}

/**
 * They need not come to what they knew of, and hear that, with `isTold`, unless they have said that they do not come.
 * `wasAsked`: for themselves, and not in somebody's place.
 */
export function freed(
  meeting: Meeting,
  { person, to, from, isDue }: Shift,
  { wasAsked, isTold }: { wasAsked: boolean; isTold: boolean },
  now: Temporal.Instant,
): Meeting {
  const known = [...to, ...from].map(({ on }) => on);
  // What those have said who sit at a meeting that goes on stays.
  const ahead = from.filter((date) => !hasBegun(date, meeting, now));
  const unsaid = withoutYes(
    withoutCalls(meeting, [person], known),
    ahead.map(({ on }) => ({ on, person })),
  );
  const dates = from.filter(({ on }) => !hasDeclined(meeting, on, person));
  if (!isTold || dates.length === 0) return unsaid;
  const kind = !isDue && wasAsked ? 'uninvited' : 'substituteFree';
  const occasion = freedOccasion(dates, now);
  return isSaidAlready(unsaid, { kind, person, occasion }) ? unsaid : told(unsaid, kind, [person], occasion, now);
}

/** What has just gone out to them says that they are to come, and they are not by now: they hear that too. */
export function withVain(
  meeting: Meeting,
  { key, kind, to }: Pick<Notice, 'key' | 'kind' | 'to'>,
  scene: Pick<Scene, 'directory' | 'calendar' | 'now'>,
): Meeting {
  if (kind !== 'invitation' && kind !== 'substitute') return meeting;
  const { delivery, calls = [] } = meeting;
  const ahead = aheadIn(meeting, scene);
  if (ahead.length === 0 || concerned(meeting, scene.directory).includes(to)) return meeting;
  // Whoever is called by what is known of that hears of it by that.
  if (calls.some(({ substitute, start }) => substitute === to && start !== null)) return meeting;
  const left = { ...meeting, delivery: leftBy(delivery, (person) => person === to) };
  const word = kind === 'invitation' ? 'uninvited' : 'substituteFree';
  const named = ahead.filter(({ on }) => key.includes(`:${on}:`));
  const occasion = freedOccasion(named.length > 0 ? named : ahead, scene.now);
  return isSaidAlready(left, { kind: word, person: to, occasion }) ? left : told(left, word, [to], occasion, scene.now);
}
