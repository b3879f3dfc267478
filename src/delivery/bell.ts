import { dateIn } from '../shared/clock.ts';
import type { TenantId } from '../shared/ids.ts';
import { nextWorkingMoment, startOfNextWorkingDay, type WorkingCalendar } from '../shared/working-time.ts';
import { type Aggregates, createAggregates, madeOnce } from '../storage/aggregates.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import type { Courier } from './courier.ts';
import type { Deliverable } from './deliverable.ts';
import type { Delivery } from './model.ts';

/**
 * What looks at a whole region every working morning and tells its people: one document, so that each of them hears of
 * everything at once. It remembers up to which date it has looked, so nothing comes twice, and what it missed comes with the
 * next morning, whatever restarts or instances there are.
 */
export interface Bell {
  tenant: TenantId;
  /** The date in the region up to which people have been told. */
  toldOn: string;
  delivery: Delivery;
}

export function bellAggregates<B extends Bell>(
  store: Store,
  kind: string,
  held: (delivery: Delivery) => Delivery = (delivery) => delivery,
): Aggregates<B> {
  return createAggregates<B>(
    store,
    ({ delivery }) => ({ kind, status: null, owner: null, at: null, wakeAt: delivery.wakeAt }),
    (bell) => ({ ...bell, delivery: held(bell.delivery) }),
  );
}

/** Hangs it up, if it does not hang there yet. */
export async function hangBell<B extends Bell>(
  bells: Aggregates<B>,
  key: DocumentKey,
  fresh: B,
  { kind, courier }: { kind: string; courier: Pick<Courier, 'settle'> },
): Promise<void> {
  if (await bells.lastKnown(key)) return;
  await madeOnce(bells, key, fresh);
  courier.settle(kind, key);
}

export interface BellParts<B extends Bell> {
  kind: string;
  bells: Aggregates<B>;
  calendarOf: (tenant: TenantId) => WorkingCalendar;
  now: () => Temporal.Instant;
  /** Looks at the region, and resolves with the change that tells what there is to be told. */
  look(bell: B, today: Temporal.PlainDate): Promise<(stored: B) => B>;
  noticeMessage: Deliverable<B>['noticeMessage'];
}

export function bellDeliverable<B extends Bell>(parts: BellParts<B>): Deliverable<B> {
  const { kind, bells, calendarOf, now, look } = parts;
  return {
    kind,
    aggregates: bells,
    tenantOf: ({ tenant }) => tenant,
    delivery: ({ delivery }) => delivery,
    withDelivery: (bell, delivery) => ({ ...bell, delivery }),
    wake: (bell) => bell,

    chores(bell) {
      const today = ringsOn(bell, now(), calendarOf(bell.tenant));
      if (!today) return { ring: null };
      return {
        async ring() {
          const rung = await look(bell, today);
          const toldOn = today.toString();
          // Another process may have been faster.
          return (stored) => (stored.toldOn >= toldOn ? stored : { ...rung(stored), toldOn });
        },
      };
    },

    nextAttention: (bell, moment) => nextRing(bell, moment, calendarOf(bell.tenant)),

    isBarredFrom: () => false,

    message() {
      throw new TypeError('A bell stands in no chat.');
    },

    noticeMessage: parts.noticeMessage,
  };
}

/** The date on which the bell is to ring now; null outside working hours, and when it has rung today. */
export function ringsOn(
  { toldOn }: Pick<Bell, 'toldOn'>,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.PlainDate | null {
  if (!nextWorkingMoment(now, calendar).equals(now)) return null;
  const today = dateIn(calendar.timeZone, now);
  return today.toString() > toldOn ? today : null;
}

/** The start of the next working day on which it has not rung yet, or now. */
export function nextRing(
  { toldOn }: Pick<Bell, 'toldOn'>,
  now: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.Instant {
  const next = nextWorkingMoment(now, calendar);
  return dateIn(calendar.timeZone, next).toString() > toldOn ? next : startOfNextWorkingDay(next, calendar);
}
