import { month, weekday } from '../../dates/words.ts';
import type { Directory, Person } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { stemsOf } from '../../shared/name-forms.ts';
import { foldInPlace, foldText } from '../../shared/normalise.ts';
import { gap, type Remains } from './say-remains.ts';
import { beginsAfter } from './say-times.ts';

/** People of the region by name, also as Swedish and Finnish inflect it: "Marias", "Petrin", "Aaltoselle", "Jonaksen". */

export interface SaidPeople {
  /** In the order in which they are named. */
  named: readonly PersonId[];
  /** Names of nobody there, or of several, as they were written: who they are is to be asked. */
  unknown: readonly string[];
}

/**
 * Something of somebody's, "Petris ärenden", may be what the meeting is about: that stays where it is. So does a name that
 * may be a part of the title, "Samarbete med Raseborg".
 */
export function takePeople(
  remains: Remains,
  { people, municipalities }: Pick<Directory, 'people' | 'municipalities'>,
  now: Temporal.ZonedDateTime,
): SaidPeople {
  const named = new Map<PersonId, number>();
  const taken: number[] = [];
  for (const [person, pattern] of namesOf(people)) {
    const match = remains.find(pattern);
    if (!match || named.has(person)) continue;
    const after = match.input.slice(match.index + match[0].length);
    if (!match.groups?.genitive || together.test(after)) {
      remains.take(pattern);
      taken.push(match.index);
    }
    named.set(person, match.index);
  }
  const places = municipalities.flatMap(({ name }) => Object.values(name).map(foldText));
  const isPlace = (name: string): boolean => places.some((place) => foldText(name).startsWith(place));
  const unknown = unknownIn(remains.text(), taken, now).filter((name) => !isPlace(name));
  for (const name of unknown) remains.take(new RegExp(`(?<![\\w-])${foldInPlace(name)}(?![\\w-])`));
  return { named: [...named].toSorted(([, a], [, b]) => a - b).map(([person]) => person), unknown };
}

/** Capitals tell a name, but no day: "with Kalle Thursday". */
const notAName = new RegExp(
  `^(?:${weekday}|${month}|i ?dag|i ?mor(?:gon|ron|n)|huomenna|tanaan|today|tomorrow)(?![a-z])`,
);
const capitalised = "\\p{Lu}[\\p{L}'’-]+";
const oneOf = `(?:${gap} *|${capitalised}(?: ${capitalised}){0,2})`;
const joined = '(?:och|ja|and|samt|sek[äa]|&|\\+)';
const list = `${oneOf}(?:(?:, ?${oneOf})*,? ?(?<!\\p{L})${joined} ${oneOf})?`;
/** "med Petri och Kalle", "Petrin ja Kallen kanssa", and of those that are known by their place "Petri och Kalle". */
const companies = new RegExp(
  `(?:(?<![\\p{L}-])(?:[Tt]illsammans med|[Tt]ogether with|[Mm]ed|[Ww]ith) (?<led>${list}))|(?:(?<![\\p{L}-])(?<trailed>${list}) ?kanssa(?!\\p{L}))|(?<![\\p{L}-])(?<bare>${oneOf} ?${joined} ${oneOf})`,
  'gu',
);

/** The names in the text that nobody has understood; `taken` is where people were. */
function unknownIn(text: string, taken: readonly number[], now: Temporal.ZonedDateTime): string[] {
  // All in capitals they tell nothing.
  if (!/\p{Ll}/u.test(text)) return [];
  return [...text.matchAll(companies)].flatMap((match) => {
    const { led, trailed, bare } = match.groups ?? {};
    const isKnown = taken.some((at) => at >= match.index && at < match.index + match[0].length);
    if (bare ? !isKnown : !isKnown && !beginsAfter(text.slice(0, match.index), now)) return [];
    return namesIn(led ?? trailed ?? bare ?? '');
  });
}

function namesIn(people: string): string[] {
  const names = people.split(new RegExp(`[${gap},]| ?(?<!\\p{L})${joined}(?!\\p{L}) ?`, 'u'));
  return names.flatMap((name) => {
    const words = name.trim().split(' ');
    const end = words.findIndex((word) => notAName.test(foldInPlace(word)));
    return words.slice(0, end < 0 ? undefined : end).join(' ') || [];
  });
}

/** "Marian ja Petrin kanssa": then it is they who come. */
const together = /^[^.;:\n]{0,60}?(?<![\w-])kanssa(?![\w-])/;

/** Full names before first names. */
function namesOf(people: readonly Person[]): (readonly [PersonId, RegExp])[] {
  const partsOf = ({ name }: Person): string[] => foldText(name).split(' ').filter(Boolean);
  const isUnique = (first: string): boolean => people.filter((person) => partsOf(person)[0] === first).length === 1;
  const full = people.map((person) => [person.id, patternOf(partsOf(person))] as const);
  const firsts = people.flatMap((person) => {
    const [first = ''] = partsOf(person);
    // Two letters are too often a word.
    return first.length > 2 && isUnique(first) ? [[person.id, patternOf([first])] as const] : [];
  });
  return [...full, ...firsts];
}

const anyOf = (name: string): string => `(?:${stemsOf(name).join('|')})`;

function patternOf(parts: readonly string[]): RegExp {
  // "Maria Lindqvistin": only the last is inflected, but in "Sofian Ekholmin" both may be.
  const given = parts.slice(0, -1).map((part) => `${anyOf(part)}${endings}?`);
  const whole = [...given, `${anyOf(parts.at(-1) ?? '')}(?:(?<genitive>${genitives})|${endings})?`].join('[ -]+');
  return new RegExp(`(?<![\\w-])${whole}(?![\\w-])`);
}

const genitives = "(?:['’]?s|n|in|en)";
const endings = `(?:${genitives}|lle|ille|elle|lla|illa|lta|ilta|ssa|issa|sta|ista|a|ia|ta|t)`;
