import { monthName } from '../cards/dates.ts';
import {
  type ActionData,
  button,
  type Card,
  type CardElement,
  facts,
  plain,
  subtle,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard, type Limits, withNewer } from '../cards/form.ts';
import { choiceField, textField } from '../cards/inputs.ts';
import type { Body } from '../directory/model.ts';
import type { BodyId } from '../shared/ids.ts';
import { type Localised, languages } from '../shared/language.ts';
import type { Seen } from '../shared/seen.ts';
import type { Texts } from '../shared/text.ts';
import { dataOf, type ListScene } from './card.ts';
import { type Checklist, type ItemContent, intervals, lengthLimits, longestPaste, mostItems } from './model.ts';
import { blocksOf } from './standing.ts';
import type { ListRef } from './stored.ts';

/** The forms in which a leader makes and changes lists. */

/** Teams cuts off what is longer, and says nothing: so that is far beyond what is taken, and is refused as too long. */
export const longestField = longestPaste + 1_000;
/** More than is taken, so that what was cut is still too long; less than Teams lets through, so that what it cut off counts as cut. */
const longestShown = longestField - 1;
/** What is shown again. */
export const ownLimits = { title: lengthLimits.title, items: longestShown } as const satisfies Limits;
export const fileLimits = { file: longestShown } as const satisfies Limits;
const inEach = (limit: number): Limits => Object.fromEntries(languages.map((language) => [language, limit]));
export const titleLimits = inEach(lengthLimits.title);
export const contentLimits = inEach(lengthLimits.text);
export const copyLimits = { title: lengthLimits.title } as const satisfies Limits;

/** The list whose form it is, for the leader who opened it. */
export interface EditStep {
  ref: ListRef;
  /** Null when it cannot be read right now: the form stands all the same, with what was typed. */
  list: Checklist | null;
  scene: ListScene;
}

/** A list from the chat: its title, and an item on each line. `newId` makes sending it in twice one list. */
export function ownForm(texts: Texts, body: BodyId, newId: string, form: Form): Card {
  return formCard(texts, form, {
    title: texts('checklist.own.title'),
    fields: [
      subtle(texts('checklist.own.lead', { items: mostItems, limit: longestPaste })),
      ...textField({ ...field(form, 'title'), label: texts('checklist.own.name'), maxLength: ownLimits.title }),
      ...textField({
        ...field(form, 'items'),
        label: texts('checklist.own.items'),
        multiline: true,
        maxLength: longestField,
      }),
    ],
    submit: { title: texts('checklist.own.submit'), verb: 'checklist.own', data: { body, newId } },
    others: [button(texts('checklist.own.fromFile'), 'checklist.fileForm', { body }, { withoutInputs: true })],
    cancel: { verb: 'checklist.list', data: { body } },
  });
}

/** `bodies`: those that the reader leads; there is nothing to choose from for who leads none any more. */
export function copyForm(
  { ref, list, scene }: EditStep,
  { bodies, newId }: { bodies: readonly Body[]; newId: string },
  form: Form,
): Card {
  const { texts } = scene;
  const data = dataOf(ref, scene);
  return formCard(texts, form, {
    title: texts('checklist.copy.title'),
    ...aboutList(list, texts),
    fields: [
      ...textField({ ...field(form, 'title'), label: texts('checklist.own.name'), maxLength: copyLimits.title }),
      ...(bodies.length === 0
        ? []
        : choiceField({
            ...field(form, 'to'),
            label: texts('checklist.copy.to'),
            choices: bodies.map(({ id, name }) => ({ title: name[texts.language], value: id })),
            hint: texts('form.choose'),
          })),
    ],
    submit: {
      title: texts('checklist.copy.submit'),
      verb: 'checklist.copy',
      // The body that was chosen goes along unseen where there are none to choose from.
      data: { ...data, newId, ...(bodies.length === 0 && form.values.to && { to: form.values.to }) },
    },
    cancel: { verb: 'checklist.edit', data },
  });
}

/** One field for each language; where one is empty, what stands in another is taken. */
function inAllLanguages(texts: Texts, form: Form, limits: Limits): CardElement[] {
  return [
    subtle(texts('checklist.edit.languages')),
    ...languages.flatMap((language) =>
      textField({
        ...field(form, language),
        label: texts(`language.${language}`),
        maxLength: limits[language] ?? lengthLimits.title,
      }),
    ),
  ];
}

const aboutList = (list: Checklist | null, texts: Texts): Pick<FormFrame, 'about'> =>
  list ? { about: plain(list.title, texts) } : {};

/** `place`: where in the list one comes back to. */
function editFrame({ ref, list, scene }: EditStep, place: { block: string } | { item: string } | null) {
  return {
    ...aboutList(list, scene.texts),
    cancel: { verb: 'checklist.edit', data: { ...dataOf(ref, scene), ...place } },
  } satisfies Partial<FormFrame>;
}

/** What the sender of a form saw of the name. `newer`: what others have changed as well. */
export interface NameSeen extends Seen {
  newer?: Newer;
}

