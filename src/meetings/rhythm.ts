import { type Body, type BodyKind, type Directory, isTeam } from '../directory/model.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Meeting, MeetingKind, Occurrence, Slot } from './model.ts';
import { beginOf, byStart, endOf, occurrencesOf, overlap } from './repeat.ts';
import type { MeetingPolicy } from './settings.ts';

/** How often a body is to meet, and whether it does. */

export interface Rhythm {
  body: Body;
  kind: MeetingKind;
  /** At least once in so many weeks. */
  weeks: number;
  /** Held last; null for never, as far as is known. */
  last: Slot | null;
  /** Held next; null when nothing is planned. */
  next: Slot | null;
  /** A time is being found for the next one. */
  isSought: boolean;
  /** Holdings since the first of January, and how many there would be by the end of the year. */
  held: number;
  ofYear: number;
  /** The date up to which the next one is to be held; null when none was ever held: it is to be held at all. */
  due: Temporal.PlainDate | null;
  state: 'kept' | 'soon' | 'missed';
}

interface Watched {
  directory: Directory;
  calendar: WorkingCalendar;
  policy: Pick<MeetingPolicy, 'rhythm'>;
  now: Temporal.Instant;
}

/** Of every body of the region, in its order; `meetings` are all that are known of it. */
export function rhythmsOf(meetings: readonly Meeting[], watched: Watched): Rhythm[] {
  const { directory, policy } = watched;
  return directory.bodies
    .filter(({ closed }) => !closed)
    .flatMap((body) =>
      kindsOf(body.kind).flatMap(({ kind, name }) => {
        const wanted = policy.rhythm[name];
        return wanted === null ? [] : [rhythmOf(body, kind, wanted.weeks, meetings, watched)];
      }),
    );
}

function kindsOf(kind: BodyKind): readonly { kind: MeetingKind; name: keyof MeetingPolicy['rhythm'] }[] {
  const own = { kind: 'meeting', name: kind } as const;
  if (isTeam({ kind })) return [own, { kind: 'supervision', name: 'supervision' }];
  return kind === 'management' ? [own, { kind: 'seminar', name: 'seminar' }] : [own];
}

function rhythmOf(
  body: Body,
  kind: MeetingKind,
  weeks: number,
  meetings: readonly Meeting[],
  { calendar, now, directory }: Watched,
): Rhythm {
  const { timeZone } = directory.policy;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const theirs = meetings.filter((meeting) => meeting.body === body.id && meeting.kind === kind);
  const all = theirs.flatMap((meeting) => heldOrPlanned(meeting, calendar)).toSorted(byStart);
  const isOver = (one: Slot): boolean => Temporal.Instant.compare(endOf(one, timeZone), now) <= 0;
  const last = all.findLast(isOver) ?? null;
  const next = all.find((one) => !isOver(one)) ?? null;
  const due = last && dateOf(last).add({ weeks });
  return {
    body,
    kind,
    weeks,
    last,
    next,
    isSought: theirs.some(({ stage }) => stage.is === 'poll' || stage.is === 'proposed'),
    held: all.filter((one) => isOver(one) && dateOf(one).year === today.year).length,
    ofYear: Math.max(1, Math.floor(52 / weeks)),
    due,
    state: stateOf({ due, next, weeks }, today),
  };
}

function heldOrPlanned(meeting: Meeting, calendar: WorkingCalendar): Occurrence[] {
  const { stage } = meeting;
  if (stage.is !== 'planned') return [];
  return occurrencesOf(stage.schedule, meeting.place, calendar).filter(({ cancelled }) => !cancelled);
}

/** A third of the rhythm before it is missed, and a week at least, people are asked to find a time. */
function stateOf(
  { due, next, weeks }: Pick<Rhythm, 'due' | 'next' | 'weeks'>,
  today: Temporal.PlainDate,
): Rhythm['state'] {
  if (next && (due === null || Temporal.PlainDate.compare(dateOf(next), due) <= 0)) return 'kept';
  if (due === null) return 'soon';
  const left = today.until(due).total('days');
  if (left < 0) return 'missed';
  return next === null && left <= Math.max(7, Math.min(30, (weeks * 7) / 3)) ? 'soon' : 'kept';
}

const dateOf = ({ start }: Slot): Temporal.PlainDate => Temporal.PlainDate.from(start.slice(0, 10));

/** It is to be looked for: nothing is planned in time, and nobody looks for a time yet. */
export function isToBeSought({ state, isSought, next }: Rhythm): boolean {
  return state !== 'kept' && !isSought && next === null;
}

const proposedTimes = 4;
/** Minutes, of a meeting of which none was held. */
const usualLength = 60;
const usualTime = '09:00';

/**
 * Times for the next one: like the last, on the same weekday if it can be, on working days, when nobody who is invited is
 * known to be elsewhere, from the second working day on.
 */
export function proposalsFor(
  { last, due, weeks }: Pick<Rhythm, 'last' | 'due' | 'weeks'>,
  taken: readonly Slot[],
  { calendar, now }: Pick<Watched, 'calendar' | 'now'>,
): Slot[] {
  const today = now.toZonedDateTimeISO(calendar.timeZone).toPlainDate();
  const minutes = last?.minutes ?? usualLength;
  const time = last?.start.slice(11) ?? usualTime;
  const weekday = last ? dateOf(last).dayOfWeek : null;
  const horizon = Math.max(14, Math.min(60, due ? today.until(due).total('days') : weeks * 7));
  const found: Slot[] = [];
  for (let days = 2; days <= horizon && found.length < 40; days += 1) {
    const date = today.add({ days });
    if (!calendar.days.includes(date.dayOfWeek) || calendar.isHoliday(date)) continue;
    const slot = { start: `${date}T${time}`, minutes };
    if (Temporal.Instant.compare(beginOf(slot, calendar.timeZone), now) <= 0) continue;
    if (!taken.some((other) => overlap(slot, other, calendar.timeZone))) found.push(slot);
  }
  const usual = found.filter((slot) => dateOf(slot).dayOfWeek === weekday);
  const others = found.filter((slot) => !usual.includes(slot));
  return [...usual, ...others].slice(0, proposedTimes).toSorted(byStart);
}
