import type { Occurrence } from '../audit/model.ts';
import { AppError } from '../shared/errors.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import { requireSeen, type Seen } from '../shared/seen.ts';
import {
  type Directory,
  type Holder,
  leadersOf,
  type Member,
  type Office,
  type Person,
  type Seat,
  withPerson,
} from './model.ts';
import { byTime, chairOf, dayBefore, endedOn, firstDay, lastDay, overlap, seatOf, secretaryOf } from './seats.ts';

/** Who is put into a seat, who leaves it, and who is chair and secretary. */

export type SeatCommand =
  | SetHolder
  | { do: 'endHolding'; body: BodyId; seat: string; as: Holder['as']; person: PersonId }
  | SetOffices;

interface SetHolder extends Seen {
  do: 'setHolder';
  body: BodyId;
  seat: string;
  as: Holder['as'];
  person: Person;
  /** ISO 8601 dates; null as of {@link Holder}. */
  from: string | null;
  to: string | null;
}

interface SetOffices extends Seen {
  do: 'setOffices';
  body: BodyId;
  chair: PersonId | null;
  secretary: Person | null;
}

type SeatTransition = Pick<Directory, 'members' | 'people' | 'seats'> & { event: Occurrence };

/**
 * The directory is that of today, and its members have still to follow.
 * Errors: `directory.unknownSeat`, `directory.unknownMember`, `directory.termBackwards`, `directory.seatOver`,
 * `directory.seatTaken`, `directory.seatedElsewhere`, `directory.substituteLeads`, `directory.chairNeedsSeat`,
 * `directory.oneOffice`, `form.overtaken`.
 */
export function decideSeats(directory: Directory, command: SeatCommand, today: string): SeatTransition {
  switch (command.do) {
    case 'setHolder':
      return setHolder(directory, command, today);
    case 'endHolding':
      return endHolding(directory, command, today);
    case 'setOffices':
      return setOffices(directory, command);
  }
}

/** What a form about this place in a seat shows of it. */
export function placeParts({ holders }: Pick<Seat, 'holders'>, as: Holder['as'], today: string) {
  return { holders: holders.filter((holder) => holder.as === as && lastDay(holder) >= today).map(termOf) };
}

const termOf = ({ person, from, to }: Holder) => ({ person, from, to });

/** What the form of chair and secretary shows. */
export function officeParts(directory: Directory, body: BodyId) {
  return { chair: chairOf(directory, body), secretary: secretaryOf(directory, body) };
}

function setHolder(directory: Directory, command: SetHolder, today: string): SeatTransition {
  const { body, person, as, from, to } = command;
  const seat = requireSeat(directory, body, command.seat);
  const next: Holder = { person: person.id, as, from, to };
  if (lastDay(command) < firstDay(command)) throw new AppError('directory.termBackwards');
  if (as === 'substitute' && leadersOf(directory, body).includes(person.id)) {
    throw new AppError('directory.substituteLeads');
  }
  const elsewhere = directory.seats.some(
    (other) =>
      other.body === body && other.id !== seat.id && other.holders.some((one) => isOf(one, next) && overlap(one, next)),
  );
  if (elsewhere) throw new AppError('directory.seatedElsewhere');
  const holders = [...makingRoom(seat.holders, next, today), next].toSorted(byTime);
  requireSeen(command.seen, placeParts({ holders }, as, today), placeParts(seat, as, today));
  const detail = { body, seat: seat.id, person: person.id, as, from: from ?? 'none', to: to ?? 'none' };
  return {
    ...directory,
    people: withPerson(directory, person),
    seats: withHolders(directory, seat, holders),
    event: { what: 'seat.setHolder', why: 'team', detail },
  };
}

const isOf = (one: Holder, { person }: Holder): boolean => one.person === person;

/**
 * The others of the seat: whoever was there before leaves the day before, and what the same person was to hold is changed.
 * What is over is never changed, and nobody who comes later is pushed out.
 */
