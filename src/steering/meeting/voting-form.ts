import { button, type Card, type CardAction, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField, textField } from '../../cards/inputs.ts';
import { paged } from '../../cards/paged.ts';
import { saidLines } from '../item-card.ts';
import { type RecordedSeat, recordLimits } from '../model.ts';
import { dataOf, fitting, sizeOf } from '../words-card.ts';
import { seatInput } from './attendance-form.ts';
import { choiceLetters, frame, type ItemStep, plainName, proposedLines, turnField } from './form.ts';
import { ballotOptions, votersAt } from './proceedings.ts';
import { optionText } from './record-card.ts';

/** The forms of a vote. */

/** Letters of each counter-proposal that is voted on already. */
const shownLetters = 200;

export function counterForm({ more, ...step }: ItemStep, form: Form): Card {
  const { meeting, item, scene } = step;
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'counter', scene, item, more),
    fields: [
      subtle(texts('form.starred')),
      ...proposedLines(item, scene),
      ...(item.record?.vote?.counters ?? []).flatMap((one, at) =>
        saidLines(texts('sitting.option.counterShort', { number: at + 1 }), one.text, scene, shownLetters),
      ),
      ...turnField(step, form),
      ...textField({
        ...field(form, 'counter'),
        label: texts('sitting.form.counter.text'),
        multiline: true,
        maxLength: recordLimits.counter,
      }),
    ],
  });
}

/** So many seats with what each can vote for, in their longest words, have room on a card. */
const ballotsPage = 20;
const roomForVotes = 21_000;

/** Of every seat that votes how it has voted; what is left empty stays. */
export function ballotsForm({ meeting, item, scene, more }: ItemStep, wanted: number, form: Form): Card {
  const { texts } = scene;
  const vote = item.record?.vote;
  const voters = votersAt(meeting.sitting, item.id);
  const seats = meeting.sitting.proceedings.seats.filter(({ id }) => voters.has(id));
  const options = vote ? ballotOptions(vote) : [];
  const data = { ...dataOf(meeting.reading.sitting, scene), item: item.id };
  const turn = (title: string, page: number): CardAction =>
    button(title, 'sitting.ballotsForm', { ...data, page }, { withoutInputs: true });
  const { shown, line, turns } = paged(seats, { size: ballotsPage, wanted, turn }, texts);
  const ofSeat = (seat: RecordedSeat, letters: number): CardElement[] => {
    const voter = voters.get(seat.id);
    return choiceField({
      ...field(form, seatInput(seat.id)),
      value: form.values[seatInput(seat.id)] ?? vote?.votes[seat.id]?.option,
      label: `${seat.name[texts.language]}: ${voter ? plainName(voter, scene) : ''}`,
      hint: texts('form.choose'),
      choices: vote
        ? options.map((option) => ({
            title: optionText(vote, option, scene, letters),
            value: option,
          }))
        : [],
    });
  };
  return formCard(texts, form, {
    ...frame(meeting.reading, 'ballots', scene, item, more),
    fields: [
      ...(turns.length > 0 ? [subtle(texts('sitting.form.ballots.pages'))] : []),
      ...fitting(choiceLetters, roomForVotes - sizeOf(form.newer ?? []), (letters) =>
        shown.flatMap((seat) => ofSeat(seat, letters)),
      ),
      ...line,
    ],
    others: turns,
    tall: shown.length > 6,
  });
}
