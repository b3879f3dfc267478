import { renderTable } from './table.ts';

export interface Bar {
  what: string;
  reached: number;
  /** The bar: it is met from there upwards, or downwards. */
  atLeast?: number;
  atMost?: number;
}

/** Each bar beside what was reached; nobody fails for one that is not met. */
export function renderBars(bars: readonly Bar[]): string {
  return renderTable(
    ['', 'bar', 'reached', ''],
    bars.map(({ what, reached, atLeast = -Infinity, atMost = Infinity }) => [
      what,
      Number.isFinite(atLeast) ? `≥ ${atLeast.toFixed(2)}` : `≤ ${atMost.toFixed(2)}`,
      reached.toFixed(2),
      reached >= atLeast && reached <= atMost ? 'met' : 'NOT MET',
    ]),
  );
}
