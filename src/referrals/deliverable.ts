import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { ConversationService } from '../conversations/service.ts';
import type { Deliverable } from '../delivery/courier.ts';
import { awaken, isPlaced, placeIn, touch } from '../delivery/model.ts';
import { bodyOf, type Directory, membersOf } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { ConversationId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import { textsFor } from '../shared/text.ts';
import { startOfNextWorkingDay, type WorkingCalendar } from '../shared/working-time.ts';
import type { StatisticsService } from '../statistics/service.ts';
import { type CaseScene, caseMessage, movedMessage } from './card.ts';
import { freedOfLeaver } from './leaver.ts';
import { noticeMessage, type ReferralNotice } from './notice-card.ts';
import { isOvertaken, nextAttention, remind } from './reminders.ts';
import type { ReferralParts } from './service.ts';
import { isOpen } from './standing.ts';
import { referralKey, type StoredReferral } from './stored.ts';

export interface ReferralDeliveryParts {
  referrals: ReferralParts['referrals'];
  trimmer: Trimmer<StoredReferral>;
  audit: AuditService;
  newId: () => string;
  directory: Pick<DirectoryService, 'require'>;
  conversations: Pick<ConversationService, 'chatOfBody' | 'language' | 'teamsIds'>;
  statistics: StatisticsService;
  calendarOf: (directory: Directory) => WorkingCalendar;
  now: () => Temporal.Instant;
  /** A link to a message in Teams; null where there are no such links. */
  linkTo: (conversation: string, activityId: string) => string | null;
}

/** How referrals reach the chats, and what time does to them. */
export function referralDeliverable(parts: ReferralDeliveryParts): Deliverable<StoredReferral> {
  const { referrals, directory, conversations, statistics, calendarOf } = parts;

  function sceneOf(referral: StoredReferral, language: Language, placement: string | null): CaseScene {
    const region = directory.require(referral.tenant);
    return { texts: textsFor(language), directory: region, calendar: calendarOf(region), now: parts.now(), placement };
  }

  const chatOf = async (referral: StoredReferral): Promise<ConversationId | null> =>
    (await conversations.chatOfBody(referral.tenant, referral.team))?.conversation ?? null;

  const chatLanguage = (referral: StoredReferral): Language =>
    bodyOf(directory.require(referral.tenant), referral.team)?.language ?? 'sv';

  return {
    kind: 'referral',
    aggregates: referrals,
    tenantOf: (referral) => referral.tenant,
    delivery: (referral) => referral.delivery,
    withDelivery: (referral, delivery) => ({ ...referral, delivery }),

    wake(referral, now) {
      const region = directory.require(referral.tenant);
      const calendar = calendarOf(region);
      const present = freedOfLeaver(referral, region, parts.audit, now);
      const delivery = remind(present, region, calendar, now);
      const reminded = delivery === present.delivery ? present : { ...present, delivery };
      return atDawn(reminded, calendar, now);
    },

    async tidy(referral) {
      await parts.trimmer.move(referralKey(referral), referral);
      const home = isOpen(referral) && !isPlaced(referral.delivery) ? await chatOf(referral) : null;
      if (home) {
        const placement = parts.newId();
        return (stored) => ({
          ...stored,
          delivery: awaken(placeIn(stored.delivery, home, placement), parts.now()),
        });
      }
      if (referral.unrecorded.length === 0) return null;
      for (const record of referral.unrecorded) await statistics.record(referral.tenant, record);
      const written = new Set(referral.unrecorded.map((record) => record.id));
      return (stored) => ({
        ...stored,
        unrecorded: stored.unrecorded.filter((record) => !written.has(record.id)),
      });
    },

    nextAttention(referral, now) {
      const region = directory.require(referral.tenant);
      const next = nextAttention(referral, region, calendarOf(region), now);
      if (!next || isPlaced(referral.delivery)) return next;
      // Its chat may have become known to another instance, or while this document was being written.
      const soon = now.add(lookForChatAfter);
      return Temporal.Instant.compare(soon, next) < 0 ? soon : next;
    },

    async message(referral, placement) {
      const scene = sceneOf(referral, chatLanguage(referral), placement.id);
      if (placement.state === 'retiring') {
        const live = referral.delivery.placements.find((candidate) => candidate.state === 'live');
        const url = live?.activityId ? parts.linkTo(live.conversation, live.activityId) : null;
        return movedMessage(referral, scene.texts, url);
      }
      const members = membersOf(scene.directory, referral.team).map((member) => member.person);
      return caseMessage(referral, scene, await conversations.teamsIds(referral.tenant, members));
    },

    async noticeMessage(referral, notice) {
      const region = directory.require(referral.tenant);
      // Who has left the team is told nothing of its cases any more.
      const isMember = membersOf(region, referral.team).some(({ person }) => person === notice.to);
      if (!isMember || isOvertaken(referral, notice)) return null;
      const language = (await conversations.language(referral.tenant, notice.to)) ?? chatLanguage(referral);
      return noticeMessage(referral, notice.kind as ReferralNotice, sceneOf(referral, language, null));
    },
  };
}

/** How often a case without a chat looks for one; nothing is sent for it. */
const lookForChatAfter = Temporal.Duration.from({ minutes: 5 });

/** On the morning of every working day an open case shows anew how long it has waited. */
function atDawn(referral: StoredReferral, calendar: WorkingCalendar, now: Temporal.Instant): StoredReferral {
  const today = now.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  const shown = Temporal.PlainDate.from(referral.dawn);
  if (!isOpen(referral) || Temporal.PlainDate.compare(shown, today) >= 0) return referral;
  const midnight = shown.add({ days: 1 }).toZonedDateTime(calendar.timeZone).toInstant();
  const dawn = startOfNextWorkingDay(midnight.subtract({ nanoseconds: 1 }), calendar);
  if (Temporal.Instant.compare(dawn, now) > 0) return referral;
  return { ...referral, dawn: today.toString(), delivery: touch(referral.delivery, now) };
}
