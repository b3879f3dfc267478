import PDFDocument from 'pdfkit';
import { type Language, locales } from '../shared/language.ts';
import { drawable, fonts } from './drawable.ts';
import type { Cell, Paper, Phrase, Section } from './model.ts';

/** Points: A4, with 2 cm around and 2.5 cm to file it by. */
const page = { width: 595.28, height: 841.89 };
const margins = { top: 56.7, bottom: 56.7, left: 70.9, right: 56.7 };
const textWidth = page.width - margins.left - margins.right;
const bottom = page.height - margins.bottom;
const padding = { x: 5, y: 4 };
const boxSize = 9;
const boxWidth = boxSize + 5;
const lines = '#8a8a8a';

type Font = keyof typeof fonts;
interface Style {
  font: Font;
  size: number;
  color: string;
}
const ink = '#1f1f1f';
const styles = {
  title: { font: 'bold', size: 18, color: ink },
  heading: { font: 'bold', size: 13, color: ink },
  text: { font: 'regular', size: 10, color: ink },
  large: { font: 'regular', size: 12, color: ink },
  strong: { font: 'bold', size: 10, color: ink },
  small: { font: 'regular', size: 8, color: '#555555' },
  label: { font: 'bold', size: 8, color: '#555555' },
} satisfies Record<string, Style>;

type Pdf = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;
type Table = Extract<Section, { is: 'table' }>;

/**
 * For any reader: what is heading, table and header cell is marked as such, boxes are told in words, header rows stand on
 * every page and pages are numbered.
 */
export async function writePdf({ language, title, sections }: Paper): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: [page.width, page.height],
    margins,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: locales[language],
    displayTitle: true,
    info: { Title: title, Creator: 'Ankarbot' },
  });
  for (const name of ['regular', 'bold'] as const) pdf.registerFont(name, fonts[name]);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  drawText(pdf, root, { tag: 'H1', phrases: [{ text: title }], style: styles.title, after: 6 });
  for (const index of sections.keys()) drawSection(pdf, root, sections.slice(index));
  root.end();
  numberPages(pdf);
  pdf.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The first of them; the others are what comes after it. */
function drawSection(pdf: Pdf, root: Element, sections: readonly Section[]): void {
  const [section, next] = sections;
  switch (section?.is) {
    case 'table':
      drawTable(pdf, root, section);
      // Before a heading there is room anyway.
      if (next && next.is !== 'heading') pdf.y += gaps.table;
      break;
    case 'paragraph':
      makeRoom(pdf, heightOfLead(pdf, sections));
      drawText(pdf, root, { tag: 'P', phrases: [section], style: styleOf(section), after: gapAfter(section) });
      break;
    case 'heading': {
      const before = pdf.y > margins.top ? gaps.beforeHeading : 0;
      const movedOn = makeRoom(pdf, before + Math.max(heightOfLead(pdf, sections), heightIfShort(pdf, sections)));
      if (!movedOn) pdf.y += before;
      const phrases = phrasesOf(section);
      drawText(pdf, root, { tag: 'H2', phrases, style: styles.heading, after: gaps.heading });
    }
  }
}

/** Points of white below, and above a heading. */
const gaps = { table: 6, paragraph: 3, label: 1, heading: 5, beforeHeading: 14 };
/** Lines of a text that are not divided between two pages, and how many of a longer one come before such a place. */
const [together, first] = [3, 2];
/** What comes below a heading stays with it where both together are no higher than this. */
const short = 140;

/**
 * Of what stands on one page with the first of these: below a heading and a label, what comes next begins; what introduces
 * a table stands with its first row.
 */
function heightOfLead(pdf: Pdf, sections: readonly Section[]): number {
  const [section, ...others] = sections;
  if (!section) return 0;
  if (section.is === 'table') return beginningOf(pdf, section);
  const height = heightOfSection(pdf, section);
  // Measured in parts it is the same but for the last digits, for which there is a little more.
  if (section.is === 'heading' || section.strong) return height + heightOfLead(pdf, others) + 0.1;
  const line = heightOf(pdf, 'x', styleOf(section), textWidth);
  const isBrief = height - gaps.paragraph < line * (together + 0.5);
  if (!isBrief) return line * first;
  return height + (others[0]?.is === 'table' ? heightOfLead(pdf, others) : -gaps.paragraph);
}

