import { bodyOf, type Directory, membersOf } from '../../directory/model.ts';
import { seatsOf } from '../../directory/seats.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Presence, Proceedings, RecordCommand, RecordedSeat, Sitting } from '../model.ts';
import { onItsDay } from '../standing.ts';
import { nothing, type Scene, type Transition } from '../transition.ts';
import { type Dealing, type Open, soundly } from './open-meeting.ts';
import { chairingAt, orderOf, presentAt, recordOf, spanOf, votersAt } from './proceedings.ts';

/** Who sits where at a meeting, who leads it, and who takes no part in an item. */

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
export function requireHolder(seats: readonly RecordedSeat[], seat: string, person: PersonId): void {
  const known = seats.find(({ id }) => id === seat);
  if (!known) throw new AppError('sitting.noSeat');
  if (!known.holders.includes(person)) throw new AppError('sitting.notTheirSeat');
}

type Attendance = Extract<RecordCommand, { do: 'come' | 'leave' | 'absent' }>;

/** Errors: `agenda.noItem`, `sitting.seatTaken` (`person`), `sitting.notPresent`, those of `requireHolder` and `soundly`. */
export function attend(sitting: Open, command: Attendance, scene: Scene): Transition {
  const { presence, leftAtOnce } = sitting.proceedings;
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
      // Pressed twice it takes back no leaving.
      if (before && (before.to === null || spanOf(before, order)[0] === from)) return nothing(sitting);
      const later = own.filter((one) => one !== before && spanOf(one, order)[1] > from);
      const [there] = later.toSorted((a, b) => spanOf(a, order)[0] - spanOf(b, order)[0]);
      const isTheirs = there?.person === person;
      if (there && !isTheirs) throw new AppError('sitting.seatTaken', { person: there.person });
      const theirs = isTheirs ? there : undefined;
      // They came earlier than was written down, or never left in between.
      const known = before ?? theirs;
      const whole: Presence = { ...(known ?? fresh), from: before ? before.from : at, to: theirs ? theirs.to : null };
      const next = [...presence.filter((one) => one !== known && one !== theirs), whole];
      return soundly(sitting, { seats, presence: next }, 'come', scene, detail);
    }
    case 'leave': {
      const at = order.indexOf(command.at);
      if (at < 0) throw new AppError('agenda.noItem');
      const there = own.find((one) => {
        const [from, to] = spanOf(one, order);
        return one.person === command.person && from <= at && at < to;
      });
      const { seat, person } = command;
      const leaving = { seat, person, at: command.at };
      const isKnown = own.some((one) => one.person === person && one.to === command.at);
      // Pressed twice.
      if (!there && (isKnown || JSON.stringify(leftAtOnce) === JSON.stringify(leaving))) return nothing(sitting);
      if (!there) throw new AppError('sitting.notPresent');
      const [from] = spanOf(there, order);
      const left = from === at ? [] : [{ ...there, to: command.at }];
      const next = own.flatMap((one) => (one === there ? left : [one]));
      const changes = { presence: [...others, ...next], ...(from === at && { leftAtOnce: leaving }) };
      return soundly(sitting, changes, 'leave', scene, detail);
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

/**
 * Whoever is there then may chair, and an item by itself whoever takes part in it.
 * Errors: `agenda.noItem`, `sitting.notPresent`, those of `soundly`.
 */
export function chair(
  sitting: Open,
  { person, at, only }: Extract<RecordCommand, { do: 'chair' }>,
  scene: Scene,
): Transition {
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

/** Errors: `sitting.notPresent` (also where another sits there by now), those of `requireHolder` and `soundly`. */
export function recuse(
  { sitting, item, before, scene, write }: Dealing,
  { seat, person, substitute }: Extract<RecordCommand, { do: 'recuse' }>,
): Transition {
  if (presentAt(sitting, item.id).get(seat) !== person) throw new AppError('sitting.notPresent');
  if (substitute !== null) {
    requireHolder(seatsNow(sitting, scene.directory), seat, substitute);
    if (substitute === person) throw new AppError('sitting.notTheirSeat');
  }
  const recusals = [...before.recusals.filter((one) => one.seat !== seat), { seat, person, substitute }];
  if (JSON.stringify(recusals) === JSON.stringify(before.recusals)) return nothing(sitting);
  return write({ recusals }, soundly);
}

/** Errors: those of `soundly`. */
export function unrecuse({ sitting, before, write }: Dealing, seat: string): Transition {
  const recusals = before.recusals.filter((one) => one.seat !== seat);
  return recusals.length === before.recusals.length ? nothing(sitting) : write({ recusals }, soundly);
}
