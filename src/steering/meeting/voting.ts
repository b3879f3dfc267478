import { toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { seenOf } from '../../shared/seen.ts';
import { limits, type RecordCommand, type Vote, type Voted } from '../model.ts';
import { markOf, nothing, type Transition } from '../transition.ts';
import { requireDealtNow, takenUpNow, voterMeant } from './deciding.ts';
import { type Dealing, requireQuorate } from './open-meeting.ts';
import { voteParts } from './parts.ts';
import { ballotOptions, chairSeatAt, votersAt, winnerOf } from './proceedings.ts';

/** An open vote, one for each seat. */

type Command<Do extends RecordCommand['do']> = Extract<RecordCommand, { do: Do }>;

/**
 * Errors: `sitting.decided`, `sitting.voteOver`, `sitting.votesCast`, `sitting.tooMany` (`limit`), those of
 * `takenUpNow` and `requireQuorate`.
 */
export function putToVote(dealing: Dealing, { turn, after, ...command }: Command<'putToVote'>): Transition {
  if (turn === 'now') return putToVote(takenUpNow(dealing, 'putToVote', after), command);
  const { id, text } = command;
  const { sitting, before, write } = dealing;
  if (before.outcome) throw new AppError('sitting.decided');
  const { counters = [], votes = {}, ended = null } = before.vote ?? {};
  if (counters.some((one) => one.id === id)) return nothing(sitting);
  if (ended) throw new AppError('sitting.voteOver');
  // Whoever has voted did so between fewer.
  if (Object.keys(votes).length > 0) throw new AppError('sitting.votesCast');
  if (counters.length >= limits.counters) throw new AppError('sitting.tooMany', { limit: limits.counters });
  requireQuorate(dealing);
  if (!before.vote && turn !== 'then') requireDealtNow(dealing);
  return write({ vote: { counters: [...counters, { id, text }], votes, ended } });
}

/**
 * A vote that goes on, is the one that was seen, and knows these options.
 * Errors: `sitting.noVote`, `sitting.voteOver`, `sitting.otherVote`, `sitting.noSuchOption`.
 */
function requireVote({ before }: Dealing, on?: string, ...options: readonly string[]): Vote {
  const { vote } = before;
  if (!vote) throw new AppError('sitting.noVote');
  if (vote.ended) throw new AppError('sitting.voteOver');
  requireThisVote(before, on);
  const known = ballotOptions(vote);
  if (!options.every((option) => known.includes(option))) throw new AppError('sitting.noSuchOption');
  return vote;
}

/** Errors: `sitting.otherVote`. */
function requireThisVote(before: Dealing['before'], on: string | undefined): void {
  if (on !== undefined && on !== seenOf(voteParts(before))) throw new AppError('sitting.otherVote');
}

/** The actor’s own vote. Errors: those of `requireVote` and `voterMeant`, `sitting.voted`. */
export function vote(dealing: Dealing, { on, option }: Command<'vote'>): Transition {
  const open = requireVote(dealing, on, option);
  const { seat, person } = voterMeant(dealing, null);
  const cast = open.votes[seat];
  if (cast?.option === option && cast.person === person) return nothing(dealing.sitting);
  if (cast) throw new AppError('sitting.voted');
  return dealing.write({ vote: { ...open, votes: { ...open.votes, [seat]: { person, option } } } });
}

/**
 * Who keeps the record writes down what was said, and puts right what was written down wrong.
 * Errors: those of `requireVote`, `sitting.notPresent`.
 */
export function ballots(dealing: Dealing, { on, ballots: given }: Command<'ballots'>): Transition {
  const { sitting, item, write } = dealing;
  const open = requireVote(dealing, on, ...Object.values(given));
  const voters = votersAt(sitting, item.id);
  const cast = Object.entries(given).map(([seat, option]) => {
    const person = voters.get(seat);
    if (!person) throw new AppError('sitting.notPresent');
    return [seat, { person, option }] as const;
  });
  const votes = { ...open.votes, ...Object.fromEntries(cast) };
  const isSame = cast.every(([seat, { option }]) => open.votes[seat]?.option === option);
  return isSame ? nothing(sitting) : write({ vote: { ...open, votes } });
}

/** Errors: those of `requireVote` and `requireQuorate`, `sitting.nobodyVoted`, `sitting.tie`. */
export function endVote(dealing: Dealing, { on }: Voted): Transition {
  const { sitting, item, before, scene, write } = dealing;
  if (before.vote) requireThisVote(before, on);
  if (before.vote?.ended) return nothing(sitting);
  const open = requireVote(dealing);
  requireQuorate(dealing);
  if (Object.keys(open.votes).length === 0) throw new AppError('sitting.nobodyVoted');
  const winner = winnerOf(open, chairSeatAt(sitting, item.id));
  if (!winner) throw new AppError('sitting.tie');
  return write({ vote: { ...open, ended: { ...markOf(scene), winner: winner.option, casting: winner.casting } } });
}

/** Errors: `sitting.decided`, `sitting.otherVote`. */
export function withdrawVote(dealing: Dealing, { on }: Voted): Transition {
  const { sitting, before, scene, write } = dealing;
  if (before.outcome) throw new AppError('sitting.decided');
  if (!before.vote) return nothing(sitting);
  requireThisVote(before, on);
  return write({ vote: null, voteRemoved: toStored(scene.now) });
}
