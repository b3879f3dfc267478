import { isMember } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type Action, limits, type RecordCommand, type Sitting } from '../model.ts';
import { requireKeeper } from '../rights.ts';
import { markOf, type NoticeKind, nothing, type Transition, told } from '../transition.ts';
import { type Dealing, dayOf } from './open-meeting.ts';
import { heldBy, stillHanded } from './proceedings.ts';

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
export function assign(dealing: Dealing, { id, text, owner, due, translated = false }: Command<'assign'>): Transition {
  const { sitting, before, write } = dealing;
  const known = before.actions.find((one) => one.id === id);
  requireDoable(dealing, { owner, due });
  if (!known && before.actions.length >= limits.actions)
    throw new AppError('sitting.tooMany', { limit: limits.actions });
  const handed = known ? stillHanded(known, { owner, due }) : null;
  const action = { id, text, owner, due, handed, done: known?.done ?? null };
  if (JSON.stringify(known) === JSON.stringify(action)) return nothing(sitting);
  if (!known) return toldOf(write({ actions: [...before.actions, action] }), dealing, null, action);
  const next = withAction(dealing, known, action);
  // The same in one more language is nothing else to do.
  return translated && heldBy(known).due === heldBy(action).due && heldBy(known).owner === heldBy(action).owner
    ? next
    : toldOf(next, dealing, known, action);
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
  return toldOf(withAction(dealing, known, next), dealing, known, next);
}

/** Errors: `sitting.noAction`, `agenda.keepersOnly` (somebody else’s). */
export function setDone(dealing: Dealing, id: string, isDone: boolean): Transition {
  const { sitting, scene } = dealing;
  const known = requireAction(dealing, id);
  if (heldBy(known).owner !== scene.actor.person) requireKeeper(sitting, scene.actor, scene.directory);
  if ((known.done !== null) === isDone) return nothing(sitting);
  const next = { ...known, done: isDone ? markOf(scene) : null };
  const written = withAction(dealing, known, next);
  // What is not done after all was with its owner all the time.
  return isDone ? written : toldOf(written, dealing, next, next);
}

export function unassign(dealing: Dealing, id: string): Transition {
  const { sitting, before, write } = dealing;
  const known = before.actions.find((one) => one.id === id);
  if (!known) return nothing(sitting);
  return toldOf(write({ actions: before.actions.filter((one) => one !== known) }), dealing, known, null);
}

/** Whoever gets something to do hears of it, and so does who had it when it changes or goes, unless they have done that themselves. */
function toldOf(
  { sitting, event }: Transition,
  { item, scene: { actor, now } }: Dealing,
  before: Action | null,
  after: Action | null,
): Transition {
  const had = before && !before.done ? heldBy(before).owner : null;
  const has = after && heldBy(after).owner;
  const occasion = `${item.id}:${(before ?? after)?.id}`;
  const tell = (to: Sitting, kind: NoticeKind, person: PersonId | null, when: string): Sitting =>
    person === null || person === actor.person ? to : told(to, kind, [person], when, now);
  // Each time that it happens is one of its own.
  const anew = `${occasion}:${toStored(now)}`;
  if (has !== null && has === had) return { sitting: tell(sitting, 'taskChanged', has, anew), event };
  const isGiven = before === null || has !== heldBy(before).owner;
  return { sitting: tell(tell(sitting, 'taskGone', had, anew), 'assigned', isGiven ? has : null, occasion), event };
}
