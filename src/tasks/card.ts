import { formatDate } from '../cards/dates.ts';
import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  container,
  heading,
  plain,
  type Said,
  subtle,
  text,
} from '../cards/elements.ts';
import type { Texts } from '../shared/text.ts';
import type { Task, TaskAction } from './model.ts';

const tasksPage = 8;

export interface TasksView {
  tasks: readonly Task[];
  page: number;
  /** The date in the region. */
  today: Temporal.PlainDate;
  said?: Said | undefined;
}

/** What waits for one person, by date; what can be finished at once is finished here. */
export function tasksCard({ tasks, page: wanted, today, said }: TasksView, texts: Texts): Card {
  const title = tasks.length === 0 ? texts('tasks.none') : texts('tasks.title', { count: tasks.length });
  const pages = Math.max(1, Math.ceil(tasks.length / tasksPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const turn = (key: 'previous' | 'next', to: number): CardAction =>
    button(texts(`list.${key}`), 'task.list', { page: to });
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(title),
      ...(tasks.length === 0 ? [text(texts('tasks.noneHint'))] : []),
      ...tasks.slice(page * tasksPage, (page + 1) * tasksPage).map((task) => row(task, today, texts)),
      ...(pages > 1 ? [subtle(texts('list.page', { page: page + 1, pages }))] : []),
    ],
    actions: [...(page > 0 ? [turn('previous', page - 1)] : []), ...(page < pages - 1 ? [turn('next', page + 1)] : [])],
  });
}

const verbs = {
  done: 'checklist.done',
  link: 'checklist.linkForm',
  notApplicable: 'checklist.reasonForm',
  approve: 'checklist.approve',
  sendBack: 'checklist.sendBack',
} as const satisfies Readonly<Record<TaskAction, string>>;

function row({ id, text: what, of, due, can }: Task, today: Temporal.PlainDate, texts: Texts): CardElement {
  const late = due !== null && due < today.toString();
  const date = due === null ? '' : texts(late ? 'tasks.overdue' : 'tasks.by', { date: formatDate(due, texts, today) });
  const data = { ...id, from: 'tasks' };
  return container(
    [
      text(plain(what, texts)),
      text([date, plain(of, texts)].filter(Boolean).join(' · '), {
        spacing: 'None',
        size: 'Small',
        ...(late && { color: 'Attention', weight: 'Bolder' }),
      }),
      actionRow([
        ...can.map((action) => button(texts(`tasks.can.${action}`), verbs[action], data)),
        button(texts('tasks.open'), 'checklist.item', id),
      ]),
    ],
    { separator: true },
  );
}
