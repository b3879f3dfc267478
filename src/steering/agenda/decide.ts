import type { AuditEvent } from '../../audit/model.ts';
import { isMember } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { movedPast } from '../../shared/order.ts';
import { isSettled } from '../meeting/proceedings.ts';
import { type AgendaCommand, type AgendaPress, type Content, type Item, limits, type Sitting } from '../model.ts';
import { keepersOf, requireKeeper, requireMember, requireWriter } from '../rights.ts';
import { hasDocument, isFinished, isFixed, isRecorded, proposalsEnd, proposedBy, requireItem } from '../standing.ts';
import { changed, handedOut, markOf, nothing, type Scene, type Transition, told, withItem } from '../transition.ts';
import { newItem, placed } from './begun.ts';

/**
 * Errors: `directory.notAMember`, `agenda.keepersOnly`, `agenda.noItem`, `agenda.held` (the meeting is over),
 * `agenda.proposalsOver`, `agenda.tooManyProposals` (`limit`), `agenda.full` (`limit`), `agenda.alreadyAdded`,
 * `agenda.recorded` (at the meeting), `agenda.settled` (a proposal that was dealt with), `agenda.reordered`,
 * `agenda.noMeeting` (nothing to send it for), `directory.unknownMember` (who is to present it), `agenda.documentFixed` (it was
 * decided on the one that is there), `agenda.decidedOn` (what was decided or is voted on keeps its kind).
 */
export function decide(sitting: Sitting, command: AgendaCommand, scene: Scene): Transition {
  requireAuthor(sitting, command, scene);
  if (isFinished(sitting, scene.now)) throw new AppError('agenda.held');
  if (command.do === 'add') return add(sitting, command.item, command.content, scene);
  if (command.do === 'send') return send(sitting, scene);
  const item = requireItem(sitting, command.item);
  switch (command.do) {
    case 'change':
      return change(sitting, item, command.content, scene);
    case 'remove':
      return remove(sitting, item, scene);
    case 'accept':
      return accept(sitting, item, scene);
    case 'decline':
      return decline(sitting, item, scene);
    case 'restore':
      return restore(sitting, item, scene);
    case 'document':
      return approve(sitting, item, command, scene);
    case 'move': {
      if (isFixed(sitting, item.id)) throw new AppError('agenda.recorded');
      const items = movedPast(sitting.items, item, command, ({ state }) => state.is === 'accepted');
      if (!items || item.state.is !== 'accepted') throw new AppError('agenda.reordered');
      if (items.every((one, at) => one === sitting.items[at])) return nothing(sitting);
      // It may be taken up later than in its turn, and nothing that was dealt with comes after it that did not before.
      const after = new Set(sitting.items.slice(sitting.items.indexOf(item)));
      const isEarlier = items.slice(items.indexOf(item)).some((one) => !after.has(one) && isFixed(sitting, one.id));
      if (isEarlier) throw new AppError('agenda.recorded');
      return onAgenda(sitting, { items }, 'move', item, scene);
    }
  }
}

/**
 * Who may do it at all, before anything is said of how it stands. Errors: `directory.notAMember`, `agenda.noAgenda`,
 * `agenda.keepersOnly`, `agenda.noItem`, `agenda.settled`.
 */
export function requireAuthor(sitting: Sitting, command: AgendaCommand | AgendaPress, scene: Scene): void {
  const { actor, directory } = scene;
  requireMember(sitting.body, actor, directory);
  if (command.do === 'add') return;
  if (command.do === 'change' || command.do === 'remove') requireWriter(sitting, command.item, actor, directory);
  else requireKeeper(sitting, actor, directory);
}

/** What is on the agenda has changed; those who have got it hear of it, once it has come to rest. */
function onAgenda(
  sitting: Sitting,
  changes: Partial<Sitting>,
  what: string,
  { id }: Item,
  scene: Scene,
  detail: AuditEvent['detail'] = {},
): Transition {
  const untold = sitting.sent === null ? null : toStored(scene.now);
  return changed(sitting, { ...changes, untold }, what, scene, { item: id, ...detail });
}

