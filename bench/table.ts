import type { Start } from './cold-start.ts';
import { median, medianRatio } from './median.ts';

export interface Row {
  name: string;
  /** Requests a second, by round. */
  perSecond: readonly number[];
  /** Milliseconds. */
  p50: number;
  p99: number;
  errors: number;
  /** Bytes; null when unknown. */
  peakMemory: number | null;
}

/** `ratio` is each row's speed divided by the first row's. */
export function renderRows(rows: readonly Row[]): string {
  const first = rows[0]?.perSecond ?? [];
  return renderTable(
    ['', 'per second', 'ratio', 'p50 ms', 'p99 ms', 'peak MB', 'errors'],
    rows.map(({ name, perSecond, p50, p99, errors, peakMemory }) => [
      name,
      Math.round(median(perSecond)).toLocaleString('en-GB'),
      medianRatio(perSecond, first).toFixed(2),
      p50.toFixed(2),
      p99.toFixed(2),
      peakMemory === null ? '–' : String(Math.round(peakMemory / 1e6)),
      String(errors),
    ]),
  );
}

/** `ratio` is each start's time divided by the first one's. */
export function renderStarts(starts: readonly Start[]): string {
  const first = starts[0]?.milliseconds ?? [];
  return renderTable(
    ['cold start to the first answer', 'ms', 'ratio'],
    starts.map(({ name, milliseconds }) => [
      name,
      Math.round(median(milliseconds)).toString(),
      medianRatio(milliseconds, first).toFixed(2),
    ]),
  );
}

/** Lines for people: the first column to the left, the others to the right. */
export function renderTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const align = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return all.map((line) => line.map(align).join('  ').trimEnd()).join('\n');
}
