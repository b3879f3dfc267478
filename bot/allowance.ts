import { LRUCache } from 'lru-cache';
import type { Clock } from '../src/shared/clock.ts';

/** Counts what somebody does; returns the seconds to wait until it is allowed again, 0 when it is now. */
export type Allowance = (name: string, perMinute: number) => number;

const minute = 60_000;
const rememberedNames = 5_000;

/** At most so many times in any minute, by name. What is not allowed is not counted. */
export function createAllowance(clock: Pick<Clock, 'now'>): Allowance {
  const recent = new LRUCache<string, number[]>({ max: rememberedNames });
  return (name, perMinute) => {
    const now = clock.now().epochMilliseconds;
    const within = (recent.get(name) ?? []).filter((at) => at > now - minute);
    recent.set(name, within);
    const [oldest = now] = within;
    if (within.length >= perMinute) return Math.max(1, Math.ceil((oldest + minute - now) / 1_000));
    within.push(now);
    return 0;
  };
}
