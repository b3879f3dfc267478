import { type Actor, leads, type Profession } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Assessment, Decision, Referral, TriagePolicy } from './model.ts';

/** How a case stands, and what that allows; read off the case, and nothing changed. */

export function requireOpen(referral: Referral): void {
  if (referral.decision) throw new AppError('referral.decided', { person: referral.decision.by });
}

export function isOpen(referral: Referral): boolean {
  return referral.decision === null;
}

/** Whether there are meetings with the young person: the team has taken the case on, or has still to decide. */
export function isMet(referral: Referral): boolean {
  return isOpen(referral) || referral.decision?.outcome === 'accepted';
}

/** Errors: `meeting.notHere`. */
export function requireMet(referral: Referral): void {
  if (!isMet(referral)) throw new AppError('meeting.notHere');
}

export interface CaseMeeting {
  id: string;
  at: Temporal.Instant;
}

/** Its meetings to come, in order of time; when there are none, the one that was last. */
export function meetingsShown({ meetings = {} }: Referral, now: Temporal.Instant): CaseMeeting[] {
  const all = Object.entries(meetings)
    .map(([id, at]) => ({ id, at: Temporal.Instant.from(at) }))
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  const ahead = all.filter(({ at }) => Temporal.Instant.compare(at, now) > 0);
  return ahead.length > 0 ? ahead : all.slice(-1);
}

/** With this meeting at that moment, or with `at` null without it; the very same object when it was known. */
export function withMeeting(referral: Referral, id: string, at: string | null): Referral {
  const { [id]: known = null, ...others } = referral.meetings ?? {};
  if (known === at) return referral;
  return { ...referral, meetings: at === null ? others : { ...others, [id]: at } };
}

/** The purpose that a look at the details is logged with. */
export function stageOf(referral: Referral): 'triage' | 'decided' {
  return isOpen(referral) ? 'triage' : 'decided';
}

/**
 * What counts of the assessments, also of those from before a reopening: the newest of each person. Whoever has assessed
 * in one profession and then in another is still one voice.
 */
export function voicesOf({ assessments }: Pick<Referral, 'assessments'>): Assessment[] {
  const newest = new Map<PersonId, Assessment>();
  for (const assessment of assessments) {
    const other = newest.get(assessment.by);
    if (!other || other.at <= assessment.at) newest.set(assessment.by, assessment);
  }
  return [...newest.values()];
}

/** Professions that have assessed, each once. */
export function professionsHeard(referral: Pick<Referral, 'assessments'>): Profession[] {
  return [...new Set(voicesOf(referral).map((assessment) => assessment.profession))];
}

export function enoughHeard(referral: Referral, policy: TriagePolicy): boolean {
  return professionsHeard(referral).length >= policy.professionsNeeded;
}

/** What somebody has is theirs to give; the team leader can too. */
export function mayHandOver(referral: Referral, person: PersonId, isLeader: boolean): boolean {
  return !referral.owner || referral.owner.person === person || isLeader;
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
