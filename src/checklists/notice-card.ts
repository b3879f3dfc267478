import {
  button,
  type CardElement,
  type CardMessage,
  card,
  heading,
  plain,
  subheading,
  subtle,
  text,
} from '../cards/elements.ts';
import { personName } from '../directory/colleague-card.ts';
import { bodyOf } from '../directory/model.ts';
import { dataOf, dueText, type ListScene, stateText } from './card.ts';
import type { Checklist } from './model.ts';
import type { Listed, ListNotice, Reminder } from './reminders.ts';
import { blocksOf, itemsOf } from './standing.ts';

/** A private word about something that a colleague did, with the item and the way to it, or about an induction. */
export function noticeMessage(list: Checklist, about: ListNotice, scene: ListScene): CardMessage {
  if (about.kind === 'begun') return begunMessage(list, scene);
  const { kind, item, by } = about;
  const { texts, directory } = scene;
  const title = texts(`checklist.notice.${kind}`, { name: personName(directory, by, texts) });
  const data = { ...dataOf(list, scene), item: item.id };
  const block = blocksOf(list).find(({ items }) => items.some(({ id }) => id === item.id));
  const due = dueText(item, scene);
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(title),
        text(plain(item.text, texts)),
        subtle([plain(list.title, texts), block && plain(block.title, texts), due].filter(Boolean).join(' · ')),
      ],
      actions: [button(texts('checklist.actions.item'), 'checklist.item', data, { primary: true })],
    }),
  };
}

function begunMessage(list: Checklist, scene: ListScene): CardMessage {
  const { texts } = scene;
  const title = texts('checklist.notice.begun', { count: itemsOf(list).length });
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [heading(title), text(texts('checklist.notice.begunLead'))],
      actions: [button(texts('list.open'), 'checklist.view', dataOf(list, scene), { primary: true })],
    }),
  };
}

/** Beyond that the whole is a press away. */
const namedItems = 10;

/** One message a day: what is due, and for leaders what has been late for a week. */
export function reminderMessage({ mine, overdue }: Reminder, scene: ListScene): CardMessage {
  const { texts } = scene;
  const ofBodies = new Set([...mine, ...overdue].map(({ list }) => list.body)).size > 1;
  const title = texts(mine.length > 0 ? 'checklist.reminder.mine' : 'checklist.reminder.overdue', {
    count: mine.length > 0 ? mine.length : overdue.length,
  });
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(title),
        ...named(mine, scene, { ofOthers: false, ofBodies }),
        ...(mine.length > 0 && overdue.length > 0
          ? [subheading(texts('checklist.reminder.overdue', { count: overdue.length }))]
          : []),
        ...named(overdue, scene, { ofOthers: true, ofBodies }),
      ],
      actions: [
        ...(mine.length > 0 ? [button(texts('tasks.show'), 'task.list', {}, { primary: true })] : []),
        ...(overdue.length > 0
          ? [button(texts('checklist.overview.title'), 'checklist.overview', {}, { primary: mine.length === 0 })]
          : []),
      ],
    }),
  };
}

/** `ofOthers`: who has it is said, or who did what waits for approval; `ofBodies`: whose list it is. */
function named(
  all: readonly Listed[],
  scene: ListScene,
  { ofOthers, ofBodies }: { ofOthers: boolean; ofBodies: boolean },
): CardElement[] {
  const { texts, directory } = scene;
  const rows = all.slice(0, namedItems).map(({ list, item }) => {
    const body = ofBodies ? bodyOf(directory, list.body) : null;
    const standing = ofOthers && stateText(item, scene);
    const line = [dueText(item, scene), standing, plain(list.title, texts), body && plain(body.name, texts)]
      .filter(Boolean)
      .join(' · ');
    return [
      text(plain(item.text, texts), { spacing: 'Medium' }),
      text(line, { spacing: 'None', size: 'Small', isSubtle: true }),
    ];
  });
  const more = all.length - rows.length;
  return [...rows.flat(), ...(more > 0 ? [text(texts('checklist.more', { count: more }))] : [])];
}
