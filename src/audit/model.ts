/**
 * The append-only log of a case: who looked at or changed what, when and why. Entries are chained: each carries the
 * keyed hash of the one before, so a changed, removed or inserted entry shows.
 */

export interface AuditEvent {
  /** ISO 8601 instant. */
  at: string;
  /** Entra object id of a person, `source:<name>` for the HTTP intake, or `ankarbot` for what the bot does by itself. */
  who: string;
  /** The verb, such as `referral.claim`. */
  what: string;
  /** The purpose, as a code. */
  why: string;
  /** Codes that tell more, such as the new owner or the outcome; never free text. */
  detail?: Readonly<Record<string, string | number>>;
}

/** What a decision says of itself; who decided, and when, is added where it is written. */
export type Occurrence = Omit<AuditEvent, 'at' | 'who'>;

export interface AuditEntry extends AuditEvent {
  /** Counts from 1 within a case. */
  seq: number;
  /** Hash of the entry before; empty for the first. The newest entry's own hash is the head of the ledger. */
  prev: string;
}

/** What a document carries of its log: the head of the chain and the entries that are not yet moved to pages. */
export interface Ledger {
  seq: number;
  head: string;
  pending: AuditEntry[];
}

/** A keyed hash; without the key nobody can write a chain that verifies. */
export type ChainHash = (text: string) => string;

/** Entries that are moved out of the document together: enough to be rare, few enough to keep the document small. */
export const pageSize = 16;

export const emptyLedger: Ledger = { seq: 0, head: '', pending: [] };

function canonical(entry: AuditEntry): string {
  const detail = Object.entries(entry.detail ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([entry.seq, entry.prev, entry.at, entry.who, entry.what, entry.why, detail]);
}

export function append(ledger: Ledger, event: AuditEvent, hash: ChainHash): Ledger {
  const entry: AuditEntry = { ...event, seq: ledger.seq + 1, prev: ledger.head };
  return { seq: entry.seq, head: hash(canonical(entry)), pending: [...ledger.pending, entry] };
}

/** The oldest entries, once there are enough of them for a page; the same entries always make the same page. */
export function fullPage(ledger: Ledger): AuditEntry[] | null {
  return ledger.pending.length > pageSize ? ledger.pending.slice(0, pageSize) : null;
}

/** The very same object when the page has been taken out before. */
export function withoutPage(ledger: Ledger, page: readonly AuditEntry[]): Ledger {
  const last = page.at(-1)?.seq ?? 0;
  if ((ledger.pending.at(0)?.seq ?? 0) > last) return ledger;
  return { ...ledger, pending: ledger.pending.filter((entry) => entry.seq > last) };
}

/** Whether two pages hold the same entries; a store may have put the details of one in another order. */
export function isSamePage(one: readonly AuditEntry[], other: readonly AuditEntry[]): boolean {
  return one.map(canonical).join() === other.map(canonical).join();
}

export interface Verdict {
  intact: boolean;
  /** Sequence number of the entry at which the chain breaks; null when it is whole. */
  brokenAt: number | null;
}

/** Walks the whole chain, oldest entry first, and holds it against the head that the document carries. */
export function verify(entries: readonly AuditEntry[], ledger: Pick<Ledger, 'seq' | 'head'>, hash: ChainHash): Verdict {
  let prev = '';
  let seq = 0;
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { intact: false, brokenAt: seq + 1 };
    // The entry before was changed, or this one was put after another.
    if (entry.prev !== prev) return { intact: false, brokenAt: Math.max(1, seq) };
    prev = hash(canonical(entry));
    seq = entry.seq;
  }
  return seq === ledger.seq && prev === ledger.head
    ? { intact: true, brokenAt: null }
    : { intact: false, brokenAt: Math.max(1, seq) };
}
