import { AppError } from '../../shared/errors.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { heldBy, isDealtWith, openActionsIn, recordOf, unrecordedIn } from '../meeting/proceedings.ts';
import type { Item, Mark } from '../model.ts';
import { agendaOf, isStanding } from '../standing.ts';
import type { StoredSitting } from '../stored.ts';
import { placed } from './begun.ts';
import { followUpFor, itemFor, openedFollowUps } from './writings.ts';

/** What a meeting leaves for the next one. */

/** What it has not settled: what it did not come to, what was tabled and what was returned, as long as it was no matter of course. */
export function unsettledIn(sitting: StoredSitting): Item[] {
  const records = sitting.proceedings ?? { records: {} };
  return sitting.items.filter(({ id, code, kind, state }) => {
    // What nobody has said yes or no to still waits.
    if (state.is === 'proposed') return true;
    if (state.is !== 'accepted' || (code !== null && isStanding(code))) return false;
    const record = recordOf(records, id);
    const { outcome } = record;
    return !isDealtWith({ kind }, record) || outcome?.as === 'tabled' || outcome?.as === 'returned';
  });
}

/** What is asked about before a meeting is closed: what goes on from its agenda to the next, and what is not recorded of it. */
export function closingParts(sitting: StoredSitting) {
  const left = unsettledIn(sitting).filter(({ state }) => state.is === 'accepted');
  return { left: left.map(({ id }) => id), unrecorded: unrecordedIn(sitting) };
}

/** How it is called on the next agenda: by itself the same each time. */
const carriedId = (sitting: StoredSitting, item: Item): string =>
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
function openActionsOf(sittings: readonly StoredSitting[]) {
  const all = sittings.flatMap((sitting) => openActionsIn(sitting).map((one) => ({ ...one, sitting })));
  return all.toSorted((a, b) => (heldBy(a.action).due < heldBy(b.action).due ? -1 : 1));
}

/** What the last meeting has left, and the ones before it, on the agenda of this one; they come the newest first. */
export function withLeft(
  sealer: Sealer,
  sitting: StoredSitting,
  [last, ...before]: readonly StoredSitting[],
  begun: Mark,
): StoredSitting {
  if (!last) return sitting;
  const left = unsettledIn(last).map((item): Item => {
    const next = itemFor(sealer, { sitting: last, item }, { sitting, item: carriedId(last, item) });
    // Who has proposed what waits still hears what becomes of it.
    const by = item.state.is === 'proposed' ? item.begun : begun;
    return { ...next, carried: { sitting: last.id, item: item.id }, late: null, begun: by };
  });
  return withFollowUps(sealer, { ...sitting, items: placed(sitting.items, ...left) }, [last, ...before]);
}

/** What earlier meetings have left to do, as it stands by now; the very same object when that is what it has. */
export function upToDate(sealer: Sealer, sitting: StoredSitting, all: readonly StoredSitting[]): StoredSitting {
  const earlier = all.filter(({ id }) => Number(id) < Number(sitting.id));
  const next = withFollowUps(sealer, sitting, earlier);
  const said = (one: StoredSitting): string => JSON.stringify(openedFollowUps(sealer, one));
  return said(next) === said(sitting) ? sitting : next;
}

function withFollowUps(sealer: Sealer, sitting: StoredSitting, earlier: readonly StoredSitting[]): StoredSitting {
  return { ...sitting, followUps: openActionsOf(earlier).map((one) => followUpFor(sealer, one, sitting)) };
}

/**
 * What a later agenda has begun with is settled there: a meeting that is put right leaves what it left before.
 * Errors: `sitting.carriedOn` (`number`).
 */
export function requireSameLeft(before: StoredSitting, next: StoredSitting): void {
  const had = new Set(unsettledIn(before).map((item) => item.id));
  const has = new Set(unsettledIn(next).map((item) => item.id));
  const other = [...had, ...has].find((one) => had.has(one) !== has.has(one));
  if (other === undefined) return;
  // What is taken off has its number from before, what is added the one that it would have.
  const number = Math.max(...[before, next].map((one) => agendaOf(one).findIndex(({ id }) => id === other) + 1));
  throw new AppError('sitting.carriedOn', { number });
}
