import type { Card } from '../../src/cards/elements.ts';
import type { VerbOf } from '../../src/cards/verbs.ts';
import { bodyOf, membersOf } from '../../src/directory/model.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { assignForm, handOnForm, type ItemStep } from '../../src/steering/meeting/form.ts';
import { parseAction, parseHolder } from '../../src/steering/meeting/input.ts';
import { newerAction, newerHolder } from '../../src/steering/meeting/newer-card.ts';
import { actionParts } from '../../src/steering/meeting/parts.ts';
import { heldBy, stillHanded } from '../../src/steering/meeting/proceedings.ts';
import { recordLimits } from '../../src/steering/model.ts';
import { type AgendaPages, type AgendaParts, itemId, longest, refOf } from './agenda-pages.ts';
import { createItemForm, saidIn } from './sitting-item-form.ts';
import { type Carried, carried, type ItemContext, keeper, member, ofItem, type SittingPages } from './sitting-pages.ts';
import type { DrawTasks } from './tasks.ts';
import { type VerbDefinition, verb } from './verb.ts';

/** The verbs of what somebody is given to do. */
type ActionVerb = Extract<
  VerbOf<'sitting'>,
  `sitting.${'assignForm' | 'assign' | 'done' | 'undone' | 'handOnForm' | 'handOn'}`
>;

/** Refusals of who is to do something, and until when. */
const ofHolder = { 'sitting.pastDue': 'due', 'directory.unknownMember': 'owner' } as const;

/** What somebody is given to do with an item, at the meeting and after it. */
export function sittingActions(
  { steering, newId, drawTasks, background, pages }: AgendaParts & { pages: AgendaPages; drawTasks: DrawTasks },
  sittingPages: SittingPages,
): Readonly<Record<ActionVerb, VerbDefinition>> {
  const { sceneOf, decisions } = pages;
  const { refused, drawn } = sittingPages;
  const itemForm = createItemForm(sittingPages);

  /** Who can be given something to do: the members of the body. */
  const peopleOf = ({ press, data }: ItemContext) =>
    membersOf(sceneOf(press, data).directory, data.body).map(({ person, name }) => ({ title: name, value: person }));

  const actionOf = ({ item }: ItemStep, id: string | undefined) =>
    item.record?.actions.find((action) => action.id === id) ?? null;

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
    'sitting.assignForm': assign.open,
    'sitting.assign': assign.send,
    'sitting.done': doing('done'),
    'sitting.undone': doing('undone'),
    'sitting.handOnForm': handOn.open,
    'sitting.handOn': handOn.send,
  };
}
