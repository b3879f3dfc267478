import type { Resource, SqlParameter } from '@azure/cosmos';
import type { Position } from './continuation.ts';
import type { Document, Query, StoredDocument } from './port.ts';

/** A document as the container holds it. Null is written out, because a property that is absent equals nothing in a query. */
export interface NewItem<T> extends Document<T> {
  /** `at` and `id` in one text, so that one ordinary index serves every list. */
  sort: string;
  /** Seconds after its last write at which the service removes it; absent for never. */
  ttl?: number;
}

/** An item as it is read back. The caller of the store vouches that what is stored under a key is a `T`. */
export type Item<T> = NewItem<T> & Resource;

/** A copy, since the client writes it out only later; its id is the document's own, escaped as {@link itemId} does. */
export function toItem<T>(document: Document<T>, ttl: number | null): NewItem<T> {
  const { partition, id, kind, status, owner, at, wakeAt, data } = document;
  const copy = structuredClone(data);
  const item = { id: itemId(id), partition, kind, status, owner, at, wakeAt, sort: sortText(document), data: copy };
  return ttl === null ? item : { ...item, ttl };
}

/** In seconds: so much later than the product itself the service removes what the product has left lying. */
const afterTheProduct = 24 * 60 * 60;

/** Seconds from now until a document may go that the product removes when its alarm rings; null when none is set. */
export function ttlOf({ wakeAt }: Pick<Document, 'wakeAt'>, now: Temporal.Instant): number | null {
  if (wakeAt === null) return null;
  const left = now.until(wakeAt, { largestUnit: 'seconds' }).seconds;
  return Math.max(0, left) + afterTheProduct;
}

export function fromItem<T>(item: Item<T>): StoredDocument<T> {
  const { partition, kind, status, owner, at, wakeAt, data, _etag: version } = item;
  return { partition, id: documentId(item.id), kind, status, owner, at, wakeAt, data, version };
}

/** A space is less than every character of an instant, so null comes first and ids decide between equal instants. */
export function sortText({ at, id }: Position): string {
  return `${at ?? ''} ${id}`;
}

/**
 * The id as Cosmos can take it: it forbids `/ \ ? #`, and others are unsafe in the URL that the id becomes part of
 * (`..`, `%2F`, letters outside of ASCII). Each of them becomes `~` and its UTF-16 code in four hexadecimal digits.
 */
export function itemId(id: string): string {
  return id.replaceAll(/[^\w:@|=,;-]/g, (unit) => `~${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What {@link itemId} was given. */
export function documentId(escaped: string): string {
  return escaped.replaceAll(/~([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The condition of a query. It names the partition too: servers for development do not look at the header. */
export function selection({ partition, kind, where }: Pick<Query, 'partition' | 'kind' | 'where'>): {
  condition: string;
  parameters: SqlParameter[];
} {
  const { status, owner } = where ?? {};
  const wanted = Object.entries({ partition, kind, status, owner }).filter(([, value]) => value !== undefined);
  return {
    condition: wanted.map(([name]) => `c.${name} = @${name}`).join(' AND '),
    parameters: wanted.map(([name, value]) => ({ name: `@${name}`, value: value ?? null })),
  };
}
