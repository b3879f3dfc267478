import { distance } from 'fastest-levenshtein';
import { type Language, type Localised, languages } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { commonWords, courtesies, functionWords, lookalikes } from './vocabulary.ts';

/** A word of the vocabulary, folded for comparison. `concept` is null for words that mean nothing. */
export interface KnownWord {
  readonly word: string;
  readonly concept: string | null;
  /** Those in which it is written so. */
  readonly languages: readonly Language[];
}

/** Everything that people may write to the bot: the words of all commands, and those around them. */
export interface Vocabulary {
  /** Every word once. */
  readonly words: readonly KnownWord[];
  /**
   * The word that a folded word stands for: itself, or the nearest meaningful one within {@link typoLimit}. Null when
   * there is none, or when words of different concepts are equally near.
   */
  understand(word: string): KnownWord | null;
  /** As `understand`, but up to every third letter may be wrong: good enough to ask "did you mean", not to act. */
  guess(word: string): KnownWord | null;
}

/** `concepts`: the words of each concept. A word of two concepts, and a concept that is given twice, are errors at start. */
export function createVocabulary(concepts: readonly Readonly<Record<string, Localised>>[]): Vocabulary {
  const byConcept = new Map<string, Localised>();
  for (const [concept, words] of [commonWords, ...concepts].flatMap((words) => Object.entries(words))) {
    // Commands of one feature share their words; two features do not share a name by accident.
    if ((byConcept.get(concept) ?? words) !== words) throw new Error(`The concept "${concept}" is given twice.`);
    byConcept.set(concept, words);
  }

  const known = new Map<string, KnownWord>();
  const add = (text: string, concept: string | null, language: Language): void => {
    for (const word of foldText(text).split(' ')) {
      const { concept: before, languages } = known.get(word) ?? { concept, languages: [] };
      if (before !== concept) throw new Error(`The word "${word}" stands for both ${before} and ${concept}.`);
      known.set(word, { word, concept, languages: [...new Set([...languages, language])] });
    }
  };
  for (const language of languages) {
    for (const [concept, words] of byConcept) add(words[language], concept, language);
    add(courtesies[language], null, language);
    add(functionWords[language], null, language);
  }

  const words = [...known.values()];
  const meaningful = words.filter(({ concept }) => concept !== null);
  const near = (word: string, limitOf: (shorter: number) => number): KnownWord | null =>
    lookalikes.includes(word) ? null : nearest(meaningful, word, limitOf);
  return {
    words,
    understand: (word) => known.get(word) ?? near(word, typoLimit),
    guess: (word) => near(word, (shorter) => (shorter <= 3 ? 0 : Math.floor(shorter / 3))),
  };
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

function nearest(
  meaningful: readonly KnownWord[],
  word: string,
  limitOf: (shorter: number) => number,
): KnownWord | null {
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
