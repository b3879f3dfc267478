import type { CalendarEvent } from './model.ts';

/**
 * Has Outlook on the web offer to subscribe to a calendar at `address`: from then on it is in every Outlook of its owner. Cards in
 * Teams open nothing but web addresses, so `webcal:` would lead nowhere.
 */
export function outlookSubscriptionLink(address: string, name: string): string {
  const url = new URL('https://outlook.office.com/calendar/0/addfromweb');
  url.search = new URLSearchParams({ url: address, name }).toString();
  return url.href;
}

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
