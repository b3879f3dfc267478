import { z } from 'zod';
import { formatDate } from '../../src/cards/dates.ts';
import type { Card, Said } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, filledForm } from '../../src/cards/form.ts';
import { requireLinkable } from '../../src/checklists/facts.ts';
import {
  assignForm,
  dueForm,
  type ItemStep,
  linkForm,
  noteCard,
  noteForm,
  places,
  reasonForm,
} from '../../src/checklists/form.ts';
import type { Item } from '../../src/checklists/model.ts';
import { seenNote } from '../../src/checklists/seen.ts';
import { itemsOf, requireItem } from '../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { requireInUse, requireLeader, requireMember } from '../../src/checklists/transition.ts';
import { requireOpen } from '../../src/checklists/verdict.ts';
import type { ChecklistPress } from '../../src/checklists/writings.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { assigning, type ItemForm, linking, noting, settingAside, settingDue } from './checklist-forms.ts';
import {
  type ChecklistParts,
  type ListPages,
  type ListView,
  listData,
  longText,
  partId,
  refOf,
  seenBefore,
  typed,
  unlessUnseen,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import type { DrawTasks } from './tasks.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

const itemData = listData.extend({
  item: partId,
  from: z.enum(places).optional(),
});
type ItemData = z.infer<typeof itemData>;

interface SentIn<Value> {
  /** What is said of what was done. */
  said?: (value: Value) => Said;
  /** Draws the form when it was not taken. */
  drawAgain?: (filled: Form) => Promise<Card>;
}

/** What people do with an item: every press is one call of the service and one card. */
export function checklistItems(parts: ChecklistParts & { pages: ListPages; drawTasks: DrawTasks }) {
  const { checklists, listSceneFor, clock, background, drawTasks } = parts;
  const { regionOf, shown } = parts.pages;

  /** What the presser goes on with: the item, their tasks, or the list, wherever they came from. */
  async function onwards(press: Press, data: ItemData, list: StoredChecklist, said?: Said): Promise<Card> {
    const { item, from } = data;
    const isGone = !itemsOf(list).some(({ id }) => id === item);
    if (from === 'tasks' || (from === 'task' && isGone)) return drawTasks(press, { said });
    return shown(press, data, list, from ? { card: 'item', item, asTask: from === 'task' } : listAt(item), said);
  }

  /** Does it, and goes on; when it cannot be done, what comes says why. */
  async function act(press: Press, data: ItemData, done: ChecklistPress): Promise<Card> {
    try {
      const list = await checklists.act(press.actor, refOf(data), done, data.placement ?? null);
      return await onwards(press, data, list);
    } catch (error) {
      return refused(press, data, error);
    }
  }

  async function refused(press: Press, data: ItemData, error: unknown): Promise<Card> {
    if (isAppError(error, 'checklist.notFound') || isAppError(error, 'directory.notAMember')) throw error;
    const reason = explained(error, press, regionOf(press));
    const list = await checklists.lastSeen(press.actor, refOf(data));
    return onwards(press, data, list, { tone: 'warning', text: reason });
  }

  function stepOf(press: Press, data: ItemData, list: StoredChecklist | null): ItemStep {
    const scene = listSceneFor(press.actor, data.placement ?? null);
    return { ref: refOf(data), item: data.item, list, from: data.from, scene };
  }

  /** Opens a form of an item that is there, for who may send it in as the item stands; otherwise the list says why not. */
  async function opened(
    press: Press,
    data: ItemData,
    draw: (step: ItemStep, item: Item) => Card,
    allow: (item: Item) => void,
  ): Promise<Card> {
    try {
      const list = await checklists.openForm(press.actor, refOf(data), data.placement ?? null, (stored) => {
        requireInUse(stored);
        allow(requireItem(stored, data.item));
      });
      return draw(stepOf(press, data, list), requireItem(list, data.item));
    } catch (error) {
      return refused(press, data, error);
    }
  }

  const sentIn = <Value>(
    press: Press,
    data: ItemData,
    form: ItemForm<Value>,
    inputs: FormInputs,
    { said, drawAgain = (filled) => again(press, data, form, filled) }: SentIn<Value> = {},
  ): Promise<Card> =>
    submitted<Value, Card>({ ...press, directory: regionOf(press) }, inputs, form, {
      allow: () => requireMember(data, press.actor),
      async done(value) {
        const done = form.toPress(value, data.item);
        const list = await checklists.act(press.actor, refOf(data), done, data.placement ?? null);
        return onwards(press, data, list, said?.(value));
      },
      again: drawAgain,
    });

  /** Nothing typed is lost, also while the store cannot be reached, or when its sender may not see the list any more. */
  async function again<Value>(press: Press, data: ItemData, form: ItemForm<Value>, filled: Form): Promise<Card> {
    const list = await unlessUnseen(checklists.lastSeen(press.actor, refOf(data)));
    if (list) background(() => checklists.openForm(press.actor, refOf(data), data.placement ?? null));
    return form.draw(stepOf(press, data, list), filled);
  }

  /** Where somebody has written another note meanwhile, that is shown too, so that the next press may take its place. */
  async function noteAgain(press: Press, data: ItemData, filled: Form, seen: string | undefined): Promise<Card> {
    const known = await unlessUnseen(checklists.lastSeen(press.actor, refOf(data)));
    const item = known && itemsOf(known).find(({ id }) => id === data.item);
    const newer =
      item && seen !== undefined && seenNote(item) !== seen ? await unlessUnseen(noteOf(press, data)) : null;
    if (!newer) return again(press, data, noting(seen), filled);
    const { list, seen: now, note, reason } = newer;
    return noteForm(stepOf(press, data, list), filled, { seen: now, reason, newer: note });
  }

  /** The look is in the log, and the message of the form is left in peace. */
  async function noteOf(press: Press, data: ItemData) {
    const { list, writings } = await checklists.read(press.actor, refOf(data), data.item, data.placement ?? null);
    return { list, seen: seenNote(requireItem(list, data.item)), ...writings };
  }

  const plain = (name: 'take' | 'giveBack' | 'done' | 'approve' | 'sendBack') =>
    verb({
      input: itemData,
      audience: name === 'approve' || name === 'sendBack' ? 'leader of the body' : 'members of the body',
      run: (press, data) => act(press, data, { do: name, item: data.item }),
    });
  const opening = (draw: typeof linkForm, allow: (item: Item) => void, present: (item: Item) => FormInputs) =>
    verb({
      input: itemData,
      audience: 'members of the body',
      run: (press, data) => opened(press, data, (step, item) => draw(step, filledForm(present(item))), allow),
    });

  return {
    'checklist.item': verb({
      input: itemData,
      audience: 'members of the body',
      async run(press, data) {
        const list = await checklists.closeForm(press.actor, refOf(data), data.placement ?? null);
        const there: ItemData = { ...data, from: data.from === 'tasks' ? 'task' : 'item' };
        try {
          requireItem(list, data.item);
        } catch (error) {
          return refused(press, there, error);
        }
        return onwards(press, there, list);
      },
    }),
    'checklist.take': plain('take'),
    'checklist.giveBack': plain('giveBack'),
    'checklist.done': plain('done'),
    'checklist.approve': plain('approve'),
    'checklist.sendBack': plain('sendBack'),
    'checklist.undo': verb({
      input: itemData.extend({ step: z.int().min(0).max(1_000_000) }),
      audience: 'members of the body',
      run: (press, { step, ...data }) => act(press, data, { do: 'undo', item: data.item, step }),
    }),
    'checklist.assignForm': verb({
      input: itemData,
      audience: 'leader of the body',
      run: (press, data) =>
        opened(
          press,
          data,
          (step, { owners }) => assignForm(step, filledForm({ to: owners.map(({ person }) => person).join(',') })),
          (item) => {
            requireLeader(data, press.actor);
            requireOpen(item);
          },
        ),
    }),
    'checklist.assign': verb({
      input: itemData.extend({ to: longText }),
      audience: 'leader of the body',
      run: (press, { to, ...data }) => sentIn(press, data, assigning, { to }),
    }),
    'checklist.dueForm': opening(dueForm, requireOpen, ({ due }) => ({ due: due ?? undefined })),
    'checklist.setDue': verb({
      input: itemData.extend({ due: typed(40), words: typed(1_000) }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { due, words, ...data }) => {
        const inputs = { due, words };
        const form = settingDue(inputs, clock.now().toZonedDateTimeISO(regionOf(press).policy.timeZone));
        return sentIn(press, data, form, inputs, { said: (value) => dueSaid(press, value.due) });
      },
    }),
    'checklist.linkForm': opening(linkForm, requireLinkable, ({ link }) => ({ link: link ?? undefined })),
    'checklist.link': verb({
      input: itemData.extend({ link: longText }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { link, ...data }) => sentIn(press, data, linking, { link }),
    }),
    'checklist.noteForm': verb({
      input: itemData,
      audience: 'members of the body',
      async run(press, data) {
        try {
          const { list, seen, note, reason } = await noteOf(press, data);
          const step = stepOf(press, data, list);
          if (list.closed) return noteCard(step, { note, reason });
          return noteForm(step, filledForm({ note: note ?? undefined }), { seen, reason });
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'checklist.note': verb({
      input: itemData.extend({ note: longText, seen: seenBefore }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { note, seen, ...data }) =>
        sentIn(press, data, noting(seen), { note }, { drawAgain: (filled) => noteAgain(press, data, filled, seen) }),
    }),
    'checklist.reasonForm': opening(reasonForm, requireOpen, () => ({})),
    'checklist.notApplicable': verb({
      input: itemData.extend({ reason: longText }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { reason, ...data }) => sentIn(press, data, settingAside, { reason }),
    }),
  } satisfies VerbTable;

  function listAt(item: string): ListView {
    return { card: 'list', unfolded: { item } };
  }

  function dueSaid({ actor, texts }: Press, due: string | null): Said {
    const { today } = listSceneFor(actor, null);
    const saved = due && texts('checklist.form.setDue.saved', { date: formatDate(due, texts, today) });
    return { tone: 'good', text: saved ?? texts('checklist.form.setDue.cleared') };
  }
}
