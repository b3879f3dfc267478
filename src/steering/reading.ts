import type { Item, ReadDocument, ReadFollowUp, ReadRecord, Sitting, Words } from './model.ts';
import { maySeeItem, type Reader } from './rights.ts';
import { numberOf } from './standing.ts';

/** An agenda as somebody may read it: what they may not see is not there. */
export interface Reading {
  sitting: Omit<Sitting, 'items' | 'followUps'>;
  reader: Reader;
  /** For those of the body. */
  followUps: readonly ReadFollowUp[];
  items: readonly ReadItem[];
}

export interface ReadItem extends Omit<Item, 'words' | 'openLinks' | 'document'> {
  words: Words;
  document: ReadDocument | null;
  /** From 1, for what is on the agenda; null for all else. */
  number: number | null;
  /** What was recorded of it; null where the reader may not see that, and before the meeting. */
  record: ReadRecord | null;
}

/** Opens what is sealed of an item. */
export interface Opening {
  words(item: Item): Words;
  document(item: Item): ReadDocument | null;
  record(item: Item): ReadRecord;
  followUps(): readonly ReadFollowUp[];
}

export function readBy(sitting: Sitting, reader: Reader, open: Opening): Reading {
  const { items, followUps: _, ...rest } = sitting;
  const seen = items.filter((item) => maySeeItem(sitting, item, reader));
  return {
    sitting: rest,
    reader,
    followUps: reader.is === 'other' ? [] : open.followUps(),
    items: seen.map((item) => {
      const { openLinks: _, ...facts } = item;
      return {
        ...facts,
        words: open.words(item),
        document: open.document(item),
        number: numberOf(sitting, item),
        // What is recorded is its body’s until the minutes are final.
        record: sitting.proceedings && reader.is !== 'other' ? open.record(item) : null,
      };
    }),
  };
}

/** Something that somebody is to do, and where it was settled. */
export interface OpenAction {
  sitting: Pick<Sitting, 'body' | 'id'>;
  item: ReadItem;
  action: ReadRecord['actions'][number];
}
