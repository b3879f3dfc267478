import { AppError } from '../shared/errors.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import { type Localised, languages } from '../shared/language.ts';
import type { Block, Item, ItemContent, Owner } from './model.ts';

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

export const titleParts = ({ title }: Pick<Block, 'title'>): Parts => ({ title: inOrder(title) });

/** A month goes with how often something comes. */
export const contentParts = ({ text, approval, every, month }: ItemContent): Parts => ({
  text: inOrder(text),
  approval,
  recurrence: [every, month],
});

const inOrder = (words: Localised): string[] => languages.map((language) => words[language]);

const betweenParts = '-';

export function seenOf(parts: Parts): string {
  return Object.values(parts).map(fingerprintOf).join(betweenParts);
}

/** The parts that are other than what was seen; none when it is not known what was, as of a form of before. */
export function changedSince(seen: string | undefined, parts: Parts): string[] {
  if (seen === undefined) return [];
  const before = seen.split(betweenParts);
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

/** `now`, with what the sender of `wanted` has changed in it: all of it when it is not known what they saw. */
export function broughtIn(seen: string | undefined, wanted: ItemContent, now: ItemContent): ItemContent {
  if (seen === undefined) return wanted;
  const mine = changedSince(seen, contentParts(wanted));
  const by = (name: string): ItemContent => (mine.includes(name) ? wanted : now);
  const { every, month } = by('recurrence');
  return { text: by('text').text, approval: by('approval').approval, every, month };
}
