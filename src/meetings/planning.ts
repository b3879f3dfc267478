import { touchAll } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import { inviting } from './inviting.ts';
import {
  type Change,
  type Changes,
  limits,
  type Mark,
  type Meeting,
  type News,
  type Occurrence,
  type Plan,
  type Schedule,
  type Slot,
  type Stage,
} from './model.ts';
import { openUntil } from './polling.ts';
import { beginOf, endOf, nextOf, occurrencesOf } from './repeat.ts';
import { ownChanges } from './seen.ts';
import { changedSeries, heldElsewhere, renaming } from './series.ts';
import { isEnded } from './standing.ts';
import { withSubstitutes } from './substitutes.ts';
import {
  announced,
  lastTold,
  requireAhead,
  requireOccurrence,
  requireSchedule,
  requireToCome,
  type Scene,
  told,
  withSchedule,
} from './transition.ts';

/** What whoever plans a meeting decides: that it is held, when and where, and that it is not. */

/** A leader says yes to what a member has proposed; the very same object when it was no proposal. Errors: `meeting.proposalPast`. */
export function confirm(meeting: Meeting, scene: Scene): Meeting {
  const { stage } = meeting;
  if (stage.is === 'cancelled') throw new AppError('meeting.cancelled');
  if (stage.is !== 'proposed') return meeting;
  return arranged({ ...meeting, organiser: scene.actor.person }, planToCome(stage.plan, meeting, scene), scene);
}

/** What was proposed, as far as there is time for it; people answer from now on. Errors: `meeting.proposalPast`. */
function planToCome(plan: Plan, meeting: Meeting, scene: Scene): Plan {
  const isToCome = (slot: Slot): boolean => Temporal.Instant.compare(beginOf(slot, meeting.zone), scene.now) > 0;
  if ('one' in plan) {
    if (!isToCome(plan.one)) throw new AppError('meeting.proposalPast');
    return plan;
  }
  const options = plan.options.filter(isToCome);
  if (options.length < limits.fewestTimes) throw new AppError('meeting.proposalPast');
  const { deadline } = openUntil(plan.several, options, meeting, scene);
  return { options, several: { ...plan.several, since: toStored(scene.now), deadline } };
}

/** The poll, or the meeting, that a plan asks for; everybody is to hear of it. */
export function arranged(meeting: Meeting, plan: Plan, { now }: Pick<Scene, 'now'>): Meeting {
  if ('several' in plan) {
    const options = plan.options;
    const poll: Meeting = { ...meeting, stage: { is: 'poll', poll: { ...plan.several, options, votes: {} } } };
    return announced(poll, { what: 'poll', on: null, before: {} }, { now });
  }
  const schedule: Schedule = {
    first: plan.one,
    repeat: plan.repeat,
    earlier: [],
    passed: 0,
    changes: {},
    replies: {},
    came: {},
    sequence: 0,
  };
  return announced(withSchedule(meeting, schedule), { what: 'invited', on: null, before: {} }, { now });
}

/**
 * One holding, or, with `on` null, the whole series from now on. Who answered for another time is asked anew. Who is invited
 * is the whole meeting's, and concerns those alone who are new, or are it no more.
 * Errors: `meeting.past`, `meeting.over`, `form.overtaken` (somebody else has changed the same since its sender saw it), and
 * those of `requireOccurrence` and `changedSeries`.
 */
