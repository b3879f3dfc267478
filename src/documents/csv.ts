import { stringify } from 'csv-stringify/sync';
import type { Sheet, Value } from './model.ts';

/**
 * As Excel in Finland reads it without being told anything: UTF-8 with its mark, semicolons, dates as `2026-12-03`. What
 * would begin a formula has an apostrophe before it.
 */
export function writeCsv({ columns, rows }: Sheet): Uint8Array {
  const text = stringify([columns.map(({ title }) => title), ...rows.map((row) => row.map(textOf))], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
  });
  return Buffer.from(text);
}

function textOf(value: Value): string {
  return typeof value === 'object' ? (value?.date ?? '') : String(value);
}
