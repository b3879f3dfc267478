import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { CardMessage } from '../cards/elements.ts';
import type { Deliverable } from '../delivery/courier.ts';
import { notify, type Placement } from '../delivery/model.ts';
import { type Directory, doubtEnds, isAnothersChat, isMember, leadersOf } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { dateIn } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import { byItself, freedOfLeavers, sceneOf } from './leaver.ts';
import { broughtTo, nextDate } from './recurrence.ts';
import {
  type BodyLists,
  type ListNotice,
  nextRing,
  noticeAbout,
  type Reminder,
  reminderFor,
  ringsOn,
  toRemind,
} from './reminders.ts';
import { itemsOf } from './standing.ts';
import {
  type Bell,
  type bellAggregates,
  type checklistAggregates,
  checklistKey,
  homedChecklists,
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
export function bellDeliverable(
  bells: ReturnType<typeof bellAggregates>,
  { lists, directory, calendarOf, now, draw }: ChecklistDeliveryParts,
): Deliverable<Bell> {
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

  return {
    kind: 'checklistBell',
    aggregates: bells,
    tenantOf: ({ tenant }) => tenant,
    delivery: ({ delivery }) => delivery,
    withDelivery: (bell, delivery) => ({ ...bell, delivery }),
    wake: (bell) => bell,

    chores(bell) {
      const region = directory.require(bell.tenant);
      const calendar = calendarOf(region);
      const today = ringsOn(bell, now(), calendar);
      if (!today) return { ring: null };
      return {
        async ring() {
          const bodies = await readBodies(region, () => true);
          return (stored) => rung(stored, bodies, today, calendar);
        },
      };
    },

    nextAttention: (bell, moment) => nextRing(bell, moment, calendarOf(directory.require(bell.tenant))),

    isBarredFrom: () => false,

    message() {
      throw new TypeError('A bell stands in no chat.');
    },

    async noticeMessage(bell, { to }) {
      const region = directory.require(bell.tenant);
      const calendar = calendarOf(region);
      const bodies = await readBodies(region, (body) => isMember(region, body, to));
      const reminder = reminderFor(bodies, to, dateIn(calendar.timeZone, now()), calendar);
      return reminder && draw.reminder(bell.tenant, to, reminder);
    },
  };

  function rung(bell: Bell, bodies: readonly BodyLists[], today: Temporal.PlainDate, calendar: WorkingCalendar): Bell {
    const date = today.toString();
    // Another process was faster.
    if (bell.toldOn >= date) return bell;
    const people = toRemind(bodies, bell, today, calendar);
    const notices = people.map((to) => ({ key: `reminder:${date}:${to}`, to, kind: 'reminder' }));
    // Whoever could not be reached yet gets today's message in the place of the older one.
    const others = bell.delivery.notices.filter(({ to }) => !people.includes(to));
    const led = Object.fromEntries(bodies.map(({ body, leaders }) => [body, leaders]));
    return { ...bell, toldOn: date, led, delivery: notify({ ...bell.delivery, notices: others }, notices, now()) };
  }
}
