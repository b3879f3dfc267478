import { distance } from 'fastest-levenshtein';
import { type Language, languages } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { type Concept, concepts, courtesies, functionWords, vocabulary } from './vocabulary.ts';

/** A word of the vocabulary, folded for comparison. `concept` is null for words that mean nothing. */
export interface KnownWord {
  readonly word: string;
  readonly concept: Concept | null;
  readonly languages: readonly Language[];
}

/** Every word once, by its folded form. */
export const knownWords: ReadonlyMap<string, KnownWord> = new Map(
  [...allWords()].map(([word, { concept, languages }]) => [word, { word, concept, languages }]),
);
const meaningful = [...knownWords.values()].filter(({ concept }) => concept !== null);

function allWords(): Map<string, { concept: Concept | null; languages: Language[] }> {
  const words = new Map<string, { concept: Concept | null; languages: Language[] }>();
  const add = (text: string, concept: Concept | null, language: Language): void => {
    for (const word of foldText(text).split(' ')) {
      const known = words.get(word);
      if (!known) words.set(word, { concept, languages: [language] });
      else if (known.concept === concept) known.languages.push(language);
      else throw new Error(`The word "${word}" stands for both ${known.concept} and ${concept}.`);
    }
  };
  for (const language of languages) {
    for (const concept of concepts) add(vocabulary[concept][language], concept, language);
    add(courtesies[language], null, language);
    add(functionWords[language], null, language);
  }
  return words;
}

/**
 * The word that a folded word stands for: itself, or the nearest meaningful one within {@link typoLimit}. Null when there
 * is none, or when words of different concepts are equally near.
 */
export function understand(word: string): KnownWord | null {
  return knownWords.get(word) ?? nearest(word, typoLimit);
}

/** As {@link understand}, but up to every third letter may be wrong: good enough to ask "did you mean", not to act. */
export function guess(word: string): KnownWord | null {
  return nearest(word, (shorter) => (shorter <= 3 ? 0 : Math.floor(shorter / 3)));
}

/** How many letters may be wrong when the shorter of two words has this many. */
export function typoLimit(shorter: number): number {
  if (shorter <= 3) return 0;
  return shorter <= 6 ? 1 : 2;
}

/** Letters to add, drop, replace or swap with their neighbour to turn one word into the other. */
export function typosBetween(a: string, b: string): number {
  return isSwap(a, b) ? 1 : distance(a, b);
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

function nearest(word: string, limitOf: (shorter: number) => number): KnownWord | null {
  let found: KnownWord[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const known of meaningful) {
    const limit = limitOf(Math.min(word.length, known.word.length));
    if (Math.abs(word.length - known.word.length) > limit) continue;
    const typos = typosBetween(word, known.word);
    if (typos > limit || typos > fewest) continue;
    found = typos < fewest ? [known] : [...found, known];
    fewest = typos;
  }
  const [first, ...others] = found;
  return first && others.every(({ concept }) => concept === first.concept) ? first : null;
}
