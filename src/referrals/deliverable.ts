import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { ConversationService } from '../conversations/service.ts';
import type { Chore, Deliverable } from '../delivery/deliverable.ts';
import type { Home } from '../delivery/home.ts';
import { redraw } from '../delivery/model.ts';
import { type LinkTo, movedMessage, movedTo } from '../delivery/moved-card.ts';
import { bodyOf, type Directory, isAnothersChat, membersOf } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { toStored } from '../shared/clock.ts';
import type { Language } from '../shared/language.ts';
import { textsFor } from '../shared/text.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { StatisticsService } from '../statistics/service.ts';
import { type CaseScene, caseMessage } from './card.ts';
import { freedOfLeaver } from './leaver.ts';
import type { TriagePolicy } from './model.ts';
import { noticeMessage, type ReferralNotice } from './notice-card.ts';
import { isOvertaken, nextAttention, remind } from './reminders.ts';
import type { ReferralParts } from './service.ts';
import type { ReminderPolicy } from './settings.ts';
import { isOpen } from './standing.ts';
import { homedReferrals, referralKey, type StoredReferral } from './stored.ts';
import { nextCount } from './waiting.ts';

export interface ReferralDeliveryParts {
  referrals: ReferralParts['referrals'];
  trimmer: Trimmer<StoredReferral>;
  audit: AuditService;
  home: Pick<Home<StoredReferral>, 'search'>;
  directory: Pick<DirectoryService, 'require'>;
  conversations: Pick<ConversationService, 'language' | 'teamsIds'>;
  statistics: StatisticsService;
  calendarOf: (directory: Directory) => WorkingCalendar;
  policy: { triage: TriagePolicy; reminders: ReminderPolicy };
  now: () => Temporal.Instant;
  linkTo: LinkTo;
}

/** How referrals reach the chats, and what time does to them. */
export function referralDeliverable(parts: ReferralDeliveryParts): Deliverable<StoredReferral> {
  const { referrals, directory, conversations, statistics, calendarOf } = parts;

  function sceneOf(referral: StoredReferral, language: Language, placement: string | null): CaseScene {
    const region = directory.require(referral.tenant);
    return {
      texts: textsFor(language),
      directory: region,
      calendar: calendarOf(region),
      policy: parts.policy.triage,
      now: parts.now(),
      placement,
    };
  }

  const chatLanguage = (referral: StoredReferral): Language =>
    bodyOf(directory.require(referral.tenant), referral.team)?.language ?? 'sv';

  /** Writes the de-identified records of decisions; null when all are written. */
  function recording(referral: StoredReferral): Chore<StoredReferral> | null {
    if (referral.unrecorded.length === 0) return null;
    return async () => {
      for (const record of referral.unrecorded) await statistics.record(referral.tenant, record);
      const written = new Set(referral.unrecorded.map((record) => record.id));
      return (stored) => ({ ...stored, unrecorded: stored.unrecorded.filter((record) => !written.has(record.id)) });
    };
  }

  return {
    ...homedReferrals(referrals),

    wake(referral, now) {
      const region = directory.require(referral.tenant);
      const calendar = calendarOf(region);
      const present = freedOfLeaver(referral, region, parts.audit, now);
      const delivery = remind(present, region, calendar, parts.policy.reminders, now);
      const reminded = delivery === present.delivery ? present : { ...present, delivery };
      return countedAnew(reminded, calendar, now);
    },

    chores: (referral) => ({
      home: parts.home.search(referral),
      statistics: recording(referral),
      log: parts.trimmer.moving(referralKey(referral), referral),
    }),

    nextAttention(referral, now) {
      const region = directory.require(referral.tenant);
      return nextAttention(referral, region, calendarOf(region), parts.policy.reminders, now);
    },

    isBarredFrom: (referral, conversation) =>
      isAnothersChat(directory.require(referral.tenant), conversation, referral.team),

    async message(referral, placement) {
      const scene = sceneOf(referral, chatLanguage(referral), placement.id);
      if (placement.state === 'retiring')
        return movedMessage(referral.reference, scene.texts, movedTo(referral.delivery, placement, parts.linkTo));
      const members = membersOf(scene.directory, referral.team).map((member) => member.person);
      return caseMessage(referral, scene, await conversations.teamsIds(referral.tenant, members));
    },

    async noticeMessage(referral, notice) {
      const region = directory.require(referral.tenant);
      // Who has left the team is told nothing of its cases any more.
      const isMember = membersOf(region, referral.team).some(({ person }) => person === notice.to);
      if (!isMember || isOvertaken(referral, notice)) return null;
      const language = (await conversations.language(referral.tenant, notice.to)) ?? chatLanguage(referral);
      return noticeMessage(
        referral,
        { ...notice, kind: notice.kind as ReferralNotice },
        sceneOf(referral, language, null),
      );
    },
  };
}

/** From time to time an open case shows anew how long it has waited. */
function countedAnew(referral: StoredReferral, calendar: WorkingCalendar, now: Temporal.Instant): StoredReferral {
  if (!isOpen(referral)) return referral;
  const counted = Temporal.Instant.from(referral.countedAt ?? referral.undecidedSince);
  if (Temporal.Instant.compare(nextCount(referral, calendar, counted), now) > 0) return referral;
  return { ...referral, countedAt: toStored(now), delivery: redraw(referral.delivery, now) };
}
