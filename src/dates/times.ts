import { ages, amountOf, numberOfPeople, timeAmount, unitName } from './amounts.ts';
import { type Groups, parser, tags, withLength, withTime } from './parser.ts';
import { finnishHour, hourWord, notAfterAt, numberOf } from './words.ts';

const at = '(?:(?:klockan|kl|kello|klo|at)[. ]{0,2})';
const clockHour = '(?<hour>\\d{1,2})';
/** In "kl 9 Am-frågor" it begins a word. */
const halfOf = (name: string): string => `(?: ?(?<${name}>[ap])\\.?m\\.?(?!-?[a-z]))`;
const half = halfOf('half');
const end = `${at}?(?<toHour>\\d{1,2})(?:[.:](?<toMinute>\\d\\d))?${halfOf('toHalf')}?`;
const until = `(?: ?(?:-|–|till|to) ?${end})`;
const minuteOfHour = '(?:[.:](?<minute>\\d\\d))?';

/** "mellan 13 och 15 barn och unga": hours, unless another time is said, or nobody meets then: "mellan 3 och 5 familjer". */
const counting =
  '(?:(?= (?:(?<people>personer|people|persons)|(?<some>barn|unga|elever|familjer|ungdomar|children|young people|students|pupils|families))(?![a-z]))|)';

/** "barn mellan 7 och 12 år": no time is said there. */
const age = parser(`(?:(?:mellan|between) )?(?:${ages})`, (_groups, components) => components);

/** "8–10 henkilöä": nor there, but for "kl 8–10 ungdomar". */
const people = parser(
  `(?<!\\b(?:klockan|kl|kello|klo|at|fran|from|mellan|between)[. ]{1,2})${numberOfPeople}`,
  (_groups, components) => components,
);

/** "14.30", "kl 9", "2 pm", "klo 9-11", "mellan 13 och 15", "9:stä 11:een"; a span is a length too. */
const clock = parser(
  [
    `(?:mellan|between) ${at}?${clockHour}${minuteOfHour}${half}? (?:och|and) ${end}${counting}`,
    `${at}?${clockHour}${minuteOfHour} ja ${end} valilla`,
    `${at}?${clockHour}${minuteOfHour}:(?:sta|lta) ${end}:[a-z]{2,4}`,
    `(?:(?:from|fran) )?${at}?${clockHour}[.:](?<minute>\\d\\d)${half}?${until}?(?::[a-z]{1,4})?`,
    `(?:(?:from |fran )?${at}|from )${clockHour}(?: o.?clock)?${half}?${until}?(?::[a-z]{1,4})?`,
    `${clockHour}${half}${until}?`,
    `fran ${clockHour}${until}`,
    `(?<=(?:dag|dagen|morgon|morron|tai|taina|viikkona|huomenna|tanaan|day|tomorrow|\\d\\.),? )${clockHour}${until}(?! (?!(?:v|vecka|viikko|vk|week) ?\\d)(?:${unitName})(?![a-z]))`,
  ].join('|'),
  (groups, components) => {
    const start = startOf(groups);
    if (isMoved(groups)) components.addTag(tags.moved);
    const { people, some, hour = '', minute } = groups;
    if (people || (some && Number(hour) < 7 && !minute)) return components;
    if (some) components.addTag(tags.counting);
    if (groups.toHour === undefined) return withTime(components, start);
    const minutes = endAfter(start, groups) - start;
    return minutes > 0 ? withLength(withTime(components, start), minutes) : withTime(components, impossible);
  },
);

const impossible = Number.NaN;

/**
 * "6.30" is what it says, as clocks here are written; "kl 6" is said, as people say it of the evening too. In "8 to 9 pm" both
 * are of the evening, in "11 to 1 pm" only the end can be.
 */
function startOf({ hour = '', minute, half, toHour = '', toMinute, toHalf }: Groups): number {
  const alike = minuteOfDay(hour, minute, half ?? toHalf);
  const isAfterEnd = !half && toHalf === 'p' && alike >= minuteOfDay(toHour, toMinute, toHalf);
  const start = isAfterEnd ? minuteOfDay(hour, minute, 'a') : alike;
  return isSaid({ hour, minute, half, toHalf }) ? inWorkingDay(start) : start;
}

const isSaid = ({ hour = '', minute, half, toHalf }: Groups): boolean =>
  hour.length === 1 && minute === undefined && !(half ?? toHalf);
const isMoved = (groups: Groups): boolean => isSaid(groups) && inWorkingDay(Number(groups.hour) * 60) >= 12 * 60;

