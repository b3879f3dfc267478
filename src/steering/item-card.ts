import { actionRow, type CardElement, link, subtle, text, written } from '../cards/elements.ts';
import { inTheirs, languages } from '../shared/language.ts';
import type { Written } from './model.ts';
import { proposalOf } from './proposal.ts';
import type { ReadItem } from './reading.ts';
import { type AgendaScene, beginningOf } from './words-card.ts';

/** What cards show of an item, on the agenda and at the meeting. */

/** In the reader's language, else in the one in which it was written, which is said then. */
export function saidLines(name: string, words: Written, { texts }: AgendaScene, letters: number): CardElement[] {
  const found = inTheirs(words, texts.language);
  if (!found) return [];
  const label = found.language === texts.language ? name : `${name} (${texts(`minutes.paper.in.${found.language}`)})`;
  return labelled(label, found.text, letters);
}

export function labelled(label: string, content: string, letters: number): CardElement[] {
  return [
    text(label, { size: 'Small', weight: 'Bolder' }),
    { ...written(beginningOf(content, letters)), spacing: 'None' as const },
  ];
}

/**
 * Beside the field of a text, what it says in other languages: that goes when what stands in the reader's own is reworded; where
 * nothing does, what they write says the same in one more, but for `isReplaced`. `isShown`: that stands further up in the form, with what
 * comes of it.
 */
export function otherLines(
  name: string,
  words: Written,
  { texts }: AgendaScene,
  letters: number,
  { isReplaced = false, isShown = false } = {},
): CardElement[] {
  const isReworded = Boolean(words[texts.language]);
  if (isShown && !isReworded) return [];
  const lines = languages.flatMap((one) => {
    const said = words[one];
    if (one === texts.language || !said) return [];
    const label = isReworded ? texts(`sitting.form.also.${one}`) : `${name} (${texts(`minutes.paper.in.${one}`)})`;
    return labelled(label, said, letters);
  });
  return [
    ...lines,
    ...(lines.length > 0 && !isReworded && !isReplaced ? [subtle(texts('sitting.form.translates'))] : []),
  ];
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
