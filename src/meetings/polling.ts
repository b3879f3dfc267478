import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { limits, type Meeting, type Poll, type PollOption, type Slot, type Vote } from './model.ts';
import { beginOf, byStart } from './repeat.ts';
import { askedIn, bestOf, managersOf, silentIn, standingsOf } from './standing.ts';
import { announced, drawnAnew, requirePoll, requireToCome, type Scene, told, withPoll } from './transition.ts';

/** Finding a time: everybody says what suits them, as often as they want, and somebody picks. */

/** The poll, for somebody who may answer it now. Errors: `meeting.notInvited`, `meeting.pollOver`, and of `requirePoll`. */
export function requireVoter(
  meeting: Meeting,
  { actor, now, directory }: Pick<Scene, 'actor' | 'now' | 'directory'>,
): Poll {
  const poll = requirePoll(meeting);
  if (!askedIn(meeting, directory).includes(actor.person)) throw new AppError('meeting.notInvited');
  if (toStored(now) > poll.deadline) throw new AppError('meeting.pollOver');
  return poll;
}

/** What is not named stays as it was. Errors: `meeting.noOption`, and those of `requireVoter`. */
export function vote(meeting: Meeting, given: Readonly<Record<string, Vote>>, scene: Scene): Meeting {
  const poll = requireVoter(meeting, scene);
  const { person } = scene.actor;
  if (!Object.keys(given).every((id) => poll.options.some((option) => option.id === id)))
    throw new AppError('meeting.noOption');
  const before = poll.votes[person] ?? {};
  if (Object.entries(given).every(([id, said]) => before[id] === said)) return meeting;
  const votes = { ...poll.votes, [person]: { ...before, ...given } };
  const next = drawnAnew(withPoll(meeting, { ...poll, votes }), scene);
  return afterAnswer(next, { ...poll, votes }, scene);
}

/** The bot picks what suits everybody; otherwise who plans hears that everybody has answered. */
function afterAnswer(meeting: Meeting, poll: Poll, scene: Scene): Meeting {
  if (poll.botPicks) {
    const all = standingsOf(meeting, poll, scene.directory).filter(({ suitsAll }) => suitsAll);
    const best = bestOf(all, meeting.zone, scene.now);
    if (best) return picked(meeting, best.option, scene);
  }
  if (silentIn(meeting, poll, scene.directory).length > 0) return meeting;
  return told(meeting, 'allAnswered', managersOf(meeting, scene.directory), occasionOf(poll), scene.now);
}

/** The same question is the same times and the same deadline. */
export function occasionOf({ options, deadline }: Pick<Poll, 'options' | 'deadline'>): string {
  return `${deadline}/${options.map(({ id, start }) => `${id}@${start}`).join()}`;
}

/** A time among the proposals goes by what it is: an answer never counts for another, and the same is added once. */
export function optionAt({ start, minutes }: Slot): PollOption {
  return { id: `${start.replace(/\D/g, '')}-${minutes}`, start, minutes };
}

/** Errors: `meeting.tooManyTimes` (`limit`), `meeting.sameTime`, `meeting.past`. */
export function addTimes(meeting: Meeting, added: readonly PollOption[], scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  const known = poll.options;
  const unknown = added.filter(({ id }) => !known.some((option) => option.id === id));
  if (unknown.length === 0) return meeting;
  if (known.length + unknown.length > limits.mostTimes)
    throw new AppError('meeting.tooManyTimes', { limit: limits.mostTimes });
  for (const option of unknown) requireFree(option, known, meeting, scene);
  const options = [...known, ...unknown].toSorted(byStart);
  return announced(withPoll(meeting, { ...poll, options }), { what: 'times', on: null, before: {} }, scene);
}

/**
 * Who answered for another time has not answered for this one, nor does who still has a form with the other.
 * Errors: `meeting.noOption`, and those of `addTimes`.
 */
