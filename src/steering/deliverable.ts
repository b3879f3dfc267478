import type { Trimmer } from '../audit/trimmer.ts';
import type { CardMessage } from '../cards/elements.ts';
import type { Deliverable } from '../delivery/deliverable.ts';
import type { Home } from '../delivery/home.ts';
import { type Placement, redrawAll } from '../delivery/model.ts';
import { type Directory, isAnothersChat } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { PersonId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Figures } from './model.ts';
import { broughtTo, nextMoment, type Timing } from './reminders.ts';
import type { AgendaPolicy } from './standing.ts';
import { homedSittings, type StoredSitting, type sittingAggregates, sittingKey } from './stored.ts';
import type { NoticeKind } from './transition.ts';

export interface SteeringDeliveryParts {
  sittings: ReturnType<typeof sittingAggregates>;
  home: Pick<Home<StoredSitting>, 'search'>;
  trimmer: Trimmer<StoredSitting>;
  directory: Pick<DirectoryService, 'require'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  policy: AgendaPolicy;
  /** How the region stands, for the agenda that has gone out, since the meeting before. */
  figuresFor(sitting: StoredSitting): Promise<Figures>;
  now: () => Temporal.Instant;
  draw: {
    /** The card of a live placement, or the line that takes its place when it retires. */
    agenda(sitting: StoredSitting, placement: Placement): CardMessage | Promise<CardMessage>;
    /** Null when it is no news any more. */
    notice(
      sitting: StoredSitting,
      to: PersonId,
      about: { kind: NoticeKind; key: string; placement: string | null },
    ): Promise<CardMessage | null>;
  };
}

/** How agendas reach the chats, and what time does to them. */
export function steeringDeliverable(parts: SteeringDeliveryParts): Deliverable<StoredSitting> {
  const { sittings, home, trimmer, directory, draw } = parts;

  function timingOf({ tenant }: StoredSitting): Timing {
    const region = directory.require(tenant);
    return { directory: region, calendar: parts.calendarOf(region), policy: parts.policy };
  }

  /** Null before the agenda goes out, and once it has its figures. */
  function figuring(sitting: StoredSitting) {
    if (sitting.sent === null || sitting.figures || sitting.over) return null;
    return async () => {
      const figures = await parts.figuresFor(sitting);
      return (stored: StoredSitting): StoredSitting => ({
        ...stored,
        figures,
        delivery: redrawAll(stored.delivery, parts.now()),
      });
    };
  }

  return {
    ...homedSittings(sittings),

    wake(sitting, now) {
      const next = broughtTo(sitting, now, timingOf(sitting));
      return next === sitting ? sitting : { ...next, tenant: sitting.tenant };
    },

    chores: (sitting) => ({
      log: trimmer.moving(sittingKey(sitting), sitting),
      home: home.search(sitting),
      figures: figuring(sitting),
    }),

    nextAttention: (sitting, now) => nextMoment(sitting, now, timingOf(sitting)),

    isBarredFrom: (sitting, conversation) =>
      isAnothersChat(directory.require(sitting.tenant), conversation, sitting.body),

    message: (sitting, placement) => draw.agenda(sitting, placement),

    noticeMessage: (sitting, { key, kind, to, stays = null }) =>
      draw.notice(sitting, to, { kind: kind as NoticeKind, key, placement: stays }),
  };
}