/** Of the heading with all that comes before the next one; nothing where that is too much to keep together. */
function heightIfShort(pdf: Pdf, [heading, ...others]: readonly Section[]): number {
  let height = heading ? heightOfSection(pdf, heading) : 0;
  for (const section of others) {
    if (section.is === 'heading') break;
    height += heightOfSection(pdf, section);
    if (height > short) return 0;
  }
  // The white below the last of it may be cut off.
  return height - gaps.table;
}

/** With the white below it. */
function heightOfSection(pdf: Pdf, section: Section): number {
  switch (section.is) {
    case 'table': {
      const header = headerOf(section);
      const rows = section.rows.map((cells) => rowHeight(pdf, { ...header, cells, style: styles.text }));
      return rows.reduce((sum, height) => sum + height, rowHeight(pdf, header)) + gaps.table;
    }
    case 'paragraph':
      return heightOf(pdf, section.text, styleOf(section), textWidth) + gapAfter(section);
    case 'heading': {
      const heights = phrasesOf(section).map(({ text }) => heightOf(pdf, text, styles.heading, textWidth));
      return heights.reduce((sum, height) => sum + height, gaps.heading);
    }
  }
}

const gapAfter = ({ strong }: Extract<Section, { is: 'paragraph' }>): number => (strong ? gaps.label : gaps.paragraph);

function phrasesOf({ also, ...own }: Extract<Section, { is: 'heading' }>): Phrase[] {
  return [own, ...(also ? [also] : [])];
}

function styleOf({ large, strong }: Extract<Section, { is: 'paragraph' }>): Style {
  if (strong) return styles.strong;
  return large ? styles.large : styles.text;
}

/** What a reader of the structure is told of a language; nothing when it is that around it. */
const spoken = (language: Language | undefined): { lang?: string } => (language ? { lang: locales[language] } : {});

/** One below the other. */
function drawText(
  pdf: Pdf,
  root: Element,
  { tag, phrases, style, after }: { tag: string; phrases: readonly Phrase[]; style: Style; after: number },
): void {
  const element = pdf.struct(tag);
  root.add(element);
  for (const { text, language } of phrases) {
    element.add(pdf.struct('Span', spoken(language), () => write(pdf, text, style, margins.left, pdf.y, textWidth)));
  }
  element.end();
  pdf.y += after;
}

function drawTable(pdf: Pdf, root: Element, table: Table): void {
  const header = headerOf(table);
  const element = pdf.struct('Table');
  root.add(element);
  makeRoom(pdf, beginningOf(pdf, table));
  drawRow(pdf, element, { ...header, tag: 'TH' });
  for (const cells of table.rows) {
    const row = { ...header, cells, style: styles.text };
    if (makeRoom(pdf, rowHeight(pdf, row))) drawRow(pdf, null, { ...header, tag: 'TH' });
    drawRow(pdf, element, { ...row, tag: 'TD' });
  }
  element.end();
}

interface Row {
  cells: readonly Cell[];
  columns: readonly { width: number; language: Language | undefined }[];
  style: Style;
}

/** Without a table it is the header again, on another page: to be seen, and told to nobody a second time. */
function drawRow(pdf: Pdf, table: Element | null, row: Row & { tag: 'TH' | 'TD' }): void {
  const { cells, columns, tag } = row;
  const widths = columns.map(({ width }) => width);
  const top = pdf.y;
  const height = rowHeight(pdf, row);
  const lefts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width, margins.left));
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf.lineWidth(0.6);
  for (const [index, width] of widths.entries()) {
    pdf.rect(lefts[index] ?? 0, top, width, height);
    if (tag === 'TH') pdf.fillAndStroke('#ededed', lines);
    else pdf.stroke(lines);
  }
  pdf.endMarkedContent();
  const element = table && pdf.struct('TR');
  if (element) table.add(element);
  for (const [index, cell] of cells.entries()) {
    const within = innerWidth(widths[index]);
    const parts = partsOf(pdf, cell, row.style, within, (lefts[index] ?? 0) + padding.x, top + padding.y);
    if (!element) {
      pdf.markContent('Artifact', { type: 'Pagination' });
      for (const { draw } of parts) draw();
      pdf.endMarkedContent();
      continue;
    }
    const scope = tag === 'TH' ? { title: cell.text, scope: 'Column' } : {};
    const child = pdf.struct(tag, { ...scope, ...spoken(columns[index]?.language) });
    element.add(child);
    for (const part of parts) child.add(pdf.struct(part.tag, part.attributes, part.draw));
    child.end();
  }
  element?.end();
  pdf.y = top + height;
}

