import { type Card, withoutMarkdown } from '../cards/elements.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import { bodyOfChat } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { languages } from '../shared/language.ts';
import { type Texts, textsFor } from '../shared/text.ts';
import {
  bindingCard,
  everybodyIn,
  inPrivate,
  type Offer,
  plainMessage,
  type Reader,
  strangerCard,
  welcomeCard,
} from './card.ts';
import type { ConversationService, StoredChat } from './service.ts';

/** Guests choose their own names, and a card has its limits. */
const mostNames = 10;
const longestName = 40;

/** How the greeting of a chat reaches it, and what its leaders are told about it. */
export function chatDeliverable(parts: {
  conversations: ConversationService;
  directory: DirectoryService;
  offer: (texts: Texts, reader: Reader) => Offer;
}): Deliverable<StoredChat> {
  const { conversations, directory, offer } = parts;

  const regionOf = (chat: StoredChat) => directory.of(chat.tenant);
  const bodyOf = (chat: StoredChat) => {
    const region = regionOf(chat);
    return region && bodyOfChat(region, chat.conversation);
  };

  async function greeting(chat: StoredChat): Promise<Card> {
    const body = bodyOf(chat);
    const region = regionOf(chat);
    const own = chat.person && (await conversations.language(chat.tenant, chat.person));
    const reader = body ? everybodyIn(body) : chat.kind === 'personal' ? inPrivate(region, chat.person) : null;
    // Nothing of what it could offer works for whoever belongs to no body.
    if (reader?.bodies.length === 0) return strangerCard(own ? [own] : languages);
    const texts = textsFor(own ?? reader?.bodies[0]?.language ?? 'sv');
    if (reader) return welcomeCard(texts, { body, offer: offer(texts, reader) });
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
    chores: () => ({}),
    nextAttention: () => null,
    // A chat greets in itself alone.
    isBarredFrom: () => false,
    async message(chat) {
      const card = await greeting(chat);
      return { card, summary: card.speak ?? '' };
    },
    async noticeMessage(chat, notice) {
      const body = bodyOf(chat);
      const language = (await conversations.language(chat.tenant, notice.to)) ?? body?.language ?? 'sv';
      const texts = textsFor(language);
      const named = { body: body?.name[language] ?? '' };
      if (notice.kind === 'chatGone')
        return plainMessage(texts, texts('notice.chatGone.title'), texts('notice.chatGone.text', named));
      const outsiders = await conversations.outsiders(chat.tenant, chat.conversation);
      // Who has no account in any organisation is not in the list, and so has no name here.
      const listed = outsiders
        .slice(0, mostNames)
        .map((name) => withoutMarkdown(name.slice(0, longestName).toWellFormed()));
      const others = outsiders.length - listed.length;
      if (others > 0) listed.push(texts('notice.outsider.others', { count: others }));
      const names = listed.length > 0 ? `: ${new Intl.ListFormat(language).format(listed)}` : '';
      const about = { ...named, names, count: Math.max(1, outsiders.length) };
      return plainMessage(texts, texts('notice.outsider.title'), texts('notice.outsider.text', about));
    },
  };
}
