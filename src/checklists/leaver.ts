import type { AuditService } from '../audit/service.ts';
import { hasLeft, isMember, type KnownDirectory, leadersOf } from '../directory/model.ts';
import { dateIn, toStored } from '../shared/clock.ts';
import { withoutLeavers } from './ownership.ts';
import { checklistLogPartition, type StoredChecklist } from './stored.ts';
import type { Scene, Transition } from './transition.ts';

/** What a decision about a list has to know of its region. */
export function sceneOf(list: StoredChecklist, region: KnownDirectory, now: Temporal.Instant): Omit<Scene, 'actor'> {
  return {
    now,
    today: dateIn(region.policy.timeZone, now),
    isMember: (person) => isMember(region, list.body, person),
    hasLeft: (owner) => hasLeft(region, list.body, owner),
    leaders: leadersOf(region, list.body),
  };
}

/** What nobody has pressed: the bot itself writes it into the log. */
export function byItself(
  stored: StoredChecklist,
  { list, event }: Transition,
  audit: AuditService,
  now: Temporal.Instant,
): StoredChecklist {
  if (list === stored) return stored;
  const { tenant } = stored;
  if (!event) return { ...list, tenant };
  const entry = { ...event, at: toStored(now), who: 'ankarbot' };
  return { ...list, tenant, ledger: audit.append(checklistLogPartition(stored), stored.ledger, entry) };
}

/** Items of those who have left the body wait for somebody again, and the log says so. */
export function freedOfLeavers(
  stored: StoredChecklist,
  region: KnownDirectory,
  audit: AuditService,
  now: Temporal.Instant,
): StoredChecklist {
  return byItself(stored, withoutLeavers(stored, sceneOf(stored, region, now)), audit, now);
}
