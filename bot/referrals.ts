import type { AuditService } from '../src/audit/service.ts';
import { createTrimmer } from '../src/audit/trimmer.ts';
import { createHome } from '../src/delivery/home.ts';
import { createReferenceCounter } from '../src/referrals/counter.ts';
import { type ReferralDeliveryParts, referralDeliverable } from '../src/referrals/deliverable.ts';
import { freedOfLeaver } from '../src/referrals/leaver.ts';
import { createReferralService } from '../src/referrals/service.ts';
import { homedReferrals, logPartition, type StoredReferral } from '../src/referrals/stored.ts';
import { createStatisticsService } from '../src/statistics/service.ts';
import type { Sealer } from '../src/storage/envelope.ts';
import type { Store } from '../src/storage/port.ts';
import type { OpenData } from './data.ts';
import type { FeatureParts } from './feature-parts.ts';

/** Cases, from the moment they are handed in: where they stand, what is done with them, how they reach the team. */
export function createReferrals(
  parts: FeatureParts & {
    store: Store;
    sealer: Sealer;
    audit: AuditService;
    stored: Pick<OpenData['stored'], 'referrals'>;
    policy: ReferralDeliveryParts['policy'];
  },
) {
  const { store, directory, audit, clock, stored, policy } = parts;
  const trimmer = createTrimmer<StoredReferral>(audit, logPartition);
  const home = createHome(
    homedReferrals(stored.referrals),
    (referral) => freedOfLeaver(referral, directory.require(referral.tenant), audit, clock.now()),
    parts.homeParts,
  );
  const service = createReferralService({
    ...parts,
    home,
    trimmer,
    counter: createReferenceCounter(store),
    policy: policy.triage,
    referrals: stored.referrals,
  });
  parts.courier.register(
    referralDeliverable({
      ...parts,
      referrals: stored.referrals,
      trimmer,
      home,
      statistics: createStatisticsService(store),
      now: clock.now,
    }),
  );
  return { home, service };
}
