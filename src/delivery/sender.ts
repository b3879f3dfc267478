import type { CardMessage } from '../cards/elements.ts';
import type { ConversationId, PersonId, TenantId } from '../shared/ids.ts';

/** Where a message goes. */
export interface Address {
  tenant: TenantId;
  conversation: ConversationId;
  /** The thread of a channel that a new message answers in; absent where it begins one. The channel keeps the limits. */
  thread?: ConversationId;
  serviceUrl: string;
  botId: string;
}

/**
 * The way into the chats; Teams behind it. Each call is one request, which does not wait, retry or remember:
 * that is the outbox's.
 *
 * Errors: `chat.throttled` (`retryAfter` in milliseconds), `chat.unavailable` (try again later), `chat.messageLost`
 * (update of a message that is not there any more), `chat.gone` (the conversation is gone or closed to the bot; of an
 * update also that Teams lets this one message be changed no more),
 * `chat.rejected` (Teams will never take this message; cause attached).
 */
export interface ChatSender {
  /** Returns Teams' id of the message. */
  post(to: Address, message: CardMessage): Promise<string>;
  update(to: Address, activityId: string, message: CardMessage): Promise<void>;
  /** Opens (or finds) the personal chat with a person, by their id in Teams. */
  openPersonalChat(from: Omit<Address, 'conversation'>, teamsId: string): Promise<ConversationId>;
  /** People in the chat; `from` is the `next` of the page before, null for the first. */
  rosterPage(of: Address, from: string | null): Promise<RosterPage>;
}

export interface RosterPage {
  members: RosterMember[];
  /** Names the page after this one; null on the last. */
  next: string | null;
}

/** Somebody in a chat, as Teams' roster has them. */
export interface RosterMember {
  person: PersonId;
  name: string;
  teamsId: string;
  /** Guests and people of other tenants may sit in a chat; they get no rights. */
  guest: boolean;
}
