/**
 * What days, months and numbers are called in Swedish, Finnish and English, folded (lower case, no diacritics), as
 * sources of regular expressions. The languages share one list: a bilingual team does not keep them apart either.
 */

/** Monday first. Plurals ("torsdagar", "torstaisin", "Thursdays") are habits and no day, so they are not here. */
const weekdays = [
  ['mandag', 'maanantai', 'monday'],
  ['tisdag', 'tiistai', 'tuesday'],
  ['onsdag', 'keskivii(?:kko|ko(?=sta|lle))', 'wednesday'],
  ['torsdag', 'torstai', 'thursday'],
  ['fredag', 'perjantai', 'friday'],
  ['lordag', 'lauantai', 'saturday'],
  ['sondag', 'sunnuntai', 'sunday'],
] as const;
const longWeekdays = weekdays.map(([sv, fi, en]) => `${sv}(?:en)?|${fi}(?:na|ksi|hin|lle|on|n|sta|ta|a)?|${en}`);

/** Of one to nine, before an ending: "kahden", "kahdelta", "kahdentoista". */
const finnish = ['yhde', 'kahde', 'kolme', 'nelja', 'viide', 'kuude', 'seitsema', 'kahdeksa', 'yhdeksa'];

/** "yhdeksältä", "yhdeltätoista": such a one is an hour also without what leads to it. */
export const finnishHour = `(?:(?:yhde|kahde)ltatoista|(?:${finnish.join('|')})lta|kymmenelta)`;

const shortWeekdays = [
  'man|ma|mon',
  'tis?|tues?',
  'ons|ke|wed',
  'tors|thu(?:rs?)?|to',
  'fre|pe|fri',
  'lor|la|sat',
  'son|su|sun',
];

/** After a short one it tells that a day is meant. */
const partOfDayWord = '(?:kvall|morgon|formiddag|eftermiddag|illalla|iltana|aamulla|aamuna|evening|morning|afternoon)';

/**
 * The short ones are words of their own too ("fri", "sun", "la"): they are days only where a date or time follows.
 * "to" is most often English, so it is Thursday only before what a Finn would write: "to 3.12.", "to klo 9".
 */
export const weekday = `(?:${longWeekdays.join('|')}|${shortWeekdaysWhere()})`;

function shortWeekdaysWhere(): string {
  const safe = shortWeekdays.join('|').replace('|to|', '|');
  return `(?:${safe})(?=[.,]{0,2} ?(?:(?:from|fran|mellan|between) )?(?:kl|klo|kello|at|den)?[. ]{0,2}(?:\\d|(?:halv|kvart|puoli|half past) [a-z])| (?:${longWeekdays.join('|')})(?![a-z])| (?:(?:klo?|kello) )?${finnishHour}(?![a-z])| ${partOfDayWord}(?![a-z]))|to(?= ${partOfDayWord}(?![a-z]))|to(?= (?:klo?|kello)[. ])|to(?= ${finnishHour}(?![a-z]))|to(?= \\d{1,2}\\.)`;
}

export const longWeekdayName = `(?:${longWeekdays.join('|')})(?![a-z])`;

/** Also the short ones, whatever follows: where only a weekday can stand. */
export const weekdayName = `(?:${longWeekdayName}|(?:${shortWeekdays.join('|')})(?![a-z]))`;

/** ISO: 1 is Monday. */
export function weekdayNumber(name: string): number {
  return 1 + longWeekdays.findIndex((long, index) => isWhole(name, `${long}|${shortWeekdays[index]}`));
}

/** One that stands alone, also a short one, by a name that nothing else has. */
export function fullWeekday(name: string): string {
  return weekdays[weekdayNumber(name) - 1]?.[0] ?? name;
}

