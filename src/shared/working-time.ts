import { easter } from 'date-easter';

/**
 * Time as the teams work: a wait counts only while somebody could have acted. A working day is the span from `start` to
 * `end` of a day that is in `days` and no holiday; amounts are measured in elapsed time within those spans, so they are
 * right in nights when the clocks change. Where two days touch, the end of one and the start of the next are the same
 * working time: {@link addWorkingTime} answers the end, {@link nextWorkingMoment} the start.
 */
export interface WorkingCalendar {
  /** IANA time zone of `start` and `end`. */
  readonly timeZone: string;
  /** Wall-clock time `HH:MM` at which a working day begins. */
  readonly start: string;
  /** Wall-clock time `HH:MM` at which it ends, the same day. */
  readonly end: string;
  /** ISO weekdays, 1 is Monday. */
  readonly days: readonly number[];
  /** Pure: working days are worked out once per calendar object and year, and remembered. */
  isHoliday(date: Temporal.PlainDate): boolean;
}

/** Which days are worked. */
export type WorkingDays = Pick<WorkingCalendar, 'days' | 'isHoliday'>;

/** An amount of working time, both parts added: a day is the length of a working day. Not negative; fractions allowed. */
export interface WorkingAmount {
  readonly days?: number;
  readonly hours?: number;
}

export interface CalendarOptions {
  timeZone?: string;
  start?: string;
  end?: string;
}

/** Monday to Friday without {@link isFinnishHoliday}. Throws a RangeError when the day does not end after its start. */
export function createFinnishCalendar({
  timeZone = 'Europe/Helsinki',
  start = '08:00',
  end = '16:00',
}: CalendarOptions = {}): WorkingCalendar {
  if (Temporal.PlainTime.compare(start, end) >= 0) {
    throw new RangeError(`The working day must end after it starts, but it is ${start}–${end}.`);
  }
  return Object.freeze({ timeZone, start, end, days: [1, 2, 3, 4, 5], isHoliday: isFinnishHoliday });
}

/** Days off of a fixed date (almanakka.helsinki.fi, "Liputus- ja juhlapäivät"), and Christmas Eve, off in practice. */
const fixedDates = ['01-01', '01-06', '05-01', '12-06', '12-24', '12-25', '12-26'];

/** Days from Easter Sunday: Good Friday, Easter, Easter Monday, Ascension and Whit Sunday. */
const daysFromEaster = [-2, 0, 1, 39, 49];

/** The first such ISO weekday from a date on: Midsummer Eve, off in practice, Midsummer and All Saints. */
const weekdaysFrom: readonly (readonly [weekday: number, date: string])[] = [
  [5, '06-19'],
  [6, '06-20'],
  [6, '10-31'],
];

function daysOff(year: number): Temporal.PlainDate[] {
  const on = (date: string) => Temporal.PlainDate.from(`${year}-${date}`);
  const easterSunday = Temporal.PlainDate.from(easter(year));
  return [
    ...fixedDates.map(on),
    ...daysFromEaster.map((days) => easterSunday.add({ days })),
    ...weekdaysFrom.map(([weekday, date]) => on(date).add({ days: (weekday - on(date).dayOfWeek + 7) % 7 })),
  ];
}

/** Holidays by year, as `YYYY-MM-DD`. */
const holidays = new Map<number, ReadonlySet<string>>();

/** Public holidays of Finland, Midsummer Eve and Christmas Eve. */
export function isFinnishHoliday(date: Temporal.PlainDate): boolean {
  let year = holidays.get(date.year);
  if (!year) {
    year = new Set(daysOff(date.year).map(String));
    holidays.set(date.year, year);
  }
  return year.has(date.toString());
}

/**
 * The moment at which `amount` of working time has passed since `from`. A result at the exact end of a working day is
 * that end, so Friday 15:00 + 1 day of 8 hours = Monday 15:00, and Saturday + 1 day = Monday 16:00. Nothing added gives
 * `from` itself within a working day (its end included), else the next start. Throws a RangeError for a negative amount.
 */
export function addWorkingTime(
  from: Temporal.Instant,
  amount: WorkingAmount,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const moment = from.epochNanoseconds;
  let left = nanosecondsOf(amount, calendar);
  for (const day of workingDaysFrom(moment, calendar)) {
    const begin = later(moment, day.start);
    if (left <= day.end - begin) return Temporal.Instant.fromEpochNanoseconds(begin + left);
    left -= day.end - begin;
  }
  throw noWorkingDay();
}

/** `at` itself while people work (the end of a day is no longer that), else the start of the next working day. */
export function nextWorkingMoment(at: Temporal.Instant, calendar: WorkingCalendar): Temporal.Instant {
  const moment = at.epochNanoseconds;
  for (const day of workingDaysFrom(moment, calendar)) {
    if (moment < day.end) return Temporal.Instant.fromEpochNanoseconds(later(moment, day.start));
  }
  throw noWorkingDay();
}

/** The start of the first working day after the date of `after`, whatever the hour of `after` is. */
export function startOfNextWorkingDay(after: Temporal.Instant, calendar: WorkingCalendar): Temporal.Instant {
  const moment = after.epochNanoseconds;
  for (const day of workingDaysFrom(moment, calendar)) {
    if (day.midnight > moment) return Temporal.Instant.fromEpochNanoseconds(day.start);
  }
  throw noWorkingDay();
}

