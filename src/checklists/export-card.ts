import { button, type Card, card, heading, link, text, withoutMarkdown } from '../cards/elements.ts';
import { type Format, formats } from '../documents/model.ts';
import { dataOf, type ListScene } from './card.ts';
import type { Checklist } from './model.ts';

export interface ExportLinks {
  /** The address of the list as a file. */
  to: (format: Format) => string;
  /** How long they are good. */
  minutes: number;
}

/** The list as files, for whoever asked and for a while. */
export function exportCard(list: Checklist, scene: ListScene, { to, minutes }: ExportLinks): Card {
  const { texts } = scene;
  const title = texts('checklist.export.title', { title: list.title[texts.language] });
  return card(texts, {
    speak: title,
    body: [heading(withoutMarkdown(title)), text(texts('checklist.export.lead', { minutes }))],
    actions: [
      ...formats.map((format) => link(texts(`checklist.export.${format}`), to(format))),
      button(texts('actions.back'), 'checklist.view', dataOf(list, scene)),
    ],
  });
}
