import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import type { Language } from '../shared/language.ts';
import type { Sheet, Value } from './model.ts';
import { printable } from './printable.ts';

const dateFormats: Readonly<Record<Language, string>> = { sv: 'd.m.yyyy', fi: 'd.m.yyyy', en: 'dd/mm/yyyy' };

/** One sheet: its header stays when one scrolls, dates are dates, and text is text though it begins like a formula. */
export function writeXlsx({ language, title, columns, rows }: Sheet): Promise<Uint8Array> {
  const header = columns.map((column): Cell => ({ ...textCell(column.title), fontWeight: 'bold' }));
  const options = {
    sheet: sheetName(title),
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    dateFormat: dateFormats[language],
    orientation: 'landscape' as const,
  };
  const font = { fontFamily: 'Calibri', fontSize: 11 };
  return writeXlsxFile([header, ...rows.map((row) => row.map(toCell))], options, font).toBuffer();
}

const textCell = (value: string) => ({ type: String, value, wrap: true, alignVertical: 'top' as const });

function toCell(value: Value): Cell {
  if (value === null) return null;
  if (typeof value === 'string') return textCell(value);
  if (typeof value === 'number') return { type: Number, value, alignVertical: 'top' };
  return { type: Date, value: new Date(value.date), alignVertical: 'top' };
}

/** Excel takes 31 letters, some not at all, and an apostrophe not at the ends. */
function sheetName(title: string): string {
  const name = title.replace(/[[\]:*?/\\'\s]+/g, ' ').trim();
  return printable(name.slice(0, 31)).trim() || '–';
}
