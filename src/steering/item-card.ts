import { actionRow, type CardElement, link, text, written } from '../cards/elements.ts';
import { inTheirs } from '../shared/language.ts';
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
  return [
    text(label, { size: 'Small', weight: 'Bolder' }),
    { ...written(beginningOf(found.text, letters)), spacing: 'None' as const },
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
