import { heldBy, openActionsIn, recordOf } from '../meeting/proceedings.ts';
import type { Item } from '../model.ts';
import type { StoredSitting } from '../stored.ts';
import { isStanding } from './begun.ts';

/** What a meeting leaves for the next one. */

/** What it has not settled: what it did not come to, what was tabled and what was returned, as long as it was no matter of course. */
export function unsettledIn(sitting: StoredSitting): Item[] {
  const records = sitting.proceedings ?? { records: {} };
  return sitting.items.filter(({ id, code, state }) => {
    // What nobody has said yes or no to still waits.
    if (state.is === 'proposed') return true;
    if (state.is !== 'accepted' || (code !== null && isStanding(code))) return false;
    const { outcome } = recordOf(records, id);
    return outcome === null || outcome.as === 'tabled' || outcome.as === 'returned';
  });
}

/** How it is called on the next agenda: by itself the same each time. */
export const carriedId = (sitting: StoredSitting, item: Item): string =>
  item.code && item.year !== null ? `${item.code}-${item.year}` : `from-${sitting.id}-${originOf(item)}`;

/** The id that it had when it was first brought up, however often it was carried over. */
const originOf = ({ id, carried }: Item): string => (carried ? carried.item.replace(/^(?:from-\d+-)+/, '') : id);

/** An item, at the meeting on whose agenda it stands. */
interface Matter {
  sitting: StoredSitting;
  item: Item;
}

/** The same matter at the meetings from which it was carried over, and to which; `get` finds another sitting of the body. */
export async function sameMatter(
  sitting: StoredSitting,
  item: Item,
  get: (id: string) => Promise<StoredSitting | null>,
): Promise<Matter[]> {
  async function before({ carried }: Item): Promise<Matter[]> {
    const from = carried && (await get(carried.sitting));
    const original = from?.items.find(({ id }) => id === carried?.item);
    return from && original ? [{ sitting: from, item: original }, ...(await before(original))] : [];
  }
  async function after(at: Matter): Promise<Matter[]> {
    const to = await get(String(Number(at.sitting.id) + 1));
    const copy = to?.items.find(({ carried }) => carried?.sitting === at.sitting.id && carried.item === at.item.id);
    return to && copy ? [{ sitting: to, item: copy }, ...(await after({ sitting: to, item: copy }))] : [];
  }
  return [...(await before(item)), ...(await after({ sitting, item }))];
}

/** What is left to do of what these meetings have settled, by date. */
export function openActionsOf(sittings: readonly StoredSitting[]) {
  const all = sittings.flatMap((sitting) => openActionsIn(sitting).map((one) => ({ ...one, sitting })));
  return all.toSorted((a, b) => (heldBy(a.action).due < heldBy(b.action).due ? -1 : 1));
}
