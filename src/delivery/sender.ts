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
 * The way into the chats; Teams behind it. It does not wait, retry or remember: that is the courier's.
 *
 * Errors: `chat.throttled` (`retryAfter` in milliseconds), `chat.unavailable` (try again later), `chat.messageLost`
 * (update of a message that is not there any more), `chat.gone` (the conversation is gone or closed to the bot),
 * `chat.rejected` (Teams will never take this message; cause attached).
 */
export interface ChatSender {
  /** Returns Teams' id of the message. */
  post(to: Address, message: CardMessage): Promise<string>;
  update(to: Address, activityId: string, message: CardMessage): Promise<void>;
  /** Opens (or finds) the personal chat with a person, by their id in Teams. */
  openPersonalChat(from: Pick<Address, 'tenant' | 'serviceUrl' | 'botId'>, teamsId: string): Promise<ConversationId>;
  roster(of: Address): Promise<RosterMember[]>;
}

/** Somebody in a chat, as Teams' roster has them. */
export interface RosterMember {
  person: PersonId;
  name: string;
  teamsId: string;
  /** Guests and people of other tenants may sit in a chat; they get no rights. */
  guest: boolean;
}