export function renameForm(step: EditStep, form: Form, { seen, newer }: NameSeen = {}): Card {
  const { ref, scene } = step;
  const { texts } = scene;
  return formCard(texts, withNewer(form, newerRows(newer, texts)), {
    ...editFrame(step, null),
    title: texts('checklist.edit.rename'),
    fields: inAllLanguages(texts, form, titleLimits),
    submit: {
      title: texts('checklist.edit.save'),
      verb: 'checklist.rename',
      data: { ...dataOf(ref, scene), ...(seen && { seen }) },
    },
  });
}

/** Which block it is and what its sender saw of its name, or for a new one the id that makes sending it in twice one block. */
export type BlockRef = ({ block: string } & Seen) | { newId: string };

export function blockForm(step: EditStep, ref: BlockRef, form: Form, newer?: Newer): Card {
  const { scene } = step;
  const { texts } = scene;
  const isNew = 'newId' in ref;
  return formCard(texts, withNewer(form, newerRows(newer, texts)), {
    ...editFrame(step, isNew ? null : { block: ref.block }),
    title: texts(isNew ? 'checklist.edit.addBlock' : 'checklist.edit.changeBlock'),
    fields: inAllLanguages(texts, form, titleLimits),
    submit: {
      title: texts('checklist.edit.save'),
      verb: 'checklist.saveBlock',
      data: { ...dataOf(step.ref, scene), ...sentAlong(ref) },
    },
  });
}

/** Which item of which block it is and what its sender saw of it, or for a new one the id that makes sending it in twice one item. */
export type ContentRef = ({ block: string; item: string } & Seen) | { block: string; newId: string };

/** What the button of a form carries of it; `seen` is absent from those of before. */
function sentAlong(ref: BlockRef | ContentRef): ActionData {
  if ('newId' in ref) return ref;
  const { seen, ...place } = ref;
  return { ...place, ...(seen && { seen }) };
}

/** `newer`: what others have changed in the item as well. */
export function contentForm(step: EditStep, item: ContentRef, form: Form, newer?: Newer): Card {
  const { ref, list, scene } = step;
  const { texts } = scene;
  const isNew = 'newId' in item;
  const blocks = (list ? blocksOf(list) : []).map(({ id, title }) => ({ title: title[texts.language], value: id }));
  const months = Array.from({ length: 12 }, (_, index) => ({
    title: monthName(index + 1, texts),
    value: String(index + 1),
  }));
  return formCard(texts, withNewer(form, newerRows(newer, texts)), {
    ...editFrame(step, isNew ? { block: item.block } : { item: item.item }),
    title: texts(isNew ? 'checklist.edit.addItem' : 'checklist.edit.changeItem'),
    fields: [
      ...inAllLanguages(texts, form, contentLimits),
      ...choiceField({
        ...field(form, 'approval'),
        label: texts('checklist.edit.approvalLabel'),
        choices: [
          { title: texts('checklist.edit.approvalNo'), value: 'false' },
          { title: texts('checklist.edit.approvalYes'), value: 'true' },
        ],
      }),
      ...choiceField({
        ...field(form, 'every'),
        label: texts('checklist.edit.every'),
        choices: [
          { title: texts('checklist.edit.once'), value: 'once' },
          ...intervals.map((every) => ({ title: texts(`checklist.every.${every}`), value: every })),
        ],
      }),
      ...choiceField({
        ...field(form, 'month'),
        label: texts('checklist.edit.month'),
        choices: [{ title: texts('checklist.edit.anyMonth'), value: 'any' }, ...months],
      }),
      ...(isNew || blocks.length < 2
        ? []
        : choiceField({ ...field(form, 'to'), label: texts('checklist.edit.block'), choices: blocks })),
    ],
    submit: {
      title: texts('checklist.edit.save'),
      verb: 'checklist.saveContent',
      // The block that was chosen goes along unseen where there are none to choose from.
      data: { ...dataOf(ref, scene), ...sentAlong(item), ...(!list && form.values.to && { to: form.values.to }) },
    },
  });
}

/** How it stands now, of a name the text alone; and in which parts others have changed it as well as the form's sender. */
export interface Newer {
  text: Localised;
  recurrence?: Pick<ItemContent, 'every' | 'month'>;
  /** The title of the block in which the item stands. */
  block?: Localised | undefined;
  theirs: readonly string[];
}

/** Approval is yes or no: whoever changes it at the same time changes it to the same. */
function newerRows(newer: Newer | undefined, texts: Texts): CardElement[] {
  if (!newer) return [];
  const { text: words, recurrence, block, theirs } = newer;
  const parts = [
    ...languages.map(
      (language) => [language, texts(`language.${language}`), withoutMarkdown(words[language])] as const,
    ),
    ['recurrence', texts('checklist.edit.every'), recurrence && recurrenceIn(recurrence, texts)] as const,
    ['block', texts('checklist.edit.block'), block && plain(block, texts)] as const,
  ];
  const rows = parts.flatMap(([part, name, now]) => (theirs.includes(part) && now ? [[name, now] as const] : []));
  return rows.length > 0 ? [text(texts('form.newer')), facts(rows)] : [];
}

function recurrenceIn({ every, month }: Pick<ItemContent, 'every' | 'month'>, texts: Texts): string {
  const how = [texts(every ? `checklist.every.${every}` : 'checklist.edit.once'), month && monthName(month, texts)];
  return how.filter(Boolean).join(' · ');
}
