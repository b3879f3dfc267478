import { Chrono, configuration, type ParsedResult, type Refiner } from 'chrono-node/en';
import { dayParsers } from './days.ts';
import { tags } from './parser.ts';
import { timeParsers } from './times.ts';

/** One phrase. Undefined is what it does not say, null what it says but cannot be. */
export interface Finding {
  /** Where it stands in the text: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  readonly date?: Temporal.PlainDate | null;
  /** Of a date that is null: it says several, of which each may exist. */
  readonly several?: true;
  /** Of a date without a year, the one that has {@link justPassed}: its weekday tells that it is meant. */
  readonly passed?: Temporal.PlainDate;
  /** The next one after today, of a weekday that was said alone. */
  readonly weekday?: Temporal.PlainDate;
  readonly time?: Temporal.PlainTime | null;
  /** Of a time: as it is said it would be so early that the afternoon is meant, where no part of the day is said. */
  readonly moved?: true;
  readonly length?: Temporal.Duration;
  /** Of a time: it may be a number of something, "mellan 9 och 11 elever", "14.75", and is where another time is said. */
  readonly counting?: true;
  /** What "10.12" is if it is a date and not a time or a number, which only the rest of the text can tell. */
  readonly dotted?: Temporal.PlainDate | null;
}

/** Who says a date so soon after it, without a year, may well mean it. */
export const justPassed = { days: 14 };

/**
 * English has more phrases than ours: chrono reads those, but not its American ones, "12/3-26" for 3 December, nor "the day after" of nothing, nor an hour
 * by letters after it that begin a word: "9 A-gruppen", "9 Am-frågor".
 */
const english = configuration.createConfiguration(true).parsers;
const american = 'parser/SlashDateFormatParser';

/** What `folded` says, in its order, each place at most once. `now` is in the region's zone. */
export function findingsIn(folded: string, now: Temporal.ZonedDateTime): Finding[] {
  const chrono = new Chrono({
    // Of two that read the same words the first counts: "torsdag 3-5.30" says hours.
    parsers: [...timeParsers, ...dayParsers(now), ...english],
    refiners: [withoutForeign, withoutOverlaps],
  });
  const reference = {
    instant: new Date(now.epochMilliseconds),
    timezone: Math.round(now.offsetNanoseconds / 60_000_000_000),
  };
  const findings = chrono.parse(folded, reference).map((result) => findingOf(result, now));
  // Chrono also finds "December" and, in other languages' words, "sun" and "fri": without a day they say nothing.
  return findings.filter(({ date, weekday, time, length, dotted }) =>
    [date, weekday, time, length, dotted].some((one) => one !== undefined),
  );
}

const withoutForeign: Refiner = {
  refine: (context, results) =>
    results.filter(({ start, text, index }) => {
      const beginsWord =
        /\d [ap]$/.test(text) || /\d [ap]m-[a-z]$/.test(context.text.slice(index, index + text.length + 2));
      return !start.tags().has(american) && !beginsWord && !/\bday (?:after|before)$/.test(text);
    }),
};

const startsWithin = /(?:[\w/:-]|\d\.)$/;
const endsWithin = /^(?:[\w/]|[.:-]\d)/;

/** Of phrases that overlap ours are taken before chrono's, longer ones before shorter. Pieces of a longer number are none. */
const withoutOverlaps: Refiner = {
  refine: ({ text }, results) => {
    const isOurs = (result: ParsedResult): number => Number(result.start.tags().has(tags.ours));
    const endOf = (result: ParsedResult): number => result.index + result.text.length;
    const taken: typeof results = [];
    for (const result of results.toSorted((a, b) => isOurs(b) - isOurs(a) || b.text.length - a.text.length)) {
      const free = taken.every((other) => endOf(other) <= result.index || endOf(result) <= other.index);
      const piece = startsWithin.test(text.slice(0, result.index)) || endsWithin.test(text.slice(endOf(result)));
      const bare = /^\d+$/.test(result.text);
      if (free && !piece && !bare) taken.push(result);
    }
    return taken.sort((a, b) => a.index - b.index);
  },
};

function findingOf({ index, text, start, end }: ParsedResult, now: Temporal.ZonedDateTime): Finding {
  const today = now.toPlainDate();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (
    ['year', 'month', 'day', 'hour', 'minute'] as const
  ).map((part) => start.get(part) ?? 0);
  const date = start.isCertain('year') ? plainDate(year, month, day) : nextDate(today, month, day);
  const time = possible(() => new Temporal.PlainTime(hour, minute));
  const severalDays = end?.isCertain('day');
  const marks = start.tags();
  const length = [...marks].find((tag) => tag.startsWith(tags.length))?.slice(tags.length.length);
  const dotted = /^(\d{1,2})\.(\d{1,2})$/.exec(text);
  // "14.75" is neither a day nor an hour.
  const isNumber = dotted !== null && Number(dotted[2]) > 12 && time === null;
  const yearless = dotted ? ([Number(dotted[2]), Number(dotted[1])] as const) : ([month, day] as const);
  const before = !start.isCertain('year') && nextDate(today.subtract(justPassed), ...yearless);
  return {
    start: index,
    end: index + text.length,
    ...(start.isCertain('day') && { date: severalDays ? null : date }),
    ...((severalDays || marks.has(tags.several)) && { several: true }),
    ...(before && Temporal.PlainDate.compare(before, today) < 0 && { passed: before }),
    ...(marks.has(tags.weekday) && { weekday: new Temporal.PlainDate(year, month, day) }),
    ...(start.isCertain('hour') && { time }),
    ...(marks.has(tags.moved) && { moved: true }),
    ...((marks.has(tags.counting) || isNumber) && { counting: true }),
    ...(length && { length: Temporal.Duration.from(length).round({ largestUnit: 'hour' }) }),
    ...(dotted && !isNumber && { dotted: nextDate(today, ...yearless) }),
    // An instant: with an offset ("12:30Z"), or so and so much from now.
    ...(start.isCertain('timezoneOffset') &&
      (date && time ? inZone(start.date(), now.timeZoneId) : { date: null, time: null })),
  };
}

function inZone(instant: Date, timeZone: string): { date: Temporal.PlainDate; time: Temporal.PlainTime } {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).round('minute');
  return { date: moment.toPlainDate(), time: moment.toPlainTime() };
}

function possible<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  return possible(() => new Temporal.PlainDate(year, month, day));
}

/** Today counts. 29 February may be eight years away (2096 to 2104). */
function nextDate(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | null {
  for (let year = today.year; year <= today.year + 8; year++) {
    const date = plainDate(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}
