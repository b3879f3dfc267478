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

export function createKnown<T>(aggregates: Aggregates<T>): Known<T> {
  const byKey = new Map<string, T>();
  const nameOf = (key: DocumentKey): string => `${key.partition}\n${key.id}`;

  function remember(key: DocumentKey, data: T): T {
    const name = nameOf(key);
    byKey.delete(name);
    byKey.set(name, data);
    if (byKey.size > remembered) {
      const oldest = byKey.keys().next();
      if (!oldest.done) byKey.delete(oldest.value);
    }
    return data;
  }

  return {
    async get(key) {
      const known = byKey.get(nameOf(key));
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
