import { isAppError } from '../shared/errors.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { Page, Query } from '../storage/port.ts';
import type { StoredReferral } from './stored.ts';

/** Where a page of a list begins or ends, as the page beside it told; with neither it is the first page. */
export interface ListPlace {
  after?: string | undefined;
  before?: string | undefined;
}

export interface ListPage {
  referrals: StoredReferral[];
  /** Where this page was found; nothing for the first. */
  place: ListPlace;
  /** Where the pages beside it are; absent where there is none. */
  next?: string | undefined;
  previous?: string | undefined;
}

type Listed = Pick<Aggregates<StoredReferral>, 'query'>;
type ListQuery = Pick<Query, 'partition' | 'kind' | 'where'>;

/**
 * One page, whatever came before it: what it costs does not grow with its number. The first page when the place is
 * another list's (somebody else's card was pressed, or the place is made up), or when nothing is left there.
 */
export async function readPage(
  referrals: Listed,
  query: ListQuery,
  limit: number,
  place: ListPlace,
): Promise<ListPage> {
  return (await readAt(referrals, query, limit, place)) ?? (await readFrom(referrals, query, limit));
}

async function readAt(referrals: Listed, query: ListQuery, limit: number, place: ListPlace): Promise<ListPage | null> {
  try {
    if (place.before !== undefined) return await readBefore(referrals, query, limit, place.before);
    const page = await readFrom(referrals, query, limit, place.after);
    return page.referrals.length > 0 ? page : null;
  } catch (error) {
    if (isAppError(error, 'store.badContinuation')) return null;
    throw error;
  }
}

async function readFrom(referrals: Listed, query: ListQuery, limit: number, after?: string): Promise<ListPage> {
  const continuation = after === undefined ? {} : { continuation: after };
  const page = await referrals.query({ ...query, limit, ...continuation });
  return { referrals: dataOf(page), place: { after }, next: page.continuation, previous: page.back };
}

/** Null when what comes before does not fill a page any more: the first page does. */
async function readBefore(
  referrals: Listed,
  query: ListQuery,
  limit: number,
  before: string,
): Promise<ListPage | null> {
  const page = await referrals.query({ ...query, limit, order: 'desc', continuation: before });
  if (page.documents.length < limit) return null;
  return { referrals: dataOf(page).reverse(), place: { before }, next: page.back, previous: page.continuation };
}

function dataOf({ documents }: Page<StoredReferral>): StoredReferral[] {
  return documents.map(({ data }) => data);
}
