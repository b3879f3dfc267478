import { bodyOf, type Directory, isMember, leadersOf, membersOf } from '../../directory/model.ts';
import { chairOf, seatsOf, secretaryOf } from '../../directory/seats.ts';
import { dateIn, toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import { hasDocument, mayOpen, numberOf, onItsDay, requireItem } from '../agenda/standing.ts';
import {
  type Item,
  type ItemRecord,
  limits,
  type Outcome,
  type Presence,
  type Proceedings,
  type RecordCommand,
  type RecordedSeat,
  type Sitting,
  type Vote,
} from '../model.ts';
import { requireKeeper, requireMember } from '../rights.ts';
import { changed, markOf, nothing, type Scene, type Transition, told, toldOnce } from '../transition.ts';
import {
  chairAt,
  chairingAt,
  chairSeatAt,
  heldBy,
  inTwoSeats,
  isDecision,
  mayUndoOpening,
  orderOf,
  presentAt,
  quorumAt,
  recordOf,
  spanOf,
  unsoundAt,
  votedFor,
  votersAt,
  winnerOf,
} from './proceedings.ts';

type Open = Sitting & { proceedings: Proceedings };

/**
 * What is recorded of a meeting. Whatever would make a decision one that the body could not take, or a vote one of somebody
 * who had none, is refused: so nothing recorded ever stops being true.
 * Errors: `directory.notAMember`, `agenda.keepersOnly`, `agenda.noItem`, `sitting.notSent`, `sitting.tooEarly`, `sitting.notOpen`,
 * `sitting.closed`, `sitting.noSeat`, `sitting.notTheirSeat`, `sitting.seatTaken` (`person`), `sitting.notPresent`, `sitting.recused`
 * (`person`), `sitting.noQuorum`, `sitting.noAuthority`, `sitting.noMunicipality` (see `requireQuorum`), `sitting.wouldUndo` (`number`), `sitting.noVote`, `sitting.voteOn` (`number`), `sitting.voteOver`,
 * `sitting.noSuchOption`, `sitting.otherVotes` (`person`), `sitting.voted`, `sitting.tie`, `sitting.undecided`, `sitting.decided`, `sitting.noChair`,
 * `sitting.begun` (an opening that is not undone any more), `sitting.pastDue`, `directory.unknownMember` (who is to do
 * something), `sitting.sitsElsewhere` (`person`), `sitting.passedBy` (`number`), `sitting.tooMany` (`limit`), `sitting.wordsNeeded`,
 * `sitting.voteSays`, `sitting.dissentKnown`, `agenda.held`, `agenda.noAgenda`.
 */
export function record(sitting: Sitting, command: RecordCommand, scene: Scene): Transition {
  const { actor, directory } = scene;
  requireMember(sitting.body, actor, directory);
  const isOwn = command.do === 'vote' || isDoing(command) || (command.do === 'dissent' && command.seat === null);
  if (!isOwn) requireKeeper(sitting, actor, directory);
  if (command.do === 'openMeeting') return openMeeting(sitting, command.seating, scene);
  const open = requireOpen(sitting, command.do === 'reopenMeeting' || isDoing(command));
  switch (command.do) {
    case 'come':
    case 'leave':
    case 'absent':
      return attend(open, command, scene);
    case 'chair':
      return chair(open, command, scene);
    case 'closeMeeting':
      requireNoVote(open);
      return reported(
        recorded(open, { closed: markOf(scene), ended: endOf(open.proceedings, scene) }, 'close', scene),
        open,
        scene,
      );
    case 'undoOpening':
      return undoOpening(open, scene);
    case 'reopenMeeting':
      return open.proceedings.closed ? recorded(open, { closed: null }, 'reopen', scene) : nothing(sitting);
    default:
      return onItem(open, requireItem(open, command.item), command, scene);
  }
}

/** Who has something to do says how it stands with it, also after the meeting. */
function isDoing(command: RecordCommand): command is Extract<RecordCommand, { do: 'done' | 'undone' | 'handOn' }> {
  return command.do === 'done' || command.do === 'undone' || command.do === 'handOn';
}

/** On its own day it goes on until it is closed for the last time. */
function endOf({ opened, ended }: Proceedings, { now, directory }: Scene): string {
  const { timeZone } = directory.policy;
  const isItsDay = dateIn(timeZone, now).equals(dateIn(timeZone, Temporal.Instant.from(opened.at)));
  return ended && !isItsDay ? ended : toStored(now);
}

/** On which it was opened, where the body is: ISO 8601 date. */
function dayOf({ opened }: Proceedings, { directory }: Scene): string {
  return dateIn(directory.policy.timeZone, Temporal.Instant.from(opened.at)).toString();
}

/** Errors: `sitting.voteOn` (`number`). */
function requireNoVote(sitting: Open): void {
  const item = sitting.items.find(({ id }) => {
    const { vote: open } = recordOf(sitting.proceedings, id);
    return open && !open.ended;
  });
  if (item) throw new AppError('sitting.voteOn', { number: numberOf(sitting, item) ?? 0 });
}

function requireOpen(sitting: Sitting, isClosedToo: boolean): Open {
  const { proceedings } = sitting;
  if (!proceedings) throw new AppError('sitting.notOpen');
  if (proceedings.closed && !isClosedToo) throw new AppError('sitting.closed');
  return { ...sitting, proceedings };
}

function recorded(
  sitting: Open,
  changes: Partial<Proceedings>,
  what: string,
  scene: Scene,
  detail?: Record<string, string>,
): Transition {
  const next = changed(
    sitting,
    { proceedings: { ...sitting.proceedings, ...changes } },
    `meeting.${what}`,
    scene,
    detail,
  );
  // The cards that people have of the agenda show that the meeting goes on, and nothing of what is recorded.
  return isSeen.has(what) ? next : { ...next, sitting: { ...next.sitting, delivery: sitting.delivery } };
}

const isSeen: ReadonlySet<string> = new Set(['close', 'reopen', 'undoOpening']);

/** Errors: `sitting.sitsElsewhere` (`person`). */
function requireOneSeat(sitting: Open): void {
  const person = inTwoSeats(sitting);
  if (person !== null) throw new AppError('sitting.sitsElsewhere', { person });
}

/** The same, where what was decided and voted before has to stay true. Errors: `sitting.sitsElsewhere` (`person`), `sitting.wouldUndo` (`number`). */
function soundly(
  sitting: Open,
  changes: Partial<Proceedings>,
  what: string,
  scene: Scene,
  detail?: Record<string, string>,
): Transition {
  const next: Open = { ...sitting, proceedings: { ...sitting.proceedings, ...changes } };
  requireOneSeat(next);
  const unsound = unsoundAt(next, scene.policy.quorum);
  if (unsound !== null)
    throw new AppError('sitting.wouldUndo', { number: numberOf(sitting, requireItem(sitting, unsound)) ?? 0 });
  return recorded(sitting, changes, what, scene, detail);
}

/** Who coordinates the work in the whole country hears that a plan or a report was approved [S3]. */
function reported({ sitting, event }: Transition, { proceedings }: Open, { directory, now }: Scene): Transition {
  const approved = sitting.items.filter((item) => {
    const { outcome } = recordOf(proceedings, item.id);
    return hasDocument(item) && (outcome?.as === 'asProposed' || outcome?.as === 'changed');
  });
  const nation = directory.bodies.filter(({ kind }) => kind === 'development');
  const coordinators = nation.flatMap(({ id }) => leadersOf(directory, id));
  // Whoever closes a meeting again says it once.
  return {
    sitting: approved.reduce((next, { id }) => toldOnce(next, 'approved', coordinators, id, now), sitting),
    event,
  };
}

function openMeeting(sitting: Sitting, seating: Readonly<Record<string, PersonId>>, scene: Scene): Transition {
  const { directory, now } = scene;
  if (sitting.proceedings) return nothing(sitting);
  if (sitting.over) throw new AppError('agenda.held');
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

/** It is as if it had never been opened. */
function undoOpening(sitting: Open, scene: Scene): Transition {
  if (!mayUndoOpening(sitting.proceedings)) throw new AppError('sitting.begun');
  return changed(sitting, { proceedings: null }, 'meeting.undoOpening', scene);
}

/** Those who hold them on the day of the meeting. Of a body without seats each member has a voice. */
export function recordedSeats(sitting: Pick<Sitting, 'body' | 'holding'>, today: Directory): RecordedSeat[] {
  const { body } = sitting;
  const directory = onItsDay(sitting, today);
  const held = seatsOf(directory, body).map(({ id, kind, name, member, substitute }): RecordedSeat => {
    const holders = [member, substitute].filter((person) => person !== null);
    return { id, kind, name, holders, members: member === null ? [] : [member] };
  });
  if (held.some(({ holders }) => holders.length > 0) || bodyOf(directory, body) === null) return held;
  return membersOf(directory, body).map(({ person, name }) => ({
    id: person,
    kind: 'own',
    name: { sv: name, fi: name, en: name },
    holders: [person],
    members: [person],
  }));
}

/** With whoever has got a seat since the meeting was opened; who could sit there then still can. */
export function seatsNow(sitting: Sitting & { proceedings: Proceedings }, directory: Directory): RecordedSeat[] {
  const today = recordedSeats(sitting, directory);
  return sitting.proceedings.seats.map((seat) => {
    const { holders = [], members = [] } = today.find(({ id }) => id === seat.id) ?? {};
    return {
      ...seat,
      holders: [...new Set([...seat.holders, ...holders])],
      members: [...new Set([...seat.members, ...members])],
    };
  });
}

/** Errors: `sitting.noSeat`, `sitting.notTheirSeat`. */
function requireHolder(seats: readonly RecordedSeat[], seat: string, person: PersonId): void {
  const known = seats.find(({ id }) => id === seat);
  if (!known) throw new AppError('sitting.noSeat');
  if (!known.holders.includes(person)) throw new AppError('sitting.notTheirSeat');
}

type Attendance = Extract<RecordCommand, { do: 'come' | 'leave' | 'absent' }>;

function attend(sitting: Open, command: Attendance, scene: Scene): Transition {
  const { presence } = sitting.proceedings;
  const order = orderOf(sitting);
  const detail = { seat: command.seat };
  const others = presence.filter(({ seat }) => seat !== command.seat);
  const own = presence.filter(({ seat }) => seat === command.seat);
  switch (command.do) {
    case 'come': {
      const { seat, person, at } = command;
      const seats = seatsNow(sitting, scene.directory);
      requireHolder(seats, seat, person);
      if (at !== null && !order.includes(at)) throw new AppError('agenda.noItem');
      const fresh: Presence = { seat, person, from: at, to: null };
      const [from] = spanOf(fresh, order);
      // They were there at that time already: so they have not left, or come back at once.
      const before = own.find((one) => one.person === person && isWithin(from, spanOf(one, order)));
      if (before?.to === null) return nothing(sitting);
      const there = own.find((one) => one !== before && spanOf(one, order)[1] > from);
      if (there) throw new AppError('sitting.seatTaken', { person: there.person });
      const next = before
        ? presence.map((one) => (one === before ? { ...before, to: null } : one))
        : [...presence, fresh];
      return soundly(sitting, { seats, presence: next }, 'come', scene, detail);
    }
    case 'leave': {
      const at = order.indexOf(command.at);
      if (at < 0) throw new AppError('agenda.noItem');
      const there = own.find((one) => {
        const [from, to] = spanOf(one, order);
        return one.person === command.person && from <= at && at < to;
      });
      if (!there) throw new AppError('sitting.notPresent');
      const [from] = spanOf(there, order);
      const left = from === at ? [] : [{ ...there, to: command.at }];
      const next = own.flatMap((one) => (one === there ? left : [one]));
      return soundly(sitting, { presence: [...others, ...next] }, 'leave', scene, detail);
    }
    case 'absent':
      // Another may have sat there at another time.
      if (!own.some(({ person }) => person === command.person)) return nothing(sitting);
      return soundly(
        sitting,
        { presence: [...others, ...own.filter(({ person }) => person !== command.person)] },
        'absent',
        scene,
        detail,
      );
  }
}

const isWithin = (at: number, [from, to]: readonly [number, number]): boolean => from <= at && at <= to;

/** Whoever is there then may chair, and an item by itself whoever takes part in it. */
function chair(sitting: Open, { person, at, only }: Extract<RecordCommand, { do: 'chair' }>, scene: Scene): Transition {
  const { chairs, records } = sitting.proceedings;
  const [first = null] = orderOf(sitting);
  const item = at ?? first;
  if (item === null || !orderOf(sitting).includes(item)) throw new AppError('agenda.noItem');
  const there = only ? votersAt(sitting, item) : presentAt(sitting, item);
  if (![...there.values()].includes(person)) throw new AppError('sitting.notPresent');
  const detail = { person, item };
  if (only) {
    const before = recordOf(sitting.proceedings, item);
    const own = chairingAt(sitting, item) === person ? null : person;
    if (before.chair === own) return nothing(sitting);
    return soundly(sitting, { records: { ...records, [item]: { ...before, chair: own } } }, 'chair', scene, detail);
  }
  const from = item === first ? null : item;
  if (chairs.some((one) => one.from === from && one.person === person)) return nothing(sitting);
  const others = chairs.filter((one) => one.from !== from);
  return soundly(sitting, { chairs: [...others, { person, from }] }, 'chair', scene, detail);
}

type OnItem = Extract<RecordCommand, { item: string }>;

function onItem(sitting: Open, item: Item, command: OnItem, scene: Scene): Transition {
  if (item.state.is !== 'accepted') throw new AppError('agenda.noItem');
  const { proceedings } = sitting;
  const before = recordOf(proceedings, item.id);
  const write = (changes: Partial<ItemRecord>, how: typeof recorded = recorded): Transition => {
    const records = { ...proceedings.records, [item.id]: { ...before, ...changes } };
    return how(sitting, { records }, command.do, scene, { item: item.id });
  };
  switch (command.do) {
    case 'discuss':
      return command.text === before.discussion ? nothing(sitting) : write({ discussion: command.text });
    case 'recuse': {
      const { seat, substitute } = command;
      const person = presentAt(sitting, item.id).get(seat);
      // Who sits there by now may be another than its keeper saw.
      if (!person || person !== command.person) throw new AppError('sitting.notPresent');
      if (substitute !== null) {
        requireHolder(seatsNow(sitting, scene.directory), seat, substitute);
        if (substitute === person) throw new AppError('sitting.notTheirSeat');
      }
      const recusals = [...before.recusals.filter((one) => one.seat !== seat), { seat, person, substitute }];
      if (JSON.stringify(recusals) === JSON.stringify(before.recusals)) return nothing(sitting);
      return write({ recusals }, soundly);
    }
    case 'unrecuse': {
      const recusals = before.recusals.filter(({ seat }) => seat !== command.seat);
      return recusals.length === before.recusals.length ? nothing(sitting) : write({ recusals }, soundly);
    }
    case 'putToVote': {
      if (before.outcome) throw new AppError('sitting.decided');
      const { counters = [], votes = {}, ended = null } = before.vote ?? {};
      if (counters.some(({ id }) => id === command.id)) return nothing(sitting);
      if (ended) throw new AppError('sitting.voteOver');
      if (counters.length >= limits.counters) throw new AppError('sitting.tooMany', { limit: limits.counters });
      requireQuorum(sitting, item, scene);
      requireDealtNow(sitting, item);
      return write({ vote: { counters: [...counters, { id: command.id, text: command.text }], votes, ended } });
    }
    case 'vote':
      return vote(sitting, item, command.option, scene, write);
    case 'ballots':
      return ballots(sitting, item, command.ballots, write);
    case 'endVote':
      return endVote(sitting, item, scene, write);
    case 'withdrawVote':
      if (before.outcome) throw new AppError('sitting.decided');
      return before.vote ? write({ vote: null }) : nothing(sitting);
    case 'decide':
      return decide(sitting, item, command, scene, write);
    case 'undecide':
      return before.outcome
        ? withoutDissents(write({ outcome: null, dissents: [] }), item, before, scene)
        : nothing(sitting);
    case 'dissent': {
      if (!before.outcome || !isDecision(before.outcome.as, item.kind)) throw new AppError('sitting.undecided');
      const { seat, person } = voterMeant(sitting, item, command.seat, scene);
      const others = before.dissents.filter((one) => one.seat !== seat);
      const known = before.dissents.find((one) => one.seat === seat);
      if (known?.text === command.text || (!known && command.text === null)) return nothing(sitting);
      // What somebody has said in their own words is theirs to change.
      if (known && command.seat !== null) throw new AppError('sitting.dissentKnown');
      return write({ dissents: command.text ? [...others, { seat, person, text: command.text }] : others });
    }
    case 'assign': {
      const { id, text, owner, due } = command;
      const known = before.actions.find((one) => one.id === id);
      if (!isMember(scene.directory, sitting.body, owner)) throw new AppError('directory.unknownMember');
      if (due < dayOf(proceedings, scene)) throw new AppError('sitting.pastDue');
      if (!known && before.actions.length >= limits.actions)
        throw new AppError('sitting.tooMany', { limit: limits.actions });
      // What was handed on stays so, unless it is given to somebody else or for another day.
      const stays = known?.owner === owner && known.due === due;
      const action = { id, text, owner, due, handed: stays ? known.handed : null, done: known?.done ?? null };
      if (JSON.stringify(known) === JSON.stringify(action)) return nothing(sitting);
      const actions = known ? before.actions.map((one) => (one === known ? action : one)) : [...before.actions, action];
      return assigned(write({ actions }), { item, id, owner, before: known ? heldBy(known).owner : null }, scene);
    }
    case 'handOn': {
      requireKeeper(sitting, scene.actor, scene.directory);
      const { id, owner, due } = command;
      const known = before.actions.find((one) => one.id === id);
      if (!known) throw new AppError('agenda.noItem');
      const held = heldBy(known);
      if (held.owner === owner && held.due === due) return nothing(sitting);
      if (!isMember(scene.directory, sitting.body, owner)) throw new AppError('directory.unknownMember');
      if (due < dayOf(proceedings, scene)) throw new AppError('sitting.pastDue');
      const next = { ...known, handed: known.owner === owner && known.due === due ? null : { owner, due } };
      const actions = before.actions.map((one) => (one === known ? next : one));
      return assigned(write({ actions }), { item, id, owner, before: held.owner }, scene);
    }
    case 'done':
    case 'undone': {
      const known = before.actions.find(({ id }) => id === command.id);
      if (!known) throw new AppError('agenda.noItem');
      if (heldBy(known).owner !== scene.actor.person) requireKeeper(sitting, scene.actor, scene.directory);
      if ((known.done !== null) === (command.do === 'done')) return nothing(sitting);
      const next = { ...known, done: command.do === 'done' ? markOf(scene) : null };
      return write({ actions: before.actions.map((one) => (one === known ? next : one)) });
    }
    case 'unassign': {
      const actions = before.actions.filter(({ id }) => id !== command.id);
      return actions.length === before.actions.length ? nothing(sitting) : write({ actions });
    }
  }
}

/** What somebody has said against a decision goes with it, and they hear so, to say it of the new one. */
function withoutDissents(
  { sitting, event }: Transition,
  { id }: Item,
  { dissents }: Pick<ItemRecord, 'dissents'>,
  { now }: Scene,
): Transition {
  const people = dissents.map(({ person }) => person);
  return { sitting: told(sitting, 'dissentGone', people, `${id}:${toStored(now)}`, now), event };
}

/** Whoever gets something to do hears of it, unless they have taken it themselves. */
function assigned(
  { sitting, event }: Transition,
  { item, id, owner, before }: { item: Item; id: string; owner: PersonId; before: PersonId | null },
  { actor, now }: Scene,
): Transition {
  const tells = owner !== before && owner !== actor.person;
  return { sitting: tells ? told(sitting, 'assigned', [owner], `${item.id}:${id}`, now) : sitting, event };
}

/**
 * What was passed by, and is taken up once others are there, is dealt with by those who are there now: it is moved to where the
 * meeting is. Errors: `sitting.passedBy` (`number`).
 */
function requireDealtNow(sitting: Open, item: Item): void {
  const order = orderOf(sitting);
  const last = order.findLast((id) => id in sitting.proceedings.records);
  if (last === undefined || order.indexOf(last) <= order.indexOf(item.id)) return;
  const seatedAt = (id: string): string => JSON.stringify([...presentAt(sitting, id)].toSorted());
  if (seatedAt(item.id) !== seatedAt(last))
    throw new AppError('sitting.passedBy', { number: numberOf(sitting, item) ?? 0 });
}

type Write = (changes: Partial<ItemRecord>) => Transition;

/** Errors: `sitting.noQuorum` (`count`, `needed`), `sitting.noAuthority` (`count` more), `sitting.noMunicipality` (`count` more). */
function requireQuorum(sitting: Open, item: Item, { policy }: Scene): void {
  const { lack, present, needed } = quorumAt(sitting, item.id, policy.quorum);
  if (lack?.of === 'seats') throw new AppError('sitting.noQuorum', { count: present.length, needed });
  if (lack?.of === 'authority') throw new AppError('sitting.noAuthority', { count: lack.count });
  if (lack) throw new AppError('sitting.noMunicipality', { count: lack.count });
}

/** For which seat somebody speaks: that which the keeper has named, else the actor’s own. */
function voterMeant(
  sitting: Open,
  item: Item,
  named: string | null,
  { actor }: Scene,
): { seat: string; person: PersonId } {
  const voters = votersAt(sitting, item.id);
  if (named !== null) {
    if (!sitting.proceedings.seats.some(({ id }) => id === named)) throw new AppError('sitting.noSeat');
    const person = voters.get(named);
    if (!person) throw new AppError('sitting.notPresent');
    return { seat: named, person };
  }
  const own = [...voters].find(([, person]) => person === actor.person);
  if (own) return { seat: own[0], person: own[1] };
  const recusal = recordOf(sitting.proceedings, item.id).recusals.find(({ person }) => person === actor.person);
  if (recusal) throw new AppError('sitting.recused', { person: actor.person });
  const seat = sitting.proceedings.seats.find(({ holders }) => holders.includes(actor.person));
  const other = seat && voters.get(seat.id);
  throw other ? new AppError('sitting.otherVotes', { person: other }) : new AppError('sitting.notPresent');
}

/** A vote that goes on, and knows this option. Errors: `sitting.noVote`, `sitting.voteOver`, `sitting.noSuchOption`. */
function requireVote({ proceedings }: Open, item: Item, ...options: readonly string[]): Vote {
  const { vote: open } = recordOf(proceedings, item.id);
  if (!open) throw new AppError('sitting.noVote');
  if (open.ended) throw new AppError('sitting.voteOver');
  const known = ['proposal', 'abstain', ...open.counters.map(({ id }) => id)];
  if (!options.every((option) => known.includes(option))) throw new AppError('sitting.noSuchOption');
  return open;
}

function vote(sitting: Open, item: Item, option: string, scene: Scene, write: Write): Transition {
  const open = requireVote(sitting, item, option);
  const { seat, person } = voterMeant(sitting, item, null, scene);
  const cast = open.votes[seat];
  if (cast?.option === option && cast.person === person) return nothing(sitting);
  if (cast) throw new AppError('sitting.voted');
  return write({ vote: { ...open, votes: { ...open.votes, [seat]: { person, option } } } });
}

/** Who keeps the record writes down what was said, and puts right what was written down wrong. */
function ballots(sitting: Open, item: Item, given: Readonly<Record<string, string>>, write: Write): Transition {
  const open = requireVote(sitting, item, ...Object.values(given));
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

function endVote(sitting: Open, item: Item, scene: Scene, write: Write): Transition {
  if (recordOf(sitting.proceedings, item.id).vote?.ended) return nothing(sitting);
  const open = requireVote(sitting, item);
  requireQuorum(sitting, item, scene);
  const winner = winnerOf(open, chairSeatAt(sitting, item.id));
  if (!winner && chairAt(sitting, item.id) === null) throw new AppError('sitting.noChair');
  if (!winner) throw new AppError('sitting.tie');
  return write({ vote: { ...open, ended: { ...markOf(scene), winner: winner.option, casting: winner.casting } } });
}

function decide(
  sitting: Open,
  item: Item,
  { as, text }: { as: Outcome['as']; text: Outcome['text'] },
  scene: Scene,
  write: Write,
): Transition {
  const before = recordOf(sitting.proceedings, item.id);
  const { outcome, vote: open } = before;
  if (outcome?.as === as && outcome.text === text) return nothing(sitting);
  if (open && !open.ended) throw new AppError('sitting.voteOn', { number: numberOf(sitting, item) ?? 0 });
  const won = open && votedFor(open);
  if (won && as !== won) throw new AppError('sitting.voteSays');
  if (as === 'changed' && !won && text === null) throw new AppError('sitting.wordsNeeded');
  const isDecided = isDecision(as, item.kind);
  if (isDecided) {
    requireQuorum(sitting, item, scene);
    if (!outcome && !open) requireDealtNow(sitting, item);
  }
  // Before the first decision nobody can have said anything against it.
  return withoutDissents(write({ outcome: { as, text, ...markOf(scene) }, dissents: [] }), item, before, scene);
}
