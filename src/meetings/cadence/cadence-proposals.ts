import { dateIn } from '../../shared/clock.ts';
import type { WorkingCalendar } from '../../shared/working-time.ts';
import { limits, type Slot } from '../model.ts';
import { byStart, exists, overlap } from '../repeat.ts';
import type { Interval } from '../settings.ts';
import { type Cadence, dateOf, noticeOf, type Watched } from './cadence.ts';

/** The times that a leader is offered for the next meeting of a body. */

/** A meeting that somebody is to find a time for. */
export interface ProposedMeeting {
  cadence: Cadence;
  slots: readonly Slot[];
}

const proposedTimes = 4;

/**
 * Times for the next one: like the last, on the same weekday if it can be, on working days, when nobody who is invited is
 * known to be elsewhere, and within the interval that runs. `length` in minutes, of a meeting of which none was held.
 */
export function proposalsFor(
  { last, period, interval }: Pick<Cadence, 'last' | 'period' | 'interval'>,
  taken: readonly Slot[],
  { calendar, now, length }: Pick<Watched, 'calendar' | 'now'> & { length: number },
): Slot[] {
  const { timeZone, days, isHoliday } = calendar;
  const today = dateIn(timeZone, now);
  const minutes = last?.minutes ?? length;
  const times = [...(last ? [last.start.slice(11)] : []), ...usualTimes(calendar)];
  const free = (slot: Slot): boolean =>
    exists(slot, timeZone) && !taken.some((other) => overlap(slot, other, timeZone));
  const found: Slot[] = [];
  for (let ahead = leadOf(interval); ahead <= farthest; ahead += 1) {
    const date = today.add({ days: ahead });
    if (!days.includes(date.dayOfWeek) || isHoliday(date)) continue;
    const slot = times.map((time) => ({ start: `${date}T${time}`, minutes })).find(free);
    if (slot) found.push(slot);
  }
  const inTime = found.filter((slot) => Temporal.PlainDate.compare(dateOf(slot), period) <= 0);
  const possible = inTime.length >= limits.fewestTimes ? inTime : found;
  const weekday = last && dateOf(last).dayOfWeek;
  const usual = possible.filter((slot) => dateOf(slot).dayOfWeek === weekday);
  const others = possible.filter((slot) => !usual.includes(slot));
  return [...usual, ...others].slice(0, proposedTimes).toSorted(byStart);
}

/** Days ahead. */
const farthest = 60;

/** Days that people have to answer and to find the time: two for what is weekly, two weeks for what is rare. */
function leadOf(interval: Interval): number {
  return Math.max(2, Math.min(14, Math.floor(noticeOf(interval) / 4)));
}

/** An hour after work begins, and an hour after its middle. */
function usualTimes({ start, end }: WorkingCalendar): string[] {
  const [begins, ends] = [Temporal.PlainTime.from(start), Temporal.PlainTime.from(end)];
  const half = Math.floor(begins.until(ends).total('minutes') / 2);
  return [begins, begins.add({ minutes: half })].map((time) =>
    time.add({ hours: 1 }).toString({ smallestUnit: 'minute' }),
  );
}
