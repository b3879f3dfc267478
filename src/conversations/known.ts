import { isAppError } from '../shared/errors.ts';
import { createRecent } from '../shared/recent.ts';
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

export function createKnown<T>(aggregates: Aggregates<T>): Known<T> {
  const recent = createRecent<T>(remembered);
  const nameOf = (key: DocumentKey): string => `${key.partition}\n${key.id}`;

  function remember(key: DocumentKey, data: T): T {
    recent.set(nameOf(key), data);
    return data;
  }

  return {
    async get(key) {
      const known = recent.get(nameOf(key));
      if (known) return known;
      const stored = await aggregates.get(key);
      return stored && remember(key, stored);
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