/** January first. */
const months = [
  'jan(?:uari|uary)?|tammi',
  'feb(?:ruari|ruary)?|helmi',
  'mar(?:s|ch)?|maalis',
  'apr(?:il)?|huhti',
  'maj|may|touko',
  'jun[ei]?|kesa',
  'jul[iy]?|heina',
  'aug(?:usti|ust)?|elo',
  'sep(?:tember|t)?|syys',
  'o[ck]t(?:ober)?|loka',
  'nov(?:ember)?|marras',
  'dec(?:ember)?|joulu',
].map((names) => `(?:${names}(?:kuuta|kuun|kuu|k)?)`);

export const month = `(?:${months.join('|')})`;

/** 1 is January. */
export function monthNumber(name: string): number {
  return 1 + months.findIndex((names) => isWhole(name, names));
}

function isWhole(text: string, source: string): boolean {
  return new RegExp(`^(?:${source})$`).test(text);
}

/** From one on. */
const counted = [
  'ett tva tre fyra fem sex sju atta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo',
  'yksi kaksi kolme nelja viisi kuusi seitseman kahdeksan yhdeksan kymmenen yksitoista kaksitoista kolmetoista neljatoista viisitoista kuusitoista seitsemantoista kahdeksantoista yhdeksantoista kaksikymmenta',
  `${finnish.join('n ')}n kymmenen ${finnish.join('ntoista ')}ntoista kahdenkymmenen`,
  `${finnish.join('lta ')}lta kymmenelta yhdeltatoista kahdeltatoista`,
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen',
].flatMap((list) => list.split(' ').map((word, index): [string, number] => [word, index + 1]));

const numbers = new Map([
  ...counted,
  ...['en', 'a', 'an'].map((word): [string, number] => [word, 1]),
  ...['par', 'ett par', 'parin', 'pari', 'couple of', 'a couple of'].map((word): [string, number] => [word, 2]),
  ...['halv', 'en halv', 'puoli', 'puolen', 'half', 'half an'].map((word): [string, number] => [word, 0.5]),
  ...['en och en halv', 'puolitoista', 'puolentoista', 'one and a half'].map((word): [string, number] => [word, 1.5]),
]);

/** "två", "puolitoista"; not "kahdelta", an hour: "kahdelta tunti" is at two for an hour. */
export const numberWord = alternatives([...numbers.keys()].filter((word) => !/lta(?:toista)?$/.test(word)));
/** "2", "1,5", "1½". */
export const numeral = '(?:\\d{1,3}(?:[.,]\\d{1,2}|½)?|½)';
/** "tre", "kolmelta". */
export const hourWord = alternatives(counted.map(([word]) => word));

/** The value of a {@link numberWord}, a {@link numeral} or an {@link hourWord}. */
export function numberOf(text: string): number {
  return numbers.get(text) ?? Number(text.replace('½', '.5').replace(',', '.'));
}

/** Of the days of a month, from the first on: "femte", "viides". */
const ordinals = [
  'forsta andra tredje fjarde femte sjatte sjunde attonde nionde tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde nittonde tjugonde tjugoforsta tjugoandra tjugotredje tjugofjarde tjugofemte tjugosjatte tjugosjunde tjugoattonde tjugonionde trettionde trettioforsta',
  'ensimmainen toinen kolmas neljas viides kuudes seitsemas kahdeksas yhdeksas kymmenes yhdestoista kahdestoista kolmastoista neljastoista viidestoista kuudestoista seitsemastoista kahdeksastoista yhdeksastoista kahdeskymmenes',
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
].flatMap((list) => list.split(' ').map((word, index): [string, number] => [word, index + 1]));
const days = new Map(ordinals);
export const ordinalWord = alternatives(days.keys());

/** The day of a month that an {@link ordinalWord}, or a number, says. */
export function dayNumber(text: string): number {
  return days.get(text) ?? Number(text);
}

/** The longest first, because a regular expression takes the first that fits. */
function alternatives(words: Iterable<string>): string {
  return `(?:${[...words].sort((a, b) => b.length - a.length).join('|')})`;
}

/** "kl 9 mars planering", "at 11 Minutes of last time": that is an hour, and what follows is of something else. */
export const notAfterAt = '(?<!\\b(?:klockan|kl|kello|klo|at)[. ]{1,2})';
