import type { CardMessage } from '../../cards/elements.ts';
import type { Deliverable } from '../../delivery/deliverable.ts';
import type { Home } from '../../delivery/home.ts';
import { notify, type Placement, redrawAll } from '../../delivery/model.ts';
import { bodyOf, type Directory, isAnothersChat, isTeam } from '../../directory/model.ts';
import type { DirectoryService } from '../../directory/service.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import type { BodyId, CaseReference, PersonId, TenantId } from '../../shared/ids.ts';
import type { WorkingCalendar } from '../../shared/working-time.ts';
import type { ProposedMeeting } from '../cadence/cadence-proposals.ts';
import { isForBody } from '../invited.ts';
import type { Meeting } from '../model.ts';
import { withSeats } from '../seat-changes.ts';
import type { MeetingPolicy } from '../settings.ts';
import { withVain } from '../shifts.ts';
import { joinLinkOf, momentForCase, occurrenceOf, scheduleOf } from '../standing.ts';
import { homedMeetings, type meetingAggregates, type StoredMeeting } from '../stored.ts';
import { withListed, withoutWord } from '../substitutes.ts';
import { invitationsTo, type NoticeKind } from '../transition.ts';
import { isOvertaken, toTell } from './news.ts';
import { nextWithinReach, type Outlook, outlookStep, takeOutlookStep, withOutlook } from './outlook.ts';
import { broughtTo, nextMoment, type Timing } from './reminders.ts';

export interface MeetingDeliveryParts {
  meetings: ReturnType<typeof meetingAggregates>;
  home: Pick<Home<StoredMeeting>, 'search' | 'bringing'>;
  directory: Pick<DirectoryService, 'require'>;
  /** Who reads what stands in the chat of the body; nobody where it has none. */
  readersOf(meeting: StoredMeeting): Promise<readonly PersonId[]>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  policy: MeetingPolicy;
  now: () => Temporal.Instant;
  /** Null where the tenant has granted no calendars. `fingerprint`: of a text the same for the same, telling nothing of it. */
  outlook: { calendars: Outlook; fingerprint: (text: string) => string } | null;
  /** Has the card of the case show when this meeting is held: `at` is an ISO 8601 instant, null for not at all. */
  tellCase(
    of: { tenant: TenantId; reference: CaseReference },
    meeting: { id: string; at: string | null },
  ): Promise<void>;
  /** Something of what a body meets for has changed: its agenda is to know. */
  tellAgenda(tenant: TenantId, body: BodyId): Promise<void>;
  draw: {
    /** The card of a live placement, or the line that takes its place when it retires. */
    meeting(meeting: StoredMeeting, placement: Placement): CardMessage | Promise<CardMessage>;
    /** `placement` is the id that the card keeps; null for what is said once. */
    notice(
      meeting: StoredMeeting,
      to: PersonId,
      about: { kind: NoticeKind; key: string; placement: string | null },
    ): CardMessage | Promise<CardMessage>;
    /** What a leader is asked who is to find a time. */
    asking(tenant: TenantId, to: PersonId, proposed: ProposedMeeting): CardMessage | Promise<CardMessage>;
  };
}

