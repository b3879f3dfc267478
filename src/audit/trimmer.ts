import type { Aggregates } from '../storage/aggregates.ts';
import type { DocumentKey } from '../storage/port.ts';
import { type Ledger, withoutPage } from './model.ts';
import type { AuditService } from './service.ts';

/** Moves the oldest entries of a document's log to pages of their own, until less than a page is left in it. */
export type Trim<T> = (key: DocumentKey, data: T) => Promise<void>;

export function createTrim<T extends { ledger: Ledger }>(
  audit: AuditService,
  aggregates: Aggregates<T>,
  partitionOf: (data: T) => string,
): Trim<T> {
  const underway = new Set<string>();

  return async (key, data) => {
    const name = `${key.partition}\n${key.id}`;
    // Whoever is at it already takes what has come meanwhile.
    if (underway.has(name)) return;
    underway.add(name);
    try {
      let current = data;
      for (;;) {
        const page = await audit.moveFullPage(partitionOf(current), current.ledger);
        if (!page) return;
        current = await aggregates.change(key, (stored) => ({ ...stored, ledger: withoutPage(stored.ledger, page) }));
      }
    } finally {
      underway.delete(name);
    }
  };
}
