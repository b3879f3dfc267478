import { AppError } from '../shared/errors.ts';
import { requireSeen } from '../shared/seen.ts';
import type { Checklist, Item, ItemCommand } from './model.ts';
import { dueParts, linkParts, noteParts } from './seen.ts';
import { type Scene, stepped, type Transition } from './transition.ts';
import { requireOpen } from './verdict.ts';

/**
 * What is said of an item: by when, a note, where the evidence is. Errors of each: `form.overtaken`: it is not any more
 * what its sender saw.
 */

type Saying<Name extends ItemCommand['do']> = Omit<Extract<ItemCommand, { do: Name }>, 'do'>;

/** Nobody plans further ahead, and a typing error in the year shows. */
const yearsAhead = 10;

export function setDue(list: Checklist, item: Item, { due, seen }: Saying<'setDue'>, scene: Scene): Transition {
  if (item.due === due) return { list, event: null };
  requireOpen(item);
  requireSeen(seen, dueParts({ due }), dueParts(item));
  if (due !== null) requirePlannable(Temporal.PlainDate.from(due), scene.today);
  return stepped(list, item, 'setDue', { due }, scene, { due: due ?? 'none' });
}

function requirePlannable(due: Temporal.PlainDate, today: Temporal.PlainDate): void {
  if (Temporal.PlainDate.compare(due, today) < 0) throw new AppError('checklist.pastDue');
  if (Temporal.PlainDate.compare(due, today.add({ years: yearsAhead })) > 0) {
    throw new AppError('checklist.farDue', { years: yearsAhead });
  }
}

/** The text is the very envelope that is there when it says the same. */
export function note(list: Checklist, item: Item, { note: text, seen }: Saying<'note'>, scene: Scene): Transition {
  if (item.note === text) return { list, event: null };
  requireSeen(seen, noteParts({ note: text }), noteParts(item));
  return stepped(list, item, 'note', { note: text }, scene);
}

/** What somebody is to approve, or has approved, stays as they saw it. Errors: those of {@link requireOpen}. */
export function requireLinkable(item: Item): void {
  if (item.approval || item.state.is === 'waiting') requireOpen(item);
}

export function link(list: Checklist, item: Item, { link: address, seen }: Saying<'link'>, scene: Scene): Transition {
  if (item.link === address) return { list, event: null };
  requireLinkable(item);
  requireSeen(seen, linkParts({ link: address }), linkParts(item));
  return stepped(list, item, 'link', { link: address }, scene);
}
