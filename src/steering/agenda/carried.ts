import { heldBy, openActionsIn, recordOf } from '../meeting/proceedings.ts';
import { type Item, standingCodes } from '../model.ts';
import type { StoredSitting } from '../stored.ts';

/** What a meeting leaves for the next one. */

/** What it has not settled: what it did not come to, what was tabled and what was returned, as long as it was no matter of course. */
export function unsettledIn(sitting: StoredSitting): Item[] {
  const records = sitting.proceedings ?? { records: {} };
  return sitting.items.filter(({ id, code, state }) => {
    // What nobody has said yes or no to still waits.
    if (state.is === 'proposed') return true;
    if (state.is !== 'accepted' || (code !== null && isStanding.has(code))) return false;
    const { outcome } = recordOf(records, id);
    return outcome === null || outcome.as === 'tabled' || outcome.as === 'returned';
  });
}

const isStanding: ReadonlySet<string> = new Set(standingCodes);

/** How it is called on the next agenda: by itself the same each time. */
export const carriedId = (sitting: StoredSitting, item: Item): string =>
  item.code && item.year !== null ? `${item.code}-${item.year}` : `from-${sitting.id}-${originOf(item)}`;

/** The id that it had when it was first brought up, however often it was carried over. */
const originOf = ({ id, carried }: Item): string => (carried ? carried.item.replace(/^(?:from-\d+-)+/, '') : id);

/** What is left to do of what these meetings have settled, by date. */
export function openActionsOf(sittings: readonly StoredSitting[]) {
  const all = sittings.flatMap((sitting) => openActionsIn(sitting).map((one) => ({ ...one, sitting })));
  return all.toSorted((a, b) => (heldBy(a.action).due < heldBy(b.action).due ? -1 : 1));
}
