import type { AuditService } from '../audit/service.ts';
import { type Directory, membersOf } from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import { withoutLeaver } from './model.ts';
import type { StoredReferral } from './stored.ts';

/** A case whose owner has left the team waits for somebody again, and the log says so. */
export function freedOfLeaver(
  stored: StoredReferral,
  region: Directory,
  audit: AuditService,
  now: Temporal.Instant,
): StoredReferral {
  const members = new Set(membersOf(region, stored.team).map(({ person }) => person));
  const { referral, event } = withoutLeaver(stored, (person) => members.has(person), now);
  if (!event) return stored;
  const ledger = audit.append(stored.ledger, { ...event, at: toStored(now), who: 'ankarbot' });
  return { ...referral, tenant: stored.tenant, ledger };
}
