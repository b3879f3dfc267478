import { type WorkingDays, workingDayFrom, workingDayUntil } from '../shared/working-time.ts';
import { limits, type Meeting, type Occurrence, type Repeat, type Schedule, type Slot } from './model.ts';

/** When a meeting is held: the pattern, what holidays make of it, and what people have changed. */

/** All holdings of a meeting in the order of its pattern, cancelled ones included. No two have a name or a number in common. Pure. */
export function occurrencesOf(
  { first, repeat, changes, earlier, passed }: Pick<Schedule, 'first' | 'repeat' | 'changes' | 'earlier' | 'passed'>,
  place: Meeting['place'],
  calendar: WorkingDays,
): Occurrence[] {
  const known = new Set(earlier.map(({ on }) => on));
  const taken = new Set(earlier.map(({ number }) => number));
  let number = passed;
  const pattern = patternOf(first, repeat).flatMap((date) => {
    const on = date.toString();
    if (known.has(on)) return [];
    do number += 1;
    while (taken.has(number));
    const { slot, place: other, cancelled = null } = changes[on] ?? {};
    const day = repeat && !slot ? heldOn(date, repeat.holidays, calendar) : date;
    if (!day) return [];
    return [{ on, number, ...(slot ?? onDay(first, day)), place: other ?? place, cancelled }];
  });
  return [...earlier, ...pattern];
}

/** The dates of the pattern, as RFC 5545 expands it: what does not exist, such as 31 June, is left out. */
export function patternOf({ start }: Slot, repeat: Repeat | null): Temporal.PlainDate[] {
  const first = Temporal.PlainDateTime.from(start).toPlainDate();
  if (!repeat) return [first];
  const { end } = repeat;
  const most = 'count' in end ? Math.min(end.count, limits.mostOccurrences) : limits.mostOccurrences;
  const dates: Temporal.PlainDate[] = [];
  for (let step = 0; dates.length < most && step < longestPattern; step += 1) {
    const date = nth(first, step * repeat.every, repeat);
    if ('until' in end && date && date.toString() > end.until) break;
    if (date) dates.push(date);
  }
  return dates;
}

/** Steps after which no pattern finds another date: of the 29 February every twelfth month there is one in four years. */
const longestPattern = limits.mostOccurrences * 8;

/** So many weeks or months after a date of the pattern, or before it; null where there is none, such as 31 June. */
export function nth(first: Temporal.PlainDate, units: number, { unit, by }: Repeat): Temporal.PlainDate | null {
  if (unit === 'week') return first.add({ weeks: units });
  const month = first.toPlainYearMonth().add({ months: units });
  if (by === 'date') return first.day > month.daysInMonth ? null : month.toPlainDate(first);
  const week = weekOf(first);
  const start = month.toPlainDate({ day: 1 });
  const earliest = 1 + ((first.dayOfWeek - start.dayOfWeek + 7) % 7);
  const day = earliest + 7 * ((week ?? 1) - 1);
  if (week !== null) return month.toPlainDate({ day });
  return month.toPlainDate({ day: earliest + 7 * Math.floor((month.daysInMonth - earliest) / 7) });
}

/** The how many-eth of its weekday in its month a date is, 1–4; null for the last of five, which not every month has. */
export function weekOf({ day }: Pick<Temporal.PlainDate, 'day'>): number | null {
  const week = Math.ceil(day / 7);
  return week > 4 ? null : week;
}

function heldOn(
  date: Temporal.PlainDate,
  holidays: Repeat['holidays'],
  calendar: WorkingDays,
): Temporal.PlainDate | null {
  if (holidays === 'keep' || !calendar.isHoliday(date)) return date;
  if (holidays === 'skip') return null;
  return holidays === 'before' ? workingDayUntil(date, calendar) : workingDayFrom(date, calendar);
}

/** The same time of another day. */
function onDay({ start, minutes }: Slot, day: Temporal.PlainDate): Slot {
  return { start: `${day}T${start.slice(11)}`, minutes };
}

/** The moment at which it begins. A time that the clocks jump over is as much later; one that comes twice is the first. */
export function beginOf({ start }: Pick<Slot, 'start'>, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(start).toZonedDateTime(zone).toInstant();
}

export function endOf({ start, minutes }: Slot, zone: string): Temporal.Instant {
  return beginOf({ start }, zone).add({ minutes });
}

/** How long after its end people say who came, and after the last proposed time something may become of it. */
export const keptAfter = Temporal.Duration.from({ hours: 7 * 24 });

/** It was over so long ago that nothing is kept of it but how many came. */
export function isSettled(slot: Slot, zone: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(endOf(slot, zone).add(keptAfter), now) <= 0;
}

/** The same wall-clock time exists on that day in that zone. */
export function exists({ start }: Pick<Slot, 'start'>, zone: string): boolean {
  const wall = Temporal.PlainDateTime.from(start);
  return wall.toZonedDateTime(zone).toPlainDateTime().equals(wall);
}

/** What is held next or is being held, cancelled ones left out; null when all is over. */
export function nextOf(occurrences: readonly Occurrence[], zone: string, now: Temporal.Instant): Occurrence | null {
  const ahead = occurrences.filter((one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) > 0);
  return ahead.toSorted(byStart)[0] ?? null;
}

/** What was held last, cancelled ones left out; null when nothing was. */
export function lastOf(occurrences: readonly Occurrence[], zone: string, now: Temporal.Instant): Occurrence | null {
  const over = occurrences.filter((one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) <= 0);
  return over.toSorted(byStart).at(-1) ?? null;
}

export function byStart(a: Pick<Slot, 'start'>, b: Pick<Slot, 'start'>): number {
  if (a.start === b.start) return 0;
  return a.start < b.start ? -1 : 1;
}

/** The two take place at the same time, in whole or in part. */
export function overlap(a: Slot, b: Slot, zone: string): boolean {
  return (
    Temporal.Instant.compare(beginOf(a, zone), endOf(b, zone)) < 0 &&
    Temporal.Instant.compare(beginOf(b, zone), endOf(a, zone)) < 0
  );
}

/** Until when is answered which of several times suits: as it is wanted, but an hour before the first; half-way there, if that is past. */
export function deadlineBefore(
  first: Temporal.Instant,
  wanted: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant {
  const latest = first.subtract({ hours: 1 });
  if (Temporal.Instant.compare(wanted, latest) <= 0) return wanted;
  if (Temporal.Instant.compare(latest, now) > 0) return latest;
  return Temporal.Instant.fromEpochMilliseconds(Math.floor((now.epochMilliseconds + first.epochMilliseconds) / 2));
}

const repeatCode = /^(week|month)\/(\d{1,2})(?:\/(date|weekday))?$/;

export type Rhythm = Pick<Repeat, 'unit' | 'every' | 'by'>;

/** As the choice of the form has it, `month/1/weekday`. */
export function codeOf({ unit, every, by }: Rhythm): string {
  return unit === 'week' ? `week/${every}` : `month/${every}/${by}`;
}

/** Null of what is none. */
export function repeatOf(code: string): Rhythm | null {
  const [, unit, number, by] = repeatCode.exec(code) ?? [];
  const every = Number(number);
  if (!unit || every < 1 || every > 12) return null;
  return { unit: unit === 'week' ? 'week' : 'month', every, by: by === 'date' ? 'date' : 'weekday' };
}
