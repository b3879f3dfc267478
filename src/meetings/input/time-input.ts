import { limits, type Repeat, type Slot } from '../model.ts';

/** Times and lengths in words, as every form of a meeting reads them; each form says in its own words what is wrong with one. */

/** What reads the words; it is the edge's to load. */
export interface TimeReader {
  times(line: string): { times: readonly SaidSlot[]; rest: string };
  moment(words: string): SaidSlot & { rest: string };
  length(words: string): number | null;
  end(words: string): Repeat['end'] | null;
}

interface SaidSlot {
  date: Temporal.PlainDate | null;
  time: Temporal.PlainTime | null;
  minutes: number | null;
}

/** In minutes; `unread` when something else stands there, `impossible` when no meeting takes so long. */
export function readMinutes(words: string, read: Pick<TimeReader, 'length'>): number | 'unread' | 'impossible' {
  const minutes = read.length(words);
  if (minutes === null) return 'unread';
  return isLength(minutes) ? minutes : 'impossible';
}

export const isLength = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes >= limits.shortest && minutes <= limits.longest;

/**
 * What one line says, each time as long as is said there, else `minutes`; `isRead` when nothing is left over and no day or hour
 * is missing.
 */
export function readLine(
  line: string,
  minutes: number,
  read: Pick<TimeReader, 'times'>,
): { slots: Slot[]; isRead: boolean } {
  const { times, rest } = read.times(line);
  const slots = times.flatMap((said) => slotOf(said, minutes) ?? []);
  return { slots, isRead: rest === '' && slots.length === times.length && slots.length > 0 };
}

/** The one time that is said, likewise; null when it is none, or more is said. */
export function readOneTime(words: string, minutes: number, read: Pick<TimeReader, 'moment'>): Slot | null {
  const { rest, ...said } = read.moment(words);
  return rest ? null : slotOf(said, minutes);
}

function slotOf({ date, time, minutes: own }: SaidSlot, minutes: number): Slot | null {
  return date && time ? { start: wallClock(date, time), minutes: own ?? minutes } : null;
}

/** `YYYY-MM-DDTHH:MM`; whether it exists is to be asked. */
export function wallClock(date: Temporal.PlainDate, time: Temporal.PlainTime | string): string {
  return date.toPlainDateTime(time).toString({ smallestUnit: 'minute' });
}

/** Farther ahead than anything is planned. */
export function isTooFar({ start }: Pick<Slot, 'start'>, today: Temporal.PlainDate): boolean {
  return start.slice(0, 10) > today.add({ years: limits.farthest }).toString();
}
