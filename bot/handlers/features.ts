import { agendaFeature, agendaTasks } from './agenda-feature.ts';
import type { AgendaParts } from './agenda-pages.ts';
import { type CalendarParts, calendarFeature } from './calendar.ts';
import { type ChatParts, chatFeature } from './chat.ts';
import { checklistFeature, checklistTasks } from './checklist-feature.ts';
import type { ChecklistParts } from './checklist-pages.ts';
import { type Feature, type Features, mergeFeatures } from './feature.ts';
import type { CadenceParts } from './meeting-cadences.ts';
import { meetingFeature } from './meeting-feature.ts';
import { createMeetingPlanning, type PlanningParts } from './meeting-planning.ts';
import type { MinutesParts } from './minutes-pages.ts';
import { type ReferralParts, referralFeature } from './referral-feature.ts';
import { type SeatParts, seatFeature } from './seats.ts';
import { createDrawTasks, taskFeature } from './tasks.ts';
import { type TeamParts, teamFeature } from './team.ts';

export type FeatureParts = ReferralParts &
  TeamParts &
  SeatParts &
  ChecklistParts &
  PlanningParts &
  CadenceParts &
  CalendarParts &
  AgendaParts &
  MinutesParts &
  Omit<ChatParts, 'offer'>;

/** Every feature of the bot; `more` is what local mode adds. Their order is that of the buttons on the greeting: by use. */
export function createFeatures(parts: FeatureParts, more: readonly Feature[]): Features {
  const drawTasks = createDrawTasks({ ...parts, sources: [checklistTasks(parts), agendaTasks(parts)] });
  const planning = createMeetingPlanning(parts);
  const features: Features = mergeFeatures([
    referralFeature({ ...parts, planAbout: planning.about }),
    meetingFeature(parts, planning),
    calendarFeature(parts),
    agendaFeature({ ...parts, drawTasks }),
    taskFeature(drawTasks),
    checklistFeature({ ...parts, drawTasks }),
    ...more,
    teamFeature(parts),
    seatFeature(parts),
    chatFeature({ ...parts, offer: (texts, reader) => features.offer(texts, reader) }),
  ]);
  return features;
}
