import type { Paper, Section } from '../../documents/model.ts';
import { dateIn } from '../../shared/clock.ts';
import type { Language } from '../../shared/language.ts';
import { type Texts, textsFor } from '../../shared/text.ts';
import { type Block, blocksOf, type MinutesSaid, titleOf } from './wording.ts';

/** Minutes on paper: in one language, or in two beside each other. */

export const layouts = ['sv', 'fi', 'both', 'en'] as const;
/** `both`: Swedish, and Finnish beside it. */
export type Layout = (typeof layouts)[number];

export function minutesPaper(of: MinutesSaid, layout: Layout): Paper {
  if (layout !== 'both') {
    const texts = textsFor(layout);
    return { language: layout, title: titleOf(of, texts), sections: blocksOf(of, texts).flatMap(alone) };
  }
  const [sv, fi] = [textsFor('sv'), textsFor('fi')];
  return {
    language: 'sv',
    title: `${titleOf(of, sv)} – ${titleOf(of, fi)}`,
    sections: beside(blocksOf(of, sv), blocksOf(of, fi)),
  };
}

/** The name of the file, without its ending: which minutes, in which language, and nothing of what is in them. */
export function minutesName({ snapshot, extent }: MinutesSaid, layout: Layout, texts: Texts): string {
  const day = dateIn(snapshot.zone, Temporal.Instant.from(snapshot.opened));
  return `${texts(`minutes.paper.${extent}`)} ${day} ${layout === 'both' ? 'sv-fi' : layout}`;
}

function alone(block: Block): Section[] {
  if (block.is === 'heading') return [block];
  if (block.is === 'table') {
    const { columns, rows } = block;
    return [{ is: 'table', columns, rows: rows.map((cells) => cells.map((text) => ({ text }))) }];
  }
  const { label, text, language } = block;
  return [
    ...(label ? [{ is: 'paragraph' as const, text: label, strong: true }] : []),
    ...piecesOf(text).map((piece) => ({ is: 'paragraph' as const, text: piece, ...(language && { language }) })),
  ];
}

/** Heading by heading; what stands under it in a table of two columns. */
function beside(one: readonly Block[], other: readonly Block[]): Section[] {
  const sections: Section[] = [];
  let rows: [Cells, Cells][] = [];
  const flush = (): void => {
    const columns = (['sv', 'fi'] as const).map((language) => ({
      title: textsFor('sv')(`language.${language}`),
      width: 1,
      language,
    }));
    if (rows.length > 0) sections.push({ is: 'table', columns, rows: rows.flatMap(([a, b]) => inPairs(a, b)) });
    rows = [];
  };
  for (const [at, block] of one.entries()) {
    const twin = other[at] ?? block;
    if (block.is === 'heading' && twin.is === 'heading') {
      flush();
      const also = { text: twin.text, language: twin.language ?? ('fi' as const) };
      sections.push({ ...block, ...(twin.text !== block.text && { also }) });
    } else if (block.is === 'table' && twin.is === 'table') {
      flush();
      sections.push(inBoth(block, twin));
    } else rows.push([cellsOf(block), cellsOf(twin)]);
  }
  flush();
  return sections;
}

/** What both languages say alike stands there once. */
function inBoth(one: TableBlock, other: TableBlock): Section {
  const both = (text: string, also: string | undefined) => ({
    ...(also !== undefined && also !== text && { also: { text: also, language: 'fi' as const } }),
  });
  return {
    is: 'table',
    columns: one.columns.map((column, at) => ({ ...column, ...both(column.title, other.columns[at]?.title) })),
    rows: one.rows.map((cells, row) => cells.map((text, at) => ({ text, ...both(text, other.rows[row]?.[at]) }))),
  };
}

type TableBlock = Extract<Block, { is: 'table' }>;

type Cells = readonly { label?: string; text: string; language?: Language }[];

function cellsOf(block: Block): Cells {
  if (block.is !== 'line') return [];
  const { label, text, language } = block;
  return piecesOf(text).map((piece, at) => ({
    text: piece,
    ...(label && at === 0 && { label }),
    ...(language && { language }),
  }));
}

function inPairs(one: Cells, other: Cells): Cells[] {
  const empty = { text: '' };
  return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [one[at] ?? empty, other[at] ?? empty]);
}

/** A row of a table is never divided between two pages, so none is longer than half a column of a page. */
const mostLetters = 900;
const mostLines = 18;

/** The text in pieces that have room, divided where a line or a word ends. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  const size = (): number => piece.reduce((sum, one) => sum + one.length, 0);
  for (const part of text.split('\n').flatMap(inShort)) {
    if (piece.length >= mostLines || (piece.length > 0 && size() + part.length > mostLetters)) {
      pieces.push(piece.join('\n'));
      piece = [];
    }
    piece.push(part);
  }
  return [...pieces, piece.join('\n')];
}

function inShort(line: string): string[] {
  if (line.length <= mostLetters) return [line];
  const space = line.lastIndexOf(' ', mostLetters);
  const at = space > 0 ? space : mostLetters;
  return [line.slice(0, at), ...inShort(line.slice(at).trimStart())];
}
