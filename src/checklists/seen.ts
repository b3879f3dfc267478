import { fingerprintOf } from '../shared/fingerprint.ts';
import { languages } from '../shared/language.ts';
import type { Item, ItemContent } from './model.ts';

/**
 * What somebody saw before they wrote, so short that the card of their form carries it: so nobody writes over what a
 * colleague has written meanwhile without having read it, and what they left alone stays as the colleague made it.
 */

/** What is changed as one: a month goes with how often something comes. */
const parts = {
  text: ({ text }: ItemContent): unknown => languages.map((language) => text[language]),
  approval: ({ approval }: ItemContent): unknown => approval,
  recurrence: ({ every, month }: ItemContent): unknown => [every, month],
};
export type Part = keyof typeof parts;
const names = ['text', 'approval', 'recurrence'] as const satisfies readonly Part[];

export function seenContent(content: ItemContent): string {
  return names.map((name) => fingerprintOf(parts[name](content))).join('-');
}

/** Where `content` is other than what was seen. */
export function changedSince(seen: string, content: ItemContent): Part[] {
  const before = seen.split('-');
  const now = seenContent(content).split('-');
  return names.filter((_, at) => now[at] !== before[at]);
}

/** What its sender has changed, and somebody else too since they saw it, to something else. */
export function overtaken(seen: string, wanted: ItemContent, now: ItemContent): Part[] {
  const [mine, theirs] = [changedSince(seen, wanted), changedSince(seen, now)];
  const differing = changedSince(seenContent(now), wanted);
  return differing.filter((name) => mine.includes(name) && theirs.includes(name));
}

/** `now`, with what the sender of `wanted` has changed in it. */
export function broughtIn(seen: string, wanted: ItemContent, now: ItemContent): ItemContent {
  const mine = changedSince(seen, wanted);
  const by = (name: Part): ItemContent => (mine.includes(name) ? wanted : now);
  const { every, month } = by('recurrence');
  return { text: by('text').text, approval: by('approval').approval, every, month };
}

/** Of its ciphertext, which is another one each time that something is written. */
export function seenNote({ note }: Pick<Item, 'note'>): string {
  return fingerprintOf(note && [note.iv, note.ct]);
}
