import type { Body, Directory } from '../../directory/model.ts';
import { type Actor, leads, membershipIn } from '../../shared/actor.ts';
import { dateIn } from '../../shared/clock.ts';
import type { BodyId } from '../../shared/ids.ts';
import type { WorkingCalendar } from '../../shared/working-time.ts';
import type { Meeting, MeetingKind, Occurrence, Slot } from '../model.ts';
import { beginOf, byStart, endOf, occurrencesOf } from '../repeat.ts';
import { kindsIn } from '../rights.ts';
import type { Interval, MeetingPolicy } from '../settings.ts';
import { numberOf } from '../standing.ts';

/** How often a body is to meet, and whether it does. */

/** Of a body's meetings of a kind. */
export interface Cadence {
  body: Body;
  kind: MeetingKind;
  /** At least once in so long. */
  interval: Interval;
  /** Held last; null for never, as far as is known. */
  last: Occurrence | null;
  /** Held next; null when nothing is planned. */
  next: Occurrence | null;
  /** A time is being found for the next one. */
  isSought: boolean;
  /** The last date, in the region, on which the next one keeps the rhythm. */
  due: Temporal.PlainDate;
  /** The same of the interval that runs today: `due`, or, when that has been missed, so many whole intervals later. */
  period: Temporal.PlainDate;
  /** `soon`: it is time to look for the next one. */
  state: 'kept' | 'soon' | 'missed';
  /** Since the first of January: how many were held, how often the rhythm was broken; and how many are planned until its end. */
  year: { held: number; broken: number; planned: number };
}

export interface Watched {
  directory: Directory;
  calendar: WorkingCalendar;
  policy: Pick<MeetingPolicy, 'cadence'>;
  now: Temporal.Instant;
  /** Date from which each has been watched, by its name: what was never held is to be held within the first interval from there. */
  since: (name: string) => string;
}

/** What a body and a kind go by; no two have the same. */
export function cadenceName(body: BodyId, kind: MeetingKind): string {
  return `${body}/${kind}`;
}

/** Of every body of the region, in its order, but for what is never watched; `meetings` are all that are known of it. */
export function cadencesOf(meetings: readonly Meeting[], watched: Watched): Cadence[] {
  return watched.directory.bodies
    .filter(({ closed }) => !closed)
    .flatMap((body) =>
      kindsIn(body.kind).flatMap((kind) => {
        const interval = intervalOf(body, kind, watched.policy);
        return interval === null ? [] : [cadenceOf(body, kind, interval, meetings, watched)];
      }),
    );
}

/** Null for what is never watched: of Anchor meetings there are as many as there are cases. */
function intervalOf(body: Body, kind: MeetingKind, { cadence }: Pick<MeetingPolicy, 'cadence'>): Interval | null {
  switch (kind) {
    case 'meeting':
      return cadence[body.kind];
    case 'supervision':
    case 'seminar':
      return cadence[kind];
    case 'case':
      return null;
  }
}

function cadenceOf(
  body: Body,
  kind: MeetingKind,
  interval: Interval,
  meetings: readonly Meeting[],
  { calendar, now, since }: Watched,
): Cadence {
  const { timeZone } = calendar;
  const today = dateIn(timeZone, now);
  const theirs = meetings.filter((meeting) => meeting.body === body.id && meeting.kind === kind);
  const all = theirs.flatMap((meeting) => heldOrPlanned(meeting, calendar)).toSorted(byStart);
  const isOver = (one: Slot): boolean => Temporal.Instant.compare(endOf(one, timeZone), now) <= 0;
  const held = all.filter(isOver);
  const last = held.at(-1) ?? null;
  const next = all.find((one) => !isOver(one)) ?? null;
  const first = Temporal.PlainDate.from(since(cadenceName(body.id, kind)));
  const due = dueAfter(last ? dateOf(last) : first, interval, calendar);
  let period = due;
  while (Temporal.PlainDate.compare(period, today) < 0) period = dueAfter(period, interval, calendar);
  const isThisYear = (one: Slot): boolean => dateOf(one).year === today.year;
  return {
    body,
    kind,
    interval,
    last,
    next,
    isSought: theirs.some((meeting) => isBeingFound(meeting, now)),
    due,
    period,
    state: stateOf({ due, next, interval }, today),
    year: {
      held: held.filter(isThisYear).length,
      broken: brokenIn(today, held, due, interval, calendar),
      planned: all.filter((one) => !isOver(one) && isThisYear(one)).length,
    },
  };
}

