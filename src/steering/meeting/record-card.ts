import {
  actionRow,
  type CardElement,
  columns,
  container,
  subheading,
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { PersonId } from '../../shared/ids.ts';
import { inTheirs } from '../../shared/language.ts';
import { saidLines } from '../item-card.ts';
import type { Proceedings, ReadRecord, Sitting, Written } from '../model.ts';
import { proposalOf } from '../proposal.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { type AgendaScene, beginningOf, outcomeText } from '../words-card.ts';
import { actionButtons, actionLines } from './decisions-card.ts';
import { ballotOptions, counterWon, countsOf, quorumAt, resultKey, votersAt } from './proceedings.ts';

/** What was recorded of an item, as the card of the meeting shows it. */

/** The sitting of a meeting that was opened, and what its reader may see of it. */
export interface Meeting {
  reading: Reading;
  sitting: Pick<Sitting, 'items'> & { proceedings: Proceedings };
}

/** With so few, what is to be done has its buttons among the decisions and tasks, but for the first. */
export const tightLetters = 100;
/** At most, of what there are several of; and of how many of those who are disqualified, and of dissents. */
const shortLetters = 250;
const mostNamed = 5;
const buttonsWhenTight = 3;

export function recordLines(
  { reading, sitting }: Meeting,
  item: ReadItem,
  record: ReadRecord,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  const { texts, directory } = scene;
  const name = (person: PersonId): string => personName(directory, person, texts);
  const { vote, outcome, recusals, dissents, actions } = record;
  const isDone = outcome !== null;
  const needsQuorum = !isDone && !quorumAt(sitting, item.id, scene.policy.quorum).met;
  const fewer = Math.min(letters, shortLetters);
  const more = (all: readonly unknown[]): CardElement[] =>
    all.length > mostNamed ? [subtle(texts('form.more', { count: all.length - mostNamed }))] : [];
  return [
    ...(needsQuorum ? [text(texts('sitting.cannotDecide'), { weight: 'Bolder', color: 'Warning' })] : []),
    ...(record.chair ? [text(texts('sitting.chairOfItem', { name: name(record.chair) }), { spacing: 'Small' })] : []),
    ...saidLines(texts('sitting.discussion'), record.discussion, scene, letters),
    ...recusals
      .slice(0, mostNamed)
      .map(({ person, substitute }) =>
        text(
          substitute
            ? texts('sitting.recusedFor', { name: name(person), substitute: name(substitute) })
            : texts('sitting.recused', { name: name(person) }),
          { spacing: 'Small' },
        ),
      ),
    ...more(recusals),
    ...(vote ? votesOf({ vote, outcome }, votersAt(sitting, item.id), scene, fewer) : []),
    ...(outcome ? decisionLines(outcome, item, scene, letters) : []),
    ...dissents
      .slice(0, mostNamed)
      .flatMap(({ person, text: words }) =>
        saidLines(texts('sitting.dissentOf', { name: name(person) }), words, scene, fewer),
      ),
    ...more(dissents),
    ...(actions.length > 0 ? [subheading(texts('sitting.actions'))] : []),
    ...actions.map((action, at) => {
      const isOpen = sitting.proceedings.closed === null;
      const hasRoom = letters > tightLetters || at < buttonsWhenTight;
      const buttons = hasRoom ? actionButtons({ reading, item, action }, scene, { isOpen }) : [];
      const lines = actionLines(action, scene, letters);
      return buttons.length > 0 ? columns(lines, [actionRow(buttons)]) : container(lines);
    }),
  ];
}

/** What was decided, and its words. */
export function decisionLines(
  outcome: NonNullable<ReadRecord['outcome']>,
  item: ReadItem,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  const { texts } = scene;
  return [
    text(texts('sitting.decision', { outcome: outcomeText(outcome.as, item, scene) }), {
      weight: 'Bolder',
      spacing: 'Small',
    }),
    ...saidLines(texts('sitting.decisionText'), outcome.text, scene, letters),
  ];
}

/** What is said of what has won the vote, and its words; null while none has ended. */
export function wonOf(item: ReadItem, scene: AgendaScene): { name: string; words: Written } | null {
  const { vote = null, outcome = null } = item.record ?? {};
  if (!vote?.ended) return null;
  const option = shortOption(vote.ended.winner, ballotOptions(vote), scene);
  const name = scene.texts(resultKey(vote.ended, outcome !== null), { option });
  return { name, words: counterWon(vote)?.text ?? proposalOf(item, item.words) };
}

/** What is voted on, with how many voted for it, who abstained, and while it goes on who has not voted yet. */
function votesOf(
  { vote, outcome }: { vote: NonNullable<ReadRecord['vote']>; outcome: ReadRecord['outcome'] },
  voters: ReadonlyMap<string, PersonId>,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  const { texts, directory } = scene;
  const { ended } = vote;
  const abstained = Object.values(vote.votes).filter(({ option }) => option === 'abstain').length;
  const counts = [...countsOf(vote), ...(abstained > 0 ? [{ option: 'abstain', votes: abstained }] : [])];
  const lines = counts.map(({ option, votes }) =>
    text(`${withoutMarkdown(optionText(vote, option, scene, letters))} – ${texts('sitting.votes', { count: votes })}`, {
      spacing: 'None',
    }),
  );
  const silent = [...voters].filter(([seat]) => vote.votes[seat] === undefined);
  const names = silent.map(([, person]) => personName(directory, person, texts)).join(', ');
  const winner = ended && shortOption(ended.winner, ballotOptions(vote), scene);
  return [
    text(texts(ended ? 'sitting.voteEnded' : 'sitting.voting'), { weight: 'Bolder', spacing: 'Small' }),
    ...lines,
    ...(!ended && names ? [subtle(texts('sitting.notVoted', { names }))] : []),
    ...(winner ? [text(texts(resultKey(ended, outcome !== null), { option: winner }), { spacing: 'Small' })] : []),
  ];
}

/** What a vote can be given for, in words; for places that read no Markdown. */
export function optionText(
  vote: NonNullable<ReadRecord['vote']>,
  option: string,
  { texts }: AgendaScene,
  letters: number,
): string {
  if (option === 'proposal') return texts('sitting.option.proposal');
  if (option === 'abstain') return texts('sitting.option.abstain');
  const at = vote.counters.findIndex(({ id }) => id === option);
  const words = inTheirs(vote.counters[at]?.text ?? {}, texts.language)?.text ?? '';
  return texts('sitting.option.counter', { number: at + 1, text: beginningOf(words, letters) });
}

export function shortOption(option: string, options: readonly string[], { texts }: AgendaScene): string {
  if (option === 'proposal' || option === 'abstain') return texts(`sitting.option.${option}`);
  return texts('sitting.option.counterShort', { number: options.indexOf(option) });
}
