import { ages, hourAnd, numberOfPeople, peopleCounted, timeAmount, unitName } from '../../dates/amounts.ts';
import { aWeek, partOf } from '../../dates/days.ts';
import { type Impossible, readDate } from '../../dates/read-date.ts';
import { lastTurn, turn } from '../../dates/turns.ts';
import { fullWeekday, month, weekday, weekdayName, weekdayNumber } from '../../dates/words.ts';
import type { Language } from '../../shared/language.ts';
import { foldInPlace, foldText } from '../../shared/normalise.ts';
import { boundary } from './say-remains.ts';

/** Times as people propose them: one, or several side by side. */

/** What is null was not said. */
export interface SaidTime {
  date: Temporal.PlainDate | null;
  time: Temporal.PlainTime | null;
  minutes: number | null;
  /** Days and hours that do not exist, as they were written. */
  impossible: Impossible;
}

export interface SaidTimes {
  /** In the order in which they are said, each once. */
  times: readonly SaidTime[];
  /** All other words. */
  rest: string;
}

const day = `(?:${weekday}(?:,? ${aWeek})?|i ?dag|i ?mor(?:gon|ron|rn|n)|overmorgon|tanaan|(?:yli)?huomenna|today|tomorrow|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}\\.\\d{1,2}\\.(?:\\d\\d){0,2}|\\d{1,2}\\.(?:0?[1-9]|1[0-2])|\\d{1,2}\\.?(?: of)? ?${month}(?: \\d{4})?|${month} \\d{1,2}(?:st|nd|rd|th)?|(?:${turn}|${lastTurn}) ${weekdayName} (?:(?:i|in|of) ${month}|${month}ssa))`;
const hours = '(?:[01]?\\d|2[0-3])(?: ?[-–] ?(?:[01]?\\d|2[0-3])(?:[.:][0-5]\\d)?)?';
/** After a number they make it a number of something. Whole words: "13 Ärenden" and "9 Veckomöte" are an hour and a title. */
const counted = `(?:(?!(?:v|vecka|viikko|vk|week)\\.? ?\\d)(?:${unitName}|(?:minuter|timmar|dagar|veckor|manader)s|stycken|styck|st|kpl|kappaletta|ganger|gang|ggr|kertaa|kerta|times)(?![a-z])|${peopleCounted})`;
const noHours = `(?![a-z\\d]|[.,:/-]\\d|\\.? ?${month}(?!-?[a-z])| ?%| ?${counted})`;
/** "torsdag 9", "3 december 14-16": a bare number after a day is when one meets. */
const hoursOfDay = new RegExp(
  `(?<![\\w/:-])(?<!(?<![a-z])${partOf} )(${day}(?:,|:| den)? )(?!${ages}|${numberOfPeople})(?=${hourAnd}|${hours}${noHours})`,
  'g',
);
/** "3 ärenden" are so many: before seven nobody meets, and of the afternoon a bare number is no hour where a word follows that it counts. */
const few =
  /^[1-6] (?!(?:till|to|från|from|och|ja|and|eller|tai|or|med|with|om|about|i|in|på|on|at|för|for|hos|vid)(?!\p{L}))\p{Ll}/u;
const hoursAlone = new RegExp(`^(?!${ages}|${numberOfPeople})(?=${hours}${noHours})`);
/** "to 9": Thursday in Finnish, where it stands first; in English "9 to 10" is a span. */
const thursday = /(?<!\d ?)\bto (?=\d{1,2}(?![.\d]))/g;

/** `now` is in the region's zone. What is said twice differently is not understood, and stays in the rest. */
export function readTime(text: string, now: Temporal.ZonedDateTime): SaidTime & { rest: string } {
  const said = withWeekFirst(text, now);
  const whole = readDate(said, now);
  const apart = withTitleApart(said, whole.time, now);
  const first = apart === said ? whole : readDate(apart, now);
  const clocked = marked(apart);
  const withClock = clocked === apart ? null : readDate(clocked, now);
  // "10.12. 9–11" tells more so, too: until when.
  const tellsMore =
    (withClock?.time && (!first.time || (!first.length && withClock.length))) ||
    (!first.time && withClock?.impossible.hours.length);
  const { length, ...read } = (tellsMore && withClock) || first;
  return { ...read, minutes: length ? length.total('minutes') : null };
}

