import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { Localised } from '../shared/language.ts';
import { type Move, movedPast } from '../shared/order.ts';
import type { Parts } from '../shared/seen.ts';
import { isId } from './input.ts';
import { type Block, type Checklist, type EditCommand, type Item, type Mark, mostBlocks, mostItems } from './model.ts';
import { firstDue, nextDue } from './recurrence.ts';
import { contentFrom, contentParts, wordParts, wordsMerged } from './seen.ts';
import { blockOf, isSettled, requireBlock, requireItem } from './standing.ts';
import { begunAgain, isUnowned, newItem } from './started.ts';
import { changed, type Scene, type Transition, withItem } from './transition.ts';
import { settledBy } from './verdict.ts';

/**
 * A leader changes a list in use. Ids stay, and with them what was done; what is removed is marked and comes back with all
 * that it had. Errors, also: `form.overtaken`: somebody else has changed the same since its sender saw it;
 * `checklist.alreadyAdded`: the same form has added something else.
 */
export function edit(list: Checklist, command: EditCommand, scene: Scene): Transition {
  switch (command.do) {
    case 'rename': {
      const title = wordsMerged(command, wordParts(command.title), wordParts(list.title));
      return same(list.title, title) ? { list, event: null } : changed(list, renamed(list, title), 'rename', scene);
    }
    case 'addBlock':
    case 'changeBlock':
    case 'moveBlock':
    case 'removeBlock':
    case 'restoreBlock':
      return editBlocks(list, command, scene);
    case 'addItem':
    case 'changeItem':
    case 'moveItem':
    case 'removeItem':
    case 'restoreItem':
      return editItems(list, command, scene);
    case 'close':
      if (list.closed) return { list, event: null };
      return changed(list, { closed: markOf(scene) }, 'close', scene);
    case 'reopen':
      if (!list.closed) return { list, event: null };
      return changed(goneOn(list, scene), { closed: null }, 'reopen', scene);
  }
}

/** The same form once more: what it says now must be what was added. Errors: `checklist.alreadyAdded`. */
function addedBefore(list: Checklist, wanted: Parts, now: Parts): Transition {
  if (!same(wanted, now)) throw new AppError('checklist.alreadyAdded');
  return { list, event: null };
}

/** An induction of which something is nobody's though its person belongs to the body, as when it goes on by itself. */
function goneOn(list: Checklist, { isMember, now }: Scene): Checklist {
  const { person } = list;
  return person !== null && isMember(person) && isUnowned(list) ? begunAgain(list, person, now) : list;
}

/** With it the blocks of the same name: a list from the chat has but one, which is called like it. */
function renamed({ title: before, blocks }: Checklist, title: Localised): Pick<Checklist, 'title' | 'blocks'> {
  return { title, blocks: blocks.map((block) => (same(block.title, before) ? { ...block, title } : block)) };
}

type BlockEdit = Extract<
  EditCommand,
  { do: 'addBlock' | 'changeBlock' | 'moveBlock' | 'removeBlock' | 'restoreBlock' }
>;
type ItemEdit = Extract<EditCommand, { do: 'addItem' | 'changeItem' | 'moveItem' | 'removeItem' | 'restoreItem' }>;

function editBlocks(list: Checklist, command: BlockEdit, scene: Scene): Transition {
  const write = (blocks: Block[], block: string): Transition =>
    same(blocks, list.blocks) ? { list, event: null } : changed(list, { blocks }, command.do, scene, { block });
  if (command.do === 'addBlock') {
    requireId(command.id);
    const known = list.blocks.find(({ id }) => id === command.id);
    if (known) return addedBefore(list, wordParts(command.title), wordParts(known.title));
    if (list.blocks.length >= mostBlocks) throw new AppError('checklist.tooMany', { limit: mostBlocks });
    const block: Block = { id: command.id, title: command.title, items: [], removed: null };
    return write([...list.blocks, block], block.id);
  }
  const block = list.blocks.find(({ id }) => id === command.block);
  if (!block) throw new AppError('checklist.noBlock');
  const replaced = (next: Block): Block[] => list.blocks.map((other) => (other === block ? next : other));
  switch (command.do) {
    case 'changeBlock': {
      const title = wordsMerged(command, wordParts(command.title), wordParts(block.title));
      return write(replaced({ ...block, title }), block.id);
    }
    case 'moveBlock':
      return write(moved(list.blocks, requireBlock(list, block.id), command), block.id);
    case 'removeBlock':
      return block.removed ? { list, event: null } : write(replaced({ ...block, removed: markOf(scene) }), block.id);
    case 'restoreBlock':
      return write(replaced({ ...block, removed: null }), block.id);
  }
}

