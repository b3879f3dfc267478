import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { bindingCard, helpCard, languageCard, moveCard, plainCard, welcomeCard } from '../../src/conversations/card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { parseBodyChoice } from '../../src/directory/chosen-input.ts';
import { type Body, bodyOfChat, chatOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { leads } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { BodyId } from '../../src/shared/ids.ts';
import { languages } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { type FormInput, submitted } from './submitted.ts';
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

const binding: FormInput<{ body: BodyId }> = {
  parse: parseBodyChoice,
  limits: {},
  fieldOf: { 'directory.unknownBody': 'body', 'directory.leadersOnly': 'body', 'directory.chatTaken': 'body' },
};

/** Verbs of the chat itself: the greeting, help, to which body it belongs, and one's own language. */
export function chatVerbs({ conversations, directory, local, background }: ChatParts): VerbTable {
  const none = z.object({});

  function greeting(press: Press, draw: typeof helpCard): Card {
    const region = directory.require(press.actor.tenant);
    const body = bodyHere(directory, press);
    if (press.reference.kind !== 'personal' && !body) return bindingCard(press.texts, region);
    return draw(press.texts, { body, local });
  }

  async function bind(press: Press, body: BodyId, moving: boolean): Promise<Card> {
    const { tenant } = press.actor;
    const { conversation } = press.reference;
    const settled = leads(press.actor, body) ? chatOf(directory.require(tenant), body) : null;
    const elsewhere = !bodyHere(directory, press) && settled && settled !== conversation;
    if (elsewhere && !moving) return moveCard(press.texts, directory.require(tenant), body);
    await directory.change(press.actor, { do: 'bindChat', body, conversation });
    await conversations.bound(tenant, conversation);
    background(conversations.reportOutsiders(tenant, conversation));
    return greeting(press, welcomeCard);
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
        return submitted({ texts: press.texts, directory: region }, { body }, binding, {
          done: (chosen) => bind(press, chosen.body, move !== undefined),
          again: (form) => bindingCard(press.texts, region, form),
        });
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
