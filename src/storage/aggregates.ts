import { LRUCache } from 'lru-cache';
import { AppError, isAppError } from '../shared/errors.ts';
import { createQueues } from '../shared/queues.ts';
import {
  type Document,
  type DocumentKey,
  type IndexedFields,
  nameOf,
  type Page,
  type Query,
  type Store,
  type StoredDocument,
} from './port.ts';
import { createSchema, type Upcaster } from './schema.ts';

/** How often a change is decided anew when somebody else wrote first. */
const maxAttempts = 5;
/** Documents whose last known version is kept at hand, a few kilobytes each. */
const remembered = 1_000;

export interface Aggregates<T> extends Pick<Store, 'exclusive'> {
  get(key: DocumentKey): Promise<T | null>;
  /** As this process last saw it, which may be older than what is stored; loads it when it never did. */
  lastKnown(key: DocumentKey): Promise<T | null>;
  /**
   * Errors: those of the store's query, and `store.newerSchema`; with `onUnreadable`, which is told of each instead, the page
   * lacks what cannot be read.
   */
  query(query: Query, onUnreadable?: (error: AppError) => void): Promise<Page<T>>;
  /** Errors: `store.exists`. */
  create(key: DocumentKey, data: T): Promise<void>;
  /**
   * Loads, decides and writes conditionally; on a conflict it decides again on what is stored now.
   * `decide` is pure and may run several times; returning the very same object means that there is nothing to write.
   * Resolves, with the new state, only when it is durable. Errors: those of `decide`, `store.missing`, `store.conflict`.
   * What `decide` threw is what it made of the stored state, which `lastKnown` has then.
   */
  change(key: DocumentKey, decide: (data: T) => T): Promise<T>;
}

/**
 * One kind of document as one aggregate. Changes of the same document within this process queue up, so that twenty
 * people who press at once conflict only with other processes. `signed` is what every write adds of itself.
 *
 * What an older release wrote is brought up to date by the `upcasters` whenever it is read, and lies so in the store after
 * its next change; what a newer release wrote is neither read nor overwritten (`store.newerSchema`).
 */
export function createAggregates<T extends object>(
  store: Store,
  indexed: (data: T) => IndexedFields,
  signed: (data: T) => T = (data) => data,
  upcasters: readonly Upcaster<T>[] = [],
): Aggregates<T> {
  const schema = createSchema(upcasters);
  const queued = createQueues();
  /**
   * `asked`: when it was asked for, or written, in the order of this process: what was asked for before that is older.
   * `stored` is null after a write that failed: it may have been taken all the same.
   */
  const recent = new LRUCache<string, { asked: number; stored: StoredDocument<T> | null }>({ max: remembered });
  let asks = 0;

  const atHand = (name: string): StoredDocument<T> | null => recent.get(name)?.stored ?? null;

  const toDocument = (key: DocumentKey, data: T): Document<T> => ({
    ...key,
    ...indexed(data),
    data: schema.written(data),
  });

  const upToDate = (stored: StoredDocument<T>): StoredDocument<T> => ({ ...stored, data: schema.read(stored.data) });

  function remember(name: string, stored: StoredDocument<T> | null): void {
    asks += 1;
    recent.set(name, { asked: asks, stored });
  }

  async function load(name: string, key: DocumentKey): Promise<StoredDocument<T> | null> {
    asks += 1;
    const asked = asks;
    const stored = await store.get<T>(key);
    // Whatever was written, or asked for later and is here already, is newer.
    const known = recent.get(name);
    if (known && known.asked > asked) return known.stored ?? load(name, key);
    if (!stored) return null;
    const loaded = upToDate(stored);
    recent.set(name, { asked, stored: loaded });
    return loaded;
  }

  /**
   * Decides on the last known version if it is at hand: when somebody else wrote since, the conditional write tells.
   * A decision that writes nothing has no such witness, so with other writers about it is made again on what is stored.
   */
  async function decideOn(name: string, key: DocumentKey, decide: (data: T) => T): Promise<Decided<T>> {
    const known = atHand(name);
    if (known) {
      try {
        const next = decide(known.data);
        if (next !== known.data) return { stored: known, next };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    }
    const stored = await load(name, key);
    if (!stored) throw new AppError('store.missing');
    return { stored, next: decide(stored.data) };
  }

  async function attempt(name: string, key: DocumentKey, decide: (data: T) => T): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      // With the store to itself this process decides at once on what it knows.
      const known = store.exclusive ? atHand(name) : null;
      const { stored, next } = known ? { stored: known, next: decide(known.data) } : await decideOn(name, key, decide);
      if (next === stored.data) return next;
      const document = toDocument(key, signed(next));
      try {
        const version = await store.replace(document, stored.version, stored);
        remember(name, { ...document, version });
        return document.data;
      } catch (error) {
        // Whatever went wrong, what is stored is not known any more.
        remember(name, null);
        if (!isAppError(error, 'store.conflict') || tries >= maxAttempts) throw error;
      }
    }
  }

  return {
    exclusive: store.exclusive,
    async get(key) {
      const name = nameOf(key);
      const known = store.exclusive ? atHand(name) : null;
      return (known ?? (await load(name, key)))?.data ?? null;
    },
    async lastKnown(key) {
      const name = nameOf(key);
      return (atHand(name) ?? (await load(name, key)))?.data ?? null;
    },
    async query(query, onUnreadable) {
      const page = await store.query<T>(query);
      const readable = (stored: StoredDocument<T>): StoredDocument<T>[] => {
        try {
          return [upToDate(stored)];
        } catch (error) {
          if (!onUnreadable || !(error instanceof AppError)) throw error;
          onUnreadable(error);
          return [];
        }
      };
      return { ...page, documents: page.documents.flatMap(readable) };
    },
    async create(key, data) {
      const document = toDocument(key, signed(data));
      const version = await store.create(document);
      remember(nameOf(key), { ...document, version });
    },
    change(key, decide) {
      const name = nameOf(key);
      return queued(name, () => attempt(name, key, decide));
    },
  };
}

/** The document as it is made now, or as another process made it in the same moment. */
export async function madeOnce<T>(all: Pick<Aggregates<T>, 'create' | 'get'>, key: DocumentKey, data: T): Promise<T> {
  try {
    await all.create(key, data);
    return data;
  } catch (error) {
    const theirs = isAppError(error, 'store.exists') ? await all.get(key) : null;
    if (!theirs) throw error;
    return theirs;
  }
}

interface Decided<T> {
  stored: StoredDocument<T>;
  next: T;
}
