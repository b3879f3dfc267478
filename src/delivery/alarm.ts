import { storedLater, toStored } from '../shared/clock.ts';
import { type Delivery, formsEnd, isUnsettled, type Placement, settleWithin } from './model.ts';

/**
 * When a document is looked at next, and by which process. A document that has something to send is held by one process
 * under a lease; its alarm rings when that process would have to be done, so that another takes over if it died.
 */

/** With less than this left, in milliseconds, a lease is renewed before a send, which takes 15 s at most. */
const renewBelow = 30_000;
const noticeKeptFor = Temporal.Duration.from({ hours: 14 * 24 });

/** True when the alarm of the document has rung. */
export function isDue({ wakeAt }: Delivery, now: Temporal.Instant): boolean {
  return wakeAt !== null && wakeAt <= toStored(now);
}

/**
 * For every write of a document: whoever writes something that is to be sent sends it, unless another process is at it.
 * So each message goes out once, however many processes there are.
 */
export function holding(process: string, now: () => Temporal.Instant): (delivery: Delivery) => Delivery {
  return (delivery) => (isUnsettled(delivery, now()) ? takeOn(delivery, process, now()) : delivery);
}

/**
 * The document is this process's to send for, unless another one is at it. The very same object when that one is, or
 * when this process holds it for long enough already.
 */
export function takeOn(delivery: Delivery, process: string, now: Temporal.Instant): Delivery {
  const { lease } = delivery;
  const moment = toStored(now);
  if (lease && lease.by !== process && lease.until > moment) return delivery;
  if (lease && lease.by === process && lease.until > storedLater(now, renewBelow)) return delivery;
  // Whoever had it before, another process or an earlier run under this name, may have sent what it never wrote down.
  const placements = lease ? inDoubt(delivery.placements) : delivery.placements;
  return { ...delivery, placements, lease: { by: process, until: storedLater(now, settleWithin) } };
}

/** Whatever is not posted as far as is known may have been all the same. */
function inDoubt(placements: readonly Placement[]): Placement[] {
  return placements.map((placement) => (placement.activityId === null ? { ...placement, doubtful: true } : placement));
}

/** True when somebody else held it last: another process, or one of the same name before this one took on its first. */
export function wasAnothers({ lease }: Delivery, process: string, firstUntil: string): boolean {
  return lease !== undefined && (lease.by !== process || lease.until < firstUntil);
}

/** Until when a process that begins now holds, at the earliest, what it takes on. */
export function firstHeldUntil(began: Temporal.Instant): string {
  return storedLater(began, settleWithin);
}

export function isHeldBy({ lease }: Delivery, process: string, now: Temporal.Instant): boolean {
  return lease?.by === process && lease.until > toStored(now);
}

/** The alarm while somebody is at it: rings when they would have to be done. */
export function underWay(delivery: Delivery): Delivery {
  const wakeAt = delivery.lease?.until ?? delivery.wakeAt;
  return wakeAt === delivery.wakeAt ? delivery : { ...delivery, wakeAt };
}

/**
 * All is sent: the alarm is set for `next`, or for the moment at which the forms that keep a message from changing are
 * given up. The very same object when it was at rest before.
 */
export function atRest(delivery: Delivery, next: Temporal.Instant | null, now: Temporal.Instant): Delivery {
  const wakeAt = earliest(formsEnd(delivery, now), next);
  const { lease, failures, ...rest } = delivery;
  return lease || failures || wakeAt !== delivery.wakeAt ? { ...rest, wakeAt } : delivery;
}

function earliest(moments: readonly string[], next: Temporal.Instant | null): string | null {
  return [...moments, ...(next ? [toStored(next)] : [])].toSorted().at(0) ?? null;
}

/** In minutes; the last one is kept: somebody whom the bot has not met yet may take weeks to turn up. */
const pauses = [1, 2, 5, 15, 60];

/**
 * Something could not be done: tried again after a pause that grows each time, or when the alarm would ring at rest,
 * whichever is sooner. A notice that has waited too long is dropped.
 */
export function putOff(delivery: Delivery, next: Temporal.Instant | null, now: Temporal.Instant): Delivery {
  const { lease: _, ...rest } = delivery;
  const failures = delivery.failures ?? 0;
  const pause = pauses[Math.min(failures, pauses.length - 1)] ?? 60;
  const oldest = toStored(now.subtract(noticeKeptFor));
  return {
    ...rest,
    placements: inDoubt(delivery.placements),
    notices: delivery.notices.filter(({ at }) => at > oldest),
    failures: failures + 1,
    wakeAt: earliest([...formsEnd(delivery, now), storedLater(now, pause * 60_000)], next),
  };
}
