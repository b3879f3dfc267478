import { AppError } from '../shared/errors.ts';
import type { Checklist, ChecklistCommand } from './model.ts';

/**
 * A list is one document, of which Cosmos DB takes two megabytes (https://learn.microsoft.com/azure/cosmos-db/concepts-limits).
 * In bytes: what people write ends well before, so that there is room to finish and to put away what is there.
 */
export const roomToWrite = 1_500_000;
export const roomToFinish = 1_900_000;

const finishing: ReadonlySet<ChecklistCommand['do']> = new Set([
  'take',
  'giveBack',
  'done',
  'approve',
  'sendBack',
  'moveItem',
  'moveBlock',
]);
const puttingAway: ReadonlySet<ChecklistCommand['do']> = new Set(['undo', 'removeItem', 'removeBlock', 'close']);

/**
 * What makes it smaller is never refused: to bring back, too, since the mark of what was removed or closed goes.
 * Errors: `checklist.tooLarge`: the list would grow beyond what one document holds.
 */
export function requireRoom(what: ChecklistCommand['do'], before: Checklist, after: Checklist): void {
  if (puttingAway.has(what)) return;
  const size = sizeOf(after);
  if (size > (finishing.has(what) ? roomToFinish : roomToWrite) && size > sizeOf(before)) {
    throw new AppError('checklist.tooLarge');
  }
}

/** In bytes, as it is stored. */
export function sizeOf(list: Checklist): number {
  return new TextEncoder().encode(JSON.stringify(list)).length;
}
