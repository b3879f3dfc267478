import type { Outbox } from '../src/delivery/outbox.ts';
import type { ChatSender } from '../src/delivery/sender.ts';
import { isAppError } from '../src/shared/errors.ts';
import type { Meter } from '../src/storage/meter.ts';
import { isFault } from './handlers/error-text.ts';
import type { Metrics, SendKind } from './metrics.ts';
import { spanned, type Tracing } from './tracing.ts';

/** The parts of the bot as they are, counted and traced from outside. */

/** Does the work of an action; `verb` is one that the bot knows. */
export type Acting = <R>(verb: string, work: () => Promise<R>) => Promise<R>;

export function observedActing(metrics: Metrics, meter: Meter, tracing: Tracing | null): Acting {
  return async (verb, work) => {
    const since = performance.now();
    try {
      const answer = await spanned(tracing, 'action', { verb }, () => meter.during(verb, work));
      metrics.action(verb, 'done', secondsSince(since));
      return answer;
    } catch (error) {
      metrics.action(verb, isFault(error) ? 'failed' : 'refused', secondsSince(since));
      throw error;
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

/** Messages that wait for their turn, for an answer of Teams, or for the next try. */
export interface Waiting {
  count: number;
  /** Seconds that the oldest of them has waited since it was to be sent; 0 when there is none. */
  oldest: number;
}

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

function secondsSince(since: number): number {
  return (performance.now() - since) / 1_000;
}
