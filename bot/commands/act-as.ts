import { foldText } from '../../src/shared/normalise.ts';
import { actAsLinks, courtesies, oneself } from './vocabulary.ts';
import { understand } from './word.ts';

const polite = new Set(Object.values(courtesies).flatMap((words) => foldText(words).split(' ')));
const self = new Set(oneself.map(foldText));

/**
 * `agera som Anna Berg` and its like, of a cleaned text: the name keeps its case. Null when the text does not begin so.
 * `who` is null when no name follows, or a word for oneself.
 */
export function parseActAs(text: string): { name: 'actAs'; who: string | null } | null {
  const words = text.split(/\s+/).filter((word) => foldText(word) !== '');
  while (isPolite(words[0])) words.shift();
  while (isPolite(words.at(-1))) words.pop();
  const [verb, ...rest] = words;
  if (verb === undefined || understand(foldText(verb))?.concept !== 'actAs') return null;
  if (actAsLinks.includes(foldText(rest[0] ?? ''))) rest.shift();
  const who = rest.join(' ').replace(/^["'”’»«]+|["'”’»«.!?,;]+$/gu, '');
  return { name: 'actAs', who: who === '' || self.has(foldText(who)) ? null : who };
}

function isPolite(word: string | undefined): boolean {
  return word !== undefined && polite.has(foldText(word));
}
