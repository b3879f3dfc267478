import type { ConversationService } from '../src/conversations/service.ts';
import type { Courier } from '../src/delivery/courier.ts';
import { createHome, type HomeParts } from '../src/delivery/home.ts';
import type { LinkTo } from '../src/delivery/moved-card.ts';
import type { Directory } from '../src/directory/model.ts';
import type { DirectoryService } from '../src/directory/service.ts';
import { createCadenceService } from '../src/meetings/cadence-service.ts';
import { cadenceBellDeliverable, type MeetingDeliveryParts, meetingDeliverable } from '../src/meetings/deliverable.ts';
import { createMeetingService } from '../src/meetings/service.ts';
import type { MeetingPolicy } from '../src/meetings/settings.ts';
import { type CadenceBell, homedMeetings, type StoredMeeting, withoutLeavers } from '../src/meetings/stored.ts';
import type { ReferralService } from '../src/referrals/service.ts';
import type { Clock } from '../src/shared/clock.ts';
import type { WorkingCalendar } from '../src/shared/working-time.ts';
import type { Aggregates } from '../src/storage/aggregates.ts';
import type { Sealer } from '../src/storage/envelope.ts';
import type { Config } from './config.ts';
import { createMeetingDraw } from './handlers/meeting-draw.ts';

/** What the bot is made of for one feature: where its documents stand, what is done with them, how the courier brings them. */
export function createMeetings(parts: {
  meetings: Aggregates<StoredMeeting>;
  bells: Aggregates<CadenceBell>;
  directory: DirectoryService;
  conversations: Pick<ConversationService, 'chatOfBody' | 'roster' | 'language' | 'teamsIds'>;
  /** Who has a case, and whom it must not name. */
  referrals: Pick<ReferralService, 'has' | 'names'>;
  courier: Courier;
  homeParts: HomeParts;
  calendarOf: (directory: Directory) => WorkingCalendar;
  policy: MeetingPolicy;
  clock: Clock;
  linkTo: LinkTo;
  outlook: MeetingDeliveryParts['outlook'];
}) {
  const { meetings, directory, conversations, referrals, courier, calendarOf, clock } = parts;
  const home = createHome(
    homedMeetings(meetings),
    (meeting) => withoutLeavers(meeting, directory.require(meeting.tenant)),
    parts.homeParts,
  );
  const service = createMeetingService({
    meetings,
    directory,
    home,
    courier,
    hasCase: (actor, reference, { id }) => referrals.has(actor, reference, id),
    namesClient: referrals.names,
    calendarOf,
    clock,
  });
  const cadences = createCadenceService(parts);
  const draw = createMeetingDraw(parts);
  const deliverable = meetingDeliverable({
    meetings,
    home,
    directory,
    async readersOf({ tenant, body }) {
      const chat = await conversations.chatOfBody(tenant, body);
      const roster = chat ? await conversations.roster(tenant, chat.conversation) : [];
      return roster.map(({ person }) => person);
    },
    calendarOf,
    policy: parts.policy,
    now: clock.now,
    outlook: parts.outlook,
    draw,
  });
  const bell = cadenceBellDeliverable(parts.bells, cadences, { directory, calendarOf, now: clock.now, draw });
  courier.register(deliverable);
  courier.register(bell);
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
    fingerprint: (text) => sealer.fingerprint(text, 'outlook').slice(0, 22),
  };
}
