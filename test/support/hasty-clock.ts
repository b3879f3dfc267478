import { performance } from 'node:perf_hooks';
import { setTimeout as realPause } from 'node:timers/promises';
import type { Clock } from '../../src/shared/clock.ts';
import { diskIsUnderWay } from './disk.ts';

/**
 * A clock that stands still while this process has anything to do, and jumps to the next sleeper as soon as it has not:
 * hours of waiting pass in seconds, while real requests over the loopback take no time at all. For whole bots and
 * doubles that all run in the test's own process.
 */
export interface HastyClock extends Clock {
  /** Puts the clock forward; who should have woken by then wakes next. */
  jump(milliseconds: number): void;
  /** Lets nobody sleep any more. */
  stop(): void;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** Milliseconds; sleeps end on this grid, so that many end together. Less than the margins of the product's limits. */
const grid = 20;

/**
 * Starts on a Monday morning in winter (9:00 in Helsinki). Stands still also while `busy` says so: on a machine that others
 * use too, a process may have nothing to do although an answer is on its way to it.
 */
export function hastyClock(busy: () => boolean = () => false): HastyClock {
  let now = Temporal.Instant.from('2026-11-23T07:00:00Z').epochMilliseconds;
  const sleepers = new Set<Sleeper>();
  let stopped = false;

  async function run(): Promise<void> {
    while (!stopped) {
      await quiet();
      if (busy() || diskIsUnderWay() || sleepers.size === 0) continue;
      const next = [...sleepers].reduce((earliest, { at }) => Math.min(earliest, at), Number.POSITIVE_INFINITY);
      now = Math.max(now, next);
      for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
    }
  }
  void run();

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || stopped || milliseconds <= 0) return resolve();
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper: Sleeper = { at: Math.ceil((now + milliseconds) / grid) * grid, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    jump(milliseconds) {
      now += milliseconds;
    },
    stop() {
      stopped = true;
      for (const { wake } of [...sleepers]) wake();
    },
  };
}

/** Resolves when the event loop has had nothing to do for a millisecond: on the loopback nothing is under way then. */
async function quiet(): Promise<void> {
  for (let idle = 0, elapsed = 0; idle === 0 || idle < elapsed * 0.7; ) {
    const before = performance.eventLoopUtilization();
    await realPause(1);
    const { idle: rested, active } = performance.eventLoopUtilization(before);
    idle = rested;
    elapsed = rested + active;
  }
}
