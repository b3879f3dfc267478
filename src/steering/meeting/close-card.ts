import { button, type Card, card, heading, subtle, text } from '../../cards/elements.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { type AgendaScene, dataOf, numbered } from '../words-card.ts';

/** At most so many are named of what goes on. */
const mostNamed = 10;

/** Asked before a meeting is closed that has not settled all: what goes on to the next agenda. */
export function closeCard({ sitting }: Reading, left: readonly ReadItem[], scene: AgendaScene): Card {
  const { texts } = scene;
  const data = dataOf(sitting, scene);
  const title = texts('sitting.closeCard.title');
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      text(texts('sitting.closeCard.lead', { count: left.length })),
      ...left.slice(0, mostNamed).map((item) => text(numbered(item, scene), { spacing: 'Small' })),
      ...(left.length > mostNamed ? [subtle(texts('form.more', { count: left.length - mostNamed }))] : []),
    ],
    actions: [
      button(texts('sitting.action.close'), 'sitting.close', { ...data, sure: 1 }, { primary: true }),
      button(texts('actions.back'), 'sitting.view', data),
    ],
  });
}
