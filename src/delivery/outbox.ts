import type { CardMessage } from '../cards/elements.ts';
import type { Clock } from '../shared/clock.ts';
import { type AppError, isAppError } from '../shared/errors.ts';
import type { SendLimits } from './limits.ts';
import type { Address, ChatSender } from './sender.ts';

/** Sends one message: waits for its turn under Teams' limits, and tries again what may go through later. */
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
}

/** Teams counts every request, so asking who is in a chat and opening one wait for their turn as well. */
export function takingTurns(sender: ChatSender, limits: SendLimits): Pick<ChatSender, 'roster' | 'openPersonalChat'> {
  return {
    async roster(of) {
      await limits.turn(of.tenant, of.conversation);
      return sender.roster(of);
    },
    async openPersonalChat(from, teamsId) {
      await limits.turn(from.tenant, teamsId);
      return sender.openPersonalChat(from, teamsId);
    },
  };
}

/** With the backoff below the tries span about five minutes; after that the waker takes up the document again. */
const maxTries = 10;
const firstPause = 500;
const longestPause = 60_000;

/** Teams now and then refuses what it takes a second later; what it refuses three times it will never take. */
function mayBeTaken(error: unknown, tries: number): error is AppError {
  return isAppError(error, 'chat.rejected') && tries < 3;
}

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

  return {
    async show(to, activityId, compose) {
      for (let tries = 1; ; tries += 1) {
        await limits.turn(to.tenant, to.conversation, stopping);
        if (stopping?.aborted) return null;
        const message = await compose();
        if (!message) return null;
        try {
          if (activityId === null) return await sender.post(to, message);
          await sender.update(to, activityId, message);
          return activityId;
        } catch (error) {
          if (tries >= maxTries) throw error;
          if (isAppError(error, 'chat.throttled')) {
            const retryAfter = Number(error.params.retryAfter ?? 0);
            limits.hold(to.conversation, Math.max(retryAfter, pause(tries)));
          } else if (isAppError(error, 'chat.unavailable') || mayBeTaken(error, tries)) {
            await clock.sleep(pause(tries), stopping);
          } else {
            throw error;
          }
          onRetry?.(error.code);
        }
      }
    },
  };
}
