import type { Clock } from '../../../src/shared/clock.ts';

/** At most `operations` within any `milliseconds`. Kept apart from the product's own limiter, so that one can judge the other. */
export interface ThrottleRule {
  readonly operations: number;
  readonly milliseconds: number;
}

const rules = (...pairs: [operations: number, seconds: number][]): ThrottleRule[] =>
  pairs.map(([operations, seconds]) => ({ operations, milliseconds: seconds * 1_000 }));

/** Per bot and conversation. Source: Microsoft Learn, "Optimize your bot with rate limiting in Teams". */
export const sendRules = rules([7, 1], [8, 2], [60, 30], [1_800, 3_600]);
/** Rosters and lists, per bot and conversation. Same source. */
export const readRules = rules([14, 1], [16, 2], [120, 30], [3_600, 3_600]);
/** Every request, per app and tenant. Same source. */
export const tenantRules = rules([50, 1]);

export interface Throttle {
  /** Null when allowed (it is counted then); otherwise the broken rule and the seconds after which to come again. */
  admit(key: string, rules: readonly ThrottleRule[]): { rule: ThrottleRule; retryAfter: number } | null;
}

export function createThrottle(clock: Clock): Throttle {
  const counted = new Map<string, number[]>();
  return {
    admit(key, rules) {
      const now = clock.now().epochMilliseconds;
      const longest = Math.max(...rules.map((rule) => rule.milliseconds));
      const recent = (counted.get(key) ?? []).filter((at) => at > now - longest);
      counted.set(key, recent);
      for (const rule of rules) {
        const within = recent.filter((at) => at > now - rule.milliseconds);
        const blocking = within[within.length - rule.operations];
        if (blocking === undefined) continue;
        return { rule, retryAfter: Math.max(1, Math.ceil((blocking + rule.milliseconds - now) / 1_000)) };
      }
      recent.push(now);
      return null;
    },
  };
}
