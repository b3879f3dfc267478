import { foldInPlace, singleLine } from '../shared/normalise.ts';
import { type Finding, findingsIn } from './findings.ts';
import { withPartsOfDay } from './parts-of-day.ts';
import { withShifts } from './shifts.ts';

/** What somebody wrote about a day, in Swedish, Finnish or English. What is null was not said, or not understood. */
export interface ReadDate {
  /** It may be past: whoever asked for it questions that. */
  readonly date: Temporal.PlainDate | null;
  /** Wall-clock time of the region. */
  readonly time: Temporal.PlainTime | null;
  /** At least a minute, in hours and minutes. */
  readonly length: Temporal.Duration | null;
  /** All other words in one line, as they were written: also those that name two days, or a day that does not exist. */
  readonly rest: string;
  /** Days and hours that do not exist, as they were written where they stand in `rest`; a weekday beside such a day is one of them. */
  readonly impossible: Impossible;
}

export interface Impossible {
  readonly days: readonly string[];
  readonly hours: readonly string[];
}

/** Longer texts are not searched. In UTF-16 units. */
const longest = 500;

/**
 * Reads a date, a time and a length wherever they stand in `text`. `now` is in the region's zone.
 *
 * It looks forward: a weekday is the next such day, today only with a time that is still to come; a date without a year
 * is the next one to come, or the one that has just passed where only that has the weekday that is said. An hour in words or in one digit alone ("halv tre", "kl 2") is from seven in the morning to
 * seven in the evening; "2.30" is as written, for clocks here have 24 hours. Two different dates, a weekday that is not the date's, and a date or
 * time that does not exist give null and stay in `rest`. Never throws.
 */
export function readDate(text: string, now: Temporal.ZonedDateTime): ReadDate {
  const line = singleLine(text);
  if (line.length > longest)
    return { date: null, time: null, length: null, rest: line, impossible: { days: [], hours: [] } };
  const folded = foldInPlace(line);
  const findings = withoutCounts(withPartsOfDay(folded, decideDotted(withShifts(line, findingsIn(folded, now)))));
  const time = theOne(findings.map((finding) => finding.time));
  const length = theOne(findings.map((finding) => finding.length));
  const date = dateIn(findings, now, time);
  const used = findings.filter(
    (finding) =>
      (finding.time === undefined || time) &&
      (finding.length === undefined || length) &&
      ((finding.date === undefined && finding.weekday === undefined) || date),
  );
  return { date, time, length, rest: without(line, used), impossible: impossibleIn(line, findings) };
}

/** Where something that can be is said beside it, that may have been meant. */
function impossibleIn(line: string, findings: readonly Finding[]): Impossible {
  const written = (found: readonly Finding[]): string[] => found.map(({ start, end }) => line.slice(start, end));
  const dates = findings.filter(({ date }) => date !== undefined);
  const times = findings.filter(({ time }) => time !== undefined);
  const noDay = dates.length > 0 && dates.every(({ date, several }) => date === null && !several);
  const noHour = times.length > 0 && times.every(({ time }) => time === null);
  return {
    days: noDay ? written(findings.filter(({ date, weekday }) => date === null || weekday)) : [],
    hours: noHour ? written(times) : [],
  };
}

function withoutCounts(findings: readonly Finding[]): readonly Finding[] {
  const saysTime = findings.some(({ time, counting }) => time !== undefined && !counting);
  return saysTime ? findings.filter(({ counting }) => !counting) : findings;
}

/**
 * "10.12" is a date unless another phrase says one or it cannot be: then it is a time, or no more than a number. Two of
 * them that can be dates are two dates.
 */
function decideDotted(findings: readonly Finding[]): Finding[] {
  const saysDate = findings.some(({ date }) => date !== undefined);
  return findings.flatMap((finding) => {
    const { dotted, passed, start, end, time } = finding;
    if (dotted === undefined) return finding;
    if (time && (saysDate || !dotted)) return { start, end, time };
    return saysDate ? [] : { start, end, date: dotted, ...(passed && { passed }) };
  });
}

function dateIn(
  findings: readonly Finding[],
  now: Temporal.ZonedDateTime,
  time: Temporal.PlainTime | null,
): Temporal.PlainDate | null {
  const dates = findings.map(({ date }) => date);
  const weekdays = findings.flatMap(({ weekday }) => weekday ?? []);
  if (dates.every((date) => date === undefined)) return weekdayToCome(theOne(weekdays), now, time);
  const passed = findings.map(({ date, passed }) => date && (passed ?? date));
  const fits = (date: Temporal.PlainDate): boolean => weekdays.every(({ dayOfWeek }) => dayOfWeek === date.dayOfWeek);
  return [theOne(dates), theOne(passed)].find((date) => date && fits(date)) ?? null;
}

function weekdayToCome(
  next: Temporal.PlainDate | null,
  now: Temporal.ZonedDateTime,
  time: Temporal.PlainTime | null,
): Temporal.PlainDate | null {
  const isToCome = time && Temporal.PlainTime.compare(time, now) > 0;
  return next && isToCome && next.dayOfWeek === now.dayOfWeek ? now.toPlainDate() : next;
}

/** The one that all who say something agree on; null when they differ, or one of them is impossible. */
function theOne<T extends Temporal.PlainDate | Temporal.PlainTime | Temporal.Duration>(
  said: readonly (T | null | undefined)[],
): T | null {
  const [first = null, ...more] = said.filter((one) => one !== undefined);
  return more.every((one) => one?.toString() === first?.toString()) ? first : null;
}

/** The line without these phrases, and without the punctuation that they leave at its ends or doubled. */
function without(line: string, phrases: readonly Finding[]): string {
  if (phrases.length === 0) return line;
  let rest = line;
  for (const { start, end } of phrases.toReversed()) rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  return singleLine(rest.replace(/ [,;:.](?= |$)/g, ' ')).replace(/^[,;:–-]\s*|\s*[,;:–-]$/g, '');
}
