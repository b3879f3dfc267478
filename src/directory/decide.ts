import type { AuditEvent, Occurrence } from '../audit/model.ts';
import type { Actor, Profession, Role } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { BodyId, ConversationId, PersonId } from '../shared/ids.ts';
import {
  type Body,
  bodyOf,
  type ChatBinding,
  type Directory,
  leadersOf,
  type Member,
  type Person,
  withPerson,
} from './model.ts';
import { decideSeats, leftBy, type SeatCommand } from './seating.ts';
import { dayBefore, isOn, lastDay, onDay, seatsOf } from './seats.ts';

/** What leaders change of a directory. */

export type DirectoryCommand =
  | { do: 'setMember'; body: BodyId; person: Person; role: Role; profession: Profession | null }
  | { do: 'removeMember'; body: BodyId; person: PersonId }
  | { do: 'bindChat'; body: BodyId; conversation: ConversationId }
  | SeatCommand;

/** The next state, and what the log says about it. */
export interface DirectoryTransition {
  directory: Directory;
  event: Occurrence;
}

/**
 * `today`: the date in the region. Only a leader of a body changes it, and a body never loses its last leader that way. Who leads is read from this
 * very directory, not from what the actor had when the press came in: a leader who was removed a moment ago changes
 * nothing any more.
 * Errors: `directory.leadersOnly`, `directory.unknownBody`, `directory.unknownMember`, `directory.lastLeader`,
 * `directory.professionNeeded` (a team's members act by profession), `directory.ownProfession`, `directory.chatTaken`,
 * `directory.substituteLeads`, and those of {@link decideSeats}.
 */
export function decideDirectory(
  stored: Directory,
  command: DirectoryCommand,
  actor: Actor,
  today: string,
): DirectoryTransition {
  const directory = onDay(stored, today);
  const body = bodyOf(directory, command.body);
  if (!body) throw new AppError('directory.unknownBody');
  if (!leadersOf(directory, body.id).includes(actor.person)) throw new AppError('directory.leadersOnly');
  switch (command.do) {
    case 'setMember':
      return setMember(directory, body, command, actor, today);
    case 'removeMember':
      return removeMember(directory, command, today);
    case 'bindChat':
      return bindChat(directory, command);
    default: {
      const { event, ...changes } = decideSeats(directory, command, today);
      return { directory: onDay({ ...directory, ...changes }, today), event };
    }
  }
}

function changed(
  directory: Directory,
  changes: Partial<Directory>,
  what: string,
  detail: NonNullable<AuditEvent['detail']>,
): DirectoryTransition {
  return { directory: { ...directory, ...changes }, event: { what, why: 'team', detail } };
}

function setMember(
  directory: Directory,
  body: Body,
  { person, role, profession }: Extract<DirectoryCommand, { do: 'setMember' }>,
  actor: Actor,
  today: string,
): DirectoryTransition {
  if (body.kind === 'team' && !profession) throw new AppError('directory.professionNeeded');
  const present = directory.members.find((m) => m.body === body.id && m.person === person.id && !m.removed);
  // A profession opens the notes of that profession, so nobody takes one by themselves.
  if (role !== 'leader') keepALeader(directory, body.id, person.id);
  if (person.id === actor.person && present?.profession && present.profession !== profession) {
    throw new AppError('directory.ownProfession');
  }
  const holding = seatsOf(directory, body.id).flatMap(({ holders }) =>
    holders.filter((holder) => holder.person === person.id && lastDay(holder) >= today),
  );
  if (role === 'leader' && holding.some(({ as }) => as === 'substitute')) {
    throw new AppError('directory.substituteLeads');
  }
  // Whoever holds a seat is a member or a substitute by that.
  const { seat, office } = present ?? {};
  const bySeat = holding.find((holder) => isOn(holder, today))?.as ?? 'member';
  const member: Member = {
    person: person.id,
    body: body.id,
    role: role === 'leader' ? role : bySeat,
    profession,
    ...(seat !== undefined && { seat }),
    ...(office && { office }),
    setBy: 'leader',
    removed: false,
  };
  const members = [...othersOf(directory, body.id, person.id), member];
  const detail = { body: body.id, person: person.id, role: member.role, profession: profession ?? 'none' };
  return changed(directory, { people: withPerson(directory, person), members }, 'team.setMember', detail);
}

function removeMember(
  directory: Directory,
  { body, person }: Extract<DirectoryCommand, { do: 'removeMember' }>,
  today: string,
): DirectoryTransition {
  const member = directory.members.find((m) => m.body === body && m.person === person && !m.removed);
  if (!member) throw new AppError('directory.unknownMember');
  keepALeader(directory, body, person);
  const { seat: _, office, ...rest } = member;
  const led = office === 'chair' && { chairedUntil: dayBefore(today) };
  const mark: Member = { ...rest, ...led, setBy: 'leader', removed: true };
  const members = [...othersOf(directory, body, person), mark];
  const seats = directory.seats.map((seat) => (seat.body === body ? leftBy(seat, person, today) : seat));
  return changed(directory, { members, seats }, 'team.removeMember', { body, person });
}

function bindChat(
  directory: Directory,
  { body, conversation }: Extract<DirectoryCommand, { do: 'bindChat' }>,
): DirectoryTransition {
  const taken = directory.chats.some((chat) => chat.conversation === conversation && chat.body !== body);
  if (taken) throw new AppError('directory.chatTaken');
  const others = directory.chats.filter((chat) => chat.body !== body);
  const chats: ChatBinding[] = [...others, { body, conversation, setBy: 'leader' }];
  return changed(directory, { chats }, 'chat.bind', { body });
}

function keepALeader(directory: Directory, body: BodyId, leaving: PersonId): void {
  const leaders = leadersOf(directory, body);
  if (leaders.length === 1 && leaders[0] === leaving) throw new AppError('directory.lastLeader');
}

function othersOf(directory: Directory, body: BodyId, person: PersonId): Member[] {
  return directory.members.filter((member) => member.body !== body || member.person !== person);
}
