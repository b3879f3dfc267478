import { emptyForm, type Form, filledForm, type Limits, shortened } from '../../../../src/cards/form.ts';
import { type ListScene, type ListViewer, listCard, listMessage } from '../../../../src/checklists/card.ts';
import { editCard } from '../../../../src/checklists/edit-card.ts';
import {
  blockForm,
  contentForm,
  contentLimits,
  copyForm,
  copyLimits,
  type EditStep,
  fileLimits,
  ownForm,
  ownLimits,
  renameForm,
  titleLimits,
} from '../../../../src/checklists/editing-cards.ts';
import { exportCard } from '../../../../src/checklists/export-card.ts';
import { fileForm } from '../../../../src/checklists/file-card.ts';
import {
  assignForm,
  dueForm,
  dueWordsLimit,
  type ItemStep,
  linkForm,
  linkLimits,
  noteCard,
  noteForm,
  noteLimits,
  reasonForm,
  reasonLimits,
} from '../../../../src/checklists/form.ts';
import { parseLink } from '../../../../src/checklists/input.ts';
import { itemCard } from '../../../../src/checklists/item-card.ts';
import type { BodyFigures, ListFigures } from '../../../../src/checklists/listing.ts';
import { listsCard, overviewCard } from '../../../../src/checklists/lists-card.ts';
import { type Checklist, type Item, lengthLimits, mostBlocks } from '../../../../src/checklists/model.ts';
import { noticeMessage, reminderMessage } from '../../../../src/checklists/notice-card.ts';
import { itemsOf, progressOf, tasksOf } from '../../../../src/checklists/standing.ts';
import type { StoredChecklist } from '../../../../src/checklists/stored.ts';
import { taskOf } from '../../../../src/checklists/task-card.ts';
import { privatelyCard } from '../../../../src/conversations/card.ts';
import { movedMessage } from '../../../../src/delivery/moved-card.ts';
import type { Directory } from '../../../../src/directory/model.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type Task, tasksCard } from '../../../../src/tasks/card.ts';
import { envelope, lojo, monday, people } from '../../../support/builders.ts';
import {
  dateAt,
  inAll,
  itemOf,
  list,
  pressed,
  template,
  templateItem,
  twoLeaders,
} from '../../../support/checklists.ts';
import type { DrawnCard } from './every-card.ts';

/** A text at its limit in the letters that people here use: two bytes each. */
const long = (length: number): string => 'ä'.repeat(length);
const at = monday.toString();
const today = dateAt(monday);

const placement = '0'.repeat(8).concat('-0000-4000-8000-', '0'.repeat(12));
const longId = (kind: string, index: number): string => `${kind}-${String(index).padStart(55, '0')}`.slice(0, 60);

/** 500 items in 50 blocks, all texts at their limits, all items late and of everybody in `directory`. */
function largestList(directory: Directory): StoredChecklist {
  const owners = directory.members.slice(0, 20).map(({ person }) => ({ person, since: at }));
  const blocks = Array.from({ length: mostBlocks }, (_, block) => ({
    id: longId('block', block),
    title: inAll(long(lengthLimits.title)),
    items: Array.from({ length: 10 }, (_, item) =>
      templateItem(longId('item', block * 10 + item), {
        text: inAll(long(lengthLimits.text)),
        source: long(lengthLimits.source),
        approval: true,
      }),
    ),
  }));
  const begun = list({ title: inAll(long(lengthLimits.title)), blocks }, { id: `own-${longId('list', 1)}` });
  const late = (item: Item): Item => ({ ...item, owners, due: '2025-11-02', note: envelope('canary-note-envelope') });
  return { ...begun, blocks: begun.blocks.map((block) => ({ ...block, items: block.items.map(late) })) };
}

