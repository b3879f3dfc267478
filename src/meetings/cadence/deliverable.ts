import { type BellParts, bellDeliverable } from '../../delivery/bell.ts';
import type { Deliverable } from '../../delivery/deliverable.ts';
import { notify } from '../../delivery/model.ts';
import { leadersOf } from '../../directory/model.ts';
import { type CadenceBell, cadenceBellKind } from '../stored.ts';
import type { MeetingDeliveryParts } from '../telling/deliverable.ts';
import { cadenceName, isToBeSought } from './cadence.ts';
import { askedOn } from './cadence-asking.ts';
import type { CadenceService } from './cadence-service.ts';

/** What the watch over the rhythms of a region asks of its leaders. */
export function cadenceBellDeliverable(
  bells: BellParts<CadenceBell>['bells'],
  cadences: Pick<CadenceService, 'of' | 'proposed'>,
  { directory, calendarOf, now, draw }: Pick<MeetingDeliveryParts, 'directory' | 'calendarOf' | 'now' | 'draw'>,
): Deliverable<CadenceBell> {
  return bellDeliverable({
    kind: cadenceBellKind,
    bells,
    calendarOf: (tenant) => calendarOf(directory.require(tenant)),
    now,

    async look({ tenant }, today) {
      const all = await cadences.of(tenant);
      return (stored) => {
        const { asking, seen } = askedOn(today, all, stored, directory.require(tenant));
        const notices = asking.flatMap(({ cadence: { body, kind, period }, leaders }) =>
          leaders.map((to) => ({ key: [cadenceName(body.id, kind), period, to].join(' '), to, kind: 'cadence' })),
        );
        return { ...stored, seen, delivery: notify(stored.delivery, notices, now()) };
      };
    },

    async noticeMessage({ tenant, seen }, { key, to }) {
      const [name = '', period] = key.split(' ');
      if (seen[name]?.askedFor !== period || seen[name]?.putOff === period) return null;
      const proposed = await cadences.proposed(tenant, name);
      if (!proposed || !isToBeSought(proposed.cadence)) return null;
      // Whoever does not lead it any more is not asked.
      const leads = leadersOf(directory.require(tenant), proposed.cadence.body.id).includes(to);
      return leads ? draw.asking(tenant, to, proposed) : null;
    },
  });
}
