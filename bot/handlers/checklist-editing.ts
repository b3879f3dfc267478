import type { Card, Said } from '../../src/cards/elements.ts';
import { emptyForm, type Form, type FormInputs, type FormValues, filledForm } from '../../src/cards/form.ts';
import { editCard } from '../../src/checklists/edit-card.ts';
import { blockForm, contentForm, contentLimits, renameForm, titleLimits } from '../../src/checklists/editing-cards.ts';
import { parseContent, parseTitle } from '../../src/checklists/input.ts';
import type { EditCommand, ItemContent } from '../../src/checklists/model.ts';
import { requireItem } from '../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { requireLeader } from '../../src/checklists/transition.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { languages } from '../../src/shared/language.ts';
import {
  type ChecklistParts,
  type ListData,
  type ListPages,
  listData,
  longText,
  page,
  partId,
  refOf,
  typed,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

const inEach = { sv: longText, fi: longText, en: longText };

/** Leaders change a list in use: its name, its blocks and its items. */
export function checklistEditing(parts: ChecklistParts & { pages: ListPages; newId: () => string }) {
  const { checklists, listSceneFor, background, newId } = parts;
  const { regionOf, retireIfOrphan } = parts.pages;

  const sceneOf = (press: Press, data: ListData) => listSceneFor(press.actor, data.placement ?? null);

  function edited(
    press: Press,
    data: ListData,
    list: StoredChecklist,
    view: { block?: string | undefined; page?: number; said?: Said } = {},
  ): Card {
    retireIfOrphan(press, data, list);
    return editCard(list, sceneOf(press, data), { page: 0, ...view });
  }

  /** Opens a form for a leader, who is left alone with it meanwhile. */
  async function opened(press: Press, data: ListData, draw: (list: StoredChecklist) => Card): Promise<Card> {
    requireLeader(data, press.actor);
    const list = await checklists.openForm(press.actor, refOf(data), data.placement ?? null);
    try {
      return draw(list);
    } catch (error) {
      return refused(press, data, list, error);
    }
  }

  const refused = (press: Press, data: ListData, list: StoredChecklist, error: unknown): Card =>
    edited(press, data, list, { said: { tone: 'warning', text: explained(error, press, regionOf(press)) } });

  async function act(press: Press, data: ListData, command: EditCommand, block?: string): Promise<Card> {
    try {
      const list = await checklists.act(press.actor, refOf(data), command, data.placement ?? null);
      return edited(press, data, list, { block });
    } catch (error) {
      if (isAppError(error, 'checklist.notFound') || isAppError(error, 'directory.notAMember')) throw error;
      return refused(press, data, await checklists.lastSeen(press.actor, refOf(data)), error);
    }
  }

  /** Sends a form in; when it is not taken it comes again with all that was typed. */
  async function sentIn<Value>(
    press: Press,
    data: ListData,
    inputs: FormInputs,
    form: {
      parse: (values: FormValues) => Parsed<Value>;
      limits: Readonly<Record<string, number>>;
      draw: (list: StoredChecklist, filled: Form) => Card;
      toCommand: (value: Value) => EditCommand;
      block?: string | undefined;
    },
  ): Promise<Card> {
    requireLeader(data, press.actor);
    const { parse, limits } = form;
    return submitted<Value, Card>(
      { ...press, directory: regionOf(press) },
      inputs,
      { parse, limits, fieldOf: {} },
      {
        async done(value) {
          const list = await checklists.act(press.actor, refOf(data), form.toCommand(value), data.placement ?? null);
          return edited(press, data, list, { block: form.block });
        },
        async again(filled) {
          background(() => checklists.openForm(press.actor, refOf(data), data.placement ?? null));
          return form.draw(await checklists.lastSeen(press.actor, refOf(data)), filled);
        },
      },
    );
  }

  /** The block that an item stands in. */
  const blockOf = (list: StoredChecklist, item: string): string | undefined =>
    list.blocks.find(({ items }) => items.some((one) => one.id === item))?.id;

  const removing = (name: 'removeItem' | 'restoreItem') =>
    verb({
      input: listData.extend({ item: partId }),
      audience: 'leader of the body',
      async run(press, { item, ...data }) {
        const known = await checklists.lastSeen(press.actor, refOf(data));
        return act(press, data, { do: name, item }, blockOf(known, item));
      },
    });
  const ofBlock = (name: 'removeBlock' | 'restoreBlock') =>
    verb({
      input: listData.extend({ block: partId }),
      audience: 'leader of the body',
      run: (press, { block, ...data }) => act(press, data, { do: name, block }, block),
    });
  const ofList = (name: 'close' | 'reopen') =>
    verb({
      input: listData,
      audience: 'leader of the body',
      run: (press, data) => act(press, data, { do: name }),
    });

  return {
    'checklist.edit': verb({
      input: listData.extend({ block: partId.optional(), page }),
      audience: 'leader of the body',
      async run(press, { block, page: at, ...data }) {
        requireLeader(data, press.actor);
        const list = await checklists.closeForm(press.actor, refOf(data), data.placement ?? null);
        return edited(press, data, list, { block, page: at });
      },
    }),
    'checklist.renameForm': verb({
      input: listData,
      audience: 'leader of the body',
      run: (press, data) =>
        opened(press, data, (list) => renameForm(list, sceneOf(press, data), filledForm({ ...list.title }))),
    }),
    'checklist.rename': verb({
      input: listData.extend(inEach),
      audience: 'leader of the body',
      run: (press, { sv, fi, en, ...data }) =>
        sentIn(
          press,
          data,
          { sv, fi, en },
          {
            parse: (values) => parseTitle({ title: inAllLanguages(values) }),
            limits: titleLimits,
            draw: (list, filled) => renameForm(list, sceneOf(press, data), filled),
            toCommand: ({ title }) => ({ do: 'rename', title }),
          },
        ),
    }),
    'checklist.blockForm': verb({
      input: listData.extend({ block: partId.optional() }),
      audience: 'leader of the body',
      run: (press, { block, ...data }) =>
        opened(press, data, (list) => {
          const known = list.blocks.find((one) => one.id === block);
          if (block !== undefined && !known) throw new AppError('checklist.noBlock');
          const ref = known ? { block: known.id } : { newId: newId() };
          return blockForm(list, sceneOf(press, data), ref, known ? filledForm({ ...known.title }) : emptyForm);
        }),
    }),
    'checklist.saveBlock': verb({
      input: listData.extend({ block: partId.optional(), newId: partId.optional(), ...inEach }),
      audience: 'leader of the body',
      run: (press, { block, newId: own, sv, fi, en, ...data }) => {
        const ref = block === undefined ? { newId: own ?? newId() } : { block };
        return sentIn(
          press,
          data,
          { sv, fi, en },
          {
            parse: (values) => parseTitle({ title: inAllLanguages(values) }),
            limits: titleLimits,
            draw: (list, filled) => blockForm(list, sceneOf(press, data), ref, filled),
            toCommand: ({ title }) =>
              'block' in ref
                ? { do: 'changeBlock', block: ref.block, title }
                : { do: 'addBlock', id: ref.newId, title, after: last },
            block: 'block' in ref ? ref.block : ref.newId,
          },
        );
      },
    }),
    'checklist.removeBlock': ofBlock('removeBlock'),
    'checklist.restoreBlock': ofBlock('restoreBlock'),
    'checklist.contentForm': verb({
      input: listData.extend({ block: partId.optional(), item: partId.optional() }),
      audience: 'leader of the body',
      run: (press, { block, item, ...data }) =>
        opened(press, data, (list) => {
          const scene = sceneOf(press, data);
          if (item === undefined) {
            const ref = { block: block ?? '', newId: newId() };
            return contentForm(list, scene, ref, filledForm({ approval: 'false', every: 'once', month: 'any' }));
          }
          const { text, approval, every, month } = requireItem(list, item);
          const rest = { approval: String(approval), every: every ?? 'once', month: String(month ?? 'any') };
          return contentForm(list, scene, { item }, filledForm({ ...text, ...rest }));
        }),
    }),
    'checklist.saveContent': verb({
      input: listData.extend({
        block: partId.optional(),
        item: partId.optional(),
        newId: partId.optional(),
        ...inEach,
        approval: typed(10),
        every: typed(20),
        month: typed(10),
      }),
      audience: 'leader of the body',
      async run(press, { block = '', item, newId: own, sv, fi, en, approval, every, month, ...data }) {
        requireLeader(data, press.actor);
        const ref = item === undefined ? { block, newId: own ?? newId() } : { item };
        const known = await checklists.lastSeen(press.actor, refOf(data));
        // Where an item is from is none of the form's.
        const source = known.blocks.flatMap(({ items }) => items).find((one) => one.id === item)?.source ?? null;
        return sentIn<ItemContent>(
          press,
          data,
          { sv, fi, en, approval, every, month },
          {
            parse: (values) => parseContent({ ...contentOf(values), source }),
            limits: contentLimits,
            draw: (list, filled) => contentForm(list, sceneOf(press, data), ref, filled),
            toCommand: (content) =>
              'item' in ref
                ? { do: 'changeItem', item: ref.item, content }
                : { do: 'addItem', id: ref.newId, block: ref.block, after: last, content },
            block: item === undefined ? block : blockOf(known, item),
          },
        );
      },
    }),
    'checklist.removeItem': removing('removeItem'),
    'checklist.restoreItem': removing('restoreItem'),
    'checklist.close': ofList('close'),
    'checklist.reopen': ofList('reopen'),
  } satisfies VerbTable;
}

/** No block and no item has such an id, so what is added comes last. */
const last = '';

/** What is empty in one language says what stands in the first that is not. */
function inAllLanguages(values: FormValues): Record<string, string | undefined> {
  const first = languages.map((language) => values[language]).find((text) => text?.trim());
  return Object.fromEntries(languages.map((language) => [language, values[language]?.trim() || first]));
}

function contentOf(values: FormValues): Record<string, unknown> {
  const { approval, every, month } = values;
  return {
    text: inAllLanguages(values),
    approval,
    every: every === 'once' ? null : every,
    month: month === 'any' ? null : month,
  };
}
