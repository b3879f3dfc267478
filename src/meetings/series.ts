import { AppError } from '../shared/errors.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import {
  limits,
  type Occurrence,
  type OccurrenceChange,
  type Place,
  type Repeat,
  type Schedule,
  type Slot,
} from './model.ts';
import { beginOf, byStart, endOf, nth, occurrencesOf, patternOf } from './repeat.ts';

/** A series that is changed as a whole, from now on: what was held stays as it was, and what was cancelled stays so. */

interface SeriesScene {
  place: Place;
  /** IANA. */
  zone: string;
  calendar: WorkingDays;
  now: Temporal.Instant;
}

/**
 * What somebody has written at one holding, made of all that are ahead. A holiday, or somebody, may have moved that one: so
 * what they have left as it was, the day, the time or the length, stays as it was of each of the others too.
 * Errors: `meeting.dayTaken` (it was held or cancelled on that day), `meeting.endsFirst` (it would not be held on the day that
 * was written), `meeting.losesEarlier` (nor would some of those that are to come before it).
 */
export function changedSeries(
  schedule: Schedule,
  repeat: Repeat,
  { seen, slot }: { seen: Occurrence; slot: Slot },
  scene: SeriesScene,
): Schedule {
  return dayOf(slot) === dayOf(seen)
    ? retimed(schedule, seen, slot, scene)
    : anchored(schedule, repeat, { seen, slot: { ...onTimeOf(slot, seen, schedule.first), start: slot.start } }, scene);
}

const dayOf = ({ start }: Pick<Slot, 'start'>): string => start.slice(0, 10);
const timeOf = ({ start }: Pick<Slot, 'start'>): string => start.slice(11);
const isToCome = (one: Slot, { zone, now }: SeriesScene): boolean =>
  Temporal.Instant.compare(beginOf(one, zone), now) > 0;

/** A holding at the time and the length that were written, as far as these are not those that were seen. */
function onTimeOf(written: Slot, seen: Slot, { start, minutes }: Slot): Slot {
  const time = timeOf(written) === timeOf(seen) ? timeOf({ start }) : timeOf(written);
  return {
    start: `${dayOf({ start })}T${time}`,
    minutes: written.minutes === seen.minutes ? minutes : written.minutes,
  };
}

/** On the same days, those that were moved by themselves too. */
function retimed(schedule: Schedule, seen: Occurrence, written: Slot, scene: SeriesScene): Schedule {
  const known = new Set(schedule.earlier.map(({ on }) => on));
  const pattern = occurrencesOf(schedule, scene.place, scene.calendar).filter(({ on }) => !known.has(on));
  const changes = new Map<string, OccurrenceChange>(Object.entries(schedule.changes));
  const replies = new Map(Object.entries(schedule.replies));
  for (const one of pattern) {
    const { on, start, minutes, place } = one;
    const own = schedule.changes[on];
    const next = onTimeOf(written, seen, one);
    const isOver = Temporal.Instant.compare(endOf(one, scene.zone), scene.now) <= 0;
    // What has begun is moved by whoever has it before them, and nothing to where it would be past.
    const isMovable = isToCome(next, scene) && (on === seen.on || isToCome(one, scene));
    const stays = isOver || (next.start !== start && !isMovable);
    if (stays) changes.set(on, { ...own, slot: { start, minutes }, place });
    else if (own?.slot) changes.set(on, { ...own, slot: next });
    if (!stays) replies.delete(on);
  }
  return {
    ...schedule,
    first: onTimeOf(written, seen, schedule.first),
    changes: Object.fromEntries(changes),
    replies: Object.fromEntries(replies),
  };
}

/**
 * All that is to come is held there, also what had a place of its own; what has begun stays where it is, but for the one at
 * which it was written. `scene.place` is where it was.
 */
export function heldElsewhere(
  schedule: Schedule,
  { seen, place }: { seen: Occurrence; place: Place },
  scene: SeriesScene,
): Schedule {
  const moves = (one: Occurrence): boolean => one.on === seen.on || isToCome(one, scene);
  const known = new Set(schedule.earlier.map(({ on }) => on));
  const pattern = occurrencesOf(schedule, scene.place, scene.calendar).filter(({ on }) => !known.has(on));
  const changes = pattern.map((one): [string, OccurrenceChange] => {
    const { place: _, ...own } = schedule.changes[one.on] ?? {};
    return [one.on, moves(one) ? own : { ...own, place: one.place }];
  });
  return {
    ...schedule,
    earlier: schedule.earlier.map((one) => (moves(one) ? { ...one, place } : one)),
    changes: Object.fromEntries(changes.filter(([, own]) => Object.keys(own).length > 0)),
  };
}

