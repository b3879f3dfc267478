import type { Actor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import { type PersonId, partitionOf, type TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import { createPasses, createSealedTokens, type Passes } from '../storage/sealed-token.ts';
import { decide, newSubscription, type Subscription, type SubscriptionCommand } from './model.ts';

/** A person's own calendar address, and what stands behind it. */
export interface CalendarService {
  /** What the person has chosen. */
  of(actor: Actor): Promise<Subscription>;
  change(actor: Actor, command: SubscriptionCommand): Promise<Subscription>;
  /** For an address: letters, digits and `.-_`; null when they have none. It tells nothing, and nobody can make one up. */
  token(actor: Actor, subscription: Subscription): string | null;
  /** For a file of one meeting. */
  readonly passes: Passes<MeetingPass>;
  /** Whose it is; null for what we have not made, and for what was taken back. */
  open(token: string): Promise<{ tenant: TenantId; subscription: Subscription } | null>;
}

/** For one person to get one holding of a meeting as a file. */
export interface MeetingPass {
  tenant: TenantId;
  person: PersonId;
  language: Language;
  meeting: string;
  /** The holding, by its date. */
  on: string;
}

interface StoredSubscription extends Subscription {
  tenant: TenantId;
}

/** What a token holds, sealed. */
interface Address {
  tenant: TenantId;
  person: PersonId;
  address: Subscription['address'];
}

const subscriptionKey = (tenant: TenantId, person: PersonId): DocumentKey => ({
  partition: partitionOf(tenant, `person:${person}`),
  id: 'calendar',
});

function subscriptionAggregates(store: Store): Aggregates<StoredSubscription> {
  return createAggregates(store, () => ({ kind: 'calendar', status: null, owner: null, at: null, wakeAt: null }));
}

/** After a restore nobody knows which addresses were taken back since the backup: so all are; resolves with how many. */
export async function takeBackAddresses(store: Store): Promise<number> {
  const subscriptions = subscriptionAggregates(store);
  let count = 0;
  for (const { partition, kind } of await store.groups()) {
    if (kind !== 'calendar') continue;
    await subscriptions.change({ partition, id: 'calendar' }, (stored) => {
      if (stored.address === 0) return stored;
      count += 1;
      return { ...stored, address: 0 };
    });
  }
  return count;
}

export function createCalendarService({
  store,
  sealer,
  clock,
  newId,
}: {
  store: Store;
  sealer: Sealer;
  clock: Pick<Clock, 'now'>;
  newId: () => string;
}): CalendarService {
  const subscriptions = subscriptionAggregates(store);

  const tokens = createSealedTokens<Address>(sealer, 'calendar-address');

  return {
    of: async (actor) =>
      (await subscriptions.get(subscriptionKey(actor.tenant, actor.person))) ?? newSubscription(actor),

    async change(actor, command) {
      const { tenant, person, language } = actor;
      const key = subscriptionKey(tenant, person);
      const fresh = newId();
      const changed = (stored: StoredSubscription): StoredSubscription => {
        const next = decide(stored, command, fresh);
        return next === stored ? stored : { ...next, tenant, language };
      };
      try {
        return await subscriptions.change(key, changed);
      } catch (error) {
        if (!isAppError(error, 'store.missing')) throw error;
      }
      try {
        const first = changed({ ...newSubscription(actor), tenant });
        await subscriptions.create(key, first);
        return first;
      } catch (error) {
        // Somebody, or the same person twice, was faster.
        if (!isAppError(error, 'store.exists')) throw error;
        return subscriptions.change(key, changed);
      }
    },

    token({ tenant, person }, { address }) {
      return address === 0 ? null : tokens.issue({ tenant, person, address });
    },

    passes: createPasses(sealer, 'calendar-meeting', clock),

    async open(token) {
      const address = tokens.open(token);
      if (!address) return null;
      const subscription = await subscriptions.get(subscriptionKey(address.tenant, address.person));
      if (!subscription || subscription.address !== address.address) return null;
      return { tenant: address.tenant, subscription };
    },
  };
}
