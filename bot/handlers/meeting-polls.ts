import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { pickCard } from '../../src/meetings/cards/anyway-cards.ts';
import { rests } from '../../src/meetings/cards/poll-card.ts';
import { missingText } from '../../src/meetings/cards/words-card.ts';
import { standingsOf } from '../../src/meetings/poll-standing.ts';
import { despite, nameOfAll } from './meeting-doubts.ts';
import { addingTimes, changingTime, extending, voting } from './meeting-forms.ts';
import { type MeetingData, type MeetingPages, meetingData } from './meeting-pages.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

const optionId = z.string().max(40);
const said = (limit: number) => z.string().max(limit).optional();

/** Finding a time: everybody's answers, and what whoever plans does with the times. */
export function meetingPolls({ pages }: { pages: MeetingPages }) {
  const { act, actWeighed, open, sentIn } = pages;

  /** What is picked although somebody is missing, or something else speaks against it, is asked first. */
  const pick = (press: Press, data: MeetingData, option: string, known: string | null): Promise<Card> =>
    actWeighed(press, data, { do: 'pick', option }, known, (meeting, doubts, scene) => {
      const standings = meeting.stage.is === 'poll' ? standingsOf(meeting, meeting.stage.poll, scene.directory) : [];
      const standing = standings.find((one) => one.option.id === option);
      const missing = standing ? missingText(standing.coverage, scene) : null;
      if (!standing || (missing === null && doubts.length === 0)) return null;
      const name = nameOfAll(doubts, missing);
      return { name, draw: () => pickCard(meeting, standing.option, { missing, doubts, despite: name }, scene) };
    });

  return {
    'meeting.voteForm': verb({
      // What is filled in already comes along, as with an answer.
      input: meetingData.extend({ rest: z.enum(rests).optional() }).catchall(said(20)),
      audience: 'invited people',
      run: (press, { id, placement, rest, ...given }) =>
        open(press, { id, placement }, voting(press.actor, { rest: rest ?? null, given })),
    }),
    'meeting.vote': verb({
      // One input for each time, named after it.
      input: meetingData.catchall(said(20)),
      audience: 'invited people',
      run(press, { id, placement, ...votes }) {
        const thanks = { tone: 'good', text: press.texts('meeting.vote.saved') } as const;
        return sentIn(press, { id, placement }, voting(press.actor), votes, { said: thanks });
      },
    }),
    'meeting.pick': verb({
      input: meetingData.extend({ option: optionId, despite: despite.optional() }),
      audience: 'leader of the body',
      run: (press, { option, despite: known = null, ...data }) => pick(press, data, option, known),
    }),
    'meeting.timesForm': verb({
      input: meetingData.extend({ option: optionId.optional() }),
      audience: 'leader of the body',
      run: (press, { option, ...data }) =>
        option === undefined ? open(press, data, addingTimes()) : open(press, data, changingTime(option)),
    }),
    'meeting.addTimes': verb({
      input: meetingData.extend({ times: said(20_000), despite: despite.optional() }),
      audience: 'leader of the body',
      run: (press, { times, despite: known = null, ...data }) => sentIn(press, data, addingTimes(known), { times }),
    }),
    'meeting.changeTime': verb({
      input: meetingData.extend({ option: optionId, time: said(2_000), despite: despite.optional() }),
      audience: 'leader of the body',
      run: (press, { option, time, despite: known = null, ...data }) =>
        sentIn(press, data, changingTime(option, known), { time }),
    }),
    'meeting.removeTime': verb({
      input: meetingData.extend({ option: optionId }),
      audience: 'leader of the body',
      run: (press, { option, ...data }) => act(press, data, { do: 'removeTime', option }),
    }),
    'meeting.extendForm': verb({
      input: meetingData,
      audience: 'leader of the body',
      run: (press, data) => open(press, data, extending),
    }),
    'meeting.extend': verb({
      input: meetingData.extend({ deadline: said(2_000) }),
      audience: 'leader of the body',
      run: (press, { deadline, ...data }) => sentIn(press, data, extending, { deadline }),
    }),
  } satisfies VerbTable;
}
