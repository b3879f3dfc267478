import { awaken, bringTo, type Delivery, liveIn, newDelivery, notifyOnce, touch } from '../delivery/model.ts';
import { timeLeft, toStored } from '../shared/clock.ts';
import type { ConversationId, PersonId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';

/** What Teams needs to reach a conversation that the bot has met. */
export interface ConversationReference {
  conversation: ConversationId;
  kind: 'groupChat' | 'channel' | 'personal';
  /** May change, so it is refreshed with every activity [teams]. */
  serviceUrl: string;
  /** The bot's own id in this conversation. */
  botId: string;
  /** Whose personal chat it is; null for shared ones. */
  person: PersonId | null;
}

/** A conversation that the bot is in, or was. */
export interface Chat extends ConversationReference {
  /** `gone`: the bot was removed, or Teams says that it may not write there. */
  state: 'open' | 'gone';
  /** ISO 8601 instant at which it was last taken for open again, see {@link reopen}; absent for never. */
  reopenedAt?: string;
  /** ISO 8601 instant of the last greeting; null before the first, and once the chat is gone. */
  greetedAt: string | null;
  delivery: Delivery;
}

/** A person whom the bot has met, and how to write to them in private. */
export interface Contact {
  person: PersonId;
  /** The person's id in Teams (`29:…`). */
  teamsId: string;
  serviceUrl: string;
  botId: string;
  /** The personal chat; null until there is one. */
  conversation: ConversationId | null;
  /** The person's own choice; null means the one of their Teams. */
  language: Language | null;
  /** The one of their Teams, as the newest activity that told it did; absent as long as none has. */
  teamsLanguage?: Language;
}

type Met = Pick<Contact, 'person' | 'teamsId' | 'teamsLanguage'>;

export function newChat(reference: ConversationReference, now: Temporal.Instant): Chat {
  return { ...reference, state: 'open', greetedAt: null, delivery: newDelivery(now) };
}

/** What tells two comings of the bot from one that is announced twice. */
export interface Coming {
  /** The start of this process: what an earlier one greeted was another coming. */
  since: Temporal.Instant;
  /** An announcement so soon after another is of the same coming. */
  within: Temporal.Duration;
}

/**
 * The bot came into the conversation (again): it greets once, at the bottom, though Teams announces one coming twice
 * (`installationUpdate` and `conversationUpdate`).
 */
export function greet(chat: Chat, placement: string, now: Temporal.Instant, { since, within }: Coming): Chat {
  const last = chat.greetedAt === null ? null : Temporal.Instant.from(chat.greetedAt);
  const announcedTwice =
    last !== null && Temporal.Instant.compare(last, since) >= 0 && Temporal.Instant.compare(last.add(within), now) > 0;
  if (announcedTwice) return chat;
  // Whatever stood there before the bot was removed is not looked for: the new greeting is the live one.
  const forgotten = { ...touch(chat.delivery, now), placements: [] };
  return {
    ...chat,
    state: 'open',
    greetedAt: toStored(now),
    delivery: bringTo(forgotten, chat.conversation, placement),
  };
}

/** The greeting says something new, for example because the chat was bound to a team. */
export function refreshGreeting(chat: Chat, now: Temporal.Instant): Chat {
  return liveIn(chat.delivery, chat.conversation) ? { ...chat, delivery: touch(chat.delivery, now) } : chat;
}

/**
 * The bot was removed, or Teams says that it may not write there; `leaders` of the chat's body are told, once a day
 * however often that happens.
 */
export function markGone(chat: Chat, leaders: readonly PersonId[], now: Temporal.Instant): Chat {
  if (chat.state === 'gone') return chat;
  const day = toStored(now).slice(0, 10);
  const told = leaders.map((to) => ({ key: `chatGone:${day}:${to}`, to, kind: 'chatGone' }));
  // Whoever adds the bot again sees it greet again, however soon.
  return {
    ...chat,
    state: 'gone',
    greetedAt: null,
    delivery: awaken(notifyOnce({ ...chat.delivery, placements: [] }, told, now), now),
  };
}

/** The chat as this activity shows it; the very same object when nothing is new. */
export function meetAgain(chat: Chat, { serviceUrl, botId }: ConversationReference): Chat {
  const same = chat.serviceUrl === serviceUrl && chat.botId === botId;
  return same ? chat : { ...chat, serviceUrl, botId };
}

/** In milliseconds. */
const reopenedEvery = 5 * 60_000;

/**
 * Somebody whose chat it is writes or presses there, so Teams may let the bot in again. Only trying tells, so that is not
 * done at every press; the very same object when it is not.
 */
export function reopen(chat: Chat, now: Temporal.Instant): Chat {
  const { state, reopenedAt } = chat;
  const tried = reopenedAt && timeLeft(Temporal.Instant.from(reopenedAt).epochMilliseconds, reopenedEvery, now) > 0;
  return state === 'open' || tried ? chat : { ...chat, state: 'open', reopenedAt: toStored(now) };
}

export function newContact({ person, teamsId, teamsLanguage }: Met, reference: ConversationReference): Contact {
  const { serviceUrl, botId, kind, conversation } = reference;
  return {
    person,
    teamsId,
    serviceUrl,
    botId,
    conversation: kind === 'personal' ? conversation : null,
    language: null,
    ...(teamsLanguage && { teamsLanguage }),
  };
}

/** The person as this activity shows them; the very same object when nothing is new. */
export function meetContact(
  contact: Contact,
  { teamsId, teamsLanguage }: Met,
  reference: ConversationReference,
): Contact {
  const { serviceUrl, botId } = reference;
  const conversation = reference.kind === 'personal' ? reference.conversation : contact.conversation;
  const same =
    contact.teamsId === teamsId &&
    contact.serviceUrl === serviceUrl &&
    contact.botId === botId &&
    contact.conversation === conversation &&
    (!teamsLanguage || contact.teamsLanguage === teamsLanguage);
  if (same) return contact;
  return { ...contact, teamsId, serviceUrl, botId, conversation, ...(teamsLanguage && { teamsLanguage }) };
}

/** In which language to write to a person whom nobody answers right now; null when nothing is known of that. */
export function languageOfContact({ language, teamsLanguage }: Contact): Language | null {
  return language ?? teamsLanguage ?? null;
}
