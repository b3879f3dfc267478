import { AppError } from '../shared/errors.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import { type Localised, languages } from '../shared/language.ts';
import type { Item, ItemContent, Owner, WordsSeen } from './model.ts';

/**
 * What somebody saw before they wrote, so short that the card of their form carries it: so nobody writes over what a
 * colleague has written meanwhile without having read it, and what they left alone stays as the colleague made it.
 */

/** What a form is about: each part is changed as one. */
export type Parts = Readonly<Record<string, unknown>>;

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

const betweenParts = '-';

export function seenOf(parts: Parts): string {
  return Object.values(parts).map(fingerprintOf).join(betweenParts);
}

/** What was seen of each part; null when that is not known: a form of before tells nothing of it, or of other parts. */
function fingerprintsIn(seen: string | undefined, parts: Parts): string[] | null {
  const before = seen?.split(betweenParts);
  return before?.length === Object.keys(parts).length ? before : null;
}

/** The parts that are other than what was seen; none when it is not known what was. */
export function changedSince(seen: string | undefined, parts: Parts): string[] {
  const before = fingerprintsIn(seen, parts);
  if (!before) return [];
  return Object.entries(parts).flatMap(([name, part], at) => (before[at] === fingerprintOf(part) ? [] : [name]));
}

/** What somebody else has changed since it was seen, and the sender of `wanted` would make something else. */
export function overtaken(seen: string | undefined, wanted: Parts, now: Parts): string[] {
  const differing = changedSince(seenOf(now), wanted);
  return changedSince(seen, now).filter((name) => differing.includes(name));
}

/** Errors: `checklist.overtaken`. */
export function requireSeen(seen: string | undefined, wanted: Parts, now: Parts): void {
  if (overtaken(seen, wanted, now).length > 0) throw new AppError('checklist.overtaken');
}

/**
 * `now`, with what the sender of `wanted` has changed in it: all of it when it is not known what they saw. A language that
 * follows another is left to the colleague who has meanwhile given it a text of its own.
 */
export function broughtIn<Of extends Parts>({ seen, following = [] }: WordsSeen, wanted: Of, now: Of): Of {
  if (!fingerprintsIn(seen, wanted)) return wanted;
  const followed = languages.find((language) => !following.includes(language));
  const own: readonly string[] = following.filter((language) => followed && now[language] !== now[followed]);
  const theirs = changedSince(seen, now).filter((name) => own.includes(name));
  const mine = changedSince(seen, wanted).filter((name) => !theirs.includes(name));
  return { ...now, ...Object.fromEntries(Object.entries(wanted).filter(([name]) => mine.includes(name))) };
}
