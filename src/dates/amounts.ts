import { numberOf, numberWord, numeral } from './words.ts';

/** A sum of units, not negative. */
export interface Amount {
  readonly minutes: number;
  readonly days: number;
  readonly months: number;
}

interface Unit {
  names: string;
  /** One of it. */
  is: Partial<Amount>;
}

/** Letters that are a unit only after digits: "en t.ex." is no hour. */
const shortHours = 'h|t|hrs?|tim';
const timeUnits: readonly Unit[] = [
  { names: 'minuter|minuten|minut|minuuttia|minuutti|minuutin|minutes|minute|mins|min', is: { minutes: 1 } },
  { names: 'kvartar|kvart|varttia|vartti|vartin|quarters of an hour|quarter of an hour', is: { minutes: 15 } },
  { names: 'halvtimme|halvtimmes', is: { minutes: 30 } },
  { names: 'hour and a half', is: { minutes: 90 } },
  { names: `timmar|timmes|timmen|timme|tuntia|tunnin|tunti|hours|hour|${shortHours}`, is: { minutes: 60 } },
];
const dayUnits: readonly Unit[] = [
  { names: 'dagar|dag|paivaa|paivan|paiva|pv|days|day', is: { days: 1 } },
  { names: 'veckor|vecka|v|viikkoa|viikon|viikko|vk|weeks|week', is: { days: 7 } },
  { names: 'manader|manad|kuukautta|kuukauden|kuukausi|kk|months|month', is: { months: 1 } },
];
const allUnits = [...timeUnits, ...dayUnits];

/** What any amount is counted in. */
export const unitName = allUnits.map(({ names }) => names).join('|');

/** These mean one of them without a number: "tunnin kokous", "viikon päästä". */
const alone = 'timme|halvtimme|tunti|tunnin|vartti|vartin|paivan|viikon|kuukauden';

/** "kl 13 tunti" is an hour, and then how long: a number of several has another form. */
export const hourAnd = '(?:[7-9]|1\\d|2[0-3]) (?:timme|halvtimme|tunti|vartti)(?![a-z])';

/** "14.30 timmar och pengar": nobody counts so many hours to the hundredth. */
const clock = '(?:[7-9]|1\\d|2[0-3])\\.[0-5]\\d ';

/** "Tunti kerrallaan", "en timme i taget": how something is done, and not how long it takes. */
const perTime = ' (?:kerrallaan|i taget|at a time)(?![a-z])';

function sumOf(units: readonly Unit[]): string {
  const names = units.map((unit) => unit.names).join('|');
  const long = names.replace(`|${shortHours}`, '');
  const single = alone.split('|').filter((name) => names.split('|').includes(name));
  const one = `(?:(?!${hourAnd}|${clock})${numeral} ?(?:${names})|${numberWord} (?:${long})|(?<!(?:muutaman|monen|usean) )(?:${single.join('|')}))(?![a-z\\d]|${perTime})`;
  return `(?:${one}(?:(?:,? | och | ja | and )${one})?)`;
}

/** "1 h 30 min", "en och en halv timme", "puoli tuntia". */
export const timeAmount = sumOf(timeUnits);
/** Those, and "två veckor", "kuukauden", "14 days". */
export const anyAmount = sumOf(allUnits);

/** After a number, so many of them; the hours of a meeting are no number of people. */
export const peopleCounted =
  '(?:personer|person|pers|deltagare|barn|unga|ungdomar|elever|familjer|pojkar|flickor|henkiloa|henkilon|henkea|hengen|hloa?|osallistujaa|lasta|nuorta|oppilasta|perhetta|poikaa|tyttoa|people|persons?|participants|children|kids|young people|youths|teenagers|pupils|students|families|boys|girls)(?![a-z])';

const toNumber = ' ?(?:[-–]|till|to|och|and|ja) ?\\d{1,2}';
const old = 'ar(?:s|ig[a-z]*|ing[a-z]*)|years?|v(?! ?\\d)|vuotta';
/** "13–15 år", "13-15 v", "13 to 15 year olds", "13–15-vuotiaat", "15-åringens", "aged 13–15": how old people are. */
export const ages = [
  `(?:aged|ages|i aldern|ialtaan) \\d{1,2}(?:${toNumber})?`,
  `\\d{1,2}${toNumber}[- ]?(?:(?:ar|${old})(?![a-z])|vuoti[a-z]*)`,
  // "7 är" is no age.
  `\\d{1,2}[- ]?(?:(?:ar gam[a-z]*|${old})(?![a-z])|vuoti[a-z]*)`,
].join('|');
/** "10–12 ungdomar", "15 unga". */
export const numberOfPeople = `\\d{1,2}(?: ?(?:[-–]|till|to) ?\\d{1,2})? ${peopleCounted}`;

const parts = new RegExp(`(?:(${numeral}|${numberWord}) ?)?(${unitName})(?![a-z])`, 'g');

/** What an {@link anyAmount} comes to, to the minute; null when it has a part of a day or a month. */
export function amountOf(text: string): Amount | null {
  const total = { minutes: 0, days: 0, months: 0 };
  for (const [, count = 'en', name = ''] of text.matchAll(parts)) {
    const one = allUnits.find(({ names }) => names.split('|').includes(name))?.is;
    for (const unit of ['minutes', 'days', 'months'] as const) total[unit] += numberOf(count) * (one?.[unit] ?? 0);
  }
  return Number.isInteger(total.days + total.months) ? { ...total, minutes: Math.round(total.minutes) } : null;
}
