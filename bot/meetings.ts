import { createHome } from '../src/delivery/home.ts';
import { createCadenceService } from '../src/meetings/cadence/cadence-service.ts';
import { cadenceBellDeliverable } from '../src/meetings/cadence/deliverable.ts';
import { withSeats } from '../src/meetings/seat-changes.ts';
import { createMeetingService } from '../src/meetings/service.ts';
import type { MeetingPolicy } from '../src/meetings/settings.ts';
import { homedMeetings, withoutLeavers } from '../src/meetings/stored.ts';
import { type MeetingDeliveryParts, meetingDeliverable } from '../src/meetings/telling/deliverable.ts';
import type { ReferralService } from '../src/referrals/service.ts';
import type { Clock } from '../src/shared/clock.ts';
import { type Sealer, shortened } from '../src/storage/envelope.ts';
import type { Config } from './config.ts';
import type { OpenData } from './data.ts';
import type { FeatureParts } from './feature-parts.ts';
import { createMeetingDraw } from './handlers/meeting-draw.ts';

/** Meetings, from the first proposal on: where they stand, what is done with them, how they reach people. */
export function createMeetings(
  parts: FeatureParts & {
    stored: Pick<OpenData['stored'], 'meetings' | 'cadences'>;
    /** Who has a case, whom it must not name, and when its meetings are. */
    referrals: Pick<ReferralService, 'has' | 'names' | 'handOut' | 'showMeeting'>;
    policy: MeetingPolicy;
    outlook: MeetingDeliveryParts['outlook'];
    tellAgenda: MeetingDeliveryParts['tellAgenda'];
  },
) {
  const { directory, conversations, referrals, courier, clock, stored } = parts;
  const { meetings, cadences: bells } = stored;
  const home = createHome(
    homedMeetings(meetings),
    (meeting) => {
      const region = directory.require(meeting.tenant);
      const scene = { directory: region, calendar: parts.calendarOf(region), now: clock.now() };
      const next = withSeats(withoutLeavers(meeting, region), scene);
      return next === meeting ? meeting : { ...next, tenant: meeting.tenant };
    },
    parts.homeParts,
  );
  const service = createMeetingService({
    ...parts,
    meetings,
    home,
    hasCase: (actor, reference, { id }) => referrals.has(actor, reference, id),
    namesClient: referrals.names,
    handOut: referrals.handOut,
  });
  const cadences = createCadenceService({ ...parts, meetings, bells });
  const draw = createMeetingDraw(parts);
  const deliverable = meetingDeliverable({
    ...parts,
    meetings,
    home,
    async readersOf({ tenant, body }) {
      const chat = await conversations.chatOfBody(tenant, body);
      const roster = chat ? await conversations.roster(tenant, chat.conversation) : [];
      return roster.map(({ person }) => person);
    },
    now: clock.now,
    tellCase: referrals.showMeeting,
    draw,
  });
  courier.register(deliverable);
  courier.register(cadenceBellDeliverable(bells, cadences, { ...parts, now: clock.now, draw }));
  return { home, service, cadences };
}

/** The calendars of the tenant; null where it has granted none. */
export async function openOutlook(
  config: Config,
  { sealer, ...parts }: { sealer: Sealer; clock: Clock; onRefused: (error: unknown) => void; api?: string | undefined },
): Promise<MeetingDeliveryParts['outlook']> {
  if (config.GRAPH_CALENDAR === 'off') return null;
  // Graph's client and what signs in are large, so only those who need them load them.
  const { openGraph } = await import('./graph/open.ts');
  return {
    calendars: openGraph(config, parts),
    fingerprint: (text) => shortened(sealer.fingerprint(text, 'outlook')),
  };
}
