import type { BodyId, PersonId } from '../shared/ids.ts';
import { type Directory, type Holder, type Member, type Office, presentMembers, type Seat } from './model.ts';

/** Who holds which seat of a body on which day, and what that makes of its members. */

export type Term = Pick<Holder, 'from' | 'to'>;

/** As text that sorts by time; whatever has no first day was always so, whatever has no last one stays. */
export const firstDay = ({ from }: Term): string => from ?? '';
export const lastDay = ({ to }: Term): string => to ?? '9999-12-31';

export function isOn(term: Term, day: string): boolean {
  return firstDay(term) <= day && day <= lastDay(term);
}

export function overlap(one: Term, other: Term): boolean {
  return firstDay(one) <= lastDay(other) && firstDay(other) <= lastDay(one);
}

export function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

export const byTime = (one: Term, other: Term): number =>
  Number(firstDay(one) > firstDay(other)) - Number(firstDay(one) < firstDay(other));

/** The same until that day, or nothing when it would not have begun. */
export function endedOn(holder: Holder, day: string): Holder[] {
  return firstDay(holder) <= day ? [{ ...holder, to: day }] : [];
}

/** A seat with who holds it today; null where nobody does. */
export interface SeatToday extends Seat {
  member: PersonId | null;
  substitute: PersonId | null;
}

/** The seats that a body has, as they are held on the day of the directory. */
export function seatsOf(directory: Directory, body: BodyId): SeatToday[] {
  const members = presentMembers(directory, body);
  const holds = (id: string, as: Holder['as']): PersonId | null =>
    members.find(({ seat, role }) => seat === id && (role === 'substitute') === (as === 'substitute'))?.person ?? null;
  return directory.seats
    .filter((seat) => seat.body === body && !seat.closed)
    .map((seat) => ({ ...seat, member: holds(seat.id, 'member'), substitute: holds(seat.id, 'substitute') }));
}

export function seatOf(directory: Directory, body: BodyId, id: string): SeatToday | null {
  return seatsOf(directory, body).find((seat) => seat.id === id) ?? null;
}

/** The substitutes of seats that have no member today: they come as a member would, since nobody else can. */
export function actingIn(directory: Directory, body: BodyId): PersonId[] {
  return seatsOf(directory, body).flatMap(({ member, substitute }) =>
    member === null && substitute !== null ? [substitute] : [],
  );
}

export function chairOf(directory: Directory, body: BodyId): PersonId | null {
  return presentMembers(directory, body).find(({ office }) => office === 'chair')?.person ?? null;
}

export function secretaryOf(directory: Directory, body: BodyId): PersonId | null {
  return presentMembers(directory, body).find(({ office }) => office === 'secretary')?.person ?? null;
}

/**
 * The directory as it is on that day (ISO 8601 date): whoever’s time in a seat has begun is of its body, and whoever’s is
 * over is of it no more, unless they lead it or are its secretary. A day that is past has the chair of that day, if their
 * time in the seat was over since. The very same object when nothing is other than it was.
 */
export function onDay<D extends Directory>(directory: D, today: string): D {
  const held = directory.seats.flatMap(({ id, body, closed, holders }) =>
    closed ? [] : holders.filter((holder) => isOn(holder, today)).map((holder) => ({ ...holder, body, seat: id })),
  );
  const holdingOf = ({ body, person }: Member) => held.find((one) => one.body === body && one.person === person);
  const chaired = directory.members
    .filter((member) => today <= lastChaired(member) && holdingOf(member))
    .toSorted((one, other) => (lastChaired(one) < lastChaired(other) ? -1 : 1));
  const followed = directory.members.map((member) => {
    const chair = chaired.find(({ body }) => body === member.body);
    if (chair) return seated(member, holdingOf(member), officeBefore(member, chair));
    const next = seated(member, holdingOf(member), member.office);
    const until = member.office === 'chair' && next.office !== 'chair' && lastHeld(directory, member, today);
    return until ? { ...next, chairedUntil: until } : next;
  });
  const added = held
    .filter(({ body, person }) => !directory.members.some((one) => one.body === body && one.person === person))
    .map(
      ({ body, person, as, seat }): Member => ({
        ...{ person, body, role: as, profession: null, seat },
        ...{ setBy: 'file', removed: false },
      }),
    );
  if (added.length === 0 && followed.every((member, at) => member === directory.members[at])) return directory;
  return { ...directory, members: [...followed, ...added] };
}

const lastChaired = ({ chairedUntil = '' }: Member): string => chairedUntil;

/** What they were while that member was chair, who is it no more. */
function officeBefore(member: Member, chair: Member): Office | undefined {
  if (member === chair) return 'chair';
  return member.office === 'chair' ? undefined : member.office;
}

/** The last day on which they held a seat of the body, before that day; null for none. */
function lastHeld({ seats }: Directory, { body, person }: Member, day: string): string | null {
  const over = seats
    .filter((seat) => seat.body === body)
    .flatMap(({ holders }) => holders.filter((one) => one.person === person && one.as === 'member'))
    .flatMap(({ to }) => (to !== null && to < day ? [to] : []));
  return over.toSorted().at(-1) ?? null;
}

/** As they are while they hold that seat, or none. Whoever came into the body without one is left alone. */
function seated(
  member: Member,
  holding: (Pick<Holder, 'as'> & { seat: string }) | undefined,
  office: Office | undefined,
): Member {
  const { seat, office: before, ...rest } = member;
  const leads = member.role === 'leader' && !member.removed;
  if (holding) {
    const role = leads ? 'leader' : holding.as;
    const kept = office === 'chair' && holding.as === 'substitute' ? undefined : office;
    if (seat === holding.seat && member.role === role && kept === before && !member.removed) return member;
    return { ...rest, role, seat: holding.seat, ...(kept && { office: kept }), removed: false };
  }
  if (seat === undefined) return member;
  const stays = leads || office === 'secretary';
  return { ...rest, ...(office === 'secretary' && { office }), removed: !stays };
}

/** A member’s time in a seat that ends with nobody to follow. */
export interface Ending {
  seat: Seat;
  person: PersonId;
  to: string;
}

/** Those that end from today on, up to that day. */
export function endingsUntil({ seats }: Pick<Directory, 'seats'>, today: string, until: string): Ending[] {
  return seats.flatMap((seat) =>
    seat.holders.flatMap(({ person, as, to }) => {
      if (as !== 'member' || to === null || to < today || to > until) return [];
      const isFollowed = seat.holders.some((holder) => holder.as === 'member' && lastDay(holder) > to);
      return isFollowed ? [] : [{ seat, person, to }];
    }),
  );
}
