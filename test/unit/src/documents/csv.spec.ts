import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { writeCsv } from '../../../../src/documents/csv.ts';
import { formulas, sheet } from './example.ts';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const read = (bytes: Uint8Array): string[][] =>
  parse(Buffer.from(bytes), { bom: true, delimiter: ';', record_delimiter: '\r\n' });

describe('a table as CSV', () => {
  it('is what Excel in Finland expects: the mark of UTF-8, semicolons, a header, dates that it knows', () => {
    const text = textOf(writeCsv(sheet));
    expect(text.startsWith('\uFEFFText;Nr;Datum\r\nÅsa Öhman;0;2026-12-03\r\n')).to.equal(true);
    expect(read(writeCsv(sheet))).to.have.lengthOf(1 + sheet.rows.length);
  });

  it('keeps a text of several lines in its cell, whichever way it breaks them', () => {
    for (const text of ['two\nlines', 'two\rlines', 'two\r\nlines'])
      expect(textOf(writeCsv({ ...sheet, rows: [[text, 1, null]] }))).to.include(`\r\n"${text}";1;\r\n`);
  });

  it('has no cell that a spreadsheet takes for a formula', () => {
    const cells = read(writeCsv(sheet)).map(([text = '']) => text);
    for (const formula of formulas) expect(cells).to.include(`'${formula}`).and.not.include(formula);
  });

  it('gives every text back as it was, but for the apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }), (rows) => {
        const table = { ...sheet, columns: sheet.columns.slice(0, 2), rows };
        const [, ...cells] = read(writeCsv(table));
        const begins = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;
        expect(cells.flat()).to.deep.equal(rows.flat().map((text) => (begins.test(text) ? `'${text}` : text)));
        expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).to.deep.equal([]);
      }),
    );
  });
});
