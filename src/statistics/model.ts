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

/** How many there are of a code; null where they are so few that somebody might be recognised. */
export interface Cell {
  code: string;
  count: number | null;
}

/** The decisions of a period, as they may be shown to everybody. */
export interface DecisionFigures {
  /** `YYYY-MM` of the first and the last month. */
  from: string;
  to: string;
  /** Null where there are so few. */
  total: number | null;
  outcomes: readonly Cell[];
  /** A decision may have several. */
  concerns: readonly Cell[];
  teams: readonly Cell[];
}

/** Fewer than so many are not told [S4]. */
export const fewest = 5;

export function decisionFigures(records: readonly DecisionRecord[], from: string, to: string): DecisionFigures {
  const within = records.filter(({ month }) => month >= from && month <= to);
  const total = within.length;
  const told = total === 0 || total >= fewest;
  const cells = (codesOf: (record: DecisionRecord) => readonly string[], isSum: boolean): Cell[] => {
    const counts = new Map<string, number>();
    for (const code of within.flatMap(codesOf)) counts.set(code, (counts.get(code) ?? 0) + 1);
    return told ? suppressed(counts, isSum) : [];
  };
  return {
    from,
    to,
    total: told ? total : null,
    outcomes: cells(({ outcome }) => [outcome], true),
    concerns: cells(({ concerns }) => concerns, false),
    teams: cells(({ team }) => [team], true),
  };
}

/**
 * The largest first. Where the cells add up to a total that is told, a single one that is not told could be worked out: then
 * the smallest of the others is not told either.
 */
function suppressed(counts: ReadonlyMap<string, number>, isSum: boolean): Cell[] {
  const all = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const few = all.filter(([, count]) => count < fewest).map(([code]) => code);
  const hidden = new Set(few);
  if (isSum && few.length > 0) {
    const rest = (): number => all.reduce((sum, [code, count]) => (hidden.has(code) ? sum + count : sum), 0);
    for (const [code] of all.toReversed()) {
      if (hidden.size > 1 && rest() >= fewest) break;
      hidden.add(code);
    }
  }
  return all.map(([code, count]) => ({ code, count: hidden.has(code) ? null : count }));
}
