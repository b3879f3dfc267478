import type { PersonId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Draft } from './created.ts';
import type { Conflict } from './listing.ts';
import type { Meeting, Repeat, Slot } from './model.ts';
import { endOf } from './repeat.ts';

/** What speaks against a meeting as it is planned, and is for who plans it to weigh. */
export type Doubt =
  /** Somebody has another meeting, from `at` on, during `slot`: `with` is null where the reader may not know which. */
  | { is: 'busy'; person: PersonId; slot: Slot; at: Slot; with: Meeting | null }
  /** `hours`: it does not begin in working hours; `ends`: it does, and ends after them. */
  | { is: 'holiday' | 'weekend' | 'holidayWeekend' | 'hours' | 'ends'; slot: Slot };

/** Who weighs it: what others may not know of is told without its name. */
interface Weighing {
  calendar: WorkingCalendar;
  maySee(meeting: Meeting): boolean;
}

/** What else each person has then, and of each proposed time why people do not work then. */
export function doubtsOf({ plan }: Pick<Draft, 'plan'>, conflicts: readonly Conflict[], weighing: Weighing): Doubt[] {
  // All holdings of a series are on the same weekday, at the same time.
  const slots = 'several' in plan ? plan.options : [plan.one];
  const repeat = 'one' in plan ? plan.repeat : null;
  return [...busyDoubts(conflicts, weighing), ...slots.flatMap((slot) => dayDoubts(slot, repeat, weighing))];
}

/** How a meeting stands before a change and after it: what is to come of it, or is proposed, and who has something else then. */
export interface Weighed {
  slots: readonly Slot[];
  conflicts: readonly Conflict[];
}

/** Before anybody has weighed anything. */
export const unweighed: Weighed = { slots: [], conflicts: [] };

/**
 * What speaks against a change; what spoke against the meeting before was weighed then. `of`: a poll, of which every time is
 * one of its own, or the pattern of a series that changes whole; null for what is held once.
 */
export function doubtsOfChange(
  before: Weighed,
  after: Weighed,
  of: 'poll' | Repeat | null,
  weighing: Weighing,
): Doubt[] {
  const known = new Set(before.slots.map(timeOf));
  const weighed = new Set(before.conflicts.map(nameOf));
  const conflicts = after.conflicts.filter((one) => !weighed.has(nameOf(one)));
  const moved = after.slots.filter((one) => !known.has(timeOf(one)));
  const [days, repeat] = of === 'poll' ? [moved, null] : [moved.slice(0, 1), of];
  return [...busyDoubts(conflicts, weighing), ...days.flatMap((slot) => dayDoubts(slot, repeat, weighing))];
}

const timeOf = ({ start, minutes }: Slot): string => `${start} ${minutes}`;
const nameOf = ({ person, slot, at, with: other }: Conflict): string =>
  `${person} ${timeOf(slot)} ${timeOf(at)} ${other.id}`;

function busyDoubts(conflicts: readonly Conflict[], { maySee }: Weighing): Doubt[] {
  return conflicts.map(({ person, slot, at, with: other }) => {
    return { is: 'busy', person, slot, at, with: maySee(other) ? other : null };
  });
}

function dayDoubts({ start, minutes }: Slot, repeat: Repeat | null, { calendar }: Weighing): Doubt[] {
  const slot = { start, minutes };
  const date = Temporal.PlainDate.from(start.slice(0, 10));
  // Of a series what holidays make of it was chosen.
  const isHoliday = calendar.isHoliday(date) && (repeat === null || repeat.holidays === 'keep');
  if (!calendar.days.includes(date.dayOfWeek)) return [{ is: isHoliday ? 'holidayWeekend' : 'weekend', slot }];
  if (calendar.isHoliday(date)) return isHoliday ? [{ is: 'holiday', slot }] : [];
  const outside = outsideHours(slot, calendar);
  return outside ? [{ is: outside, slot }] : [];
}

function outsideHours(slot: Slot, { start, end, timeZone }: WorkingCalendar): 'hours' | 'ends' | null {
  const begins = slot.start.slice(11);
  if (begins < start || begins >= end) return 'hours';
  const until = endOf(slot, timeZone).toZonedDateTimeISO(timeZone);
  const isSameDay = until.toPlainDate().toString() === slot.start.slice(0, 10);
  return isSameDay && until.toPlainTime().toString({ smallestUnit: 'minute' }) <= end ? null : 'ends';
}
