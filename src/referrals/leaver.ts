import type { AuditService } from '../audit/service.ts';
import { hasLeft, type KnownDirectory } from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import { withoutLeaver } from './ownership.ts';
import { logPartition, type StoredReferral } from './stored.ts';

/** A case whose owner has left the team waits for somebody again, and the log says so. */
export function freedOfLeaver(
  stored: StoredReferral,
  region: KnownDirectory,
  audit: AuditService,
  now: Temporal.Instant,
): StoredReferral {
  const { referral, event } = withoutLeaver(stored, (owner) => hasLeft(region, stored.team, owner), now);
  if (!event) return stored;
  const ledger = audit.append(logPartition(stored), stored.ledger, { ...event, at: toStored(now), who: 'ankarbot' });
  return { ...referral, tenant: stored.tenant, ledger };
}
