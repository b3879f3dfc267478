import { month, weekdayName } from '../../dates/words.ts';
import { foldInPlace, singleLine } from '../../shared/normalise.ts';
import type { Remains } from './say-remains.ts';
import { beginsAfter, endsBefore, readTime } from './say-times.ts';

/** Where a meeting is held, in words. */

const word = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`);
const marked = /(?<![\w-])(?:plats|paikka|place|location):? ([^¦,;\n]+)/;
const hourMark = /^(?:kl|klo|klockan|kello|at)\.?$/i;
const room = word(
  '(?:(?:i|in) )?(?:motesrum|rum|neuvotteluhuone(?:essa)?|huone(?:essa)?|meeting room|room) [\\w-]*\\d[\\w-]*',
);
/** "på torsdag i biblioteket", "at 9 at the library": what leads to one place is in no other. */
const between = "(?:(?!(?:i|pa|hos|vid|at|in|on|the|with|med|for|kl|klo)(?![\\w-])|\\d)[\\w'-]+ ){0,2}";
/** What people meet in, in each language as it ends such a phrase. */
const houses = [
  `(?:i|pa|hos|vid) ${between}[\\w-]*(?:bibliotek|station|rum|hus|kontor|skola|gard|byra|sal|kansli|kafe|center|centrum|mottagning|klinik|lokal|forsamlingshem)(?:et|met|en|n)?`,
  '(?:[\\w-]+n )?[\\w-]*(?:kirjasto|asema|talo|toimisto|koulu|huonee|keskukse|laitokse|sali|virasto|kahvila|nuorisotila|klinika)(?:ssa|lla)',
  `(?:at|in) (?:the )?${between}(?:library|station|office|school|hall|house|room|centre|center|building|cafe|clinic|headquarters)`,
];
const house = new RegExp(`(?<![\\w-])(?:${houses.join('|')})(?![\\w-])`, 'g');
/** The town after it is of the same place: "på ungdomsgården i Ingå", "kirjastossa Lohjalla". */
const town = /^ (?:(?:i|in|på) \p{Lu}[\p{L}-]+|\p{Lu}[\p{L}-]+(?:ssa|ssä|lla|llä))(?![\p{L}-])/u;
const saysWhen = new RegExp(`^ (?:(?:i|in|pa) )?(?:${weekdayName}|${month}|${month}ssa)(?![a-z])`);
/** "i biblioteket med teamet", where the team has been taken. */
const beforeTaken = /^ (?:med|for|till|och|with|and|ja) +(?=¦)/;

/** As it was written, without what only led to it; empty when nothing is said of it. */
export function takePlaces(remains: Remains, now: Temporal.ZonedDateTime): string[] {
  return [takeMarked(remains, now), takeRoom(remains), takeHouse(remains, now)].flatMap((place) => place ?? []);
}

/** Up to a comma, or to where a day or a time is said. */
function takeMarked(remains: Remains, now: Temporal.ZonedDateTime): string | null {
  const [whole = '', value = ''] = remains.find(marked) ?? [];
  // What was marked to stay where it is is no place.
  const [place = ''] = value.split(/[\uE000-\uF8FF]/);
  const words = place.trim().split(' ').filter(Boolean);
  const saysTime = (text: string): boolean => {
    const { date, time, minutes } = readTime(text, now);
    return date !== null || time !== null || minutes !== null;
  };
  while (saysTime(words.join(' ')) || hourMark.test(words.at(-1) ?? '')) words.pop();
  if (words.length === 0) return null;
  const marker = whole.slice(0, whole.length - value.length);
  return remains.takeWords(`${marker}${words.join(' ')}`)?.slice(marker.length) ?? null;
}

function takeRoom(remains: Remains): string | null {
  const said = remains.take(room)?.written;
  return said?.replace(/^in? /i, '').replace(/^(\S*huone)essa/i, '$1') ?? null;
}

/** "på biblioteket" as a phrase of its own; beside other words it may be what the meeting is about, "Läget i skolan". */
function takeHouse(remains: Remains, now: Temporal.ZonedDateTime): string | null {
  const text = remains.text();
  for (const { index, 0: found } of foldInPlace(text).matchAll(house)) {
    const after = text.slice(index + found.length);
    const said = found.length + (saysWhen.test(foldInPlace(after)) ? 0 : (town.exec(after)?.[0].length ?? 0));
    const rest = text.slice(index + said).replace(beforeTaken, '');
    if (!beginsAfter(text.slice(0, index), now) || !endsBefore(rest, now)) continue;
    const taken = remains.takeWords(text.slice(index, index + said));
    return taken && singleLine(taken).replace(/^(?:i|på|hos|vid|at|in) (?:the )?/i, '');
  }
  return null;
}
