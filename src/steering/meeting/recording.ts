import { chairOf, secretaryOf } from '../../directory/seats.ts';
import { AppError } from '../../shared/errors.ts';
import type { Item, Mark, Presence, Proceedings, RecordCommand, RecordPress, Seating, Sitting } from '../model.ts';
import { requireKeeper, requireMember } from '../rights.ts';
import { isFinished, mayOpen, numberOf, onItsDay, requireItem } from '../standing.ts';
import { changed, markOf, nothing, type Scene, type Transition } from '../transition.ts';
import { assign, handOn, setDone, unassign } from './actions.ts';
import { attend, chair, recordedSeats, recuse, requireHolder, unrecuse } from './attendance.ts';
import { decide, dissent, undecide } from './deciding.ts';
import { beginSaid, hoursOf, hoursSaid } from './hours.ts';
import { dealingWith, type Open, recorded, requireOneSeat } from './open-meeting.ts';
import { isVoteOpen, mayUndoOpening, recordOf } from './proceedings.ts';
import { ballots, endVote, putToVote, vote, withdrawVote } from './voting.ts';

/**
 * What is recorded of a meeting. Whatever would make a decision one that the body could not take, or a vote one of somebody
 * who had none, is refused: so nothing recorded ever stops being true.
 * Errors: those of `requireRecorder`, `requireOpen` and `openMeeting`; at its end those of `requireNoVote`, `hoursSaid`,
 * `closedAlready` and `undoOpening`; of who is there those of `attend` and `chair`; of an item `agenda.noItem` (also of one that is
 * not on the agenda any more) and those of the function that does it, in attendance.ts, voting.ts, deciding.ts and actions.ts.
 */
export function record(sitting: Sitting, command: RecordCommand, scene: Scene): Transition {
  const done = recordOn(sitting, command, scene);
  // The very same object when nothing happened, such as when it is pressed twice.
  return done.event ? done : nothing(sitting);
}

function recordOn(sitting: Sitting, command: RecordCommand, scene: Scene): Transition {
  requireRecorder(sitting, command, scene);
  if (command.do === 'openMeeting') return openMeeting(sitting, command, scene);
  if (command.do === 'undoOpening' && !sitting.proceedings) return nothing(sitting);
  const isAfter = command.do === 'closeMeeting' || command.do === 'reopenMeeting' || isDoing(command);
  const open = requireOpen(sitting, isAfter);
  switch (command.do) {
    case 'come':
    case 'leave':
    case 'absent':
      return attend(open, command, scene);
    case 'chair':
      return chair(open, command, scene);
    case 'closeMeeting':
      if (open.proceedings.closed) return closedAlready(open, open.proceedings.closed, command, scene);
      requireNoVote(open);
      return closeMeeting(open, command, scene);
    case 'undoOpening':
      return undoOpening(open, scene);
    case 'reopenMeeting':
      return open.proceedings.closed ? recorded(open, { closed: null }, 'reopen', scene) : nothing(sitting);
    default:
      return onItem(open, requireItem(open, command.item), command, scene);
  }
}

/**
 * Who may do it at all, before anything is said of how it stands: each member for their own seat and of what is theirs to do,
 * all else who keeps the record. Errors: `directory.notAMember`, `agenda.noAgenda`, `agenda.keepersOnly`.
 */
export function requireRecorder(
  sitting: Sitting,
  command: RecordCommand | RecordPress,
  { actor, directory }: Scene,
): void {
  requireMember(sitting.body, actor, directory);
  const isOwn = command.do === 'vote' || isDoing(command) || (command.do === 'dissent' && command.seat === null);
  if (!isOwn) requireKeeper(sitting, actor, directory);
}

/** Who has something to do says how it stands with it, also after the meeting. */
function isDoing<C extends { do: RecordCommand['do'] }>(
  command: C,
): command is Extract<C, { do: 'done' | 'undone' | 'handOn' }> {
  return command.do === 'done' || command.do === 'undone' || command.do === 'handOn';
}

/** Errors: `sitting.voteOn` (`number`), `sitting.voteUndecided` (`number`). */
export function requireNoVote(sitting: Open): void {
  const item = sitting.items.find(({ id }) => isVoteOpen(recordOf(sitting.proceedings, id)));
  if (!item) return;
  const number = numberOf(sitting, item) ?? 0;
  if (recordOf(sitting.proceedings, item.id).vote?.ended) throw new AppError('sitting.voteUndecided', { number });
  throw new AppError('sitting.voteOn', { number });
}

/** Errors: `sitting.notOpen`, `sitting.closed`. */
function requireOpen(sitting: Sitting, isClosedToo: boolean): Open {
  const { proceedings } = sitting;
  if (!proceedings) throw new AppError('sitting.notOpen');
  if (proceedings.closed && !isClosedToo) throw new AppError('sitting.closed');
  return { ...sitting, proceedings };
}

