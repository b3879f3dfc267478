import type { CalendarEvent } from './model.ts';

/**
 * Opens a new event in the calendar of Teams, filled in [teams: "Create deep links to a meeting"]. Nobody is invited by it:
 * whoever presses puts it into their own calendar.
 */
export function teamsCalendarLink({ title, begins, ends }: Pick<CalendarEvent, 'title' | 'begins' | 'ends'>): string {
  const url = new URL('https://teams.microsoft.com/l/meeting/new');
  url.search = new URLSearchParams({
    subject: title,
    startTime: begins.toString(),
    endTime: ends.toString(),
  }).toString();
  return url.href;
}
