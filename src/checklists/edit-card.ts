import {
  type ActionData,
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  columns,
  container,
  heading,
  plain,
  type Said,
  subheading,
  subtle,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { paged } from '../cards/paged.ts';
import { ways } from '../shared/order.ts';
import { blocksPage, dataOf, itemsPage, type ListScene, type ShownBlock, shownOf, type Unfolded } from './card.ts';
import type { Block, Checklist, Item } from './model.ts';

/** A list as its leader changes it: what was removed stands there too, to be brought back. */

export interface EditCardOptions {
  said?: Said | undefined;
  /** The first block when absent. */
  unfolded?: Unfolded | undefined;
}

export function editCard(list: Checklist, scene: ListScene, { unfolded, said }: EditCardOptions = {}): Card {
  const { texts } = scene;
  const { blocks } = list;
  const [first = null] = blocks;
  const shown = shownOf(blocks, unfolded, first && { block: first.id, page: 0 });
  const title = texts('checklist.edit.title', { title: list.title[texts.language] });
  const data = dataOf(list, scene);
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(withoutMarkdown(title)),
      subtle(texts(list.closed ? 'checklist.edit.closed' : 'checklist.edit.lead')),
      ...blocks
        .slice(shown.first, shown.first + blocksPage)
        .flatMap((block) =>
          block === shown.block ? unfoldedBlock(list, block, shown, scene) : [foldedBlock(list, block, scene)],
        ),
      ...otherBlocks(list, shown.first, scene),
    ],
    actions: [
      ...(list.closed
        ? [button(texts('checklist.edit.reopen'), 'checklist.reopen', data, { primary: true })]
        : [
            button(texts('checklist.edit.rename'), 'checklist.renameForm', data),
            button(texts('checklist.edit.addBlock'), 'checklist.blockForm', data),
            button(texts('checklist.edit.close'), 'checklist.close', data, { overflow: true }),
          ]),
      // A copy begins with nothing done, and an induction is one person's.
      ...(list.person === null ? [button(texts('checklist.edit.copy'), 'checklist.copyForm', data)] : []),
      button(texts('actions.back'), 'checklist.view', data),
    ],
  });
}

function turning(list: Checklist, scene: ListScene, title: string, block: string, page = 0): CardAction {
  return button(title, 'checklist.edit', { ...dataOf(list, scene), block, page });
}

function titleOf({ title, removed, items }: Block, texts: ListScene['texts']): CardElement {
  const there = items.filter((item) => !item.removed).length;
  const mark = removed ? ` · ${texts('checklist.edit.removed')}` : '';
  return subheading(`${plain(title, texts)} · ${texts('checklist.edit.items', { count: there })}${mark}`);
}

function foldedBlock(list: Checklist, block: Block, scene: ListScene): CardElement {
  const { texts } = scene;
  return columns([titleOf(block, texts)], [actionRow([turning(list, scene, texts('list.open'), block.id)])]);
}

function unfoldedBlock(list: Checklist, block: Block, { page: wanted }: ShownBlock, scene: ListScene): CardElement[] {
  const { texts } = scene;
  const data = { ...dataOf(list, scene), block: block.id };
  const turn = (to: string, page: number) => turning(list, scene, to, block.id, page);
  const { shown, line, turns } = paged(block.items, { size: itemsPage, wanted, turn }, texts);
  const steps = block.removed
    ? [button(texts('checklist.edit.restore'), 'checklist.restoreBlock', data)]
    : [
        button(texts('checklist.edit.addItem'), 'checklist.contentForm', data),
        button(texts('checklist.edit.change'), 'checklist.blockForm', data),
        ...moving(list.blocks, block, 'checklist.moveBlock', data, texts),
        button(texts('checklist.edit.remove'), 'checklist.removeBlock', data, { overflow: true }),
      ];
  return [
    container([titleOf(block, texts), ...(list.closed ? [] : [actionRow(steps)])], { separator: true }),
    ...shown.map((item) => itemRow(list, block, item, scene)),
    ...line,
    ...(turns.length > 0 ? [actionRow(turns)] : []),
  ];
}

function itemRow(list: Checklist, block: Block, item: Item, scene: ListScene): CardElement {
  const { texts } = scene;
  const data = { ...dataOf(list, scene), item: item.id };
  const steps = item.removed
    ? [button(texts('checklist.edit.restore'), 'checklist.restoreItem', data)]
    : [
        button(texts('checklist.edit.change'), 'checklist.contentForm', data),
        ...moving(block.items, item, 'checklist.moveItem', data, texts),
        button(texts('checklist.edit.remove'), 'checklist.removeItem', data, { overflow: true }),
      ];
  const line = [
    item.removed ? texts('checklist.edit.removed') : '',
    item.approval ? texts('checklist.edit.approval') : '',
    item.every ? texts(`checklist.every.${item.every}`) : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    ...columns(
      [
        text(plain(item.text, texts), item.removed ? { isSubtle: true } : {}),
        ...(line ? [text(line, { spacing: 'None', size: 'Small', isSubtle: true })] : []),
      ],
      list.closed || block.removed ? [] : [actionRow(steps)],
    ),
    separator: true,
  };
}

/** Past the neighbours that are there to be seen: the first has none above it, the last none below. */
function moving<T extends Pick<Block, 'id' | 'removed'>>(
  all: readonly T[],
  one: T,
  verb: 'checklist.moveItem' | 'checklist.moveBlock',
  data: ActionData,
  texts: ListScene['texts'],
): CardAction[] {
  const there = all.filter(({ removed }) => !removed);
  const at = there.indexOf(one);
  const neighbours = { up: there[at - 1], down: there[at + 1] };
  return ways.flatMap((way) => {
    const past = neighbours[way]?.id;
    const options = { inWords: texts(`checklist.edit.${way}`) };
    return past === undefined ? [] : [button(signs[way], verb, { ...data, way, past }, options)];
  });
}

const signs = { up: '↑', down: '↓' } as const;

function otherBlocks(list: Checklist, first: number, scene: ListScene): CardElement[] {
  const before = list.blocks[first - blocksPage];
  const after = list.blocks[first + blocksPage];
  const turn = [
    ...(before ? [turning(list, scene, scene.texts('checklist.actions.earlierBlocks'), before.id)] : []),
    ...(after ? [turning(list, scene, scene.texts('checklist.actions.laterBlocks'), after.id)] : []),
  ];
  return turn.length > 0 ? [actionRow(turn)] : [];
}
