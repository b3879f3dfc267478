import { AppError, isAppError } from '../shared/errors.ts';
import type { Document, DocumentKey, IndexedFields, Store, StoredDocument } from './port.ts';

/** How often a change is decided anew when somebody else wrote first. */
const maxAttempts = 5;

export interface Aggregates<T> {
  get(key: DocumentKey): Promise<T | null>;
  /** Errors: `store.exists`. */
  create(key: DocumentKey, data: T): Promise<void>;
  /**
   * Loads, decides and writes conditionally; on a conflict it decides again on what is stored now.
   * `decide` is pure and may run several times; returning the very same object means that there is nothing to write.
   * Resolves, with the new state, only when it is durable. Errors: those of `decide`, `store.missing`, `store.conflict`.
   */
  change(key: DocumentKey, decide: (data: T) => T): Promise<T>;
}

/**
 * One kind of document as one aggregate. Changes of the same document within this process queue up, so that twenty
 * people who press at once conflict only with other processes.
 */
export function createAggregates<T>(store: Store, indexed: (data: T) => IndexedFields): Aggregates<T> {
  const queues = new Map<string, Promise<unknown>>();

  function queued<R>(key: DocumentKey, task: () => Promise<R>): Promise<R> {
    const name = `${key.partition}\n${key.id}`;
    const before = queues.get(name) ?? Promise.resolve();
    const mine = before.then(task, task);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    queues.set(name, settled);
    void settled.then(() => {
      if (queues.get(name) === settled) queues.delete(name);
    });
    return mine;
  }

  const toDocument = (key: DocumentKey, data: T): Document<T> => ({ ...key, ...indexed(data), data });

  async function attempt(key: DocumentKey, decide: (data: T) => T): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const stored: StoredDocument<T> | null = await store.get<T>(key);
      if (!stored) throw new AppError('store.missing');
      const next = decide(stored.data);
      if (next === stored.data) return next;
      try {
        await store.replace(toDocument(key, next), stored.version);
        return next;
      } catch (error) {
        if (!isAppError(error, 'store.conflict') || tries >= maxAttempts) throw error;
      }
    }
  }

  return {
    async get(key) {
      return (await store.get<T>(key))?.data ?? null;
    },
    async create(key, data) {
      await store.create(toDocument(key, data));
    },
    change: (key, decide) => queued(key, () => attempt(key, decide)),
  };
}
