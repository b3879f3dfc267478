import { type Directory, isMember, membershipsOf } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { WorkingDays } from '../../shared/working-time.ts';
import { askedIn, expectedAt, invitedTo, staysAway } from '../invited.ts';
import type { Meeting, Occurrence, Reply } from '../model.ts';
import { answerable, isOpen, silentIn } from '../poll-standing.ts';
import { beginOf, endOf, occurrencesOf } from '../repeat.ts';
import { managersOf, mayRead } from '../rights.ts';
import { repliesAt, scheduleOf } from '../standing.ts';
import type { NoticeKind } from '../transition.ts';

/**
 * Those to whom the news of a meeting comes in private: whoever it concerns and does not read it in the chat. Who comes in
 * somebody's place on other dates than those of which it tells has nothing to hear.
 */
export function toTell(meeting: Meeting, readers: readonly PersonId[], directory: Directory): PersonId[] {
  const { untold = [], ...last } = meeting.news;
  const dates = [...untold, last].map(({ on, before }) => (before.title === undefined ? on : null));
  const told = new Set(
    dates.flatMap((on) => (on === null ? concerned(meeting, directory) : expectedAt(meeting, { on }, directory))),
  );
  return [...told].filter((person) => !readers.includes(person));
}

/** Who was invited, and whoever comes in somebody's place; of a poll everybody who may answer. */
export function concerned(meeting: Meeting, directory: Directory): PersonId[] {
  if (meeting.stage.is === 'poll') return askedIn(meeting, directory);
  const dates = Object.keys(scheduleOf(meeting)?.replies ?? {});
  return [
    ...new Set([...invitedTo(meeting, directory), ...dates.flatMap((on) => expectedAt(meeting, { on }, directory))]),
  ];
}

export interface NewsScene {
  directory: Directory;
  calendar: WorkingDays;
  now: Temporal.Instant;
}

/** A notice that was made and not sent yet. */
export interface Waiting {
  key: string;
  kind: NoticeKind;
  to: PersonId;
}

/** True for a notice, made earlier but not sent yet, of what has changed since, is over, or is none of the person's any more. */
export function isOvertaken(meeting: Meeting, notice: Waiting, scene: NewsScene): boolean {
  const { key, kind, to } = notice;
  const { directory, now } = scene;
  const { stage } = meeting;
  const isConcerned = concerned(meeting, directory).includes(to);
  if (membershipsOf(directory, to).length === 0) return true;
  const isOfBody = isMember(directory, meeting.body, to);
  // What is about a case stays with its team, whoever was named.
  if (meeting.subject !== null && !isOfBody) return true;
  if (kind === 'uninvited') {
    const isIn = freedIn(key).count > 0 ? stillFreed(meeting, notice, scene).count === 0 : isConcerned;
    return isIn || isHeld(meeting, scene);
  }
  if (!isOfBody && !meeting.invited.named.includes(to)) return true;
  const holding = holdingTold(meeting, key, scene);
  const isExpected = holding !== null && expectedAt(meeting, holding, directory).includes(to);
  const isOver = holding !== null && !isBefore(now, endOf(holding, meeting.zone));
  const isOff = stage.is !== 'planned' || !holding || holding.cancelled !== null;
  switch (kind) {
    case 'invitation':
      return key !== `invitation:${meeting.news.number}:${to}` || !isConcerned || isInVain(meeting, to, scene);
    case 'proposed':
      return stage.is !== 'proposed' || !mayRead(meeting, to, directory);
    case 'pollReminder':
      return (
        stage.is !== 'poll' ||
        !isOpen(stage.poll, now) ||
        !askedIn(meeting, directory).includes(to) ||
        !silentIn(meeting, answerable(stage.poll, meeting.zone, now), directory).includes(to)
      );
    case 'allAnswered':
      return (
        stage.is !== 'poll' ||
        !managersOf(meeting, directory).includes(to) ||
        silentIn(meeting, answerable(stage.poll, meeting.zone, now), directory).length > 0
      );
    case 'pollOver':
      return (
        stage.is !== 'poll' ||
        // It ends at that very moment.
        isBefore(now, Temporal.Instant.from(stage.poll.deadline)) ||
        !managersOf(meeting, directory).includes(to)
      );
    case 'declined':
    case 'lapsed':
      return false;
    // Whoever they stand in for has changed their mind again before this was sent, of each date that it tells of.
    case 'substitute':
      return !isNeeded(meeting, to, scene);
    // True of what was cancelled too, of which they hear nothing else.
    case 'substituteFree':
      return freedIn(key).count > 0 ? stillFreed(meeting, notice, scene).count === 0 : isExpected || isOver;
    case 'substituteOut':
      return isOff || isOver || !isStillOut(meeting, notice, holding);
    case 'reminder':
      return isOff || !isExpected || staysAway(meeting, holding.on, to) || isLate(meeting, key, holding, now);
    case 'wasHeld':
      return isOff || !managersOf(meeting, directory).includes(to) || stage.schedule.came[holding.on] !== undefined;
  }
}

