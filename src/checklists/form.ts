import { formatDate } from '../cards/dates.ts';
import {
  button,
  type Card,
  type CardElement,
  card,
  heading,
  plain,
  subtle,
  text,
  withoutMarkdown,
  written,
} from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard, type Limits, withNewer } from '../cards/form.ts';
import { choiceField, dateField, textField } from '../cards/inputs.ts';
import { leadersOf, membersOf, nameOf } from '../directory/model.ts';
import type { Seen } from '../shared/seen.ts';
import { dataOf, type ListScene, summaryOf } from './card.ts';
import { type Checklist, type Item, lengthLimits, type Writings } from './model.ts';
import { mayHave } from './ownership.ts';
import { itemsOf } from './standing.ts';
import type { ListRef } from './stored.ts';

/** The forms of an item, for the one who opened them. */

/**
 * Where a press on an item came from, and one goes back to, when that is not the list: the item, one's tasks, or the item
 * as it was opened from them.
 */
export const places = ['item', 'tasks', 'task'] as const;
export type Place = (typeof places)[number];

export interface ItemStep extends Seen {
  ref: ListRef;
  item: string;
  /** Null when it cannot be read right now, or not by this reader any more: the form stands all the same, with what was typed. */
  list: Checklist | null;
  from: Place | undefined;
  scene: ListScene;
  /** Others have changed since what the form is about: how it stands now is said above what was typed. */
  isOvertaken?: boolean;
  /** What was written of the item, where it was read. */
  writings?: Writings;
}

/** A due date in words is one short phrase. */
export const dueWordsLimit = 100;
export const noteLimits = { note: lengthLimits.note } as const satisfies Limits;
export const reasonLimits = { reason: lengthLimits.note } as const satisfies Limits;
/** What is shown again. More than is taken: half an address leads elsewhere, so what was cut is still too long. */
export const linkLimits = { link: 4 * lengthLimits.link } as const satisfies Limits;
export const dueLimits = { words: dueWordsLimit } as const satisfies Limits;

type ItemVerb = 'assign' | 'setDue' | 'link' | 'note' | 'notApplicable';

const itemIn = ({ list, item }: ItemStep): Item | null => (list && itemsOf(list).find(({ id }) => id === item)) ?? null;

/** How it stands now, when somebody has changed it since the form's sender saw it; empty: they took it away. */
function newerOf(
  { isOvertaken, scene: { texts } }: ItemStep,
  verb: 'assign' | 'setDue' | 'link' | 'note',
  now: string | null | undefined,
): CardElement[] {
  if (!isOvertaken) return [];
  return now ? [text(texts('form.newer')), written(now)] : [text(texts(`checklist.form.${verb}.emptied`))];
}

function frame(step: ItemStep, verb: ItemVerb) {
  const { ref, item, list, from, scene, seen } = step;
  const { texts } = scene;
  const data = { ...dataOf(ref, scene), item };
  const title = texts(`checklist.form.${verb}.title`);
  const about = itemIn(step)?.text;
  const cancel = {
    tasks: { verb: 'task.list' },
    task: { verb: 'checklist.item', data: { ...data, from: 'tasks' } },
    item: { verb: 'checklist.item', data },
    list: { verb: 'checklist.view', data },
  } as const;
  return {
    title,
    about: about ? plain(about, texts) : list ? withoutMarkdown(summaryOf(list, scene)) : title,
    submit: {
      title: texts(`checklist.form.${verb}.submit`),
      verb: `checklist.${verb}`,
      data: { ...data, ...(from && { from }), ...(seen && { seen }) },
    },
    cancel: cancel[from ?? 'list'],
  } satisfies Partial<FormFrame>;
}

