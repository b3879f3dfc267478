import { hangBell } from '../src/delivery/bell.ts';
import { newDelivery } from '../src/delivery/model.ts';
import { termBellDeliverable } from '../src/directory/deliverable.ts';
import { bodyOf } from '../src/directory/model.ts';
import { endingMessage } from '../src/directory/seat-card.ts';
import { type TermBell, termBellKey, termBellKind } from '../src/directory/stored.ts';
import { dateIn } from '../src/shared/clock.ts';
import type { TenantId } from '../src/shared/ids.ts';
import { textsFor } from '../src/shared/text.ts';
import type { OpenData } from './data.ts';
import type { FeatureParts } from './feature-parts.ts';

/** The terms of seats: whose end is near is told, and each new day brings those that begin and takes those that are over. */
export interface Terms {
  /** From now on the leaders of the region are told. */
  watch(tenant: TenantId): Promise<void>;
  /** Returns when `signal` aborts. */
  keepDays(tenant: TenantId, signal: AbortSignal): Promise<void>;
}

export function createTerms(
  parts: FeatureParts & { stored: Pick<OpenData['stored'], 'terms'>; onError: (error: unknown) => void },
): Terms {
  const { directory, conversations, courier, clock, stored, onError } = parts;
  const { patiently } = parts.homeParts;
  const todayIn = (tenant: TenantId) => dateIn(directory.require(tenant).policy.timeZone, clock.now());

  courier.register(
    termBellDeliverable(stored.terms, {
      ...parts,
      now: clock.now,
      async draw(tenant, to, ending) {
        const region = directory.require(tenant);
        const body = bodyOf(region, ending.seat.body);
        if (!body) throw new TypeError('A seat is of a body.');
        const texts = textsFor((await conversations.language(tenant, to)) ?? body.language);
        return endingMessage({ texts, directory: region, body, today: todayIn(tenant).toString() }, ending);
      },
    }),
  );

  return {
    async watch(tenant) {
      const { id } = directory.require(tenant);
      const fresh: TermBell = {
        tenant,
        toldOn: todayIn(tenant).toString(),
        told: {},
        delivery: newDelivery(clock.now()),
      };
      await hangBell(stored.terms, termBellKey({ tenant, id }), fresh, { kind: termBellKind, courier });
    },
    async keepDays(tenant, signal) {
      while (!signal.aborted) {
        const { timeZone } = directory.require(tenant).policy;
        const midnight = todayIn(tenant).add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
        await clock.sleep(clock.now().until(midnight).total('milliseconds'), signal);
        if (!signal.aborted) await patiently(() => directory.beginDay()).catch(onError);
      }
    },
  };
}
