import type { Language } from '../../src/shared/language.ts';
import type { KnownWord } from './word.ts';

/**
 * The language that words of a command are in. Words that are the same in several languages (`team`) decide nothing, and
 * words that mean nothing here (`visa`, `show`) only where the others are silent. Null when the words disagree.
 */
export function spokenLanguage(words: readonly KnownWord[]): Language | null {
  return meaningfulLanguage(words) ?? only(languagesOf(words));
}

/**
 * The same of words that are no command. There the small ones tell nothing: Finnish `en` (I do not) is a word of Swedish,
 * `me` (we) one of English.
 */
export function meaningfulLanguage(words: readonly KnownWord[]): Language | null {
  return only(languagesOf(words.filter(({ concept }) => concept !== null)));
}

function only(found: ReadonlySet<Language>): Language | null {
  const [language, ...others] = found;
  return language && others.length === 0 ? language : null;
}

/** The languages of the words that are of one alone. */
function languagesOf(words: readonly KnownWord[]): Set<Language> {
  return new Set(words.flatMap(({ languages }) => (languages.length === 1 ? languages : [])));
}
