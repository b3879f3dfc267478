import { touchAll } from '../../delivery/model.ts';
import type { Directory } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import type { PersonId } from '../../shared/ids.ts';
import { nextWorkingMoment, type WorkingCalendar, workingDayUntil } from '../../shared/working-time.ts';
import { expectedAt, staysAway } from '../invited.ts';
import type { Mark, Meeting, Occurrence, Poll, Slot } from '../model.ts';
import { answerable, bestOf, silentIn, standingsOf } from '../poll-standing.ts';
import { occasionOf, picked } from '../polling.ts';
import { beginOf, endOf, keptAfter, occurrencesOf } from '../repeat.ts';
import { managersOf } from '../rights.ts';
import type { MeetingPolicy } from '../settings.ts';
import { lateUntil, withoutSettled } from '../settled.ts';
import { scheduleOf } from '../standing.ts';
import { callsEnd, withSubstitutes } from '../substitutes.ts';
import { announced, drawnAnew, told } from '../transition.ts';

/**
 * What time does to a meeting: who has not answered is reminded once, a poll ends, a meeting draws near, begins and is over.
 * Each of these has its moment, and happens once, whatever restarts or instances there are.
 */

export interface Timing {
  directory: Directory;
  calendar: WorkingCalendar;
  policy: Pick<MeetingPolicy, 'reminders'>;
}

/** Something that is to happen at a moment, or was to. */
interface Due {
  at: Temporal.Instant;
  /** The very same object when there is nothing to be done any more. */
  happen(meeting: Meeting, now: Temporal.Instant): Meeting;
}

/** What has come since the meeting was last looked at; the very same object when nothing has. */
export function broughtTo(meeting: Meeting, now: Temporal.Instant, timing: Timing): Meeting {
  const due = duesOf(meeting, timing).filter(
    ({ at }) => isAfter(at, meeting) && Temporal.Instant.compare(at, now) <= 0,
  );
  if (due.length === 0) return meeting;
  const next = due
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    .reduce((one, { happen }) => happen(one, now), meeting);
  return withoutSettled({ ...next, lookedAt: toStored(now) }, { calendar: timing.calendar, now });
}

/** The next moment at which something happens; null when all is over. */
export function nextMoment(meeting: Meeting, timing: Timing): Temporal.Instant | null {
  const ahead = duesOf(meeting, timing).filter(({ at }) => isAfter(at, meeting));
  return ahead.map(({ at }) => at).toSorted(Temporal.Instant.compare)[0] ?? null;
}

const isAfter = (at: Temporal.Instant, { lookedAt }: Meeting): boolean => toStored(at) > lookedAt;

function duesOf(meeting: Meeting, timing: Timing): Due[] {
  return [...stageDues(meeting, timing), ...callDues(meeting, timing), ...lateDues(meeting)];
}

function callDues(meeting: Meeting, timing: Timing): Due[] {
  return callsEnd(meeting, timing).map((at) => ({
    at,
    happen: (one, now) => withSubstitutes(one, one, { ...timing, now }),
  }));
}

/** Looking at it lets go of who came. */
function lateDues(meeting: Meeting): Due[] {
  const late = scheduleOf(meeting)?.late;
  return late ? [{ at: lateUntil(late), happen: (one) => one }] : [];
}

function stageDues(meeting: Meeting, timing: Timing): Due[] {
  const { stage, zone } = meeting;
  if (stage.is === 'poll') return [...pollDues(stage.poll, timing), ...lapseDues(stage.poll.options, zone, timing)];
  if (stage.is === 'proposed')
    return lapseDues('several' in stage.plan ? stage.plan.options : [stage.plan.one], zone, timing);
  if (stage.is === 'cancelled') return forgettingDues(meeting, stage, timing);
  if (meeting.over) return [];
  const all = occurrencesOf(stage.schedule, meeting.place, timing.calendar);
  const held = all.filter(({ cancelled }) => !cancelled);
  // Of what is never held, because of holidays or because it was cancelled, people were told last.
  const lastTold = Temporal.Instant.from(meeting.news.at);
  const last = held.map((occurrence) => endOf(occurrence, zone)).reduce(later, lastTold);
  return [
    ...held.flatMap((occurrence) => meetingDues(meeting, occurrence, timing)),
    { at: last.add(keptAfter), happen: (one) => ({ ...one, over: true }) },
  ];
}

