import type { LocalPlay } from '../local/verbs.ts';
import { type ChatParts, chatVerbs } from './chat.ts';
import type { ReferralEntry } from './referral-entry.ts';
import { type CaseParts, referralVerbs } from './referrals.ts';
import { type TeamParts, teamVerbs } from './team.ts';
import type { VerbTable } from './verb.ts';

export interface VerbParts extends Omit<ChatParts, 'local'>, TeamParts, CaseParts {
  entry: Pick<ReferralEntry, 'verbs'>;
  /** Null outside local mode. */
  local: Pick<LocalPlay, 'verbs'> | null;
}

/** Every verb with what answers it. The verbs of local mode are there in local mode alone. */
export function createVerbTable({ entry, local, ...parts }: VerbParts): VerbTable {
  return {
    ...chatVerbs({ ...parts, local: local !== null }),
    ...teamVerbs(parts),
    ...entry.verbs,
    ...referralVerbs(parts),
    ...local?.verbs,
  };
}
