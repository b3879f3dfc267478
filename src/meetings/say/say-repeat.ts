import { readDate } from '../../dates/read-date.ts';
import { dayInTurn, lastTurn, turn, turnNumber } from '../../dates/turns.ts';
import { month, numberOf, weekday, weekdayName, weekdayNumber } from '../../dates/words.ts';
import type { Repeat } from '../model.ts';
import { type Rhythm, weekOf } from '../repeat.ts';
import { createRemains, gap, type Remains, type Taken } from './say-remains.ts';
import { endsBefore } from './say-times.ts';

/** How often a meeting is held, in words. */

export interface SaidSeries {
  repeat: Rhythm | null;
  /** Null when nothing was said of it. */
  end: Repeat['end'] | null;
  /** Of an end that is told to the month alone, "until June", or to a day that does not exist: the words, to be put right. */
  endWords: string | null;
  /**
   * How often is asked, and the end is kept: `tooOften` is oftener than a meeting can be repeated, "every weekday", and
   * `lastOfFour` "every year the last Friday of November" where that is the fourth one, which a series would follow.
   */
  unrepeatable: 'tooOften' | 'lastOfFour' | null;
  /**
   * A series is of the last Friday only from a fifth one on: that one, where one before it was said. Null when it can begin,
   * or no last one is meant.
   */
  lastFrom: Temporal.PlainDate | null;
}

