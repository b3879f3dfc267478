import { foldInPlace, singleLine } from '../../shared/normalise.ts';
import type { Remains } from './say-remains.ts';
import { beginsAfter, endsBefore, readTime } from './say-times.ts';

/** Where a meeting is held, in words. */

const word = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`);
const marked = /(?<![\w-])(?:plats|paikka|place|location):? ([^¦,;\n]+)/;
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
/** Those in which the meetings of this work are usually held, and that it is seldom about; in a school much happens. */
const usual = new RegExp(
  [
    '(?:bibliotek|polisstation|polishus|stadshus|kommunhus|radhus|kulturhus|ungdomsgard|kommungard|forsamlingshem|motesrum|konferensrum|kontor|socialbyra|halsostation|halsocentral|kansli|kafe)(?:et|met|en|n)?$',
    '(?:kirjasto|poliisiasema|poliisilaitokse|terveysasema|terveyskeskukse|hyvinvointikeskukse|kaupungintalo|kunnantalo|nuorisotalo|seurakuntatalo|toimisto|virasto|neuvotteluhuonee|kokoushuonee|kahvila|nuorisotila)(?:ssa|lla)$',
    '(?:library|police station|town hall|city hall|parish hall|office|meeting room|youth cent(?:re|er)|health cent(?:re|er)|cafe|headquarters)$',
  ].join('|'),
);
/** "om inbrottet i biblioteket". */
const about = /(?:^| )(?:om|angaende|gallande|aiheena|aihe|about|concerning) [^¦,;:\n]*$/;
/** "i biblioteket med teamet", where the team has been taken. */
const beforeTaken = /^ (?:med|for|till|och|with|and|ja) +(?=¦)/;

/** As it was written, without what only led to it; empty when nothing is said of it. */
export function takePlaces(remains: Remains, now: Temporal.ZonedDateTime): string[] {
  return [takeMarked(remains, now), takeRoom(remains), takeHouse(remains, now)].flatMap((place) => place ?? []);
}

/** Up to a comma, or to where a day or a time is said. */
function takeMarked(remains: Remains, now: Temporal.ZonedDateTime): string | null {
  const [whole = '', value = ''] = remains.find(marked) ?? [];
  const words = value.trim().split(' ').filter(Boolean);
  const saysTime = (text: string): boolean => {
    const { date, time, minutes } = readTime(text, now);
    return date !== null || time !== null || minutes !== null;
  };
  while (saysTime(words.join(' '))) words.pop();
  if (words.length === 0) return null;
  const marker = whole.slice(0, whole.length - value.length);
  return remains.takeWords(`${marker}${words.join(' ')}`)?.slice(marker.length) ?? null;
}

function takeRoom(remains: Remains): string | null {
  const said = remains.take(room)?.written;
  return said?.replace(/^in? /i, '').replace(/^(\S*huone)essa/i, '$1') ?? null;
}

/**
 * "på biblioteket" as a phrase of its own; beside other words it may be what the meeting is about, "Läget i skolan", but for a
 * {@link usual} place that ends or begins them: "Ärendegenomgång i biblioteket".
 */
function takeHouse(remains: Remains, now: Temporal.ZonedDateTime): string | null {
  const text = remains.text();
  const folded = foldInPlace(text);
  for (const { index, 0: found } of folded.matchAll(house)) {
    const end = index + found.length;
    const begins = beginsAfter(text.slice(0, index), now);
    const ends = endsBefore(text.slice(end).replace(beforeTaken, ''), now);
    const isPlace = usual.test(found) ? (begins || ends) && !about.test(folded.slice(0, index)) : begins && ends;
    if (!isPlace) continue;
    const said = remains.takeWords(text.slice(index, end));
    return said && singleLine(said).replace(/^(?:i|på|hos|vid|at|in) (?:the )?/i, '');
  }
  return null;
}