function editItems(list: Checklist, command: ItemEdit, scene: Scene): Transition {
  const write = (blocks: Block[], item: string): Transition => changed(list, { blocks }, command.do, scene, { item });
  if (command.do === 'addItem') {
    requireId(command.id);
    const all = list.blocks.flatMap(({ items }) => items);
    const known = all.find(({ id }) => id === command.id);
    if (known) return addedBefore(list, contentParts(command.content, ''), contentParts(known, ''));
    if (all.length >= mostItems) throw new AppError('checklist.tooMany', { limit: mostItems });
    const item = newItem({ id: command.id, source: null, ...command.content }, scene.today, ownersOf(list, scene));
    return write(lastIn(list, requireBlock(list, command.block), item), item.id);
  }
  if (command.do === 'restoreItem') {
    const item = list.blocks.flatMap(({ items }) => items).find(({ id }) => id === command.item);
    if (!item) throw new AppError('checklist.noItem');
    return item.removed ? write(withItem(list, { ...item, removed: null }), item.id) : { list, event: null };
  }
  if (command.do === 'removeItem' && isRemoved(list, command.item)) return { list, event: null };
  const item = requireItem(list, command.item);
  switch (command.do) {
    case 'changeItem': {
      const place = blockOf(list, item.id);
      const wanted = contentParts(command.content, command.block ?? place);
      const parts = wordsMerged(command, wanted, contentParts(item, place));
      const next: Item = { ...item, ...contentFrom(parts) };
      const blocks = lastIn(list, requireBlock(list, parts.block), item);
      if (same(next, item) && blocks === list.blocks) return { list, event: null };
      // What is asked of an item is not changed under the hands of those who have done it.
      if (next.approval !== item.approval && item.state.is !== 'open') {
        throw settledBy(item.state);
      }
      return write(withItem({ blocks }, { ...next, due: dueOf(next, item, scene.today) }), item.id);
    }
    case 'moveItem': {
      const blocks = list.blocks.map((block) =>
        block.items.includes(item) ? { ...block, items: moved(block.items, item, command) } : block,
      );
      return same(blocks, list.blocks) ? { list, event: null } : write(blocks, item.id);
    }
    case 'removeItem':
      return write(withItem(list, { ...item, removed: markOf(scene) }), item.id);
  }
}

/** What comes again from now on gets its first date, unless it has one; what is settled has used its date up. */
function dueOf(next: Item, before: Item, today: Temporal.PlainDate): string | null {
  const isSame = next.every === before.every && next.month === before.month;
  if (isSettled(next) && next.every && !isSame) return nextDue({ ...next, due: null }, today)?.toString() ?? null;
  return next.due ?? firstDue(next, today)?.toString() ?? null;
}

/** The items of an induction are the new member's from the start. */
function ownersOf(list: Checklist, { now }: Scene): Item['owners'] {
  return list.person === null ? [] : [{ person: list.person, since: toStored(now) }];
}

/** It comes back from a form, where it was put so that a second press of it adds nothing. Errors: `badInput`. */
export function requireId(id: string): void {
  if (!isId(id)) throw new AppError('badInput');
}

function isRemoved(list: Checklist, id: string): boolean {
  return list.blocks.some(({ items }) => items.some((item) => item.id === id && item.removed));
}

function markOf({ actor, now }: Scene) {
  return { by: actor.person, at: toStored(now) };
}

/** The item as the last of this block and in no other; the very same blocks when it stands there already. */
function lastIn({ blocks }: Checklist, { id, items }: Block, item: Item): Block[] {
  if (items.some((other) => other.id === item.id)) return blocks;
  return blocks.map((block) => {
    if (block.id === id) return { ...block, items: [...block.items, item] };
    const others = block.items.filter((other) => other.id !== item.id);
    return others.length === block.items.length ? block : { ...block, items: others };
  });
}

/** Errors: `checklist.reordered`: the neighbour was removed, or went to another block. */
function moved<T extends { id: string; removed: Mark | null }>(all: readonly T[], one: T, move: Move): T[] {
  const next = movedPast(all, one, move, ({ removed }) => !removed);
  if (!next) throw new AppError('checklist.reordered');
  return next;
}

/** Plain JSON, with the same keys in the same order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
