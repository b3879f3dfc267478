import type { Directory } from '../directory/model.ts';
import type { QuorumRule } from '../directory/quorum.ts';
import { onDay } from '../directory/seats.ts';
import { dateIn } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import { type Item, type Sitting, standingCodes } from './model.ts';

/** How an agenda stands: read off it, and nothing changed. */

/** What is on the agenda, in its order. */
export function agendaOf({ items }: Pick<Sitting, 'items'>): Item[] {
  return items.filter(({ state }) => state.is === 'accepted');
}

/** The item of this id, or code, is of those that every agenda has. */
export const isStanding = (id: string): boolean => standing.has(id);
const standing: ReadonlySet<string> = new Set(standingCodes);

/** What waits for a word of who keeps the agenda, the oldest first. */
export function proposalsIn({ items }: Pick<Sitting, 'items'>): Item[] {
  const waiting = items.filter(({ state }) => state.is === 'proposed');
  return waiting.toSorted((a, b) => (a.begun.at < b.begun.at ? -1 : 1));
}

/** From 1, for what is on the agenda; null for all else. */
export function numberOf(sitting: Pick<Sitting, 'items'>, item: Item): number | null {
  const at = agendaOf(sitting).indexOf(item);
  return at < 0 ? null : at + 1;
}

/** Errors: `agenda.noItem`. */
export function requireItem({ items }: Pick<Sitting, 'items'>, id: string): Item {
  const item = items.find((one) => one.id === id);
  if (!item) throw new AppError('agenda.noItem');
  return item;
}

/** A document is approved there: the plan of a year, or the report of one. */
export function hasDocument({ code }: Pick<Item, 'code'>): boolean {
  return code === 'operatingPlan' || code === 'annualReport';
}

/** It is still to be sent. */
export function lacksDocument(item: Pick<Item, 'code' | 'document'>): boolean {
  return hasDocument(item) && !item.document;
}

/** How long before the meeting members propose items and are reminded. */
export interface AgendaPolicy {
  /** Days before the meeting, to the hour, up to which members propose items. */
  proposalDays: number;
  /** Days before the meeting, to the hour, at which is asked who has not said whether they come. */
  silentDays: number;
  /** Days, to the hour, after which who checks the minutes and has said nothing is reminded; after as many more who keeps them hears so. */
  checkDays: number;
  /** When the body can decide. */
  quorum: QuorumRule;
}

/** Until when members propose items; null while there is no meeting to be late for. */
export function proposalsEnd(
  { holding }: Pick<Sitting, 'holding'>,
  { proposalDays }: AgendaPolicy,
): Temporal.Instant | null {
  return holding && Temporal.Instant.from(holding.begins).subtract({ hours: 24 * proposalDays });
}

/**
 * Who is of which body on the day of the meeting: one that ends after midnight, or is recorded on the day after, is still of its
 * own day.
 */
export function onItsDay({ holding }: Pick<Sitting, 'holding'>, today: Directory): Directory {
  if (!holding) return today;
  return onDay(today, dateIn(today.policy.timeZone, Temporal.Instant.from(holding.begins)).toString());
}

/** It was held; or over so long ago that its card stays as it is. */
export function isHeld({ holding }: Pick<Sitting, 'holding'>, now: Temporal.Instant): boolean {
  return holding !== null && Temporal.Instant.compare(holding.ends, now) <= 0;
}

/** The items of theirs that wait. */
export function proposedBy(sitting: Pick<Sitting, 'items'>, person: PersonId): Item[] {
  return proposalsIn(sitting).filter(({ begun }) => begun.by === person);
}

/** A meeting that nobody has opened can still be opened so long after its end; then the next agenda begins. */
const openedWithin = Temporal.Duration.from({ hours: 24 });

/** Nothing of it changes any more: the meeting was closed, or was over without having been opened here. */
export function isFinished(sitting: Pick<Sitting, 'holding' | 'over' | 'proceedings'>, now: Temporal.Instant): boolean {
  const { over, proceedings } = sitting;
  // What is opened again can be put right, however long ago it was.
  return proceedings ? proceedings.closed !== null : over || isHeld(sitting, now.subtract(openedWithin));
}

/** It was closed before, and is open to be put right. */
export function isOpenAgain({ proceedings }: Pick<Sitting, 'proceedings'>): boolean {
  return proceedings?.ended !== undefined && proceedings.closed === null;
}

/** What is recorded of it says something; what was taken back again does not. */
export function hasRecord({ proceedings }: Pick<Sitting, 'proceedings'>, item: string): boolean {
  const record = proceedings?.records[item];
  if (!record) return false;
  const { chair, discussion, vote, outcome, recusals, dissents, actions } = record;
  return (
    [chair, discussion, vote, outcome].some((one) => one !== null) ||
    recusals.length + dissents.length + actions.length > 0
  );
}

/** Something was recorded of the item at the meeting, or somebody came, left or began to chair there. */
export function isRecorded({ proceedings }: Pick<Sitting, 'proceedings'>, item: string): boolean {
  if (!proceedings) return false;
  const { presence, chairs } = proceedings;
  return (
    hasRecord({ proceedings }, item) ||
    presence.some(({ from, to }) => from === item || to === item) ||
    chairs.some(({ from }) => from === item)
  );
}

/** It has its place: the meeting has dealt with it, or it has its number in the minutes. */
export function isFixed(sitting: Pick<Sitting, 'proceedings' | 'minutes'>, item: string): boolean {
  const isNumbered = item in (sitting.minutes?.paragraphs.numbers ?? {});
  return isNumbered || (isRecorded(sitting, item) && !isPutOff(sitting, item));
}

/** Of what was recorded of it nothing hangs on when it is dealt with: something was said of it, or is to be done. */
function isPutOff({ proceedings }: Pick<Sitting, 'proceedings'>, item: string): boolean {
  const record = proceedings?.records[item];
  if (!proceedings || !record) return false;
  const { chair, outcome, vote, recusals, dissents } = record;
  const isOpen = chair === null && outcome === null && vote === null && recusals.length + dissents.length === 0;
  return isOpen && !isRecorded({ proceedings: { ...proceedings, records: {} } }, item);
}

/** A meeting is opened, and begins, so long before its time at the earliest. */
export const openBefore = Temporal.Duration.from({ hours: 2 });

export function mayOpen({ holding }: Pick<Sitting, 'holding'>, now: Temporal.Instant): boolean {
  if (!holding) return false;
  return Temporal.Instant.compare(now, Temporal.Instant.from(holding.begins).subtract(openBefore)) >= 0;
}
