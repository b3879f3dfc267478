import { dateIn } from '../shared/clock.ts';
import type { Checklist, Interval, Item, TemplateItem } from './model.ts';
import { isOverdue, isSettled, itemsOf } from './standing.ts';
import { changed, type Transition } from './transition.ts';

/** What comes again: when it is due, and from when on it is there to be done. */

const lengths: Record<Interval, Temporal.DurationLike> = {
  week: { weeks: 1 },
  month: { months: 1 },
  halfYear: { months: 6 },
  year: { years: 1 },
  twoYears: { years: 2 },
};

/** For those with a month: after the last time, the next comes no sooner; it may have been moved by up to half of a year. */
const soonest: Partial<Record<Interval, Temporal.DurationLike>> = {
  halfYear: { months: 3 },
  year: { months: 6 },
  twoYears: { months: 18 },
};

/** How many days before it is due it comes again. */
const leadDays: Record<Interval, number> = { week: 5, month: 14, halfYear: 45, year: 60, twoYears: 60 };

/** When it is first due; null for what nobody has set a date for. */
export function firstDue({ every, month }: TemplateItem, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (!every) return null;
  return month === null ? today.add(lengths[every]) : monthEndAfter(today.subtract({ days: 1 }), every, month);
}

/** The next date after it was done: what was missed meanwhile is not made up for. */
export function nextDue(item: Item, doneOn: Temporal.PlainDate): Temporal.PlainDate | null {
  const { every, month } = item;
  if (!every) return null;
  const last = item.due === null ? doneOn : Temporal.PlainDate.from(item.due);
  if (month !== null) return monthEndAfter(later(last.add(soonest[every] ?? lengths[every]), doneOn), every, month);
  let next = last;
  do next = keepingMonthEnd(next, every);
  while (Temporal.PlainDate.compare(next, doneOn) <= 0);
  return next;
}

/** The last day of a month stays the last day, whether it is the 28th or the 31st. */
function keepingMonthEnd(date: Temporal.PlainDate, every: Interval): Temporal.PlainDate {
  const next = date.add(lengths[every]);
  return every !== 'week' && date.day === date.daysInMonth ? next.with({ day: next.daysInMonth }) : next;
}

/** The end of the first such month after `after`; by the half-year also of the month six months apart. */
function monthEndAfter(after: Temporal.PlainDate, every: Interval, month: number): Temporal.PlainDate {
  const months = every === 'halfYear' ? [month, ((month + 5) % 12) + 1] : [month];
  const ends = [after.year, after.year + 1].flatMap((year) =>
    months.map((one) => {
      const first = Temporal.PlainDate.from({ year, month: one, day: 1 });
      return first.with({ day: first.daysInMonth });
    }),
  );
  const next = ends
    .filter((end) => Temporal.PlainDate.compare(end, after) > 0)
    .sort(Temporal.PlainDate.compare)
    .at(0);
  if (!next) throw new RangeError(`No month ${month} after ${after}.`);
  return next;
}

/** The date from which a settled item that recurs is there again: never the day on which it was done. Null when never. */
function comesAgainOn({ state, every, due }: Item, timeZone: string): Temporal.PlainDate | null {
  if (!every || due === null || (state.is !== 'done' && state.is !== 'notApplicable')) return null;
  const settledAt = state.is === 'done' && state.approved ? state.approved.at : state.at;
  const settledOn = dateIn(timeZone, Temporal.Instant.from(settledAt));
  return later(Temporal.PlainDate.from(due).subtract({ days: leadDays[every] }), settledOn.add({ days: 1 }));
}

/** The same item, open again: with its owners and its note, without the evidence of the last time. */
function again(item: Item): Item {
  const { state, link } = item;
  if (state.is !== 'done' && state.is !== 'notApplicable') return item;
  return { ...item, state: { is: 'open' }, link: null, history: [], before: { ...state, link } };
}

/**
 * What the days since the list was last looked at have brought: items that are there again, and others that are overdue
 * now. The very same object when nothing.
 */
export function broughtTo(list: Checklist, now: Temporal.Instant, timeZone: string): Transition {
  const today = dateIn(timeZone, now);
  const date = today.toString();
  const back = new Set(
    itemsInUse(list)
      .filter((item) => reached(comesAgainOn(item, timeZone), today))
      .map(({ id }) => id),
  );
  const late = itemsInUse(list).some((item) => isOverdue(item, today) && item.due !== null && item.due >= list.day);
  if (back.size === 0 && !late) return { list, event: null };
  const blocks = list.blocks.map((block) => ({
    ...block,
    items: block.items.map((item) => (back.has(item.id) ? again(item) : item)),
  }));
  const next = changed(list, { blocks, day: date }, 'again', { now }, { items: back.size });
  return back.size > 0 ? next : { list: next.list, event: null };
}

/** The next date that brings something; null when none does. */
export function nextDate(list: Checklist, timeZone: string): Temporal.PlainDate | null {
  const dates = itemsInUse(list).flatMap((item) => {
    const late = !isSettled(item) && item.due !== null && item.due >= list.day;
    const overdueOn = late ? [Temporal.PlainDate.from(item.due ?? list.day).add({ days: 1 })] : [];
    const back = comesAgainOn(item, timeZone);
    return back ? [back] : overdueOn;
  });
  return dates.sort(Temporal.PlainDate.compare).at(0) ?? null;
}

/** What nobody works with any more, time does nothing to. */
function itemsInUse(list: Checklist): Item[] {
  return list.closed ? [] : itemsOf(list);
}

function reached(date: Temporal.PlainDate | null, today: Temporal.PlainDate): boolean {
  return date !== null && Temporal.PlainDate.compare(date, today) <= 0;
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b;
}
