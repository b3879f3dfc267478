import type { Card } from '../../src/cards/elements.ts';
import { emptyForm, withNewer } from '../../src/cards/form.ts';
import type { VerbOf } from '../../src/cards/verbs.ts';
import { bodyOf, membersOf } from '../../src/directory/model.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { broughtIn, seenOf } from '../../src/shared/seen.ts';
import { bySeat, recuseForm, seatInput } from '../../src/steering/meeting/attendance-form.ts';
import { ownVoice } from '../../src/steering/meeting/deciding.ts';
import {
  assignForm,
  decideForm,
  discussForm,
  dissentForm,
  dissentOfForm,
  handOnForm,
  type ItemStep,
  usualOutcome,
} from '../../src/steering/meeting/form.ts';
import {
  parseAction,
  parseCounter,
  parseDecision,
  parseDiscussion,
  parseDissent,
  parseHolder,
  parseRecusal,
} from '../../src/steering/meeting/input.ts';
import {
  newerAction,
  newerBallots,
  newerCounters,
  newerDecision,
  newerDiscussion,
  newerDissents,
  newerHolder,
  newerRecusals,
} from '../../src/steering/meeting/newer-card.ts';
import {
  actionParts,
  againstParts,
  ballotParts,
  decisionParts,
  discussionParts,
  dissentParts,
  notedParts,
  proposalParts,
  recusalParts,
  resultParts,
  voteParts,
  withBallots,
} from '../../src/steering/meeting/parts.ts';
import { heldBy, noRecord, recordOf, stillHanded, votedFor } from '../../src/steering/meeting/proceedings.ts';
import type { Meeting } from '../../src/steering/meeting/record-card.ts';
import { sureCard } from '../../src/steering/meeting/sure-card.ts';
import { ballotsForm, counterForm } from '../../src/steering/meeting/voting-form.ts';
import { type Asked, recordLimits } from '../../src/steering/model.ts';
import { type AgendaPages, type AgendaParts, itemId, longest, page, refOf, typed } from './agenda-pages.ts';
import { explained } from './error-text.ts';
import {
  type Carried,
  carried,
  type ItemContext,
  itemWith,
  keeper,
  member,
  ofItem,
  type SittingPages,
} from './sitting-pages.ts';
import type { DrawTasks } from './tasks.ts';
import { type VerbDefinition, verb } from './verb.ts';

/** The verbs of a meeting that are about one of its items. */
type ItemVerb = Exclude<
  VerbOf<'sitting'>,
  `sitting.${'view' | 'beginForm' | 'begin' | 'undoBegin' | 'attendForm' | 'attend' | 'chairForm' | 'chair' | 'close' | 'reopen'}`
>;

/** Refusals of who is to do something, and until when. */
const ofHolder = { 'sitting.pastDue': 'due', 'directory.unknownMember': 'owner' } as const;

/** Refusals of when it is dealt with. */
const ofTurn = { 'sitting.passedBy': 'turn', 'sitting.otherPlace': 'turn' } as const;

