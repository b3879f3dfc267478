import { type Membership, type Profession, professions, type Role, roles } from '../shared/actor.ts';
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
  /** In the bodies that have any; {@link Directory.members} follows who holds them. */
  seats: Seat[];
  policy: Policy;
}

/** Of whom a seat is: `authority`: the police, the wellbeing services county; `own`: of a body that is no steering group. */
export const seatKinds = ['authority', 'municipality', 'management', 'own'] as const;

/** A voice in a body: that of a party to the cooperation agreement, or of whoever else is to be heard in it. */
export interface Seat {
  /** Of its body alone. */
  id: string;
  body: BodyId;
  kind: (typeof seatKinds)[number];
  name: Localised;
  /** Who holds it, has held it and is to hold it. What is over stays. */
  holders: Holder[];
  /** `file` follows the region file at the next start; who holds what a leader has changed stays. */
  setBy: 'file' | 'leader';
  /** Not in the region file any more: nobody holds it. */
  closed: boolean;
}

export const holdings = ['member', 'substitute'] as const;

/** Somebody’s time in a seat. Of each kind there is at most one in a seat on any day. */
export interface Holder {
  person: PersonId;
  as: (typeof holdings)[number];
  /** Its first and last day, as ISO 8601 dates; null where the file does not tell. */
  from: string | null;
  to: string | null;
}

/** `development`: the national group. */
export type BodyKind = 'team' | 'management' | 'steering' | 'development';

/** A team has no seats, and so nobody who stands in for a member. */
export function rolesIn(kind: BodyKind): readonly Role[] {
  return roles.filter((role) => role !== 'substitute' || kind !== 'team');
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

/** The chair holds a seat as its member; the secretary need not hold any. */
export type Office = 'chair' | 'secretary';

export interface Member {
  person: PersonId;
  body: BodyId;
  role: Role;
  profession: Profession | null;
  /** The id of the seat that they hold in the body today; absent for who holds none. */
  seat?: string;
  /** Beside what they are by role and seat. At most one of each in a body. */
  office?: Office;
  /** ISO 8601 date of the last day on which they were chair, whose time in the seat was over then; absent for never. */
  chairedUntil?: string;
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

/** Of those who have not been removed, by person; worked out once per directory, because every press asks several times. */
const memberships = new WeakMap<Directory, ReadonlyMap<PersonId, readonly Membership[]>>();

export function membershipsOf(directory: Directory, person: PersonId): readonly Membership[] {
  let byPerson = memberships.get(directory);
  if (!byPerson) {
    const present = Map.groupBy(
      directory.members.filter(({ removed }) => !removed),
      (member) => member.person,
    );
    const membership = ({ body, role, profession }: Member): Membership => ({ body, role, profession });
    byPerson = new Map(present.entries().map(([id, members]) => [id, members.map(membership)]));
    memberships.set(directory, byPerson);
  }
  return byPerson.get(person) ?? [];
}

export function nameOf(directory: Directory, person: PersonId): string | null {
  return directory.people.find((candidate) => candidate.id === person)?.name ?? null;
}

/** The people of the directory, with this one among them. */
export function withPerson({ people }: Directory, person: Person): Person[] {
  return people.some(({ id }) => id === person.id) ? people : [...people, person];
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

/** Bodies whose members are others than before, or are there by another name, role, profession, seat or office. */
export function regrouped(before: Directory, after: Directory): BodyId[] {
  const membersIn = (directory: Directory, body: BodyId): string =>
    JSON.stringify(membersOf(directory, body).map((m) => [m.person, m.name, m.role, m.profession, m.seat, m.office]));
  return after.bodies.map(({ id }) => id).filter((id) => membersIn(before, id) !== membersIn(after, id));
}

/** Conversations that belong to another body than before, or to none any more. */
export function reboundChats(before: Directory, after: Directory): ConversationId[] {
  const all = new Set([...before.chats, ...after.chats].map(({ conversation }) => conversation));
  return [...all].filter((chat) => bodyOfChat(before, chat)?.id !== bodyOfChat(after, chat)?.id);
}
