import type { Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, type FormValues, formValues } from '../../src/cards/form.ts';
import { type ContentRef, contentForm, type EditStep } from '../../src/checklists/editing-cards.ts';
import { parseContent } from '../../src/checklists/input.ts';
import type { Checklist, ItemContent } from '../../src/checklists/model.ts';
import { broughtIn, changedSince, contentParts, overtaken, seenOf } from '../../src/checklists/seen.ts';
import { itemsOf } from '../../src/checklists/standing.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { eachTextOnce, inAllLanguages } from './in-languages.ts';

/** An item as the form has it in which a leader changes it. */

export function contentIn({ text, approval, every, month }: ItemContent, reader: Language): FormInputs {
  return {
    ...eachTextOnce(text, reader),
    approval: String(approval),
    every: every ?? 'once',
    month: String(month ?? 'any'),
  };
}

export function contentOf(values: FormValues): Record<string, unknown> {
  const { approval, every, month } = values;
  return {
    text: inAllLanguages(values),
    approval,
    every: every === 'once' ? null : every,
    month: month === 'any' ? null : month,
  };
}

/** Empty when it is in none. */
export function blockOf({ blocks }: Checklist, item: string): string {
  return blocks.find(({ items }) => items.some(({ id }) => id === item))?.id ?? '';
}

/** The inputs of what is changed as one. */
const inputsOf: Readonly<Record<string, readonly string[]>> = {
  text: languages,
  approval: ['approval'],
  recurrence: ['every', 'month'],
};

/**
 * The form once more, with all that was typed: what its sender has left alone is as others have made it meanwhile, and
 * what they have changed as well stands above, so that the next press may take its place.
 */
export function contentAgain(step: EditStep, ref: ContentRef, filled: Form): Card {
  const { list, scene } = step;
  const parsed = parseContent(contentOf(filled.values));
  if (!list || !parsed.ok || !('item' in ref) || ref.seen === undefined) return contentForm(step, ref, filled);
  const { item, seen, block } = ref;
  const now = itemsOf(list).find(({ id }) => id === item);
  if (!now) return contentForm(step, ref, filled);
  const { to } = filled.values;
  const place = blockOf(list, item);
  const typed = changedSince(seen, contentParts(parsed.value)).flatMap((part) => inputsOf[part] ?? []);
  const values = formValues({
    ...contentIn(now, scene.texts.language),
    ...Object.fromEntries(typed.map((id) => [id, filled.values[id]])),
    to: to === block ? place : to,
  });
  const theirs = overtaken(seen, contentParts(broughtIn(seen, parsed.value, now)), contentParts(now));
  const { text, every, month } = now;
  return contentForm(
    step,
    { item, block: place, seen: seenOf(contentParts(now)) },
    { ...filled, values },
    {
      ...(theirs.includes('text') && { text }),
      ...(theirs.includes('recurrence') && { every, month }),
    },
  );
}
