import type { Parser, ParsingComponents } from 'chrono-node/en';
import { amountOf, anyAmount } from './amounts.ts';
import { type Groups, parser, tags, withDate, withSeveral, withTime } from './parser.ts';
import { dayInTurn, lastTurn, turn, turnNumber } from './turns.ts';
import {
  dayNumber,
  longWeekdayName,
  month,
  monthNumber,
  notAfterAt,
  numberOf,
  numberWord,
  ordinalWord,
  weekday,
  weekdayName,
  weekdayNumber,
} from './words.ts';

/** "torsdagskväll", "torstai-iltana". */
const dayPart = '(?:s(?:kvall|morgon|eftermiddag|formiddag)(?:en)?|-?(?:ilta|aamu)(?:na|paivana)?)?';
const by = '(?:(?:senast|till|viimeistaan|by|until|pa|on|den|the) ){0,2}';
const mennessa = '(?: mennessa)?';
/** It says no time, and the working day is meant anyway. In the evening people do not meet, so that stays in the rest. */
const partOfDay =
  '(?: (?:bitti|(?:pa )?(?:formiddag|eftermiddag)(?:en)?|aamulla|(?:aamu|ilta)?paivalla|morning|afternoon))?';

/** Reads days as they are said at `now`, in the region's zone. */
export function dayParsers(now: Temporal.ZonedDateTime): Parser[] {
  const today = now.toPlainDate();
  return [
    relativeDay(today),
    relativeAmount(now),
    ...monthEnds(today),
    weekdayInMonth(today),
    weekdayInNoMonth,
    weekdayInWeeks(today),
    weekdays(today),
    ...calendarDates,
    dayOfMonth(today),
    slashDate(today),
    numberedPart,
    dotted,
    severalDays,
  ];
}

const relativeDays: readonly [names: string, days: number][] = [
  ['i ?dag|i ?kvall|tanaan|tana iltana|tasta paivasta|today|tonight', 0],
  ['i ?mor(?:gon|ron|rn|n)|huomenna|huomiseksi|huomiseen|huomisesta|tomorrow', 1],
  ['(?:i )?overmorgon|ylihuomenna|ylihuomiseksi|ylihuomiseen|(?:the )?day after tomorrow', 2],
  ['i ?gar|eilen|yesterday', -1],
];

function relativeDay(today: Temporal.PlainDate): Parser {
  const names = relativeDays.map(([source], index) => `(?<d${index}>${source})`).join('|');
  return parser(`${by}(?:${names})${partOfDay}${mennessa}`, (groups, components) => {
    const [, days = 0] = relativeDays.find((_, index) => groups[`d${index}`] !== undefined) ?? [];
    return withDate(components, today.add({ days }));
  });
}

/** "om två veckor", "kahden viikon päästä", "in two hours". Hours and minutes are elapsed time, days are calendar days. */
function relativeAmount(now: Temporal.ZonedDateTime): Parser {
  const source = `(?:om|inom|in|within) (?<sv>${anyAmount})|(?<fi>${anyAmount}) (?:paasta|kuluttua|kuluessa|sisalla|from now)`;
  return parser(source, ({ sv, fi }, components) => {
    const amount = amountOf(sv ?? fi ?? '');
    if (!amount) return components;
    const moment = now.add(amount).round('minute');
    return withDate(
      amount.minutes > 0 ? withTime(components, moment.hour * 60 + moment.minute) : components,
      moment.toPlainDate(),
    );
  });
}

const endsOfThisMonth = [
  '(?:i )?slutet av (?:manaden|denna manad|den har manaden)|(?<!forra )manadens slut',
  `(?:taman )?(?<!\\b(?:viime|edellisen|joka|${numberWord}) )(?:kuun|kuukauden) (?:lopussa|loppuun)`,
  '(?:at )?(?:the )?end of (?:the |this )?month',
];
const endsOfNextMonth = [
  '(?:i )?slutet av nasta manad|nasta manads slut',
  '(?:ensi|seuraavan) (?:kuun|kuukauden) (?:lopussa|loppuun)',
  '(?:at )?(?:the )?end of next month',
];

const endsOfNamedMonth = [
  `(?:i )?slutet av (?<month>${month})`,
  `(?<month>${month})s slut`,
  `(?<month>${month}) (?:lopussa|loppuun)`,
  `(?:at )?(?:the )?end of (?<month>${month})`,
]
  .map((source) => `${source}(?: (?<year>20\\d\\d))?`)
  .join('|');

