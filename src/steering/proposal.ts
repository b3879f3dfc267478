import { languages } from '../shared/language.ts';
import { textsFor } from '../shared/text.ts';
import type { Item, ItemCode, Words, Written } from './model.ts';

/** What is proposed to be decided. */

/** What every meeting and every year settles is proposed in the same words, unless somebody has written others. */
const usual = ['quorum', 'approval', 'operatingPlan', 'annualReport'] as const satisfies readonly ItemCode[];

/** As somebody has written it, else as it is usually proposed; nothing where there is neither. */
export function proposalOf(
  { code, year }: Pick<Item, 'code' | 'year'>,
  { proposal }: Pick<Words, 'proposal'>,
): Written {
  const known = usual.find((one) => one === code);
  if (Object.keys(proposal).length > 0 || !known) return proposal;
  return Object.fromEntries(
    languages.map((one) => [one, textsFor(one)(`agenda.proposal.${known}`, { year: year ?? 0 })]),
  );
}

/** Something is proposed, in whichever language. */
export function isProposed(proposal: Written): boolean {
  return Object.keys(proposal).length > 0;
}