function add(sitting: Sitting, id: string, content: Content, scene: Scene): Transition {
  const { actor, directory, now, policy } = scene;
  const known = sitting.items.find((one) => one.id === id);
  // The same form once more: what it says now must be what was added.
  if (known) {
    if (known.begun.by !== actor.person || !says(known, content)) throw new AppError('agenda.alreadyAdded');
    return nothing(sitting);
  }
  requirePresenter(sitting, content, null, scene);
  if (sitting.items.length >= limits.items) throw new AppError('agenda.full', { limit: limits.items });
  const item = newItem(id, markOf(scene), content);
  if (keepersOf(sitting.body, directory).includes(actor.person)) {
    const late = sitting.sent && ('added' as const);
    const items = afterRecorded(sitting, placed(sitting.items, { ...item, late }), id);
    return onAgenda(sitting, { items }, 'add', item, scene);
  }
  const end = proposalsEnd(sitting, policy);
  if (end && Temporal.Instant.compare(now, end) > 0) throw new AppError('agenda.proposalsOver');
  const own = sitting.items.filter(({ begun }) => begun.by === actor.person);
  if (own.length >= limits.proposed) throw new AppError('agenda.tooManyProposals', { limit: limits.proposed });
  if (proposedBy(sitting, actor.person).length >= limits.proposals)
    throw new AppError('agenda.tooManyProposals', { limit: limits.proposals });
  const items = placed(sitting.items, { ...item, state: { is: 'proposed' } });
  const proposed = changed(sitting, { items }, 'propose', scene, { item: id });
  const keepers = keepersOf(sitting.body, directory);
  return { ...proposed, sitting: told(proposed.sitting, 'proposed', keepers, id, now) };
}

/** What comes onto the agenda at the meeting comes after all that was dealt with there already. */
function afterRecorded(sitting: Sitting, items: readonly Item[], id: string): readonly Item[] {
  const at = items.findIndex((one) => one.id === id);
  const last = items.findLastIndex((one) => isFixed(sitting, one.id));
  const item = items[at];
  return !item || last <= at ? items : items.toSpliced(last + 1, 0, item).toSpliced(at, 1);
}

function change(sitting: Sitting, item: Item, content: Content, scene: Scene): Transition {
  if (says(item, content)) return nothing(sitting);
  requirePresenter(sitting, content, item, scene);
  // Whether it could be decided hangs on its kind.
  if (content.kind !== item.kind && isSettled(sitting, item.id)) throw new AppError('agenda.decidedOn');
  const { openLinks, ...facts } = item;
  const isSealed = content.words !== item.words || openLinks === undefined;
  return rewritten(sitting, item, { ...(isSealed ? facts : item), ...content }, scene);
}

/** It says something else now; after the agenda went out that is marked. */
function rewritten(sitting: Sitting, item: Item, next: Item, scene: Scene): Transition {
  if (item.state.is !== 'accepted' || isFinished(sitting, scene.now)) {
    return changed(sitting, { items: withItem(sitting, next) }, 'change', scene, { item: item.id });
  }
  const late = sitting.sent === null ? null : (item.late ?? 'changed');
  return onAgenda(sitting, { items: withItem(sitting, { ...next, late }) }, 'change', item, scene);
}

/** It became confidential at another of the meetings between which it was carried; also of one that was held long ago. */
export function hide(sitting: Sitting, id: string, scene: Scene): Transition {
  const item = sitting.items.find((one) => one.id === id);
  if (!item || item.confidential) return nothing(sitting);
  return rewritten(sitting, item, { ...item, confidential: true }, scene);
}

/** Somebody of the body, or who was named before they left it. */
function requirePresenter({ body }: Sitting, { presenter }: Content, before: Item | null, { directory }: Scene): void {
  if (presenter === null || presenter === before?.presenter || isMember(directory, body, presenter)) return;
  throw new AppError('directory.unknownMember');
}

/** It says the very same already. */
function says(item: Item, content: Content): boolean {
  const of = ({ words, kind, presenter, minutes, confidential }: Content): string =>
    JSON.stringify([words, kind, presenter, minutes, confidential]);
  return of(item) === of(content);
}

