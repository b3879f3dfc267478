import { type Directory, membersOf, presentMembers, type Seat } from '../directory/model.ts';
import { type Lack, type Least, type QuorumRule, quorumOf } from '../directory/quorum.ts';
import { actingIn } from '../directory/seats.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Sitting } from './model.ts';
import { keepersOf } from './rights.ts';
import { onItsDay } from './standing.ts';

/** Whom an agenda concerns. */

type Coming = Pick<Sitting, 'body' | 'comings'>;

/** Those who are to come: the members, and the substitutes of those who have said that they do not, or of nobody. */
export function expectedIn({ body, comings }: Coming, directory: Directory): PersonId[] {
  const own = presentMembers(directory, body).flatMap(({ role, person }) => (role === 'substitute' ? [] : [person]));
  const inPlace = own.filter((person) => comings[person] === 'no' || comings[person] === 'substitute');
  const substitutes = inPlace.flatMap((person) => substitutesOf(body, person, directory));
  return [...new Set([...own, ...actingIn(directory, body), ...substitutes])];
}

/** Those who come in the place of a member: the substitutes of the same seat. */
export function substitutesOf(body: BodyId, person: PersonId, directory: Directory): PersonId[] {
  const members = presentMembers(directory, body);
  const seat = members.find((member) => member.person === person && member.role !== 'substitute')?.seat;
  if (seat === undefined) return [];
  return members.flatMap((member) => (member.role === 'substitute' && member.seat === seat ? [member.person] : []));
}

/** Those who get the agenda once it goes out. */
export function recipientsOf(sitting: Coming, directory: Directory): PersonId[] {
  return [...new Set([...expectedIn(sitting, directory), ...keepersOf(sitting.body, directory)])];
}

/** Those who have said that they come. */
export function comersOf({ body, comings }: Coming, directory: Directory): ReadonlySet<PersonId> {
  const expected = expectedIn({ body, comings }, directory);
  return new Set(expected.filter((person) => comings[person] === 'yes'));
}

/** Those who are to come and have said nothing. */
export function silentIn(sitting: Coming, directory: Directory): PersonId[] {
  return expectedIn(sitting, directory).filter((person) => sitting.comings[person] === undefined);
}

/** Those who were to come and have said that they do not, nor leave it to their substitute. */
export function declinedIn(sitting: Coming, directory: Directory): PersonId[] {
  return expectedIn(sitting, directory).filter((person) => sitting.comings[person] === 'no');
}

/** Those who could still be asked for a seat: the member first. Who leaves it to a substitute who does not come could. */
export function askableFor(sitting: Coming & Pick<Sitting, 'holding'>, seat: string, today: Directory): PersonId[] {
  const { comings, body } = sitting;
  const held = membersOf(onItsDay(sitting, today), body).filter((member) => member.seat === seat);
  const ordered = held.toSorted((a, b) => Number(a.role === 'substitute') - Number(b.role === 'substitute'));
  const isLeft = ordered.every(({ role, person }) => role !== 'substitute' || comings[person] === 'no');
  return ordered
    .map(({ person }) => person)
    .filter((person) => comings[person] !== 'no' && (comings[person] !== 'substitute' || isLeft));
}

/** Whether those who have said that they come could decide. */
export interface Expectation {
  met: boolean;
  /** How many seats are taken, of so many that are needed; people where the body has no seats. */
  present: number;
  needed: number;
  /** Seats for which nobody has said that they come. */
  missing: readonly Seat[];
  /** Null when they could. */
  lack: Lack | null;
  /** How many of which kind have to be there; nothing where the body has no seats. */
  least: readonly Least[];
}

/** Whoever’s time in a seat is over by then, or has not begun, does not count for it. */
export function quorumIn(sitting: Coming & Pick<Sitting, 'holding'>, today: Directory, rule: QuorumRule): Expectation {
  const comers = comersOf(sitting, today);
  const directory = onItsDay(sitting, today);
  const { present, needed, met, missing, lack, least } = quorumOf(directory, sitting.body, comers, rule);
  if (present.length + missing.length > 0) return { met, present: present.length, needed, missing, lack, least };
  const members = presentMembers(directory, sitting.body).filter(({ role }) => role !== 'substitute');
  const most = Math.floor(members.length / 2) + 1;
  const wanting = most - comers.size;
  const isMet = wanting <= 0;
  return {
    ...{ met: isMet, present: comers.size, needed: most, missing: [], least: [] },
    lack: isMet ? null : { of: 'seats', count: wanting },
  };
}