/** Of the longest ones that are taken, of each of these letters, that which needs most room on a card. */
function longestLink(): string {
  const longest = ['x', '中', '\\', '"'].map((letter) => {
    for (let length = lengthLimits.link; length > 0; length--) {
      const parsed = parseLink({ link: `https://example.com/?${letter.repeat(length)}` });
      if (parsed.ok && parsed.value.link !== null) return parsed.value.link;
    }
    throw new Error(`No link of ${letter} is taken.`);
  });
  const room = (link: string): number => JSON.stringify(link).length;
  return longest.reduce((most, link) => (room(link) > room(most) ? link : most));
}

function tasksIn(list: Checklist, scene: ListScene, viewer: ListViewer): Task[] {
  return tasksOf(list, viewer.person, viewer.leads).map((item) => taskOf({ list, item }, scene, viewer));
}

/** Cards of a list of which every text is `words`. */
export function markedCards(language: Language, words: string): DrawnCard[] {
  const texts = textsFor(language);
  const scene: ListScene = { texts, directory: twoLeaders, today, placement: null };
  const text = inAll(words);
  const items = [templateItem('plain', { text, source: words })];
  const begun = list({ title: text, blocks: [{ id: 'first', title: text, items }] });
  const marked = pressed(begun, 'maria', { do: 'assign', item: 'plain', to: [people.petri] }).list;
  const item = itemOf(marked, 'plain');
  const petri = { person: people.petri, leads: false };
  const figures = {
    body: lojo,
    id: 'own',
    title: text,
    person: null,
    closed: false,
    progress: progressOf([item], today),
  };
  const [body] = twoLeaders.bodies;
  if (!body) throw new Error('The example region has no bodies.');
  const step: ItemStep = { ref: marked, item: 'plain', list: marked, from: 'item', scene };
  const about = { kind: 'assigned', item, by: people.maria } as const;
  return [
    { name: 'list', card: listMessage(marked, scene, []).card },
    { name: 'item', card: itemCard(marked, item, scene, petri) },
    { name: 'list to change', card: editCard(marked, scene) },
    { name: 'form of an item', card: noteForm(step, emptyForm) },
    { name: 'form of a list', card: renameForm({ ref: marked, list: marked, scene }, emptyForm) },
    {
      name: 'lists',
      card: listsCard(
        { body, lists: [figures], offered: [{ ...template, title: text }], inChat: false, page: 0, makes: true },
        texts,
        twoLeaders,
      ),
    },
    {
      name: 'overview',
      card: overviewCard({ bodies: [{ body, lists: [figures] }], own: [lojo], page: 0 }, texts, twoLeaders),
    },
    { name: 'files', card: exportCard(marked, scene, { to: () => 'https://example.org/', minutes: 15 }) },
    { name: 'line', card: movedMessage(words, texts, { where: 'here', url: null }).card },
    { name: 'notice', card: noticeMessage(marked, about, scene).card },
    { name: 'reminder', card: reminderMessage({ mine: [{ list: marked, item }], overdue: [] }, scene).card },
    { name: 'tasks', card: tasksCard({ tasks: tasksIn(marked, scene, petri), page: 0, today }, texts) },
  ];
}

