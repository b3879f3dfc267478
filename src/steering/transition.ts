import type { AuditEvent, Occurrence } from '../audit/model.ts';
import { forgetUnder, leftBy, type Notice, notify, notifyOnce, touchAll } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import type { Actor } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Item, Mark, Sitting } from './model.ts';
import { recipientsOf } from './recipients.ts';
import type { AgendaPolicy } from './standing.ts';

/** What a decision knows besides the agenda. */
export interface Scene {
  actor: Actor;
  now: Temporal.Instant;
  directory: Directory;
  policy: AgendaPolicy;
}

/** The next state, and what the log says about it; `event` is null when nothing happened (pressed twice). */
export interface Transition {
  sitting: Sitting;
  event: Occurrence | null;
}

/** What an agenda tells somebody in private. */
export type NoticeKind =
  /** Stays as a card of theirs. */
  | 'agenda'
  /** These are said once. */
  | 'changed'
  | 'proposed'
  | 'accepted'
  | 'declined'
  | 'silent'
  | 'danger'
  | 'assigned'
  /** What they were to do is another thing, or by another day; or it was removed, or somebody else has it. */
  | 'taskChanged'
  | 'taskGone'
  /** The decision against which they have said something was removed or became another. */
  | 'dissentGone'
  | 'overdue'
  /** Whoever was to do it has left the body. */
  | 'ownerGone'
  | 'approved'
  | 'approvalGone'
  | MinutesNotice;

/** What the minutes of its meeting tell, of the version that is named in the key. */
export type MinutesNotice = (typeof minutesNotices)[number];
const minutesNotices = [
  'minutesCheck',
  /** Who checks it has said nothing for a while; and who keeps it hears so when that went on. */
  'minutesSilent',
  'minutesLate',
  'minutesCommented',
  'minutesFinal',
] as const;

export function isAboutMinutes(kind: NoticeKind): kind is MinutesNotice {
  return minutesNotices.some((one) => one === kind);
}

export const nothing = (sitting: Sitting): Transition => ({ sitting, event: null });

/** Something happened: every card of the agenda is drawn anew. */
export function changed(
  sitting: Sitting,
  changes: Partial<Sitting>,
  what: string,
  { now }: Pick<Scene, 'now'>,
  detail?: AuditEvent['detail'],
): Transition {
  return {
    sitting: { ...sitting, ...changes, delivery: touchAll(sitting.delivery, now) },
    event: { what: `agenda.${what}`, why: 'agenda', ...(detail && { detail }) },
  };
}

export function markOf({ actor, now }: Pick<Scene, 'actor' | 'now'>): Mark & { by: PersonId } {
  return { by: actor.person, at: toStored(now) };
}

/** The items with this one in the place of the one with its id. */
export function withItem({ items }: Pick<Sitting, 'items'>, item: Item): readonly Item[] {
  return items.map((other) => (other.id === item.id ? item : other));
}

/** A private word to each of them of what happened, which happens once. */
export function told(
  sitting: Sitting,
  kind: NoticeKind,
  to: readonly PersonId[],
  occasion: string,
  now: Temporal.Instant,
): Sitting {
  if (to.length === 0) return sitting;
  return { ...sitting, delivery: notify(sitting.delivery, noticesOf(kind, to, occasion), now) };
}

/** The same of what still holds whenever it is looked at: once for each `occasion`. The very same object when all know it. */
export function toldOnce(
  sitting: Sitting,
  kind: NoticeKind,
  to: readonly PersonId[],
  occasion: string,
  now: Temporal.Instant,
): Sitting {
  const delivery = notifyOnce(sitting.delivery, noticesOf(kind, to, occasion), now);
  return delivery === sitting.delivery ? sitting : { ...sitting, delivery };
}

/** It does not hold any more, so it is told once more when it holds again. The very same object when nobody was told. */
export function toldNoMore(sitting: Sitting, kind: NoticeKind, occasion: string): Sitting {
  const delivery = forgetUnder(sitting.delivery, `${kind}:${occasion}:`);
  return delivery === sitting.delivery ? sitting : { ...sitting, delivery };
}

function noticesOf(kind: NoticeKind, to: readonly PersonId[], occasion: string): Omit<Notice, 'at'>[] {
  return to.map((person) => {
    const key = `${kind}:${occasion}:${person}`;
    return { key, to: person, kind, ...(kind === 'agenda' && { stays: key }) };
  });
}

/**
 * Everybody whom an agenda concerns that has gone out has a card of it, and nobody else: a substitute from the moment on at
 * which they are to come, until they are not any more.
 */
export function handedOut(sitting: Sitting, directory: Directory, now: Temporal.Instant): Sitting {
  if (sitting.sent === null) return sitting;
  const people = recipientsOf(sitting, directory);
  const { holders, delivery } = sitting;
  const at = toStored(now);
  const added = people.filter((person) => holders[person] === undefined);
  const kept = Object.fromEntries(people.map((person) => [person, holders[person] ?? at]));
  const isGone = (person: PersonId): boolean => kept[person] === undefined;
  if (added.length === 0 && people.length === Object.keys(holders).length) return sitting;
  const notices = delivery.notices.filter(({ to }) => !isGone(to));
  const left: Sitting = { ...sitting, holders: kept, delivery: leftBy({ ...delivery, notices }, isGone) };
  return told(left, 'agenda', added, at, now);
}
