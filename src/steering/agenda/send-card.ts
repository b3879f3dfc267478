import { button, type Card, card, heading, text } from '../../cards/elements.ts';
import type { Reading } from '../reading.ts';
import { lacksDocument } from '../standing.ts';
import { type AgendaScene, dataOf, holdingText, numbered } from '../words-card.ts';

/** Asked before an agenda goes out: to how many, and what is left to do. */
export function sendCard({ sitting, items }: Reading, recipients: number, scene: AgendaScene): Card {
  const { texts } = scene;
  const title = texts('agenda.sendCard.title');
  const waiting = items.filter(({ state }) => state.is === 'proposed').length;
  const lacking = items.filter((item) => item.state.is === 'accepted' && lacksDocument(item));
  const data = dataOf(sitting, scene);
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      text(holdingText(sitting, scene), { weight: 'Bolder', spacing: 'Small' }),
      text(texts('agenda.sendCard.lead', { count: recipients })),
      ...(lacking.length > 0
        ? [
            text(
              texts('agenda.sendCard.lacks', {
                count: lacking.length,
                titles: lacking.map((item) => numbered(item, scene)).join('; '),
              }),
            ),
          ]
        : []),
      ...(waiting > 0 ? [text(texts('agenda.sendCard.waiting', { count: waiting }), { weight: 'Bolder' })] : []),
    ],
    actions: [
      button(texts('agenda.actions.sendNow'), 'agenda.send', { ...data, sure: 1 }, { primary: true }),
      button(texts('actions.back'), 'agenda.view', data),
    ],
  });
}
