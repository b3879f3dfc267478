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
  text,
} from '../cards/elements.ts';
import { paged, pageOf } from '../cards/paged.ts';
import type { Localised } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';

/** Something that waits for a person, as the feature that it comes from puts it to them. */
export interface Task {
  text: Localised;
  /** What it belongs to, such as the title of its list and the name of its body. */
  of: Localised;
  /** What to know of it before anything is done, in the reader's language; null when there is nothing. */
  about: string | null;
  /** ISO 8601 date; null when none was set. */
  due: string | null;
  /** What the person can do with it right here, the most likely first, and last the way to it. */
  actions: readonly CardAction[];
  /** Writes into its log who is shown it, before it is shown; absent where nothing of it is confidential. */
  noted?: () => Promise<unknown>;
}

const tasksPage = 8;

export interface TasksView {
  /** Of every feature, those of each in an order of its own. */
  tasks: readonly Task[];
  page: number;
  /** The date in the region. */
  today: Temporal.PlainDate;
  said?: Said | undefined;
}

/** Those on that page of them. */
export function tasksOn(tasks: readonly Task[], page: number): readonly Task[] {
  return pageOf(byDate(tasks), { size: tasksPage, wanted: page }).shown;
}

/** What waits for one person, by date; what can be finished at once is finished here. */
export function tasksCard({ tasks, page: wanted, today, said }: TasksView, texts: Texts): Card {
  const title = tasks.length === 0 ? texts('tasks.none') : texts('tasks.title', { count: tasks.length });
  const turn = (to: string, page: number): CardAction => button(to, 'task.list', { page });
  const { shown, line, turns } = paged(byDate(tasks), { size: tasksPage, wanted, turn }, texts);
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(title),
      ...(tasks.length === 0 ? [text(texts('tasks.noneHint'))] : []),
      ...shown.map((task) => row(task, today, texts)),
      ...line,
    ],
    actions: turns,
  });
}

/** By date, then those without one; otherwise in the order in which they were given. */
function byDate(tasks: readonly Task[]): Task[] {
  return tasks.toSorted((a, b) => {
    if (a.due === b.due) return 0;
    if (a.due === null || b.due === null) return a.due === null ? 1 : -1;
    return a.due < b.due ? -1 : 1;
  });
}

function row({ text: what, of, about, due, actions }: Task, today: Temporal.PlainDate, texts: Texts): CardElement {
  const late = due !== null && due < today.toString();
  const date = due === null ? '' : texts(late ? 'tasks.overdue' : 'tasks.by', { date: formatDate(due, texts, today) });
  return container(
    [
      text(plain(what, texts)),
      text([date, plain(of, texts)].filter(Boolean).join(' · '), {
        spacing: 'None',
        size: 'Small',
        ...(late && { color: 'Attention', weight: 'Bolder' }),
      }),
      ...(about ? [text(about, { spacing: 'None', size: 'Small' })] : []),
      actionRow([...actions]),
    ],
    { separator: true },
  );
}
