import type { PersonId } from '../shared/ids.ts';
import type { Meeting, Occurrence } from './model.ts';
import { endOf, occurrencesOf } from './repeat.ts';
import { scheduleOf } from './standing.ts';
import type { Scene } from './transition.ts';

/** Who is to come to what is ahead and was not until now, and the other way round. */

/** What changes for one person. */
export interface Shift {
  person: PersonId;
  /** The holdings to which they are to come by now. */
  to: readonly Occurrence[];
  /** Those to which they are not any more. */
  from: readonly Occurrence[];
  /** There is something ahead to which they are to come by now. */
  isDue: boolean;
}

/** Who is to come to a holding. */
export type Due = (date: Occurrence) => ReadonlySet<PersonId>;

/** Those for whom something changes, of these holdings. */
export function shiftsBetween(ahead: readonly Occurrence[], before: Due, after: Due): Shift[] {
  const dates = ahead.map((date) => ({ date, were: before(date), are: after(date) }));
  const people = new Set(dates.flatMap(({ were, are }) => [...were, ...are]));
  const shifts = [...people].map((person) => ({
    person,
    to: dates.flatMap(({ date, were, are }) => (!were.has(person) && are.has(person) ? [date] : [])),
    from: dates.flatMap(({ date, were, are }) => (were.has(person) && !are.has(person) ? [date] : [])),
    isDue: dates.some(({ are }) => are.has(person)),
  }));
  return shifts.filter(({ to, from }) => to.length + from.length > 0);
}

/** What is still to be held, or goes on. */
export function aheadIn(meeting: Meeting, { calendar, now }: Pick<Scene, 'calendar' | 'now'>): Occurrence[] {
  const { stage, over, place, zone } = meeting;
  const schedule = stage.is === 'planned' && !over ? scheduleOf(meeting) : null;
  if (!schedule) return [];
  return occurrencesOf(schedule, place, calendar).filter(
    (one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) > 0,
  );
}
