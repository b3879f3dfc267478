import type { Texts } from '../shared/text.ts';
import {
  addWorkingTime,
  startOfNextWorkingDay,
  type WorkingCalendar,
  workingDaysBetween,
  workingHoursBetween,
} from '../shared/working-time.ts';
import type { Referral } from './model.ts';
import { isOpen } from './standing.ts';

/** How long a case has waited, and when that is to be shown anew. */

/** In working days, on the first in working hours; nothing in the first hour, or once it is decided. A reopening begins anew. */
export function waitedText(
  referral: Referral,
  { texts, calendar, now }: { texts: Texts; calendar: WorkingCalendar; now: Temporal.Instant },
): string {
  if (!isOpen(referral)) return '';
  const since = Temporal.Instant.from(referral.undecidedSince);
  const days = workingDaysBetween(since, now, calendar);
  if (days > 0) return texts('referral.waited', { count: days });
  const hours = workingHoursBetween(since, now, calendar);
  return hours > 0 ? texts('referral.waitedHours', { count: hours }) : '';
}

/**
 * The moment after `after` at which the card of an open case counts its waiting anew: every working hour until its first
 * whole day is over, then every working morning.
 */
export function nextCount(referral: Referral, calendar: WorkingCalendar, after: Temporal.Instant): Temporal.Instant {
  const since = Temporal.Instant.from(referral.undecidedSince);
  if (workingDaysBetween(since, after, calendar) > 0) return startOfNextWorkingDay(after, calendar);
  const wholeDay = addWorkingTime(since, { days: 1 }, calendar);
  const hours = workingHoursBetween(since, after, calendar) + 1;
  const next = addWorkingTime(since, { hours }, calendar);
  return Temporal.Instant.compare(next, wholeDay) <= 0 ? next : wholeDay;
}