function makingRoom(holders: readonly Holder[], next: Holder, today: string): Holder[] {
  return holders.flatMap((other) => {
    const isSame = isOf(other, next) && other.as === next.as;
    const isInTheWay = (other.as === next.as || isOf(other, next)) && overlap(other, next);
    if (!isInTheWay) return [other];
    if (lastDay(other) < today) throw new AppError('directory.seatOver', { person: other.person });
    if (firstDay(other) < firstDay(next)) return [{ ...other, to: dayBefore(firstDay(next)) }];
    if (isSame || (firstDay(other) >= today && firstDay(other) === firstDay(next))) return [];
    throw new AppError('directory.seatTaken', { person: other.person });
  });
}

/** Today is the last day; what has not begun yet never does. */
function endHolding(
  directory: Directory,
  { body, seat: id, as, person }: Extract<SeatCommand, { do: 'endHolding' }>,
  today: string,
): SeatTransition {
  const seat = requireSeat(directory, body, id);
  const ends = seat.holders.find((one) => one.person === person && one.as === as && lastDay(one) >= today);
  if (!ends) throw new AppError('directory.unknownMember');
  const holders = seat.holders.flatMap((one) => (one === ends ? endedOn(one, today) : [one]));
  const event = { what: 'seat.endHolding', why: 'team', detail: { body, seat: id, person, as } };
  return { ...directory, seats: withHolders(directory, seat, holders), event };
}

/** Somebody leaves the body at once: yesterday was their last day in this seat. */
export function leftBy(seat: Seat, person: PersonId, today: string): Seat {
  if (!seat.holders.some((one) => one.person === person && lastDay(one) >= today)) return seat;
  const holders = seat.holders.flatMap((one) =>
    one.person === person && lastDay(one) >= today ? endedOn(one, dayBefore(today)) : [one],
  );
  return { ...seat, holders, setBy: 'leader' };
}

function requireSeat(directory: Directory, body: BodyId, id: string): Seat {
  const seat = seatOf(directory, body, id);
  if (!seat) throw new AppError('directory.unknownSeat');
  return seat;
}

function withHolders({ seats }: Directory, { body, id }: Seat, holders: Holder[]): Seat[] {
  return seats.map((seat) => (seat.body === body && seat.id === id ? { ...seat, holders, setBy: 'leader' } : seat));
}

function setOffices(directory: Directory, command: SetOffices): SeatTransition {
  const { body, chair, secretary, seen } = command;
  requireSeen(seen, { chair, secretary: secretary?.id ?? null }, officeParts(directory, body));
  if (chair !== null && chair === secretary?.id) throw new AppError('directory.oneOffice');
  const theirs = directory.members.filter((member) => member.body === body);
  const isOfSeat = theirs.some(
    ({ person, seat, role, removed }) => person === chair && seat !== undefined && role !== 'substitute' && !removed,
  );
  if (chair !== null && !isOfSeat) throw new AppError('directory.chairNeedsSeat');
  const officeOf = (person: PersonId): Office | undefined =>
    person === chair ? 'chair' : person === secretary?.id ? 'secretary' : undefined;
  const others = directory.members.filter((member) => member.body !== body);
  const changed = theirs.map((member) => withOffice(member, officeOf(member.person)));
  const isNew = secretary !== null && !theirs.some(({ person }) => person === secretary.id);
  const added: Member[] = isNew
    ? [
        {
          ...{ person: secretary.id, body, role: 'member', profession: null, office: 'secretary' },
          ...{ setBy: 'leader', removed: false },
        },
      ]
    : [];
  return {
    ...directory,
    people: secretary ? withPerson(directory, secretary) : directory.people,
    members: [...others, ...changed, ...added],
    event: {
      what: 'seat.setOffices',
      why: 'team',
      detail: { body, chair: chair ?? 'none', secretary: secretary?.id ?? 'none' },
    },
  };
}

/** Whoever was of the body by that alone leaves it with the office. */
function withOffice(member: Member, office: Office | undefined): Member {
  const { office: before, ...rest } = member;
  if (office)
    return office === before && !member.removed ? member : { ...rest, office, setBy: 'leader', removed: false };
  if (!before) return member;
  const stays = rest.seat !== undefined || rest.role === 'leader';
  return { ...rest, setBy: 'leader', removed: member.removed || !stays };
}
