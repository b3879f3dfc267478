import { expect } from 'chai';
import { getDocumentProxy } from 'unpdf';
import type { Paper } from '../../../../src/documents/model.ts';
import { writePdf } from '../../../../src/documents/pdf.ts';
import { bilingual, names, paper } from './example.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;
type Node = Awaited<ReturnType<Page['getStructTree']>>;

/** One part of the structure: its role, and what it is called for those who do not see it. */
interface Part {
  role: string;
  alt: string;
  lang: string;
}

function partsOf(node: Node | Node['children'][number]): Part[] {
  if (!('role' in node)) return [];
  const alt = 'alt' in node ? String(node.alt) : '';
  const lang = 'lang' in node ? String(node.lang) : '';
  return [{ role: node.role, alt, lang }, ...node.children.flatMap(partsOf)];
}

async function read(of: Paper) {
  const pdf = await getDocumentProxy(new Uint8Array(await writePdf(of)));
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const page = await pdf.getPage(index + 1);
      const { items } = await page.getTextContent();
      const text = items.flatMap((item) => ('str' in item ? [item.str] : [])).join('');
      return { text, size: page.view.slice(2), parts: partsOf(await page.getStructTree()) };
    }),
  );
  return { pdf, pages, parts: pages.flatMap(({ parts }) => parts) };
}

