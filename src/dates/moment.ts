/**
 * The moment at which the wall clock of `timeZone` shows this date and time, as calendars have it (RFC 5545, 3.3.5;
 * Temporal's `compatible`): in the night when clocks go back, a time that comes twice is the first of the two; in the
 * night when they go forward, a time that does not come is as much later as the clocks jump (03:30 is 04:30).
 */
export function momentOf(date: Temporal.PlainDate, time: Temporal.PlainTime, timeZone: string): Temporal.ZonedDateTime {
  return date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' });
}
