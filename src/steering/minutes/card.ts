import { formatMoment } from '../../cards/dates.ts';
import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  type CardMessage,
  card,
  columns,
  container,
  heading,
  link,
  type Said,
  subtle,
  text,
  withoutMarkdown,
  written,
} from '../../cards/elements.ts';
import { paged } from '../../cards/paged.ts';
import { type PaperFormat, paperFormats } from '../../documents/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { capitalised, inTheirs } from '../../shared/language.ts';
import { beganAt } from '../meeting/hours.ts';
import { minutesLimits, type Sitting } from '../model.ts';
import type { Reader } from '../rights.ts';
import type { MinutesNotice } from '../transition.ts';
import { type AgendaScene, bodyName, dataOf } from '../words-card.ts';
import {
  checkerOf,
  correctionIn,
  type Extent,
  extentFor,
  isCommented,
  latestOf,
  newestFor,
  overtakenBy,
  type ReadMinutes,
  silentCheckers,
  stateOf,
  versionsOf,
} from './minutes.ts';
import { attendanceLines, type Block, correctionLines, headLines, paragraphBlocks } from './wording.ts';

/** Minutes as their reader may see them: how they stand, what they say by their paragraphs, and what can be done with them. */

export interface MinutesCardOptions {
  said?: Said | undefined;
  /** From 0. */
  page?: number | undefined;
}

export function minutesCard(
  minutes: ReadMinutes,
  scene: AgendaScene,
  { said, page = 0 }: MinutesCardOptions = {},
): Card {
  const { texts } = scene;
  const { sitting, snapshot, version } = minutes;
  const data = { ...dataOf(sitting, scene), number: version.number };
  const turn = (title: string, to: number): CardAction => button(title, 'minutes.view', { ...data, page: to });
  const pages = pagesOf([
    headElements(minutes, scene),
    ...snapshot.paragraphs.map((paragraph) => shortened(paragraphElements(minutes, paragraph, scene), scene)),
  ]);
  const { shown, line, turns } = paged(pages, { size: 1, wanted: page, turn }, texts);
  return card(texts, {
    speak: summaryOf(minutes, scene),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header(minutes, scene),
      ...checkersOf(minutes, scene),
      ...shown.flat(),
      ...line,
      ...(turns.length > 0 ? [actionRow(turns)] : []),
    ],
    actions: actionsOf(minutes, scene),
  });
}

/** What is said in private once, about one version; null when it is no news any more. */
export function minutesMessage(minutes: ReadMinutes, kind: MinutesNotice, scene: AgendaScene): CardMessage | null {
  const { sitting, version, person } = minutes;
  const isNewest = version === latestOf(sitting);
  const isAsked = isNewest && !checkerOf(version, person)?.answer;
  if ((kind === 'minutesCheck' || kind === 'minutesSilent') && !isAsked) return null;
  if (kind === 'minutesLate' && !(isNewest && silentCheckers(sitting).length > 0)) return null;
  const said = scene.texts(`minutes.notice.${kind}`);
  return {
    summary: `${said} · ${bodyName(sitting, scene)}`,
    card: minutesCard(minutes, scene, {
      said: { tone: kind === 'minutesCommented' || kind === 'minutesLate' ? 'warning' : 'accent', text: said },
    }),
  };
}

const titleText = ({ extent }: Pick<ReadMinutes, 'extent'>, { texts }: AgendaScene): string =>
  texts(`minutes.paper.${extent}`);

function summaryOf(minutes: ReadMinutes, scene: AgendaScene): string {
  return `${titleText(minutes, scene)} · ${bodyName(minutes.sitting, scene)} · ${heldText(minutes.snapshot, scene)}`;
}

const heldText = ({ opened, zone }: { opened: string; zone: string }, { texts, now }: AgendaScene): string =>
  formatMoment(opened, zone, texts, now);

function header(minutes: ReadMinutes, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { sitting, version, snapshot, reader, person } = minutes;
  const state = stateOf(version);
  // To whoever may not read the one after it, it is the one that holds.
  const holds = version.final !== null && version === newestFor(sitting, reader, person);
  const isOld = version !== latestOf(sitting);
  const overtaken = isOld ? null : overtakenBy(sitting, version);
  return container(
    [
      text(`${withoutMarkdown(snapshot.body[texts.language])} · ${heldText(snapshot, scene)}`, { size: 'Small' }),
      { ...heading(titleText(minutes, scene)), spacing: 'None' },
      text(texts(`minutes.state.${isCommented(version) ? 'commented' : state}`, { number: version.number }), {
        weight: 'Bolder',
        spacing: 'Small',
      }),
      ...(isOld && minutes.extent === 'whole'
        ? [text(texts(`minutes.${holds ? 'beingCorrected' : 'older'}`), { spacing: 'Small' })]
        : []),
      ...(overtaken ? [text(texts(`minutes.overtaken.${overtaken}`), { spacing: 'Small' })] : []),
    ],
    { style: state === 'final' ? 'good' : 'accent', bleed: true },
  );
}