const weekLast = new RegExp(
  `(?<![\\w-])(?<day>${weekdayName})(?<hour>,? (?:(?:kl|klo|at)\\.? )?${hours}(?:[.:][0-5]\\d)?)(?<week>,? ${aWeek})(?![\\w-])`,
);

/** "torsdag 9-11 v 50", "to klo 9 ensi viikolla": with the week beside its day; before other words it is of the title. */
function withWeekFirst(text: string, now: Temporal.ZonedDateTime): string {
  const match = weekLast.exec(foldInPlace(text));
  const { day = '', hour = '', week = '' } = match?.groups ?? {};
  if (!match || !endsBefore(text.slice(match.index + match[0].length), now)) return text;
  const after = match.index + match[0].length;
  return `${text.slice(0, match.index)}${fullWeekday(day)}${week}${hour}${text.slice(after)}`;
}

/** In words: "kl 9", "den 3 december" tell it, whatever of the time stands farther away. */
const longestTime = 4;

/** Whether a phrase begins after this: at a comma, after what is understood, or after a time. */
export function beginsAfter(before: string, now: Temporal.ZonedDateTime): boolean {
  const words = wordsOf(before.split(boundary).at(-1) ?? '').slice(-longestTime);
  return words.length === 0 || words.some((_, from) => isTime(words.slice(from), now));
}

/** Whether a phrase ends before this, likewise. */
export function endsBefore(after: string, now: Temporal.ZonedDateTime): boolean {
  const words = wordsOf(after.split(boundary)[0] ?? '').slice(0, longestTime);
  return words.length === 0 || words.some((_, last) => isTime(words.slice(0, last + 1), now));
}

const wordsOf = (text: string): string[] => text.split(' ').filter(Boolean);
const isTime = (words: readonly string[], now: Temporal.ZonedDateTime): boolean =>
  readTime(words.join(' '), now).rest === '';

/** What stands before a deadline, or after it: any is by that time. */
const bounds = new Set(
  'senast till den på viimeistään mennessä saakka asti by due on the at latest until'.split(' ').map(foldText),
);

/** A time by itself, or until when something is to be done: "senast fredag kl 16". */
export function readMoment(text: string, now: Temporal.ZonedDateTime): SaidTime & { rest: string } {
  const { rest, ...said } = readTime(text, now);
  const isBound = (word: string): boolean => word === '' || bounds.has(word);
  return { ...said, rest: foldText(rest).split(' ').every(isBound) ? '' : rest };
}

/** The text with "kl" where a bare number is an hour, so that it is read as one. */
function marked(text: string): string {
  const folded = foldInPlace(text);
  const before = folded.replace(thursday, 'to klo ');
  if (before !== folded) return before.length > text.length ? reinserted(text, folded, thursday, 'klo ') : text;
  return reinserted(text, folded, hoursOfDay, 'kl ');
}

const clockHour = '(?:[01]?\\d|2[0-3])(?:[.:][0-5]\\d)?(?: ?[-–] ?(?:[01]?\\d|2[0-3])(?:[.:][0-5]\\d)?)?';
const hourBeforeTitle = new RegExp(
  `(?<![\\w/:-])(?<!\\d )(?:(?<weekday>${weekdayName}),? (?<hour>${clockHour})(?= (?:(?<month>${month}) [a-z]|${counted}))|${day},? (?<hour>${clockHour})(?= (?:(?<month>${month}) [a-z]|${counted})))`,
);

/**
 * "Thu 9 May plans", "Thu 13 Minutes of last time": the title begins with what could as well be of a date, a length or a
 * number of people. A month does after a date, and after a weekday unless it makes that very one; the others where a capital
 * tells it.
 */
function withTitleApart(text: string, time: Temporal.PlainTime | null, now: Temporal.ZonedDateTime): string {
  const match = hourBeforeTitle.exec(foldInPlace(text));
  if (!match) return text;
  const { weekday, hour = '', month } = match.groups ?? {};
  if (time && !(month && !weekday)) return text;
  const end = match.index + match[0].length;
  const isDay = month && weekday && readDate(`${hour} ${month}`, now).date?.dayOfWeek === weekdayNumber(weekday);
  if (isDay || !(month || /^ \p{Lu}\p{Ll}/u.test(text.slice(end)))) return text;
  return `${text.slice(0, end - hour.length)}kl ${hour},${text.slice(end)}`;
}

const memo = /(?<=(?<hour>\d{1,2})(?:[.:]\d\d)?) (?=(?<pm>pm)(?<after>(?![\p{L}\d.-]).*))/gisu;