/** Whether anything was said is known today: nobody answers what is cancelled. */
function forgettingDues(meeting: Meeting, { at }: Mark, { calendar }: Timing): Due[] {
  const moment = Temporal.Instant.from(at).add(keptAfter);
  const isSilent = withoutSettled(meeting, { calendar, now: moment }) === meeting;
  // Looking at it lets go of what was said.
  return isSilent ? [] : [{ at: moment, happen: (one) => one }];
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? b : a;

/** Of what nobody has decided in time nothing becomes; who has it in hand, or has proposed it, is told so. */
function lapseDues(slots: readonly Slot[], zone: string, { directory }: Timing): Due[] {
  const last = slots
    .map((slot) => beginOf(slot, zone))
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  return last ? [{ at: last.add(keptAfter), happen: (one, now) => lapsed(one, now, directory) }] : [];
}

function lapsed(meeting: Meeting, now: Temporal.Instant, directory: Directory): Meeting {
  const { stage } = meeting;
  if (stage.is !== 'poll' && stage.is !== 'proposed') return meeting;
  const at = toStored(now);
  const delivery = touchAll(meeting.delivery, now);
  const gone: Meeting = {
    ...meeting,
    over: true,
    stage: { is: 'cancelled', schedule: null, by: 'ankarbot', at },
    delivery,
  };
  return told(gone, 'lapsed', stage.is === 'proposed' ? [stage.by] : managersOf(meeting, directory), at, now);
}

function pollDues({ since, deadline }: Poll, { directory, calendar }: Timing): Due[] {
  const end = Temporal.Instant.from(deadline);
  return [
    {
      at: reminderOf(Temporal.Instant.from(since), end, calendar),
      happen: (one, now) =>
        withPollOf(one, (poll) =>
          told(one, 'pollReminder', silentIn(one, answerable(poll, one.zone, now), directory), occasionOf(poll), now),
        ),
    },
    { at: end, happen: (one, now) => withPollOf(one, (poll) => ended(one, poll, { now, directory })) },
  ];

  function withPollOf(one: Meeting, change: (poll: Poll) => Meeting): Meeting {
    return one.stage.is === 'poll' ? change(one.stage.poll) : one;
  }
}

/** A day before it ends, or half-way when it is shorter; in working hours, if there are any left. */
function reminderOf(since: Temporal.Instant, end: Temporal.Instant, calendar: WorkingCalendar): Temporal.Instant {
  const half = since.add({ nanoseconds: Number((end.epochNanoseconds - since.epochNanoseconds) / 2n) });
  const dayBefore = end.subtract({ hours: 24 });
  const wanted = Temporal.Instant.compare(dayBefore, half) > 0 ? dayBefore : half;
  const working = nextWorkingMoment(wanted, calendar);
  return Temporal.Instant.compare(working, end) < 0 ? working : wanted;
}

/** Nobody answers any more: the bot picks, or who plans does. */
function ended(
  meeting: Meeting,
  poll: Poll,
  { now, directory }: { now: Temporal.Instant; directory: Directory },
): Meeting {
  const best = bestOf(standingsOf(meeting, poll, directory), meeting.zone, now);
  if (poll.botPicks && best) return picked(meeting, best.option, { now, directory });
  return told(drawnAnew(meeting, { now }), 'pollOver', managersOf(meeting, directory), occasionOf(poll), now);
}

function meetingDues(meeting: Meeting, occurrence: Occurrence, { directory, calendar, policy }: Timing): Due[] {
  const begins = beginOf(occurrence, meeting.zone);
  const { dayBefore, hourBefore, where } = policy.reminders;
  const hour = begins.subtract({ hours: 1 });
  const remind = (which: 'day' | 'hour', at: Temporal.Instant, until: Temporal.Instant): Due => ({
    at,
    // After a long sleep nobody is reminded of what has begun, nor twice at once, nor of what they were just told.
    happen(one, now) {
      if (Temporal.Instant.compare(now, until) >= 0 || one.news.at >= toStored(at)) return one;
      const { on, start } = occurrence;
      // Everybody reads it where they read of the meeting: in the chat, and who is not in it in private.
      if (where === 'chat') return announced(one, { what: 'reminder', on, before: {} }, { now });
      return told(one, 'reminder', toRemind(one, occurrence, directory), `${which}:${on}:${start}`, now);
    },
  });
  return [
    ...(dayBefore ? [remind('day', morningBefore(occurrence, meeting.zone, calendar), hour)] : []),
    ...(hourBefore ? [remind('hour', hour, begins)] : []),
    // The card asks who comes no more.
    { at: begins, happen: (one, now) => drawnAnew(one, { now }) },
    {
      at: endOf(occurrence, meeting.zone),
      happen: (one, now) => told(drawnAnew(one, { now }), 'wasHeld', managersOf(one, directory), occurrence.on, now),
    },
  ];
}

/** Who has not said that they do not come. */
function toRemind(meeting: Meeting, occurrence: Occurrence, directory: Directory): PersonId[] {
  return expectedAt(meeting, occurrence, directory).filter((person) => !staysAway(meeting, occurrence.on, person));
}

/** When work begins on the last working day before the meeting. */
function morningBefore({ start }: Occurrence, zone: string, calendar: WorkingCalendar): Temporal.Instant {
  const dayBefore = Temporal.PlainDateTime.from(start).toPlainDate().subtract({ days: 1 });
  return workingDayUntil(dayBefore, calendar)
    .toZonedDateTime({ timeZone: zone, plainTime: calendar.start })
    .toInstant();
}