/** The last day of the month, today if it is that. */
function monthEnds(today: Temporal.PlainDate): Parser[] {
  const named = parser(`${by}(?:${endsOfNamedMonth})${mennessa}`, ({ month: name = '', year }, components) => {
    const inThisYear = today.toPlainYearMonth().with({ month: monthNumber(name) });
    const isOver = Temporal.PlainYearMonth.compare(inThisYear, today.toPlainYearMonth()) < 0;
    const inYear = inThisYear.with({ year: year ? Number(year) : today.year + (isOver ? 1 : 0) });
    return withDate(components, inYear.toPlainDate({ day: inYear.daysInMonth }));
  });
  const last = (names: readonly string[], month: Temporal.PlainDate): Parser =>
    parser(`${by}(?:${names.join('|')})${mennessa}`, (_groups, components) =>
      withDate(components, month.with({ day: month.daysInMonth })),
    );
  return [named, last(endsOfThisMonth, today), last(endsOfNextMonth, today.add({ months: 1 }))];
}

/** "sista fredagen i december", "maaliskuun 1. maanantai", "the first Monday of next month": the next one to come. */
function weekdayInMonth(today: Temporal.PlainDate): Parser {
  const number = '[1-5](?:\\.|:?[ae]|st|nd|rd|th)?';
  const weekdayInTurn = `${by}(?<turn>${turn}|${lastTurn}|${number}) (?<day>${weekdayName})`;
  const named = `(?<month>${month})`;
  const inYear = '(?:,? (?<year>20\\d\\d))?';
  const source = [
    `${weekdayInTurn} (?:(?:i|in|of) (?:${named}${inYear}|(?<next>nasta manad|next month)|denna manad|this month)|${named}ssa${inYear})`,
    `${by}(?:${named}${inYear}|(?<next>ensi|seuraavan) (?:kuun|kuukauden)|taman (?:kuun|kuukauden)) ${weekdayInTurn}`,
  ].join('|');
  return parser(`(?:${source})${partOfDay}${mennessa}`, (groups, components) => {
    const { turn: said = '', day = '', month: name, year, next } = groups;
    const dateIn = (first: Temporal.PlainYearMonth): Temporal.PlainDate | null =>
      dayInTurn(first, turnNumber(said), weekdayNumber(day));
    const thisMonth = today.toPlainYearMonth();
    if (name === undefined) return withDate(components, dateIn(thisMonth.add({ months: next ? 1 : 0 })));
    const inThisYear = thisMonth.with({ year: year ? Number(year) : today.year, month: monthNumber(name) });
    const date = dateIn(inThisYear);
    const isPast = date ? Temporal.PlainDate.compare(date, today) < 0 : inThisYear.month < today.month;
    return withDate(components, isPast && !year ? dateIn(inThisYear.add({ years: 1 })) : date);
  });
}

/** "sista fredagen": of which month nobody can tell. "last Friday" is the one before; "tredje man" and "second to last" are no days. */
const weekdayInNoMonth = parser(
  `(?<!(?:varje|var|joka|every) )${by}(?:${turn}|${lastTurn.replace('|last', '')}) ${longWeekdayName}`,
  (_groups, components) => withSeveral(components),
);

/**
 * "om två veckor på fredag", "perjantaina kahden viikon päästä": so many weeks after the next such day, where that is in the
 * week so many weeks from this one as well; else nobody can tell which of the two is meant.
 */
function weekdayInWeeks(today: Temporal.PlainDate): Parser {
  const weeks = `(?:(?:om|in) (?<sv>\\d{1,2}|${numberWord}) (?:veckor|vecka|weeks?)|(?<fi>\\d{1,2}|${numberWord}) viikon (?:paasta|kuluttua))`;
  const source = `${weeks},? (?:pa |on )?(?<name>${longWeekdayName})|(?:pa |on )?(?<name>${longWeekdayName}),? ${weeks}`;
  return parser(`${source}${mennessa}`, ({ sv, fi, name = '' }, components) => {
    const days = weekdayNumber(name) - today.dayOfWeek;
    const shift = { weeks: numberOf(sv ?? fi ?? '') };
    return days > 0 && Number.isInteger(shift.weeks)
      ? withDate(components, today.add({ days }).add(shift))
      : withSeveral(components);
  });
}

const nextWeek = '(?:i )?nasta vecka|ensi viikon|ensi viikolla|next week';
const thisWeek = '(?:i )?denna vecka|den har veckan|taman viikon|talla viikolla|this week';
const numbered = '(?:vecka|v|viikon|viikolla|viikko|vk|week)\\.? ?';
const week = (name: string): string =>
  `(?:(?<${name}Next>${nextWeek})|(?<${name}This>${thisWeek})|${numbered}(?<${name}>\\d{1,2}))`;