export function change(meeting: Meeting, { on, at, ...asked }: Change, scene: Scene): Meeting {
  const schedule = requireSchedule(meeting);
  const target = on ?? at ?? nextIn(meeting, schedule, scene)?.on;
  if (target === undefined) throw new AppError('meeting.over');
  const occurrence = requireOccurrence(meeting, target, scene);
  requireAhead(meeting, occurrence, scene);
  const changes = ownChanges(asked, meeting, occurrence, scene.directory);
  const before = differences(meeting, occurrence, changes);
  const { slot, place } = before;
  if (slot && changes.slot && changes.slot.start !== slot.start)
    requireToCome(changes.slot.start, meeting.zone, scene.now);
  const invited = changes.invited ? inviting(meeting, changes.invited, scene) : meeting;
  if (Object.keys(before).length === 0) return invited;
  const whole = on === null;
  const standing = requireSchedule(invited);
  const { repeat } = schedule;
  const known = { ...scene, place: meeting.place, zone: meeting.zone };
  const written = whole && slot && changes.slot && { seen: occurrence, slot: changes.slot };
  const retimed =
    written && repeat
      ? changedSeries(standing, repeat, written, known)
      : changedAt(standing, occurrence, slot ? changes.slot : undefined, whole || !place ? undefined : changes.place);
  const elsewhere = whole && place && changes.place;
  const changed = elsewhere ? heldElsewhere(retimed, { seen: occurrence, place: elsewhere }, known) : retimed;
  const next: Meeting = withSchedule(
    { ...invited, title: changes.title ?? meeting.title, place: elsewhere || meeting.place },
    { ...changed, sequence: schedule.sequence + 1 },
  );
  const was = whole && repeat ? firstDifferences(invited, next, before, scene) : lastTold(invited, occurrence, before);
  const nameOf =
    written && repeat
      ? renaming(occurrencesOf(schedule, meeting.place, scene.calendar), changed, written)
      : (date: string) => date;
  const told = announced(next, { what: 'changed', on, before: was }, scene, nameOf);
  return withSubstitutes(invited, told, scene);
}

/** What will be different, as it was. */
function differences(meeting: Meeting, { start, minutes, place }: Occurrence, changes: Changes): News['before'] {
  return {
    ...(changes.title !== undefined && changes.title !== meeting.title && { title: meeting.title }),
    ...(changes.place && !isSamePlace(changes.place, place) && { place }),
    ...(changes.slot && !isSameTime(changes.slot, { start, minutes }) && { slot: { start, minutes } }),
  };
}

/**
 * Of a series people are told what they were last told of the first that is different, whichever holding it was changed at; of the place only
 * where that was changed, as a date that is elsewhere moves with its week.
 */
function firstDifferences(
  meeting: Meeting,
  next: Meeting,
  { title, place: isElsewhere }: News['before'],
  { calendar, now }: Scene,
): News['before'] {
  const by = new Map(
    occurrencesOf(requireSchedule(next), next.place, calendar).map((one) => [one.number, one] as const),
  );
  const differences = occurrencesOf(requireSchedule(meeting), meeting.place, calendar)
    .filter((one) => !one.cancelled && isAhead(one, meeting, now))
    .toSorted((a, b) => a.number - b.number)
    .flatMap((was) => {
      const is = by.get(was.number);
      if (!is || is.cancelled) return [];
      const { slot, place } = lastTold(meeting, was, { slot: slotOf(was), place: was.place });
      const { number } = was;
      return [
        {
          slot: slot && !isSameTime(was, is) && !isSameTime(slot, is) ? { ...slot, number } : null,
          place:
            place && !isSamePlace(was.place, is.place) && !isSamePlace(place, is.place) ? { ...place, number } : null,
        },
      ];
    });
  const slot = differences.find((one) => one.slot)?.slot;
  const place = isElsewhere && differences.find((one) => one.place)?.place;
  return { ...(title !== undefined && { title }), ...(place && { place }), ...(slot && { slot }) };
}

