import type { Profession } from '../shared/actor.ts';
import { dateIn } from '../shared/clock.ts';
import { type DecisionRecord, wholeDays } from '../statistics/model.ts';
import type { Decision, Referral } from './model.ts';

/** What the statistics keep of a decision: codes and whole days, and no way back to the case. */
export function recordOf(
  referral: Referral,
  decision: Decision,
  id: string,
  professions: readonly Profession[],
  timeZone: string,
): DecisionRecord {
  const { team, municipality, source, basis, concerns, ageBand, gender, round } = referral;
  const { outcome, reason, service } = decision;
  return {
    id,
    month: dateIn(timeZone, Temporal.Instant.from(decision.at)).toPlainYearMonth().toString(),
    team,
    municipality,
    source,
    basis,
    concerns,
    ageBand,
    gender,
    professions: professions.toSorted(),
    outcome,
    reason,
    service,
    repeat: round > 1,
    daysToTake: referral.takenAt ? wholeDays(referral.undecidedSince, referral.takenAt) : null,
    daysToDecision: wholeDays(referral.undecidedSince, decision.at),
  };
}
