import { AppError, isAppError } from '../shared/errors.ts';
import { partitionOf, type TenantId } from '../shared/ids.ts';
import { createQueues } from '../shared/queues.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { Store } from '../storage/port.ts';
import type { Intake } from './input.ts';
import type { Referral } from './model.ts';
import type { Place, Receipt, ReferralService } from './service.ts';

/** Hands in a referral once, however often the same request is made. */
export interface IntakeService {
  /**
   * `key` names the request within `from` (a source of the HTTP intake, or a person's form). The same key with the same
   * content gives the same reference; with other content it is refused.
   * Errors: `referral.noTeam`, `intake.keyReused`.
   */
  handIn(
    tenant: TenantId,
    intake: Intake,
    origin: Referral['origin'],
    request: { from: string; key: string },
  ): Promise<Receipt>;
}

/** The place stays with the key: the municipality may have moved to another team when the request is repeated. */
interface IntakeKey extends Place {
  /** Keyed hash of the content: tells whether it is the same, and nothing else. */
  content: string;
}

/** A repeat comes within minutes or hours; after this the key is forgotten. */
const keyRemembered = Temporal.Duration.from({ hours: 24 * 30 });

export function createIntakeService(parts: {
  store: Store;
  sealer: Sealer;
  referrals: ReferralService;
  now: () => Temporal.Instant;
}): IntakeService {
  const { store, sealer, referrals, now } = parts;
  const queued = createQueues();

  async function handInOnce(
    tenant: TenantId,
    intake: Intake,
    origin: Referral['origin'],
    partition: string,
    id: string,
  ): Promise<Receipt> {
    const content = sealer.fingerprint(JSON.stringify(intake), 'intake-content');
    const known = (await store.get<IntakeKey>({ partition, id }))?.data ?? (await remember());
    if (known.content !== content) throw new AppError('intake.keyReused');
    return referrals.receive(tenant, intake, origin, { team: known.team, reference: known.reference });

    async function remember(): Promise<IntakeKey> {
      const data: IntakeKey = { ...(await referrals.allocate(tenant, intake.coded.municipality)), content };
      const wakeAt = now().add(keyRemembered).toString({ smallestUnit: 'millisecond' });
      try {
        await store.create({ partition, id, kind: 'intake', status: null, owner: null, at: null, wakeAt, data });
        return data;
      } catch (error) {
        // Another instance was faster with the same request; its reference stands.
        const theirs = isAppError(error, 'store.exists') ? await store.get<IntakeKey>({ partition, id }) : null;
        if (!theirs) throw error;
        return theirs.data;
      }
    }
  }

  return {
    handIn(tenant, intake, origin, { from, key }) {
      const partition = partitionOf(tenant, `intake:${from}`);
      const id = sealer.fingerprint(key, 'intake-key');
      return queued(`${partition}\n${id}`, () => handInOnce(tenant, intake, origin, partition, id));
    },
  };
}
