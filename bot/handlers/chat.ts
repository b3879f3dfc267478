import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { bindingCard, helpCard, languageCard, moveCard, plainCard, welcomeCard } from '../../src/conversations/card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type Body, bodyOfChat, chatOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { leads } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { languages } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { explain } from './error-text.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

export interface ChatParts {
  conversations: ConversationService;
  directory: DirectoryService;
  /** Local mode shows its own buttons. */
  local: boolean;
  background: (work: Promise<unknown>) => void;
}

/** The body that the chat of this press belongs to; null in a personal chat. */
export function bodyHere(
  directory: DirectoryService,
  { actor, reference }: Pick<Press, 'actor' | 'reference'>,
): Body | null {
  return bodyOfChat(directory.require(actor.tenant), reference.conversation);
}

/** Verbs of the chat itself: the greeting, help, to which body it belongs, and one's own language. */
export function chatVerbs({ conversations, directory, local, background }: ChatParts): VerbTable {
  const none = z.object({});

  function greeting(press: Press, draw: typeof helpCard): Card {
    const region = directory.require(press.actor.tenant);
    const body = bodyHere(directory, press);
    if (press.reference.kind !== 'personal' && !body) return bindingCard(press.texts, region);
    return draw(press.texts, { body, local });
  }

  return {
    'help.show': verb({
      input: none,
      audience: 'everyone in the directory',
      run: async (press) => greeting(press, helpCard),
    }),
    'chat.welcome': verb({
      input: none,
      audience: 'everyone in the directory',
      run: async (press) => greeting(press, welcomeCard),
    }),
    'chat.bind': verb({
      input: z.object({ body: z.string().max(200).optional(), move: z.literal(1).optional() }),
      audience: 'leader of the body',
      async run(press, { body, move }) {
        const region = directory.require(press.actor.tenant);
        // What belongs to a body is for all of it; the card that asks never stands in a personal chat.
        if (press.reference.kind === 'personal') throw new AppError('badInput');
        if (!body) return bindingCard(press.texts, region, { value: '', error: press.texts('problem.required') });
        const settled = leads(press.actor, bodyId(body)) ? chatOf(region, bodyId(body)) : null;
        const free = !bodyHere(directory, press);
        const elsewhere = free && settled && settled !== press.reference.conversation;
        if (elsewhere && !move) return moveCard(press.texts, region, bodyId(body));
        try {
          await directory.change(press.actor, {
            do: 'bindChat',
            body: bodyId(body),
            conversation: press.reference.conversation,
          });
        } catch (error) {
          const reason = error instanceof AppError ? explain(error, press.texts, region) : null;
          if (!reason) throw error;
          return bindingCard(press.texts, region, { value: body, error: reason });
        }
        await conversations.bound(press.actor.tenant, press.reference.conversation);
        background(conversations.reportOutsiders(press.actor.tenant, press.reference.conversation));
        return greeting(press, welcomeCard);
      },
    }),
    'language.choose': verb({
      input: none,
      audience: 'everyone in the directory',
      run: async (press) => languageCard(press.texts),
    }),
    'language.set': verb({
      input: z.object({ language: z.enum(languages) }),
      audience: 'everyone in the directory',
      async run(press, { language }) {
        const who = { ...press.by, person: press.actor.person };
        await conversations.chooseLanguage(press.actor.tenant, who, press.reference, language);
        const texts = textsFor(language);
        return plainCard(texts, texts('language.title'), texts('language.chosen'));
      },
    }),
  };
}