/** The date itself if it is a working day, else the last one before it. */
export function workingDayUntil(date: Temporal.PlainDate, calendar: WorkingDays): Temporal.PlainDate {
  return nearestWorkingDay(date, -1, calendar);
}

/** The date itself if it is a working day, else the first one after it. */
export function workingDayFrom(date: Temporal.PlainDate, calendar: WorkingDays): Temporal.PlainDate {
  return nearestWorkingDay(date, 1, calendar);
}

function nearestWorkingDay(date: Temporal.PlainDate, way: 1 | -1, calendar: WorkingDays): Temporal.PlainDate {
  let day = date;
  // A year has always been enough: no calendar of ours is without working days.
  for (let days = 0; days < 366; days += 1) {
    if (calendar.days.includes(day.dayOfWeek) && !calendar.isHoliday(day)) return day;
    day = day.add({ days: way });
  }
  throw noWorkingDay();
}

/** Whole working days of waiting, 0 when `to` is not after `from`: Friday 15:00 to Monday 15:00 is 1, to 14:59 is 0. */
export function workingDaysBetween(from: Temporal.Instant, to: Temporal.Instant, calendar: WorkingCalendar): number {
  return Number(workingTimeBetween(from, to, calendar) / timelineOf(calendar).dayLength);
}

/** Whole working hours of waiting, likewise: Friday 15:00 to Monday 9:00 is 2. */
export function workingHoursBetween(from: Temporal.Instant, to: Temporal.Instant, calendar: WorkingCalendar): number {
  return Number(workingTimeBetween(from, to, calendar) / nanosecondsPerHour);
}

/** In nanoseconds. */
function workingTimeBetween(from: Temporal.Instant, to: Temporal.Instant, calendar: WorkingCalendar): bigint {
  const [first, last] = [from.epochNanoseconds, to.epochNanoseconds];
  if (last <= first) return 0n;
  let passed = 0n;
  for (const day of workingDaysFrom(first, calendar)) {
    if (day.start >= last) break;
    passed += (day.end < last ? day.end : last) - later(first, day.start);
  }
  return passed;
}

const nanosecondsPerMillisecond = 1_000_000n;
const nanosecondsPerHour = 3_600_000n * nanosecondsPerMillisecond;

/** Moments in nanoseconds since the epoch: most actions ask for several of them, and Temporal's zones take their time. */
interface WorkingDay {
  /** At which its date begins. */
  midnight: bigint;
  start: bigint;
  end: bigint;
}

/** What is worked out once per calendar. */
interface Timeline {
  /** The nominal length of a working day in nanoseconds, as on a day when the clocks do not change. */
  readonly dayLength: bigint;
  /** The working days of a year, in order. */
  readonly years: Map<number, readonly WorkingDay[]>;
}

const timelines = new WeakMap<WorkingCalendar, Timeline>();

function timelineOf(calendar: WorkingCalendar): Timeline {
  let timeline = timelines.get(calendar);
  if (!timeline) {
    const length = Temporal.PlainTime.from(calendar.start).until(calendar.end).total('milliseconds');
    timeline = { dayLength: BigInt(length) * nanosecondsPerMillisecond, years: new Map() };
    timelines.set(calendar, timeline);
  }
  return timeline;
}

function workingDaysOf(year: number, calendar: WorkingCalendar): readonly WorkingDay[] {
  const { years } = timelineOf(calendar);
  let days = years.get(year);
  if (!days) {
    days = computeWorkingDays(year, calendar);
    years.set(year, days);
  }
  return days;
}

function computeWorkingDays(year: number, calendar: WorkingCalendar): WorkingDay[] {
  const days: WorkingDay[] = [];
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  for (let date = first; date.year === year; date = date.add({ days: 1 })) {
    if (!calendar.days.includes(date.dayOfWeek) || calendar.isHoliday(date)) continue;
    const at = (plainTime?: string): bigint =>
      date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime }).epochNanoseconds;
    days.push({ midnight: at(), start: at(calendar.start), end: at(calendar.end) });
  }
  return days;
}

/** The working days that end at `moment` or later, in order. It ends only at a year that has none. */
function* workingDaysFrom(moment: bigint, calendar: WorkingCalendar): Generator<WorkingDay> {
  // A day earlier, because the year may be another one in the calendar's zone.
  const firstYear = new Date(Number(moment / nanosecondsPerMillisecond) - 86_400_000).getUTCFullYear();
  for (let year = firstYear; ; year++) {
    const days = workingDaysOf(year, calendar);
    if (days.length === 0) return;
    for (let index = firstEndingFrom(days, moment); index < days.length; index++) {
      const day = days[index];
      if (day) yield day;
    }
  }
}

/** Binary search: the index of the first day that ends at `moment` or later. */
function firstEndingFrom(days: readonly WorkingDay[], moment: bigint): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const day = days[middle];
    if (day && day.end < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

function noWorkingDay(): RangeError {
  return new RangeError('The calendar has a year without working days.');
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** Rounded to milliseconds. */
function nanosecondsOf({ days = 0, hours = 0 }: WorkingAmount, calendar: WorkingCalendar): bigint {
  if (!(days >= 0 && hours >= 0)) {
    throw new RangeError(`Working time to add must not be negative: ${days} d ${hours} h.`);
  }
  const millisecondsPerDay = Number(timelineOf(calendar).dayLength / nanosecondsPerMillisecond);
  return BigInt(Math.round(days * millisecondsPerDay + hours * 3_600_000)) * nanosecondsPerMillisecond;
}