/** The holding that a notice is about, which its key names; null for one about the whole, or when that is not held any more. */
export function holdingTold(
  meeting: Meeting,
  key: string,
  { calendar }: Pick<NewsScene, 'calendar'>,
): Occurrence | null {
  const schedule = scheduleOf(meeting);
  if (!schedule) return null;
  const parts = key.split(':');
  return occurrencesOf(schedule, meeting.place, calendar).find(({ on }) => parts.includes(on)) ?? null;
}

/** So many dates of which somebody is free are kept in the key of that notice; the others are a number. */
const mostFreed = 13;

/** A date of which somebody is free, and when it was to begin. */
type Freed = Pick<Occurrence, 'on' | 'start'>;

/** What the notice that somebody is free of these dates has in its key: when they were to begin is known nowhere else by then. */
export function freedOccasion(dates: readonly Freed[], now: Temporal.Instant): string {
  const kept = dates.slice(0, mostFreed).map(({ on, start }) => `${on}@${start}`);
  return [`${dates[0]?.on}:${toStored(now)}:`, ...kept, dates.length, ''].join('|');
}

/** Those dates, the first of them, and how many they are. */
export function freedIn(key: string): { dates: Freed[]; count: number } {
  const parts = key.split('|').slice(1, -1);
  const dates = parts.slice(0, -1).map((part) => {
    // Of a notice of before only when it was to begin is known.
    const [on = '', start = part] = part.includes('@') ? part.split('@') : [part.slice(0, 10)];
    return { on, start };
  });
  return { dates, count: Number(parts.at(-1) ?? 0) };
}

/** Those of them of which that is so by now; with none that it can name, nothing is. */
export function stillFreed(
  meeting: Meeting,
  { key, to }: Pick<Waiting, 'key' | 'to'>,
  { directory, calendar, now }: NewsScene,
): ReturnType<typeof freedIn> {
  const { dates, count } = freedIn(key);
  const schedule = scheduleOf(meeting);
  const holdings = schedule ? occurrencesOf(schedule, meeting.place, calendar) : [];
  // Whoever is invited themselves is to come to what those dates are by now.
  const isInvited = invitedTo(meeting, directory).includes(to);
  const still = dates.filter(({ on, start }) => {
    const holding = holdings.find((one) => one.on === on);
    if (!holding) return !isInvited && isBefore(now, beginOf({ start }, meeting.zone));
    return isBefore(now, endOf(holding, meeting.zone)) && !expectedAt(meeting, holding, directory).includes(to);
  });
  return { dates: still, count: still.length === 0 ? 0 : count - dates.length + still.length };
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;

/** The time of all of it has passed; of what was never to be held that cannot be said. */
function isHeld({ stage, place, zone }: Meeting, { calendar, now }: NewsScene): boolean {
  const all = stage.is === 'planned' ? occurrencesOf(stage.schedule, place, calendar) : [];
  return all.length > 0 && all.every((one) => !isBefore(now, endOf(one, zone)));
}

/** There is a holding to which they are still to come. */
export function isNeeded(meeting: Meeting, person: PersonId, scene: NewsScene): boolean {
  const { stage, place } = meeting;
  if (stage.is !== 'planned') return false;
  return occurrencesOf(stage.schedule, place, scene.calendar).some((one) => isToCome(meeting, person, one, scene));
}

/** They are to come to it, and it is still to be held. */
export function isToCome(
  meeting: Meeting,
  person: PersonId,
  holding: Occurrence,
  { directory, now }: Pick<NewsScene, 'directory' | 'now'>,
): boolean {
  const isAhead = !holding.cancelled && isBefore(now, endOf(holding, meeting.zone));
  return isAhead && expectedAt(meeting, holding, directory).includes(person);
}

/** All is over, or everybody is reminded of what has begun or to which this one does not come; who has no card gets one first. */
function isInVain(meeting: Meeting, to: PersonId, scene: NewsScene): boolean {
  const { what, on } = meeting.news;
  if (isHeld(meeting, scene)) return true;
  if (what !== 'reminder' || on === null) return false;
  if (staysAway(meeting, on, to)) return true;
  const holding = holdingTold(meeting, on, scene);
  const hasCard = meeting.delivery.placements.some((placement) => placement.to === to);
  return hasCard && holding !== null && !isBefore(scene.now, beginOf(holding, meeting.zone));
}

/** The time that it reminds of is another by now, or has come; who is reminded an hour before is not reminded of the day too. */
function isLate(meeting: Meeting, key: string, { on, start }: Occurrence, now: Temporal.Instant): boolean {
  const begins = beginOf({ start }, meeting.zone);
  const until = key.startsWith('reminder:day:') ? begins.subtract({ hours: 1 }) : begins;
  return !key.includes(`:${on}:${start}:`) || !isBefore(now, until);
}

/** Who was to come in their place still does not, and they do not either. */
function isStillOut(meeting: Meeting, { key, to }: Waiting, { on }: Occurrence): boolean {
  const replies = repliesAt(meeting, on);
  const isOut = ([person, { coming }]: [string, Reply]): boolean =>
    coming === 'no' && key.includes(`:${on}:${person}:`);
  return replies[to]?.coming === 'substitute' && Object.entries(replies).some(isOut);
}