interface Part {
  tag: 'Figure' | 'P';
  attributes: { alt?: string; bbox?: readonly number[]; placement?: 'Inline'; lang?: string };
  draw(): void;
}

/** What stands in a cell, from its upper left corner. */
function partsOf(pdf: Pdf, cell: Cell, style: Style, width: number, x: number, top: number): Part[] {
  const { box, label = '', text, also, small, language } = cell;
  const left = box ? boxWidth : 0;
  const y = top + labelHeight(pdf, label, width);
  const boxTop = y + 2.5;
  const end = y + Math.max(box ? boxSize : 0, heightOf(pdf, text, style, width - left));
  const below = end + (also ? heightOf(pdf, also.text, style, width) : 0) + 1;
  const parts: Part[] = [];
  if (box) {
    const bbox = [x, boxTop, x + boxSize, boxTop + boxSize];
    const attributes = { alt: box.label, bbox, placement: 'Inline' } as const;
    parts.push({ tag: 'Figure', attributes, draw: () => drawBox(pdf, box.ticked, x, boxTop) });
  }
  const written = { tag: 'P', attributes: {} } as const;
  if (label) parts.unshift({ ...written, draw: () => write(pdf, label, styles.label, x, top, width) });
  if (text) {
    const attributes = spoken(language);
    parts.push({ ...written, attributes, draw: () => write(pdf, text, style, x + left, y, width - left) });
  }
  if (also) {
    const attributes = spoken(also.language);
    parts.push({ ...written, attributes, draw: () => write(pdf, also.text, style, x, end, width) });
  }
  if (small) parts.push({ ...written, draw: () => write(pdf, small, styles.small, x, below, width) });
  return parts;
}

const labelHeight = (pdf: Pdf, label: string, width: number): number => heightOf(pdf, label, styles.label, width);

function rowHeight(pdf: Pdf, { cells, columns, style }: Row): number {
  const heights = cells.map(({ box, label = '', text, also, small }, index) => {
    const width = innerWidth(columns[index]?.width);
    const first = Math.max(box ? boxSize + 5 : 0, heightOf(pdf, text, style, width - (box ? boxWidth : 0)));
    const second = also ? heightOf(pdf, also.text, style, width) : 0;
    return (
      labelHeight(pdf, label, width) + first + second + (small ? 1 + heightOf(pdf, small, styles.small, width) : 0)
    );
  });
  return Math.max(0, ...heights) + padding.y * 2;
}

/** Of the header and the first row, which stay together. */
function beginningOf(pdf: Pdf, table: Table): number {
  const header = headerOf(table);
  const [cells = []] = table.rows;
  return rowHeight(pdf, header) + rowHeight(pdf, { ...header, cells, style: styles.text });
}

function headerOf({ columns }: Table): Row {
  const parts = columns.reduce((sum, { width }) => sum + width, 0);
  return {
    cells: columns.map(({ title, also }) => ({ text: title, ...(also && { also }) })),
    columns: columns.map(({ width, language }) => ({ width: (textWidth * width) / parts, language })),
    style: styles.strong,
  };
}

const innerWidth = (width = 0): number => width - padding.x * 2;

/** True when it took another page. */
function makeRoom(pdf: Pdf, height: number): boolean {
  if (pdf.y === margins.top || pdf.y + height <= bottom) return false;
  pdf.addPage();
  return true;
}

function heightOf(pdf: Pdf, text: string, { font, size }: Style, width: number): number {
  return text === '' ? 0 : pdf.font(font, size).heightOfString(drawable(text), { width });
}

function write(pdf: Pdf, text: string, { font, size, color }: Style, x: number, y: number, width: number): void {
  pdf.font(font, size).fillColor(color).text(drawable(text), x, y, { width });
}

function drawBox(pdf: Pdf, ticked: boolean, x: number, y: number): void {
  pdf.lineWidth(0.8).rect(x, y, boxSize, boxSize).stroke(ink);
  if (ticked)
    pdf
      .lineWidth(1.4)
      .moveTo(x + 1.8, y + 4.8)
      .lineTo(x + 3.9, y + 7)
      .lineTo(x + 7.4, y + 2)
      .stroke(ink);
}

function numberPages(pdf: Pdf): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index);
    // What is written below the margin would begin another page.
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular', 8).fillColor(styles.small.color);
    pdf.text(`${index + 1} / ${count}`, margins.left, bottom + 16, { width: textWidth, align: 'right' });
    pdf.endMarkedContent();
  }
}
