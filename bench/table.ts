export interface Row {
  name: string;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  errors: number;
  /** Bytes; null when unknown. */
  peakMemory: number | null;
}

/** An aligned table for people; `ratio` is each row's speed divided by the first row's. */
export function renderTable(rows: readonly Row[]): string {
  const first = rows[0]?.perSecond ?? Number.NaN;
  const lines = [['', 'per second', 'ratio', 'p50 ms', 'p99 ms', 'peak MB', 'errors']];
  for (const { name, perSecond, p50, p99, errors, peakMemory } of rows) {
    lines.push([
      name,
      Math.round(perSecond).toLocaleString('en-GB'),
      (perSecond / first).toFixed(2),
      p50.toFixed(2),
      p99.toFixed(2),
      peakMemory === null ? '–' : String(Math.round(peakMemory / 1e6)),
      String(errors),
    ]);
  }
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((line) => line.join('  '))
    .join('\n');
}
