import { AppError } from '../shared/errors.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import type { Meeting, Occurrence, Schedule } from './model.ts';
import { isSettled, keptAfter, occurrencesOf } from './repeat.ts';
import { numberOf } from './standing.ts';
import { requireBegun, requireOccurrence, requireSchedule, type Scene } from './transition.ts';

/**
 * What is kept of a holding of which nobody has anything to say any more: how many came. With every name of two years a series
 * of a large body would not fit into one document, and nobody is to be looked up there for ever.
 */

/** The very same object when there is nothing to let go. */
export function withoutSettled(
  meeting: Meeting,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): Meeting {
  const { stage } = meeting;
  if ((stage.is !== 'planned' && stage.is !== 'cancelled') || !stage.schedule) return meeting;
  const { schedule } = stage;
  const isAllOver = isLongOver(meeting, now);
  const settled = new Set(
    occurrencesOf(schedule, meeting.place, calendar)
      .filter((occurrence) => isAllOver || isSettled(occurrence, meeting.zone, now))
      .map(({ on }) => on),
  );
  const late = schedule.late && Temporal.Instant.compare(lateUntil(schedule.late), now) > 0 ? schedule.late.on : null;
  const isKept = ([on]: [string, object]): boolean => !settled.has(on);
  const { calls = [], ...rest } = meeting;
  const waiting = calls.filter(({ on }) => !isAllOver && !settled.has(on));
  const unnamed = (on: string): boolean => settled.has(on) && on !== late;
  const isSaid = Object.entries(schedule.came).every(([on, came]) => typeof came === 'number' || !unnamed(on));
  if (Object.entries(schedule.replies).every(isKept) && isSaid && waiting.length === calls.length) return meeting;
  const kept: Schedule = {
    ...schedule,
    replies: Object.fromEntries(Object.entries(schedule.replies).filter(isKept)),
    came: Object.fromEntries(
      Object.entries(schedule.came).map(([on, came]) => [on, unnamed(on) ? numberOf(came) : came]),
    ),
  };
  return { ...rest, ...(waiting.length > 0 && { calls: waiting }), stage: { ...stage, schedule: kept } };
}

/** The names of what was recorded late go then. */
export const lateUntil = ({ at }: { at: string }): Temporal.Instant => Temporal.Instant.from(at).add(keptAfter);

/** All of it was over, or cancelled, a week ago; what was cancelled of it may have been to be held much later. */
export function isLongOver({ over, stage }: Meeting, now: Temporal.Instant): boolean {
  if (stage.is !== 'cancelled') return over;
  return Temporal.Instant.compare(Temporal.Instant.from(stage.at).add(keptAfter), now) <= 0;
}

/**
 * The holding, of which it may be said who came.
 * Errors: `meeting.notYet`, `meeting.settled` (it was said, and only the number is kept), and those of `requireOccurrence`.
 */
export function requireRecordable(meeting: Meeting, on: string, scene: Pick<Scene, 'calendar' | 'now'>): Occurrence {
  const occurrence = requireOccurrence(meeting, on, scene);
  requireBegun(meeting, occurrence, scene);
  if (typeof requireSchedule(meeting).came[on] === 'number') throw new AppError('meeting.settled');
  return occurrence;
}
