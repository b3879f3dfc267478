import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { writeDocx } from '../../../../src/documents/docx.ts';
import { bilingual, names, paper } from './example.ts';

const count = (text: string, part: string | RegExp): number => text.split(part).length - 1;

describe('a paper as DOCX', () => {
  let part: (name: string) => string;
  before(async () => {
    const files = unzipSync(await writeDocx(paper));
    part = (name) => strFromU8(files[name] ?? new Uint8Array());
  });

  it('says its language and its title, and nobody’s name as its author', () => {
    expect(part('word/styles.xml')).to.include('<w:lang w:val="fi-FI"/>');
    const core = part('docProps/core.xml');
    expect(core).to.include('<dc:title>Käynnistys &amp; &lt;muut&gt;</dc:title>');
    expect(core).to.include('<dc:creator>Ankarbot</dc:creator>').and.include('<cp:lastModifiedBy>Ankarbot<');
  });

  it('knows its title and headings as such', () => {
    const body = part('word/document.xml');
    expect(count(body, '<w:pStyle w:val="Title"/>')).to.equal(1);
    expect(count(body, '<w:pStyle w:val="Heading1"/>')).to.equal(2);
    for (const name of names) expect(body).to.include(name);
  });

  it('repeats the header of a table on each page, and divides no row', () => {
    const body = part('word/document.xml');
    const rows = body.split('<w:tr>').slice(1);
    expect(rows).to.have.lengthOf(61);
    expect(rows.filter((row) => row.includes('<w:tblHeader/>'))).to.deep.equal([rows[0]]);
    expect(rows.every((row) => row.includes('<w:cantSplit/>'))).to.equal(true);
  });

  it('keeps what introduces a table with its first row', async () => {
    const [text, table] = [
      { is: 'paragraph' as const, text: 'Fördelning:' },
      paper.sections.find(({ is }) => is === 'table'),
    ];
    if (!table) throw new Error('The paper has a table.');
    const sections = [{ ...text, text: 'Annat' }, text, table];
    const files = unzipSync(await writeDocx({ language: 'sv', title: '', sections }));
    const paragraphs = strFromU8(files['word/document.xml'] ?? new Uint8Array()).split('<w:p>');
    const isKept = (said: string): boolean | undefined =>
      paragraphs.find((one) => one.includes(`>${said}<`))?.includes('<w:keepNext/>');
    expect([isKept('Annat'), isKept('Fördelning:')]).to.deep.equal([false, true]);
  });

  it('has boxes that can be ticked there, and that say what they are ticked for', () => {
    const body = part('word/document.xml');
    expect(count(body, '<w14:checkbox>')).to.equal(60);
    expect(count(body, /<w14:checked w14:val="(?:1|true)"\/>/)).to.equal(30);
    expect(count(body, '<w:alias w:val="Toteutettu"/>')).to.equal(60);
  });

  it('has nothing that breaks the file, wherever it stands', async () => {
    const broken = 'a\u0007b\uFFFEc';
    const row = [{ text: broken, small: broken, box: { ticked: true, label: broken } }];
    const columns = [{ title: broken, width: 1 }];
    const sections = [
      { is: 'heading' as const, text: broken },
      { is: 'table' as const, columns, rows: [row] },
    ];
    const files = unzipSync(await writeDocx({ language: 'sv', title: broken, sections }));
    const texts = ['word/document.xml', 'docProps/core.xml'].map((name) => strFromU8(files[name] ?? new Uint8Array()));
    expect(texts.map((text) => count(text, 'abc'))).to.deep.equal([6, 1]);
  });

  it('says of what is in another language than the paper in which it is, in a column as in a text', async () => {
    const body = strFromU8(unzipSync(await writeDocx(bilingual))['word/document.xml'] ?? new Uint8Array());
    const languageOf = (text: string): string => {
      const run = body.split('<w:r>').find((one) => one.includes(`>${text}<`)) ?? '';
      return /<w:lang w:val="([^"]+)"/.exec(run)?.[1] ?? '';
    };
    for (const text of ['Kokouksen avaus', 'Otsikko suomeksi', 'Suomi', 'Päätös (ruotsiksi)'])
      expect(languageOf(text), text).to.equal('fi-FI');
    expect(languageOf('Ordalydelsen')).to.equal('sv-FI');
    expect(languageOf('Enligt förslaget'), 'that of the paper').to.equal('');
  });

  it('begins a line where the text does', async () => {
    const sections = [{ is: 'paragraph' as const, text: 'ett\ntvå' }];
    const files = unzipSync(await writeDocx({ language: 'sv', title: 'Rader', sections }));
    const body = strFromU8(files['word/document.xml'] ?? new Uint8Array());
    expect(body).to.match(/>ett<\/w:t><w:cr\/><w:t[^>]*>två</);
  });

  it('is A4, and numbers its pages', () => {
    expect(part('word/document.xml')).to.match(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(part('word/footer1.xml')).to.include('>PAGE<').and.include('>NUMPAGES<');
  });
});
