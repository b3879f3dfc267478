import type { Deliverable } from '../delivery/courier.ts';
import { bodyOfChat } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { Language } from '../shared/language.ts';
import { type Texts, textsFor } from '../shared/text.ts';
import { bindingCard, plainMessage, welcomeCard } from './card.ts';
import type { ConversationService, StoredChat } from './service.ts';

/** How the greeting of a chat reaches it, and what its leaders are told about it. */
export function chatDeliverable(parts: {
  conversations: ConversationService;
  directory: DirectoryService;
  local: boolean;
}): Deliverable<StoredChat> {
  const { conversations, directory, local } = parts;

  const regionOf = (chat: StoredChat) => directory.of(chat.tenant);
  const bodyOf = (chat: StoredChat) => {
    const region = regionOf(chat);
    return region && bodyOfChat(region, chat.conversation);
  };

  async function languageOf(chat: StoredChat): Promise<Language> {
    const own = chat.person && (await conversations.language(chat.tenant, chat.person));
    return own ?? bodyOf(chat)?.language ?? 'sv';
  }

  function greeting(chat: StoredChat, texts: Texts) {
    const body = bodyOf(chat);
    const region = regionOf(chat);
    if (chat.kind === 'personal' || body) return welcomeCard(texts, { body, local });
    return region
      ? bindingCard(texts, region)
      : plainMessage(texts, texts('errors.title'), texts('errors.directory.unknownTenant')).card;
  }

  return {
    kind: 'chat',
    aggregates: conversations.chats,
    tenantOf: (chat) => chat.tenant,
    delivery: (chat) => chat.delivery,
    withDelivery: (chat, delivery) => ({ ...chat, delivery }),
    wake: (chat) => chat,
    chore: () => null,
    nextAttention: () => null,
    async message(chat) {
      const texts = textsFor(await languageOf(chat));
      const card = greeting(chat, texts);
      return { card, summary: card.speak ?? '' };
    },
    async noticeMessage(chat, notice) {
      const body = bodyOf(chat);
      const language = (await conversations.language(chat.tenant, notice.to)) ?? body?.language ?? 'sv';
      const texts = textsFor(language);
      const kind = notice.kind === 'outsider' ? 'outsider' : 'chatGone';
      return plainMessage(
        texts,
        texts(`notice.${kind}.title`),
        texts(`notice.${kind}.text`, { body: body?.name[language] ?? '' }),
      );
    },
  };
}