export function changeTime(meeting: Meeting, id: string, slot: Slot, scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  const changed = optionAt(slot);
  const isThere = (wanted: string): boolean => poll.options.some((option) => option.id === wanted);
  if (!isThere(id) && isThere(changed.id)) return meeting;
  const option = requireOption(poll, id);
  if (option.start === slot.start && option.minutes === slot.minutes) return meeting;
  const others = poll.options.filter((other) => other.id !== id);
  requireFree(slot, others, meeting, scene);
  const options = [...others, changed].toSorted(byStart);
  return announced(
    withPoll(meeting, { ...poll, options, votes: without(poll.votes, id) }),
    { what: 'times', on: null, before: {} },
    scene,
  );
}

/** Errors: `meeting.noOption`, `meeting.lastTimes` (`limit`). */
export function removeTime(meeting: Meeting, id: string, scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  if (!poll.options.some((option) => option.id === id)) return meeting;
  if (poll.options.length <= limits.fewestTimes) throw new AppError('meeting.lastTimes', { limit: limits.fewestTimes });
  const options = poll.options.filter((option) => option.id !== id);
  return drawnAnew(withPoll(meeting, { ...poll, options, votes: without(poll.votes, id) }), scene);
}

/** Errors: `meeting.past`. */
export function extend(meeting: Meeting, deadline: string, scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  if (deadline === poll.deadline) return meeting;
  if (deadline <= toStored(scene.now)) throw new AppError('meeting.past');
  return drawnAnew(withPoll(meeting, { ...poll, deadline }), scene);
}

/** Errors: `meeting.noOption`, `meeting.past`, `meeting.allDeclined`. */
export function pick(meeting: Meeting, id: string, scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  const option = requireOption(poll, id);
  requireToCome(option.start, meeting.zone, scene.now);
  const standing = standingsOf(meeting, poll, scene.directory).find((one) => one.option.id === id);
  if (standing?.declined) throw new AppError('meeting.allDeclined');
  return picked(meeting, option, scene);
}

/** Whoever said that the time suits them comes, all others are asked; everybody where nobody is to know who said what. */
export function picked(
  meeting: Meeting,
  { start, minutes, id }: PollOption,
  scene: Pick<Scene, 'now' | 'directory'>,
): Meeting {
  const { votes, namesHidden } = requirePoll(meeting);
  const at = toStored(scene.now);
  const on = start.slice(0, 10);
  const replies = Object.fromEntries(
    Object.entries(votes).flatMap(([person, given]) =>
      given[id] === 'yes' && !namesHidden ? [[person, { coming: 'yes' as const, at }]] : [],
    ),
  );
  const first = { start, minutes };
  const schedule = {
    first,
    repeat: null,
    earlier: [],
    passed: 0,
    changes: {},
    replies: { [on]: replies },
    came: {},
    sequence: 0,
  };
  const planned: Meeting = { ...meeting, stage: { is: 'planned', schedule } };
  return announced(planned, { what: 'invited', on: null, before: {} }, scene);
}

/** Errors: `meeting.noOption`. */
export function requireOption({ options }: Poll, id: string): PollOption {
  const option = options.find((candidate) => candidate.id === id);
  if (!option) throw new AppError('meeting.noOption');
  return option;
}

function requireFree(slot: Slot, others: readonly Slot[], { zone }: Meeting, { now }: Scene): void {
  if (others.some(({ start, minutes }) => start === slot.start && minutes === slot.minutes))
    throw new AppError('meeting.sameTime');
  if (Temporal.Instant.compare(beginOf(slot, zone), now) <= 0) throw new AppError('meeting.past');
}

function without(votes: Poll['votes'], option: string): Poll['votes'] {
  const left = ({ [option]: _, ...rest }: Readonly<Record<string, Vote>>): Readonly<Record<string, Vote>> => rest;
  return Object.fromEntries(Object.entries(votes).map(([person, given]) => [person, left(given)]));
}
