import { LRUCache } from 'lru-cache';
import { type DocumentKey, nameOf } from '../storage/port.ts';
import { type AuditEntry, fullPage, type Ledger, withoutPage } from './model.ts';
import type { AuditService } from './service.ts';

/**
 * Keeps the log in a document short. The oldest entries are written to pages of their own; the document loses them with
 * its next change, so moving them costs no write of the document.
 */
export interface Trimmer<T extends { ledger: Ledger }> {
  /** Writes the full pages of a document's log, in the background of what was done; null when there are none. */
  moving(key: DocumentKey, data: T): (() => Promise<(data: T) => T>) | null;
  /** The ledger without what stands on pages, to go on with. */
  trimmed(key: DocumentKey, ledger: Ledger): Ledger;
}

/** Documents whose newest page is remembered; of others it is written once more, which changes nothing. */
const remembered = 1_000;

export function createTrimmer<T extends { ledger: Ledger }>(
  audit: AuditService,
  partitionOf: (data: T) => string,
): Trimmer<T> {
  const moved = new LRUCache<string, readonly AuditEntry[]>({ max: remembered });

  function trimmed(key: DocumentKey, ledger: Ledger): Ledger {
    const page = moved.get(nameOf(key));
    return page ? withoutPage(ledger, page) : ledger;
  }

  return {
    trimmed,
    moving(key, data) {
      if (!fullPage(trimmed(key, data.ledger))) return null;
      return async () => {
        for (;;) {
          const page = await audit.moveFullPage(partitionOf(data), trimmed(key, data.ledger));
          // The document loses them with its next change, so there is nothing to note in it now.
          if (!page) return (stored) => stored;
          moved.set(nameOf(key), page);
        }
      };
    },
  };
}
