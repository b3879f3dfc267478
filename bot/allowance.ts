import { LRUCache } from 'lru-cache';
import { type Clock, timeLeft } from '../src/shared/clock.ts';

/** Counts what somebody does; returns the seconds to wait until it is allowed again, 0 when it is now. */
export type Allowance = (name: string, perMinute: number) => number;

const minute = 60_000;
const rememberedNames = 5_000;

/** At most so many times in any minute, by name. What is not allowed is not counted. */
export function createAllowance(clock: Pick<Clock, 'now'>): Allowance {
  const recent = new LRUCache<string, number[]>({ max: rememberedNames });
  return (name, perMinute) => {
    const now = clock.now();
    const within = (recent.get(name) ?? []).filter((at) => timeLeft(at, minute, now) > 0);
    recent.set(name, within);
    const [oldest = now.epochMilliseconds] = within;
    if (within.length >= perMinute) return Math.ceil(timeLeft(oldest, minute, now) / 1_000);
    within.push(now.epochMilliseconds);
    return 0;
  };
}
