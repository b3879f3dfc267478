import { z } from 'zod';
import type { Card, Said } from '../../src/cards/elements.ts';
import { emptyForm, type Form, type FormInputs, type FormValues, formValues, shortened } from '../../src/cards/form.ts';
import { editCard } from '../../src/checklists/edit-card.ts';
import {
  blockForm,
  contentForm,
  contentLimits,
  copyForm,
  copyLimits,
  fileForm,
  fileLimits,
  ownForm,
  ownLimits,
  renameForm,
  titleLimits,
} from '../../src/checklists/editing-cards.ts';
import { parseContent, parseNewList, parseTitle } from '../../src/checklists/input.ts';
import {
  type EditCommand,
  type ItemContent,
  lengthLimits,
  mostItems,
  type Template,
} from '../../src/checklists/model.ts';
import { requireItem } from '../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { type LineProblem, readTemplate } from '../../src/checklists/template-input.ts';
import { requireLeader } from '../../src/checklists/transition.ts';
import { type Body, bodyOf } from '../../src/directory/model.ts';
import { leads } from '../../src/shared/actor.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { bodyId } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { type Localised, languages } from '../../src/shared/language.ts';
import type { Texts } from '../../src/shared/text.ts';
import { bodiesMeant } from './body.ts';
import {
  bodyName,
  type ChecklistParts,
  type ListData,
  type ListPages,
  listData,
  longText,
  page,
  refOf,
  typed,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

const id = z.string().max(60);
const inEach = { sv: longText, fi: longText, en: longText };

/** Leaders make lists, from the chat or from a file, copy them, and change those in use. */
export function checklistEditing(parts: ChecklistParts & { pages: ListPages; newId: () => string }) {
  const { checklists, directory, listSceneFor, background, newId } = parts;
  const { regionOf, retireIfOrphan, drawn, lists } = parts.pages;

  function bodyToChange(press: Press, named: string): Body {
    const [body] = bodiesMeant(directory, press, { named });
    requireLeader({ body: body.id }, press.actor);
    return body;
  }

  /** Opens a form for a list that is to be; whoever leads nothing here reads why not above what they saw. */
  const making = (draw: (press: Press, body: Body) => Card) =>
    verb({
      input: z.object({ body: bodyName }),
      audience: 'leader of the body',
      async run(press, { body: named }) {
        const [body] = bodiesMeant(directory, press, { named });
        if (leads(press.actor, body.id)) return draw(press, body);
        const error = new AppError('directory.leadersOnly');
        return lists(press, body, 0, { tone: 'warning', text: explained(error, press, regionOf(press)) });
      },
    });

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
      input: listData.extend({ item: id }),
      audience: 'leader of the body',
      async run(press, { item, ...data }) {
        const known = await checklists.lastSeen(press.actor, refOf(data));
        return act(press, data, { do: name, item }, blockOf(known, item));
      },
    });
  const ofBlock = (name: 'removeBlock' | 'restoreBlock') =>
    verb({
      input: listData.extend({ block: id }),
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
    'checklist.ownForm': making((press, body) => ownForm(press.texts, body.id, newId(), emptyForm)),
    'checklist.own': verb({
      input: z.object({ body: bodyName, newId: id, title: longText, items: longText }),
      audience: 'leader of the body',
      async run(press, { body: named, newId: own, ...inputs }) {
        const body = bodyToChange(press, named);
        return submitted<Pick<Template, 'title' | 'blocks'>, Card>(
          { ...press, directory: regionOf(press) },
          inputs,
          { parse: (values) => atField(parseNewList(values)), limits: ownLimits, fieldOf: {} },
          {
            done: (list) => begun(press, body, { ...list, id: own, for: 'region' }),
            again: (filled) => ownForm(press.texts, body.id, own, filled),
          },
        );
      },
    }),
    'checklist.fileForm': making((press, body) => fileForm(press.texts, body.id, emptyForm)),
    'checklist.ownFile': verb({
      input: z.object({ body: bodyName, file: longText }),
      audience: 'leader of the body',
      async run(press, { body: named, file = '' }) {
        const body = bodyToChange(press, named);
        const read = readTemplate(file, { ships: false });
        if (!read.ok || file.length > fileLimits.file) {
          const problems: LineProblem[] = read.ok ? [{ line: 1, field: '', code: 'tooLong' }] : read.problems;
          press.refused(new AppError('badInput'));
          const values = shortened(formValues({ file }), fileLimits);
          return fileForm(press.texts, body.id, { values, errors: { file: problemsText(problems, press.texts) } });
        }
        const { template } = read;
        return submitted<Template, Card>(
          { ...press, directory: regionOf(press) },
          { file },
          { parse: () => ({ ok: true, value: template }), limits: fileLimits, fieldOf: {} },
          {
            done: (list) => begun(press, body, list),
            again: (filled) => fileForm(press.texts, body.id, filled),
          },
        );
      },
    }),
    'checklist.copyForm': verb({
      input: listData,
      audience: 'leader of the body',
      run: (press, data) =>
        opened(press, data, (list) =>
          copyForm(list, sceneOf(press, data), { bodies: bodiesLed(press), newId: newId() }, copyOf(list, press)),
        ),
    }),
    'checklist.copy': verb({
      input: listData.extend({ newId: id, title: longText, to: typed(200) }),
      audience: 'leader of the body',
      async run(press, { newId: own, title, to, ...data }) {
        requireLeader(data, press.actor);
        return submitted<{ title: Localised }, Card>(
          { ...press, directory: regionOf(press) },
          { title, to },
          {
            parse: (values) => atField(parseTitle(values)),
            limits: copyLimits,
            fieldOf: { 'directory.notAMember': 'to', 'directory.leadersOnly': 'to' },
          },
          {
            async done(copied) {
              const body = bodyId(to ?? data.body);
              const list = await checklists.copy(press.actor, refOf(data), { body, id: own, title: copied.title });
              return drawn(press, { body, list: list.id }, list);
            },
            again: async (filled) =>
              copyForm(
                await checklists.lastSeen(press.actor, refOf(data)),
                sceneOf(press, data),
                { bodies: bodiesLed(press), newId: own },
                filled,
              ),
          },
        );
      },
    }),
    'checklist.edit': verb({
      input: listData.extend({ block: id.optional(), page }),
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
        opened(press, data, (list) => renameForm(list, sceneOf(press, data), filledWith({ ...list.title }))),
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
      input: listData.extend({ block: id.optional() }),
      audience: 'leader of the body',
      run: (press, { block, ...data }) =>
        opened(press, data, (list) => {
          const known = list.blocks.find((one) => one.id === block);
          if (block !== undefined && !known) throw new AppError('checklist.noBlock');
          const ref = known ? { block: known.id } : { newId: newId() };
          return blockForm(list, sceneOf(press, data), ref, known ? filledWith({ ...known.title }) : emptyForm);
        }),
    }),
    'checklist.saveBlock': verb({
      input: listData.extend({ block: id.optional(), newId: id.optional(), ...inEach }),
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
      input: listData.extend({ block: id.optional(), item: id.optional() }),
      audience: 'leader of the body',
      run: (press, { block, item, ...data }) =>
        opened(press, data, (list) => {
          const scene = sceneOf(press, data);
          if (item === undefined) {
            const ref = { block: block ?? '', newId: newId() };
            return contentForm(list, scene, ref, filledWith({ approval: 'false', every: 'once', month: 'any' }));
          }
          const { text, approval, every, month } = requireItem(list, item);
          const rest = { approval: String(approval), every: every ?? 'once', month: String(month ?? 'any') };
          return contentForm(list, scene, { item }, filledWith({ ...text, ...rest }));
        }),
    }),
    'checklist.saveContent': verb({
      input: listData.extend({
        block: id.optional(),
        item: id.optional(),
        newId: id.optional(),
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

  async function begun(press: Press, body: Body, template: Template): Promise<Card> {
    const list = await checklists.startOwn(press.actor, body.id, template);
    return drawn(press, { body: body.id, list: list.id }, list);
  }

  function bodiesLed(press: Press): Body[] {
    const region = regionOf(press);
    return press.actor.memberships.flatMap(({ body }) =>
      leads(press.actor, body) ? (bodyOf(region, body) ?? []) : [],
    );
  }
}

/** No block and no item has such an id, so what is added comes last. */
const last = '';

const filledWith = (values: FormInputs): Form => ({ ...emptyForm, values: formValues(values) });

function copyOf({ title, body }: StoredChecklist, { texts }: Press): Form {
  return filledWith({ title: title[texts.language], to: body });
}

/** What is wrong with a text in one language, or with one line of several, is said at the field that it was typed in. */
function atField<Value>(parsed: Parsed<Value>): Parsed<Value> {
  if (parsed.ok) return parsed;
  return {
    ok: false,
    problems: parsed.problems.map(({ field, code }) => ({ field: field.split('.')[0] ?? '', code })),
  };
}

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

/** Those below are a matter of the next try. */
const namedProblems = 8;

function problemsText(problems: readonly LineProblem[], texts: Texts): string {
  const lines = problems.slice(0, namedProblems).map(({ line, field, code }) => {
    const limit = limitOf(field);
    const problem =
      code === 'tooLong' && limit === undefined
        ? texts('errors.checklist.tooMany', { limit: mostItems })
        : texts(`problem.${code}`, { limit: limit ?? '' });
    return texts('checklist.file.problem', { line, field, problem });
  });
  return lines.join('\n\n');
}

const limits: Readonly<Record<string, number>> = lengthLimits;

/** In characters; undefined for what is counted in items. */
function limitOf(field: string): number | undefined {
  if (field === '') return fileLimits.file;
  const name = field.split('.').findLast((part) => Object.hasOwn(limits, part));
  return name === undefined ? undefined : limits[name];
}
