import { type Clock, timeLeft } from '../src/shared/clock.ts';
import type { Store } from '../src/storage/port.ts';

/** Milliseconds for which an answer of the store serves everybody who asks. */
const serves = 1_000;

/**
 * Whether the store can be reached. Anybody may ask, as often as they like, so the store is asked once a second at most,
 * and `onFault` told as often.
 */
export function createReadiness(
  store: Pick<Store, 'ping'>,
  clock: Pick<Clock, 'now'>,
  onFault: (error: unknown) => void,
): () => Promise<boolean> {
  let known: { answer: Promise<boolean>; since: number } | null = null;

  async function ask(): Promise<boolean> {
    try {
      await store.ping();
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  }

  return () => {
    const now = clock.now();
    if (!known || timeLeft(known.since, serves, now) === 0) known = { answer: ask(), since: now.epochMilliseconds };
    return known.answer;
  };
}