/**
 * On other days: on the one that was written, and as far apart as before. What is ahead is asked for anew. A time of its own
 * is no more, while a date that was cancelled stays so, and one that is elsewhere stays there: see `ownOnOthers`.
 */
function anchored(
  schedule: Schedule,
  repeat: Repeat,
  { seen, slot }: { seen: Occurrence; slot: Slot },
  scene: SeriesScene,
): Schedule {
  const all = occurrencesOf(schedule, scene.place, scene.calendar);
  const next = all.filter((one) => !one.cancelled && isToCome(one, scene)).toSorted(byStart)[0];
  const known = new Set(schedule.earlier.map(({ on }) => on));
  const stays = (one: Occurrence): boolean =>
    known.has(one.on) ||
    !isToCome(one, scene) ||
    (one.cancelled !== null && next !== undefined && one.start < next.start);
  const earlier = all.filter(stays);
  const ahead = all.filter((one) => !stays(one));
  const [firstAhead] = ahead;
  if (!firstAhead) throw new AppError('meeting.endsFirst');
  if (all.some((one) => one.on === dayOf(slot) && (stays(one) || one.cancelled)))
    throw new AppError('meeting.dayTaken');
  const kept = new Set(earlier.map(({ on }) => on));
  const first = { ...slot, start: `${firstDay(firstAhead, repeat, { seen, slot }, scene)}T${timeOf(slot)}` };
  // What falls out on a holiday counts as a date of the pattern.
  const isHeld = new Set(all.map(({ on }) => on));
  const left = patternOf(schedule.first, repeat)
    .map(String)
    .filter((on) => (isHeld.has(on) ? !kept.has(on) : on > firstAhead.on));
  const { end } = repeat;
  const moved: Schedule = {
    ...schedule,
    first,
    repeat: {
      ...repeat,
      end:
        'count' in end
          ? { count: reaching(left.length, first, repeat, kept) }
          : { until: lastDay(end.until, repeat, seen, slot) },
    },
    earlier,
    passed: firstAhead.number - 1,
    changes: {},
    replies: Object.fromEntries(Object.entries(schedule.replies).filter(([on]) => kept.has(on))),
  };
  const own = { ...moved, changes: ownOnOthers(schedule, ahead, moved, { seen, slot }, scene) };
  const isHeldAhead = (one: Occurrence): boolean => !one.cancelled && isToCome(one, scene);
  const before = all.filter(isHeldAhead);
  const after = occurrencesOf(own, scene.place, scene.calendar).filter(isHeldAhead);
  if (!after.some(({ start }) => start === slot.start)) throw new AppError('meeting.endsFirst');
  const isLost = countBefore(slot, after) < countBefore(seen, before);
  if (isLost && after.length < before.length) throw new AppError('meeting.losesEarlier');
  return own;
}

const countBefore = ({ start }: Slot, held: readonly Slot[]): number => held.filter((one) => one.start < start).length;

/**
 * That a date is cancelled, or elsewhere, is so of the week, or the month, that it is in: a week in which people are away is
 * the same week on whatever day they were to meet. The day that was written has what was seen at it, and nothing of another; it
 * is held though it is a holiday.
 */
function ownOnOthers(
  { changes }: Schedule,
  ahead: readonly Occurrence[],
  moved: Schedule,
  written: { seen: Occurrence; slot: Slot },
  { calendar }: SeriesScene,
): Schedule['changes'] {
  const own = [...goingOn(ahead, moved, written)].map(([on, one]): [string, OccurrenceChange] => {
    const { slot: _, ...rest } = changes[one.on] ?? {};
    const isWritten = on === dayOf(written.slot);
    return [on, isWritten && calendar.isHoliday(Temporal.PlainDate.from(on)) ? { ...rest, slot: written.slot } : rest];
  });
  return Object.fromEntries(own.filter(([, rest]) => Object.keys(rest).length > 0));
}

