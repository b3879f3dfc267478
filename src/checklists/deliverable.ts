import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { CardMessage } from '../cards/elements.ts';
import { type BellParts, bellDeliverable } from '../delivery/bell.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import { notify, type Placement } from '../delivery/model.ts';
import { type Directory, doubtEnds, isAnothersChat, isMember, leadersOf } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { dateIn } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import { byItself, freedOfLeavers, sceneOf } from './leaver.ts';
import { broughtTo, nextDate } from './recurrence.ts';
import { type BodyLists, type ListNotice, noticeAbout, type Reminder, reminderFor, toRemind } from './reminders.ts';
import { itemsOf } from './standing.ts';
import {
  bellKind,
  type checklistAggregates,
  checklistKey,
  homedChecklists,
  type ListBell,
  readLists,
  type StoredChecklist,
} from './stored.ts';

export interface ChecklistDeliveryParts {
  lists: ReturnType<typeof checklistAggregates>;
  trimmer: Pick<Trimmer<StoredChecklist>, 'moving'>;
  audit: AuditService;
  directory: Pick<DirectoryService, 'require'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  now: () => Temporal.Instant;
  draw: {
    /** The card of a live placement, or the line that takes its place when it retires. */
    list(list: StoredChecklist, placement: Placement): CardMessage | Promise<CardMessage>;
    /** Something that a colleague did. */
    notice(list: StoredChecklist, to: PersonId, about: ListNotice): CardMessage | Promise<CardMessage>;
    reminder(tenant: TenantId, to: PersonId, reminder: Reminder): CardMessage | Promise<CardMessage>;
  };
}

/** How checklists reach the chats, and what time does to them. */
export function checklistDeliverable(parts: ChecklistDeliveryParts): Deliverable<StoredChecklist> {
  const { lists, trimmer, audit, directory, draw } = parts;

  return {
    ...homedChecklists(lists),

    wake(list, now) {
      const region = directory.require(list.tenant);
      const present = freedOfLeavers(list, region, audit, now);
      return byItself(present, broughtTo(present, now, region.policy.timeZone), audit, now);
    },

    chores: (list) => ({ log: trimmer.moving(checklistKey(list), list) }),

    isBarredFrom: (list, conversation) => isAnothersChat(directory.require(list.tenant), conversation, list.body),

    nextAttention(list, now) {
      const region = directory.require(list.tenant);
      const { timeZone } = region.policy;
      const owners = itemsOf(list).flatMap((item) => item.owners.map(({ person }) => person));
      const known = doubtEnds(region, list.body, owners, now);
      const begins = nextDate(list, timeZone)?.toZonedDateTime(timeZone).toInstant() ?? null;
      const [next = null] = [known, begins].filter((one) => one !== null).sort(Temporal.Instant.compare);
      return next && Temporal.Instant.compare(next, now) < 0 ? now : next;
    },

    message: (list, placement) => draw.list(list, placement),

    async noticeMessage(list, notice) {
      const about = noticeAbout(list, notice, sceneOf(list, directory.require(list.tenant), parts.now()));
      return about && draw.notice(list, notice.to, about);
    },
  };
}

/** What the bell of a region tells its people. */
export function listBellDeliverable(
  bells: BellParts<ListBell>['bells'],
  { lists, directory, calendarOf, now, draw }: ChecklistDeliveryParts,
): Deliverable<ListBell> {
  const calendarIn = (tenant: TenantId): WorkingCalendar => calendarOf(directory.require(tenant));

  /** The lists of each body of the region that `concerns` somebody. */
  function readBodies(region: Directory, concerns: (body: BodyId) => boolean): Promise<BodyLists[]> {
    const bodies = region.bodies.filter(({ id }) => concerns(id));
    return Promise.all(
      bodies.map(async ({ id }) => ({
        body: id,
        lists: await readLists(lists, region.tenant, id),
        leaders: leadersOf(region, id),
      })),
    );
  }

  return bellDeliverable({
    kind: bellKind,
    bells,
    calendarOf: calendarIn,
    now,

    async look({ tenant }, today) {
      const bodies = await readBodies(directory.require(tenant), () => true);
      return (stored) => rung(stored, bodies, today, calendarIn(tenant));
    },

    async noticeMessage({ tenant }, { to }) {
      const region = directory.require(tenant);
      const calendar = calendarOf(region);
      const bodies = await readBodies(region, (body) => isMember(region, body, to));
      const reminder = reminderFor(bodies, to, dateIn(calendar.timeZone, now()), calendar);
      return reminder && draw.reminder(tenant, to, reminder);
    },
  });

  function rung(
    bell: ListBell,
    bodies: readonly BodyLists[],
    today: Temporal.PlainDate,
    calendar: WorkingCalendar,
  ): ListBell {
    const people = toRemind(bodies, bell, today, calendar);
    const notices = people.map((to) => ({ key: `reminder:${today}:${to}`, to, kind: 'reminder' }));
    // Whoever could not be reached yet gets today's message in the place of the older one.
    const others = bell.delivery.notices.filter(({ to }) => !people.includes(to));
    const led = Object.fromEntries(bodies.map(({ body, leaders }) => [body, leaders]));
    return { ...bell, led, delivery: notify({ ...bell.delivery, notices: others }, notices, now()) };
  }
}
