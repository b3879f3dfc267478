import { type Clock, timeLeft } from '../../src/shared/clock.ts';
import { createQueues } from '../../src/shared/queues.ts';
import type { Verify } from './remembered.ts';

/** Milliseconds that the issuer has for giving out its keys, and those for which it is left alone when it did not. */
const keysWithin = 5_000;
const leftAloneFor = 5_000;

/**
 * Each token that anybody makes up would have the issuer asked for its keys while these are out of reach. So tokens are
 * verified one at a time, which costs nothing once the keys are there, and after a failure of the issuer those that come
 * within some seconds fail as well.
 */
export function sparingIssuer(verify: Verify, clock: Clock): Verify {
  const queued = createQueues();
  let failure: { error: unknown; since: number } | null = null;

  async function verifyWithin(...given: Parameters<Verify>): Promise<void> {
    const done = new AbortController();
    const late = clock.sleep(keysWithin, done.signal).then(() => {
      if (!done.signal.aborted) throw new KeysLate();
    });
    try {
      await Promise.race([verify(...given), late]);
    } finally {
      done.abort();
    }
  }

  return (...given) =>
    queued('issuer', async () => {
      if (failure && timeLeft(failure.since, leftAloneFor, clock.now()) > 0) throw failure.error;
      try {
        await verifyWithin(...given);
      } catch (error) {
        if (isOfIssuer(error)) failure = { error, since: clock.now().epochMilliseconds };
        throw error;
      }
    });
}

class KeysLate extends Error {
  override name = 'KeysLate';
}

/** The issuer could not be reached, or answered with an error of its own. What a token can cause is none of these. */
function isOfIssuer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof KeysLate || error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500)
  );
}
