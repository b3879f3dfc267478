import { leads } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { Checklist, Item } from './model.ts';
import { mayHave } from './ownership.ts';
import { changed, type Scene, type Transition, withItem } from './transition.ts';

/**
 * Takes back the last step of an item. `number` is the step that the presser saw: what was taken back already is not taken
 * back twice, and what came after it is not taken back in its place.
 */
export function undo(list: Checklist, item: Item, number: number, scene: Scene): Transition {
  const last = item.history.at(-1);
  if (!last || last.number < number) return { list, event: null };
  if (last.number > number) throw new AppError('checklist.notLast');
  if (last.by !== scene.actor.person && !leads(scene.actor, list.body)) {
    throw new AppError('checklist.othersToUndo', { person: last.by });
  }
  const before = { ...item, ...last.before };
  // Who has left meanwhile gets nothing back.
  const owners = before.owners.filter(({ person }) => mayHave(list, person, scene));
  const blocks = withItem(list, { ...before, owners, history: item.history.slice(0, -1) });
  return changed(list, { blocks }, 'undo', scene, { item: item.id, step: last.what });
}
