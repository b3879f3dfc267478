import type { Directory, Person } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { foldText } from '../shared/normalise.ts';
import type { Remains } from './say-remains.ts';

/** People of the region by name, also as Swedish and Finnish inflect it: "Marias", "Petrin", "Aaltoselle", "Jonaksen". */

/** Those who are named, in the order in which they are; a first name of several is nobody's. */
export function takePeople(remains: Remains, { people }: Pick<Directory, 'people'>): PersonId[] {
  const named = new Map<PersonId, number>();
  for (const [person, pattern] of namesOf(people)) {
    const at = remains.find(pattern)?.index;
    if (at === undefined || named.has(person)) continue;
    remains.take(pattern);
    named.set(person, at);
  }
  return [...named].toSorted(([, a], [, b]) => a - b).map(([person]) => person);
}

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

function patternOf(parts: readonly string[]): RegExp {
  // "Maria Lindqvistin": only the last is inflected, but in "Sofian Ekholmin" both may be.
  return new RegExp(`(?<![\\w-])${parts.map(inflected).join('[ -]+')}(?![\\w-])`);
}

const endings = '(?:s|n|in|en|an|lle|ille|elle|lla|illa|lta|ilta|ssa|issa|sta|ista|a|ia|ta|t)?';

/** The name, and what Finnish makes of its end before an ending: Aaltonen, Aaltose-; Jonas, Jonakse-; Niemi, Nieme-. */
function inflected(name: string): string {
  const stems = [
    name,
    ...(name.endsWith('nen') ? [`${name.slice(0, -3)}se`] : []),
    ...(name.endsWith('s') ? [`${name.slice(0, -1)}kse`] : []),
    ...(name.endsWith('i') ? [`${name.slice(0, -1)}e`] : []),
  ];
  return `(?:${stems.join('|')})${endings}`;
}
