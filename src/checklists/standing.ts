import { type Actor, leads, membershipIn } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Block, Checklist, Item, Step, Template } from './model.ts';

/** How a list stands, who may do what with it, and what it asks of whom; read off the list, and nothing changed. */

/** What is there to be seen, in order. */
export function blocksOf(list: Checklist): Block[] {
  return list.blocks
    .filter(({ removed }) => !removed)
    .map((block) => ({ ...block, items: block.items.filter(({ removed }) => !removed) }));
}

export function itemsOf(list: Checklist): Item[] {
  return blocksOf(list).flatMap(({ items }) => items);
}

/** Errors: `checklist.noItem`: it was removed, or there never was one. */
export function requireItem(list: Checklist, id: string): Item {
  const item = itemsOf(list).find((candidate) => candidate.id === id);
  if (!item) throw new AppError('checklist.noItem');
  return item;
}

/** Errors: `checklist.noBlock`: it was removed, or there never was one. */
export function requireBlock({ blocks }: Checklist, id: string | undefined): Block {
  const block = blocks.find((candidate) => candidate.id === id && !candidate.removed);
  if (!block) throw new AppError('checklist.noBlock');
  return block;
}

/** The id of the block in which an item stands; empty when it is in none. */
export function blockOf({ blocks }: Checklist, item: string): string {
  return blocks.find(({ items }) => items.some(({ id }) => id === item))?.id ?? '';
}

export interface Progress {
  total: number;
  open: number;
  waiting: number;
  done: number;
  notApplicable: number;
  /** Of those that are open or waiting: due before today. */
  overdue: number;
}

export function progressOf(items: readonly Item[], today: Temporal.PlainDate): Progress {
  const progress: Progress = { total: items.length, open: 0, waiting: 0, done: 0, notApplicable: 0, overdue: 0 };
  for (const item of items) {
    progress[item.state.is] += 1;
    if (isOverdue(item, today)) progress.overdue += 1;
  }
  return progress;
}

export function isSettled({ state }: Item): boolean {
  return state.is === 'done' || state.is === 'notApplicable';
}

export function isOverdue(item: Item, today: Temporal.PlainDate): boolean {
  return !isSettled(item) && item.due !== null && item.due < today.toString();
}

/**
 * The block in which something was done last, as long as something is left to do there; otherwise the first where something
 * is. Null when all is settled.
 */
export function blockAtWork(list: Checklist): Block | null {
  const left = blocksOf(list).filter(({ items }) => items.some((item) => !isSettled(item)));
  const worked = (block: Block): string =>
    block.items.reduce((latest, { history }) => later(latest, history.at(-1)?.at ?? ''), '');
  const newest = left.reduce((latest, block) => later(latest, worked(block)), '');
  return left.find((block) => worked(block) === newest) ?? null;
}

const later = (a: string, b: string): string => (a > b ? a : b);

export function owns({ owners }: Pick<Item, 'owners'>, person: PersonId): boolean {
  return owners.some((owner) => owner.person === person);
}

/** An induction is the person's and the leaders'; every other list is all members'. */
export function mayWork(list: Pick<Checklist, 'body' | 'person'>, actor: Actor): boolean {
  if (!membershipIn(actor, list.body)) return false;
  return list.person === null || list.person === actor.person || leads(actor, list.body);
}

/** Nobody approves what they have done themselves or have in hand. */
export function mayApprove({ state, owners }: Pick<Item, 'state' | 'owners'>, leader: PersonId): boolean {
  if (state.is !== 'waiting') return false;
  return state.by !== leader && !owns({ owners }, leader);
}

/**
 * The step of an item that can be taken back next: of one that is not open, what made it so, for whatever came after left
 * that as it is; otherwise the last one. Null when there is none.
 */
export function undoable({ state, history }: Pick<Item, 'state' | 'history'>): Step | null {
  return (state.is === 'open' ? null : decisiveStep(history)) ?? history.at(-1) ?? null;
}

/** What made of the item what it is: open, waiting, done or not applicable. */
export function decisiveStep(history: readonly Step[]): Step | undefined {
  return history.findLast(({ before }) => 'state' in before);
}

/** What waits for a person in a list, by its order: what is theirs to do, and what they may approve if they lead its body. */
export function tasksOf(list: Checklist, person: PersonId, isLeader: boolean): Item[] {
  if (list.closed) return [];
  return itemsOf(list).filter(
    (item) => (item.state.is === 'open' && owns(item, person)) || (isLeader && mayApprove(item, person)),
  );
}

/** What is there to be seen of a list, as a template: to begin another one from. */
export function templateOf(list: Checklist): Omit<Template, 'for'> {
  const blocks = blocksOf(list).map(({ id, title, items }) => ({
    id,
    title,
    items: items.map((item) => ({
      id: item.id,
      text: item.text,
      source: item.source,
      approval: item.approval,
      every: item.every,
      month: item.month,
    })),
  }));
  return { id: list.id, title: list.title, blocks };
}
