import { type Language, languages } from '../shared/language.ts';
import type { Said, Written } from './model.ts';

/** What people have written in one language or in several, and what becomes of the others when one is written anew. */

/** In every language; empty where nothing is said. */
export const wordsPart = (words: Written) => languages.map((language) => words[language] ?? '');

/** Something is said, and nothing of it in this language. */
export const isElsewhere = (words: Written, language: Language): boolean =>
  words[language] === undefined && Object.keys(words).length > 0;

export const isSameWords = (a: Written, b: Written): boolean =>
  languages.every((one) => (a[one] ?? '') === (b[one] ?? ''));

/**
 * What says another thing in one language is not what it says in the others any more; what was said in none before stands
 * beside them, and what repeats another language adds nothing. With `anew` all else goes.
 */
export function rewordedIn(before: Written, { language, text }: Said, anew = false): Written {
  const stands = before[language] ?? '';
  const own: Written = text === '' ? {} : { [language]: text };
  if (anew) return own;
  if (text === stands || (stands === '' && Object.values(before).includes(text))) return before;
  return stands === '' ? { ...before, ...own } : own;
}

/** All that stands is kept, and something stands; so what is more says the same. */
export const isTranslation = (words: Written, stands: Written): boolean =>
  Object.keys(stands).length > 0 && !isSameWords(words, stands) && isSameWords({ ...words, ...stands }, words);

/** As it may have been before it was said in more languages, but never in none; first as it stands. */
export function inFewer(words: Written): readonly Written[] {
  const sets: Language[][] = [[]];
  for (const one of languages.filter((language) => words[language] !== undefined))
    sets.push(...sets.map((set) => [...set, one]));
  const [none = [], ...some] = sets;
  const shown = some.length > 0 ? some.toReversed() : [none];
  return shown.map((set) => Object.fromEntries(set.map((one) => [one, words[one]])));
}