/** What comes of each item: what was said, voted and decided, who took no part, and who does what. */
export function sittingItemVerbs(
  parts: AgendaParts & { pages: AgendaPages; drawTasks: DrawTasks },
  { act, opened, refused, drawn, sentIn, stepOf, itemForm, meetingOf }: SittingPages,
): Readonly<Record<ItemVerb, VerbDefinition>> {
  const { steering, newId, drawTasks, background } = parts;
  const { sceneOf, decisions, noted } = parts.pages;

  const saidIn = ({ press: { texts } }: ItemContext, text: string) => ({ language: texts.language, text });

  /** Who can be given something to do: the members of the body. */
  const peopleOf = ({ press, data }: ItemContext) =>
    membersOf(sceneOf(press, data).directory, data.body).map(({ person, name }) => ({ title: name, value: person }));

  const actionOf = ({ item }: ItemStep, id: string | undefined) =>
    item.record?.actions.find((action) => action.id === id) ?? null;

  /** What the form of the votes has seen: how each seat has voted, and on what. */
  const votesIn = ({ sitting }: Meeting, item: string) => ({
    seen: seenOf(ballotParts(sitting, item)),
    on: seenOf(voteParts(recordOf(sitting.proceedings, item))),
  });

  /** Where something speaks against it, and nothing keeps it from being done, it is asked first; and again where that is another by now. */
  const askedFirst = (name: Asked) =>
    verb({
      input: itemWith(['sure', 'asked', name === 'undecide' ? 'seen' : 'on']),
      ...keeper,
      async run(press, { item: id, sure, seen, on, asked = sure ? undefined : null, ...data }) {
        try {
          const command = { do: name, item: id, seen, on, asked };
          const next = await steering.record(press.actor, refOf(data), command, data.placement ?? null);
          return await drawn(press, data, next, { item: id, said: press.texts(`sitting.saidThanks.${name}`) });
        } catch (error) {
          const stored = isAppError(error, 'sitting.unsure') ? await steering.lastSeen(press.actor, refOf(data)) : null;
          const meeting = stored && meetingOf(press, stored);
          const item = meeting?.reading.items.find((one) => one.id === id);
          const scene = sceneOf(press, data);
          const wrong = asked === null ? undefined : explained(error, press, scene.directory);
          const question = meeting && item ? sureCard(meeting, item, name, { seen, wrong }, scene) : null;
          if (!question || !stored) return refused(press, data, error, id);
          await noted(press, data, stored, id);
          return question;
        }
      },
    });

  /** Where somebody stood who said how it is with something to do: at the meeting, at the decisions, or among their tasks. */
  async function backTo({ press, data, item }: ItemContext, from: Carried['from']): Promise<Card> {
    const said = { tone: 'good', text: press.texts('sitting.saidThanks.saved') } as const;
    // What was left to do stands on the next agenda as well.
    background(() => steering.attend(press.actor.tenant, data.body));
    if (from === undefined) return drawTasks(press, { said });
    const body = bodyOf(sceneOf(press, data).directory, data.body);
    if (from !== 'meeting' && body) return decisions(press, body, { page: from, said });
    return drawn(press, data, await steering.view(press.actor, refOf(data)), { item, said: said.text });
  }

  const doing = (name: 'done' | 'undone') =>
    verb({
      input: ofItem.extend({ action: itemId, from: carried.from }),
      ...member,
      async run(press, { item, action, from, ...data }) {
        try {
          await steering.record(press.actor, refOf(data), { do: name, item, id: action }, data.placement ?? null);
          return await backTo({ press, data, item, carried: {} }, from);
        } catch (error) {
          return refused(press, data, error, item);
        }
      },
    });

  const discuss = itemForm({
    ...keeper,
    carries: ['seen'],
    fields: { discussion: longest },
    limits: { discussion: recordLimits.discussion },
    begun({ item }, { press }) {
      const text = item.record?.discussion ?? {};
      return {
        values: { discussion: text[press.texts.language] ?? '' },
        more: { seen: seenOf(discussionParts(text)) },
      };
    },
    newer: newerDiscussion,
    stands: ({ item }) => item.record?.discussion,
    draw: discussForm,
    parse: parseDiscussion,
    toPress: (value, context) => ({
      do: 'discuss',
      item: context.item,
      said: saidIn(context, value.discussion),
      seen: context.carried.seen,
    }),
  });

  const decide = itemForm({
    ...keeper,
    carries: ['seen'],
    fields: { as: 20, turn: 100, decision: longest },
    limits: { decision: recordLimits.decision },
    fieldOf: { 'sitting.wordsNeeded': 'decision', 'sitting.nothingProposed': 'as', ...ofTurn },
    begun({ item }, { press }) {
      const { outcome = null, vote = null, dissents = [] } = item.record ?? {};
      const text = outcome?.text[press.texts.language] ?? '';
      const voted = vote && votedFor(vote);
      return {
        values: { as: outcome?.as ?? voted ?? usualOutcome(item), decision: text },
        more: {
          seen: seenOf({
            ...decisionParts(outcome?.as ?? null, outcome?.text ?? {}, dissents),
            ...proposalParts(item, item.words),
            ...resultParts(item.record ?? noRecord),
          }),
        },
      };
    },
    newer: newerDecision,
    stands: ({ item }) => item.record?.outcome?.text,
    beside: () => 'errors.form.besideOutcome',
    draw: decideForm,
    parse: parseDecision,
    toPress: (value, context) => ({
      do: 'decide',
      item: context.item,
      as: value.as,
      ...value.turn,
      said: saidIn(context, value.decision),
      seen: context.carried.seen,
    }),
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

  const recuse = itemForm({
    ...keeper,
    carries: ['seen'],
    fields: { who: 200 },
    limits: {},
    begun: ({ item }) => ({ more: { seen: seenOf(recusalParts(item.record?.recusals ?? [])) } }),
    newer: newerRecusals,
    draw: recuseForm,
    parse: parseRecusal,
    toPress: ({ who: { seat, person, substitute } }, { item, carried: { seen } }) =>
      person === null ? { do: 'unrecuse', item, seat, seen } : { do: 'recuse', item, seat, person, substitute, seen },
  });

  const dissent = itemForm({
    ...member,
    opensWith: ['for'],
    carries: ['for', 'seen', 'gone'],
    fields: { seat: 200, dissent: longest },
    limits: { dissent: recordLimits.dissent },
    fieldOf: { 'sitting.dissentKnown': 'seat', 'sitting.speaksNot': 'seat' },
    isOwn: (given) => given.for === undefined,
    allow({ meeting, item }, { press, carried: given }) {
      if (given.for === undefined) ownVoice(meeting.sitting, item.id, press.actor.person);
    },
    begun({ item }, { press, carried: given }) {
      const { dissents = [] } = item.record ?? {};
      const against = againstParts(item.record ?? { outcome: null, vote: null }, proposalParts(item, item.words));
      if (given.for !== undefined) return { more: { ...given, seen: seenOf({ ...notedParts(dissents), ...against }) } };
      const text = dissents.find(({ person }) => person === press.actor.person)?.text ?? {};
      return {
        values: { dissent: text[press.texts.language] ?? '' },
        more: { seen: seenOf({ ...dissentParts(text), ...against }) },
      };
    },
    newer: (step, { press, carried: given }) =>
      newerDissents(step, given.for === undefined ? press.actor.person : null),
    // Of what was noted for somebody nothing stays beside it.
    stands({ item }, { press, carried: given }) {
      const own = item.record?.dissents.find(({ person }) => person === press.actor.person);
      return given.for === undefined && own?.by === undefined ? own?.text : undefined;
    },
    draw: (step, form, { carried: given }) =>
      given.for === undefined ? dissentForm(step, form) : dissentOfForm(step, form),
    parse: (values, { carried: given }) => parseDissent(values, { isOwn: given.for === undefined }),
    toPress: (value, context) => ({
      do: 'dissent',
      item: context.item,
      ...(context.carried.for === undefined ? { seat: null } : (value.seat ?? { seat: '' })),
      said: saidIn(context, value.dissent),
      gone: context.carried.gone === 1,
      seen: context.carried.seen,
    }),
  });

  const assign = itemForm({
    ...keeper,
    opensWith: ['action', 'from'],
    carries: ['newId', 'known', 'elsewhere', 'gone', 'seen'],
    fields: { action: longest, owner: 60, due: 20 },
    limits: { action: recordLimits.action },
    fieldOf: ofHolder,
    begun(step, { press, carried: given }) {
      const known = actionOf(step, given.action);
      if (!known) return { more: { newId: newId() } };
      const text = known.text[press.texts.language];
      return {
        values: { action: text ?? '', owner: known.owner, due: known.due },
        more: {
          ...{ newId: known.id, known: 1, seen: seenOf(actionParts(known, known.text)) },
          ...(text === undefined && { elsewhere: 1 }),
        },
      };
    },
    newer: (step, { carried: given }) => newerAction(actionOf(step, given.newId), step.scene),
    stands: (step, { carried: given }) => actionOf(step, given.newId)?.text,
    // To whom it was handed on stands in the form.
    beside(step, { carried: given }, { values }) {
      const known = actionOf(step, given.newId);
      return known && stillHanded(known, values) ? 'errors.form.beside' : 'errors.form.besideAction';
    },
    draw: (step, form, context) => assignForm(step, actionOf(step, context.carried.newId), peopleOf(context), form),
    parse: (values, { carried: { known, elsewhere, gone } }) =>
      gone
        ? { ok: true, value: { action: '' as const } }
        : parseAction(values, { isKnown: known === 1, isElsewhere: elsewhere === 1 }),
    toPress(value, context) {
      const of = { item: context.item, id: context.carried.newId ?? newId() };
      const { seen } = context.carried;
      if (!('owner' in value)) return { do: 'unassign', ...of, seen };
      return { do: 'assign', ...of, said: saidIn(context, value.action), owner: value.owner, due: value.due, seen };
    },
  });

  const handOn = itemForm({
    ...keeper,
    opensWith: ['action', 'from'],
    carries: ['action', 'from', 'seen'],
    fields: { owner: 60, due: 20 },
    limits: {},
    fieldOf: ofHolder,
    begun(step, { carried: given }) {
      const known = actionOf(step, given.action);
      if (!known) return { more: given };
      return { more: { ...given, seen: seenOf(heldBy(known)) }, values: { ...heldBy(known) } };
    },
    newer: (step, { carried: given }) => newerHolder(actionOf(step, given.action), step.scene),
    draw: (step, form, context) => handOnForm(step, peopleOf(context), form),
    parse: parseHolder,
    toPress: (value, { item, carried: { action = '', seen } }) => ({ do: 'handOn', item, id: action, ...value, seen }),
    after: (context) => backTo(context, context.carried.from),
  });

  return {
    'sitting.discussForm': discuss.open,
    'sitting.discuss': discuss.send,
    'sitting.decideForm': decide.open,
    'sitting.decide': decide.send,
    'sitting.undecide': askedFirst('undecide'),
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
    'sitting.recuseForm': recuse.open,
    'sitting.recuse': recuse.send,
    'sitting.dissentForm': dissent.open,
    'sitting.dissent': dissent.send,
    'sitting.assignForm': assign.open,
    'sitting.assign': assign.send,
    'sitting.done': doing('done'),
    'sitting.undone': doing('undone'),
    'sitting.handOnForm': handOn.open,
    'sitting.handOn': handOn.send,
  };
}
