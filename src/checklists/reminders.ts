import type { Notice } from '../delivery/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import { type WorkingCalendar, workingDayUntil } from '../shared/working-time.ts';
import type { Checklist, Item } from './model.ts';
import { mayHave } from './ownership.ts';
import { isSettled, itemsOf, mayApprove, owns } from './standing.ts';
import type { ListBell } from './stored.ts';
import type { NoticeKind, Scene } from './transition.ts';

/**
 * Owners are reminded three days before an item is due and on the day, leaders hear of what has been overdue for a week.
 * A date that is no working day is reminded of on the last one before it. The region's bell looks at all its lists every
 * working morning, so that nobody gets more than one message a day.
 */

const soonDays = 3;
const overdueDays = 7;

/** An item with the list that it stands in. */
export interface Listed {
  list: Checklist;
  item: Item;
}

/** What one person is reminded of on one day. */
export interface Reminder {
  /** Theirs, and due soon, today, or before. */
  mine: Listed[];
  /** Overdue for a week; for leaders, beside what is theirs. */
  overdue: Listed[];
}

/** What a body works with, and who leads it. */
export interface BodyLists {
  body: BodyId;
  lists: readonly Checklist[];
  leaders: readonly PersonId[];
}

/** Whom there is something new to tell on `today`, after what the bell has told; each once. */
export function toRemind(
  bodies: readonly BodyLists[],
  bell: Pick<ListBell, 'toldOn' | 'led'>,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): PersonId[] {
  const toldOn = Temporal.PlainDate.from(bell.toldOn);
  const isNew = (date: Temporal.PlainDate): boolean => toldOn.until(date).days > 0 && date.until(today).days >= 0;
  const people = bodies.flatMap(({ body, lists, leaders }) => {
    const all = owed(lists);
    const owners = all
      .filter(({ item, due }) => item.state.is === 'open' && [soon(due, calendar), onTheDay(due, calendar)].some(isNew))
      .flatMap(({ item }) => item.owners.map(({ person }) => person));
    const late = all.some(({ due }) => isNew(due.add({ days: overdueDays })));
    const told = bell.led?.[body] ?? leaders;
    // Who has begun to lead it since hears of what others were told, or nobody.
    const isLate = all.some(({ due }) => due.until(today).days >= overdueDays);
    const unaware = isLate ? leaders.filter((leader) => !told.includes(leader)) : [];
    return [...owners, ...(late ? leaders : unaware)];
  });
  return [...new Set(people)];
}

/** Of the bodies that a person belongs to, as it stands when it is sent; null when nothing is left of it. */
export function reminderFor(
  bodies: readonly BodyLists[],
  person: PersonId,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Reminder | null {
  const isMine = ({ item }: Owed): boolean => item.state.is === 'open' && owns(item, person);
  const mine = owed(bodies.flatMap(({ lists }) => lists)).filter(
    (one) => isMine(one) && soon(one.due, calendar).until(today).days >= 0,
  );
  const led = bodies.filter(({ leaders }) => leaders.includes(person)).flatMap(({ lists }) => lists);
  const overdue = owed(led).filter((one) => !isMine(one) && one.due.until(today).days >= overdueDays);
  return mine.length + overdue.length > 0 ? { mine, overdue } : null;
}

interface Owed extends Listed {
  due: Temporal.PlainDate;
}

/** Everything that is not settled and has a date, the earliest first. */
function owed(lists: readonly Checklist[]): Owed[] {
  return lists
    .filter(({ closed }) => !closed)
    .flatMap((list) =>
      itemsOf(list).flatMap((item) =>
        item.due === null || isSettled(item) ? [] : [{ list, item, due: Temporal.PlainDate.from(item.due) }],
      ),
    )
    .sort((a, b) => Temporal.PlainDate.compare(a.due, b.due));
}

const onTheDay = workingDayUntil;

function soon(due: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  return workingDayUntil(due.subtract({ days: soonDays }), calendar);
}

/** What a colleague did that concerns somebody, and who did it; or that somebody's induction has begun. */
export type ListNotice = { kind: NoticeKind; item: Item; by: PersonId } | { kind: 'begun' };

/**
 * What a notice of a list is about; null when that has been overtaken by what happened since, or is none of theirs any more.
 */
export function noticeAbout(
  list: Checklist,
  { key, kind, to }: Pick<Notice, 'key' | 'kind' | 'to'>,
  scene: Omit<Scene, 'actor'>,
): ListNotice | null {
  if (list.closed || !mayHave(list, to, scene)) return null;
  if (kind === 'begun') return { kind };
  const item = itemsOf(list).find(({ id }) => id === key.split(':')[1]);
  if (!item) return null;
  if (kind === 'approve') {
    if (item.state.is !== 'waiting' || !scene.leaders.includes(to) || !mayApprove(item, to)) return null;
    return { kind, item, by: item.state.by };
  }
  if (item.state.is !== 'open') return null;
  if (kind === 'assigned') {
    const by = item.owners.find(({ person }) => person === to)?.by;
    return by ? { kind, item, by } : null;
  }
  const sent = item.history.findLast(({ what }) => what === 'sendBack');
  return kind === 'sentBack' && sent ? { kind, item, by: sent.by } : null;
}
