import { touchAll } from '../../delivery/model.ts';
import { toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Outcome, RecordCommand } from '../model.ts';
import { isFixed, numberOf } from '../standing.ts';
import { markOf, nothing, type Transition, told } from '../transition.ts';
import { type Dealing, dealingWith, requireQuorate } from './open-meeting.ts';
import { isDecision, isPassedBy, placeNow, type Recorded, recordOf, votedFor, votersAt } from './proceedings.ts';

/** What comes of an item, and who was against it. */

/**
 * Errors: `sitting.voteOn` (`number`), `sitting.voteSays`, `sitting.wordsNeeded`, those of `takenUpNow` and
 * `requireQuorate`.
 */
export function decide(
  dealing: Dealing,
  { turn, after, ...command }: Extract<RecordCommand, { do: 'decide' }>,
): Transition {
  if (turn === 'now') return decide(takenUpNow(dealing, 'decide', after), command);
  const { as, text, translated = false } = command;
  const { sitting, item, before, scene, write } = dealing;
  const { outcome, vote } = before;
  if (outcome?.as === as && outcome.text === text) return nothing(sitting);
  if (vote && !vote.ended) throw new AppError('sitting.voteOn', { number: numberOf(sitting, item) ?? 0 });
  const won = vote && votedFor(vote);
  if (won && as !== won) throw new AppError('sitting.voteSays');
  if (as === 'changed' && !won && text === null) throw new AppError('sitting.wordsNeeded');
  if (isDecision(as, item.kind)) {
    requireQuorate(dealing);
    // What is noted was not decided by those who were there.
    const stood = outcome !== null && isDecision(outcome.as, item.kind);
    if (!stood && !vote && turn !== 'then') requireDealtNow(dealing);
  }
  const decided: Outcome = { as, text, ...markOf(scene) };
  // What was said against it was said against the same decision.
  if (translated) return write({ outcome: decided });
  // Before the first decision nobody can have said anything against it.
  return withoutDissents(write({ outcome: decided, dissents: [] }), dealing);
}

export function undecide(dealing: Dealing): Transition {
  const { sitting, before, write } = dealing;
  return before.outcome ? withoutDissents(write({ outcome: null, dissents: [] }), dealing) : nothing(sitting);
}

/** What somebody has said against a decision goes with it, and they hear so, to say it of the new one. */
function withoutDissents({ sitting, event }: Transition, { item, before, scene: { now } }: Dealing): Transition {
  const people = before.dissents.map(({ person }) => person);
  return { sitting: told(sitting, 'dissentGone', people, `${item.id}:${toStored(now)}`, now), event };
}

/** Errors: `sitting.undecided`, `sitting.dissentKnown`, those of `voterMeant`. */
export function dissent(dealing: Dealing, command: Extract<RecordCommand, { do: 'dissent' }>): Transition {
  const { sitting, item, before, scene, write } = dealing;
  if (!before.outcome || !isDecision(before.outcome.as, item.kind)) throw new AppError('sitting.undecided');
  const { seat, person } = voterMeant(dealing, command.seat, command.person);
  const others = before.dissents.filter((one) => one.seat !== seat);
  const known = before.dissents.find((one) => one.seat === seat);
  if (known?.text === command.text || (!known && command.text === null)) return nothing(sitting);
  const isOwn = person === scene.actor.person;
  // What somebody has said in their own words is theirs to change.
  if (known && known.by === undefined && !isOwn) throw new AppError('sitting.dissentKnown');
  if (!command.text) return write({ dissents: others });
  const said = { seat, person, ...(!isOwn && { by: scene.actor.person }), text: command.text };
  return write({ dissents: known ? before.dissents.map((one) => (one === known ? said : one)) : [...others, said] });
}

/** What was passed by is dealt with by those who are there now. Errors: `sitting.passedBy` (`number`). */
export function requireDealtNow({ sitting, item }: Dealing): void {
  if (isPassedBy(sitting, item.id)) throw new AppError('sitting.passedBy', { number: numberOf(sitting, item) ?? 0 });
}

/**
 * The same item where the meeting is, see `placeNow`; `after`: as its sender saw that.
 * Errors: `sitting.passedBy` (`number`), where it has its place or there is no other, `sitting.otherPlace`.
 */
export function takenUpNow(dealing: Dealing, what: 'decide' | 'putToVote', after: string | undefined): Dealing {
  const { sitting, item, scene } = dealing;
  if (!isPassedBy(sitting, item.id)) return dealing;
  const place = isFixed(sitting, item.id) ? null : placeNow(sitting, item.id);
  if (place === null) requireDealtNow(dealing);
  if (after !== undefined && after !== place) throw new AppError('sitting.otherPlace');
  const others = sitting.items.filter((one) => one !== item);
  const at = others.findIndex(({ id }) => id === place);
  const items = others.toSpliced(at + 1, 0, item);
  // What the cards of the agenda show is its order too.
  const delivery = touchAll(sitting.delivery, scene.now);
  return dealingWith({ ...sitting, items, delivery }, item, what, scene, { turn: 'now' });
}

/**
 * For which seat somebody speaks: that which the keeper has named, and who speaks for it where they saw that, else the actor’s own.
 * Errors: `sitting.noSeat`, `sitting.speaksNot` (`person`), `sitting.notPresent`, and those of `ownVoice`.
 */
export function voterMeant(
  { sitting, item, scene: { actor } }: Dealing,
  named: string | null,
  seen?: PersonId,
): { seat: string; person: PersonId } {
  const voters = votersAt(sitting, item.id);
  if (named !== null) {
    if (!sitting.proceedings.seats.some(({ id }) => id === named)) throw new AppError('sitting.noSeat');
    const person = voters.get(named);
    if (seen !== undefined && person !== seen) throw new AppError('sitting.speaksNot', { person: seen });
    if (!person) throw new AppError('sitting.notPresent');
    return { seat: named, person };
  }
  return ownVoice(sitting, item.id, actor.person);
}

/** Where they speak for a seat themselves. Errors: `sitting.recused`, `sitting.otherVotes` (`person`), `sitting.notPresent`. */
export function ownVoice(sitting: Recorded, item: string, person: PersonId): { seat: string; person: PersonId } {
  const voters = votersAt(sitting, item);
  const own = [...voters].find(([, voter]) => voter === person);
  if (own) return { seat: own[0], person };
  const recusal = recordOf(sitting.proceedings, item).recusals.find((one) => one.person === person);
  if (recusal) throw new AppError('sitting.recused', { person });
  const seat = sitting.proceedings.seats.find(({ holders }) => holders.includes(person));
  const other = seat && voters.get(seat.id);
  throw other ? new AppError('sitting.otherVotes', { person: other }) : new AppError('sitting.notPresent');
}
