import { monthName } from '../cards/dates.ts';
import { button, type Card, type CardElement, plain, subtle } from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard, type Limits } from '../cards/form.ts';
import { choiceField, textField } from '../cards/inputs.ts';
import type { Body } from '../directory/model.ts';
import type { BodyId } from '../shared/ids.ts';
import { languages } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import { dataOf, type ListScene } from './card.ts';
import { type Checklist, intervals, lengthLimits } from './model.ts';
import { blocksOf } from './standing.ts';

/** The forms in which a leader makes and changes lists. */

/** What fits a card together with what is wrong with it, whatever is written. */
const longest = 7_000;
export const ownLimits = { title: lengthLimits.title, items: longest } as const satisfies Limits;
export const fileLimits = { file: longest } as const satisfies Limits;
const inEach = (limit: number): Limits => Object.fromEntries(languages.map((language) => [language, limit]));
export const titleLimits = inEach(lengthLimits.title);
export const contentLimits = inEach(lengthLimits.text);
export const copyLimits = { title: lengthLimits.title } as const satisfies Limits;

/** A list from the chat: its title, and an item on each line. `newId` makes sending it in twice one list. */
export function ownForm(texts: Texts, body: BodyId, newId: string, form: Form): Card {
  return formCard(texts, form, {
    title: texts('checklist.own.title'),
    fields: [
      subtle(texts('checklist.own.lead')),
      ...textField({ ...field(form, 'title'), label: texts('checklist.own.name'), maxLength: ownLimits.title }),
      ...textField({
        ...field(form, 'items'),
        label: texts('checklist.own.items'),
        multiline: true,
        maxLength: ownLimits.items,
      }),
    ],
    submit: { title: texts('checklist.own.submit'), verb: 'checklist.own', data: { body, newId } },
    others: [button(texts('checklist.own.fromFile'), 'checklist.fileForm', { body }, { withoutInputs: true })],
    cancel: { verb: 'checklist.list', data: { body } },
  });
}

/** A list from a YAML file. */
export function fileForm(texts: Texts, body: BodyId, form: Form): Card {
  return formCard(texts, form, {
    title: texts('checklist.file.title'),
    fields: [
      subtle(texts('checklist.file.lead', { limit: longest })),
      ...textField({
        ...field(form, 'file'),
        label: texts('checklist.file.file'),
        multiline: true,
        maxLength: longest,
      }),
    ],
    submit: { title: texts('checklist.own.submit'), verb: 'checklist.ownFile', data: { body } },
    cancel: { verb: 'checklist.list', data: { body } },
  });
}

/** `bodies`: those that the reader leads. */
export function copyForm(
  list: Checklist,
  scene: ListScene,
  { bodies, newId }: { bodies: readonly Body[]; newId: string },
  form: Form,
): Card {
  const { texts } = scene;
  const data = dataOf(list, scene);
  return formCard(texts, form, {
    title: texts('checklist.copy.title'),
    about: plain(list.title, texts),
    fields: [
      ...textField({ ...field(form, 'title'), label: texts('checklist.own.name'), maxLength: copyLimits.title }),
      ...choiceField({
        ...field(form, 'to'),
        label: texts('checklist.copy.to'),
        choices: bodies.map(({ id, name }) => ({ title: name[texts.language], value: id })),
        hint: texts('form.choose'),
      }),
    ],
    submit: { title: texts('checklist.copy.submit'), verb: 'checklist.copy', data: { ...data, newId } },
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

/** `place`: where in the list one comes back to. */
function editFrame(list: Checklist, scene: ListScene, place: { block: string } | { item: string } | null) {
  const { texts } = scene;
  return {
    about: plain(list.title, texts),
    cancel: { verb: 'checklist.edit', data: { ...dataOf(list, scene), ...place } },
  } satisfies Partial<FormFrame>;
}

export function renameForm(list: Checklist, scene: ListScene, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...editFrame(list, scene, null),
    title: texts('checklist.edit.rename'),
    fields: inAllLanguages(texts, form, titleLimits),
    submit: { title: texts('checklist.edit.save'), verb: 'checklist.rename', data: dataOf(list, scene) },
  });
}

/** Which block it is, or for a new one the id that makes sending it in twice one block. */
export type BlockRef = { block: string } | { newId: string };

export function blockForm(list: Checklist, scene: ListScene, ref: BlockRef, form: Form): Card {
  const { texts } = scene;
  const isNew = 'newId' in ref;
  return formCard(texts, form, {
    ...editFrame(list, scene, isNew ? null : ref),
    title: texts(isNew ? 'checklist.edit.addBlock' : 'checklist.edit.changeBlock'),
    fields: inAllLanguages(texts, form, titleLimits),
    submit: {
      title: texts('checklist.edit.save'),
      verb: 'checklist.saveBlock',
      data: { ...dataOf(list, scene), ...ref },
    },
  });
}

/** Which item of which block it is, or for a new one the id that makes sending it in twice one item. */
export type ContentRef = { block: string; item: string } | { block: string; newId: string };

export function contentForm(list: Checklist, scene: ListScene, ref: ContentRef, form: Form): Card {
  const { texts } = scene;
  const isNew = 'newId' in ref;
  const blocks = blocksOf(list).map(({ id, title }) => ({ title: title[texts.language], value: id }));
  const months = Array.from({ length: 12 }, (_, index) => ({
    title: monthName(index + 1, texts),
    value: String(index + 1),
  }));
  return formCard(texts, form, {
    ...editFrame(list, scene, isNew ? { block: ref.block } : { item: ref.item }),
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
      data: { ...dataOf(list, scene), ...ref },
    },
  });
}
