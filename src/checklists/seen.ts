import type { Localised } from '../shared/language.ts';
import type { Parts } from '../shared/seen.ts';
import type { Item, ItemContent, Owner } from './model.ts';

/** What the forms of a list are about, see `src/shared/seen.ts`. */

export const ownerParts = ({ owners }: { owners: readonly Pick<Owner, 'person'>[] }): Parts => ({
  owners: owners.map(({ person }) => person),
});

export const dueParts = ({ due }: Pick<Item, 'due'>): Parts => ({ due });

export const linkParts = ({ link }: Pick<Item, 'link'>): Parts => ({ link });

/** Of its ciphertext, which is another one each time that something is written. */
export const noteParts = ({ note }: Pick<Item, 'note'>): Parts => ({ note: note && [note.iv, note.ct] });

/** Of a text or a name: who writes one language leaves the others to whoever writes those. */
export const wordParts = ({ sv, fi, en }: Localised): Localised => ({ sv, fi, en });

/** Of what a leader says of an item, and of the block in which it is to stand; a month goes with how often something comes. */
export type ContentParts = Localised & {
  approval: boolean;
  recurrence: readonly [ItemContent['every'], ItemContent['month']];
  block: string;
};

export const contentParts = ({ text, approval, every, month }: ItemContent, block: string): ContentParts => ({
  ...wordParts(text),
  approval,
  recurrence: [every, month],
  block,
});

export function contentFrom({ approval, recurrence: [every, month], ...words }: ContentParts): ItemContent {
  return { text: wordParts(words), approval, every, month };
}