/** Who checks it, what they have said, and what they want put right. */
function checkersOf({ version, comments }: ReadMinutes, { texts }: AgendaScene): CardElement[] {
  return version.checkers.flatMap(({ person, name, answer }) => {
    const state = answer ? (answer.comment ? 'commented' : 'approved') : 'waiting';
    const comment = inTheirs(comments.get(person) ?? {}, texts.language);
    return [
      text(`${withoutMarkdown(name)}: ${texts(`minutes.answer.${state}`)}`, { spacing: 'Small' }),
      ...(comment ? [{ ...written(comment.text), spacing: 'None' as const }] : []),
    ];
  });
}

/** What stands before the paragraphs, and first of it what this version puts right. */
function headElements({ snapshot, version }: ReadMinutes, { texts }: AgendaScene): CardElement[] {
  return [
    ...correctionLines(snapshot, version.number, texts).flatMap((block) => drawn(block, minutesLimits.correction)),
    ...headLines(snapshot, texts).flatMap((block) => drawn(block, 800)),
    ...attendanceLines(snapshot, texts).flatMap((block) => drawn(block, 2_000)),
  ];
}

function paragraphElements(
  { snapshot }: ReadMinutes,
  paragraph: ReadMinutes['snapshot']['paragraphs'][number],
  { texts }: AgendaScene,
): CardElement[] {
  return paragraphBlocks(paragraph, snapshot, texts).flatMap((block) => drawn(block, 1_200));
}

/** `letters` of one text at most; the whole is in the file. */
function drawn(block: Block, letters: number): CardElement[] {
  switch (block.is) {
    case 'heading':
      return [text(withoutMarkdown(block.text), { weight: 'Bolder', separator: true, spacing: 'Medium' })];
    case 'line':
      return [
        ...(block.label
          ? [text(withoutMarkdown(block.label), { size: 'Small', weight: 'Bolder', spacing: 'Small' })]
          : []),
        { ...written(clipped(block.text, letters)), spacing: block.label ? 'None' : 'Small' },
      ];
    case 'table':
      return block.rows.map((cells) => text(withoutMarkdown(cells.join(' · ')), { spacing: 'None', size: 'Small' }));
  }
}

const clipped = (content: string, letters: number): string =>
  content.length > letters ? `${content.slice(0, letters).trimEnd()} …` : content;

/** In bytes, as JSON: of one paragraph, and of a page of them. */
const roomOfParagraph = 8_000;
const roomOfPage = 12_000;
const sizeOf = (elements: readonly CardElement[]): number => new TextEncoder().encode(JSON.stringify(elements)).length;

/** What has no room is in the file, which is said then. */
function shortened(elements: readonly CardElement[], { texts }: AgendaScene): CardElement[] {
  const fits = elements.findLastIndex((_, at) => sizeOf(elements.slice(0, at + 1)) <= roomOfParagraph) + 1;
  if (fits === elements.length) return [...elements];
  return [...elements.slice(0, fits), subtle(texts('minutes.restInFile'))];
}

function pagesOf(paragraphs: readonly CardElement[][]): CardElement[][] {
  const pages: CardElement[][] = [];
  for (const elements of paragraphs) {
    const page = pages.at(-1);
    if (page && sizeOf([...page, ...elements]) <= roomOfPage) page.push(...elements);
    else pages.push([...elements]);
  }
  return pages;
}

/** The most likely first. */
function actionsOf(minutes: ReadMinutes, scene: AgendaScene): CardAction[] {
  const { sitting, version, reader, person } = minutes;
  const { texts } = scene;
  const ref = dataOf(sitting, scene);
  const data = { ...ref, number: version.number };
  const isLatest = version === latestOf(sitting);
  const inRecord = isLatest && isPutRightInRecord(minutes);
  const older = versionsOf(sitting).filter((one) => one !== version && extentFor(one, reader, person) !== null);
  return [
    ...(isLatest ? [...checkerActions(minutes, data, scene), ...keeperActions(minutes, data, scene)] : []),
    button(texts('minutes.action.files'), 'minutes.files', data),
    ...(reader.is === 'other'
      ? []
      : [button(texts('minutes.action.meeting'), 'sitting.view', ref, { overflow: !inRecord })]),
    ...older.map(({ number }) =>
      button(texts('minutes.action.version', { number }), 'minutes.view', { ...ref, number }, { overflow: true }),
    ),
    button(texts('minutes.action.list'), 'minutes.list', { body: sitting.body }, { overflow: true }),
  ];
}

/** The way on is by the record of the meeting, for who keeps it. */
function isPutRightInRecord({ sitting, version, reader }: ReadMinutes): boolean {
  if (reader.is !== 'keeper') return false;
  return overtakenBy(sitting, version) === 'open' || (version.final === null && isCommented(version));
}

type Data = Record<string, string | number>;

/** Asked again until all have approved: whoever has said something may say something else. */
function checkerActions({ sitting, version, person }: ReadMinutes, data: Data, { texts }: AgendaScene): CardAction[] {
  const own = checkerOf(version, person);
  if (!own || version.final !== null) return [];
  return [
    ...((own.answer && !own.answer.comment) || overtakenBy(sitting, version)
      ? []
      : [button(texts('minutes.action.approve'), 'minutes.approve', data, { primary: true })]),
    button(texts('minutes.action.comment'), 'minutes.commentForm', data),
  ];
}

