import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Texts } from '../shared/text.ts';
import type { CalendarEvent } from './model.ts';

/**
 * Meetings as a calendar file (RFC 5545). Every holding of a series is an event of its own in UTC: so no calendar has to know
 * our rules of holidays or when the clocks change. Nobody else who was invited is named.
 */
export function calendarFile(events: readonly CalendarEvent[], texts: Texts): string {
  const calendar = ical({
    name: texts('calendar.name'),
    prodId: { company: 'Ankarbot', product: 'Ankarbot', language: texts.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshedEvery,
  });
  for (const { uid, sequence, stamp, begins, ends, title, place, cancelled } of events)
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: dateOf(stamp),
      start: dateOf(begins),
      end: dateOf(ends),
      summary: title,
      ...(place && { location: place }),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}

/** Seconds after which a calendar is asked to look again. */
const refreshedEvery = 60 * 60;

const dateOf = ({ epochMilliseconds }: Temporal.Instant): Date => new Date(epochMilliseconds);
