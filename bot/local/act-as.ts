import { foldText } from '../../src/shared/normalise.ts';
import { withoutCourtesies } from '../commands/vocabulary.ts';
import type { Vocabulary } from '../commands/word.ts';

export const actAsWords = { actAs: { sv: 'agera', fi: 'toimi', en: 'act' } } as const;

/** Between the verb and the name. */
const links = ['som', 'kuin', 'as'];
/** In place of a name: to be oneself again. */
const oneself = new Set(['mig själv', 'mig', 'jag', 'itse', 'itseni', 'minä', 'myself', 'me'].map(foldText));

/** As whom somebody wants to act: the one of that name, themself, or whom they choose from all when they named nobody. */
export type ActAs = { as: 'named'; name: string } | { as: 'oneself' } | { as: 'chosen' };

/**
 * `agera som Anna Berg` and its like, of a cleaned text: the name keeps its case. Null when the text does not begin so.
 */
export function parseActAs(text: string, vocabulary: Vocabulary): ActAs | null {
  const [verb, ...rest] = withoutCourtesies(text);
  if (verb === undefined || vocabulary.understand(foldText(verb))?.concept !== 'actAs') return null;
  if (links.includes(foldText(rest[0] ?? ''))) rest.shift();
  const name = rest.join(' ').replace(/^["'”’»«]+|["'”’»«.!?,;]+$/gu, '');
  if (foldText(name) === '') return { as: 'chosen' };
  return oneself.has(foldText(name)) ? { as: 'oneself' } : { as: 'named', name };
}