function keeperActions(minutes: ReadMinutes, data: Data, scene: AgendaScene): CardAction[] {
  const { texts } = scene;
  const { version, snapshot, reader } = minutes;
  if (reader.is !== 'keeper') return [];
  if (version.final !== null) return [button(texts('minutes.action.correct'), 'minutes.correctForm', data)];
  const ways = checkingActions(minutes, data, scene);
  if (correctionIn(snapshot, version) === null) return ways;
  const isInTheWay = isCommented(version);
  return [...ways, button(texts('minutes.action.reword'), 'minutes.correctForm', data, { overflow: !isInTheWay })];
}

function checkingActions({ sitting, version }: ReadMinutes, data: Data, { texts }: AgendaScene): CardAction[] {
  const overtaken = overtakenBy(sitting, version);
  const again = button(texts('minutes.action.again'), 'minutes.make', data, { primary: overtaken === 'changed' });
  if (isCommented(version) || overtaken) return [again];
  if (version.checkers.length > 0) return [button(texts('minutes.action.others'), 'minutes.sendForm', data), again];
  return [button(texts('minutes.action.send'), 'minutes.sendForm', data, { primary: true }), again];
}

export interface FilesChoice<Layout extends string> {
  layouts: readonly Layout[];
  layout: Layout;
  extent: Extent;
  to(format: PaperFormat): string;
  /** How long the links are good, in minutes. */
  minutes: number;
}

/** Where the files are taken out: in which language, and whether with what is confidential. */
export function filesCard<Layout extends 'sv' | 'fi' | 'both' | 'en'>(
  minutes: ReadMinutes,
  { layouts, layout, extent, to, minutes: good }: FilesChoice<Layout>,
  scene: AgendaScene,
): Card {
  const { texts } = scene;
  const data = { ...dataOf(minutes.sitting, scene), number: minutes.version.number };
  const title = texts('minutes.files.title');
  const other: Extent = extent === 'whole' ? 'extract' : 'whole';
  return card(texts, {
    speak: title,
    body: [
      text(summaryOf(minutes, scene), { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      text(
        texts('minutes.files.now', {
          what: texts(`minutes.paper.${extent}`),
          layout: texts(`minutes.files.${layout}`),
        }),
        {
          weight: 'Bolder',
        },
      ),
      actionRow(paperFormats.map((format) => link(texts(`minutes.files.${format}`), to(format)))),
      text(texts('minutes.files.other')),
      actionRow(
        layouts
          .filter((one) => one !== layout)
          .map((one) =>
            button(capitalised(texts(`minutes.files.${one}`), texts.language), 'minutes.files', {
              ...data,
              layout: one,
              extent,
            }),
          ),
      ),
      ...(minutes.extent === 'whole'
        ? [actionRow([button(texts(`minutes.paper.${other}`), 'minutes.files', { ...data, layout, extent: other })])]
        : []),
      subtle(texts('minutes.files.links', { minutes: good })),
    ],
    actions: [button(texts('actions.back'), 'minutes.view', data)],
  });
}

export interface ListReader {
  reader: Reader;
  person: PersonId;
}

const listPage = 10;

/** The meetings of a body whose minutes somebody may read, the newest first. */
export function minutesListCard(
  body: string,
  sittings: readonly Sitting[],
  { reader, person }: ListReader,
  page: number,
  scene: AgendaScene,
): Card {
  const { texts, directory, now } = scene;
  const title = texts('minutes.list.title');
  const turn = (name: string, to: number): CardAction => button(name, 'minutes.list', { body, page: to });
  const { shown, line, turns } = paged(sittings, { size: listPage, wanted: page, turn }, texts);
  const [first] = sittings;
  return card(texts, {
    speak: title,
    body: [
      ...(first ? [text(withoutMarkdown(bodyName(first, scene)), { size: 'Small' })] : []),
      { ...heading(title), spacing: 'None' },
      ...(first ? [] : [text(texts('minutes.list.none'))]),
      ...shown.flatMap((sitting) => {
        const version = newestFor(sitting, reader, person);
        if (!version || !sitting.proceedings) return [];
        const when = formatMoment(beganAt(sitting.proceedings), directory.policy.timeZone, texts, now);
        const data = { ...dataOf(sitting, scene), number: version.number };
        const open = button(texts('list.open'), 'minutes.view', data, { inWords: `${texts('list.open')}: ${when}` });
        const state = texts(`minutes.state.${isCommented(version) ? 'commented' : stateOf(version)}`, {
          number: version.number,
        });
        const lines = [text(when, { weight: 'Bolder' }), text(state, { spacing: 'None', size: 'Small' })];
        return [{ ...columns(lines, [actionRow([open])]), separator: true }];
      }),
      ...line,
      ...(turns.length > 0 ? [actionRow(turns)] : []),
    ],
  });
}
