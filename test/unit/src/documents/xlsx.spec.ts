import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { writeXlsx } from '../../../../src/documents/xlsx.ts';
import { formulas, names, sheet } from './example.ts';

async function partsOf(table = sheet): Promise<(name: string) => string> {
  const files = unzipSync(await writeXlsx(table));
  return (name) => strFromU8(files[`xl/${name}`] ?? new Uint8Array());
}

describe('a table as XLSX', () => {
  it('has a header that is bold and stays, and columns of their width', async () => {
    const part = await partsOf();
    const cells = part('worksheets/sheet1.xml');
    expect(cells).to.match(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(cells).to.include('<col min="1" max="1" width="40" customWidth="1"/>');
    const [, style = ''] = /<c r="A1" s="(\d+)"/.exec(cells) ?? [];
    const [, font = ''] = /fontId="(\d+)"/.exec(part('styles.xml').split('<xf ')[Number(style) + 1] ?? '') ?? [];
    expect(part('styles.xml').split('<font>')[Number(font) + 1]).to.include('<b/>');
  });

  it('has dates that are dates, as people write them, and numbers that are numbers', async () => {
    const part = await partsOf();
    const cells = part('worksheets/sheet1.xml');
    // Days since the beginning of 1900, as Excel counts them.
    expect(cells).to.match(/<c r="C2" s="\d+"><v>46359<\/v><\/c>/);
    expect(part('styles.xml')).to.include('formatCode="d.m.yyyy"');
    expect(cells).to.match(/<c r="B2" s="\d+"><v>0<\/v><\/c>/);
  });

  it('has text that is text, whatever it looks like, and nothing that breaks the file', async () => {
    const part = await partsOf();
    const cells = part('worksheets/sheet1.xml');
    expect(cells).to.not.match(/<f[ >]/);
    for (let row = 2; row < sheet.rows.length + 2; row += 1)
      expect(cells, `A${row}`).to.match(new RegExp(`<c r="A${row}" s="\\d+" t="s">`));
    const texts = part('sharedStrings.xml');
    for (const text of [...names, '=1+1', '@SUM(A1)']) expect(texts).to.include(text);
    expect(texts).to.include('&lt;b&gt;&amp;amp;&lt;/b&gt;').and.include('bell  and').and.not.include('\uFFFE');
    expect(formulas.length).to.be.greaterThan(5);
  });

  it('takes any title for the name of its sheet', async () => {
    expect((await partsOf())('workbook.xml')).to.include('name="Start 1 2 vad"');
    for (const title of ["''", '', '\u0007\uFFFE', '[]:*?/\\', 'ä'.repeat(200), '😀'.repeat(40)]) {
      const [, name = ''] =
        /<sheet [^>]*name="([^"]*)"/.exec((await partsOf({ ...sheet, title }))('workbook.xml')) ?? [];
      expect(name.length, title).to.be.within(1, 31);
    }
  });
});
