import { leads } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { Checklist, Item } from './model.ts';
import { mayHave } from './ownership.ts';
import { undoable } from './standing.ts';
import { changed, type Scene, type Transition, withItem } from './transition.ts';

/**
 * Takes back a step of an item. `number` is the step that the presser saw: what was taken back already is not taken back
 * twice, and nothing else is taken back in its place.
 */
export function undo(list: Checklist, item: Item, number: number, scene: Scene): Transition {
  const last = item.history.at(-1);
  const step = [undoable(item), last].find((candidate) => candidate?.number === number);
  if (!last || last.number < number) return { list, event: null };
  if (!step) throw new AppError('checklist.notLast');
  if (step.by !== scene.actor.person && !leads(scene.actor, list.body)) {
    throw new AppError('checklist.othersToUndo', { person: step.by });
  }
  const before = { ...item, ...step.before };
  // Who has left meanwhile gets nothing back.
  const owners = before.owners.filter(({ person }) => mayHave(list, person, scene));
  const blocks = withItem(list, { ...before, owners, history: item.history.filter((other) => other !== step) });
  return changed(list, { blocks }, 'undo', scene, { item: item.id, step: step.what });
}
