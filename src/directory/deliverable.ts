import type { CardMessage } from '../cards/elements.ts';
import { type BellParts, bellDeliverable } from '../delivery/bell.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import { notify } from '../delivery/model.ts';
import { dateIn } from '../shared/clock.ts';
import type { PersonId, TenantId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import { type Directory, leadersOf } from './model.ts';
import { type Ending, endingsUntil } from './seats.ts';
import type { DirectoryService } from './service.ts';
import { type TermBell, termBellKind } from './stored.ts';

/** Days before the end of a term with nobody to follow on which the leaders of the body are told. */
const toldBefore = 60;

/**
 * The watch over the terms of a region: as each day begins it brings those who come with it and takes those who leave, and on
 * working mornings it tells leaders whose term ends, each once.
 */
export function termBellDeliverable(
  bells: BellParts<TermBell>['bells'],
  parts: {
    directory: Pick<DirectoryService, 'require' | 'beginDay'>;
    calendarOf: (directory: Directory) => WorkingCalendar;
    now: () => Temporal.Instant;
    draw: (tenant: TenantId, to: PersonId, ending: Ending) => Promise<CardMessage>;
  },
): Deliverable<TermBell> {
  const { directory, calendarOf, now, draw } = parts;
  const calendarIn = (tenant: TenantId): WorkingCalendar => calendarOf(directory.require(tenant));
  const bell = bellDeliverable({
    kind: termBellKind,
    bells,
    calendarOf: calendarIn,
    now,

    async look({ tenant }, today) {
      const region = directory.require(tenant);
      const until = today.add({ days: toldBefore }).toString();
      const endings = endingsUntil(region, today.toString(), until);
      return (stored) => {
        const fresh = endings.filter((ending) => stored.told[seatName(ending)] !== ending.to);
        // Those of a body without a leader wait for one.
        const told = fresh.filter(({ seat }) => leadersOf(region, seat.body).length > 0);
        const notices = told.flatMap((ending) =>
          leadersOf(region, ending.seat.body).map((to) => ({
            key: [seatName(ending), ending.to, to].join(' '),
            to,
            kind: 'ending',
          })),
        );
        return {
          ...stored,
          told: { ...stored.told, ...Object.fromEntries(told.map((ending) => [seatName(ending), ending.to])) },
          delivery: notify(stored.delivery, notices, now()),
        };
      };
    },

    async noticeMessage({ tenant }, { key, to }) {
      const [name, until = ''] = key.split(' ');
      const region = directory.require(tenant);
      // Somebody may have been put into it meanwhile, and whoever does not lead the body any more is not told.
      const ending = endingsUntil(region, until, until).find((one) => seatName(one) === name);
      if (!ending || !leadersOf(region, ending.seat.body).includes(to)) return null;
      return draw(tenant, to, ending);
    },
  });

  return {
    ...bell,

    chores(data) {
      const today = dateIn(calendarIn(data.tenant).timeZone, now()).toString();
      if (data.begunOn >= today) return bell.chores(data);
      return {
        ...bell.chores(data),
        async begin() {
          await directory.beginDay();
          // Another process may have been faster.
          return (stored) => (stored.begunOn >= today ? stored : { ...stored, begunOn: today });
        },
      };
    },

    nextAttention(data, moment) {
      const tomorrow = Temporal.PlainDate.from(data.begunOn).add({ days: 1 });
      const begins = tomorrow.toZonedDateTime(calendarIn(data.tenant).timeZone).toInstant();
      const rings = bell.nextAttention(data, moment);
      return rings && Temporal.Instant.compare(rings, begins) < 0 ? rings : begins;
    },
  };
}

/** No two seats of a region have the same, and there is no space in it. */
const seatName = ({ seat: { body, id } }: Ending): string => `${body}/${id}`;
