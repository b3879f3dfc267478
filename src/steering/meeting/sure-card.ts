import { banner, button, type Card, card, heading, text } from '../../cards/elements.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type Seen, seenOf } from '../../shared/seen.ts';
import type { Asked } from '../model.ts';
import type { ReadItem } from '../reading.ts';
import { type AgendaScene, dataOf, numbered } from '../words-card.ts';
import { askedParts } from './parts.ts';
import { silentAt } from './proceedings.ts';
import { type Meeting, optionText } from './record-card.ts';

/** Asked before something is done against which something speaks, see {@link askedParts}; null where nothing does. `wrong`: why again. */
export function sureCard(
  { reading, sitting }: Meeting,
  item: ReadItem,
  does: Asked,
  { seen, wrong }: Seen & { wrong?: string | undefined },
  scene: AgendaScene,
): Card | null {
  const { texts } = scene;
  const asks = askedParts(does, sitting, item.id);
  const lead = leadOf(sitting, item, does, scene);
  if (asks === null || lead === null) return null;
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const title = texts(`sitting.sureCard.${does}.title`);
  const more = { ...(seen !== undefined && { seen }), asked: seenOf(asks) };
  return card(texts, {
    speak: title,
    body: [
      ...(wrong === undefined ? [] : [banner('warning', wrong)]),
      text(numbered(item, scene), { size: 'Small' }),
      heading(title),
      text(lead),
    ],
    actions: [
      button(texts(`sitting.action.${does}`), `sitting.${does}`, { ...data, ...more, sure: 1 }, { primary: true }),
      button(texts('actions.back'), 'sitting.view', data),
    ],
  });
}

function leadOf(sitting: Meeting['sitting'], { id, record }: ReadItem, does: Asked, scene: AgendaScene): string | null {
  const { texts, directory } = scene;
  const { vote = null, dissents = [] } = record ?? {};
  const namesOf = (people: readonly PersonId[]): string =>
    people.map((person) => personName(directory, person, texts)).join(', ');
  switch (does) {
    case 'endVote': {
      const silent = silentAt(sitting, id);
      return texts('sitting.sureCard.endVote.lead', { names: namesOf(silent.map(([, person]) => person)) });
    }
    case 'withdrawVote': {
      const count = Object.keys(vote?.votes ?? {}).length;
      if (!vote) return null;
      if (!vote.ended) return texts('sitting.sureCard.withdrawVote.cast', { count });
      return texts('sitting.sureCard.withdrawVote.lead', { option: optionText(vote, vote.ended.winner, scene, 60) });
    }
    case 'undecide': {
      if (dissents.length > 0)
        return texts('sitting.sureCard.undecide.dissents', { names: namesOf(dissents.map(({ person }) => person)) });
      return texts('sitting.sureCard.undecide.lead');
    }
  }
}
