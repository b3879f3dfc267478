import { type Clock, toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Store, StoredDocument } from '../storage/port.ts';
import type { Courier } from './courier.ts';

/** The one alarm clock: asks the store what is due and hands it to the courier. Survives restarts; no cron in memory. */
export interface Waker {
  /** Returns when `signal` aborts. */
  run(signal: AbortSignal): Promise<void>;
}

const pollEvery = 2_000;
/** No document that waits to be settled has its alarm set further ahead than this. */
const leftBehind = Temporal.Duration.from({ minutes: 2 });
/** Documents taken up at a time; those under way are left alone, so the next poll reaches further. */
const batch = 500;

export function createWaker(parts: {
  store: Store;
  courier: Courier;
  clock: Clock;
  /** What shows nothing anywhere and is removed when its time comes. */
  isExpiring: (document: Pick<StoredDocument, 'kind' | 'id'>) => boolean;
  onError: (error: unknown) => void;
}): Waker {
  const { store, courier, clock, isExpiring, onError } = parts;

  async function wakeUntil(moment: string): Promise<void> {
    const due = await store.due(moment, batch);
    for (const { kind, partition, id } of due) if (!isExpiring({ kind, id })) courier.wake(kind, { partition, id });
    await Promise.all(due.filter(isExpiring).map(remove));
  }

  async function remove({ partition, id, version }: StoredDocument): Promise<void> {
    try {
      await store.remove({ partition, id }, version);
    } catch (error) {
      // Another instance was faster, or somebody wrote it anew.
      if (!isAppError(error, 'store.conflict')) onError(error);
    }
  }

  return {
    async run(signal) {
      // What an earlier process left half done is taken up at once, if no other process can be at it.
      let moment = toStored(store.exclusive ? clock.now().add(leftBehind) : clock.now());
      while (!signal.aborted) {
        await wakeUntil(moment).catch(onError);
        await clock.sleep(pollEvery, signal);
        moment = toStored(clock.now());
      }
    },
  };
}
