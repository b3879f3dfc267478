import type { AuditEvent, Occurrence } from '../audit/model.ts';
import { type Actor, type Membership, type Profession, professions, type Role, roles } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { BodyId, ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { Language, Localised } from '../shared/language.ts';

/** Who belongs where, in one region. Regions, teams, municipalities and people are data, never code. */
export interface Directory {
  id: string;
  tenant: TenantId;
  name: Localised;
  bodies: Body[];
  municipalities: Municipality[];
  people: Person[];
  members: Member[];
  chats: ChatBinding[];
  /** Who has signed the cooperation agreement, each with a representative in the steering group. */
  parties: Party[];
  policy: Policy;
}

/** `authority`: the police, the wellbeing services county; `management`: the managers' own seat, which is no party. */
export const partyKinds = ['authority', 'municipality', 'management'] as const;

export interface Party {
  id: string;
  kind: (typeof partyKinds)[number];
  name: Localised;
}

export type BodyKind = 'team' | 'management' | 'steering';

/** Only in a steering group is there somebody who stands in for a member. */
export function rolesIn(kind: BodyKind): readonly Role[] {
  return roles.filter((role) => role !== 'substitute' || kind === 'steering');
}

export interface Body {
  id: BodyId;
  kind: BodyKind;
  name: Localised;
  /** The language of the shared cards in its chat. */
  language: Language;
  /** Prefix of the case references of a team; null for other bodies. */
  code: string | null;
  /** What a referrer is told to call or write; null for bodies that get no referrals. */
  contact: Localised | null;
  /**
   * Not in the region file any more: its people still work its open cases, and nothing new comes to it, because the
   * municipalities are routed by the file.
   */
  closed: boolean;
}

export interface Municipality {
  id: string;
  name: Localised;
  team: BodyId;
}

export interface Person {
  id: PersonId;
  name: string;
}

export interface Member {
  person: PersonId;
  body: BodyId;
  role: Role;
  profession: Profession | null;
  /** The id of the party whom they represent in a steering group; absent for who represents none. */
  party?: string;
  /** `file` follows the region file at the next start; what a leader has changed stays. */
  setBy: 'file' | 'leader';
  /** A removed member stays as a mark, so that the region file does not bring them back. */
  removed: boolean;
}

export interface ChatBinding {
  body: BodyId;
  conversation: ConversationId;
  setBy: 'file' | 'leader';
}

/** Values that differ between regions, for all features; each feature has settings of its own. */
export interface Policy {
  timeZone: string;
  workingHours: { start: string; end: string };
}

/** Teams alone have cases and municipalities; the others lead, and triage nothing. */
export function isTeam({ kind }: Pick<Body, 'kind'>): boolean {
  return kind === 'team';
}

export function bodyOf(directory: Directory, id: BodyId): Body | null {
  return directory.bodies.find((body) => body.id === id) ?? null;
}

export function teamByCode(directory: Directory, code: string): Body | null {
  return directory.bodies.find((body) => body.code === code) ?? null;
}

export function teamOfMunicipality(directory: Directory, municipality: string): Body | null {
  const found = directory.municipalities.find((candidate) => candidate.id === municipality);
  return found ? bodyOf(directory, found.team) : null;
}

/** Members of a body who have not been removed, in no order. */
export function presentMembers(directory: Directory, body: BodyId): Member[] {
  return directory.members.filter((member) => member.body === body && !member.removed);
}

/** Members of a body who have not been removed: leaders first, then by profession in the order of the cards, and by name. */
export function membersOf(directory: Directory, body: BodyId): (Member & { name: string })[] {
  return presentMembers(directory, body)
    .map((member) => ({ ...member, name: nameOf(directory, member.person) ?? '' }))
    .sort(
      (a, b) =>
        Number(b.role === 'leader') - Number(a.role === 'leader') ||
        standing(a) - standing(b) ||
        a.name.localeCompare(b.name),
    );
}

/** Who has no profession comes last. */
function standing({ profession }: Member): number {
  return profession === null ? professions.length : professions.indexOf(profession);
}

export function isMember(directory: Directory, body: BodyId, person: PersonId): boolean {
  return directory.members.some((member) => member.person === person && member.body === body && !member.removed);
}

/** A directory as this process has it in memory. */
export interface KnownDirectory extends Directory {
  /** When it was asked for, by this process's clock; `newest` where no other process changes it. */
  asOf: Temporal.Instant | 'newest';
}

/** The clocks of two instances differ by less, in milliseconds. */
const clocksDiffer = 2_000;

/** Milliseconds after which every instance has asked for a directory that tells of those who have got something now. */
const knownWithin = 10_000;

/**
 * Whoever has something of a body since `since` (ISO 8601) is no member of it any more. A directory that is older than that
 * does not tell: they may have been made one elsewhere meanwhile, and {@link doubtEnds} says when to look again.
 */
export function hasLeft(
  directory: KnownDirectory,
  body: BodyId,
  { person, since }: { person: PersonId; since: string },
): boolean {
  if (isMember(directory, body, person)) return false;
  const { asOf } = directory;
  return asOf === 'newest' || asOf.since(since).total('milliseconds') > clocksDiffer;
}

/** When it is known whether these people, who have something of a body, have left it; null when all are members. */
export function doubtEnds(
  directory: Directory,
  body: BodyId,
  people: readonly PersonId[],
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (people.every((person) => isMember(directory, body, person))) return null;
  return now.add({ milliseconds: knownWithin });
}

export function leadersOf(directory: Directory, body: BodyId): PersonId[] {
  return membersOf(directory, body).flatMap((member) => (member.role === 'leader' ? [member.person] : []));
}

export function membershipsOf(directory: Directory, person: PersonId): Membership[] {
  return directory.members
    .filter((member) => member.person === person && !member.removed)
    .map(({ body, role, profession }) => ({ body, role, profession }));
}

export function nameOf(directory: Directory, person: PersonId): string | null {
  return directory.people.find((candidate) => candidate.id === person)?.name ?? null;
}

export function chatOf(directory: Directory, body: BodyId): ConversationId | null {
  return directory.chats.find((chat) => chat.body === body)?.conversation ?? null;
}

export function bodyOfChat(directory: Directory, conversation: ConversationId): Body | null {
  const binding = directory.chats.find((chat) => chat.conversation === conversation);
  return binding ? bodyOf(directory, binding.body) : null;
}

/** Whether the conversation is the chat of another body, which sees nothing of this one's. */
export function isAnothersChat(directory: Directory, conversation: ConversationId, body: BodyId): boolean {
  const owner = bodyOfChat(directory, conversation);
  return owner !== null && owner.id !== body;
}

export type DirectoryCommand =
  | { do: 'setMember'; body: BodyId; person: Person; role: Role; profession: Profession | null }
  | { do: 'removeMember'; body: BodyId; person: PersonId }
  | { do: 'bindChat'; body: BodyId; conversation: ConversationId };

/** The next state, and what the log says about it. */
export interface DirectoryTransition {
  directory: Directory;
  event: Occurrence;
}

/**
 * Only a leader of a body changes it, and a body never loses its last leader that way. Who leads is read from this
 * very directory, not from what the actor had when the press came in: a leader who was removed a moment ago changes
 * nothing any more.
 * Errors: `directory.leadersOnly`, `directory.unknownBody`, `directory.unknownMember`, `directory.lastLeader`,
 * `directory.professionNeeded` (a team's members act by profession), `directory.ownProfession`, `directory.chatTaken`.
 */
export function decideDirectory(directory: Directory, command: DirectoryCommand, actor: Actor): DirectoryTransition {
  const body = bodyOf(directory, command.body);
  if (!body) throw new AppError('directory.unknownBody');
  if (!leadersOf(directory, body.id).includes(actor.person)) throw new AppError('directory.leadersOnly');
  switch (command.do) {
    case 'setMember':
      return setMember(directory, body, command, actor);
    case 'removeMember':
      return removeMember(directory, command);
    case 'bindChat':
      return bindChat(directory, command);
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
): DirectoryTransition {
  if (body.kind === 'team' && !profession) throw new AppError('directory.professionNeeded');
  const present = directory.members.find((m) => m.body === body.id && m.person === person.id && !m.removed);
  // A profession opens the notes of that profession, so nobody takes one by themselves.
  if (role !== 'leader') keepALeader(directory, body.id, person.id);
  if (person.id === actor.person && present?.profession && present.profession !== profession) {
    throw new AppError('directory.ownProfession');
  }
  const seat = present?.party === undefined ? {} : { party: present.party };
  const member: Member = {
    person: person.id,
    body: body.id,
    role,
    profession,
    ...seat,
    setBy: 'leader',
    removed: false,
  };
  const known = directory.people.some((candidate) => candidate.id === person.id);
  const people = known ? directory.people : [...directory.people, person];
  const members = [...othersOf(directory, body.id, person.id), member];
  const detail = { body: body.id, person: person.id, role, profession: profession ?? 'none' };
  return changed(directory, { people, members }, 'team.setMember', detail);
}

function removeMember(
  directory: Directory,
  { body, person }: Extract<DirectoryCommand, { do: 'removeMember' }>,
): DirectoryTransition {
  const member = directory.members.find((m) => m.body === body && m.person === person && !m.removed);
  if (!member) throw new AppError('directory.unknownMember');
  keepALeader(directory, body, person);
  const mark: Member = { ...member, setBy: 'leader', removed: true };
  const members = [...othersOf(directory, body, person), mark];
  return changed(directory, { members }, 'team.removeMember', { body, person });
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

/**
 * A case reference begins with its team's code and leads to the team by it, so a code is one team's for ever, also when
 * the team is closed. Throws an Error that names every team whose code the file changes or gives to another one.
 */
function keepCodes(current: Directory, file: Directory): void {
  const problems = current.bodies.flatMap(({ id, code }) => {
    if (code === null) return [];
    const listed = bodyOf(file, id);
    if (listed && listed.code !== code)
      return [`${id} has ${code}, the file gives it ${listed.code}: put ${code} back, or list a team with a new id`];
    const taker = teamByCode(file, code);
    if (!taker || taker.id === id) return [];
    return [`${code} stays with ${id}, the file gives it to ${taker.id}: give ${taker.id} another`];
  });
  if (problems.length > 0)
    throw new Error(`The region file changes the codes by which cases are found:\n  ${problems.join('\n  ')}`);
}

/**
 * Takes in a newly read region file without overwriting what leaders have changed since: their members, removals and
 * chat bindings win over the file's; everything else follows the file. A body that the file lacks stays as it was, but
 * closed. Errors: as of {@link keepCodes}.
 */
export function mergeRegion(current: Directory, file: Directory): Directory {
  keepCodes(current, file);
  const closed = current.bodies.filter(({ id }) => !bodyOf(file, id)).map((body) => ({ ...body, closed: true }));
  const left = new Set(closed.map(({ id }) => id));
  const listed = new Set(file.bodies.map(({ id }) => id));
  const keptMembers = current.members.filter(
    ({ setBy, body }) => (setBy === 'leader' && listed.has(body)) || left.has(body),
  );
  const keptChats = current.chats.filter(({ setBy, body }) => setBy === 'leader' && listed.has(body));
  const filePeople = new Set(file.people.map((person) => person.id));
  const openChats = [
    ...file.chats.filter(
      (chat) => !keptChats.some((kept) => kept.body === chat.body || kept.conversation === chat.conversation),
    ),
    ...keptChats,
  ];
  const taken = new Set(openChats.map(({ conversation }) => conversation));
  return {
    ...file,
    bodies: [...file.bodies, ...closed],
    people: [...file.people, ...current.people.filter((person) => !filePeople.has(person.id))],
    members: [
      ...file.members.filter((m) => !keptMembers.some((kept) => kept.body === m.body && kept.person === m.person)),
      ...keptMembers,
    ],
    chats: [
      ...openChats,
      // A chat that now belongs to another body is that one's.
      ...current.chats.filter(({ body, conversation }) => left.has(body) && !taken.has(conversation)),
    ],
  };
}

/** Bodies whose members are others than before, or are there by another name, role or profession. */
export function regrouped(before: Directory, after: Directory): BodyId[] {
  const membersIn = (directory: Directory, body: BodyId): string =>
    JSON.stringify(membersOf(directory, body).map((m) => [m.person, m.name, m.role, m.profession]));
  return after.bodies.map(({ id }) => id).filter((id) => membersIn(before, id) !== membersIn(after, id));
}

/** Conversations that belong to another body than before, or to none any more. */
export function reboundChats(before: Directory, after: Directory): ConversationId[] {
  const all = new Set([...before.chats, ...after.chats].map(({ conversation }) => conversation));
  return [...all].filter((chat) => bodyOfChat(before, chat)?.id !== bodyOfChat(after, chat)?.id);
}
