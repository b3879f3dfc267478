import { calendarFile } from '../../src/calendar/ics.ts';
import type { Detail } from '../../src/calendar/model.ts';
import type { CalendarService, MeetingPass } from '../../src/calendar/service.ts';
import type { Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { MeetingService } from '../../src/meetings/service.ts';
import { eventOf, eventsOf } from '../../src/meetings/telling/events.ts';
import { requireOccurrence } from '../../src/meetings/transition.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { PersonId, TenantId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import type { WorkingCalendar } from '../../src/shared/working-time.ts';
import { createAllowance } from '../allowance.ts';
import { asFile, confined, type FileAnswer, type FilesApi, page } from './handed-out.ts';

/**
 * `GET /calendar/<token>`: a person's meetings for the calendar that asks with their address, or one meeting as a file for
 * whoever has just asked for it. Calendars send no cookies and sign in nowhere: the address is all that they know.
 */

/** Requests for one person. Calendars ask a few times a day. */
const perMinute = 20;

export interface CalendarApiParts {
  calendar: Pick<CalendarService, 'open' | 'passes' | 'of'>;
  meetings: Pick<MeetingService, 'forCalendar' | 'view'>;
  /** Whoever it was issued to, as the directory knows them now. Errors: `directory.unknownTenant`. */
  actorOf: (of: { tenant: TenantId; person: PersonId; language: Language }) => Actor;
  directory: Pick<DirectoryService, 'require'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Clock;
}

export function createCalendarApi(parts: CalendarApiParts): FilesApi {
  const { calendar, meetings, actorOf, directory, calendarOf, clock } = parts;
  const allowance = createAllowance(clock);

  function sceneOf({ tenant, language }: Actor, detail: Detail) {
    const region = directory.require(tenant);
    return { texts: textsFor(language), directory: region, calendar: calendarOf(region), detail, now: clock.now() };
  }

  async function all(actor: Actor, detail: Detail): Promise<FileAnswer> {
    const scene = sceneOf(actor, detail);
    const events = (await meetings.forCalendar(actor)).flatMap((meeting) => eventsOf(meeting, actor.person, scene));
    return answer(calendarFile(events, scene.texts), scene.texts('calendar.fileName'));
  }

  async function one(actor: Actor, { meeting: id, on }: MeetingPass): Promise<FileAnswer> {
    const scene = sceneOf(actor, (await calendar.of(actor)).detail);
    const meeting = await meetings.view(actor, id);
    const event = eventOf(meeting, requireOccurrence(meeting, on, scene), scene);
    return answer(calendarFile([event], scene.texts), scene.texts('calendar.fileName'));
  }

  async function handed(token: string): Promise<FileAnswer> {
    const pass = calendar.passes.open(token);
    if (pass.ok) return limited(pass.pass, () => one(actorOf(pass.pass), pass.pass));
    if (pass.why === 'expired') return page(410, 'calendarGone');
    const opened = await calendar.open(token);
    if (!opened) return page(404, 'calendarGone');
    const { person, language, detail } = opened.subscription;
    const of = { tenant: opened.tenant, person, language };
    return limited(of, () => all(actorOf(of), detail));
  }

  async function limited(
    { tenant, person }: { tenant: TenantId; person: PersonId },
    hand: () => Promise<FileAnswer>,
  ): Promise<FileAnswer> {
    const wait = allowance(`${tenant} ${person}`, perMinute);
    return wait > 0 ? page(429, 'busy', { 'Retry-After': wait }) : hand();
  }

  return async (address) => {
    try {
      return await handed(address.replace(/\.ics$/, ''));
    } catch (error) {
      // Whoever belongs to nothing any more has an empty calendar at their address, so that theirs forgets what it showed.
      if (isAppError(error) && nothing.has(error.code)) return page(404, 'calendarGone');
      if (isAppError(error, 'store.unavailable')) return page(503, 'busy', { 'Retry-After': 60 });
      throw error;
    }
  };
}

const nothing: ReadonlySet<string> = new Set([
  'meeting.notFound',
  'meeting.noOccurrence',
  'meeting.cancelled',
  'meeting.notPlanned',
  'directory.notAMember',
  'directory.unknownTenant',
]);

function answer(body: string, name: string): FileAnswer {
  const headers = { ...confined, 'Content-Type': 'text/calendar; charset=utf-8', ...asFile(`${name}.ics`) };
  return { status: 200, headers, body };
}