const isAhead = (one: Occurrence, { zone }: Meeting, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(endOf(one, zone), now) > 0;
const slotOf = ({ start, minutes }: Slot): Slot => ({ start, minutes });
const isSameTime = (a: Slot, b: Slot): boolean => a.start === b.start && a.minutes === b.minutes;
const isSamePlace = (a: Meeting['place'], b: Meeting['place']): boolean => a.online === b.online && a.where === b.where;

function changedAt(
  schedule: Schedule,
  { on }: Occurrence,
  slot: Slot | undefined,
  place: Meeting['place'] | undefined,
): Schedule {
  const changed = { ...schedule.changes[on], ...(slot && { slot }), ...(place && { place }) };
  const { [on]: _, ...others } = schedule.replies;
  return {
    ...schedule,
    changes: Object.keys(changed).length > 0 ? { ...schedule.changes, [on]: changed } : schedule.changes,
    replies: slot ? others : schedule.replies,
  };
}

function nextIn(meeting: Meeting, schedule: Schedule, { calendar, now }: Scene): Occurrence | null {
  return nextOf(occurrencesOf(schedule, meeting.place, calendar), meeting.zone, now);
}

/** Of a proposal only the leaders know, and who made it: nobody else is to hear that there was one. */
function withdrawn(meeting: Meeting, by: PersonId, mark: Mark, { actor, now }: Scene): Meeting {
  const delivery = touchAll(meeting.delivery, now);
  const stage = { is: 'cancelled', schedule: null, proposedBy: by, ...mark } as const;
  const gone: Meeting = { ...meeting, over: true, stage, delivery };
  return actor.person === by ? gone : told(gone, 'declined', [by], mark.at, now);
}

/** What somebody says no to late is not something else that it has become meanwhile. Errors: `meeting.wentOn`. */
export function requireStill({ stage }: Meeting, was: Stage['is'] | undefined): void {
  if (was !== undefined && stage.is !== 'cancelled' && stage.is !== was) throw new AppError('meeting.wentOn');
}

/** What is over was held, and cannot be cancelled any more. Errors: `meeting.over`. */
export function requireSomeAhead(meeting: Meeting, scene: Scene): void {
  const { stage } = meeting;
  if (stage.is === 'planned' && !nextIn(meeting, stage.schedule, scene)) throw new AppError('meeting.over');
}

/**
 * One holding, or all that is ahead: what was held of a series stays. Nothing becomes of a proposal or a poll either.
 * Errors: as of `change`.
 */
export function cancel(meeting: Meeting, on: string | null, scene: Scene): Meeting {
  const { stage } = meeting;
  if (stage.is === 'cancelled') return meeting;
  const mark = { by: scene.actor.person, at: toStored(scene.now) };
  if (stage.is === 'proposed') return withdrawn(meeting, stage.by, mark, scene);
  if (on === null) {
    if (isEnded(meeting)) return meeting;
    requireSomeAhead(meeting, scene);
    const { held = [], ahead = [] } = stage.is === 'planned' ? byTime(meeting, stage.schedule, scene) : {};
    if (stage.is === 'planned' && held.length > 0)
      return announced(
        withSchedule(meeting, without(stage.schedule, ahead, mark)),
        { what: 'cancelled', on, before: {} },
        scene,
      );
    const schedule = stage.is === 'planned' ? { ...stage.schedule, sequence: stage.schedule.sequence + 1 } : null;
    const cancelled: Meeting = { ...meeting, over: true, stage: { is: 'cancelled', schedule, ...mark } };
    return announced(cancelled, { what: 'cancelled', on, before: {} }, scene);
  }
  const schedule = requireSchedule(meeting);
  if (schedule.changes[on]?.cancelled) return meeting;
  requireAhead(meeting, requireOccurrence(meeting, on, scene), scene);
  return announced(withSchedule(meeting, without(schedule, [on], mark)), { what: 'cancelled', on, before: {} }, scene);
}

/** The names of what was not cancelled. */
function byTime(meeting: Meeting, schedule: Schedule, { calendar, now }: Scene): Record<'held' | 'ahead', string[]> {
  const all = occurrencesOf(schedule, meeting.place, calendar).filter(({ cancelled }) => !cancelled);
  const { held = [], ahead = [] } = Object.groupBy(all, (one) => (isAhead(one, meeting, now) ? 'ahead' : 'held'));
  return { held: held.map(({ on }) => on), ahead: ahead.map(({ on }) => on) };
}

function without(schedule: Schedule, off: readonly string[], cancelled: Mark): Schedule {
  const changes = off.map((on) => [on, { ...schedule.changes[on], cancelled }] as const);
  return {
    ...schedule,
    // What is going on is one of these once the series was moved.
    earlier: schedule.earlier.map((one) => (off.includes(one.on) ? { ...one, cancelled } : one)),
    changes: { ...schedule.changes, ...Object.fromEntries(changes) },
    sequence: schedule.sequence + 1,
  };
}
