import type { Phrase } from './vocabulary.ts';
import type { KnownWord } from './word.ts';

/** With more words than this that mean nothing here, the text is a sentence and not a failed command. */
const mostUnknownWords = 3;

/** Whether a text is near enough to a command to ask "did you mean"; `understood` has null where a word is not known. */
export function isNear(understood: readonly (KnownWord | null)[]): boolean {
  return understood.filter((word) => word === null).length <= mostUnknownWords;
}

/**
 * The command that most of the known words speak for, the first of several; null when none does. Whoever names a case
 * means something about it, whatever else they say.
 */
export function nearestPhrase<Of extends Phrase<unknown>>(
  phrases: readonly Of[],
  known: readonly KnownWord[],
  hasReference: boolean,
): Of | null {
  if (hasReference) return phrases.find(({ evidence }) => evidence.includes('reference')) ?? null;
  const found = new Set(known.map(({ concept }) => concept));
  let best: Of | null = null;
  let most = 0;
  for (const phrase of phrases) {
    const count = phrase.evidence.filter((concept) => found.has(concept)).length;
    if (count > most) [best, most] = [phrase, count];
  }
  return best;
}
