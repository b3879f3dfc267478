import type { PersonId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Draft } from './created.ts';
import type { Conflict } from './listing.ts';
import type { Meeting, Slot } from './model.ts';
import { endOf } from './repeat.ts';

/** What speaks against a meeting as it is planned, and is for who plans it to weigh. */
export type Doubt =
  /** Somebody has another meeting then: `with` is null where the reader may not know which. */
  | { is: 'busy'; person: PersonId; slot: Slot; with: Meeting | null }
  | { is: 'holiday' | 'weekend' | 'hours'; slot: Slot };

/** Of each person the first other meeting, and of each proposed time why people do not work then. */
export function doubtsOf(
  { plan }: Pick<Draft, 'plan'>,
  conflicts: readonly Conflict[],
  { calendar, maySee }: { calendar: WorkingCalendar; maySee(meeting: Meeting): boolean },
): Doubt[] {
  // Of a series what holidays make of it was chosen; all its holdings are on the same weekday, at the same time.
  const slots = 'several' in plan ? plan.options : [plan.one];
  const moves = 'one' in plan && plan.repeat !== null && plan.repeat.holidays !== 'keep';
  const days = slots.flatMap((slot): Doubt[] => {
    const date = Temporal.PlainDate.from(slot.start.slice(0, 10));
    if (!calendar.days.includes(date.dayOfWeek)) return [{ is: 'weekend', slot }];
    if (calendar.isHoliday(date)) return moves ? [] : [{ is: 'holiday', slot }];
    return isInWorkingHours(slot, calendar) ? [] : [{ is: 'hours', slot }];
  });
  const people = new Map<PersonId, Doubt>();
  for (const { person, slot, with: other } of conflicts) {
    if (people.has(person)) continue;
    people.set(person, { is: 'busy', person, slot, with: maySee(other) ? other : null });
  }
  return [...people.values(), ...days];
}

function isInWorkingHours(slot: Slot, { start, end, timeZone }: WorkingCalendar): boolean {
  const until = endOf(slot, timeZone).toZonedDateTimeISO(timeZone);
  const isSameDay = until.toPlainDate().toString() === slot.start.slice(0, 10);
  return isSameDay && slot.start.slice(11) >= start && until.toPlainTime().toString({ smallestUnit: 'minute' }) <= end;
}
