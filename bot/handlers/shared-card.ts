import type { PressedOn } from '../../src/delivery/home.ts';
import type { Delivery } from '../../src/delivery/model.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { Press } from './verb.ts';

/** What features do alike whose documents stand as cards in a chat. */

/** The pressed card, when it stands in a message that no placement knows, which becomes a line, or that could not be reached. */
export function orphanOf(
  { activityId, reference }: Press,
  placement: string | undefined,
  { placements }: Delivery,
): PressedOn | null {
  if (!placement || !activityId) return null;
  if (placements.some((known) => known.activityId === activityId && !known.away)) return null;
  return { placement, activityId, conversation: reference.conversation };
}

/** Null while the store cannot be reached: a form comes again all the same. */
export async function unlessAway<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (isAppError(error, 'store.unavailable')) return null;
    throw error;
  }
}
