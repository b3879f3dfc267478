import type { Clock } from '../../src/shared/clock.ts';
import { turn } from './disk.ts';

/** A clock that stands still until a test turns it. */
export interface SimulatedClock extends Clock {
  /**
   * Moves on by `milliseconds`. Sleepers wake in the order of their times (equal times: in the order in which they fell
   * asleep), each at its own `now()`, and the promise callbacks of one run before the next wakes. A sleep begun by such
   * a callback takes part. Who waits for the disk is waited for; who waits for other real I/O is not: await that work itself.
   */
  advance(milliseconds: number): Promise<void>;
  /** Moves to `instant`: forwards like `advance`; backwards like a corrected wall clock, where sleeps keep their length. */
  set(instant: Temporal.Instant | string): Promise<void>;
  /** How many sleep now. */
  readonly sleepers: number;
}

interface Sleeper {
  /** Milliseconds since the epoch. */
  at: number;
  wake: () => void;
}

/** Starts on a Monday morning in winter (9:00 in Helsinki) unless told otherwise. */
export function simulatedClock(start: Temporal.Instant | string = '2026-11-23T07:00:00Z'): SimulatedClock {
  let now = Temporal.Instant.from(start).epochMilliseconds;
  const sleepers: Sleeper[] = [];

  const advanceTo = async (target: number): Promise<void> => {
    await turn();
    for (let next = sleepers[0]; next && next.at <= target; next = sleepers[0]) {
      now = Math.max(now, next.at);
      next.wake();
      await turn();
    }
    now = target;
    await turn();
  };

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || milliseconds <= 0) return resolve();
        const wake = (): void => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper: Sleeper = { at: now + Math.ceil(milliseconds), wake };
        const later = sleepers.findIndex((other) => other.at > sleeper.at);
        sleepers.splice(later === -1 ? sleepers.length : later, 0, sleeper);
        signal?.addEventListener('abort', wake);
      }),
    advance: (milliseconds) => {
      if (milliseconds < 0) throw new RangeError('Only set() can turn a clock back.');
      return advanceTo(now + milliseconds);
    },
    set: async (instant) => {
      const target = Temporal.Instant.from(instant).epochMilliseconds;
      if (target >= now) return advanceTo(target);
      for (const sleeper of sleepers) sleeper.at += target - now;
      now = target;
    },
    get sleepers() {
      return sleepers.length;
    },
  };
}