/** "nästa vecka", "v 50". */
export const aWeek = `(?:${nextWeek}|${thisWeek}|${numbered}\\d{1,2})`;

/**
 * A weekday alone is implied, not certain: the next such day after today, until it is known what else was said.
 * People do not agree on which day "next Friday" is. Here "nästa" and "next" mean that of the next calendar week, not
 * the nearest (M. Reuter, "Så dags nästa veckoskifte", Institutet för de inhemska språken, 1987), "ensi" and "seuraava"
 * the nearest (Kielitoimiston sanakirja, "ensi"); so show people the date that was read.
 */
function weekdays(today: Temporal.PlainDate): Parser {
  const last = 'forra|viime|last';
  const nearest = 'nu pa|ensi|seuraavana|seuraava|tulevana|tuleva|tana|(?:nast)?kommande|denna|this|coming';
  const source = `(?<!(?:varje|varannan|joka|every) )${by}(?:${week('before')} )?${by}(?:(?<last>${last}) |(?<next>nasta|next) |(?<overNext>nastnasta) |(?:${nearest}) )?(?<name>${weekday})${dayPart}(?:,? ${week('after')}|(?<later> (?:vecka|week))|(?<afterTheNext> after next))?${partOfDay}${mennessa}`;
  return parser(source, (groups, components) => {
    const dayOfWeek = weekdayNumber(groups.name ?? '');
    const monday = today.subtract({ days: today.dayOfWeek - 1 });
    const inWeek = (weeks: number): Temporal.PlainDate => monday.add({ days: weeks * 7 + dayOfWeek - 1 });
    const number = groups.before ?? groups.after;
    if (number) return withDate(components, inWeekNumber(Number(number), dayOfWeek, today));
    if (groups.overNext || groups.afterTheNext) return withDate(components, inWeek(2));
    if (groups.next || groups.beforeNext || groups.afterNext) return withDate(components, inWeek(1));
    if (groups.beforeThis || groups.afterThis) return withDate(components, inWeek(0));
    const passed = dayOfWeek < today.dayOfWeek;
    if (groups.last) return withDate(components, inWeek(passed ? 0 : -1));
    const next = inWeek(dayOfWeek > today.dayOfWeek ? 0 : 1);
    if (groups.later) return withDate(components, next.add({ days: 7 }));
    const { year, month, day } = next;
    return components.addTag(tags.weekday).imply('year', year).imply('month', month).imply('day', day);
  });
}

/** The next one to come; null when the year has no such week. */
function inWeekNumber(week: number, dayOfWeek: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const inYear = (year: number): Temporal.PlainDate => {
    const inFirstWeek = Temporal.PlainDate.from({ year, month: 1, day: 4 });
    return inFirstWeek.add({ days: (week - 1) * 7 + dayOfWeek - inFirstWeek.dayOfWeek });
  };
  const thisYear = inYear(today.year);
  const date = Temporal.PlainDate.compare(thisYear, today) < 0 ? inYear(today.year + 1) : thisYear;
  return date.weekOfYear === week ? date : null;
}

function calendarDate({ year, month, day }: Groups, components: ParsingComponents): ParsingComponents {
  const number = /^\d+$/.test(month ?? '') ? Number(month) : monthNumber(month ?? '');
  components.assign('month', number).assign('day', dayNumber(day ?? ''));
  return year ? components.assign('year', Number(year.length === 2 ? `20${year}` : year)) : components;
}

const day = '(?<day>\\d{1,2})';
const year = '(?<year>(?:19|20)\\d\\d)';
const shortMonth = '(?<month>0?[1-9]|1[0-2])';
const calendarDates = [
  `${notAfterAt}${by}${day}(?:\\.|:?[ae]|st|nd|rd|th)?(?: of)? ?(?<month>${month})(?!-[a-z])\\.?(?:,? ${year})?${mennessa}`,
  `${by}(?<day>${ordinalWord})(?: of)? (?<month>${month})(?:,? ${year})?${mennessa}`,
  `${by}(?<!\\b\\d{1,2}[^\\d\\s]{0,2} (?:of )?)(?<month>${month})\\.? ${day}(?:st|nd|rd|th|\\. paiva(?:na?|an)?)?(?:,? ${year})?${mennessa}`,
  `${by}${day}\\. ?(?<month>\\d{1,2})\\. ?${year}${mennessa}`,
  `${by}${day}\\.(?<month>\\d{1,2})\\.(?<year>\\d\\d)${mennessa}`,
  `${by}${day}\\. ?${shortMonth}\\.${mennessa}`,
  `den ${day}\\.${shortMonth}`,
  `${by}${day}[.-](?<month>\\d{1,2})-${year}`,
  // With two digits three times, the year may stand at either end.
  `${by}(?!\\d\\d-\\d\\d-)${day}-(?<month>\\d{1,2})-(?<year>\\d\\d)`,
  `${by}(?<year>\\d{4})-(?<month>\\d{1,2})-${day}`,
].map((source) => parser(source, calendarDate));