export function checklistCards(language: Language, crowd: Directory, refreshFor: readonly string[]): DrawnCard[] {
  const texts = textsFor(language);
  const here: ListScene = { texts, directory: twoLeaders, today, placement: null };
  const placed: ListScene = { ...here, directory: crowd, placement };
  const maria = { person: people.maria, leads: true };
  const petri = { person: people.petri, leads: false };
  const largest = largestList(crowd);
  const largestItem = itemsOf(largest).at(-1);
  if (!largestItem) throw new Error('The largest list is empty.');
  const evidence = longestLink();

  const fresh = list();
  const mine = pressed(fresh, 'petri', { do: 'take', item: 'plain' }).list;
  const linked = pressed(fresh, 'petri', { do: 'link', item: 'checked', link: evidence }).list;
  const waiting = pressed(linked, 'petri', { do: 'done', item: 'checked' }).list;
  const states = {
    fresh,
    mine: pressed(mine, 'petri', { do: 'setDue', item: 'plain', due: '2026-12-04' }).list,
    waiting,
    approved: pressed(waiting, 'maria', { do: 'approve', item: 'checked' }).list,
    done: pressed(mine, 'petri', { do: 'done', item: 'plain' }).list,
    'not applicable': pressed(fresh, 'petri', { do: 'notApplicable', item: 'plain', reason: envelope() }).list,
    'comes again': pressed(fresh, 'petri', { do: 'done', item: 'monthly' }).list,
    closed: pressed(fresh, 'maria', { do: 'close' }).list,
    induction: { ...fresh, person: people.jonas, id: `induction-expert~${people.jonas}` },
  };
  const step = (over: Partial<ItemStep> = {}): ItemStep => ({
    ref: fresh,
    item: 'plain',
    list: fresh,
    from: 'item',
    scene: here,
    ...over,
  });
  const wide = step({ ref: largest, item: largestItem.id, list: largest, scene: placed });
  const wholeList: EditStep = { ref: largest, list: largest, scene: placed };
  const wrong = (id: string, value: string) => ({
    values: { [id]: value },
    errors: { [id]: texts('problem.invalid') },
  });
  const unavailable = { reason: texts('errors.store.unavailable'), final: false };

  const removed = (['removeItem', 'removeBlock'] as const).reduce<Checklist>(
    (state, command) =>
      pressed(
        state,
        'maria',
        command === 'removeItem' ? { do: command, item: 'plain' } : { do: command, block: 'second' },
      ).list,
    fresh,
  );
  const gone = { by: people.maria, at };
  const allRemoved = {
    ...largest,
    blocks: largest.blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => ({ ...item, removed: gone })),
    })),
  };
  const done = { is: 'waiting', by: crowd.members.at(-1)?.person ?? people.petri, at } as const;
  const allWaiting = {
    ...largest,
    blocks: largest.blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => ({ ...item, owners: [], state: done, link: evidence })),
    })),
  };
  /** What is typed may be anything: three bytes each, and cut before it is shown again. */
  const tooLong = (limits: Limits): Form => ({
    ...shortened(Object.fromEntries(Object.keys(limits).map((id) => [id, '€'.repeat(20_000)])), limits),
    errors: Object.fromEntries(
      Object.entries(limits).map(([id, limit]) => [id, texts('problem.tooLong', { limit }).repeat(8)]),
    ),
  });

  const writings = { writings: { note: '€'.repeat(noteLimits.note), reason: '€'.repeat(noteLimits.note) } };

  const figures = (index: number): ListFigures => ({
    body: lojo,
    id: `own-${longId('list', index)}`,
    title: inAll(long(lengthLimits.title)),
    person: index % 2 ? people.jonas : null,
    closed: index % 3 === 0,
    progress: progressOf(itemsOf(largest), today),
  });
  const many = Array.from({ length: 200 }, (_, index) => figures(index));
  const [body] = crowd.bodies;
  if (!body) throw new Error('The example region has no bodies.');
  const bodies: BodyFigures[] = crowd.bodies.map((one) => ({ body: one, lists: many }));
  const offered = Array.from({ length: 9 }, () => ({ ...template, title: inAll(long(60)) }));
  const moved = { tone: 'warning', text: texts('errors.checklist.reordered') } as const;
  const listed = itemsOf(largest).map((item) => ({ list: largest, item }));

  return [
    ...Object.entries(states).flatMap(([name, state]) => [
      { name: `checklist for everybody: ${name}`, card: listMessage(state, here, refreshFor.slice(0, 6)).card },
      ...[maria, petri].map((viewer) => ({
        name: `checklist as ${viewer.leads ? 'a leader' : 'a member'} sees it: ${name}`,
        card: listCard(state, here, { viewer, said: { tone: 'warning', text: texts('errors.checklist.linkNeeded') } }),
      })),
      ...['plain', 'checked', 'monthly'].flatMap((item) =>
        [maria, petri].map((viewer) => ({
          name: `item ${item} as ${viewer.leads ? 'a leader' : 'a member'} sees it: ${name}`,
          card: itemCard(state, itemOf(state, item), here, viewer),
        })),
      ),
    ]),
    { name: 'largest checklist', card: listMessage(largest, placed, refreshFor).card },
    {
      name: 'largest checklist in the middle, for one',
      card: listCard(largest, placed, { viewer: maria, unfolded: { block: longId('block', 20), page: 1 } }),
    },
    {
      name: 'largest item',
      card: itemCard(largest, { ...largestItem, link: evidence }, placed, maria, {
        said: { tone: 'good', text: texts('checklist.form.setDue.cleared') },
        asTask: true,
      }),
    },

    {
      name: 'largest checklist as files',
      card: exportCard(largest, placed, { to: () => `https://example.com/files/${'x'.repeat(800)}`, minutes: 15 }),
    },

    { name: 'form: whom to assign', card: assignForm(wide, emptyForm) },
    { name: 'form: due', card: dueForm(step({ from: 'tasks' }), { values: { due: '2026-12-04' }, errors: {} }) },
    { name: 'largest due form', card: dueForm(wide, wrong('words', long(dueWordsLimit))) },
    { name: 'largest link form', card: linkForm(wide, tooLong(linkLimits)) },
    {
      name: 'largest note form',
      card: noteForm(
        { ...wide, ...writings, seen: 'a'.repeat(8), isOvertaken: true },
        { ...tooLong(noteLimits), refused: { reason: texts('errors.form.overtaken'), final: false } },
      ),
    },
    {
      name: 'largest note to read',
      card: noteCard({ ...wide, ...writings }),
    },
    { name: 'note form once the note was taken away', card: noteForm({ ...step(), isOvertaken: true }, emptyForm) },
    { name: 'largest reason form', card: reasonForm(wide, wrong('reason', long(reasonLimits.reason))) },
    {
      name: 'note form without a store',
      card: noteForm(step({ list: null, from: undefined }), { ...emptyForm, refused: unavailable }),
    },

    {
      name: 'checklists of a body that has none',
      card: listsCard({ body, lists: [], offered, inChat: true, page: 0, makes: false }, texts, crowd),
    },
    {
      name: 'longest checklists of a body',
      card: listsCard(
        { body, lists: many, offered, inChat: true, page: 3, said: { tone: 'good', text: long(160) }, makes: true },
        texts,
        crowd,
      ),
    },
    { name: 'overview without lists', card: overviewCard({ bodies: [], own: [], page: 0 }, texts, crowd) },
    {
      name: 'largest overview',
      card: overviewCard({ bodies, own: bodies.map((one) => one.body.id), page: 3 }, texts, crowd),
    },
    { name: 'tasks for everybody', card: privatelyCard(texts, 'tasks', 'task.list') },
    { name: 'overview for everybody', card: privatelyCard(texts, 'overview', 'checklist.overview') },

    ...Object.entries(states).map(([name, state]) => ({
      name: `checklist to change: ${name}`,
      card: editCard(state, here),
    })),
    {
      name: 'checklist to change with what was removed',
      card: editCard(removed, here, { said: { tone: 'warning', text: texts('errors.checklist.noBlock') } }),
    },
    {
      name: 'largest checklist to change',
      card: editCard(largest, placed, { unfolded: { block: longId('block', 20), page: 0 }, said: moved }),
    },
    {
      name: 'largest checklist to change, all removed',
      card: editCard(allRemoved, placed, { unfolded: { block: longId('block', 20), page: 1 }, said: moved }),
    },
    { name: 'form: own list', card: ownForm(texts, lojo, placement, emptyForm) },
    { name: 'largest form: own list', card: ownForm(texts, lojo, placement, tooLong(ownLimits)) },
    {
      name: 'form: list from a file',
      card: fileForm(texts, lojo, filledForm({ file: texts('checklist.file.example') })),
    },
    { name: 'largest form: list from a file', card: fileForm(texts, lojo, tooLong(fileLimits)) },
    {
      name: 'largest form: copy',
      card: copyForm(wholeList, { bodies: crowd.bodies, newId: placement }, tooLong(copyLimits)),
    },
    {
      name: 'largest form: rename',
      card: renameForm(wholeList, tooLong(titleLimits), {
        seen: 'a'.repeat(26),
        newer: { text: inAll(long(lengthLimits.title)), theirs: languages },
      }),
    },
    { name: 'largest form: new block', card: blockForm(wholeList, { newId: placement }, tooLong(titleLimits)) },
    {
      name: 'largest form: block',
      card: blockForm(wholeList, { block: 'first', seen: 'a'.repeat(26) }, tooLong(titleLimits), {
        text: inAll(long(lengthLimits.title)),
        theirs: languages,
      }),
    },
    {
      name: 'largest form: new item',
      card: contentForm(wholeList, { block: longId('block', 3), newId: placement }, tooLong(contentLimits)),
    },
    {
      name: 'largest form: item',
      card: contentForm(
        wholeList,
        { block: longId('block', 3), item: longId('item', 3), seen: 'a'.repeat(60) },
        { ...tooLong(contentLimits), refused: { reason: texts('errors.form.overtaken'), final: false } },
        {
          text: inAll(long(lengthLimits.text)),
          recurrence: { every: 'halfYear', month: 9 },
          block: inAll(long(lengthLimits.title)),
          theirs: [...languages, 'recurrence', 'block'],
        },
      ),
    },
    {
      name: 'form of an item that somebody else made one to be done once',
      card: contentForm({ ref: fresh, list: fresh, scene: here }, { block: 'first', item: 'plain' }, emptyForm, {
        text: inAll('plain'),
        recurrence: { every: null, month: null },
        theirs: ['recurrence'],
      }),
    },
    {
      name: 'form of an item without a store',
      card: contentForm(
        { ref: fresh, list: null, scene: placed },
        { block: 'first', item: 'plain' },
        { values: { to: 'second' }, errors: {}, refused: unavailable },
      ),
    },
    {
      name: 'form: item',
      card: contentForm({ ref: fresh, list: fresh, scene: here }, { block: 'first', item: 'plain' }, emptyForm),
    },

    ...(['assigned', 'approve', 'sentBack'] as const).map((kind) => ({
      name: `checklist notice: ${kind}`,
      card: noticeMessage(largest, { kind, item: largestItem, by: people.maria }, placed).card,
    })),
    { name: 'reminder', card: reminderMessage({ mine: listed.slice(0, 1), overdue: [] }, here).card },
    {
      name: 'reminder of what is overdue',
      card: reminderMessage({ mine: [], overdue: listed.slice(0, 1) }, here).card,
    },
    { name: 'largest reminder', card: reminderMessage({ mine: listed, overdue: listed }, placed).card },

    { name: 'no tasks', card: tasksCard({ tasks: [], page: 0, today }, texts) },
    { name: 'a task', card: tasksCard({ tasks: tasksIn(mine, here, petri), page: 0, today }, texts) },
    {
      name: 'a task to approve',
      card: tasksCard({ tasks: tasksIn(waiting, here, maria), page: 0, today }, texts),
    },
    {
      name: 'longest tasks to approve',
      card: tasksCard({ tasks: tasksIn(allWaiting, placed, maria), page: 2, today }, texts),
    },
    {
      name: 'longest tasks',
      card: tasksCard(
        {
          tasks: tasksIn(largest, placed, { person: crowd.members[0]?.person ?? people.maria, leads: true }),
          page: 2,
          today,
          said: { tone: 'warning', text: texts('errors.checklist.linkNeeded') },
        },
        texts,
      ),
    },
  ];
}
