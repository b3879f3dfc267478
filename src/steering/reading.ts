import type { Item, Sitting, Words } from './model.ts';
import { maySeeItem, type Reader } from './rights.ts';
import { numberOf } from './standing.ts';

/** An agenda as somebody may read it: what they may not see is not there. */
export interface Reading {
  sitting: Omit<Sitting, 'items'>;
  reader: Reader;
  items: readonly ReadItem[];
}

export interface ReadItem extends Omit<Item, 'words'> {
  words: Words;
  /** From 1, for what is on the agenda; null for all else. */
  number: number | null;
}

export function readBy(sitting: Sitting, reader: Reader, open: (item: Item) => Words): Reading {
  const { items, ...rest } = sitting;
  const seen = items.filter((item) => maySeeItem(sitting, item, reader));
  return {
    sitting: rest,
    reader,
    items: seen.map((item) => ({ ...item, words: open(item), number: numberOf(sitting, item) })),
  };
}
