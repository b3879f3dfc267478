import { type Directory, isMember, membershipsOf, presentMembers } from '../directory/model.ts';
import { actingIn } from '../directory/seats.ts';
import { type PersonId, personId } from '../shared/ids.ts';
import type { Meeting, Occurrence, StandIns } from './model.ts';
import { repliesAt } from './standing.ts';

/** Whom a meeting asks, and whom it expects. */

/** What tells whom a meeting asks. */
export type Inviting = Pick<Meeting, 'body' | 'subject' | 'invited'>;

/**
 * Those who are asked: the members of its body, as they are now, who acts for a seat without one, and who was named beside them
 * and may still read it.
 */
export function invitedTo(meeting: Inviting, directory: Directory): PersonId[] {
  const named = meeting.invited.named.filter((person) => isOpenTo(meeting, person, directory));
  return [...new Set([...ofBody(meeting, directory), ...named])];
}

function ofBody({ body, invited }: Inviting, directory: Directory): PersonId[] {
  if (!invited.everyone) return [];
  const members = presentMembers(directory, body).filter(({ role }) => role !== 'substitute');
  return [...members.map(({ person }) => person), ...actingIn(directory, body)];
}

/** In the order of their ids; null where it does not ask all of its body, or that has no seats. */
export function standInsOf(meeting: Inviting, directory: Directory): StandIns | null {
  if (!meeting.invited.everyone || !directory.seats.some(({ body }) => body === meeting.body)) return null;
  const acting = actingIn(directory, meeting.body);
  return Object.fromEntries(
    ofBody(meeting, directory)
      .toSorted()
      .map((person) => [
        person,
        acting.includes(person) ? [person] : substitutesOf(meeting, person, directory).toSorted(),
      ]),
  );
}

/** Those who stand in for a member: the substitutes of the same seat. */
export function substitutesOf({ body }: Pick<Meeting, 'body'>, person: PersonId, directory: Directory): PersonId[] {
  const members = presentMembers(directory, body);
  const seat = members.find((member) => member.person === person && member.role !== 'substitute')?.seat;
  if (seat === undefined) return [];
  return members.flatMap((member) => (member.role === 'substitute' && member.seat === seat ? [member.person] : []));
}

/** Those who may answer a poll: the invited, and in a steering group the substitutes too, whose seats they count for. */
export function askedIn(meeting: Inviting, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  if (!meeting.invited.everyone) return invited;
  return [...new Set([...invited, ...invited.flatMap((person) => substitutesOf(meeting, person, directory))])];
}

/** Those who are to come to one holding: the invited, and the substitutes of those who do not come themselves. */
export function expectedAt(meeting: Meeting, { on }: Pick<Occurrence, 'on'>, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  const inPlace = invited.filter((person) => staysAway(meeting, on, person));
  return [...new Set([...invited, ...inPlace.flatMap((person) => substitutesOf(meeting, person, directory))])];
}

/** Has said that they do not come, and so leaves a seat that their substitute is to take. */
export function staysAway(meeting: Meeting, on: string, person: PersonId): boolean {
  const coming = repliesAt(meeting, on)[person]?.coming;
  return coming === 'no' || coming === 'substitute';
}

/** Those in whose place somebody was to come, and nobody does: their substitutes have all said no. */
export function leftOutAt(meeting: Meeting, { on }: Pick<Occurrence, 'on'>, directory: Directory): PersonId[] {
  const replies = repliesAt(meeting, on);
  return invitedTo(meeting, directory).filter(
    (person) =>
      replies[person]?.coming === 'substitute' &&
      substitutesOf(meeting, person, directory).every((one) => replies[one]?.coming === 'no'),
  );
}

/** Everybody who may have come to one holding: also who has answered and is not invited any more. */
export function possibleAt(meeting: Meeting, on: string, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  const substitutes = invited.flatMap((person) => substitutesOf(meeting, person, directory));
  return [...new Set([...invited, ...substitutes, ...Object.keys(repliesAt(meeting, on)).map(personId)])];
}

/** Of its body, or named beside that; of a meeting about a case its team alone. */
export function isOpenTo({ body, subject, invited }: Inviting, person: PersonId, directory: Directory): boolean {
  if (isMember(directory, body, person)) return true;
  return subject === null && invited.named.includes(person) && membershipsOf(directory, person).length > 0;
}

/** What the members of a body come together for as that body, and so what has its agenda. */
export function isForBody({ kind, invited, subject }: Pick<Meeting, 'kind' | 'invited' | 'subject'>): boolean {
  return kind === 'meeting' && invited.everyone && subject === null;
}
