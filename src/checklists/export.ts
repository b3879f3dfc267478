import { bodyOf, type Directory, nameOf } from '../directory/model.ts';
import type { Cell, Draft, Format, Paper, Sheet, Value } from '../documents/model.ts';
import { dateIn } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { locales } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import { sourceLabel } from './codes.ts';
import { settledText } from './listing.ts';
import type { Block, Checklist, Item } from './model.ts';
import { blocksOf, itemsOf, progressOf } from './standing.ts';

/**
 * A list as it goes out: what was removed stays, and so do the notes and reasons, which are sealed and shown only to
 * whoever opens them here.
 */

/** Who did something, and when. */
interface Signed {
  by: PersonId;
  at: string;
}

export interface ExportScene {
  texts: Texts;
  directory: Directory;
  /** The date in the region. */
  today: Temporal.PlainDate;
}

export function draftOf(list: Checklist, format: Format, scene: ExportScene): Draft {
  return format === 'docx' || format === 'pdf'
    ? { format, paper: paperOf(list, scene) }
    : { format, sheet: sheetOf(list, scene) };
}

/** The name of the file, without its ending; it names nobody. */
export function fileNameOf(list: Checklist, { texts, today }: ExportScene): string {
  const title = list.title[texts.language].replace(/[^\p{L}\p{N}\p{M}_-]+/gu, ' ').trim();
  return `${title} ${today}`.trim();
}

function sheetOf(list: Checklist, scene: ExportScene): Sheet {
  const { texts } = scene;
  return {
    language: texts.language,
    title: list.title[texts.language],
    columns: [
      { title: texts('checklist.export.column.block'), width: 24 },
      { title: texts('checklist.export.column.number'), width: 5 },
      { title: texts('checklist.export.column.item'), width: 60 },
      { title: texts('checklist.facts.source'), width: 26 },
      { title: texts('checklist.facts.state'), width: 24 },
      { title: texts('checklist.facts.owners'), width: 28 },
      { title: texts('checklist.export.column.due'), width: 13 },
      { title: texts('checklist.export.column.on'), width: 13 },
      { title: texts('checklist.export.column.by'), width: 22 },
      { title: texts('checklist.export.column.approvedBy'), width: 22 },
      { title: texts('checklist.facts.link'), width: 40 },
      { title: texts('checklist.facts.before'), width: 13 },
      { title: texts('checklist.export.column.beforeBy'), width: 22 },
    ],
    rows: blocksOf(list).flatMap((block) => block.items.map((item, index) => rowOf(block, item, index + 1, scene))),
  };
}

function rowOf(block: Block, item: Item, number: number, scene: ExportScene): Value[] {
  const { texts } = scene;
  const { state, owners, due, link, source, before } = item;
  const signed = state.is === 'open' ? null : state;
  const approved = state.is === 'done' ? state.approved : null;
  return [
    block.title[texts.language],
    number,
    item.text[texts.language],
    source && sourceLabel(source, texts.language),
    texts(`checklist.export.state.${state.is}`),
    owners.map(({ person }) => personName(person, scene)).join(', '),
    due === null ? null : { date: due },
    ...signedCells(signed, scene),
    approved && personName(approved.by, scene),
    link,
    ...signedCells(before, scene),
  ];
}

/** On which day, and who. */
function signedCells(signed: Signed | null, scene: ExportScene): Value[] {
  return signed ? [{ date: dateOf(signed, scene).toString() }, personName(signed.by, scene)] : [null, null];
}

/** As appendix 8 of the handbook is drawn: what is to be done, and beside it whether it is. */
function paperOf(list: Checklist, scene: ExportScene): Paper {
  const { texts, directory, today } = scene;
  const { language } = texts;
  const body = bodyOf(directory, list.body)?.name[language] ?? '';
  const progress = settledText(progressOf(itemsOf(list), today), texts);
  const blocks = blocksOf(list);
  // What was made in the chat has one block, which is called like the list.
  const hasHeadings = blocks.length > 1 || blocks.some(({ title }) => title[language] !== list.title[language]);
  const printed = texts('checklist.export.printed', { date: dateText(today, scene) });
  const columns = [
    { title: texts('checklist.export.column.content'), width: 7 },
    { title: texts('checklist.export.column.doneOn'), width: 3 },
  ];
  return {
    language,
    title: list.title[language],
    sections: [
      { is: 'paragraph', text: list.person === null ? body : `${personName(list.person, scene)} · ${body}` },
      {
        is: 'paragraph',
        text: [list.closed && texts('checklist.closed'), progress, printed].filter(Boolean).join(' · '),
      },
      ...blocks.flatMap(({ title, items }) => [
        ...(hasHeadings ? [{ is: 'heading' as const, text: title[language] }] : []),
        { is: 'table' as const, columns, rows: items.map((item) => [contentCell(item, scene), doneCell(item, scene)]) },
      ]),
    ],
  };
}

function contentCell({ text, source }: Item, { texts: { language } }: ExportScene): Cell {
  return { text: text[language], ...(source && { small: sourceLabel(source, language) }) };
}

function doneCell({ state, before }: Item, scene: ExportScene): Cell {
  const { texts } = scene;
  const label = texts(`checklist.export.state.${state.is}`);
  const signed = ({ by, at }: Signed): string => `${dateText(dateOf({ at }, scene), scene)}, ${personName(by, scene)}`;
  const open = { ticked: false, label: texts('checklist.export.state.open') };
  switch (state.is) {
    case 'notApplicable':
      return { text: label, small: signed(state) };
    case 'waiting':
      return { box: open, text: label, small: signed(state) };
    case 'done':
      return {
        box: { ticked: true, label },
        text: dateText(dateOf(state, scene), scene),
        small: [
          personName(state.by, scene),
          state.approved && texts('checklist.export.approved', { name: personName(state.approved.by, scene) }),
        ]
          .filter(Boolean)
          .join(' · '),
      };
    case 'open':
      return { box: open, text: '', ...(before && { small: `${texts('checklist.facts.before')}: ${signed(before)}` }) };
  }
}

function personName(person: PersonId, { directory, texts }: ExportScene): string {
  return nameOf(directory, person) ?? texts('team.formerMember');
}

function dateOf({ at }: Pick<Signed, 'at'>, { directory }: ExportScene): Temporal.PlainDate {
  return dateIn(directory.policy.timeZone, Temporal.Instant.from(at));
}

function dateText(date: Temporal.PlainDate, { texts }: ExportScene): string {
  return date.toLocaleString(locales[texts.language], { day: 'numeric', month: 'numeric', year: 'numeric' });
}
