import { createReferralEntry } from '../../bot/handlers/referral-entry.ts';
import type { VerbTable } from '../../bot/handlers/verb.ts';
import { createVerbTable } from '../../bot/handlers/verb-table.ts';
import { createActing } from '../../bot/local/acting.ts';
import { createLocalPlay } from '../../bot/local/verbs.ts';
import { heldDirectory, unused } from './builders.ts';

/** The verbs as the bot composes them, in local mode or out of it; to press one needs more than this. */
export function verbTable(mode: 'local' | 'production'): VerbTable {
  const directory = heldDirectory();
  const parts = {
    directory,
    conversations: unused<Parameters<typeof createVerbTable>[0]['conversations']>('conversations'),
    referrals: unused<Parameters<typeof createVerbTable>[0]['referrals']>('referrals'),
    sceneFor: () => {
      throw new Error('nothing is to be drawn here');
    },
    clock: unused<Parameters<typeof createReferralEntry>[0]['clock']>('clock'),
  };
  const intake = unused<Parameters<typeof createReferralEntry>[0]['intake']>('intake');
  const entry = createReferralEntry({ ...parts, intake, newId: () => 'id' });
  const local = mode === 'local' ? createLocalPlay({ ...parts, acting: createActing() }) : null;
  return createVerbTable({ ...parts, entry, local, background: () => undefined });
}