function accept(sitting: Sitting, item: Item, scene: Scene): Transition {
  if (item.state.is === 'accepted') return nothing(sitting);
  if (item.state.is !== 'proposed') throw new AppError('agenda.settled');
  const late = sitting.sent && ('added' as const);
  const items = afterRecorded(sitting, withItem(sitting, { ...item, state: { is: 'accepted' }, late }), item.id);
  return answered(onAgenda(sitting, { items }, 'accept', item, scene), 'accepted', item, scene);
}

function decline(sitting: Sitting, item: Item, scene: Scene): Transition {
  if (item.state.is === 'declined') return nothing(sitting);
  if (item.state.is !== 'proposed') throw new AppError('agenda.settled');
  const items = withItem(sitting, { ...item, state: { is: 'declined', ...markOf(scene) } });
  return answered(changed(sitting, { items }, 'decline', scene, { item: item.id }), 'declined', item, scene);
}

/** Who has proposed it hears what became of it, unless they have done it themselves. */
function answered(
  { sitting, event }: Transition,
  kind: 'accepted' | 'declined',
  { id, begun: { by }, state }: Item,
  { actor, now }: Scene,
): Transition {
  const hears = state.is !== 'accepted' && by !== 'ankarbot' && by !== actor.person;
  return { sitting: hears ? told(sitting, kind, [by], `${id}:${toStored(now)}`, now) : sitting, event };
}

function remove(sitting: Sitting, item: Item, scene: Scene): Transition {
  if (item.state.is === 'removed') return nothing(sitting);
  if (isRecorded(sitting, item.id)) throw new AppError('agenda.recorded');
  const state = { is: 'removed' as const, ...markOf(scene) };
  // What nobody has seen on the agenda leaves nothing behind.
  const wasSeen = sitting.sent !== null && item.state.is === 'accepted' && item.late !== 'added';
  const items = withItem(sitting, { ...item, state, late: wasSeen ? 'removed' : null });
  if (item.state.is !== 'accepted') return changed(sitting, { items }, 'remove', scene, { item: item.id });
  return onAgenda(sitting, { items }, 'remove', item, scene);
}

function restore(sitting: Sitting, item: Item, scene: Scene): Transition {
  if (item.state.is === 'accepted' || item.state.is === 'proposed') return nothing(sitting);
  const late = sitting.sent === null || item.late === 'removed' ? null : ('added' as const);
  const accepted: Item = { ...item, state: { is: 'accepted' }, late: late ?? (sitting.sent && 'changed') };
  const items = afterRecorded(sitting, withItem(sitting, accepted), item.id);
  const restored = onAgenda(sitting, { items }, 'restore', item, scene);
  return item.state.is === 'declined' ? answered(restored, 'accepted', item, scene) : restored;
}

/** What is to be approved there; once that is decided, it stays what it was decided on. */
function approve(
  sitting: Sitting,
  item: Item,
  { sha256, link }: Extract<AgendaCommand, { do: 'document' }>,
  scene: Scene,
): Transition {
  if (item.state.is !== 'accepted' || !hasDocument(item)) throw new AppError('agenda.noItem');
  if (item.document?.sha256 === sha256 && item.document.link === link) return nothing(sitting);
  if (isSettled(sitting, item.id)) throw new AppError('agenda.documentFixed');
  const document = { sha256, link, ...markOf(scene) };
  const late = sitting.sent === null ? null : (item.late ?? 'changed');
  const items = withItem(sitting, { ...item, document, late });
  // Of one that is exchanged, the log alone tells which it was.
  return onAgenda(sitting, { items }, 'document', item, scene, { sha256 });
}

/** It goes out to all whom it concerns; what is changed after that is marked so. */
function send(sitting: Sitting, scene: Scene): Transition {
  if (sitting.sent) return nothing(sitting);
  if (sitting.holding === null) throw new AppError('agenda.noMeeting');
  const { sitting: sent, event } = changed(sitting, { sent: markOf(scene) }, 'send', scene);
  return { sitting: handedOut(sent, scene.directory, scene.now), event };
}
