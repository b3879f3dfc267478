import { type Language, type Localised, languages } from '../shared/language.ts';
import { broughtIn, changedSince, type Parts, printsIn, requireSeen } from '../shared/seen.ts';
import type { Item, ItemContent, Owner, WordsSeen } from './model.ts';

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

/**
 * `broughtIn` for a text in three languages. One that is empty follows the first that is not: it stays a colleague's when it
 * was empty before and they have meanwhile given it a text of its own, and not when its sender has emptied it. One that a
 * colleague has made follow goes on to do so where it was left alone; one that says the same as the first because the first
 * was changed is its own.
 */
export function wordsBroughtIn<Of extends Localised & Parts>(
  { seen, following = [] }: WordsSeen,
  wanted: Of,
  now: Of,
): Of {
  const before = printsIn(seen, wanted);
  if (!before) return wanted;
  const [followed = 'sv'] = languages.filter((language) => !following.includes(language));
  const parts = broughtIn(seen, wanted, now);
  const mine = changedSince(seen, wanted);
  const theirs = changedSince(seen, now);
  const wordsOf = (language: Language): string => {
    const isAlone = now[language] !== now[followed];
    const wasAlone = before[language] !== before[followed];
    if (!following.includes(language)) {
      const madeToFollow = wasAlone && !isAlone && theirs.includes(language) && !mine.includes(language);
      return madeToFollow ? parts[followed] : parts[language];
    }
    const madeTheirs = isAlone && !wasAlone;
    return madeTheirs ? now[language] : parts[followed];
  };
  return { ...parts, ...Object.fromEntries(languages.map((language) => [language, wordsOf(language)])) };
}

/** The same. Errors: `form.overtaken`. */
export function wordsMerged<Of extends Localised & Parts>(from: WordsSeen, wanted: Of, now: Of): Of {
  const parts = wordsBroughtIn(from, wanted, now);
  requireSeen(from.seen, parts, now);
  return parts;
}
