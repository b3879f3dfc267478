import type { Language } from '../../src/shared/language.ts';
import type { KnownWord } from './word.ts';

/**
 * The language that words of a command are in. Words that are the same in several languages (`team`) decide nothing, and
 * words that mean nothing here (`visa`, `show`) only where the others are silent. Null when the words disagree.
 */
export function spokenLanguage(words: readonly KnownWord[]): Language | null {
  const meaningful = languagesOf(words.filter(({ concept }) => concept !== null));
  const [language, ...others] = meaningful.size > 0 ? meaningful : languagesOf(words);
  return language && others.length === 0 ? language : null;
}

/** The languages of the words that are of one alone. */
function languagesOf(words: readonly KnownWord[]): Set<Language> {
  return new Set(words.flatMap(({ languages }) => (languages.length === 1 ? languages : [])));
}
