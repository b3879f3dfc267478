import type { Actor } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import { record, reply } from './answering.ts';
import type { Meeting, MeetingCommand } from './model.ts';
import { cancel, change, confirm, requireStill } from './planning.ts';
import { addTimes, changeTime, extend, pick, removeTime, vote } from './polling.ts';
import { mayManage, maySee } from './rights.ts';
import { withoutSettled } from './settled.ts';
import type { Scene } from './transition.ts';

/**
 * The very same object when nothing happens (pressed twice).
 * Errors: `meeting.notFound` (not theirs to see), `directory.leadersOnly`, `meeting.cancelled`, `meeting.notPlanned`,
 * `meeting.noPoll`, `meeting.pollOver`, `meeting.notInvited`, `meeting.noOption`, `meeting.sameTime`, `meeting.past`,
 * `meeting.tooManyTimes` and `meeting.lastTimes` (`limit`), `meeting.allDeclined`, `meeting.noOccurrence`, `meeting.over`,
 * `meeting.moved`, `meeting.noSubstitute`, `meeting.notYet`, `meeting.dayTaken`, `meeting.endsFirst`,
 * `meeting.losesEarlier`, `meeting.proposalPast`, `meeting.lateDeadline`, `form.overtaken`,
 * `meeting.wentOn`, `meeting.recorded`.
 */
export function decide(meeting: Meeting, command: MeetingCommand, scene: Scene): Meeting {
  if (!maySee(meeting, scene.actor)) throw new AppError('meeting.notFound');
  const next = decided(meeting, command, scene);
  return next === meeting ? meeting : withoutSettled(next, scene);
}

function decided(meeting: Meeting, command: MeetingCommand, scene: Scene): Meeting {
  switch (command.do) {
    case 'vote':
      return vote(meeting, command.votes, scene);
    case 'reply':
      return reply(meeting, command, scene);
    default:
      return manage(meeting, command, scene);
  }
}

export type Managing = Exclude<MeetingCommand, { do: 'vote' | 'reply' }>;

/** Errors: `directory.leadersOnly`. */
export function requireManager(meeting: Meeting, to: Managing['do'], actor: Actor): void {
  const isOwnProposal = meeting.stage.is === 'proposed' && meeting.stage.by === actor.person;
  // Who has proposed something may take it back.
  if (!mayManage(meeting, actor) && !(to === 'cancel' && isOwnProposal)) throw new AppError('directory.leadersOnly');
}

function manage(meeting: Meeting, command: Managing, scene: Scene): Meeting {
  // Who has made a proposal that was confirmed meanwhile is told that, and not that they may not cancel it.
  if (command.do === 'cancel') requireStill(meeting, command.was);
  requireManager(meeting, command.do, scene.actor);
  switch (command.do) {
    case 'confirm':
      return confirm(meeting, scene);
    case 'addTimes':
      return addTimes(meeting, command.options, scene);
    case 'changeTime':
      return changeTime(meeting, command.option, command.slot, scene);
    case 'removeTime':
      return removeTime(meeting, command.option, scene);
    case 'extend':
      return extend(meeting, command.deadline, scene);
    case 'pick':
      return pick(meeting, command.option, scene);
    case 'change':
      return change(meeting, command, scene);
    case 'cancel':
      return cancel(meeting, command.on, scene);
    case 'record':
      return record(meeting, command, scene);
  }
}
