import type { Texts } from '../shared/text.ts';
import { type CardAction, type CardElement, subtle } from './elements.ts';

/** One page of what is too long for a card. */
export interface Paged<T> {
  shown: readonly T[];
  /** From 0. */
  page: number;
  /** Which page it is; nothing when it is the only one. */
  line: CardElement[];
  /** To the pages before and after it. */
  turns: CardAction[];
}

export interface Paging {
  size: number;
  /** From 0; the nearest when there is no such page. */
  wanted: number;
  turn: (title: string, page: number) => CardAction;
}

/** What stands on it, and which of how many it is. */
export function pageOf<T>(all: readonly T[], { size, wanted }: Pick<Paging, 'size' | 'wanted'>) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { shown: all.slice(page * size, (page + 1) * size), page, pages };
}

/** The same, in order, on as few pages of `most` as there have to be, none of which has more than one more than another. */
export function evenly<T>(all: readonly T[], most: number): T[][] {
  const pages = Math.ceil(all.length / most);
  return Array.from({ length: pages }, (_, page) =>
    all.slice(Math.ceil((page * all.length) / pages), Math.ceil(((page + 1) * all.length) / pages)),
  );
}

export function paged<T>(all: readonly T[], { size, wanted, turn }: Paging, texts: Texts): Paged<T> {
  const { shown, page, pages } = pageOf(all, { size, wanted });
  return {
    shown,
    page,
    line: pages > 1 ? [subtle(texts('list.page', { page: page + 1, pages }))] : [],
    turns: [
      ...(page > 0 ? [turn(texts('list.previous'), page - 1)] : []),
      ...(page < pages - 1 ? [turn(texts('list.next'), page + 1)] : []),
    ],
  };
}
