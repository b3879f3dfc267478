import { z } from 'zod';
import { button, type Card } from '../../src/cards/elements.ts';
import {
  bindingCard,
  everybodyIn,
  helpCard,
  inPrivate,
  languageCard,
  moveCard,
  type Offer,
  plainCard,
  type Reader,
  welcomeCard,
} from '../../src/conversations/card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { parseBodyChoice } from '../../src/directory/chosen-input.ts';
import { bodyOfChat, chatOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { leads } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { BodyId } from '../../src/shared/ids.ts';
import { languages } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import { withoutCourtesies } from '../commands/vocabulary.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

export interface ChatParts {
  conversations: ConversationService;
  directory: DirectoryService;
  /** What all features put on the greeting. */
  offer: (texts: Texts, reader: Reader) => Offer;
}

const binding: FormInput<{ body: BodyId }> = {
  parse: parseBodyChoice,
  limits: {},
  fieldOf: { 'directory.unknownBody': 'body', 'directory.leadersOnly': 'body', 'directory.chatTaken': 'body' },
};

/** The chat itself: the greeting, help, to which body it belongs, and one's own language. */
export function chatFeature({ conversations, directory, offer }: ChatParts): Feature {
  const none = z.object({});

  function greeting(press: Press, draw: typeof helpCard): Card {
    const region = directory.require(press.actor.tenant);
    const body = bodyOfChat(region, press.reference.conversation);
    if (press.reference.kind !== 'personal' && !body) return bindingCard(press.texts, region);
    const reader = body ? everybodyIn(body) : inPrivate(region, press.actor.person);
    return draw(press.texts, { body, offer: offer(press.texts, reader) });
  }

  async function bind(press: Press, body: BodyId, moving: boolean): Promise<Card> {
    const { tenant } = press.actor;
    const { conversation } = press.reference;
    const region = directory.require(tenant);
    const settled = leads(press.actor, body) ? chatOf(region, body) : null;
    const elsewhere = !bodyOfChat(region, conversation) && settled && settled !== conversation;
    if (elsewhere && !moving) return moveCard(press.texts, region, body);
    await directory.change(press.actor, { do: 'bindChat', body, conversation });
    return greeting(press, welcomeCard);
  }

  const verbs: VerbsOf<'help' | 'chat' | 'language'> = {
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
        return submitted({ ...press, directory: region }, { body }, binding, {
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

  return {
    verbs,
    commands: [languageCommand, helpCommand],
    offer: (texts) => ({ buttons: [button(texts('help.language'), 'language.choose', {}, { overflow: true })] }),
  };
}

/** As they are compared: folded, and without courtesies. */
const questions = new Set(
  ['vad kan du', 'vad kan du göra', 'mitä osaat', 'mitä sinä osaat', 'mitä voit tehdä', 'what can you do'].map(
    foldText,
  ),
);

/** What one asks the bot about the bot. Nothing that means anything is a call for help as well. */
const helpCommand = command({
  words: {
    help: {
      sv: 'hjälp hjälpa meny kommandon',
      fi: 'apua apu auta ohje ohjeet ohjeita valikko komennot',
      en: 'help menu commands',
    },
  },
  example: { sv: 'hjälp', fi: 'ohje', en: 'help' },
  evidence: ['help'],
  read: (said) => (said.only('help') ? { verb: 'help.show' } : null),
  // Their words mean other things elsewhere.
  readText: (text) => (questions.has(foldText(withoutCourtesies(text).join(' '))) ? { verb: 'help.show' } : null),
});

const named = { sv: 'swedish', fi: 'finnish', en: 'english' } as const;

const languageCommand = command({
  words: {
    language: { sv: 'språk språket', fi: 'kieli kieltä kielen kieleksi', en: 'language' },
    swedish: { sv: 'svenska', fi: 'ruotsi ruotsia ruotsiksi', en: 'swedish' },
    finnish: { sv: 'finska', fi: 'suomi suomea suomeksi', en: 'finnish' },
    english: { sv: 'engelska', fi: 'englanti englantia englanniksi', en: 'english' },
  },
  // Elsewhere `en` is the Swedish article.
  beside: { concept: 'language', words: named },
  example: { sv: 'språk', fi: 'kieli', en: 'language' },
  evidence: ['language', 'swedish', 'finnish', 'english'],
  read(said) {
    const chosen = languages.filter((language) => said.has(named[language]));
    if (said.count === 0 || chosen.length > 1 || !said.only('language', 'swedish', 'finnish', 'english')) return null;
    const [language] = chosen;
    return language ? { verb: 'language.set', data: { language } } : { verb: 'language.choose' };
  },
});
