import type { Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, type FormValues, formValues } from '../../src/cards/form.ts';
import { type ContentRef, contentForm, type EditStep, type NameSeen } from '../../src/checklists/editing-cards.ts';
import { parseContent, parseTitle } from '../../src/checklists/input.ts';
import type { Block, ItemContent } from '../../src/checklists/model.ts';
import { contentFrom, contentParts, wordParts, wordsBroughtIn } from '../../src/checklists/seen.ts';
import { blockOf, itemsOf } from '../../src/checklists/standing.ts';
import type { Language } from '../../src/shared/language.ts';
import { overtaken, seenOf } from '../../src/shared/seen.ts';
import { eachTextOnce, inAllLanguages, leftEmpty } from './in-languages.ts';

/**
 * The name of a list or a block, and an item, as the forms have them in which a leader changes them. A form that comes again
 * has what its sender has changed, and what they left alone as others have made it meanwhile; what others have changed as
 * well stands above, so that the next press may take its place.
 */

export const titleIn = ({ title }: Pick<Block, 'title'>, reader: Language): FormInputs => eachTextOnce(title, reader);

export const titleOf = (values: FormValues): Record<string, unknown> => ({ title: inAllLanguages(values) });

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

/** `named`: none when it cannot be read, or is gone. All stands as it was typed then, and when the end of something is missing. */
export function titleAgain(
  named: Pick<Block, 'title'> | null | undefined,
  seen: string | undefined,
  filled: Form,
  reader: Language,
): NameSeen & { form: Form } {
  const parsed = parseTitle(titleOf(filled.values));
  if (!named || !parsed.ok || filled.cut) return { form: filled, seen };
  const now = wordParts(named.title);
  const following = leftEmpty(filled.values);
  const title = wordsBroughtIn({ seen, following }, wordParts(parsed.value.title), now);
  return {
    form: { ...filled, values: formValues(titleIn({ title }, reader)) },
    seen: seenOf(now),
    newer: { text: now, theirs: overtaken(seen, title, now) },
  };
}

export function contentAgain(step: EditStep, ref: ContentRef, filled: Form): Card {
  const { list, scene } = step;
  const item = list && 'item' in ref && itemsOf(list).find(({ id }) => id === ref.item);
  const parsed = parseContent(contentOf(filled.values));
  if (!item || !parsed.ok || filled.cut || !('item' in ref)) return contentForm(step, ref, filled);
  const { seen } = ref;
  const { to = ref.block } = filled.values;
  const block = blockOf(list, item.id);
  const now = contentParts(item, block);
  const wanted = contentParts(parsed.value, to === ref.block ? block : to);
  const parts = wordsBroughtIn({ seen, following: leftEmpty(filled.values) }, wanted, now);
  const values = formValues({ ...contentIn(contentFrom(parts), scene.texts.language), to: parts.block });
  return contentForm(
    step,
    { item: item.id, block, seen: seenOf(now) },
    { ...filled, values },
    {
      text: item.text,
      recurrence: item,
      block: list.blocks.find(({ id }) => id === block)?.title,
      theirs: overtaken(seen, parts, now),
    },
  );
}
