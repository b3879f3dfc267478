import { formatDate } from '../cards/dates.ts';
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
  plain,
  progressBar,
  type Said,
  subheading,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { paged } from '../cards/paged.ts';
import { personName } from '../directory/colleague-card.ts';
import { bodyOf, type Directory } from '../directory/model.ts';
import { dateIn } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { sourceLabel } from './codes.ts';
import { progressText } from './listing.ts';
import type { Block, Checklist, Item } from './model.ts';
import { blockAtWork, blocksOf, isOverdue, isSettled, itemsOf, mayApprove, owns, progressOf } from './standing.ts';
import type { ListRef } from './stored.ts';

/** Everything that drawing a list needs besides the list. */
export interface ListScene {
  texts: Texts;
  directory: Directory;
  /** The date in the region. */
  today: Temporal.PlainDate;
  /** The placement that the card stands in; null where it is shown to one person only and for the moment. */
  placement: string | null;
}

/** Whose eyes: the shared card is drawn for every member alike, a personal one for one of them. */
export interface ListViewer {
  person: PersonId;
  /** They lead the list's body. */
  leads: boolean;
}

interface BlockPage {
  block: string;
  page: number;
}

/** What stands unfolded: the block of this item, at its page; or this block, at that page. */
export type Unfolded = { item: string } | BlockPage;

export interface ListCardOptions {
  /** Null draws the shared card, for every member alike. */
  viewer?: ListViewer | null;
  said?: Said | undefined;
  /** The block at work when absent. */
  unfolded?: Unfolded | undefined;
  /** Teams ids of those who get their own view of a shared card. */
  refreshFor?: readonly string[];
}

/** So many keep the largest list under what a card may have, also the one to change it. */
export const itemsPage = 6;
export const blocksPage = 8;

/** The list as it stands: how far it has come, and the items of one block; the other blocks are a press away. */
export function listCard(list: Checklist, scene: ListScene, options: ListCardOptions = {}): Card {
  const { viewer = null, said, unfolded, refreshFor = [] } = options;
  const blocks = blocksOf(list);
  const atWork = blockAtWork(list);
  const shown = shownOf(blocks, unfolded, atWork && placeAtWork(atWork));
  return card(scene.texts, {
    speak: summaryOf(list, scene),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header(list, scene),
      ...blocks
        .slice(shown.first, shown.first + blocksPage)
        .flatMap((block) =>
          block === shown.block ? unfoldedBlock(list, block, shown, scene, viewer) : [foldedBlock(list, block, scene)],
        ),
      ...otherBlocks(list, blocks, shown.first, scene),
    ],
    actions: [
      button(scene.texts('checklist.actions.lists'), 'checklist.list', dataOf(list, scene)),
      button(scene.texts('checklist.actions.export'), 'checklist.export', dataOf(list, scene)),
      ...(viewer?.leads
        ? [button(scene.texts('checklist.actions.edit'), 'checklist.edit', dataOf(list, scene), { overflow: true })]
        : []),
    ],
    refresh: { verb: 'checklist.view', data: dataOf(list, scene), userIds: refreshFor },
  });
}

/** The shared message of a chat. */
export function listMessage(list: Checklist, scene: ListScene, refreshFor: readonly string[]): CardMessage {
  return { card: listCard(list, scene, { refreshFor }), summary: summaryOf(list, scene) };
}

export function dataOf({ body, id }: ListRef, { placement }: Pick<ListScene, 'placement'>): Record<string, string> {
  return { body, list: id, ...(placement && { placement }) };
}

/** One line that says what the list is and how it stands; for notifications and screen readers. */
export function summaryOf(list: Checklist, { texts, today }: Pick<ListScene, 'texts' | 'today'>): string {
  return `${list.title[texts.language]} · ${progressText(progressOf(itemsOf(list), today), texts)}`;
}

const namedOwners = 3;

export function ownersText({ owners }: Pick<Item, 'owners'>, { texts, directory }: ListScene): string {
  const names = owners.slice(0, namedOwners).map(({ person }) => personName(directory, person, texts));
  const others = owners.length - names.length;
  return [...names, ...(others > 0 ? [texts('checklist.others', { count: others })] : [])].join(', ');
}

/** What the item waits for, in words. */
export function stateText({ state, owners }: Item, scene: ListScene): string {
  const { texts } = scene;
  if (state.is === 'open') {
    return owners.length > 0 ? ownersText({ owners }, scene) : texts('checklist.state.free');
  }
  const signed = signedText(state.is, state, scene);
  return state.is === 'waiting' ? `${signed} · ${texts('checklist.state.waiting')}` : signed;
}

/** By when, and that it is late, in words; empty when no date was set. */
export function dueText(item: Item, { texts, today }: Pick<ListScene, 'texts' | 'today'>): string {
  if (item.due === null) return '';
  const key = isOverdue(item, today)
    ? 'overdue'
    : item.state.is === 'open' || item.state.is === 'waiting'
      ? 'by'
      : 'next';
  // What is settled and does not come again has no next time.
  if (key === 'next' && item.every === null) return '';
  return texts(`checklist.due.${key}`, { date: formatDate(item.due, texts, today) });
}

/** Who did what on which day. */
export function signedText(
  what: 'done' | 'waiting' | 'notApplicable' | 'approved',
  { by, at }: { by: PersonId; at: string },
  { texts, directory, today }: ListScene,
): string {
  const day = dateIn(directory.policy.timeZone, Temporal.Instant.from(at));
  const name = personName(directory, by, texts);
  return texts(`checklist.signed.${what}`, { name, date: formatDate(day.toString(), texts, today) });
}