/**
 * Errors: `sitting.alreadyOpen` (`person`), `agenda.held`, `sitting.nextBegun`, `sitting.notSent`, `sitting.tooEarly`, those of
 * `requireHolder`, `requireOneSeat` and `beginSaid`.
 */
function openMeeting(
  sitting: Sitting,
  { seating, time = null }: Extract<RecordCommand, { do: 'openMeeting' }>,
  scene: Scene,
): Transition {
  const { directory, now } = scene;
  const { proceedings: known } = sitting;
  if (known) {
    // Whoever opens it with others in the seats than there are, or at another time, has to see that.
    const { timeZone } = directory.policy;
    const there = Object.fromEntries(known.presence.map(({ seat, person }) => [seat, person]));
    const isSameTime = time === null || time === hoursOf(known, timeZone).began;
    if (isSameSeating(there, seating) && isSameTime) return nothing(sitting);
    throw new AppError('sitting.alreadyOpen', { person: known.opened.by });
  }
  if (isFinished(sitting, now)) throw new AppError('agenda.held');
  // What it would settle stands on the next agenda by then.
  if (sitting.followedBy) throw new AppError('sitting.nextBegun');
  if (sitting.sent === null || sitting.holding === null) throw new AppError('sitting.notSent');
  if (!mayOpen(sitting, now)) throw new AppError('sitting.tooEarly');
  const seats = recordedSeats(sitting, directory);
  const presence = Object.entries(seating).map(([seat, person]): Presence => {
    requireHolder(seats, seat, person);
    return { seat, person, from: null, to: null };
  });
  const then = onItsDay(sitting, directory);
  const usual = chairOf(then, sitting.body);
  const isThere = presence.some(({ person }) => person === usual);
  const secretary = secretaryOf(then, sitting.body);
  const proceedings: Proceedings = {
    opened: markOf(scene),
    began: beginSaid(sitting, time, scene),
    closed: null,
    seats,
    chairs: usual !== null && isThere ? [{ person: usual, from: null }] : [],
    presence,
    secretary,
    records: {},
  };
  requireOneSeat({ ...sitting, proceedings });
  return changed(sitting, { proceedings }, 'meeting.open', scene);
}

const isSameSeating = (a: Seating, b: Seating): boolean =>
  JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());

function closeMeeting(
  open: Open,
  { began = null, time = null }: Extract<RecordCommand, { do: 'closeMeeting' }>,
  scene: Scene,
): Transition {
  return recorded(open, { closed: markOf(scene), ...hoursSaid(open, { began, ended: time }, scene) }, 'close', scene);
}

/** Whoever closes it with other hours than a colleague has to see that. Errors: `sitting.alreadyClosed` (`person`). */
function closedAlready(
  open: Open,
  closed: Mark,
  { began, time }: Extract<RecordCommand, { do: 'closeMeeting' }>,
  { directory }: Scene,
): Transition {
  const recordedHours = hoursOf(open.proceedings, directory.policy.timeZone);
  const isSame = (said: string | null | undefined, was: string | null): boolean => !said || said === was;
  if (isSame(began, recordedHours.began) && isSame(time, recordedHours.ended)) return nothing(open);
  throw new AppError('sitting.alreadyClosed', { person: closed.by });
}

/** It is as if it had never been opened. Errors: `sitting.begun`. */
function undoOpening(sitting: Open, scene: Scene): Transition {
  if (!mayUndoOpening(sitting.proceedings)) throw new AppError('sitting.begun');
  return changed(sitting, { proceedings: null }, 'meeting.undoOpening', scene);
}

type OnItem = Extract<RecordCommand, { item: string }>;

function onItem(sitting: Open, item: Item, command: OnItem, scene: Scene): Transition {
  if (item.state.is !== 'accepted') throw new AppError('agenda.noItem');
  const dealing = dealingWith(sitting, item, command.do, scene);
  switch (command.do) {
    case 'discuss': {
      const { text } = command;
      return text === dealing.before.discussion ? nothing(sitting) : dealing.write({ discussion: text });
    }
    case 'recuse':
      return recuse(dealing, command);
    case 'unrecuse':
      return unrecuse(dealing, command.seat);
    case 'putToVote':
      return putToVote(dealing, command);
    case 'vote':
      return vote(dealing, command);
    case 'ballots':
      return ballots(dealing, command);
    case 'endVote':
      return endVote(dealing, command);
    case 'withdrawVote':
      return withdrawVote(dealing, command);
    case 'decide':
      return decide(dealing, command);
    case 'undecide':
      return undecide(dealing);
    case 'dissent':
      return dissent(dealing, command);
    case 'assign':
      return assign(dealing, command);
    case 'handOn':
      return handOn(dealing, command);
    case 'done':
    case 'undone':
      return setDone(dealing, command.id, command.do === 'done');
    case 'unassign':
      return unassign(dealing, command.id);
  }
}
