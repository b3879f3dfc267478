import {
  AlignmentType,
  BorderStyle,
  CarriageReturn,
  CheckBox,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type Language, locales } from '../shared/language.ts';
import type { Cell, Paper, Phrase, Section } from './model.ts';
import { printable } from './printable.ts';

/** Twentieths of a point: A4, with 2 cm around and 2.5 cm to file it by. */
const page = { width: 11_906, height: 16_838 };
const margin = { top: 1_134, bottom: 1_134, left: 1_417, right: 1_134 };
const textWidth = page.width - margin.left - margin.right;

/** Half points, and twentieths of a point. */
const style = (size: number, before: number, after: number, bold = true) => ({
  run: { size, bold, color: '1F1F1F' },
  paragraph: { spacing: { before, after }, keepNext: bold },
});

/** For Word: headings and the header rows of tables are known as such, boxes can be ticked there, pages are numbered. */
export async function writeDocx({ language, title, sections }: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: printable(title),
    creator: 'Ankarbot',
    lastModifiedBy: 'Ankarbot',
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 21, language: { value: locales[language] } } },
        title: style(36, 0, 120),
        heading1: style(26, 280, 100),
      },
    },
    sections: [
      {
        properties: { page: { size: page, margin } },
        footers: { default: pageNumbers() },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [run(title)] }),
          ...sections.map((section, index) => drawn(section, sections[index + 1])),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

interface RunOptions {
  bold?: boolean;
  size?: number;
  color?: string;
  /** Lines before it. */
  break?: number;
  /** Undefined for that of the document. */
  language?: Language | undefined;
}

function run(text: string, { language, ...options }: RunOptions = {}): TextRun {
  const [first = '', ...others] = printable(text).split('\n');
  const children = [first, ...others.flatMap((line) => [new CarriageReturn(), line])];
  return new TextRun({ ...options, ...(language && { language: { value: locales[language] } }), children });
}

function pageNumbers(): Footer {
  const children = [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES];
  return new Footer({
    children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ size: 18, children })] })],
  });
}

function drawn(section: Section, next: Section | undefined): Paragraph | Table {
  if (section.is === 'heading') {
    const { text, language, also } = section;
    const below = also ? [run(also.text, { break: 1, language: also.language })] : [];
    return new Paragraph({ heading: HeadingLevel.HEADING_1, children: [run(text, { language }), ...below] });
  }
  if (section.is === 'paragraph') {
    const { text, language, large, strong = false } = section;
    // What introduces a table stands with its first row.
    const children = [run(text, { language, ...(large && { size: 24 }), ...(strong && { bold: true }) })];
    return new Paragraph({ spacing: { after: 60 }, keepNext: strong || next?.is === 'table', children });
  }
  const { columns, rows } = section;
  const parts = columns.reduce((sum, { width }) => sum + width, 0);
  const columnWidths = columns.map(({ width }) => Math.round((textWidth * width) / parts));
  const line = { style: BorderStyle.SINGLE, size: 4, color: '8A8A8A' };
  const row = (cells: readonly Paragraph[][], tableHeader: boolean) =>
    new TableRow({
      tableHeader,
      cantSplit: true,
      children: cells.map(
        (children, index) =>
          new TableCell({
            children,
            width: { size: columnWidths[index] ?? 0, type: WidthType.DXA },
            ...(tableHeader && { shading: { fill: 'EDEDED' } }),
          }),
      ),
    });
  const title = (...phrases: readonly (Phrase | undefined)[]) =>
    phrases
      .filter((phrase) => phrase !== undefined)
      .map(({ text, language }) => new Paragraph({ keepNext: true, children: [run(text, { bold: true, language })] }));
  return new Table({
    columnWidths,
    width: { size: textWidth, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 60, bottom: 60, left: 100, right: 100, marginUnitType: WidthType.DXA },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [
      row(
        columns.map((column) =>
          title({ text: column.title, ...(column.language && { language: column.language }) }, column.also),
        ),
        true,
      ),
      ...rows.map((cells) =>
        row(
          cells.map((cell, index) => paragraphsOf(cell, columns[index])),
          false,
        ),
      ),
    ],
  });
}

/** Word itself says of a box whether it is ticked, now and when somebody ticks it there: its column says what for. */
function paragraphsOf(
  { box, label, text, also, small, ...own }: Cell,
  column?: { title: string; language?: Language },
) {
  const around = column?.language;
  const { language = around } = own;
  const ticking = box ? [new CheckBox({ checked: box.ticked, alias: printable(column?.title ?? '') })] : [];
  const minor = { size: 17, color: '555555', language: around };
  return [
    ...(label ? [new Paragraph({ children: [run(label, { ...minor, bold: true })] })] : []),
    new Paragraph({
      children: [...ticking, ...(text ? [run(ticking.length > 0 ? ` ${text}` : text, { language })] : [])],
    }),
    ...(also ? [new Paragraph({ children: [run(also.text, { language: also.language })] })] : []),
    ...(small ? [new Paragraph({ children: [run(small, minor)] })] : []),
  ];
}
