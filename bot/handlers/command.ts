import type { ActionData, Card } from '../../src/cards/elements.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import type { CommonConcept, Phrase } from '../commands/vocabulary.ts';
import type { Press } from './verb.ts';

/** A command is a press in words: it leads to the same verb as a button. */
export interface Meant {
  verb: Verb;
  data?: ActionData;
  /** Answers in place of the verb, where words take more than a press; null when nothing is said but done. */
  answer?(press: Press): Promise<Card | null>;
}

export type Command = Phrase<Meant>;

/** A command of a feature, which may speak of its own concepts and of the common ones. */
export function command<Concept extends string>(
  definition: Phrase<Meant, NoInfer<Concept> | CommonConcept> & { words: Readonly<Record<Concept, unknown>> },
): Command {
  return definition;
}
