import { type ChatParts, chatFeature } from './chat.ts';
import { checklistFeature, checklistTasks } from './checklist-feature.ts';
import type { ChecklistParts } from './checklist-pages.ts';
import { type Feature, type Features, mergeFeatures } from './feature.ts';
import { type ReferralParts, referralFeature } from './referral-feature.ts';
import { createDrawTasks, taskFeature } from './tasks.ts';
import { type TeamParts, teamFeature } from './team.ts';

export type FeatureParts = ReferralParts & TeamParts & ChecklistParts & Omit<ChatParts, 'offer'>;

/** Every feature of the bot; `more` is what local mode adds. Their order is that of the buttons on the greeting. */
export function createFeatures(parts: FeatureParts, more: readonly Feature[]): Features {
  const drawTasks = createDrawTasks({ ...parts, sources: [checklistTasks(parts)] });
  const features: Features = mergeFeatures([
    referralFeature(parts),
    checklistFeature({ ...parts, drawTasks }),
    taskFeature(drawTasks),
    teamFeature(parts),
    chatFeature({ ...parts, offer: (texts, body) => features.offer(texts, body) }),
    ...more,
  ]);
  return features;
}