/**
 * The text with a comma before "PM" where it is a memo and no part of the hour: after one over twelve, and in Swedish and Finnish,
 * where only a small "pm" that ends what is said of the time can be of the hour.
 */
export function withMemoApart(text: string, language: Language | null, now: Temporal.ZonedDateTime): string {
  const isWord = ({ groups: { hour, pm, after = '' } = {} }: RegExpExecArray): boolean =>
    Number(hour) > 12 || ((language === 'sv' || language === 'fi') && (pm === 'PM' || !endsBefore(after, now)));
  return [...text.matchAll(memo)]
    .filter(isWord)
    .reduceRight((whole, { index }) => `${whole.slice(0, index)},${whole.slice(index)}`, text);
}

/** `word` after each match where an hour can follow, in the text as it was written. */
function reinserted(text: string, folded: string, pattern: RegExp, word: string): string {
  const ends = [...folded.matchAll(pattern)].map((match) => match.index + match[0].length);
  const hours = ends.filter((end) => !few.test(text.slice(end)));
  return hours.reduceRight((whole, end) => whole.slice(0, end) + word + whole.slice(end), text);
}

const or = '(?:eller|tai|or)';
const and = '(?:och|ja|and)';
const clock = '(?:(?:kl|klo|at)[. ]{1,2})?\\d{1,2}(?:[.:]\\d\\d)?';
/** "mellan 13 och 15" is one time. */
const outsideSpan = `(?<!(?:mellan|between) ${clock}(?: ?[ap]\\.?m\\.?)? )`;
/** Between digits a comma is a part of a number. */
const separators = new RegExp(
  `\\s*(?:[;\\n]|,(?=\\s)|(?<!\\d),|,(?!\\d)|(?<![a-z])${or}(?![a-z])|${outsideSpan}(?<=\\d )${and}(?= ${clock}(?!\\d|[.:]\\d| valilla| ?${counted}))|(?<![a-z])${and}(?= (?:pa |on )?${day})|,(?=${day}(?![\\d.]))|(?<= )/(?= (?:(?:pa |on )?${day}|${clock}(?![\\d./]))))\\s*`,
  'g',
);
const alternative = new RegExp(`(?<![a-z])${or}(?![a-z])`);

const amount = new RegExp(`(?<!\\w)${timeAmount}`);

/** Whether two times can be said in the text: "torsdag eller fredag". */
export function saysOr(text: string): boolean {
  return alternative.test(foldInPlace(text));
}

/**
 * Several times between commas, semicolons, line breaks or "or"; what one does not say it shares with its neighbours:
 * "torsdag 9 eller 13", "Thursday or Friday at 9". One length at the end is that of all. What stands there and is not
 * understood, "fre 25:00", is not shared: it is to be asked.
 */
export function readTimes(text: string, now: Temporal.ZonedDateTime): SaidTimes {
  const found: SaidTime[] = [];
  /** Where of them figures stand that nobody has understood. */
  const unread = new Set<number>();
  const rests: string[] = [];
  /** "1 h" by itself. */
  const lengths: { minutes: number; of: SaidTime | undefined }[] = [];
  /** "måndag 10 2 h": what the last of them says; null when that is until when. */
  let closing: number | null = null;
  for (const part of inFull(partsOf(text), now)) {
    const last = found.at(-1);
    const { rest, ...said } = readTime(
      last && !few.test(part) && hoursAlone.test(foldInPlace(part)) ? `kl ${part}` : part,
      now,
    );
    const saysWhen = said.date !== null || said.time !== null || saysImpossible(said);
    if (saysWhen) {
      const isOther = saysUnread(rest);
      found.push({ ...said, date: said.date ?? (isOther ? null : (last?.date ?? null)) });
      if (isOther) unread.add(found.length - 1);
      closing = amount.test(foldInPlace(part)) ? said.minutes : null;
    }
    if (!saysWhen && said.minutes !== null) lengths.push({ minutes: said.minutes, of: last });
    if (rest) rests.push(saysWhen || said.minutes !== null ? rest : part);
  }
  const [general, ...more] = lengths;
  const isForAll = found.slice(0, -1).every(({ minutes }) => minutes === null);
  for (const { minutes, of } of more.length > 0 ? lengths : []) if (of) of.minutes ??= minutes;
  for (const [index, one] of found.entries()) {
    const timed = [...found.slice(index + 1), ...found.slice(0, index).reverse()].find(({ time }) => time);
    one.time ??= unread.has(index) ? null : (timed?.time ?? null);
    one.minutes ??= general?.minutes ?? (isForAll ? closing : null);
  }
  const seen = new Set<string>();
  const times = found.filter(({ date, time, impossible }) => {
    const name = [date, time, ...impossible.days, ...impossible.hours].join(' ');
    return !seen.has(name) && seen.add(name);
  });
  return { times, rest: rests.join(', ') };
}

