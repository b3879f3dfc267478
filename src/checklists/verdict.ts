import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Checklist, Item, ItemStatus } from './model.ts';
import { nextDue } from './recurrence.ts';
import { mayApprove } from './standing.ts';
import { requireLeader, type Scene, stepped, type Transition, tell } from './transition.ts';

/** What becomes of an item: done, approved or sent back, or not applicable here. */

/** Errors: `checklist.waits` (`person`), those of {@link settledBy}. */
export function requireOpen({ state }: Item): void {
  if (state.is === 'open') return;
  if (state.is === 'waiting') throw new AppError('checklist.waits', { person: state.by });
  throw settledBy(state);
}

/** `checklist.settled` or, of what is not applicable, `checklist.setAside` (`person`). */
export function settledBy({ is, by }: Exclude<Item['state'], { is: 'open' }>): AppError {
  const params = { person: by };
  return is === 'notApplicable'
    ? new AppError('checklist.setAside', params)
    : new AppError('checklist.settled', params);
}

export function done(list: Checklist, item: Item, scene: Scene): Transition {
  if (item.state.is === 'done' || item.state.is === 'waiting') return { list, event: null };
  requireOpen(item);
  const mark = { by: scene.actor.person, at: toStored(scene.now) };
  if (!item.approval)
    return stepped(list, item, 'done', completed(item, { is: 'done', ...mark, approved: null }, scene), scene);
  if (item.link === null) throw new AppError('checklist.linkNeeded');
  const waiting: Item = { ...item, state: { is: 'waiting', ...mark } };
  const approvers = scene.leaders.filter((leader) => mayApprove(waiting, leader));
  // It would wait for ever, and nobody would know.
  if (approvers.length === 0) throw new AppError('checklist.noApprover');
  return tell(stepped(list, item, 'done', { state: waiting.state }, scene), 'approve', item, approvers, scene);
}

/** What recurs is due again, and stays settled until then. */
function completed(item: Item, state: Item['state'], { today }: Scene): Partial<ItemStatus> {
  return item.every ? { state, due: nextDue(item, today)?.toString() ?? null } : { state };
}

export function approve(list: Checklist, item: Item, scene: Scene): Transition {
  requireLeader(list, scene.actor);
  const { state } = item;
  if (state.is === 'done') return { list, event: null };
  if (state.is !== 'waiting') throw new AppError('checklist.notWaiting');
  if (!mayApprove(item, scene.actor.person)) throw new AppError('checklist.ownWork');
  const approved = { by: scene.actor.person, at: toStored(scene.now) };
  const settled = completed(item, { is: 'done', by: state.by, at: state.at, approved }, scene);
  return stepped(list, item, 'approve', settled, scene);
}

export function sendBack(list: Checklist, item: Item, scene: Scene): Transition {
  requireLeader(list, scene.actor);
  const { state } = item;
  if (state.is === 'open') return { list, event: null };
  if (state.is !== 'waiting') throw new AppError('checklist.notWaiting');
  return tell(stepped(list, item, 'sendBack', { state: { is: 'open' } }, scene), 'sentBack', item, [state.by], scene);
}

/** `reason` is the very envelope that is there when it says the same. */
export function notApplicable(list: Checklist, item: Item, reason: Envelope, scene: Scene): Transition {
  if (item.state.is === 'notApplicable' && item.state.reason === reason) return { list, event: null };
  requireOpen(item);
  const state: Item['state'] = { is: 'notApplicable', by: scene.actor.person, at: toStored(scene.now), reason };
  return stepped(list, item, 'notApplicable', completed(item, state, scene), scene);
}
