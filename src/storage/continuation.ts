import { createHash } from 'node:crypto';
import { AppError } from '../shared/errors.ts';
import type { Query } from './port.ts';

/** The last document of a page in the order of its query: `at`, then `id`. */
export interface Position {
  at: string | null;
  id: string;
}

/** Writes a position as opaque text, tied to the query that it came from. */
export function encodeContinuation(position: Position, query: Query): string {
  return Buffer.from(JSON.stringify([position.at, position.id, digest(query)])).toString('base64url');
}

/** Reads what {@link encodeContinuation} wrote. Throws `store.badContinuation` for any other text and for another query. */
export function decodeContinuation(text: string, query: Query): Position {
  const [at, id, tie] = parseList(text);
  if ((typeof at !== 'string' && at !== null) || typeof id !== 'string' || tie !== digest(query)) {
    throw new AppError('store.badContinuation');
  }
  return { at, id };
}

function parseList(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch (cause) {
    throw new AppError('store.badContinuation', {}, { cause });
  }
}

function digest({ partition, kind, where, order = 'asc' }: Query): string {
  const { status, owner } = where ?? {};
  return createHash('sha256')
    .update(JSON.stringify({ partition, kind, status, owner, order }))
    .digest('base64url')
    .slice(0, 11);
}

/** Throws a RangeError unless `limit` is a whole number from 1 to 1000. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new RangeError(`limit must be a whole number from 1 to 1000, not ${limit}`);
  }
}

/**
 * Makes a page of `rows`, of which one more than the limit was asked for: the surplus one tells that another page
 * follows and is not shown.
 */
export function toPage<T extends Position>(
  rows: T[],
  query: Query,
): { documents: T[]; continuation?: string; back?: string } {
  const documents = rows.slice(0, query.limit);
  const [first, last] = [documents[0], documents.at(-1)];
  const opposite = query.order === 'desc' ? 'asc' : 'desc';
  return {
    documents,
    ...(rows.length > query.limit && last && { continuation: encodeContinuation(last, query) }),
    ...(query.continuation && first && { back: encodeContinuation(first, { ...query, order: opposite }) }),
  };
}