/** Whether a day or an hour is said that does not exist. */
export function saysImpossible({ impossible }: Pick<SaidTime, 'impossible'>): boolean {
  return impossible.days.length + impossible.hours.length > 0;
}

/** Whether a part holds an hour or a day of its own that nobody has understood; a year is none. */
function saysUnread(rest: string): boolean {
  return new RegExp(`(?<![\\w.-])\\d{1,2}(?!\\d)|(?<![a-z])${weekday}(?![a-z])`).test(foldInPlace(rest));
}

const wholeWeekday = new RegExp(`^(?:on |pa )?${weekday}$`);
const startsWithDate = new RegExp(`^(?:\\d{1,2}\\.|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ?${month}|${month} )`);

/** "Thursday, 3 December" is one. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  const folded = foldInPlace(text);
  const cuts = [...folded.matchAll(separators)].filter((match) => match[0] !== '');
  for (const match of [...cuts, null]) {
    const part = text.slice(from, match?.index).trim();
    const before = parts.at(-1);
    if (before !== undefined && wholeWeekday.test(foldInPlace(before)) && startsWithDate.test(foldInPlace(part))) {
      parts[parts.length - 1] = `${before} ${part}`;
    } else if (part) parts.push(part);
    from = match ? match.index + match[0].length : text.length;
  }
  return parts;
}

const ledByWeek = new RegExp(`(?<![\\w-])(?<week>${aWeek})[:,]?(?= (?:pa |on )?${weekdayName})`);
const dayFirst = new RegExp(`^(?:pa |on )?(?<name>${weekdayName})(?<week>,? ${aWeek})?`);
const wholeWeek = new RegExp(`^${aWeek}:?$`);

/** "nästa vecka tis, ons 9": the week before the first day is that of those after it as well, and "tis" alone is a day. */
function inFull(parts: readonly string[], now: Temporal.ZonedDateTime): string[] {
  let week = '';
  return joinedWeeks(parts).map((part) => {
    const led = ledByWeek.exec(foldInPlace(part));
    if (led) week = part.slice(led.index, led.index + (led.groups?.week ?? '').length);
    const said = led ? part.slice(led.index + led[0].length).trim() : part;
    const day = dayFirst.exec(foldInPlace(said));
    if (!day) {
      // Of another day its week is its own.
      if (/\d/.test(said) && !hoursAlone.test(foldInPlace(said))) week = '';
      return part;
    }
    const { name = '', week: own = '' } = day.groups ?? {};
    const after = said.slice(day[0].length - own.length);
    // So is that of a day with its date: "mån 14.12 9".
    if (!own && readTime(after, now).date) {
      week = '';
      return part;
    }
    const isAlone = after === '' || own !== '';
    return [led && part.slice(0, led.index), own ? '' : week, isAlone ? fullWeekday(name) + after : said]
      .filter(Boolean)
      .join(' ');
  });
}

/** "nästa vecka, tis 9": with the day that it is of. */
function joinedWeeks(parts: readonly string[]): string[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1] ?? '';
    const isWeek = (one: string): boolean => wholeWeek.test(foldInPlace(one));
    const isDay = (one = ''): boolean => dayFirst.test(foldInPlace(one));
    if (isWeek(part) && isDay(parts[index + 1])) return [];
    return isWeek(before) && isDay(part) ? `${before} ${part}` : part;
  });
}

/** A length by itself: "1 h 30 min", "90". In minutes; null when it is none. */
export function readLength(text: string, now: Temporal.ZonedDateTime): number | null {
  const number = /^(\d{1,4})(?: ?min\S*)?$/.exec(text.trim())?.[1];
  if (number !== undefined) return Number(number);
  if (/^0 ?(?:h|t|tim\S*|tunti\S*|hours?)$/i.test(text.trim())) return 0;
  const { date, time, length, rest } = readDate(text, now);
  return date || time || rest || !length ? null : length.total('minutes');
}
