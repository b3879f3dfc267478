import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { expectedAt, invitedTo, possibleAt, substitutesOf } from './invited.ts';
import type { Meeting, MeetingCommand } from './model.ts';
import { isSettled } from './repeat.ts';
import { requireRecordable } from './settled.ts';
import { repliesAt, whoCame } from './standing.ts';
import { withSubstitutes } from './substitutes.ts';
import {
  drawnAnew,
  requireAhead,
  requireOccurrence,
  requireSchedule,
  type Scene,
  told,
  withSchedule,
} from './transition.ts';

/** Who comes, and who came. */

type Answer = Pick<Extract<MeetingCommand, { do: 'reply' }>, 'on' | 'coming' | 'start'>;

/**
 * Errors: `meeting.notInvited`, `meeting.over`, `meeting.moved` (they have read of another time), `meeting.noSubstitute`, and
 * those of `requireOccurrence`.
 */
export function reply(meeting: Meeting, { on, coming, start }: Answer, scene: Scene): Meeting {
  const { actor, now, directory } = scene;
  const occurrence = requireOccurrence(meeting, on, scene);
  requireAhead(meeting, occurrence, scene);
  if (!expectedAt(meeting, occurrence, directory).includes(actor.person)) throw new AppError('meeting.notInvited');
  if (start !== undefined && start !== occurrence.start) throw new AppError('meeting.moved');
  const substitutes = substitutesOf(meeting, actor.person, directory);
  if (coming === 'substitute' && substitutes.length === 0) throw new AppError('meeting.noSubstitute');
  const schedule = requireSchedule(meeting);
  const replies = repliesAt(meeting, on);
  if (replies[actor.person]?.coming === coming) return meeting;
  const given = { ...schedule.replies, [on]: { ...replies, [actor.person]: { coming, at: toStored(now) } } };
  const answered = drawnAnew(withSchedule(meeting, { ...schedule, replies: given }), scene);
  const next = withSubstitutes(meeting, answered, scene);
  if (coming !== 'no') return next;
  // Who was to come in somebody's place does not, and that one is to know while there is time, once for each time they sent them.
  const inPlaceOf = invitedTo(meeting, directory).filter(
    (person) =>
      replies[person]?.coming === 'substitute' && substitutesOf(meeting, person, directory).includes(actor.person),
  );
  return inPlaceOf.reduce(
    (one, member) => told(one, 'substituteOut', [member], `${on}:${actor.person}:${replies[member]?.at}`, now),
    next,
  );
}

type Recording = Extract<MeetingCommand, { do: 'record' }>;

/** Errors: `meeting.notInvited` (somebody of them), `meeting.recorded` (not seen by its sender), and those of `requireRecordable`. */
export function record(meeting: Meeting, { on, came, first = false }: Recording, scene: Scene): Meeting {
  const schedule = requireSchedule(meeting);
  const wanted = [...new Set(came)].toSorted();
  if (whoCame(meeting, on)?.join() === wanted.join() || schedule.came[on] === wanted.length) return meeting;
  const occurrence = requireRecordable(meeting, on, scene);
  if (first && schedule.came[on] !== undefined) throw new AppError('meeting.recorded');
  const possible = possibleAt(meeting, on, scene.directory);
  if (!wanted.every((person) => possible.includes(person))) throw new AppError('meeting.notInvited');
  const isLate = isSettled(occurrence, meeting.zone, scene.now) && schedule.late?.on !== on;
  const late = isLate ? { late: { on, at: toStored(scene.now) } } : {};
  const next = { ...schedule, ...late, came: { ...schedule.came, [on]: wanted } };
  return drawnAnew(withSchedule(meeting, next), scene);
}
