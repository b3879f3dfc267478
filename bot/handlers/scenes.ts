import type { ListScene } from '../../src/checklists/card.ts';
import type { Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { MeetingScene } from '../../src/meetings/cards/words-card.ts';
import type { CaseScene } from '../../src/referrals/card.ts';
import type { TriagePolicy } from '../../src/referrals/model.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { type Clock, dateIn } from '../../src/shared/clock.ts';
import type { Language } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { createFinnishCalendar, type WorkingCalendar } from '../../src/shared/working-time.ts';
import type { AgendaPolicy } from '../../src/steering/standing.ts';
import type { AgendaScene } from '../../src/steering/words-card.ts';

/** One calendar per region, kept: it remembers the holidays of the years that were asked for. */
export function createCalendars(): (directory: Directory) => WorkingCalendar {
  const byRegion = new Map<string, WorkingCalendar>();
  return ({ id, policy }) => {
    let calendar = byRegion.get(id);
    if (!calendar) {
      calendar = createFinnishCalendar({ timeZone: policy.timeZone, ...policy.workingHours });
      byRegion.set(id, calendar);
    }
    return calendar;
  };
}

export type SceneFor = (actor: Actor, placement: string | null) => CaseScene;

/** What drawing a case for one person needs. */
export function createSceneFor(
  directory: DirectoryService,
  calendarOf: (directory: Directory) => WorkingCalendar,
  policy: TriagePolicy,
  clock: Clock,
): SceneFor {
  return (actor, placement) => {
    const region = directory.require(actor.tenant);
    return {
      texts: textsFor(actor.language),
      directory: region,
      calendar: calendarOf(region),
      policy,
      now: clock.now(),
      placement,
    };
  };
}

export type ListSceneFor = (actor: Actor, placement: string | null) => ListScene;

/** What drawing a checklist for one person needs. */
export function createListSceneFor(
  directory: Pick<DirectoryService, 'require'>,
  clock: Pick<Clock, 'now'>,
): ListSceneFor {
  return ({ tenant, language }, placement) => listScene(directory.require(tenant), clock, language, placement);
}

export function listScene(
  region: Directory,
  clock: Pick<Clock, 'now'>,
  language: Language,
  placement: string | null,
): ListScene {
  const today = dateIn(region.policy.timeZone, clock.now());
  return { texts: textsFor(language), directory: region, today, placement };
}

export type MeetingSceneFor = (actor: Actor, placement: string | null) => MeetingScene;

/** What drawing a meeting for one person needs. */
export function createMeetingSceneFor(
  directory: Pick<DirectoryService, 'require'>,
  calendarOf: (directory: Directory) => WorkingCalendar,
  clock: Pick<Clock, 'now'>,
): MeetingSceneFor {
  return ({ tenant, language }, placement) => {
    const region = directory.require(tenant);
    return meetingScene(region, calendarOf(region), clock, language, placement);
  };
}

export type AgendaSceneFor = (actor: Actor, placement: string | null) => AgendaScene;

/** What drawing an agenda for one person needs. */
export function createAgendaSceneFor(
  directory: Pick<DirectoryService, 'require'>,
  policy: AgendaPolicy,
  clock: Pick<Clock, 'now'>,
): AgendaSceneFor {
  return ({ tenant, language }, placement) => ({
    texts: textsFor(language),
    directory: directory.require(tenant),
    policy,
    now: clock.now(),
    placement,
  });
}

export function meetingScene(
  region: Directory,
  calendar: WorkingCalendar,
  clock: Pick<Clock, 'now'>,
  language: Language,
  placement: string | null,
): MeetingScene {
  return { texts: textsFor(language), directory: region, calendar, now: clock.now(), placement };
}
