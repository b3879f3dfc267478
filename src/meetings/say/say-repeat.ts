import { readDate } from '../../dates/read-date.ts';
import { dayInTurn, lastTurn, turn, turnNumber } from '../../dates/turns.ts';
import { month, weekday, weekdayName, weekdayNumber } from '../../dates/words.ts';
import type { Repeat } from '../model.ts';
import { type Rhythm, weekOf } from '../repeat.ts';
import { createRemains, gap, type Remains } from './say-remains.ts';

/** How often a meeting is held, in words. */

export interface SaidSeries {
  repeat: Rhythm | null;
  /** Null when nothing was said of it. */
  end: Repeat['end'] | null;
  /**
   * How often is asked, and the end is kept: `tooOften` is oftener than a meeting can be repeated, "every weekday", and
   * `lastOfFour` "every year the last Friday of November" where that is the fourth one, which a series would follow.
   */
  unrepeatable: 'tooOften' | 'lastOfFour' | null;
  /** The first date of "the first Tuesday of the month"; null when a date is said in another way. */
  first: Temporal.PlainDate | null;
  /**
   * A series is of the last Friday only from a fifth one on: that one, where one before it was said. Null when it can begin,
   * or no last one is meant.
   */
  lastFrom: Temporal.PlainDate | null;
}

const alone = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`);

const counts = `(?<nth>other|${turn}|\\d{1,2})(?:\\.|:?[ae]|nd|rd|th)?`;
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
/** "första tisdagen i månaden", "kuukauden ensimmäinen tiistai", "the first Tuesday of the month". */
const dayOfMonth = alone(
  `(?:(?:joka )?(?<!(?:ensi|seuraavan|taman|${month}) )(?<fi>kuukauden|kuun) )?(?<!${month} (?:\\d{4} )?)(?:pa |on )?(?:den |the )?(?:(?<each>varje|var|joka|every) )?(?<nth>${turn}|${lastTurn}) (?<day>${weekday})(?: (?<in>${inMonth}))?(?!${inOneMonth})`,
);

/** "sista fredagen i november", "marraskuun viimeinen perjantai": it stays, because it is a date. */
const lastOfOneMonth = alone(
  `(?:${lastTurn}) ${weekdayName} (?:(?:i|in|of) ${month}|${month}ssa)|${month} (?:${lastTurn}) ${weekdayName}`,
);

const times = alone('(?<count>\\d{1,4}) ?(?:ganger|gang|ggr|kertaa|kerta|times?)');
const until = /(?<![\w-])(?:till och med|t\.? ?o\.? ?m\.?|fram till|till|until|till|through) (?=\S)/;
const upTo = /(?<![\w-])(?:asti|saakka)(?![\w-])/;
const since = alone(
  'med start|alkaen|starting(?: from| on)?|fran och med|fr\\.? ?o\\.? ?m\\.?|fran(?= \\d)|alkaa|borjar',
);
/** In words; a date is no longer. */
const longestDate = 5;

/** Takes what is said of it out of the remains; a weekday or date of the first one stays there. */
export function takeSeries(remains: Remains, now: Temporal.ZonedDateTime): SaidSeries {
  const today = now.toPlainDate();
  const ofMonth = takeDayOfMonth(remains, today, ({ fi, in: of, each, nth = '' }) =>
    Boolean(fi || of || (each && [1, -1].includes(turnNumber(nth)))),
  );
  const said = takeRepeat(remains);
  const repeat: Rhythm | null = ofMonth && said?.unit !== 'month' ? { unit: 'month', every: 1, by: 'weekday' } : said;
  const day = ofMonth ?? (repeat?.unit === 'month' ? takeDayOfMonth(remains, today, () => true) : null);
  const unrepeatable = takeUnrepeatable(remains, repeat, now);
  const { first = null, lastFrom = null } = day ?? {};
  if (!repeat && !unrepeatable) return { repeat: null, end: null, unrepeatable, first, lastFrom };
  remains.take(since);
  const isRepeated = !lastFrom && !unrepeatable;
  return { repeat: isRepeated ? repeat : null, end: takeEnd(remains, now), unrepeatable, first, lastFrom };
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

function takeRepeat(remains: Remains): Rhythm | null {
  for (const [pattern, unit, number] of phrases)
    if (remains.take(pattern)) {
      remains.take(habit);
      return { unit, every: number, by: 'weekday' };
    }
  const found = remains.take(every)?.groups;
  // "varannan vecka på onsdagar": a habit says the weekday as well.
  const isHabit = remains.take(habit) !== null;
  if (!found) return isHabit ? { unit: 'week', every: 1, by: 'weekday' } : null;
  const number = found.two || found.nth === 'other' ? 2 : found.nth ? turnNumber(found.nth) : 1;
  return { unit: found.month ? 'month' : 'week', every: Math.min(12, Math.max(1, number)), by: 'weekday' };
}

/** The next such day after today, where `isMeant` by what was said of it. */
function takeDayOfMonth(
  remains: Remains,
  today: Temporal.PlainDate,
  isMeant: (groups: Readonly<Record<string, string | undefined>>) => boolean,
): Pick<SaidSeries, 'first' | 'lastFrom'> | null {
  const groups = remains.find(dayOfMonth)?.groups;
  const number = turnNumber(groups?.nth ?? '');
  // Not every month has a fifth.
  if (!groups || number > 4 || !isMeant(groups)) return null;
  remains.take(dayOfMonth);
  const next = (isIt: (date: Temporal.PlainDate) => boolean): Temporal.PlainDate => {
    for (let months = 0; ; months += 1) {
      const date = dayInTurn(today.toPlainYearMonth().add({ months }), number, weekdayNumber(groups.day ?? ''));
      if (date && Temporal.PlainDate.compare(date, today) > 0 && isIt(date)) return date;
    }
  };
  const first = next(() => true);
  const isLastOfFour = number < 0 && weekOf(first) !== null;
  return { first, lastFrom: isLastOfFour ? next((date) => weekOf(date) === null) : null };
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
  const { date, time, rest } = readDate(text, now);
  return date && !time && !rest ? { until: date.toString() } : null;
}

/** "till 31.5.", "18.12. asti". */
function takeUntil(remains: Remains, now: Temporal.ZonedDateTime): Repeat['end'] | null {
  const before = remains.find(until);
  const after = before ? null : remains.find(upTo);
  const there = before ?? after;
  if (!there) return null;
  const pieces = before
    ? wordsOf(before.input.slice(before.index + before[0].length).split(gap)[0])
    : wordsOf(there.input.slice(0, there.index).split(gap).at(-1));
  // The longest that is a date and nothing else.
  for (let length = Math.min(longestDate, pieces.length); length > 0; length -= 1) {
    const words = before ? pieces.slice(0, length) : pieces.slice(-length);
    const { date, time, rest } = readDate(words.join(' '), now);
    const until = feastOf(words.join(' '), now) ?? (time || rest ? null : date);
    if (!until) continue;
    remains.takeWords(before ? `${before[0]}${words.join(' ')}` : `${words.join(' ')} ${there[0]}`);
    return { until: until.toString() };
  }
  return null;
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
