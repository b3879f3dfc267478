import { isMember } from '../../directory/model.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type Action, limits, type RecordCommand } from '../model.ts';
import { requireKeeper } from '../rights.ts';
import { markOf, nothing, type Transition, told } from '../transition.ts';
import { type Dealing, dayOf } from './open-meeting.ts';
import { heldBy } from './proceedings.ts';

/** What somebody is to do by what the meeting has settled. */

type Command<Do extends RecordCommand['do']> = Extract<RecordCommand, { do: Do }>;

/** Somebody of the body, by a day that is not past. Errors: `directory.unknownMember`, `sitting.pastDue`. */
function requireDoable({ sitting, scene }: Dealing, { owner, due }: Pick<Action, 'owner' | 'due'>): void {
  if (!isMember(scene.directory, sitting.body, owner)) throw new AppError('directory.unknownMember');
  if (due < dayOf(sitting.proceedings, scene)) throw new AppError('sitting.pastDue');
}

/** Errors: `sitting.noAction`. */
function requireAction({ before }: Dealing, id: string): Action {
  const known = before.actions.find((one) => one.id === id);
  if (!known) throw new AppError('sitting.noAction');
  return known;
}

function withAction({ before, write }: Dealing, known: Action, next: Action): Transition {
  return write({ actions: before.actions.map((one) => (one === known ? next : one)) });
}

/** Errors: `directory.unknownMember`, `sitting.pastDue`, `sitting.tooMany` (`limit`). */
export function assign(dealing: Dealing, { id, text, owner, due }: Command<'assign'>): Transition {
  const { sitting, before, write } = dealing;
  const known = before.actions.find((one) => one.id === id);
  requireDoable(dealing, { owner, due });
  if (!known && before.actions.length >= limits.actions)
    throw new AppError('sitting.tooMany', { limit: limits.actions });
  // What was handed on stays so, unless it is given to somebody else or for another day.
  const stays = known?.owner === owner && known.due === due;
  const action = { id, text, owner, due, handed: stays ? known.handed : null, done: known?.done ?? null };
  if (JSON.stringify(known) === JSON.stringify(action)) return nothing(sitting);
  if (!known) return assigned(write({ actions: [...before.actions, action] }), dealing, { id, owner, before: null });
  return assigned(withAction(dealing, known, action), dealing, { id, owner, before: heldBy(known).owner });
}

/** Errors: `agenda.keepersOnly`, `sitting.noAction`, `directory.unknownMember`, `sitting.pastDue`. */
export function handOn(dealing: Dealing, { id, owner, due }: Command<'handOn'>): Transition {
  const { sitting, scene } = dealing;
  requireKeeper(sitting, scene.actor, scene.directory);
  const known = requireAction(dealing, id);
  const held = heldBy(known);
  if (held.owner === owner && held.due === due) return nothing(sitting);
  requireDoable(dealing, { owner, due });
  const next = { ...known, handed: known.owner === owner && known.due === due ? null : { owner, due } };
  return assigned(withAction(dealing, known, next), dealing, { id, owner, before: held.owner });
}

/** Errors: `sitting.noAction`, `agenda.keepersOnly` (somebody else’s). */
export function setDone(dealing: Dealing, id: string, isDone: boolean): Transition {
  const { sitting, scene } = dealing;
  const known = requireAction(dealing, id);
  if (heldBy(known).owner !== scene.actor.person) requireKeeper(sitting, scene.actor, scene.directory);
  if ((known.done !== null) === isDone) return nothing(sitting);
  return withAction(dealing, known, { ...known, done: isDone ? markOf(scene) : null });
}

export function unassign({ sitting, before, write }: Dealing, id: string): Transition {
  const actions = before.actions.filter((one) => one.id !== id);
  return actions.length === before.actions.length ? nothing(sitting) : write({ actions });
}

/** Whoever gets something to do hears of it, unless they have taken it themselves. */
function assigned(
  { sitting, event }: Transition,
  { item, scene: { actor, now } }: Dealing,
  { id, owner, before }: { id: string; owner: PersonId; before: PersonId | null },
): Transition {
  const tells = owner !== before && owner !== actor.person;
  return { sitting: tells ? told(sitting, 'assigned', [owner], `${item.id}:${id}`, now) : sitting, event };
}
