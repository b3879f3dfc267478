import { foldText } from '../../src/shared/normalise.ts';
import { courtesies } from '../commands/vocabulary.ts';
import type { Vocabulary } from '../commands/word.ts';

export const actAsWords = { actAs: { sv: 'agera', fi: 'toimi', en: 'act' } } as const;

/** Between the verb and the name. */
const links = ['som', 'kuin', 'as'];
/** In place of a name: to be oneself again. */
const oneself = new Set(['mig själv', 'mig', 'jag', 'itse', 'itseni', 'minä', 'myself', 'me'].map(foldText));
const polite = new Set(Object.values(courtesies).flatMap((words) => foldText(words).split(' ')));

/**
 * `agera som Anna Berg` and its like, of a cleaned text: the name keeps its case. Null when the text does not begin so.
 * `who` is null when no name follows, or a word for oneself.
 */
export function parseActAs(text: string, vocabulary: Vocabulary): { who: string | null } | null {
  const words = text.split(/\s+/).filter((word) => foldText(word) !== '');
  while (isPolite(words[0])) words.shift();
  while (isPolite(words.at(-1))) words.pop();
  const [verb, ...rest] = words;
  if (verb === undefined || vocabulary.understand(foldText(verb))?.concept !== 'actAs') return null;
  if (links.includes(foldText(rest[0] ?? ''))) rest.shift();
  const who = rest.join(' ').replace(/^["'”’»«]+|["'”’»«.!?,;]+$/gu, '');
  return { who: who === '' || oneself.has(foldText(who)) ? null : who };
}

function isPolite(word: string | undefined): boolean {
  return word !== undefined && polite.has(foldText(word));
}
