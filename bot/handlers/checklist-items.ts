import { z } from 'zod';
import { formatDate } from '../../src/cards/dates.ts';
import type { Card, Said } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, filledForm } from '../../src/cards/form.ts';
import { requireLinkable } from '../../src/checklists/facts.ts';
import { type ItemStep, noteCard, places } from '../../src/checklists/form.ts';
import type { Item, Writings } from '../../src/checklists/model.ts';
import { itemsOf, requireItem } from '../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { requireInUse, requireLeader, requireMember } from '../../src/checklists/transition.ts';
import { requireOpen } from '../../src/checklists/verdict.ts';
import type { ChecklistPress } from '../../src/checklists/writings.ts';
import { changedSince, type Seen, seenOf } from '../../src/shared/seen.ts';
import {
  assigning,
  dueView,
  type ItemForm,
  type ItemFormView,
  linking,
  noting,
  settingAside,
  settingDue,
} from './checklist-forms.ts';
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
type ItemData = z.infer<typeof itemData> & Seen;

/** What a form sends that writes over something. */
const formData = itemData.extend({ seen: seenBefore });

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
    const reason = explained(error, press, regionOf(press));
    const list = await checklists.lastSeen(press.actor, refOf(data));
    return onwards(press, data, list, { tone: 'warning', text: reason });
  }

  function stepOf(press: Press, data: ItemData, list: StoredChecklist | null): ItemStep {
    const scene = listSceneFor(press.actor, data.placement ?? null);
    return { ref: refOf(data), item: data.item, list, from: data.from, scene, seen: data.seen };
  }

  /** A form of the item as it stands, which is what its sender has seen from now on. */
  function stepNow(
    press: Press,
    data: ItemData,
    { about }: ItemFormView,
    { list, writings }: { list: StoredChecklist; writings?: Writings },
  ): ItemStep {
    const seen = about && seenOf(about(requireItem(list, data.item)));
    return { ...stepOf(press, { ...data, seen }, list), ...(writings && { writings }) };
  }

  /** The same, read anew while its message is left in peace. */
  async function readNow(press: Press, data: ItemData, form: ItemFormView): Promise<ItemStep> {
    const { item, placement = null } = data;
    const read = form.isSealed
      ? await checklists.read(press.actor, refOf(data), item, placement)
      : { list: await checklists.openForm(press.actor, refOf(data), placement) };
    return stepNow(press, data, form, read);
  }

  /** Opens a form of an item that is there, for who may send it in as the item stands; otherwise the list says why not. */
  async function opened(
    press: Press,
    data: ItemData,
    form: ItemFormView,
    allow: (item: Item) => void,
    present: (item: Item) => FormInputs,
  ): Promise<Card> {
    try {
      const list = await checklists.openForm(press.actor, refOf(data), data.placement ?? null, (stored) => {
        requireInUse(stored);
        allow(requireItem(stored, data.item));
      });
      return form.draw(stepNow(press, data, form, { list }), filledForm(present(requireItem(list, data.item))));
    } catch (error) {
      return refused(press, data, error);
    }
  }

  const sentIn = <Value>(
    press: Press,
    data: ItemData,
    form: ItemForm<Value>,
    inputs: FormInputs,
    said?: (value: Value) => Said,
  ): Promise<Card> =>
    submitted<Value, Card>({ ...press, directory: regionOf(press) }, inputs, form, {
      allow: () => requireMember(data, press.actor),
      async done(value) {
        const done = form.toPress(value, data);
        const list = await checklists.act(press.actor, refOf(data), done, data.placement ?? null);
        return onwards(press, data, list, said?.(value));
      },
      again: (filled) => again(press, data, form, filled),
    });

  /**
   * Nothing typed is lost, also while the store cannot be reached, or when its sender may not see the list any more. What
   * others have changed meanwhile is shown too, so that the next press may take its place.
   */
  async function again(press: Press, data: ItemData, form: ItemFormView, filled: Form): Promise<Card> {
    const known = await unlessUnseen(checklists.lastSeen(press.actor, refOf(data)));
    const item = known && itemsOf(known).find(({ id }) => id === data.item);
    const isOvertaken = item && form.about && changedSince(data.seen, form.about(item)).length > 0;
    const newer = isOvertaken && (await unlessUnseen(readNow(press, data, form)));
    if (newer) return form.draw({ ...newer, isOvertaken }, filled);
    if (known) background(() => checklists.openForm(press.actor, refOf(data), data.placement ?? null));
    return form.draw(stepOf(press, data, known), filled);
  }

  const plain = (name: 'take' | 'giveBack' | 'done' | 'approve' | 'sendBack') =>
    verb({
      input: itemData,
      audience: name === 'approve' || name === 'sendBack' ? 'leader of the body' : 'members of the body',
      run: (press, data) => act(press, data, { do: name, item: data.item }),
    });
  const opening = (form: ItemFormView, allow: (item: Item) => void, present: (item: Item) => FormInputs) =>
    verb({
      input: itemData,
      audience: 'members of the body',
      run: (press, data) => opened(press, data, form, allow, present),
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
          assigning,
          (item) => {
            requireLeader(data, press.actor);
            requireOpen(item);
          },
          ({ owners }) => ({ to: owners.map(({ person }) => person).join(',') }),
        ),
    }),
    'checklist.assign': verb({
      input: formData.extend({ to: longText }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { to, ...data }) => sentIn(press, data, assigning, { to }),
    }),
    'checklist.dueForm': opening(dueView, requireOpen, ({ due }) => ({ due: due ?? undefined })),
    'checklist.setDue': verb({
      input: formData.extend({ due: typed(40), words: typed(1_000) }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { due, words, ...data }) => {
        const inputs = { due, words };
        const form = settingDue(inputs, clock.now().toZonedDateTimeISO(regionOf(press).policy.timeZone));
        return sentIn(press, data, form, inputs, (value) => dueSaid(press, value.due));
      },
    }),
    'checklist.linkForm': opening(linking, requireLinkable, ({ link }) => ({ link: link ?? undefined })),
    'checklist.link': verb({
      input: formData.extend({ link: longText }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { link, ...data }) => sentIn(press, data, linking, { link }),
    }),
    'checklist.noteForm': verb({
      input: itemData,
      audience: 'members of the body',
      async run(press, data) {
        try {
          const step = await readNow(press, data, noting);
          if (step.list?.closed) return noteCard(step);
          return noting.draw(step, filledForm({ note: step.writings?.note ?? undefined }));
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'checklist.note': verb({
      input: formData.extend({ note: longText }),
      audience: 'members of the body',
      givesBack: true,
      run: (press, { note, ...data }) => sentIn(press, data, noting, { note }),
    }),
    'checklist.reasonForm': opening(settingAside, requireOpen, () => ({})),
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
