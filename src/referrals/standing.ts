import { type Actor, leads, type Profession } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { Decision, Referral, TriagePolicy } from './model.ts';

/** How a case stands, and what that allows; read off the case, and nothing changed. */

export function requireOpen(referral: Referral): void {
  if (referral.decision) throw new AppError('referral.decided', { person: referral.decision.by });
}

export function isOpen(referral: Referral): boolean {
  return referral.decision === null;
}

/** The purpose that a look at the details is logged with. */
export function stageOf(referral: Referral): 'triage' | 'decided' {
  return isOpen(referral) ? 'triage' : 'decided';
}

/** Professions that have assessed, each once; also what they said before a reopening counts. */
export function professionsHeard(referral: Referral): Profession[] {
  return [...new Set(referral.assessments.map((assessment) => assessment.profession))];
}

export function enoughHeard(referral: Referral, policy: TriagePolicy): boolean {
  return professionsHeard(referral).length >= policy.professionsNeeded;
}

/** Any member decides once enough professions have spoken; the team leader also before that, with a reason. */
export function requireDecider(referral: Referral, actor: Actor, policy: TriagePolicy): void {
  if (enoughHeard(referral, policy) || leads(actor, referral.team)) return;
  throw new AppError('referral.moreProfessions', {
    needed: policy.professionsNeeded,
    have: professionsHeard(referral).length,
  });
}

/** Whether a decision can still be taken up again. */
export function mayReopen({ at }: Decision, now: Temporal.Instant, policy: TriagePolicy): boolean {
  return Temporal.Instant.from(at).until(now, { largestUnit: 'hours' }).hours < policy.reopenWithinDays * 24;
}
