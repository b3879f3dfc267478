import type { Waiting } from '../src/delivery/courier.ts';
import type { Outbox } from '../src/delivery/outbox.ts';
import type { ChatSender } from '../src/delivery/sender.ts';
import { isAppError } from '../src/shared/errors.ts';
import type { Meter } from '../src/storage/meter.ts';
import { isFault } from './handlers/error-text.ts';
import type { ActionOutcome, Metrics, SendKind } from './metrics.ts';
import type { TurnParts } from './teams/turn.ts';
import { spanned, type Tracing } from './tracing.ts';

/** The parts of the bot as they are, counted and traced from outside. */

export function observedActing(metrics: Metrics, meter: Meter, tracing: Tracing | null): TurnParts['acting'] {
  return async (verb, work) => {
    const since = performance.now();
    let outcome: ActionOutcome = 'done';
    const refused = (error: unknown): void => {
      outcome = isFault(error) ? 'failed' : 'refused';
    };
    try {
      return await spanned(tracing, 'action', { verb }, () => meter.during(verb, () => work(refused)));
    } catch (error) {
      refused(error);
      throw error;
    } finally {
      metrics.action(verb, outcome, secondsSince(since));
    }
  };
}

export function observedSender(sender: ChatSender, metrics: Metrics, tracing: Tracing | null): ChatSender {
  async function send<R>(kind: SendKind, request: () => Promise<R>): Promise<R> {
    const since = performance.now();
    try {
      const answer = await spanned(tracing, 'send', { kind }, request);
      metrics.send(kind, 'sent', secondsSince(since));
      return answer;
    } catch (error) {
      metrics.send(kind, isAppError(error) ? error.code.replace('chat.', '') : 'fault', secondsSince(since));
      throw error;
    }
  }
  return {
    post: (...given) => send('post', () => sender.post(...given)),
    update: (...given) => send('update', () => sender.update(...given)),
    openPersonalChat: (...given) => send('open', () => sender.openPersonalChat(...given)),
    rosterPage: (...given) => send('roster', () => sender.rosterPage(...given)),
  };
}

/** `waiting`: messages that wait for their turn, for an answer of Teams, or for the next try. */
export function observedOutbox(outbox: Outbox): Outbox & { waiting(): Waiting } {
  /** When each was to be sent; the oldest is first. */
  const waiting = new Set<{ since: number }>();
  return {
    ...outbox,
    async show(...given) {
      const mine = { since: performance.now() };
      waiting.add(mine);
      try {
        return await outbox.show(...given);
      } finally {
        waiting.delete(mine);
      }
    },
    waiting() {
      const oldest = waiting.values().next().value;
      return { count: waiting.size, oldest: oldest ? secondsSince(oldest.since) : 0 };
    },
  };
}

/** Both together. */
export function allWaiting(one: Waiting, other: Waiting): Waiting {
  return { count: one.count + other.count, oldest: Math.max(one.oldest, other.oldest) };
}

function secondsSince(since: number): number {
  return (performance.now() - since) / 1_000;
}
