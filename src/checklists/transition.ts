import type { AuditEvent, Occurrence } from '../audit/model.ts';
import { notifyOnce, touch } from '../delivery/model.ts';
import { type Actor, leads, membershipIn } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Checklist, Item, ItemStatus, Owner, Step, StepName } from './model.ts';
import { decisiveStep } from './standing.ts';

/** What a decision knows besides the list. */
export interface Scene {
  actor: Actor;
  now: Temporal.Instant;
  /** The date in the region. */
  today: Temporal.PlainDate;
  isMember: (person: PersonId) => boolean;
  /** Who has an item, and is no member of the body any more. */
  hasLeft: (owner: Owner) => boolean;
  /** The leaders of the list's body. */
  leaders: readonly PersonId[];
}

/** The next state, and what the log says about it; `event` is null when nothing happened (pressed twice). */
export interface Transition {
  list: Checklist;
  event: Occurrence | null;
}

export type NoticeKind = 'assigned' | 'approve' | 'sentBack';

/** Errors: `directory.notAMember`. */
export function requireMember({ body }: Pick<Checklist, 'body'>, actor: Actor): void {
  if (!membershipIn(actor, body)) throw new AppError('directory.notAMember');
}

/** Errors: `directory.notAMember`, `directory.leadersOnly`. */
export function requireLeader(list: Pick<Checklist, 'body'>, actor: Actor): void {
  requireMember(list, actor);
  if (!leads(actor, list.body)) throw new AppError('directory.leadersOnly');
}

/** Errors: `checklist.closed`. */
export function requireInUse({ closed }: Pick<Checklist, 'closed'>): void {
  if (closed) throw new AppError('checklist.closed');
}

/** Something happened: every card of the list is drawn anew. */
export function changed(
  list: Checklist,
  changes: Partial<Checklist>,
  what: string,
  { now }: Pick<Scene, 'now'>,
  detail?: AuditEvent['detail'],
): Transition {
  return {
    list: { ...list, ...changes, delivery: touch(list.delivery, now) },
    event: { what: `checklist.${what}`, why: 'checklist', ...(detail && { detail }) },
  };
}

/** Steps of one item that can be undone, beside the one that settled it. */
const rememberedSteps = 5;

/** A step with an item, which can be undone. */
export function stepped(
  list: Checklist,
  item: Item,
  what: StepName,
  changes: Partial<ItemStatus>,
  scene: Scene,
  detail?: AuditEvent['detail'],
): Transition {
  const number = item.step + 1;
  const before: Partial<ItemStatus> = {
    ...('owners' in changes && { owners: item.owners }),
    ...('due' in changes && { due: item.due }),
    ...('note' in changes && { note: item.note }),
    ...('link' in changes && { link: item.link }),
    ...('state' in changes && { state: item.state }),
  };
  const step = { number, by: scene.actor.person, at: toStored(scene.now), what, before };
  const history = remembered([...item.history, step]);
  const blocks = withItem(list, { ...item, ...changes, step: number, history });
  return changed(list, { blocks }, what, scene, { item: item.id, ...detail });
}

function remembered(history: readonly Step[]): Step[] {
  const newest = history.slice(-rememberedSteps);
  const decisive = decisiveStep(history);
  return decisive && !newest.includes(decisive) ? [decisive, ...newest] : newest;
}

/** The blocks with this item in the place of the one with its id. */
export function withItem({ blocks }: Pick<Checklist, 'blocks'>, item: Item): Checklist['blocks'] {
  return blocks.map((block) =>
    block.items.some(({ id }) => id === item.id)
      ? { ...block, items: block.items.map((other) => (other.id === item.id ? item : other)) }
      : block,
  );
}

/**
 * A private word to those whom it concerns; nobody is told what they did themselves. What waits for approval, is taken back
 * and waits again, is told once a day, unless it was sent back meanwhile.
 */
export function tell(
  { list, event }: Transition,
  kind: NoticeKind,
  item: Item,
  to: readonly PersonId[],
  { actor, now, today }: Scene,
): Transition {
  const sentBack = item.history.findLast(({ what }) => what === 'sendBack')?.number ?? 0;
  const occasion = kind === 'approve' ? `${today}:${sentBack}` : toStored(now);
  const notices = to
    .filter((person) => person !== actor.person)
    .map((person) => ({ key: `${kind}:${item.id}:${person}:${occasion}`, to: person, kind }));
  return { list: { ...list, delivery: notifyOnce(list.delivery, notices, now) }, event };
}
