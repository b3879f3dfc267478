import type { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { isVerb, type Verb } from '../../src/cards/verbs.ts';
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
  /** The message whose card was pressed; null in a dialog. */
  activityId: string | null;
}

/** In words for `docs/cards.md`: who may press. The right itself is kept by the feature's model. */
export type Audience = 'everyone in the directory' | 'team members' | 'leader of the body' | 'local mode only';

export interface VerbDefinition {
  input: z.ZodType;
  audience: Audience;
  /** Reads the action's data; the card takes the place of the one that was pressed. Errors: `badInput`, and those of the feature. */
  answer(press: Press, data: unknown): Promise<Card>;
}

export function verb<Input>(definition: {
  input: z.ZodType<Input>;
  audience: Audience;
  run(press: Press, input: Input): Promise<Card>;
}): VerbDefinition {
  const { input, audience, run } = definition;
  return {
    input,
    audience,
    async answer(press, data) {
      const parsed = input.safeParse(data);
      if (!parsed.success) throw new AppError('badInput');
      return run(press, parsed.data);
    },
  };
}

export type VerbTable = Partial<Record<Verb, VerbDefinition>>;

/**
 * Every verb is for people of the directory; what else it takes is the feature's to say.
 * Errors: `directory.notAMember`, `unknownVerb`, and those of {@link VerbDefinition.answer}.
 */
export async function answerVerb(table: VerbTable, name: string, press: Press, data: unknown): Promise<Card> {
  if (press.actor.memberships.length === 0) throw new AppError('directory.notAMember');
  const definition = isVerb(name) ? table[name] : undefined;
  if (!definition) throw new AppError('unknownVerb');
  return definition.answer(press, data);
}
