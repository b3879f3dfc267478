import type { AuditService } from '../src/audit/service.ts';
import { createTrimmer } from '../src/audit/trimmer.ts';
import { createHome } from '../src/delivery/home.ts';
import type { MeetingService } from '../src/meetings/service.ts';
import { dateIn } from '../src/shared/clock.ts';
import { createFigures, type FigureSources } from '../src/steering/agenda/figures.ts';
import { steeringDeliverable } from '../src/steering/deliverable.ts';
import { createSteeringService } from '../src/steering/service.ts';
import type { AgendaSettings } from '../src/steering/settings.ts';
import { homedSittings, type StoredSitting, sittingLogPartition } from '../src/steering/stored.ts';
import { handedOut } from '../src/steering/transition.ts';
import type { Sealer } from '../src/storage/envelope.ts';
import type { OpenData } from './data.ts';
import type { FeatureParts } from './feature-parts.ts';
import { createAgendaDraw } from './handlers/agenda-draw.ts';

/** Agendas of the bodies that decide: where they stand, what is done with them, how they reach people. */
export function createSteering(
  parts: FeatureParts & {
    sealer: Sealer;
    audit: AuditService;
    stored: Pick<OpenData['stored'], 'sittings' | 'minutes' | 'numberings'>;
    meetings: Pick<MeetingService, 'ofBody'>;
    sources: FigureSources;
    policy: AgendaSettings;
  },
) {
  const { directory, audit, courier, clock, meetings } = parts;
  const { sittings, minutes, numberings } = parts.stored;
  const trimmer = createTrimmer<StoredSitting>(audit, sittingLogPartition);
  const home = createHome(
    homedSittings(sittings),
    (sitting) => {
      const next = handedOut(sitting, directory.require(sitting.tenant), clock.now());
      return next === sitting ? sitting : { ...next, tenant: sitting.tenant };
    },
    parts.homeParts,
  );
  const service = createSteeringService({
    ...parts,
    sittings,
    minutes,
    numberings,
    holdingsOf: meetings.ofBody,
    home,
    trimmer,
  });
  const draw = createAgendaDraw({ ...parts, read: service.read, minutes: service.minutes });
  const figures = createFigures(parts.sources);
  courier.register(
    steeringDeliverable({
      ...parts,
      sittings,
      home,
      trimmer,
      draw,
      now: clock.now,
      figuresFor: async (sitting) => {
        const { timeZone } = directory.require(sitting.tenant).policy;
        const monthOf = (moment: Temporal.Instant) => dateIn(timeZone, moment).toPlainYearMonth();
        const to = monthOf(clock.now());
        const since = await service.heldBefore(sitting);
        return figures(sitting.tenant, since ? monthOf(since) : to.with({ month: 1 }), to);
      },
    }),
  );
  return { home, service };
}
