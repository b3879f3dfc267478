/**
 * The store as the product sees it. One document is one aggregate, changed by one conditional write.
 * Both implementations (`sqlite.ts`, `cosmos.ts`) keep the same contract, held by one suite.
 */

/** Where a document lives. The partition begins with the tenant, so no query can cross tenants by mistake. */
export interface DocumentKey {
  partition: string;
  id: string;
}

/** The key as one text, to remember things by. */
export function nameOf({ partition, id }: DocumentKey): string {
  return `${partition}\n${id}`;
}

/** The fields that may be queried or sorted by; everything else is in `data`, opaque to the store. */
export interface IndexedFields {
  kind: string;
  /** A state word of the kind's own, such as `open`; null when the kind has none. */
  status: string | null;
  /** Id of the person or body that has it in hand; null when nobody has. */
  owner: string | null;
  /** ISO 8601 instant that lists of this kind are sorted by; null when the kind is never listed. */
  at: string | null;
  /** ISO 8601 instant of the earliest moment at which the document needs attention; null when it needs none. */
  wakeAt: string | null;
}

export interface Document<T = unknown> extends DocumentKey, IndexedFields {
  /** Plain JSON: no undefined, dates as text. */
  data: T;
}

export interface StoredDocument<T = unknown> extends Document<T> {
  /** Opaque; changes with every write (etag). */
  version: string;
}

export interface Query {
  partition: string;
  kind: string;
  /** Equality on indexed fields; null asks for documents where the field is null. */
  where?: { status?: string | null; owner?: string | null };
  /** Direction of `at`; ties are broken by id in the same direction. Default `asc`. */
  order?: 'asc' | 'desc';
  /** Documents per page, 1–1000. */
  limit: number;
  /** `continuation` of an earlier page with the same query, or `back` of one with the opposite order. */
  continuation?: string;
}

export interface Page<T = unknown> {
  documents: StoredDocument<T>[];
  /** Absent on the last page. */
  continuation?: string;
  /** Leads, in the opposite order, to what comes before this page; absent without `Query.continuation`. */
  back?: string;
}

/**
 * Codes thrown as AppError: `store.exists` (create: the id is taken), `store.conflict` (replace, remove: another version
 * is stored, or none), `store.badContinuation` (query), `store.unavailable` (the store cannot be reached or is full; cause attached).
 * A promise that resolves means that the write is durable.
 */
export interface Store {
  get<T>(key: DocumentKey): Promise<StoredDocument<T> | null>;
  /** Returns the first version. */
  create<T>(document: Document<T>): Promise<string>;
  /**
   * Writes only if `version` is still stored; returns the new version. Whoever knows the fields of that version says them:
   * the store may then have less to look up.
   */
  replace<T>(document: Document<T>, version: string, known?: IndexedFields): Promise<string>;
  /** Removes only if `version` is still stored. */
  remove(key: DocumentKey, version: string): Promise<void>;
  /** Within one partition and kind, sorted by `at` then `id`. */
  query<T>(query: Query): Promise<Page<T>>;
  /**
   * Every partition and kind that holds documents, by partition and then by kind. Only the tools that move everything
   * from one store to another ask this; {@link query} gives the documents of each.
   */
  groups(): Promise<Pick<Query, 'partition' | 'kind'>[]>;
  /** Documents of all partitions with `wakeAt <= now`, earliest first, at most `limit`. Only the waker asks this. */
  due(now: string, limit: number): Promise<StoredDocument[]>;
  /** How many documents of a partition and kind match, for headings such as "12 open". */
  count(query: Pick<Query, 'partition' | 'kind' | 'where'>): Promise<number>;
  /**
   * True when this process is the only one that can write (an embedded file). Then what it has read or written last is
   * what is stored: nothing is read again before it is decided on or after a while, nobody looks for what other instances
   * changed, and a new start may take up everything that is due soon.
   */
  readonly exclusive: boolean;
  /** Rejects with `store.unavailable` when the store cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