/** Which of the holdings that were ahead each date of the series on its other days goes on from. */
function goingOn(
  ahead: readonly Occurrence[],
  { first, repeat }: Schedule,
  { seen, slot }: { seen: Occurrence; slot: Slot },
): Map<string, Occurrence> {
  if (!repeat) return new Map();
  // What is held every other week may go on in the weeks between.
  const aside = (periodOf(dayOf(slot), repeat) - periodOf(seen.on, repeat)) % repeat.every;
  const others = new Map(ahead.map((one) => [periodOf(one.on, repeat) + aside, one]));
  const written = ahead.find(({ on }) => on === seen.on);
  const pairs = patternOf(first, repeat).flatMap((date): [string, Occurrence][] => {
    const on = date.toString();
    const one = on === dayOf(slot) ? written : others.get(periodOf(on, repeat));
    const isGone = one === written && on !== dayOf(slot);
    return one && !isGone ? [[on, one]] : [];
  });
  return new Map(pairs);
}

/** What each date is called once the series was moved from `all`, as `changedSeries` does it; null for what is held no more. */
export function renaming(
  all: readonly Occurrence[],
  moved: Schedule,
  written: { seen: Occurrence; slot: Slot },
): (on: string) => string | null {
  if (dayOf(written.slot) === dayOf(written.seen)) return (on) => on;
  const kept = new Set(moved.earlier.map(({ on }) => on));
  const ahead = all.filter(({ on }) => !kept.has(on));
  const names = new Map([...goingOn(ahead, moved, written)].map(([on, was]) => [was.on, on]));
  return (on) => (kept.has(on) ? on : (names.get(on) ?? null));
}

/** The number of the week, or of the month, in which a date is. */
function periodOf(day: string, { unit }: Repeat): number {
  const date = Temporal.PlainDate.from(day);
  if (unit === 'month') return date.year * 12 + date.month;
  // The first of January 1 was a Monday.
  return Math.floor(Temporal.PlainDate.from('0001-01-01').until(date).days / 7);
}

/** The end moves with the day within its week or month, so that the last one stays; who moves it further keeps the end. */
function lastDay(until: string, repeat: Repeat, { on }: Occurrence, slot: Slot): string {
  const [from, to] = [Temporal.PlainDate.from(on), Temporal.PlainDate.from(dayOf(slot))];
  return periodOf(on, repeat) === periodOf(dayOf(slot), repeat)
    ? Temporal.PlainDate.from(until).add(from.until(to)).toString()
    : until;
}

/** How many dates the pattern must have for so many of them to be other ones than those that are taken. */
function reaching(wanted: number, first: Slot, repeat: Repeat, taken: ReadonlySet<string>): number {
  const dates = patternOf(first, { ...repeat, end: { count: limits.mostOccurrences } });
  const free = dates.flatMap((date, index) => (taken.has(date.toString()) ? [] : [index + 1]));
  return free[wanted - 1] ?? dates.length;
}

/**
 * The first to come in the pattern that has the written day where the seen holding was: those before that one are not lost.
 * Errors: `meeting.losesEarlier`.
 */
function firstDay(
  first: Occurrence,
  repeat: Repeat,
  { seen, slot }: { seen: Occurrence; slot: Slot },
  scene: SeriesScene,
): string {
  const day = Temporal.PlainDate.from(dayOf(slot));
  for (let steps = stepsFrom(first.on, seen.on, repeat); steps > 0; steps -= 1) {
    const back = nth(day, -steps * repeat.every, repeat);
    // Not every date leads back to this one: of five Fridays the last is the fourth in another month.
    if (!back || !nth(back, steps * repeat.every, repeat)?.equals(day)) throw new AppError('meeting.losesEarlier');
    if (isToCome({ ...slot, start: `${back}T${timeOf(slot)}` }, scene)) return back.toString();
  }
  return day.toString();
}

function stepsFrom(a: string, b: string, { unit, every }: Repeat): number {
  const [from, to] = [Temporal.PlainDate.from(a), Temporal.PlainDate.from(b)];
  const units =
    unit === 'week'
      ? from.until(to, { largestUnit: 'weeks' }).weeks
      : from.toPlainYearMonth().until(to.toPlainYearMonth(), { largestUnit: 'months' }).months;
  return Math.max(0, Math.round(units / every));
}
