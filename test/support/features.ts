import type { Feature, Features } from '../../bot/handlers/feature.ts';
import { createFeatures, type FeatureParts } from '../../bot/handlers/features.ts';
import { createSharedAnswers } from '../../bot/handlers/shared-answers.ts';
import { createActing } from '../../bot/local/acting.ts';
import { createLocalPlay } from '../../bot/local/verbs.ts';
import { createFinnishCalendar } from '../../src/shared/working-time.ts';
import { heldDirectory, unused } from './builders.ts';

const parts: FeatureParts = {
  directory: heldDirectory(),
  conversations: unused('conversations'),
  referrals: unused('referrals'),
  intake: unused('intake'),
  checklists: unused('checklists'),
  meetings: unused('meetings'),
  cadences: unused('cadences'),
  steering: unused('steering'),
  minutes: unused('minutes'),
  answers: createSharedAnswers(unused('outbox'), unused('clock')),
  clock: unused('clock'),
  sceneFor: () => {
    throw new Error('nothing is to be drawn here');
  },
  listSceneFor: () => {
    throw new Error('nothing is to be drawn here');
  },
  meetingSceneFor: () => {
    throw new Error('nothing is to be drawn here');
  },
  agendaSceneFor: () => {
    throw new Error('nothing is to be drawn here');
  },
  calendar: unused('calendar'),
  calendarOf: () => createFinnishCalendar(),
  calendarLink: () => 'https://ankarbot.example/calendar/token.ics',
  meetingPolicy: { length: 60, pollDays: 3 },
  filePrint: async () => '',
  documentPasses: unused('passes of documents'),
  fileLink: () => 'https://ankarbot.example/files/token',
  newId: () => 'id',
  background: () => undefined,
};

/** The features as the bot composes them, in local mode or out of it; to press a verb needs more than this. */
export function featuresOf(mode: 'local' | 'production', more: readonly Feature[] = []): Features {
  const local = mode === 'local' ? [createLocalPlay({ ...parts, acting: createActing() })] : [];
  return createFeatures(parts, [...local, ...more]);
}

/** All verbs that there are, in the order of the features. */
export const allVerbs: readonly string[] = [...featuresOf('local').verbs.keys()];
