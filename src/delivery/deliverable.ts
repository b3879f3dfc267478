import type { CardMessage } from '../cards/elements.ts';
import type { ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { Delivery, Notice, Placement } from './model.ts';
import type { Address } from './sender.ts';

/** Where a kind of document keeps what the chats are to show of it. */
export interface Delivered<T> {
  kind: string;
  aggregates: Aggregates<T>;
  tenantOf(data: T): TenantId;
  delivery(data: T): Delivery;
  withDelivery(data: T, delivery: Delivery): T;
}

/**
 * Resolves with the pure change that notes the work as done, or with null when it cannot be done yet and is to be tried
 * again later.
 */
export type Chore<T> = () => Promise<((data: T) => T) | null>;

/** What a feature tells the courier about its documents. */
export interface Deliverable<T> extends Delivered<T> {
  /** What time has brought (reminders, a new day of waiting); the very same object when nothing. Pure. */
  wake(data: T, now: Temporal.Instant): T;
  /** Work beside the chats that is still to be done, such as writing a record, by name; none holds up another. */
  chores(data: T): Readonly<Record<string, Chore<T> | null>>;
  /** When it next needs attention once all is sent; null when never. */
  nextAttention(data: T, now: Temporal.Instant): Temporal.Instant | null;
  /** Whether this conversation is somebody else's, who must not see it. */
  isBarredFrom(data: T, conversation: ConversationId): boolean;
  /** The card of a live placement, or the line that takes its place when it retires. */
  message(data: T, placement: Placement, now: Temporal.Instant): CardMessage | Promise<CardMessage>;
  /** Null when the notice has been overtaken by what happened since, and so is not sent any more. */
  noticeMessage(data: T, notice: Notice): CardMessage | null | Promise<CardMessage | null>;
  /**
   * What follows of how a notice has ended, which waits no more. Whoever cannot be told, as they block the bot, counts as told.
   * Pure.
   */
  noticed?(data: T, notice: Notice, end: NoticeEnd, now: Temporal.Instant): T;
}

/**
 * `unsent`: it was overtaken, or could not be sent for too long. After a try that Teams may have taken without saying so that is
 * `doubtful`, and what was sent then is `sentAgain`.
 */
export type NoticeEnd = 'sent' | 'sentAgain' | 'unsent' | 'doubtful';

/** Where conversations and people are reached. */
export interface AddressBook {
  /** Null when the bot is not, or no longer, in this conversation. */
  chat(tenant: TenantId, conversation: ConversationId): Promise<Address | null>;
  /** Null when the bot has not met this person yet. */
  person(tenant: TenantId, person: PersonId): Promise<Address | null>;
  /** The conversation turned out to be gone or closed to the bot. */
  markGone(tenant: TenantId, conversation: ConversationId): Promise<void>;
}

/**
 * `failed`: something went wrong; `notYet`: it cannot be done before somebody is met or something is there; `stopped`: the
 * process is stopping, and what was not sent is sent after the next start.
 */
export type Outcome = 'done' | 'failed' | 'notYet' | 'stopped';
