import type { CardMessage } from '../cards/elements.ts';
import type { Clock } from '../shared/clock.ts';
import { type AppError, isAppError } from '../shared/errors.ts';
import type { ConversationId, TenantId } from '../shared/ids.ts';
import type { SendLimits } from './limits.ts';
import type { Address, ChatSender, RosterMember, RosterPage } from './sender.ts';

/** Everything that is asked of Teams: it waits for its turn under Teams' limits, and is tried again when it may go through later. */
export interface Outbox {
  /**
   * Posts (`activityId` null) or updates a message. `compose` runs right before each try, so what goes out is the newest
   * state; when it returns null there is nothing to say any more, and so the result is null, as it is when the process
   * is stopping. Otherwise the result is the message's id.
   * Errors: `chat.messageLost`, `chat.gone`, `chat.rejected`, and `chat.throttled` or `chat.unavailable` after the last try.
   */
  show(
    to: Address,
    activityId: string | null,
    compose: () => CardMessage | null | Promise<CardMessage | null>,
  ): Promise<string | null>;
  /** Opens (or finds) the personal chat with a person; null when the process is stopping. Errors: as of `show`. */
  openPersonalChat(from: Omit<Address, 'conversation'>, teamsId: string): Promise<ConversationId | null>;
  /** Everybody in the chat; nobody when the process is stopping. Errors: as of `show`. */
  roster(of: Address): Promise<RosterMember[]>;
}

/**
 * With the pauses below the tries span one and a half to three minutes when Teams refuses at once, and up to six when it does
 * not answer; after that the waker takes up the document again.
 */
const maxTries = 10;
const firstPause = 500;
const longestPause = 60_000;

/** Teams now and then refuses what it takes a second later; what it refuses three times it will never take. */
function mayBeTaken(error: unknown, tries: number): error is AppError {
  return isAppError(error, 'chat.rejected') && tries < 3;
}

/** Teams counts them apart from messages, and allows twice as many, so none waits until a chat has all its cards. */
const rosterOf = ({ conversation }: Address): string => `roster of ${conversation}`;

export function createOutbox(parts: {
  sender: ChatSender;
  limits: SendLimits;
  clock: Clock;
  /** 0 ≤ random() < 1. */
  random: () => number;
  onRetry?: (code: string) => void;
  /** Aborted when the process stops: who waits for a turn waits no longer. */
  stopping?: AbortSignal;
}): Outbox {
  const { sender, limits, clock, random, onRetry, stopping } = parts;

  /** Exponential, with full jitter in its upper half so that many who failed together do not come back together. */
  const pause = (tries: number): number => Math.min(longestPause, firstPause * 2 ** (tries - 1)) * (0.5 + random() / 2);

  /**
   * One request, in its turn under the limits of the conversation, and again while it may go through later. Null when the
   * process is stopping. A chat that does not exist yet is named by the person's id in Teams, a roster by its own name.
   */
  async function inTurn<R>(tenant: TenantId, conversation: string, request: () => Promise<R>): Promise<R | null> {
    for (let tries = 1; ; tries += 1) {
      await limits.turn(tenant, conversation, stopping);
      if (stopping?.aborted) return null;
      try {
        return await request();
      } catch (error) {
        if (tries >= maxTries) throw error;
        if (isAppError(error, 'chat.throttled')) {
          const retryAfter = Number(error.params.retryAfter ?? 0);
          limits.hold(conversation, Math.max(retryAfter, pause(tries)));
        } else if (isAppError(error, 'chat.unavailable') || mayBeTaken(error, tries)) {
          await clock.sleep(pause(tries), stopping);
        } else {
          throw error;
        }
        onRetry?.(error.code);
      }
    }
  }

  return {
    show: (to, activityId, compose) =>
      inTurn(to.tenant, to.conversation, async () => {
        const message = await compose();
        if (!message) return null;
        if (activityId === null) return sender.post(to, message);
        await sender.update(to, activityId, message);
        return activityId;
      }),
    openPersonalChat: (from, teamsId) => inTurn(from.tenant, teamsId, () => sender.openPersonalChat(from, teamsId)),
    async roster(of) {
      const members: RosterMember[] = [];
      let from: string | null = null;
      do {
        const page: RosterPage | null = await inTurn(of.tenant, rosterOf(of), () => sender.rosterPage(of, from));
        if (!page) return [];
        members.push(...page.members);
        from = page.next;
      } while (from !== null);
      return members;
    },
  };
}
