import { isAppError } from '../shared/errors.ts';
import type { Store } from '../storage/port.ts';
import {
  type AuditEntry,
  type AuditEvent,
  append,
  type ChainHash,
  fullPage,
  isSamePage,
  type Ledger,
  type Verdict,
  verify,
} from './model.ts';

/** Writes the log. Entries lie first in the document that they are about, so a change and its entry are one write. */
export interface AuditService {
  /** `partition` is where the pages of this log lie; every hash is bound to it, so no log passes for another one. */
  append(partition: string, ledger: Ledger, event: AuditEvent): Ledger;
  /**
   * Moves the oldest entries to a page of their own once there are many; returns what to take out of the ledger. Throws an
   * Error when other entries lie there: then all stay in the ledger.
   */
  moveFullPage(partition: string, ledger: Ledger): Promise<readonly AuditEntry[] | null>;
  /** All entries, oldest first: the pages and what the document still carries. */
  read(partition: string, ledger: Ledger): Promise<AuditEntry[]>;
  /** Whether these are all entries, as they were written. */
  verify(partition: string, entries: readonly AuditEntry[], ledger: Ledger): Verdict;
}

const pageLimit = 1_000;

export function createAuditService(store: Store, hash: ChainHash): AuditService {
  const bound =
    (partition: string): ChainHash =>
    (text) =>
      hash(`${partition}\n${text}`);
  return {
    append: (partition, ledger, event) => append(ledger, event, bound(partition)),
    verify: (partition, entries, ledger) => verify(entries, ledger, bound(partition)),
    async moveFullPage(partition, ledger) {
      const page = fullPage(ledger);
      if (!page) return null;
      const first = String(page[0]?.seq ?? 0).padStart(8, '0');
      try {
        // The same entries always make the same page, so a crash between this and the document's write does no harm.
        await store.create({
          partition,
          id: first,
          kind: 'audit',
          status: null,
          owner: null,
          // The id is the order; a clock may be set back.
          at: null,
          wakeAt: null,
          data: page,
        });
      } catch (error) {
        if (!isAppError(error, 'store.exists')) throw error;
        const present = await store.get<AuditEntry[]>({ partition, id: first });
        if (!present || !isSamePage(present.data, page))
          throw new Error('A page of the log holds other entries', { cause: error });
      }
      return page;
    },
    async read(partition, ledger) {
      const entries: AuditEntry[] = [];
      let continuation: string | undefined;
      do {
        const page = await store.query<AuditEntry[]>({
          partition,
          kind: 'audit',
          limit: pageLimit,
          ...(continuation && { continuation }),
        });
        entries.push(...page.documents.flatMap((document) => document.data));
        continuation = page.continuation;
      } while (continuation);
      const moved = entries.at(-1)?.seq ?? 0;
      return [...entries, ...ledger.pending.filter((entry) => entry.seq > moved)];
    },
  };
}
