import { setImmediate as macrotask } from 'node:timers/promises';
import type { Running } from '../../bot/main.ts';
import type { Clock } from '../../src/shared/clock.ts';

/**
 * A clock that runs with the real one, from a moment of the test's own, and can be put forward. For tests of the whole
 * bot: real requests take real time, while days pass at once.
 */
export interface ShiftingClock extends Clock {
  /** Puts the clock forward; whoever should have woken by then wakes at once, all at the new time. */
  jump(to: Temporal.Instant | string): void;
  /** Resolves as soon as somebody sleeps who has `milliseconds` or more to go. */
  untilAsleep(milliseconds: number): Promise<void>;
}

/** Starts on a Monday morning in winter (9:00 in Helsinki) unless told otherwise. */
export function shiftingClock(start: Temporal.Instant | string = '2026-11-23T07:00:00Z'): ShiftingClock {
  let ahead = Temporal.Instant.from(start).epochMilliseconds - Date.now();
  const present = (): number => Date.now() + ahead;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const watchers = new Set<() => void>();

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(present()),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: present() + milliseconds, wake };
        const timer = setTimeout(wake, milliseconds);
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
        for (const look of watchers) look();
      }),
    jump(to) {
      const target = Temporal.Instant.from(to).epochMilliseconds;
      if (target < present()) throw new RangeError('The clock can only be put forward.');
      ahead = target - Date.now();
      for (const { at, wake } of [...sleepers].sort((a, b) => a.at - b.at)) if (at <= target) wake();
    },
    untilAsleep: (milliseconds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (![...sleepers].some(({ at }) => at - present() >= milliseconds)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

/** A time in Helsinki, as people see it. */
export function inHelsinki(local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Helsinki').toInstant();
}

/** Milliseconds; nothing else sleeps for so long while all is well. */
const wakerSleeps = 1_000;

/** Puts the clock of a bot forward; what is due by then is done before this resolves. */
export async function goTo(to: Temporal.Instant, clock: ShiftingClock, bot: Pick<Running, 'settled'>): Promise<void> {
  await bot.settled();
  // Only a waker that sleeps is woken; then it looks at what is due, and sleeps again.
  await clock.untilAsleep(wakerSleeps);
  clock.jump(to);
  await macrotask();
  await clock.untilAsleep(wakerSleeps);
  await bot.settled();
}
