import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';

/** Asks a store that fails again for a while, for work that nobody repeats. Errors: those of the last try. */
export type Patiently = <R>(ask: () => Promise<R>) => Promise<R>;

/** In milliseconds; together about as long as a process holds a document. */
const pauses = [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600];

/** `stopping`: aborted when the process stops; then nothing is waited for any longer. */
export function createPatience(clock: Clock, stopping?: AbortSignal): Patiently {
  return async (ask) => {
    for (const pause of pauses) {
      try {
        return await ask();
      } catch (error) {
        const mayPass = isAppError(error, 'store.unavailable') || isAppError(error, 'store.conflict');
        if (!mayPass || stopping?.aborted) throw error;
        await clock.sleep(pause, stopping);
      }
    }
    return ask();
  };
}
