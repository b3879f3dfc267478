import type { BodyId } from '../shared/ids.ts';

/**
 * What is kept of a decision for the figures, from the first day [S4]. It carries codes, a month and whole days; no
 * case reference, no person, no exact time, so that nothing leads back to the case.
 */
export interface DecisionRecord {
  /** Random; makes writing it twice harmless. */
  id: string;
  /** `YYYY-MM` of the decision. */
  month: string;
  team: BodyId;
  municipality: string;
  source: string;
  basis: string;
  concerns: readonly string[];
  ageBand: string;
  gender: string;
  /** Professions that had assessed. */
  professions: readonly string[];
  outcome: string;
  reason: string;
  service: string | null;
  /** True for a decision after a reopening, so that cases can be counted once. */
  repeat: boolean;
  /** Null when nobody took it before it was decided. */
  daysToTake: number | null;
  daysToDecision: number;
}

/** Whole days between two ISO 8601 instants, never negative. */
export function wholeDays(from: string, to: string): number {
  const hours = Temporal.Instant.from(from).until(Temporal.Instant.from(to), { largestUnit: 'hours' }).hours;
  return Math.max(0, Math.floor(hours / 24));
}
