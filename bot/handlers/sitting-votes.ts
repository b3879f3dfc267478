import { emptyForm, withNewer } from '../../src/cards/form.ts';
import type { VerbOf } from '../../src/cards/verbs.ts';
import { AppError } from '../../src/shared/errors.ts';
import { broughtIn, seenOf } from '../../src/shared/seen.ts';
import { bySeat, seatInput } from '../../src/steering/meeting/attendance-form.ts';
import { parseCounter } from '../../src/steering/meeting/input.ts';
import { newerBallots, newerCounters } from '../../src/steering/meeting/newer-card.ts';
import { ballotParts, proposalParts, voteParts, withBallots } from '../../src/steering/meeting/parts.ts';
import { noRecord, recordOf } from '../../src/steering/meeting/proceedings.ts';
import type { Meeting } from '../../src/steering/meeting/record-card.ts';
import { ballotsForm, counterForm } from '../../src/steering/meeting/voting-form.ts';
import { recordLimits } from '../../src/steering/model.ts';
import { type AgendaPages, type AgendaParts, itemId, longest, page, typed } from './agenda-pages.ts';
import { createAskedFirst } from './sitting-asked.ts';
import { createItemForm, ofTurn, saidIn } from './sitting-item-form.ts';
import { carried, keeper, member, ofItem, type SittingPages } from './sitting-pages.ts';
import { type VerbDefinition, verb } from './verb.ts';

/** The verbs of a vote on an item. */
type VoteVerb = Extract<
  VerbOf<'sitting'>,
  `sitting.${'counterForm' | 'counter' | 'ballotsForm' | 'ballots' | 'vote' | 'endVote' | 'withdrawVote'}`
>;

/** What is put to the vote beside the proposal, how each seat votes, and how it ends. */
export function sittingVotes(
  parts: AgendaParts & { pages: AgendaPages },
  sittingPages: SittingPages,
): Readonly<Record<VoteVerb, VerbDefinition>> {
  const { newId } = parts;
  const { act, opened, sentIn, stepOf } = sittingPages;
  const itemForm = createItemForm(sittingPages);
  const askedFirst = createAskedFirst(parts, sittingPages);

  /** What the form of the votes has seen: how each seat has voted, and on what. */
  const votesIn = ({ sitting }: Meeting, item: string) => ({
    seen: seenOf(ballotParts(sitting, item)),
    on: seenOf(voteParts(recordOf(sitting.proceedings, item))),
  });

  const counter = itemForm({
    ...keeper,
    carries: ['newId', 'seen'],
    fields: { turn: 100, counter: longest },
    limits: { counter: recordLimits.counter },
    fieldOf: ofTurn,
    begun({ item }) {
      const seen = seenOf({ ...voteParts(item.record ?? noRecord), ...proposalParts(item, item.words) });
      return { more: { newId: newId(), seen } };
    },
    newer: newerCounters,
    draw: counterForm,
    parse: parseCounter,
    toPress: (value, context) => ({
      do: 'putToVote',
      item: context.item,
      id: context.carried.newId ?? newId(),
      ...value.turn,
      said: saidIn(context, value.counter),
      seen: context.carried.seen,
    }),
  });

  return {
    'sitting.counterForm': counter.open,
    'sitting.counter': counter.send,
    'sitting.ballotsForm': verb({
      input: ofItem.extend({ page }),
      ...keeper,
      run: (press, { item, page: at = 0, ...data }) =>
        opened(
          press,
          data,
          (meeting) => {
            const { vote } = recordOf(meeting.sitting.proceedings, item);
            // Of a card that is older than the end of the vote.
            if (!vote || vote.ended) throw new AppError(vote ? 'sitting.voteOver' : 'sitting.noVote');
            return ballotsForm(
              stepOf({ press, data, item, carried: {} }, meeting, votesIn(meeting, item)),
              at,
              emptyForm,
            );
          },
          { item },
        ),
    }),
    'sitting.ballots': verb({
      // One input for each seat, named after it.
      input: ofItem.extend({ seen: typed(1_000), on: carried.on }).catchall(typed(60)),
      ...keeper,
      run(press, { body, sitting, placement, item, seen, on, ...inputs }) {
        const data = { body, sitting, ...(placement && { placement }) };
        const context = { press, data, item, carried: {} };
        return sentIn(press, data, inputs, {
          limits: {},
          item,
          over: ['sitting.noVote', 'sitting.voteOver'],
          draw(meeting, form, _, isOvertaken) {
            const now = votesIn(meeting, item);
            const step = stepOf(context, meeting, now);
            // What was said of another vote says nothing of this one.
            if (on !== undefined && on !== now.on) return ballotsForm(step, 0, { ...form, values: {} });
            if (!isOvertaken) return ballotsForm(stepOf(context, meeting, { seen, on }), 0, form);
            // What was left alone stays as a colleague has made it, and what was not is shown beside theirs.
            const stands = ballotParts(meeting.sitting, item);
            const both = Object.entries(broughtIn(seen, withBallots(stands, bySeat(form.values)), stands));
            const values = Object.fromEntries(both.map(([seat, [, option]]) => [seatInput(seat), option]));
            return ballotsForm(step, 0, withNewer({ ...form, values }, newerBallots(step, values)));
          },
          parse: (value) => ({ ok: true, value }),
          toPress: (values) => ({ do: 'ballots', item, ballots: bySeat(values), on, seen }),
        });
      },
    }),
    'sitting.vote': verb({
      input: ofItem.extend({ option: itemId, on: carried.on }),
      ...member,
      run: (press, { item, option, on, ...data }) =>
        act(press, data, { do: 'vote', item, option, on }, item, press.texts('sitting.saidThanks.voted')),
    }),
    'sitting.endVote': askedFirst('endVote'),
    'sitting.withdrawVote': askedFirst('withdrawVote'),
  };
}
