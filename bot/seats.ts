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

/** The terms of seats: from the start on the region is watched. */
export function createTerms(parts: FeatureParts & { stored: Pick<OpenData['stored'], 'terms'> }) {
  const { directory, conversations, courier, clock, stored } = parts;
  const todayIn = (tenant: TenantId): string =>
    dateIn(directory.require(tenant).policy.timeZone, clock.now()).toString();

  courier.register(
    termBellDeliverable(stored.terms, {
      ...parts,
      now: clock.now,
      async draw(tenant, to, ending) {
        const region = directory.require(tenant);
        const body = bodyOf(region, ending.seat.body);
        if (!body) throw new TypeError('A seat is of a body.');
        const texts = textsFor((await conversations.language(tenant, to)) ?? body.language);
        return endingMessage({ texts, directory: region, body, today: todayIn(tenant) }, ending);
      },
    }),
  );

  return {
    async watch(tenant: TenantId): Promise<void> {
      const { id } = directory.require(tenant);
      const today = todayIn(tenant);
      const fresh: TermBell = { tenant, toldOn: today, begunOn: today, told: {}, delivery: newDelivery(clock.now()) };
      await hangBell(stored.terms, termBellKey({ tenant, id }), fresh, { kind: termBellKind, courier });
    },
  };
}
