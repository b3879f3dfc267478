import { type Actor, membershipIn } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { Asked, Assessment, Decision, Referral, ReferralCommand, TriagePolicy } from './model.ts';
import { recordOf } from './record.ts';
import { enoughHeard, mayReopen, professionsHeard, requireDecider } from './standing.ts';
import { changed, type Transition, tell } from './transition.ts';

/** What the team says of the case: who is asked, what each assesses, what is decided, and that it is taken up again. */

export function ask(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'ask' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (!command.whomMember) throw new AppError('referral.notAMember');
  if (referral.asked.some((asked) => asked.person === command.whom)) return { referral, event: null };
  const asked: Asked = { person: command.whom, by: actor.person, at: toStored(now) };
  const next = changed(referral, now, { asked: [...referral.asked, asked] }, 'referral.ask', { whom: command.whom });
  return tell(next, 'asked', command.whom, actor, now);
}

export function assess(
  referral: Referral,
  { worry, recommendation, note }: Extract<ReferralCommand, { do: 'assess' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  const profession = membershipIn(actor, referral.team)?.profession;
  if (!profession) throw new AppError('referral.professionNeeded');
  const mine = (a: Assessment): boolean => a.by === actor.person && a.profession === profession;
  const earlier = referral.assessments.find(mine);
  const assessment: Assessment = {
    by: actor.person,
    profession,
    at: toStored(now),
    worry,
    recommendation,
    // Whoever corrects the level alone keeps the note: it is sealed, so the form cannot show it again.
    note: note ?? earlier?.note ?? null,
  };
  // The newest comes last, also of two from the same moment.
  const assessments = [...referral.assessments.filter((a) => a !== earlier), assessment];
  return changed(referral, now, { assessments }, 'referral.assess', { profession, worry, recommendation });
}

export function conclude(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'decide' }>,
  actor: Actor,
  now: Temporal.Instant,
  policy: TriagePolicy,
): Transition {
  const { outcome, reason, alone, recordId } = command;
  requireDecider(referral, actor, policy);
  const enough = enoughHeard(referral, policy);
  if (!enough && !alone) throw new AppError('referral.aloneReasonNeeded');
  if (outcome === 'redirected' && !command.service) throw new AppError('referral.serviceNeeded');
  const service = outcome === 'redirected' ? command.service : null;
  const decision: Decision = {
    outcome,
    reason,
    service,
    by: actor.person,
    at: toStored(now),
    alone: enough ? null : alone,
  };
  const record = recordOf(referral, decision, recordId, professionsHeard(referral), policy.timeZone);
  const unrecorded = [...referral.unrecorded, record];
  return changed(referral, now, { decision, unrecorded }, 'referral.decide', { outcome, reason });
}

export function reopen(referral: Referral, now: Temporal.Instant, policy: TriagePolicy): Transition {
  if (!referral.decision) return { referral, event: null };
  if (!mayReopen(referral.decision, now, policy)) {
    throw new AppError('referral.reopenTooLate', { days: policy.reopenWithinDays });
  }
  return changed(
    referral,
    now,
    {
      decision: null,
      // What was said stands, and can be changed; who was asked can be asked again.
      asked: [],
      takenAt: referral.owner ? toStored(now) : null,
      round: referral.round + 1,
      undecidedSince: toStored(now),
      countedAt: toStored(now),
      untakenSince: referral.owner ? null : toStored(now),
    },
    'referral.reopen',
  );
}
