import { actionRow, type CardElement, link, subtle, text, written } from '../cards/elements.ts';
import { inTheirs, languages } from '../shared/language.ts';
import type { TextKey } from '../shared/text.ts';
import type { Written } from './model.ts';
import { proposalOf } from './proposal.ts';
import type { ReadItem } from './reading.ts';
import { type AgendaScene, beginningOf, nameIn } from './words-card.ts';

/** What cards show of an item, on the agenda and at the meeting. */

/** In the reader's language, else in the one in which it was written, which is said then. */
export function saidLines(name: string, words: Written, { texts }: AgendaScene, letters: number): CardElement[] {
  const found = inTheirs(words, texts.language);
  if (!found) return [];
  return labelled(nameIn(name, found.language, texts), found.text, letters);
}

export function labelled(label: string, content: string, letters: number): CardElement[] {
  return [
    text(label, { size: 'Small', weight: 'Bolder' }),
    { ...written(beginningOf(content, letters)), spacing: 'None' as const },
  ];
}

/**
 * Beside the field of a text, what it says in other languages: that goes when what stands in the reader's own is reworded; where
 * nothing does, what they write says the same in one more, as `note` says, but for `isReplaced`. `isShown`: all of it stands
 * further up in the form, and that it is kept.
 */
export function otherLines(
  name: string,
  words: Written,
  { texts }: AgendaScene,
  letters: number,
  {
    note = 'sitting.form.translates',
    isReplaced = false,
    isShown = false,
  }: { note?: TextKey; isReplaced?: boolean; isShown?: boolean } = {},
): CardElement[] {
  const isReworded = Boolean(words[texts.language]);
  const others = languages.filter((one) => one !== texts.language && words[one]);
  if (isShown) return isReworded ? others.map((one) => subtle(texts(`sitting.form.also.${one}`))) : [];
  const lines = others.flatMap((one) => {
    const label = isReworded ? texts(`sitting.form.also.${one}`) : nameIn(name, one, texts);
    return labelled(label, words[one] ?? '', letters);
  });
  return [...lines, ...(lines.length > 0 && !isReworded && !isReplaced ? [subtle(texts(note))] : [])];
}

/** What it is about, and what is proposed. */
export function wordLines(item: ReadItem, scene: AgendaScene, letters: number): CardElement[] {
  const { words } = item;
  const { texts } = scene;
  return [
    ...saidLines(texts('agenda.form.background'), words.background, scene, letters),
    ...saidLines(texts('agenda.form.proposal'), proposalOf(item, words), scene, letters),
  ];
}

/** The addresses of its material. */
export function materialRow({ words }: ReadItem, { texts }: AgendaScene): CardElement[] {
  if (words.links.length === 0) return [];
  return [actionRow(words.links.map((url, at) => link(texts('agenda.material', { number: at + 1 }), url)))];
}
