import type { Directory, Person } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { stemsOf } from '../shared/names.ts';
import { foldText } from '../shared/normalise.ts';
import type { Remains } from './say-remains.ts';

/** People of the region by name, also as Swedish and Finnish inflect it: "Marias", "Petrin", "Aaltoselle", "Jonaksen". */

/**
 * Those who are named, in the order in which they are; a first name of several is nobody's. Something of somebody's, "Petris
 * ärenden", may be what the meeting is about: that stays where it is.
 */
export function takePeople(remains: Remains, { people }: Pick<Directory, 'people'>): PersonId[] {
  const named = new Map<PersonId, number>();
  for (const [person, pattern] of namesOf(people)) {
    const match = remains.find(pattern);
    if (!match || named.has(person)) continue;
    const after = match.input.slice(match.index + match[0].length);
    if (!match.groups?.genitive || together.test(after)) remains.take(pattern);
    named.set(person, match.index);
  }
  return [...named].toSorted(([, a], [, b]) => a - b).map(([person]) => person);
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
