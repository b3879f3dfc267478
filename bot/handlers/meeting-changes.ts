import { z } from 'zod';
import { cancelCard } from '../../src/meetings/cards/cancel-card.ts';
import { occurrenceOf } from '../../src/meetings/standing.ts';
import { despite } from './meeting-doubts.ts';
import { cancelling, changing, recording } from './meeting-forms.ts';
import { type MeetingPages, type MeetingParts, meetingData, on } from './meeting-pages.ts';
import { type VerbTable, verb } from './verb.ts';

/** Longer than any field takes, so that what is too long comes back with that said. */
const said = z.string().max(2_000).optional();
const people = z.string().max(20_000).optional();
const fields = {
  scope: said,
  when: said,
  length: said,
  title: said,
  how: said,
  where: said,
  everyone: said,
  named: people,
};
/** Without `on` it is about the whole; the cards of a series that are older than their dates' names did not say which. */
const aboutOne = meetingData.extend({ on: on.optional() });

/** What whoever plans a meeting makes of one that has its time. */
export function meetingChanges({ pages }: MeetingParts & { pages: MeetingPages }) {
  const { act, open, opened, sentIn } = pages;
  return {
    'meeting.changeForm': verb({
      input: aboutOne,
      audience: 'leader of the body',
      run: (press, { on: about = null, ...data }) => open(press, data, changing(about), { on: about }),
    }),
    'meeting.change': verb({
      input: aboutOne.extend({ ...fields, seen: z.string().max(60).optional(), despite: despite.optional() }),
      audience: 'leader of the body',
      run: (press, { on: about = null, id, placement, despite: known, seen, ...inputs }) =>
        sentIn(press, { id, placement }, changing(about, { known, seen }), inputs, { on: about }),
    }),
    'meeting.cancelForm': verb({
      input: aboutOne,
      audience: 'leader of the body',
      run: (press, { on: about = null, ...data }) =>
        opened(
          press,
          data,
          cancelling,
          (meeting, scene) => cancelCard(meeting, occurrenceOf(meeting, about, scene), scene),
          { on: about },
        ),
    }),
    'meeting.cancel': verb({
      input: aboutOne.extend({ was: z.enum(['proposed', 'poll', 'planned', 'cancelled']).optional() }),
      audience: 'leader of the body',
      run: (press, { on: about = null, was, ...data }) =>
        act(press, data, { do: 'cancel', on: about, was }, { on: about }),
    }),
    'meeting.recordForm': verb({
      input: meetingData.extend({ on }),
      audience: 'leader of the body',
      run: (press, { on: about, ...data }) => open(press, data, recording(about), { on: about }),
    }),
    'meeting.record': verb({
      input: meetingData.extend({
        on,
        first: z.literal(1).optional(),
        nobody: z.literal(1).optional(),
        came: z.string().max(20_000).optional(),
      }),
      audience: 'leader of the body',
      run: (press, { on: about, first, nobody, came, ...data }) =>
        sentIn(press, data, recording(about, { first: first === 1, nobody: nobody === 1 }), { came }, { on: about }),
    }),
  } satisfies VerbTable;
}