const alone = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`);

const counts = `(?<nth>other|two|three|four|six|${turn}|\\d{1,2})(?:\\.|:?[ae]|nd|rd|th)?`;
/** A weekday after it stays, because it is a date as well. */
const every = new RegExp(
  `(?<![\\w-])(?:(?<two>varannan|vartannat)|(?:varje|each)|var ${counts}|joka(?: ${counts})?|every(?: ${counts})?) (?:(?<week>vecka|viikko|weeks?)(?![\\w-])|(?<month>manad|kuukausi|months?)(?![\\w-])|(?=${weekday}))`,
);
const habit =
  /(?<=(?:man|tis|ons|tors|fre|lor|son)dag)ar(?:na)?(?!\w)|(?<=\w(?:tai|kko))(?:i?sin)(?!\w)|(?<=(?:mon|tues|wednes|thurs|fri)day)s(?!\w)/;
const phrases: readonly (readonly [pattern: RegExp, unit: Repeat['unit'], every: number])[] = [
  [alone('en gang (?:i veckan|per vecka)|veckovis|kerran viikossa|viikoittain|once a week|weekly'), 'week', 1],
  [alone('biweekly|fortnightly|every fortnight'), 'week', 2],
  [
    alone(
      'en gang (?:i manaden|per manad)|manatligen|kerran (?:kuussa|kuukaudessa)|kuukausittain|once a month|monthly',
    ),
    'month',
    1,
  ],
  [
    alone(
      'en gang i kvartalet|kvartalsvis|varje kvartal|kerran neljannesvuodessa|neljannesvuosittain|joka (?:neljannesvuosi|vuosineljannes|kvartaali)|once a quarter|quarterly|every quarter',
    ),
    'month',
    3,
  ],
  [
    alone(
      'tva ganger om aret|halvarsvis|varje halvar|kahdesti vuodessa|kaksi kertaa vuodessa|puolivuosittain|twice a year|every (?:six months|half year)',
    ),
    'month',
    6,
  ],
  [
    alone(
      'en gang om aret|arligen|varje ar|kerran vuodessa|vuosittain|joka vuosi|once a year|yearly|annually|every year',
    ),
    'month',
    12,
  ],
];

const tooOften = alone(
  [
    '(?:varje|var|varannan) (?:vardag|arbetsdag|dag)|(?:alla|pa) vardagar|dagligen|(?:tva|tre) ganger i veckan',
    'joka (?:toinen )?(?:arki)?paiva|arkisin|paivittain|(?:kahdesti|(?:kaksi|kolme) kertaa) viikossa',
    '(?:every|each|every other) (?:weekday|working day|day)|on weekdays|daily|(?:twice|three times) a week',
  ].join('|'),
);

const inMonth = '(?:i|i varje|varje|of the|of every|of each|in the|every) (?:manaden|manad|month)';
/** Of one month, it is a date: `days.ts` reads it. */
const inOneMonth = `(?: \\d{4})? (?:i|in|of) (?:${month}|nasta manad|denna manad|next month|this month)|(?: ${month}ssa)`;
/** "första och tredje torsdagen" are no one day. */
const second = `(?<!(?:${turn}|${lastTurn}) (?:och|ja|and|&) (?:den |the )?)`;
/** "första tisdagen i månaden", "kuukauden ensimmäinen tiistai", "the first Tuesday of the month". */
const dayOfMonth = alone(
  `(?:(?:joka )?(?<!(?:ensi|seuraavan|taman|${month}) )(?<fi>kuukauden|kuun) )?(?<!${month} (?:\\d{4} )?)(?:pa |on )?(?:den |the )?(?:(?<each>varje|var|joka|every) )?${second}(?<nth>${turn}|${lastTurn}) (?<day>${weekday})(?: (?<in>${inMonth}))?(?!${inOneMonth})`,
);

/** "sista fredagen i november", "marraskuun viimeinen perjantai": it stays, because it is a date. */
const lastOfOneMonth = alone(
  `(?:${lastTurn}) ${weekdayName} (?:(?:i|in|of) ${month}|${month}ssa)|${month} (?:${lastTurn}) ${weekdayName}`,
);

const times = alone('(?<count>\\d{1,4}) ?(?:ganger|gang|ggr|kertaa|kerta|times?)');
const until = /(?<![\w-])(?:till och med|t\.? ?o\.? ?m\.?|fram till|till|until|till|through)(?= \S)/;
const untilMonth = alone(
  `(?:till och med|t\\.? ?o\\.? ?m\\.?|fram till|till|until|through) (?<month>${month}(?: \\d{4})?)(?! \\d)|(?<fi>[a-z]+kuuhun) (?:asti|saakka)`,
);
const upTo = /(?<![\w-])(?:asti|saakka)(?![\w-])/;
const since = alone(
  'med start|alkaen|starting(?: from| on)?|fran och med|fr\\.? ?o\\.? ?m\\.?|fran(?= \\d)|alkaa|borjar',
);
/** After a date. */
const from = alone('alkaen|lahtien');
const anyWeekday = new RegExp(`(?<![\\w-])${weekday}(?![\\w-])`);
const numberedDay = new RegExp(
  `(?<![\\w-])(?:den \\d{1,2}(?::?[ae])?|\\d{1,2}\\.? paiva(?:na)?|the \\d{1,2}(?:st|nd|rd|th))(?![\\w.:/-]| ?(?:of )?${month})`,
);
/** In words; a date is no longer. */
const longestDate = 5;

/**
 * Takes what is said of it out of the remains; a weekday or date of the first one stays there, and that of "the first Tuesday
 * of the month" comes there.
 */
export function takeSeries(remains: Remains, now: Temporal.ZonedDateTime): SaidSeries {
  const ofMonth = takeDayOfMonth(remains, ({ fi, in: of, each, nth = '' }) =>
    Boolean(fi || of || (each && [1, -1].includes(turnNumber(nth)))),
  );
  const said = takeRepeat(remains, now);
  const repeat: Rhythm | null = ofMonth && said?.unit !== 'month' ? { unit: 'month', every: 1, by: 'weekday' } : said;
  const day =
    ofMonth ?? (repeat?.unit === 'month' && repeat.by === 'weekday' ? takeDayOfMonth(remains, () => true) : null);
  const unrepeatable = takeUnrepeatable(remains, repeat, now);
  if (!repeat && !unrepeatable) return { repeat: null, end: null, endWords: null, unrepeatable, lastFrom: null };
  const start = day && takeDate(remains, [since, from], (words) => dateOf(words, now));
  remains.take(since);
  const end = takeEnd(remains, now);
  const endWords = end ? null : (takeUntilMonth(remains) ?? takeUntilNever(remains, now));
  const lastFrom = day && putFirst(remains, day, start, now);
  return { repeat: lastFrom || unrepeatable ? null : repeat, end, endWords, unrepeatable, lastFrom };
}

function takeUnrepeatable(
  remains: Remains,
  repeat: Rhythm | null,
  now: Temporal.ZonedDateTime,
): SaidSeries['unrepeatable'] {
  if (!repeat) return remains.take(tooOften) ? 'tooOften' : null;
  const last = repeat.unit === 'month' && remains.find(lastOfOneMonth);
  const date = last ? readDate(last[0], now).date : null;
  return date && weekOf(date) !== null ? 'lastOfFour' : null;
}

function takeRepeat(remains: Remains, now: Temporal.ZonedDateTime): Rhythm | null {
  const said = takeRhythm(remains, now);
  return said?.unit === 'month' && saysDayOfMonth(remains, said.every, now) ? { ...said, by: 'date' } : said;
}

/** "varje månad den 15", "varje år 6 december": not from it on, and without a weekday. */
function saysDayOfMonth(remains: Remains, every: number, now: Temporal.ZonedDateTime): boolean {
  if (remains.find(since) || remains.find(anyWeekday)) return false;
  const isYearly = every === 12;
  return (
    remains.find(numberedDay) !== null || (isYearly && readDate(remains.text().replaceAll(gap, ' '), now).date !== null)
  );
}

function takeRhythm(remains: Remains, now: Temporal.ZonedDateTime): Rhythm | null {
  const found = remains.take(every)?.groups;
  if (!found)
    for (const [pattern, unit, number] of phrases)
      if (takeAdverb(remains, pattern, now)) {
        takeHabits(remains);
        return { unit, every: number, by: 'weekday' };
      }
  // "varannan vecka på onsdagar": a habit says the weekday as well.
  const isHabit = takeHabits(remains);
  if (!found) return isHabit ? { unit: 'week', every: 1, by: 'weekday' } : null;
  const number = found.two || found.nth === 'other' ? 2 : found.nth ? turnNumber(found.nth) || numberOf(found.nth) : 1;
  const unit = found.month ? 'month' : 'week';
  // "every Tuesday weekly": the same once more. Another one is left, and seen.
  const same = phrases.find(([, its, times]) => its === unit && times === number);
  if (same) takeAdverb(remains, same[0], now);
  return { unit, every: Math.min(12, Math.max(1, number)), by: 'weekday' };
}

const adjective = /^(?:bi)?(?:weekly|monthly)|^(?:fortnightly|quarterly|yearly)/;

/** Before a noun, "Weekly review", an English one is of the title: not where it is said first, and "weekly Review" is both. */
function takeAdverb(remains: Remains, pattern: RegExp, now: Temporal.ZonedDateTime): boolean {
  const match = remains.find(pattern);
  if (!match) return false;
  const text = remains.text();
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  const isFirst = before.replaceAll(gap, '').trim() === '';
  const isBoth = /^\p{Ll}/u.test(text.slice(match.index)) && /^ \p{Lu}/u.test(after);
  if (adjective.test(match[0]) && !isFirst && !isBoth && !endsBefore(after, now)) return false;
  return remains.take(pattern) !== null;
}

/** "måndagar och torsdagar" leaves two days, which are asked about. */
function takeHabits(remains: Remains): boolean {
  let isHabit = false;
  while (remains.take(habit)) isHabit = true;
  return isHabit;
}

/** Where `isMeant` by what was said of it. */
function takeDayOfMonth(remains: Remains, isMeant: (groups: Taken['groups']) => boolean): Taken | null {
  const groups = remains.find(dayOfMonth)?.groups;
  // Not every month has a fifth.
  if (!groups || turnNumber(groups.nth ?? '') > 4 || !isMeant(groups)) return null;
  return remains.take(dayOfMonth);
}

/**
 * In the place of its words the next such day after today, or from the date on at which it is said to start; or the one whose
 * date stands beside it. Any other date there contradicts it. Answers `SaidSeries.lastFrom`.
 */
function putFirst(
  remains: Remains,
  { groups: { nth = '', day = '' }, end }: Taken,
  start: Temporal.PlainDate | null,
  now: Temporal.ZonedDateTime,
): Temporal.PlainDate | null {
  const number = turnNumber(nth);
  const isOne = (date: Temporal.PlainDate): boolean =>
    dayInTurn(date.toPlainYearMonth(), number, weekdayNumber(day))?.equals(date) === true;
  const beside = readDate(remains.text().replaceAll(gap, ' '), now).date;
  const earliest = start ?? (beside && isOne(beside) ? beside : now.toPlainDate().add({ days: 1 }));
  const next = (isIt: (date: Temporal.PlainDate) => boolean): Temporal.PlainDate => {
    for (let months = 0; ; months += 1) {
      const date = dayInTurn(earliest.toPlainYearMonth().add({ months }), number, weekdayNumber(day));
      if (date && Temporal.PlainDate.compare(date, earliest) >= 0 && isIt(date)) return date;
    }
  };
  const first = next(() => true);
  remains.put(end, first.toString());
  return number < 0 && weekOf(first) !== null ? next((date) => weekOf(date) === null) : null;
}

function takeEnd(remains: Remains, now: Temporal.ZonedDateTime): Repeat['end'] | null {
  const count = remains.take(times)?.groups.count;
  if (count !== undefined) return { count: Number(count) };
  return takeUntil(remains, now);
}

/** The end by itself: "10", "10 gånger", "18.12.", "18.12. asti"; null when it is none. */
export function readEnd(text: string, now: Temporal.ZonedDateTime): Repeat['end'] | null {
  const number = /^\s*(\d{1,4})\s*$/.exec(text)?.[1];
  if (number !== undefined) return { count: Number(number) };
  const remains = createRemains(text);
  const end = takeEnd(remains, now);
  if (end) return remains.text().replaceAll(gap, '').trim() === '' ? end : null;
  const date = dateOf(text, now);
  return date && { until: date.toString() };
}

/** "till 31.5.", "18.12. asti". */
function takeUntil(remains: Remains, now: Temporal.ZonedDateTime): Repeat['end'] | null {
  const date = takeDate(remains, [until, upTo], (words) => feastOf(words, now) ?? dateOf(words, now));
  return date && { until: date.toString() };
}

/** Whether it ends before that month or with it nobody can tell. */
function takeUntilMonth(remains: Remains): string | null {
  const there = remains.find(untilMonth);
  const words = there?.groups?.month ?? there?.groups?.fi ?? '';
  const written = there && remains.takeWords(there[0]);
  return written ? written.slice(there[0].indexOf(words)).slice(0, words.length) : null;
}

/** "till 30.2.": there is no such day. */
function takeUntilNever(remains: Remains, now: Temporal.ZonedDateTime): string | null {
  const there = remains.find(until);
  const pieces = wordsOf(there?.input.slice(there.index + there[0].length).split(gap)[0]);
  const isNever = (words: string): boolean => readDate(words, now).impossible.days.join(' ') === words;
  const words = [2, 1].map((length) => pieces.slice(0, length).join(' ')).find((one) => one !== '' && isNever(one));
  return there && words ? (remains.takeWords(`${there[0]} ${words}`)?.slice(there[0].length + 1) ?? null) : null;
}

/** With the first of two that leads to a date, or the second that follows one: the longest that is a date and nothing else. */
function takeDate(
  remains: Remains,
  [leading, following]: readonly [RegExp, RegExp],
  read: (words: string) => Temporal.PlainDate | null,
): Temporal.PlainDate | null {
  for (const pattern of [leading, following]) {
    const there = remains.find(pattern);
    if (!there) continue;
    const leads = pattern === leading;
    const pieces = leads
      ? wordsOf(there.input.slice(there.index + there[0].length).split(gap)[0])
      : wordsOf(there.input.slice(0, there.index).split(gap).at(-1));
    for (let length = Math.min(longestDate, pieces.length); length > 0; length -= 1) {
      const words = (leads ? pieces.slice(0, length) : pieces.slice(-length)).join(' ');
      const date = read(words);
      if (!date) continue;
      remains.takeWords(leads ? `${there[0]} ${words}` : `${words} ${there[0]}`);
      return date;
    }
  }
  return null;
}

/** Of words that say nothing else. */
function dateOf(words: string, now: Temporal.ZonedDateTime): Temporal.PlainDate | null {
  const { date, time, rest } = readDate(words, now);
  return time || rest ? null : date;
}

/** They end a term, and are no day at which one meets. */
const feasts: readonly (readonly [names: RegExp, month: number, day: number])[] = [
  [/^(?:jul|julen|joulu|jouluun|christmas)$/, 12, 24],
  [/^(?:arets slut|slutet av aret|nyar|vuoden loppuun|(?:the )?end of (?:the |this )?year)$/, 12, 31],
];

/** The next one to come. */
function feastOf(words: string, now: Temporal.ZonedDateTime): Temporal.PlainDate | null {
  const [, month, day] = feasts.find(([names]) => names.test(words)) ?? [];
  if (!month || !day) return null;
  const date = now.toPlainDate().with({ month, day });
  return Temporal.PlainDate.compare(date, now.toPlainDate()) < 0 ? date.add({ years: 1 }) : date;
}

const wordsOf = (text = ''): string[] => text.split(/\s+/).filter(Boolean);
