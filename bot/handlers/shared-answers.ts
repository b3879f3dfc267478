import { LRUCache } from 'lru-cache';
import type { Card, CardMessage } from '../../src/cards/elements.ts';
import type { Outbox } from '../../src/delivery/outbox.ts';
import type { Address } from '../../src/delivery/sender.ts';
import { type Clock, timeLeft } from '../../src/shared/clock.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { ConversationId, PersonId } from '../../src/shared/ids.ts';

/**
 * The messages that answer commands. Everyone in the chat reads them, while a press on them answers only whoever
 * pressed: so they are drawn anew for everybody when what they show is over or has changed. They are found by what they
 * show and never by what a press says of itself, so a forged press overwrites no other message of ours. They are
 * remembered in memory: after a restart, or when they were posted by another instance, they stay as they are.
 */
export interface SharedAnswers {
  /** The very same card, which goes by this name if it is posted. */
  showing(card: Card, name: string): Card;
  /** `card` is what is sent in the place of the answer's own. Errors: as of `Outbox.show`. */
  post(to: Address, answer: CardMessage, card?: Card): Promise<void>;
  /** Somebody reads or writes in this message: it is left alone for so long, and for as long as others are at it. */
  use(activityId: string | null, by: PersonId, milliseconds: number): void;
  /**
   * Draws anew what was posted under this name, a message in use once it is free, and once for all who ask meanwhile.
   * Errors: as of `post`, without `chat.messageLost` and `chat.gone`.
   */
  redraw(name: string, draw: Draw): Promise<void>;
  /** The same for the last time: the name is nobody's any more. */
  close(name: string, draw: Draw): Promise<void>;
}

/** Null leaves the message as it is. */
type Draw = (conversation: ConversationId) => CardMessage | null;

interface Posted {
  to: Address;
  activityId: string;
}

/** A message is left to somebody for so long since then (epoch milliseconds). */
interface Use {
  since: number;
  milliseconds: number;
}

const rememberedNames = 1_000;
/** The newest of those that show the same. */
const rememberedMessages = 5;

export function createSharedAnswers(outbox: Pick<Outbox, 'show'>, clock: Clock): SharedAnswers {
  const inUse = new LRUCache<string, Map<PersonId, Use>>({ max: rememberedNames });
  const names = new WeakMap<Card, string>();
  const posted = new LRUCache<string, readonly Posted[]>({ max: rememberedNames });
  /** One at a time for each message; `again`: it was asked for anew, or the message was not free yet. */
  const redraws = new Map<Posted, { draw: Draw; again: boolean }>();

  /** Milliseconds until nobody uses the message any more; 0 when it is free. */
  function usedFor({ activityId }: Posted): number {
    const uses = [...(inUse.get(activityId)?.values() ?? [])];
    return Math.max(0, ...uses.map(({ since, milliseconds }) => timeLeft(since, milliseconds, clock.now())));
  }

  /** Once it is free; what is asked for until it is drawn is drawn with it. */
  async function redraw(message: Posted, draw: Draw): Promise<void> {
    const ongoing = redraws.get(message);
    if (ongoing) {
      Object.assign(ongoing, { draw, again: true });
      return;
    }
    const { to, activityId } = message;
    const mine = { draw, again: false };
    redraws.set(message, mine);
    try {
      do {
        mine.again = false;
        // When the process stops, the sleep ends at once.
        await clock.sleep(usedFor(message));
        await outbox.show(to, activityId, () => {
          // Somebody may have begun while this waited for its turn.
          mine.again = usedFor(message) > 0;
          return mine.again ? null : mine.draw(to.conversation);
        });
      } while (mine.again);
    } catch (error) {
      // Somebody has deleted the message, so nobody reads what is old in it; or it is closed to the bot, and stays as it is.
      if (!isAppError(error, 'chat.messageLost') && !isAppError(error, 'chat.gone')) throw error;
    } finally {
      redraws.delete(message);
    }
  }

  async function redrawAll(messages: readonly Posted[] = [], draw: Draw): Promise<void> {
    await Promise.all(messages.map((message) => redraw(message, draw)));
  }

  return {
    showing(card, name) {
      names.set(card, name);
      return card;
    },
    async post(to, answer, card = answer.card) {
      const activityId = await outbox.show(to, null, () => ({ ...answer, card }));
      const name = names.get(answer.card);
      if (activityId === null || name === undefined) return;
      posted.set(name, [...(posted.get(name) ?? []), { to, activityId }].slice(-rememberedMessages));
    },
    use(activityId, by, milliseconds) {
      if (activityId === null) return;
      const users = inUse.get(activityId) ?? new Map<PersonId, Use>();
      inUse.set(activityId, users.set(by, { since: clock.now().epochMilliseconds, milliseconds }));
    },
    redraw: (name, draw) => redrawAll(posted.get(name), draw),
    close(name, draw) {
      const messages = posted.get(name);
      posted.delete(name);
      return redrawAll(messages, draw);
    },
  };
}
