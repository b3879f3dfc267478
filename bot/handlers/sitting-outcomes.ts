import type { VerbOf } from '../../src/cards/verbs.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { recuseForm } from '../../src/steering/meeting/attendance-form.ts';
import { ownVoice } from '../../src/steering/meeting/deciding.ts';
import { decideForm, discussForm, dissentForm, dissentOfForm, usualOutcome } from '../../src/steering/meeting/form.ts';
import { parseDecision, parseDiscussion, parseDissent, parseRecusal } from '../../src/steering/meeting/input.ts';
import { newerDecision, newerDiscussion, newerDissents, newerRecusals } from '../../src/steering/meeting/newer-card.ts';
import {
  againstParts,
  decisionParts,
  discussionParts,
  dissentParts,
  notedParts,
  proposalParts,
  recusalParts,
  resultParts,
} from '../../src/steering/meeting/parts.ts';
import { noRecord, votedFor } from '../../src/steering/meeting/proceedings.ts';
import { recordLimits } from '../../src/steering/model.ts';
import { type AgendaPages, type AgendaParts, longest } from './agenda-pages.ts';
import { createAskedFirst } from './sitting-asked.ts';
import { createItemForm, ofTurn, saidIn } from './sitting-item-form.ts';
import { keeper, member, type SittingPages } from './sitting-pages.ts';
import type { VerbDefinition } from './verb.ts';

/** The verbs of what was said and decided. */
type OutcomeVerb = Extract<
  VerbOf<'sitting'>,
  `sitting.${'discussForm' | 'discuss' | 'decideForm' | 'decide' | 'undecide' | 'recuseForm' | 'recuse' | 'dissentForm' | 'dissent'}`
>;

/** What comes of an item: what was said and decided, who took no part, and who was against it. */
export function sittingOutcomes(
  parts: AgendaParts & { pages: AgendaPages },
  sittingPages: SittingPages,
): Readonly<Record<OutcomeVerb, VerbDefinition>> {
  const itemForm = createItemForm(sittingPages);

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

  return {
    'sitting.discussForm': discuss.open,
    'sitting.discuss': discuss.send,
    'sitting.decideForm': decide.open,
    'sitting.decide': decide.send,
    'sitting.undecide': createAskedFirst(parts, sittingPages)('undecide'),
    'sitting.recuseForm': recuse.open,
    'sitting.recuse': recuse.send,
    'sitting.dissentForm': dissent.open,
    'sitting.dissent': dissent.send,
  };
}