describe('a paper as PDF', () => {
  let made: Awaited<ReturnType<typeof read>>;
  before(async () => {
    made = await read(paper);
  });

  it('says its language and its title, and nobody’s name as its author', async () => {
    const { info } = await made.pdf.getMetadata();
    expect(info).to.deep.include({ Language: 'fi-FI', Title: paper.title, Creator: 'Ankarbot' });
    expect(info).to.not.have.property('Author');
    expect(await made.pdf.getMarkInfo()).to.deep.include({ Marked: true });
  });

  it('is A4 on every page, and numbers them', () => {
    const { pages } = made;
    expect(pages.length).to.be.greaterThan(2);
    for (const [index, { size, text }] of pages.entries()) {
      expect(size.map(Math.round)).to.deep.equal([595, 842]);
      expect(text).to.include(`${index + 1} / ${pages.length}`);
    }
  });

  it('tells a screen reader what is a heading, a table, a header cell, and what a box says', () => {
    const roles = (role: string) => made.parts.filter((part) => part.role === role);
    expect(roles('H1')).to.have.lengthOf(1);
    expect(roles('H2')).to.have.lengthOf(2);
    const boxes = roles('Figure').map(({ alt }) => alt);
    expect(boxes.filter((alt) => alt === 'Valmis')).to.have.lengthOf(30);
    expect(boxes.filter((alt) => alt === 'Kesken')).to.have.lengthOf(30);
  });

  it('tells a screen reader what is in another language than the paper', async () => {
    const { pdf, parts } = await read(bilingual);
    expect((await pdf.getMetadata()).info).to.deep.include({ Language: 'sv-FI' });
    const spoken = parts.filter(({ lang }) => lang !== '').map(({ role, lang }) => `${role} ${lang}`);
    expect(spoken).to.deep.equal(['Span fi-FI', 'Span fi-FI', 'TH fi-FI', 'TD fi-FI', 'P sv-FI']);
  });

  it('shows the header of a table on each page, and tells it once', () => {
    for (const { text } of made.pages) expect(text.split('Sisältö')).to.have.lengthOf(2);
    const [first, ...others] = made.pages.map(
      ({ parts }) => parts.filter(({ role }) => role === 'TH' || role === 'P').length,
    );
    expect(first).to.be.greaterThan(2);
    expect(others.every((count) => count > 0)).to.equal(true);
    const headed = made.pages.filter(({ parts }) => {
      const at = parts.findIndex(({ role }) => role === 'TH');
      return at >= 0 && parts[at + 1]?.role === 'P';
    });
    expect(headed, 'the header has its text in the structure of one page').to.have.lengthOf(1);
  });

  it('leaves no row on two pages', () => {
    for (let row = 0; row < 60; row += 1) {
      const holding = made.pages.filter(({ text }) =>
        [`alku${row}(?!\\d)`, `loppu${row}(?!\\d)`, `Lähde ${row}(?!\\d)`].some((part) => new RegExp(part).test(text)),
      );
      expect(holding, `row ${row}`).to.have.lengthOf(1);
    }
  });

  it('has the letters of every name in Europe, embedded', async () => {
    for (const name of names) expect(made.pages[0]?.text).to.include(name);
    const bytes = Buffer.from(await writePdf(paper)).toString('latin1');
    expect(bytes)
      .to.include('/FontFile2')
      .and.not.match(/\/BaseFont \/(?:Helvetica|Times|Courier)/);
  });

  it('has no empty boxes: what its letters do not draw is written with those that they do', async () => {
    const typed = {
      'Ring → Ulla ← Åsa ⇒ nu': 'Ring -> Ulla <- Åsa -> nu',
      '≥ 18 och ≤ 25 ≠ 30 ≈ 28': '>= 18 och <= 25 <> 30 ~ 28',
      '✓ ja ✗ nej ☐ kvar ☑ klart ☒': 'OK ja x nej [ ] kvar [x] klart [x]',
      '● ett ▪ två ★': '• ett • två *',
      // Each of several characters, of which people see one.
      'Bra ✔️ 👍🏽 👨‍👩‍👧 🇫🇮 1️⃣': 'Bra OK ? ? ? 1',
      'tab\tbell\u0007 \uFFFEend': 'tab bell end',
      'عربي 中文': '???? ??',
      'två – €½²°…': 'två – €½²°…',
    };
    const cells = Object.keys(typed).map((text) => [{ text, small: text }]);
    const { pages } = await read({
      language: 'sv',
      title: 'Plan →',
      sections: [
        { is: 'heading', text: 'Mål ≥' },
        { is: 'paragraph', text: 'Rad ✓' },
        { is: 'table', columns: [{ title: 'Punkt ☐', width: 1 }], rows: cells },
      ],
    });
    for (const text of ['Plan ->', 'Mål >=', 'Rad OK', 'Punkt [ ]']) expect(pages[0]?.text).to.include(text);
    for (const text of Object.values(typed)) expect(pages[0]?.text.split(text), text).to.have.lengthOf(3);
  });

  const heading = { is: 'heading', text: 'Rubrik' } as const;
  const text = (said: string) => ({ is: 'paragraph' as const, text: said });
  const label = (said: string) => ({ ...text(said), strong: true });
  const below = (lines: number, sections: Paper['sections']) =>
    read({ ...paper, sections: [...Array.from({ length: lines }, () => text('rad')), ...sections] });
  const onOnePage = async (lines: number, sections: Paper['sections'], words: readonly string[]): Promise<void> => {
    const { pages } = await below(lines, sections);
    const holding = pages.filter((page) => words.some((word) => page.text.includes(word)));
    expect(holding, `${lines} lines`).to.have.lengthOf(1);
    for (const word of words) expect(holding[0]?.text, `${lines} lines`).to.include(word);
  };

  it('keeps a label with what it says, and takes it to the next page only where both have no room', async () => {
    for (let lines = 38; lines < 44; lines += 1) {
      const said = [label('Beslut'), text('förslaget')];
      await onOnePage(lines, said, ['Beslut', 'förslaget']);
      const [plain, labelled] = [await below(lines, [text('Beslut'), text('förslaget')]), await below(lines, said)];
      expect(labelled.pages.length, `${lines} lines`).to.be.at.most(plain.pages.length);
    }
  });

  it('keeps what is short with its heading, and what introduces a table with its first row', async () => {
    const decided = [heading, label('Förslag'), text('Godkänns'), label('Beslut'), text('Enligt')];
    const table = { is: 'table' as const, columns: [{ title: 'Val', width: 1 }], rows: [[{ text: 'Ett' }]] };
    for (let lines = 38; lines < 44; lines += 1) {
      await onOnePage(lines, decided, ['Rubrik', 'Förslag', 'Godkänns', 'Beslut', 'Enligt']);
      await onOnePage(lines, [text('Fördelning:'), table], ['Fördelning:', 'Val', 'Ett']);
    }
  });

  it('begins a long text below its label with two lines at the least', async () => {
    for (let lines = 38; lines < 44; lines += 1) {
      const { pages } = await below(lines, [label('Diskussion'), text('ord '.repeat(200))]);
      const page = pages.find((one) => one.text.includes('Diskussion'));
      const words = page?.text.match(/ord /g)?.length ?? 0;
      expect(words, `${lines} lines`).to.be.greaterThan(30);
    }
  });

  for (const [what, begins, above] of [
    ['heading', 'Rubrik', [heading]],
    ['header of a table', 'Sisältö', []],
  ] as const) {
    it(`leaves no ${what} alone at the foot of a page`, async () => {
      const [table] = paper.sections.filter((section) => section.is === 'table');
      if (!table) throw new Error('The paper has no table.');
      const short = { ...table, rows: table.rows.slice(0, 2) };
      for (let lines = 30; lines < 50; lines += 1) {
        const filler = Array.from({ length: lines }, () => ({ is: 'paragraph' as const, text: 'rad' }));
        const { pages } = await read({ ...paper, sections: [...filler, ...above, short] });
        const page = pages.find(({ text }) => text.includes(begins));
        expect(page?.text, `${lines} lines`).to.include('loppu0');
      }
    });
  }
});