/** In hours: "9–5" is a working day, and in "9–8" one of the two is mistaken. */
const longestInWords = 9;

/** In "9–5" and "2–3.30" what follows is later, so its one digit may be of the afternoon. */
function endAfter(start: number, { toHour = '', toMinute, toHalf }: Groups): number {
  const end = minuteOfDay(toHour, toMinute, toHalf);
  const ofAfternoon = end + 12 * 60;
  return toHour.length === 1 && !toHalf && end <= start && ofAfternoon - start <= longestInWords * 60
    ? ofAfternoon
    : end;
}

/** As it is written, up to 24.00, at which a span may end. */
function minuteOfDay(hour: string, minute = '00', half?: string): number {
  const counted = Number(hour) * 60 + Number(minute);
  const written = /^[0-5]\d$/.test(minute) && counted <= 24 * 60 ? counted : impossible;
  if (!half) return written;
  return Number(hour) > 12 ? impossible : (written % 720) + (half === 'p' ? 720 : 0);
}

/** Of the two that "three" may be, the one at which people meet: from seven in the morning to seven in the evening. */
function inWorkingDay(minuteOfDay: number): number {
  return minuteOfDay < 7 * 60 ? minuteOfDay + 12 * 60 : minuteOfDay;
}

const shifts = {
  half: { names: 'halv|puoli', minutes: -30 },
  halfPast: { names: 'half past', minutes: 30 },
  past: { names: 'kvart over|(?:vartin|varttia) yli|(?:a )?quarter past', minutes: 15 },
  to: { names: 'kvart i|(?:vartin|varttia) vaille|(?:a )?quarter to', minutes: -15 },
};
const shift = Object.entries(shifts)
  .map(([name, { names }]) => `(?<${name}>${names})`)
  .join('|');

const partWord = '(?:pa (?:morgonen|formiddagen|eftermiddagen|kvallen)|in the (?:morning|afternoon|evening))(?![a-z])';
/** Hours that say by themselves that they are: "yhdeksältä", but not "palaute kahdelta nuorelta"; "nine o'clock", "vid niotiden". */
const bareHours = [
  `(?<hour>${finnishHour})(?! (?:[a-z-]+ )?[a-z-]*lta(?![a-z]))`,
  `(?<hour>${hourWord}) o.?clock`,
  `vid (?<hour>${hourWord})-?tiden`,
  `vid (?<hour>${hourWord})(?= *(?:$|[,;¦])| ${partWord})`,
  `(?<hour>${hourWord})(?= ${partWord})`,
];

/** "at ten to three", "at nine thirty": that is another time, which is asked. */
const notMinutes = `(?! (?:past|to|over|i|yli|vaille) ${hourWord}(?![a-z])| (?:thirty|forty|twenty|fifteen|ten|trettio|fyrtio|tjugo|femton|kolmekymmenta|viisitoista)(?![a-z])|-(?:thirty|fifteen))`;

/** "halv tre", "puoli kolme", "quarter past two", "klockan tre". What is said before half is not read: "fem i halv tre". */
const saidClock = parser(
  `${at}?(?<!(?:\\bi|over|yli|vaille|past|to) )(?:${shift}) (?<hour>${hourWord}|[1-9]\\d?)|${at}(?<hour>${hourWord})(?: o.?clock)?(?! (?:time|point|of))${notMinutes}|(?<bare>${bareHours.join('|')})`,
  (groups, components) => {
    const shifted = Object.entries(shifts).find(([name]) => groups[name] !== undefined)?.[1].minutes ?? 0;
    const start = numberOf(groups.hour ?? '') * 60 + shifted;
    if (groups.bare !== undefined) components.addTag(tags.counting);
    if (inWorkingDay(start) !== start) components.addTag(tags.moved);
    return withTime(components, inWorkingDay(start));
  },
);

const noon = parser('(?:at )?(?:noon|midday)|(?:klo )?keskipaivalla|mitt pa dagen', (_groups, components) =>
  withTime(components, 12 * 60),
);

/** "halv tre Minuter från senast", "9–11 Minutes of last time". */
const notAfterClock = `(?<!(?:${Object.values(shifts)
  .map(({ names }) => names)
  .join('|')}) |\\d ?[-–] ?)`;

const length = parser(
  `${notAfterAt}${notAfterClock}(?:for |i )?(?<amount>${timeAmount})`,
  ({ amount = '' }, components) => withLength(components, amountOf(amount)?.minutes ?? 0),
);

export const timeParsers = [age, people, clock, saidClock, noon, length];
