import type { Card } from '../../src/cards/elements.ts';
import { teamByCode } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import type { ReferralFilter } from '../../src/referrals/stored.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { type CaseReference, parseReference } from '../../src/shared/ids.ts';
import type { CommonConcept, Said } from '../commands/vocabulary.ts';
import { requireDiscretion } from './body.ts';
import { type Command, command } from './command.ts';
import { type Press, requireKnown, type VerbDefinition } from './verb.ts';

const words = {
  referral: {
    sv: 'hänvisning hänvisningen hänvisningar hänvisningarna',
    fi: 'ohjaus ohjauksen ohjausta ohjaukset ohjauksia',
    en: 'referral referrals',
  },
  /** Alone it could mean anything. */
  case: {
    sv: 'ärende ärendet ärenden ärendena',
    fi: 'asia asian asiaa asiat tapaus tapaukset',
    en: 'case cases',
  },
} as const;

/** A new referral, the list, and one case by its reference. `view` is what shows a case to one person. */
export function referralCommands(parts: {
  directory: DirectoryService;
  referrals: Pick<ReferralService, 'bring'>;
  view: VerbDefinition;
}): readonly Command[] {
  const { directory, referrals, view } = parts;

  /** In private the case is shown; in the team's chat its one live card comes to the bottom. */
  async function show(press: Press, reference: CaseReference): Promise<Card | null> {
    requireKnown(press.actor);
    if (press.readBy === 'presser') return view.answer(press, { id: reference });
    const team = teamByCode(directory.require(press.actor.tenant), parseReference(reference)?.code ?? '');
    // Whoever is not of the team is told by the service that there is no such case.
    if (team && membershipIn(press.actor, team.id)) requireDiscretion(directory, press, team.id);
    await referrals.bring(press.actor, reference);
    return null;
  }

  return [
    command({
      words,
      example: { sv: 'öppna hänvisningar', fi: 'avoimet ohjaukset', en: 'open referrals' },
      evidence: ['referral', 'case', 'open', 'mine', 'waiting'],
      read(said) {
        const filter = filterOf(said);
        return filter && { verb: 'referral.list', data: { filter } };
      },
    }),
    command({
      words,
      example: { sv: 'ny hänvisning', fi: 'uusi ohjaus', en: 'new referral' },
      evidence: ['referral', 'case', 'create', 'add'],
      read(said) {
        const isNew = said.has('create') || said.has('add');
        const isReferral = said.has('referral') || said.has('case');
        return isNew && isReferral && said.only('create', 'add', 'referral', 'case') ? { verb: 'referral.form' } : null;
      },
    }),
    command({
      words,
      example: { sv: 'hänvisning LOJ-2026-0001', fi: 'ohjaus LOJ-2026-0001', en: 'referral LOJ-2026-0001' },
      evidence: ['reference'],
      read({ reference, only }) {
        if (!reference || !only('reference', 'referral', 'case', 'open', 'status')) return null;
        return { verb: 'referral.view', data: { id: reference }, answer: (press) => show(press, reference) };
      },
    }),
  ];
}

/**
 * Open is what one wants to see when nothing else is said; null when it is no list, or two things are said at once. What
 * the list calls its parts is enough.
 */
function filterOf(said: Said<keyof typeof words | CommonConcept>): ReferralFilter | null {
  if (said.count === 0 || !said.only('referral', 'case', 'open', 'mine', 'waiting')) return null;
  const narrow = (['mine', 'waiting'] as const).filter((filter) => said.has(filter));
  if (narrow.length > 1) return null;
  return said.only('case') ? null : (narrow[0] ?? 'open');
}
