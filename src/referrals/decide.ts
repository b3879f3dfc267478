import { type Actor, membershipIn } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { Referral, ReferralCommand, TriagePolicy } from './model.ts';
import { assign, claim, release } from './ownership.ts';
import { mayReadNarrative } from './reading.ts';
import { requireOpen, stageOf } from './standing.ts';
import type { Transition } from './transition.ts';
import { ask, assess, conclude, reopen } from './verdict.ts';

/**
 * Errors: `referral.membersOnly`, `referral.takenBy` (`person`), `referral.othersToGive` (`person`), `referral.decided`,
 * `referral.notAMember`, `referral.professionNeeded`, `referral.moreProfessions` (`needed`, `have`),
 * `referral.aloneReasonNeeded`, `referral.reopenTooLate` (`days`), `referral.serviceNeeded`.
 * `person` is a person id that the edge turns into a name.
 */
export function decide(
  referral: Referral,
  command: ReferralCommand,
  actor: Actor,
  now: Temporal.Instant,
  policy: TriagePolicy,
): Transition {
  if (!membershipIn(actor, referral.team)) throw new AppError('referral.membersOnly');
  if (command.do === 'look') return look(referral, actor);
  if (command.do === 'checkName') return { referral, event: { what: 'referral.nameCheck', why: stageOf(referral) } };
  if (command.do === 'handOut')
    return { referral, event: { what: 'referral.letter', why: stageOf(referral), detail: { ...command.letter } } };
  if (command.do === 'reopen') return reopen(referral, now, policy);
  requireOpen(referral);
  switch (command.do) {
    case 'claim':
      return claim(referral, actor, now);
    case 'release':
      return release(referral, actor, now);
    case 'assign':
      return assign(referral, command, actor, now);
    case 'ask':
      return ask(referral, command, actor, now);
    case 'assess':
      return assess(referral, command, actor, now);
    case 'decide':
      return conclude(referral, command, actor, now, policy);
  }
}

/** The log says with which eyes it was looked, and whether the referrer's text was shown. */
function look(referral: Referral, actor: Actor): Transition {
  const profession = membershipIn(actor, referral.team)?.profession ?? null;
  const narrative = mayReadNarrative(referral, profession) ? 'shown' : 'withheld';
  const detail = { profession: profession ?? 'none', narrative };
  return { referral, event: { what: 'referral.details', why: stageOf(referral), detail } };
}
