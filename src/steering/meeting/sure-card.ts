import { button, type Card, card, heading, text } from '../../cards/elements.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { ReadItem } from '../reading.ts';
import { type AgendaScene, dataOf, numbered } from '../words-card.ts';
import { votersAt } from './proceedings.ts';
import { type Meeting, optionText } from './record-card.ts';

/** Asked before a vote is ended that some have not voted in, or one is removed that has ended; null where nothing is to be asked. */
export function sureCard(
  { reading, sitting }: Meeting,
  item: ReadItem,
  does: 'endVote' | 'withdrawVote',
  scene: AgendaScene,
): Card | null {
  const { texts, directory } = scene;
  const { vote = null } = item.record ?? {};
  if (!vote || (does === 'endVote' && vote.ended !== null)) return null;
  const count = Object.keys(vote.votes).length;
  if (does === 'withdrawVote' && count === 0) return null;
  const silent = [...votersAt(sitting, item.id)].filter(([seat]) => vote.votes[seat] === undefined);
  // With nobody’s vote there is nothing to end, and that is said.
  if (does === 'endVote' && (silent.length === 0 || count === 0)) return null;
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const title = texts(`sitting.sureCard.${does}.title`);
  const names = silent.map(([, person]) => personName(directory, person, texts)).join(', ');
  const option = vote.ended ? optionText(vote, vote.ended.winner, scene, 60) : '';
  const lead =
    does === 'withdrawVote' && !vote.ended
      ? texts('sitting.sureCard.withdrawVote.cast', { count })
      : texts(`sitting.sureCard.${does}.lead`, { names, option });
  return card(texts, {
    speak: title,
    body: [text(numbered(item, scene), { size: 'Small' }), heading(title), text(lead)],
    actions: [
      button(texts(`sitting.action.${does}`), `sitting.${does}`, { ...data, sure: 1 }, { primary: true }),
      button(texts('actions.back'), 'sitting.view', data),
    ],
  });
}
