import { button, type Card, card, heading, text } from '../../cards/elements.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Seen } from '../../shared/seen.ts';
import type { ReadItem } from '../reading.ts';
import { type AgendaScene, dataOf, numbered } from '../words-card.ts';
import { votersAt } from './proceedings.ts';
import { type Meeting, optionText } from './record-card.ts';

/** What is asked first, where something speaks against it. */
export type Asked = 'endVote' | 'withdrawVote' | 'undecide';

/**
 * Asked before a vote is ended in which some have not voted, or something goes that people have said: votes, or what is against
 * a decision, or its words. Null where nothing is to be asked.
 */
export function sureCard(
  { reading, sitting }: Meeting,
  item: ReadItem,
  does: Asked,
  seen: Seen['seen'],
  scene: AgendaScene,
): Card | null {
  const { texts } = scene;
  const lead = leadOf(sitting, item, does, scene);
  if (lead === null) return null;
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const title = texts(`sitting.sureCard.${does}.title`);
  const more = seen === undefined ? {} : { seen };
  return card(texts, {
    speak: title,
    body: [text(numbered(item, scene), { size: 'Small' }), heading(title), text(lead)],
    actions: [
      button(texts(`sitting.action.${does}`), `sitting.${does}`, { ...data, ...more, sure: 1 }, { primary: true }),
      button(texts('actions.back'), 'sitting.view', data),
    ],
  });
}

function leadOf(sitting: Meeting['sitting'], { id, record }: ReadItem, does: Asked, scene: AgendaScene): string | null {
  const { texts, directory } = scene;
  const { vote = null, outcome = null, dissents = [] } = record ?? {};
  const namesOf = (people: readonly PersonId[]): string =>
    people.map((person) => personName(directory, person, texts)).join(', ');
  switch (does) {
    case 'endVote': {
      if (!vote || vote.ended) return null;
      const silent = [...votersAt(sitting, id)].filter(([seat]) => vote.votes[seat] === undefined);
      // With nobody’s vote there is nothing to end, and that is said.
      if (silent.length === 0 || Object.keys(vote.votes).length === 0) return null;
      return texts('sitting.sureCard.endVote.lead', { names: namesOf(silent.map(([, person]) => person)) });
    }
    case 'withdrawVote': {
      const count = Object.keys(vote?.votes ?? {}).length;
      if (!vote || count === 0) return null;
      if (!vote.ended) return texts('sitting.sureCard.withdrawVote.cast', { count });
      return texts('sitting.sureCard.withdrawVote.lead', { option: optionText(vote, vote.ended.winner, scene, 60) });
    }
    case 'undecide': {
      if (dissents.length > 0)
        return texts('sitting.sureCard.undecide.dissents', { names: namesOf(dissents.map(({ person }) => person)) });
      return Object.keys(outcome?.text ?? {}).length > 0 ? texts('sitting.sureCard.undecide.lead') : null;
    }
  }
}