/** How meetings reach the chats and the people, and what time does to them. */
export function meetingDeliverable(parts: MeetingDeliveryParts): Deliverable<StoredMeeting> {
  const { meetings, home, directory, draw, outlook } = parts;

  function timingOf(tenant: TenantId): Timing {
    const region = directory.require(tenant);
    return { directory: region, calendar: parts.calendarOf(region), policy: parts.policy };
  }

  /** Whoever reads the chat sees the card come to its bottom; all others get one of their own. */
  function spreading(meeting: StoredMeeting) {
    const { number, spread } = meeting.news;
    if (spread) return null;
    return async () => {
      const [bringing, readers] = await Promise.all([
        home.bringing(meeting.tenant, meeting.body),
        parts.readersOf(meeting),
      ]);
      return (stored: StoredMeeting): StoredMeeting => {
        // Something newer is to be told, and another look finds it.
        if (stored.news.number !== number || stored.news.spread) return stored;
        const now = parts.now();
        const told = { ...stored, news: { ...stored.news, spread: true } };
        const people = toTell(stored, readers, directory.require(stored.tenant));
        const notices = invitationsTo(people, number);
        const invited = { ...told, delivery: notify(told.delivery, notices, now) };
        const next = withSeats(invited, { ...timingOf(stored.tenant), now }, readers);
        return (bringing ?? ((one: StoredMeeting) => one))({ ...next, tenant: stored.tenant });
      };
    };
  }

  /** Brings the calendars one event closer to the meeting. */
  function invitingBy({ calendars, fingerprint }: NonNullable<typeof outlook>, meeting: StoredMeeting) {
    const sceneNow = () => {
      const { directory: region, calendar } = timingOf(meeting.tenant);
      return { directory: region, calendar, now: parts.now(), fingerprint };
    };
    const scene = sceneNow();
    const step = outlookStep(meeting, scene);
    if (!step) return null;
    return async () => {
      const record = await takeOutlookStep(step, calendars, scene);
      return (stored: StoredMeeting): StoredMeeting => {
        const now = sceneNow();
        const noted = withOutlook(stored, step, record, now);
        const next = occurrenceOf(noted, null, now);
        // Everybody who has a card finds there how to join.
        const isNews = next && joinLinkOf(noted, next) !== joinLinkOf(stored, next);
        return isNews ? { ...noted, delivery: redrawAll(noted.delivery, now.now) } : noted;
      };
    };
  }

  /** Null when the card of the case shows what is so. */
  function tellingCase(meeting: StoredMeeting) {
    const { id, tenant, subject, caseShows = null } = meeting;
    if (subject === null) return null;
    const at = momentForCase(meeting, { calendar: timingOf(tenant).calendar, now: parts.now() });
    if (at === caseShows) return null;
    return async () => {
      await parts.tellCase({ tenant, reference: subject }, { id, at });
      return (stored: StoredMeeting): StoredMeeting => ({ ...stored, caseShows: at });
    };
  }

  /** Null when the agenda of its body knows what is so, or the body has none. */
  function tellingAgenda(meeting: StoredMeeting) {
    const { tenant, body, stage, place, over, agendaKnows } = meeting;
    const known = bodyOf(directory.require(tenant), body);
    if (!known || isTeam(known) || !isForBody(meeting) || over) return null;
    const schedule = scheduleOf(meeting);
    if (!schedule && agendaKnows === undefined) return null;
    const { first, repeat, earlier, passed, changes, replies } = schedule ?? {};
    const knows = fingerprintOf([stage.is, place, first, repeat, earlier, passed, changes, replies]);
    if (knows === agendaKnows) return null;
    return async () => {
      await parts.tellAgenda(tenant, body);
      return (stored: StoredMeeting): StoredMeeting => ({ ...stored, agendaKnows: knows });
    };
  }

  /** The very same object when nothing has changed. */
  const whole = (before: StoredMeeting, next: Meeting): StoredMeeting =>
    next === before ? before : { ...next, tenant: before.tenant };

  return {
    ...homedMeetings(meetings),

    wake: (meeting, now) => whole(meeting, broughtTo(meeting, now, timingOf(meeting.tenant))),

    chores: (meeting) => ({
      home: home.search(meeting),
      news: spreading(meeting),
      case: tellingCase(meeting),
      agenda: tellingAgenda(meeting),
      outlook: outlook && invitingBy(outlook, meeting),
    }),

    nextAttention(meeting, now) {
      const timing = timingOf(meeting.tenant);
      const moments = [nextMoment(meeting, timing), outlook && nextWithinReach(meeting, { ...timing, now })];
      return moments.filter((moment) => moment !== null).toSorted(Temporal.Instant.compare)[0] ?? null;
    },

    isBarredFrom: (meeting, conversation) =>
      isAnothersChat(directory.require(meeting.tenant), conversation, meeting.body),

    message: (meeting, placement) => draw.meeting(meeting, placement),

    async noticeMessage(meeting, { key, kind, to, stays = null }) {
      const scene = { ...timingOf(meeting.tenant), now: parts.now() };
      if (isOvertaken(meeting, { key, kind: kind as NoticeKind, to }, scene)) return null;
      return draw.notice(meeting, to, { kind: kind as NoticeKind, key, placement: stays });
    },

    noticed(meeting, notice, end, now) {
      const scene = { ...timingOf(meeting.tenant), now };
      const about = { ...notice, kind: notice.kind as NoticeKind };
      if (end === 'sent') return whole(meeting, withVain(withListed(meeting, about, scene), about, scene));
      const known = end === 'sentAgain' ? meeting : withoutWord(meeting, about, end === 'doubtful', scene);
      return whole(meeting, end === 'unsent' ? known : withVain(known, about, scene));
    },
  };
}