/** Without what was cancelled, and without what nobody came to. */
function heldOrPlanned({ stage, place }: Meeting, calendar: WorkingCalendar): Occurrence[] {
  if (stage.is !== 'planned') return [];
  const { schedule } = stage;
  return occurrencesOf(schedule, place, calendar).filter(
    ({ cancelled, on }) => !cancelled && (schedule.came[on] === undefined || numberOf(schedule.came[on]) > 0),
  );
}

/** One of its times is still to come: what nobody has picked from in time keeps nobody from asking anew. */
export function isBeingFound({ stage, zone, over }: Meeting, now: Temporal.Instant): boolean {
  if (over) return false;
  const isToCome = (slot: Slot): boolean => Temporal.Instant.compare(beginOf(slot, zone), now) > 0;
  if (stage.is === 'poll') return stage.poll.options.some(isToCome);
  if (stage.is !== 'proposed') return false;
  return 'several' in stage.plan ? stage.plan.options.some(isToCome) : isToCome(stage.plan.one);
}

/**
 * The end of the interval after the week, or the month, of a date. A week with a holiday in it is not counted: what falls
 * out then breaks no rhythm.
 */
export function dueAfter(
  date: Temporal.PlainDate,
  interval: Interval,
  calendar: Pick<WorkingCalendar, 'days' | 'isHoliday'>,
): Temporal.PlainDate {
  if ('months' in interval) {
    const month = date.toPlainYearMonth().add(interval);
    return month.toPlainDate({ day: month.daysInMonth });
  }
  let sunday = date.add({ days: 7 - date.dayOfWeek });
  for (let left = interval.weeks; left > 0; ) {
    sunday = sunday.add({ weeks: 1 });
    const isWhole = calendar.days.every((day) => !calendar.isHoliday(sunday.subtract({ days: 7 - day })));
    if (isWhole) left -= 1;
  }
  return sunday;
}

function stateOf(
  { due, next, interval }: Pick<Cadence, 'due' | 'next' | 'interval'>,
  today: Temporal.PlainDate,
): Cadence['state'] {
  if (next && Temporal.PlainDate.compare(dateOf(next), due) <= 0) return 'kept';
  if (Temporal.PlainDate.compare(today, due) > 0) return 'missed';
  return isSoon(due, interval, today) ? 'soon' : 'kept';
}

/** People look for a time from the second half of the interval on, a week before its end at least and two months at most. */
export function isSoon(end: Temporal.PlainDate, interval: Interval, today: Temporal.PlainDate): boolean {
  return today.until(end).days <= noticeOf(interval);
}

/** How many days before the end of an interval people are to look for a time. */
export function noticeOf(interval: Interval): number {
  const days = 'weeks' in interval ? interval.weeks * 7 : interval.months * 30;
  return Math.max(7, Math.min(60, Math.floor(days / 2)));
}

/** How often in the year of `today` too long passed from one to the next. */
function brokenIn(
  today: Temporal.PlainDate,
  held: readonly Occurrence[],
  due: Temporal.PlainDate,
  interval: Interval,
  calendar: WorkingCalendar,
): number {
  const late = held.filter((one, index) => {
    const before = held[index - 1];
    if (!before || dateOf(one).year !== today.year) return false;
    return Temporal.PlainDate.compare(dateOf(one), dueAfter(dateOf(before), interval, calendar)) > 0;
  });
  return late.length + (Temporal.PlainDate.compare(today, due) > 0 ? 1 : 0);
}

export const dateOf = ({ start }: Slot): Temporal.PlainDate => Temporal.PlainDate.from(start.slice(0, 10));

/** Nothing is planned within the interval, and nobody looks for a time: somebody is to. */
export function isToBeSought({ state, isSought, next, period }: Cadence): boolean {
  if (state === 'kept' || isSought) return false;
  return next === null || Temporal.PlainDate.compare(dateOf(next), period) > 0;
}

/** Whoever belongs to a body sees its rhythm; who leads the management team, those of the region. It tells dates alone. */
export function maySeeCadence(body: BodyId, actor: Actor, { bodies }: Directory): boolean {
  if (membershipIn(actor, body)) return true;
  return bodies.some(({ id, kind }) => kind === 'management' && leads(actor, id));
}
