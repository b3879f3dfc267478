import type { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { Verb, VerbOf, Verbs } from '../../src/cards/verbs.ts';
import type { ConversationReference } from '../../src/conversations/model.ts';
import type { MetPerson } from '../../src/conversations/service.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Texts } from '../../src/shared/text.ts';

/** One press of a button, from a verified activity. */
export interface Press {
  actor: Actor;
  texts: Texts;
  by: MetPerson;
  reference: ConversationReference;
  /** The message whose card was pressed; null in a dialog and for a command. */
  activityId: string | null;
  /** A press is answered to whoever pressed; a command by a message, which everyone in the chat reads. */
  readBy: 'presser' | 'chat';
  /** Teams asks for the reader's view of a card by itself; nobody has pressed. */
  automatic: boolean;
  /** Where the form that is sent in was cut when it was shown, see `src/cards/cut.ts`; empty when it was whole. */
  cut: string;
  /** Told of every error that the answer explains: the press is one that was refused, or that failed. */
  refused: (error: unknown) => void;
}

/** In words for `docs/cards.md`: who may press. The right itself is kept by the feature's model. */
export type Audience =
  | 'everyone in the directory'
  | 'members of a team'
  | 'team members'
  | 'members of the body'
  /** Of a meeting: the members of its body, and who was named beside them. */
  | 'invited people'
  | 'leader of the body'
  | 'leader of any body'
  /** Its members, and everybody in the directory once it has gone out. */
  | 'readers of the agenda'
  | 'members of the agenda’s body'
  /** Who leads its body. */
  | 'keepers of the agenda'
  /** Those who were chosen for it, of a version. */
  | 'checkers of the minutes'
  | 'local mode only';

export interface VerbDefinition {
  input: z.ZodType;
  audience: Audience;
  /** Whoever is of the directory no more gets back what they typed, with why: the verb itself keeps them from doing it. */
  givesBack?: boolean;
  /** Reads the action's data; the card takes the place of the one that was pressed. Errors: `badInput`, and those of the feature. */
  answer(press: Press, data: unknown): Promise<Card>;
}

export function verb<Input>(definition: {
  input: z.ZodType<Input>;
  audience: Audience;
  givesBack?: boolean;
  run(press: Press, input: Input): Promise<Card>;
}): VerbDefinition {
  const { input, audience, givesBack = false, run } = definition;
  return {
    input,
    audience,
    givesBack,
    answer: async (press, data) => run(press, readInput(input, data)),
  };
}

/** Errors: `badInput`. */
export function readInput<Input>(schema: z.ZodType<Input>, data: unknown): Input {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new AppError('badInput');
  return parsed.data;
}

export type VerbTable = Readonly<Partial<Record<Verb, VerbDefinition>>>;
/** Every verb that these features declare, so that none is left unanswered. */
export type VerbsOf<Feature extends keyof Verbs> = Readonly<Record<VerbOf<Feature>, VerbDefinition>>;

/** What the bot does, it does for people of the directory. Errors: `directory.notAMember`. */
export function requireKnown(actor: Actor): void {
  if (actor.memberships.length === 0) throw new AppError('directory.notAMember');
}

/**
 * Every verb is for people of the directory, of whom a form is left with what they typed when they are it no more; what else
 * it takes is the feature's to say.
 * Errors: `directory.notAMember`, `unknownVerb`, and those of {@link VerbDefinition.answer}.
 */
export async function answerVerb(
  verbs: ReadonlyMap<string, VerbDefinition>,
  name: string,
  press: Press,
  data: unknown,
): Promise<Card> {
  const definition = verbs.get(name);
  const givesBack = definition?.givesBack && definition.input.safeParse(data).success;
  if (!givesBack) requireKnown(press.actor);
  if (!definition) throw new AppError('unknownVerb');
  return definition.answer(press, data);
}
