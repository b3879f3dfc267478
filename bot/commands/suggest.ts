import { type Language, languages } from '../../src/shared/language.ts';
import { type CommandName, type Concept, commandExamples } from './vocabulary.ts';
import { guess, type KnownWord } from './word.ts';

/** A command that was probably meant, with a phrase that is understood, in the language that was written. */
export interface Suggestion {
  readonly name: CommandName;
  readonly example: string;
}

/** With more words than this that mean nothing here, the text is a sentence and not a failed command. */
const mostUnknownWords = 3;

/** The concepts that speak for a command; the order decides when several commands are equally near. */
const evidence: readonly (readonly [CommandName, readonly Concept[]])[] = [
  ['listReferrals', ['referral', 'case', 'open', 'mine', 'waiting']],
  ['newReferral', ['referral', 'case', 'create']],
  ['team', ['team']],
  ['language', ['language', 'swedish', 'finnish', 'english']],
  ['help', ['help']],
];

/** What to ask after "did you mean", or null. `understood` goes with `words`, null where a word is not known. */
export function suggest(
  words: readonly string[],
  understood: readonly (KnownWord | null)[],
  hasReference: boolean,
): Suggestion | null {
  if (understood.filter((word) => word === null).length > mostUnknownWords) return null;
  const meaningful = understood.some((word) => word?.concept);
  const known = words.flatMap((word, index) => understood[index] ?? (meaningful ? null : guess(word)) ?? []);
  const name = hasReference ? 'showReferral' : nearestCommand(known);
  return name && { name, example: commandExamples[name][languageOfWords(known)] };
}

function nearestCommand(known: readonly KnownWord[]): CommandName | null {
  const found = new Set(known.map(({ concept }) => concept));
  let best: CommandName | null = null;
  let most = 0;
  for (const [name, concepts] of evidence) {
    const count = concepts.filter((concept) => found.has(concept)).length;
    if (count > most) [best, most] = [name, count];
  }
  return best;
}

/** The language that most of the words belong to, Swedish when none says more. */
function languageOfWords(known: readonly KnownWord[]): Language {
  const count = (language: Language): number => known.filter((word) => word.languages.includes(language)).length;
  return languages.reduce((best, language) => (count(language) > count(best) ? language : best));
}
