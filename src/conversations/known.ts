import { LRUCache } from 'lru-cache';
import { type Clock, timeLeft } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import { type DocumentKey, nameOf } from '../storage/port.ts';

/** Documents that every activity asks for and that hardly ever change, kept at hand. */
export interface Known<T> {
  /** What may be old is given all the same, and looked up again in the background, so that no press waits or pays for it. */
  get(key: DocumentKey): Promise<T | null>;
  /**
   * Some seconds old, for what nobody waits for; while {@link get} looks it up again it may for a moment be older.
   */
  current(key: DocumentKey): Promise<T | null>;
  change(key: DocumentKey, decide: (data: T) => T): Promise<T>;
  /** Somebody else may have created it a moment ago; then theirs stands. */
  createOrIgnore(key: DocumentKey, data: T): Promise<void>;
}

const remembered = 5_000;
/** With other writers about, in milliseconds. */
const freshFor = 60_000;
const currentFor = 5_000;

export function createKnown<T>(
  aggregates: Aggregates<T>,
  parts: {
    clock: Clock;
    background: (work: () => Promise<unknown>) => void;
    /** Nobody else writes: nothing is ever old. */
    exclusive: boolean;
    /** What is waited for when it may be old. */
    waitsFor: (data: T) => boolean;
  },
): Known<T> {
  const { clock, background, exclusive, waitsFor } = parts;
  const recent = new LRUCache<string, { data: T; since: number }>({ max: remembered });

  function remember(name: string, data: T): T {
    recent.set(name, { data, since: clock.now().epochMilliseconds });
    return data;
  }

  const isYounger = ({ since }: { since: number }, age: number): boolean =>
    exclusive || timeLeft(since, age, clock.now()) > 0;

  async function lookUp(key: DocumentKey): Promise<T | null> {
    const stored = await aggregates.get(key);
    return stored && remember(nameOf(key), stored);
  }

  return {
    async get(key) {
      const name = nameOf(key);
      const known = recent.get(name);
      if (!known) return lookUp(key);
      if (isYounger(known, freshFor)) return known.data;
      if (waitsFor(known.data)) return lookUp(key);
      // Counts as fresh meanwhile, so that one look is enough for all who ask.
      remember(name, known.data);
      background(() => lookUp(key));
      return known.data;
    },
    async current(key) {
      const known = recent.get(nameOf(key));
      return known && isYounger(known, currentFor) ? known.data : lookUp(key);
    },
    async change(key, decide) {
      return remember(nameOf(key), await aggregates.change(key, decide));
    },
    async createOrIgnore(key, data) {
      try {
        await aggregates.create(key, data);
        remember(nameOf(key), data);
      } catch (error) {
        if (!isAppError(error, 'store.exists')) throw error;
      }
    },
  };
}