/** "den 27:e", "27. päivä", "on the 27th": the next one to come, where nothing after it says of what. */
function dayOfMonth(today: Temporal.PlainDate): Parser {
  const alone = '(?= *(?:$|[,;:.–-](?: |$)|(?:kl|klo|klockan|kello|at|from)[ .]|\\d))';
  const source = `(?:pa |senast |till )?den ${day}(?::?[ae])?${alone}|(?<!${month} )${day}\\.? paiva(?:na)?${alone}|(?:on|by|until) the ${day}(?:st|nd|rd|th)${alone}`;
  return parser(source, (groups, components) => {
    const number = Number(groups.day);
    const months = number > 31 || number < 1 ? [] : [0, 1, 2].map((months) => today.add({ months }).with({ day: 1 }));
    const dates = months.filter((first) => number <= first.daysInMonth).map((first) => first.with({ day: number }));
    return withDate(components, dates.find((date) => Temporal.PlainDate.compare(date, today) >= 0) ?? null);
  });
}

/** "26/27": neither number is a month. */
const schoolYear = '(?:1[3-9]|[2-9]\\d)/(?:1[3-9]|[2-9]\\d)(?!\\d)';

/**
 * "3/12", "3/12-26". A number that may be a day as well, "5/12-31", is a year only when it is this one or the next: nobody
 * can tell the others from the days between.
 */
function slashDate(today: Temporal.PlainDate): Parser {
  const source = `${by}(?!${schoolYear})${day}/(?<month>\\d{1,2})(?:(?<mark>[/.-])(?<year>\\d{4}|\\d\\d))?`;
  return parser(source, (groups, components) => {
    const last = groups.mark === '-' ? Number(groups.year) : 0;
    const isNear = [0, 1].some((years) => (today.year + years) % 100 === last);
    const isDay = last > Number(groups.day) && last <= 31;
    return isDay && !isNear ? withSeveral(components) : calendarDate(groups, components);
  });
}

export const partOf =
  '(?:part|item|phase|step|section|chapter|version|number|del|punkt|fas|steg|avsnitt|kapitel|nr|nummer|osa|kohta|vaihe|luku|versio|nro|numero)';
/** "Part 2 March 22", "punkt 3 december", "punkt 31.2": a number of that is no day, and what follows may be of either. */
const numberedPart = parser(
  `${partOf}\\.? \\d{1,2}(?: ?${month}(?: \\d{1,2}(?:st|nd|rd|th)?)?|\\.\\d{1,2})`,
  (_groups, components) => components,
);

/** "4.2" may be a day or the number of a section: see `Finding.dotted`. */
const dotted = parser('(?:0?[1-9]|[12]\\d|3[01])\\.[1-9]', (_groups, components) => components);

/** "3–5 december", "1.–3.12.", "December 3-5", "5/12–7", "3-5.27", "27-11-28", "first January 18": no one date. */
const severalDays = parser(
  [
    `${notAfterAt}\\d{1,2}\\.? ?(?:[-–]|till|to) ?\\d{1,2}\\.? ?${month}`,
    `${ordinalWord}(?: ?[-–] ?| (?:till|to|och|ja|and) )(?:den |the )?${ordinalWord}(?: of)? ${month}`,
    `${month} \\d{1,2} ?[-–] ?\\d{1,2}`,
    `${ordinalWord} ${month} \\d{1,2}`,
    `\\d{1,2} ?[-–] ?\\d{1,2}\\.${shortMonth}\\.(?:20\\d\\d)?`,
    `\\d{1,2}\\.(?:\\d{1,2}\\.)?(?:20\\d\\d)? ?[-–] ?\\d{1,2}\\.${shortMonth}(?:\\.(?:20\\d\\d)?)?`,
    `\\d{1,2}/${shortMonth}–\\d{1,2}(?:/\\d{1,2})?`,
    `\\d{1,2}-${shortMonth}\\.(?:20)?\\d\\d`,
    '\\d{1,2} ?[-–] ?\\d{1,2}\\.[1-9](?!\\d)',
    `\\d\\d-${shortMonth}-\\d\\d`,
  ].join('|'),
  (_groups, components) => withSeveral(components),
);