/** One or several of those who work with the list; nobody frees the item. Without the list there is nobody to choose from. */
export function assignForm(step: ItemStep, form: Form): Card {
  const { ref, list, scene } = step;
  const { texts, directory } = scene;
  const people = { isMember: () => true, leaders: leadersOf(directory, ref.body) };
  const choices = membersOf(directory, ref.body)
    .filter(({ person }) => list && mayHave(list, person, people))
    .map(({ person, name }) => ({ title: name, value: person }));
  const nameOfOwner = ({ person }: Item['owners'][number]): string =>
    nameOf(directory, person) ?? texts('team.formerMember');
  const { submit, ...framed } = frame(step, 'assign');
  return formCard(texts, withNewer(form, newerOf(step, 'assign', itemIn(step)?.owners.map(nameOfOwner).join(', '))), {
    ...framed,
    // Who was chosen goes along unseen.
    submit: { ...submit, data: { ...submit.data, ...(!list && form.values.to && { to: form.values.to }) } },
    fields: list
      ? choiceField({
          ...field(form, 'to'),
          label: texts('checklist.form.assign.to'),
          choices,
          hint: texts('form.chooseSeveral'),
          several: true,
          expanded: choices.length <= 12,
        })
      : [],
  });
}

/** Picked, or said in words, which count when both are there. */
export function dueForm(step: ItemStep, form: Form): Card {
  const { texts, today } = step.scene;
  const due = itemIn(step)?.due;
  return formCard(texts, withNewer(form, newerOf(step, 'setDue', due && formatDate(due, texts, today))), {
    ...frame(step, 'setDue'),
    fields: [
      ...dateField({ ...field(form, 'due'), label: texts('checklist.form.setDue.due') }),
      ...textField({
        ...field(form, 'words'),
        label: texts('checklist.form.setDue.words'),
        hint: texts('checklist.form.setDue.wordsHint'),
        maxLength: dueWordsLimit,
      }),
    ],
  });
}

export function linkForm(step: ItemStep, form: Form): Card {
  const { texts } = step.scene;
  return formCard(texts, withNewer(form, newerOf(step, 'link', itemIn(step)?.link)), {
    ...frame(step, 'link'),
    fields: [
      subtle(texts('checklist.form.link.lead', { limit: lengthLimits.link })),
      // Without a limit of its own, at which Teams would cut an address without a word.
      ...textField({ ...field(form, 'link'), label: texts('checklist.form.link.link'), hint: 'https://' }),
    ],
  });
}

export function noteForm(step: ItemStep, form: Form): Card {
  const { texts } = step.scene;
  return formCard(texts, withNewer(form, newerOf(step, 'note', step.writings?.note)), {
    ...frame(step, 'note'),
    fields: [
      subtle(texts('checklist.form.sealed')),
      ...reasonIn(step),
      ...textField({
        ...field(form, 'note'),
        label: texts('checklist.form.note.note'),
        multiline: true,
        maxLength: noteLimits.note,
      }),
    ],
  });
}

/** Why the item is not applicable, if so. */
function reasonIn({ writings, scene: { texts } }: ItemStep): CardElement[] {
  return writings?.reason ? [text(texts('checklist.form.note.reason')), written(writings.reason)] : [];
}

/** To be read alone: a list that is closed takes nothing. */
export function noteCard(step: ItemStep): Card {
  const { texts } = step.scene;
  const note = step.writings?.note;
  const { title, about, cancel } = frame(step, 'note');
  return card(texts, {
    speak: `${about} · ${title}`,
    body: [
      text(about, { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      subtle(texts('checklist.form.sealed')),
      ...reasonIn(step),
      ...(note ? [text(texts('checklist.form.note.note')), written(note)] : []),
    ],
    actions: [button(texts('actions.back'), cancel.verb, 'data' in cancel ? cancel.data : {})],
  });
}

export function reasonForm(step: ItemStep, form: Form): Card {
  const { texts } = step.scene;
  return formCard(texts, form, {
    ...frame(step, 'notApplicable'),
    fields: [
      subtle(texts('checklist.form.sealed')),
      ...textField({
        ...field(form, 'reason'),
        label: texts('checklist.form.notApplicable.reason'),
        multiline: true,
        maxLength: reasonLimits.reason,
      }),
    ],
  });
}
