import { LRUCache } from 'lru-cache';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { DocumentKey } from '../storage/port.ts';

/** Documents that every activity asks for and that hardly ever change, kept at hand. */
export interface Known<T> {
  get(key: DocumentKey): Promise<T | null>;
  change(key: DocumentKey, decide: (data: T) => T): Promise<T>;
  /** Somebody else may have created it a moment ago; then theirs stands. */
  createOrIgnore(key: DocumentKey, data: T): Promise<void>;
}

const remembered = 5_000;

/**
 * `freshFor` in milliseconds; null when nobody else writes. What is older is given all the same, and looked up again in
 * the background, so that no press waits or pays for it; what `waitsFor` says of it is waited for.
 */
export function createKnown<T>(
  aggregates: Aggregates<T>,
  parts: {
    clock: Clock;
    background: (work: () => Promise<unknown>) => void;
    freshFor: number | null;
    waitsFor: (data: T) => boolean;
  },
): Known<T> {
  const { clock, background, freshFor, waitsFor } = parts;
  const recent = new LRUCache<string, { data: T; since: number }>({ max: remembered });
  const nameOf = (key: DocumentKey): string => `${key.partition}\n${key.id}`;

  function remember(key: DocumentKey, data: T): T {
    recent.set(nameOf(key), { data, since: clock.now().epochMilliseconds });
    return data;
  }

  async function lookUp(key: DocumentKey): Promise<T | null> {
    const stored = await aggregates.get(key);
    return stored && remember(key, stored);
  }

  return {
    async get(key) {
      const known = recent.get(nameOf(key));
      if (!known) return lookUp(key);
      const fresh = freshFor === null || known.since + freshFor > clock.now().epochMilliseconds;
      if (fresh) return known.data;
      if (waitsFor(known.data)) return lookUp(key);
      // Counts as fresh meanwhile, so that one look is enough for all who ask.
      remember(key, known.data);
      background(() => lookUp(key));
      return known.data;
    },
    async change(key, decide) {
      return remember(key, await aggregates.change(key, decide));
    },
    async createOrIgnore(key, data) {
      try {
        await aggregates.create(key, data);
        remember(key, data);
      } catch (error) {
        if (!isAppError(error, 'store.exists')) throw error;
      }
    },
  };
}
