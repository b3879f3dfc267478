import { z } from 'zod';
import type { Card, Said } from '../../src/cards/elements.ts';
import { emptyForm, type Form, type FormInputs, type FormValues, filledForm } from '../../src/cards/form.ts';
import type { Unfolded } from '../../src/checklists/card.ts';
import {
  blockForm,
  type ContentRef,
  contentForm,
  contentLimits,
  type EditStep,
  renameForm,
  titleLimits,
} from '../../src/checklists/editing-cards.ts';
import { parseContent, parseTitle } from '../../src/checklists/input.ts';
import type { EditCommand, ItemContent } from '../../src/checklists/model.ts';
import { contentParts, wordParts } from '../../src/checklists/seen.ts';
import { blockOf, requireBlock, requireItem } from '../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { requireInUse, requireLeader } from '../../src/checklists/transition.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { ways } from '../../src/shared/order.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { contentAgain, contentIn, contentOf, titleAgain, titleIn, titleOf } from './checklist-content.ts';
import {
  type ChecklistParts,
  type ListData,
  type ListPages,
  listData,
  longText,
  page,
  partId,
  refOf,
  seenBefore,
  typed,
  unfoldedBy,
  unlessUnseen,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import { atTypedFields, leftEmpty } from './in-languages.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

const inEach = { sv: longText, fi: longText, en: longText };
const move = { way: z.enum(ways), past: partId };

/** Leaders change a list in use: its name, its blocks and its items. */
export function checklistEditing(parts: ChecklistParts & { pages: ListPages; newId: () => string }) {
  const { checklists, listSceneFor, background, newId } = parts;
  const { regionOf, shown } = parts.pages;

  const stepOf = (press: Press, data: ListData, list: StoredChecklist | null): EditStep => ({
    ref: refOf(data),
    list,
    scene: listSceneFor(press.actor, data.placement ?? null),
  });

  const edited = (press: Press, data: ListData, list: StoredChecklist, unfolded?: Unfolded, said?: Said): Card =>
    shown(press, data, list, { card: 'edit', unfolded }, said);

  /** Opens a form for a leader, who is left alone with it meanwhile; otherwise what they change says why not. */
  async function opened(press: Press, data: ListData, draw: (list: StoredChecklist) => Card): Promise<Card> {
    requireLeader(data, press.actor);
    try {
      const list = await checklists.openForm(press.actor, refOf(data), data.placement ?? null, (stored) => {
        requireInUse(stored);
        draw(stored);
      });
      return draw(list);
    } catch (error) {
      return refused(press, data, error);
    }
  }

  async function refused(press: Press, data: ListData, error: unknown, unfolded?: Unfolded): Promise<Card> {
    const reason = explained(error, press, regionOf(press));
    const list = await checklists.lastSeen(press.actor, refOf(data));
    return edited(press, data, list, unfolded, { tone: 'warning', text: reason });
  }

  /** Does it, and shows the list where it was done; when it cannot be done, that says why. */
  async function act(press: Press, data: ListData, command: EditCommand, unfolded?: Unfolded): Promise<Card> {
    try {
      const list = await checklists.act(press.actor, refOf(data), command, data.placement ?? null);
      return edited(press, data, list, unfolded);
    } catch (error) {
      return refused(press, data, error, unfolded);
    }
  }

  /**
   * Sends a form in; when it is not taken it comes again with all that was typed, also while the list cannot be read, or
   * may not be by this sender any more.
   */
  async function sentIn<Value>(
    press: Press,
    data: ListData,
    inputs: FormInputs,
    form: {
      parse: (values: FormValues) => Parsed<Value>;
      limits: Readonly<Record<string, number>>;
      draw: (step: EditStep, filled: Form) => Card;
      toCommand: (value: Value) => EditCommand;
      unfolded?: Unfolded;
    },
  ): Promise<Card> {
    const { parse, limits } = form;
    return submitted<Value, Card>(
      { ...press, directory: regionOf(press) },
      inputs,
      { parse: (values) => atTypedFields(parse(values), values, press.texts.language), limits, fieldOf: {} },
      {
        allow: () => requireLeader(data, press.actor),
        async done(value) {
          const list = await checklists.act(press.actor, refOf(data), form.toCommand(value), data.placement ?? null);
          return edited(press, data, list, form.unfolded);
        },
        async again(filled) {
          const list = await unlessUnseen(checklists.lastSeen(press.actor, refOf(data)));
          if (list) background(() => checklists.openForm(press.actor, refOf(data), data.placement ?? null));
          return form.draw(stepOf(press, data, list), filled);
        },
      },
    );
  }

  const ofItem = (name: 'removeItem' | 'restoreItem') =>
    verb({
      input: listData.extend({ item: partId }),
      audience: 'leader of the body',
      run: (press, { item, ...data }) => act(press, data, { do: name, item }, { item }),
    });
  const ofBlock = (name: 'removeBlock' | 'restoreBlock') =>
    verb({
      input: listData.extend({ block: partId }),
      audience: 'leader of the body',
      run: (press, { block, ...data }) => act(press, data, { do: name, block }, from(block)),
    });
  const ofList = (name: 'close' | 'reopen') =>
    verb({
      input: listData,
      audience: 'leader of the body',
      run: (press, data) => act(press, data, { do: name }),
    });

  return {
    'checklist.edit': verb({
      input: listData.extend({ block: partId.optional(), item: partId.optional(), page }),
      audience: 'leader of the body',
      async run(press, { block, item, page: at, ...data }) {
        requireLeader(data, press.actor);
        const list = await checklists.closeForm(press.actor, refOf(data), data.placement ?? null);
        return edited(press, data, list, unfoldedBy({ block, item, page: at }));
      },
    }),
    'checklist.renameForm': verb({
      input: listData,
      audience: 'leader of the body',
      run: (press, data) =>
        opened(press, data, (list) =>
          renameForm(stepOf(press, data, list), filledForm(titleIn(list, press.texts.language)), {
            seen: seenOf(wordParts(list.title)),
          }),
        ),
    }),
    'checklist.rename': verb({
      input: listData.extend({ seen: seenBefore, ...inEach }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { seen, sv, fi, en, ...data }) =>
        sentIn(
          press,
          data,
          { sv, fi, en },
          {
            parse: (values) => parseTitle(titleOf(values)),
            limits: titleLimits,
            draw(step, filled) {
              const { form, ...name } = titleAgain(step.list, seen, filled, press.texts.language);
              return renameForm(step, form, name);
            },
            toCommand: ({ title }) => ({ do: 'rename', title, seen, following: leftEmpty({ sv, fi, en }) }),
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
          const ref = known ? { block: known.id, seen: seenOf(wordParts(known.title)) } : { newId: newId() };
          const form = known ? filledForm(titleIn(known, press.texts.language)) : emptyForm;
          return blockForm(stepOf(press, data, list), ref, form);
        }),
    }),
    'checklist.saveBlock': verb({
      input: listData.extend({ block: partId.optional(), newId: partId.optional(), seen: seenBefore, ...inEach }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { block, newId: own, seen, sv, fi, en, ...data }) => {
        const ref = block === undefined ? { newId: own ?? newId() } : { block };
        return sentIn(
          press,
          data,
          { sv, fi, en },
          {
            parse: (values) => parseTitle(titleOf(values)),
            limits: titleLimits,
            draw(step, filled) {
              if ('newId' in ref) return blockForm(step, ref, filled);
              const known = step.list?.blocks.find(({ id }) => id === block);
              const { form, newer, ...name } = titleAgain(known, seen, filled, press.texts.language);
              return blockForm(step, { ...ref, ...name }, form, newer);
            },
            toCommand: ({ title }) =>
              'block' in ref
                ? { do: 'changeBlock', block: ref.block, title, seen, following: leftEmpty({ sv, fi, en }) }
                : { do: 'addBlock', id: ref.newId, title },
            unfolded: from('block' in ref ? ref.block : ref.newId),
          },
        );
      },
    }),
    'checklist.moveBlock': verb({
      input: listData.extend({ block: partId, ...move }),
      audience: 'leader of the body',
      run: (press, { block, way, past, ...data }) =>
        act(press, data, { do: 'moveBlock', block, way, past }, from(block)),
    }),
    'checklist.removeBlock': ofBlock('removeBlock'),
    'checklist.restoreBlock': ofBlock('restoreBlock'),
    'checklist.contentForm': verb({
      input: listData.extend({ block: partId.optional(), item: partId.optional() }),
      audience: 'leader of the body',
      run: (press, { block, item, ...data }) =>
        opened(press, data, (list) => {
          const step = stepOf(press, data, list);
          if (item === undefined) {
            const ref = { block: requireBlock(list, block).id, newId: newId() };
            return contentForm(step, ref, filledForm({ approval: 'false', every: 'once', month: 'any' }));
          }
          const known = requireItem(list, item);
          const to = blockOf(list, item);
          const ref = { item, block: to, seen: seenOf(contentParts(known, to)) };
          return contentForm(step, ref, filledForm({ ...contentIn(known, press.texts.language), to }));
        }),
    }),
    'checklist.saveContent': verb({
      input: listData.extend({
        block: partId.optional(),
        item: partId.optional(),
        newId: partId.optional(),
        seen: seenBefore,
        ...inEach,
        approval: typed(10),
        every: typed(20),
        month: typed(10),
        to: partId.optional(),
      }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { block = '', item, newId: own, seen, sv, fi, en, approval, every, month, to, ...data }) => {
        const ref: ContentRef = item === undefined ? { block, newId: own ?? newId() } : { block, item, seen };
        // What the form opened with says nothing, also in one of before, whose `seen` knows no blocks.
        const chosen = to && to !== block ? { block: to } : {};
        return sentIn<ItemContent>(
          press,
          data,
          { sv, fi, en, approval, every, month, to },
          {
            parse: (values) => parseContent(contentOf(values)),
            limits: contentLimits,
            draw: (step, filled) => contentAgain(step, ref, filled),
            toCommand: (content) =>
              'item' in ref
                ? { do: 'changeItem', item: ref.item, content, seen, following: leftEmpty({ sv, fi, en }), ...chosen }
                : { do: 'addItem', id: ref.newId, block, content },
            unfolded: { item: 'item' in ref ? ref.item : ref.newId },
          },
        );
      },
    }),
    'checklist.moveItem': verb({
      input: listData.extend({ item: partId, ...move }),
      audience: 'leader of the body',
      run: (press, { item, way, past, ...data }) => act(press, data, { do: 'moveItem', item, way, past }, { item }),
    }),
    'checklist.removeItem': ofItem('removeItem'),
    'checklist.restoreItem': ofItem('restoreItem'),
    'checklist.close': ofList('close'),
    'checklist.reopen': ofList('reopen'),
  } satisfies VerbTable;
}

/** From its first item on. */
const from = (block: string): Unfolded => ({ block, page: 0 });
