import { AppError } from '../shared/errors.ts';
import { edit } from './editing.ts';
import { link, note, setDue } from './facts.ts';
import type { Checklist, ChecklistCommand, Item, ItemCommand } from './model.ts';
import { assign, giveBack, take } from './ownership.ts';
import { mayWork, requireItem } from './standing.ts';
import { requireInUse, requireLeader, type Scene, type Transition } from './transition.ts';
import { undo } from './undo.ts';
import { approve, done, notApplicable, sendBack } from './verdict.ts';

/**
 * Errors: `checklist.notFound` (not a member, or somebody else's induction), `directory.leadersOnly`, `badInput` (an id),
 * `checklist.closed`, `checklist.noItem`, `checklist.noBlock`, `checklist.takenBy` (`person`), `checklist.notAMember`,
 * `checklist.waits` (`person`), `checklist.settled` and `checklist.setAside` (`person`), `checklist.pastDue`, `checklist.farDue` (`years`),
 * `checklist.linkNeeded`, `checklist.noApprover`, `checklist.notWaiting`, `checklist.ownWork`, `checklist.othersToUndo` (`person`),
 * `checklist.notLast`, `form.overtaken`, `checklist.reordered`, `checklist.tooMany` (`limit`).
 * `person` is a person id that the edge turns into a name.
 */
export function decide(list: Checklist, command: ChecklistCommand, scene: Scene): Transition {
  if (!mayWork(list, scene.actor)) throw new AppError('checklist.notFound');
  if (command.do !== 'close' && command.do !== 'reopen') requireInUse(list);
  if (isStep(command)) return step(list, requireItem(list, command.item), command, scene);
  requireLeader(list, scene.actor);
  return edit(list, command, scene);
}

type ItemStep = Extract<ChecklistCommand, ItemCommand>;

const steps: ReadonlySet<string> = new Set<ItemCommand['do']>([
  'take',
  'giveBack',
  'assign',
  'setDue',
  'note',
  'link',
  'done',
  'approve',
  'sendBack',
  'notApplicable',
  'undo',
]);

function isStep(command: ChecklistCommand): command is ItemStep {
  return steps.has(command.do);
}

function step(list: Checklist, item: Item, command: ItemCommand, scene: Scene): Transition {
  switch (command.do) {
    case 'take':
      return take(list, item, scene);
    case 'giveBack':
      return giveBack(list, item, scene);
    case 'assign':
      return assign(list, item, command, scene);
    case 'setDue':
      return setDue(list, item, command, scene);
    case 'note':
      return note(list, item, command, scene);
    case 'link':
      return link(list, item, command, scene);
    case 'done':
      return done(list, item, scene);
    case 'approve':
      return approve(list, item, scene);
    case 'sendBack':
      return sendBack(list, item, scene);
    case 'notApplicable':
      return notApplicable(list, item, command.reason, scene);
    case 'undo':
      return undo(list, item, command.step, scene);
  }
}
