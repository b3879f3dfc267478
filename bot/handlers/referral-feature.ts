import { button } from '../../src/cards/elements.ts';
import { isTeam } from '../../src/directory/model.ts';
import type { Feature } from './feature.ts';
import { referralCommands } from './referral-commands.ts';
import { createReferralEntry, type EntryParts } from './referral-entry.ts';
import { type CaseParts, referralVerbs } from './referrals.ts';
import type { VerbsOf } from './verb.ts';

export type ReferralParts = EntryParts & Omit<CaseParts, 'planAbout'>;

/** From the arrival of a referral to the decision. */
export function referralFeature(parts: ReferralParts & Pick<CaseParts, 'planAbout'>): Feature {
  const entry = createReferralEntry(parts);
  const verbs: VerbsOf<'referral'> = { ...entry.verbs, ...referralVerbs(parts) };
  return {
    verbs,
    commands: referralCommands({ ...parts, view: verbs['referral.view'] }),
    dialogs: entry.dialogs,
    // Only a team has cases; whoever leads hands them in.
    offer: (texts, { bodies }) => ({
      buttons: [
        button(texts('help.newReferral'), 'referral.form', {}, { primary: true }),
        ...(bodies.some(isTeam) ? [button(texts('help.list'), 'referral.list', { filter: 'open' })] : []),
      ],
    }),
  };
}