/** What most will want to do with the item as it stands; null when nothing is to be done in haste. */
export function nextStep(item: Item, viewer: ListViewer | null): 'take' | 'done' | 'linkForm' | 'approve' | null {
  if (item.state.is === 'waiting') return viewer?.leads && mayApprove(item, viewer.person) ? 'approve' : null;
  if (item.state.is !== 'open') return null;
  if (item.owners.length === 0) return 'take';
  if (viewer && !owns(item, viewer.person)) return null;
  return item.approval && item.link === null ? 'linkForm' : 'done';
}

/** Where in these blocks somebody is: in `usual` when nothing is unfolded that is there. */
export function shownOf(blocks: readonly Block[], unfolded: Unfolded | undefined, usual: BlockPage | null): ShownBlock {
  const item = unfolded && 'item' in unfolded ? unfolded.item : null;
  const wanted = unfolded && 'block' in unfolded ? unfolded : usual;
  const found = item === null ? -1 : blocks.findIndex(({ items }) => items.some(({ id }) => id === item));
  const at = found >= 0 ? found : blocks.findIndex(({ id }) => id === wanted?.block);
  const block = blocks[at] ?? null;
  const index = block?.items.findIndex(({ id }) => id === item) ?? -1;
  return {
    block,
    page: index >= 0 ? pageOf(index) : (wanted?.page ?? 0),
    first: Math.floor(Math.max(0, at) / blocksPage) * blocksPage,
  };
}

const pageOf = (index: number): number => Math.floor(index / itemsPage);

/** Where something is left to do in a block, as long as nobody turns its pages. */
function placeAtWork({ id, items }: Block): BlockPage {
  const index = items.findIndex((item) => !isSettled(item));
  return { block: id, page: pageOf(Math.max(0, index)) };
}

export interface ShownBlock {
  /** The one that is unfolded; null when there is none. */
  block: Block | null;
  /** The page of its items that is wanted, from 0. */
  page: number;
  /** The index of the first block on the same page of blocks. */
  first: number;
}

function header(list: Checklist, scene: ListScene): CardElement {
  const { texts, directory, today } = scene;
  const progress = progressOf(itemsOf(list), today);
  const body = bodyOf(directory, list.body)?.name[texts.language] ?? '';
  const whose = list.person === null ? body : `${personName(directory, list.person, texts)} · ${body}`;
  return container(
    [
      text(whose, { size: 'Small' }),
      { ...heading(plain(list.title, texts)), spacing: 'None' },
      text(list.closed ? texts('checklist.closed') : progressText(progress, texts), {
        weight: 'Bolder',
        spacing: 'Small',
      }),
      progressBar(progress.done + progress.notApplicable, progress.total),
    ],
    {
      style: progress.overdue > 0 ? 'warning' : progress.open + progress.waiting === 0 ? 'good' : 'accent',
      bleed: true,
    },
  );
}

function blockLine(block: Block, { texts, today }: ListScene): CardElement[] {
  const progress = progressOf(block.items, today);
  return [
    subheading(`${plain(block.title, texts)} · ${progressText(progress, texts)}`),
    progressBar(progress.done + progress.notApplicable, progress.total),
  ];
}

function show(list: Checklist, scene: ListScene, title: string, place: BlockPage): CardAction {
  return button(title, 'checklist.view', { ...dataOf(list, scene), ...place });
}

function foldedBlock(list: Checklist, block: Block, scene: ListScene): CardElement {
  return {
    ...columns(blockLine(block, scene), [actionRow([show(list, scene, scene.texts('list.open'), placeAtWork(block))])]),
    separator: true,
  };
}

function unfoldedBlock(
  list: Checklist,
  block: Block,
  { page: wanted }: ShownBlock,
  scene: ListScene,
  viewer: ListViewer | null,
): CardElement[] {
  const turn = (to: string, page: number) => show(list, scene, to, { block: block.id, page });
  const { shown, line, turns } = paged(block.items, { size: itemsPage, wanted, turn }, scene.texts);
  return [
    container(blockLine(block, scene), { separator: true }),
    ...shown.map((item) => itemRow(list, item, scene, viewer)),
    ...line,
    ...(turns.length > 0 ? [actionRow(turns)] : []),
  ];
}

function itemRow(list: Checklist, item: Item, scene: ListScene, viewer: ListViewer | null): CardElement {
  const { texts, today } = scene;
  const late = isOverdue(item, today);
  const standing = [stateText(item, scene), dueText(item, scene)].filter(Boolean).join(' · ');
  const next = list.closed ? null : nextStep(item, viewer);
  const data = { ...dataOf(list, scene), item: item.id };
  return {
    ...columns(
      [
        text(plain(item.text, texts)),
        text(standing, { spacing: 'None', size: 'Small', ...(late && { color: 'Attention', weight: 'Bolder' }) }),
        ...(item.source
          ? [
              text(withoutMarkdown(sourceLabel(item.source, texts.language)), {
                spacing: 'None',
                size: 'Small',
                isSubtle: true,
              }),
            ]
          : []),
      ],
      [
        actionRow([
          ...(next ? [button(texts(`checklist.actions.${next}`), `checklist.${next}`, data)] : []),
          button(texts('checklist.actions.item'), 'checklist.item', data),
        ]),
      ],
    ),
    separator: true,
  };
}

function otherBlocks(list: Checklist, blocks: readonly Block[], first: number, scene: ListScene): CardElement[] {
  const before = blocks[first - blocksPage];
  const after = blocks[first + blocksPage];
  const turn = [
    ...(before ? [show(list, scene, scene.texts('checklist.actions.earlierBlocks'), placeAtWork(before))] : []),
    ...(after ? [show(list, scene, scene.texts('checklist.actions.laterBlocks'), placeAtWork(after))] : []),
  ];
  return turn.length > 0 ? [actionRow(turn)] : [];
}
