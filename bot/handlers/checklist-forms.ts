import type { Card } from '../../src/cards/elements.ts';
import type { Form, FormInputs, FormValues } from '../../src/cards/form.ts';
import {
  assignForm,
  dueForm,
  dueLimits,
  type ItemStep,
  linkForm,
  linkLimits,
  noteForm,
  noteLimits,
  reasonForm,
  reasonLimits,
} from '../../src/checklists/form.ts';
import { parseAssignees, parseDue, parseLink, parseNote, parseReason } from '../../src/checklists/input.ts';
import type { Item } from '../../src/checklists/model.ts';
import { dueParts, linkParts, noteParts, ownerParts } from '../../src/checklists/seen.ts';
import type { ChecklistPress } from '../../src/checklists/writings.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { foldText } from '../../src/shared/normalise.ts';
import type { Parts, Seen } from '../../src/shared/seen.ts';
import { longest } from './checklist-pages.ts';
import type { FormInput } from './submitted.ts';

/** How a form of an item is shown. */
export interface ItemFormView {
  draw(step: ItemStep, form: Form): Card;
  /** What others may have changed before it is sent in, see `src/checklists/seen.ts`; absent where nothing is written over. */
  about?(item: Item): Parts;
  /** What it is about is sealed: a look at it is in the log. */
  isSealed?: boolean;
}

/** A form of an item, from the press that opens it to the one that sends it in. */
export interface ItemForm<Value> extends ItemFormView, FormInput<Value> {
  toPress(value: Value, item: { item: string } & Seen): ChecklistPress;
}

export const assigning: ItemForm<{ to: PersonId[] }> = {
  draw: assignForm,
  about: ownerParts,
  parse: parseAssignees,
  toPress: ({ to }, { item, seen }) => ({ do: 'assign', item, to, seen }),
  limits: { to: longest },
  fieldOf: { 'checklist.notAMember': 'to' },
};

export const dueView: ItemFormView = { draw: dueForm, about: dueParts };

/** `now` is in the region's zone; what is wrong with the date stands where it was said. */
export const settingDue = (inputs: FormInputs, now: Temporal.ZonedDateTime): ItemForm<{ due: string | null }> => {
  const field = isSaid(inputs.words) ? 'words' : 'due';
  return {
    ...dueView,
    parse: (values) => parseDueSaid(values, now),
    toPress: ({ due }, { item, seen }) => ({ do: 'setDue', item, due, seen }),
    limits: dueLimits,
    fieldOf: { 'checklist.pastDue': field, 'checklist.farDue': field },
  };
};

export const linking: ItemForm<{ link: string | null }> = {
  draw: linkForm,
  about: linkParts,
  parse: parseLink,
  toPress: ({ link }, { item, seen }) => ({ do: 'link', item, link, seen }),
  limits: linkLimits,
  fieldOf: {},
};

export const noting: ItemForm<{ note: string | null }> = {
  draw: noteForm,
  about: noteParts,
  isSealed: true,
  parse: parseNote,
  toPress: ({ note }, { item, seen }) => ({ do: 'note', item, note, seen }),
  limits: noteLimits,
  fieldOf: {},
};

export const settingAside: ItemForm<{ reason: string }> = {
  draw: reasonForm,
  parse: parseReason,
  toPress: ({ reason }, { item }) => ({ do: 'notApplicable', item, reason }),
  limits: reasonLimits,
  fieldOf: {},
};

/** What is said in words counts before what is picked, and it is a date with nothing beside it: that might mean another one. */
async function parseDueSaid(values: FormValues, now: Temporal.ZonedDateTime): Promise<Parsed<{ due: string | null }>> {
  const { words } = values;
  if (!isSaid(words)) return parseDue(values);
  // It takes twenty megabytes, so only those who say a date load it.
  const { readDate } = await import('../../src/dates/read-date.ts');
  const { date, length, rest } = readDate(words, now);
  // No due date is a span: "fredag 4-6.12" means days, however much it looks like hours.
  if (date && length === null && saysNothing(rest)) return { ok: true, value: { due: date.toString() } };
  return { ok: false, problems: [{ field: 'words', code: 'notADate' }] };
}

function isSaid(words: string | undefined): words is string {
  return words !== undefined && words.trim() !== '';
}

/** Any due date is by that day. */
const small = new Set(
  'senast till den på viimeistään mennessä asti by due on the at latest until'.split(' ').map(foldText),
);

function saysNothing(rest: string): boolean {
  return foldText(rest)
    .split(' ')
    .every((word) => word === '' || small.has(word));
}
