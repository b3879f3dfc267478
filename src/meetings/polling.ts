import type { Directory } from '../directory/model.ts';
import { dateIn, toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import type { PersonId } from '../shared/ids.ts';
import { workingDayFrom } from '../shared/working-time.ts';
import { askedIn, invitedTo, substitutesOf } from './invited.ts';
import {
  type Coming,
  limits,
  type Meeting,
  type Poll,
  type PollOption,
  type Reply,
  type Slot,
  type Vote,
} from './model.ts';
import { answerable, bestOf, isOpen, silentIn, standingsOf } from './poll-standing.ts';
import { beginOf, byStart, deadlineBefore } from './repeat.ts';
import { managersOf } from './rights.ts';
import { announced, drawnAnew, requirePoll, requireToCome, type Scene, told, withPoll } from './transition.ts';

/** Finding a time: everybody says what suits them, as often as they want, and somebody picks. */

/** The poll, for somebody who may answer it now. Errors: `meeting.notInvited`, `meeting.pollOver`, and of `requirePoll`. */
export function requireVoter(
  meeting: Meeting,
  { actor, now, directory }: Pick<Scene, 'actor' | 'now' | 'directory'>,
): Poll {
  const poll = requirePoll(meeting);
  if (!askedIn(meeting, directory).includes(actor.person)) throw new AppError('meeting.notInvited');
  if (!isOpen(poll, now)) throw new AppError('meeting.pollOver');
  return poll;
}

/**
 * What is not named stays as it was, and so does what has passed while its reader answered.
 * Errors: `meeting.noOption`, `meeting.past` (there is nothing else among it), and those of `requireVoter`.
 */
export function vote(meeting: Meeting, given: Readonly<Record<string, Vote>>, scene: Scene): Meeting {
  const poll = requireVoter(meeting, scene);
  const { person } = scene.actor;
  if (!Object.keys(given).every((id) => poll.options.some((option) => option.id === id)))
    throw new AppError('meeting.noOption');
  const before = poll.votes[person] ?? {};
  const { options } = answerable(poll, meeting.zone, scene.now);
  const ahead = Object.entries(given).filter(([id]) => options.some((option) => option.id === id));
  if (ahead.length === 0 && Object.keys(given).length > 0) throw new AppError('meeting.past');
  if (ahead.every(([id, said]) => before[id] === said)) return meeting;
  const votes = { ...poll.votes, [person]: { ...before, ...Object.fromEntries(ahead) } };
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
  if (silentIn(meeting, answerable(poll, meeting.zone, scene.now), scene.directory).length > 0) return meeting;
  return told(meeting, 'allAnswered', managersOf(meeting, scene.directory), occasionOf(poll), scene.now);
}

/** The same question is the same times and the same deadline. Short: it stands in the key of each notice about it. */
export function occasionOf({ options, deadline }: Pick<Poll, 'options' | 'deadline'>): string {
  return fingerprintOf([deadline, options.map(({ id, start }) => [id, start])]);
}

/**
 * Until when is answered. What nobody answers any more is open anew, for as many days as at first, and before the first of
 * the times that are to come; `options` are in order of time.
 */
export function openUntil(
  { since, deadline }: Pick<Poll, 'since' | 'deadline'>,
  options: readonly Slot[],
  { zone }: Pick<Meeting, 'zone'>,
  { now, calendar }: Pick<Scene, 'now' | 'calendar'>,
): Pick<Poll, 'since' | 'deadline'> {
  const first = options.map((slot) => beginOf(slot, zone)).find((begin) => Temporal.Instant.compare(begin, now) > 0);
  const [began, ends] = [since, deadline].map((at) => Temporal.Instant.from(at).toZonedDateTimeISO(zone));
  if (!first || !began || !ends || Temporal.Instant.compare(ends.toInstant(), now) > 0) return { since, deadline };
  const days = Math.max(1, began.toPlainDate().until(ends.toPlainDate()).days);
  const day = workingDayFrom(dateIn(zone, now).add({ days }), calendar);
  const wanted = day.toZonedDateTime({ timeZone: zone, plainTime: ends.toPlainTime() }).toInstant();
  return { since: toStored(now), deadline: toStored(deadlineBefore(first, wanted, now)) };
}

/** A time among the proposals goes by what it is: an answer never counts for another, and the same is added once. */
export function optionAt({ start, minutes }: Slot): PollOption {
  return { id: `${start.replace(/\D/g, '')}-${minutes}`, start, minutes };
}

/** What everybody is asked anew they can answer. Errors: `meeting.tooManyTimes` (`limit`), `meeting.sameTime`, `meeting.past`. */
export function addTimes(meeting: Meeting, added: readonly PollOption[], scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  const known = poll.options;
  const unknown = added.filter(({ id }) => !known.some((option) => option.id === id));
  if (unknown.length === 0) return meeting;
  if (known.length + unknown.length > limits.mostTimes)
    throw new AppError('meeting.tooManyTimes', { limit: limits.mostTimes });
  for (const option of unknown) requireFree(option, known, meeting, scene);
  const options = [...known, ...unknown].toSorted(byStart);
  const open = { ...poll, options, ...openUntil(poll, options, meeting, scene) };
  return announced(withPoll(meeting, open), { what: 'times', on: null, before: {} }, scene);
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
    withPoll(meeting, {
      ...poll,
      options,
      votes: without(poll.votes, id),
      ...openUntil(poll, options, meeting, scene),
    }),
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
  const left = { ...poll, options, votes: without(poll.votes, id) };
  const next = drawnAnew(withPoll(meeting, left), scene);
  // It may have been the only one that somebody had not answered.
  const waited = silentIn(meeting, answerable(poll, meeting.zone, scene.now), scene.directory).length > 0;
  return waited && isOpen(poll, scene.now) ? afterAnswer(next, left, scene) : next;
}

/** Errors: `meeting.past`, `meeting.lateDeadline` (nobody has anything to answer any more by then). */
export function extend(meeting: Meeting, deadline: string, scene: Scene): Meeting {
  const poll = requirePoll(meeting);
  if (deadline === poll.deadline) return meeting;
  if (deadline <= toStored(scene.now)) throw new AppError('meeting.past');
  const moment = Temporal.Instant.from(deadline);
  if (poll.options.every((option) => Temporal.Instant.compare(beginOf(option, meeting.zone), moment) <= 0))
    throw new AppError('meeting.lateDeadline');
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

/**
 * What was said of the time is everybody's first answer to the invitation, see `repliesFrom`. Who said nothing of it is asked;
 * where nobody is to know who said what, only a yes goes along: whoever comes is seen by all anyway.
 */
export function picked(
  meeting: Meeting,
  { start, minutes, id }: PollOption,
  scene: Pick<Scene, 'now' | 'directory'>,
): Meeting {
  const { votes, namesHidden } = requirePoll(meeting);
  const at = toStored(scene.now);
  const on = start.slice(0, 10);
  const said = (person: PersonId): Vote | undefined => votes[person]?.[id];
  const replies = repliesFrom(meeting, said, { at, namesHidden }, scene.directory);
  const first = { start, minutes };
  const schedule = {
    first,
    repeat: null,
    earlier: [],
    passed: 0,
    changes: {},
    replies: { [on]: replies },
    came: {},
    ...(namesHidden && { yesAlone: start }),
    sequence: 0,
  };
  const planned: Meeting = { ...meeting, stage: { is: 'planned', schedule } };
  return announced(planned, { what: 'invited', on: null, before: {} }, scene);
}

/**
 * What made the time possible stands: a substitute to whom it suits better than to their member is called in that one's place.
 * Where the member does not come, what each substitute said of the time goes along too: who cannot is not waited for, nor called.
 */
function repliesFrom(
  meeting: Meeting,
  said: (person: PersonId) => Vote | undefined,
  { at, namesHidden }: { at: string; namesHidden: boolean },
  directory: Directory,
): Record<PersonId, Reply> {
  const invited = invitedTo(meeting, directory);
  const replies: Record<PersonId, Reply> = {};
  const take = (person: PersonId, coming: Coming): void => {
    replies[person] = { coming, at, polled: true };
  };
  const takeSaid = (person: PersonId): void => {
    const vote = said(person);
    if (vote && (vote === 'yes' || !namesHidden)) take(person, answers[vote]);
  };
  for (const person of invited) {
    const own = said(person);
    const substitutes = substitutesOf(meeting, person, directory).filter((one) => !invited.includes(one));
    const isReplaced = substitutes.some((one) => suiting(said(one)) > suiting(own));
    if (isReplaced) take(person, 'substitute');
    else takeSaid(person);
    if (isReplaced || own === 'no') for (const one of substitutes) takeSaid(one);
  }
  return replies;
}

const suiting = (vote: Vote | undefined): number => (vote === 'yes' ? 2 : vote === 'ifNeedBe' ? 1 : 0);
const answers = { yes: 'yes', ifNeedBe: 'maybe', no: 'no' } as const satisfies Record<Vote, Coming>;

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
