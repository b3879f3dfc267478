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

/** In working days, on its first in working hours; nothing in its first hour, or once it is decided. */
export function waitedText(
  referral: Referral,
  { texts, calendar, now }: { texts: Texts; calendar: WorkingCalendar; now: Temporal.Instant },
): string {
  if (!isOpen(referral)) return '';
  const received = Temporal.Instant.from(referral.receivedAt);
  const days = workingDaysBetween(received, now, calendar);
  if (days > 0) return texts('referral.waited', { count: days });
  const hours = workingHoursBetween(received, now, calendar);
  return hours > 0 ? texts('referral.waitedHours', { count: hours }) : '';
}

/**
 * The moment after `after` at which the card of an open case counts its waiting anew: every working morning, and when its
 * first whole day is over; until then what is urgent is counted by the working hour.
 */
export function nextCount(referral: Referral, calendar: WorkingCalendar, after: Temporal.Instant): Temporal.Instant {
  const received = Temporal.Instant.from(referral.receivedAt);
  const morning = startOfNextWorkingDay(after, calendar);
  if (workingDaysBetween(received, after, calendar) > 0) return morning;
  const wholeDay = addWorkingTime(received, { days: 1 }, calendar);
  const hours = workingHoursBetween(received, after, calendar) + 1;
  const next = referral.urgency === 'normal' ? morning : addWorkingTime(received, { hours }, calendar);
  return Temporal.Instant.compare(next, wholeDay) <= 0 ? next : wholeDay;
}
