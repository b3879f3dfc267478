import { z } from 'zod';
import { professions, roles } from '../shared/actor.ts';
import { readFileText } from '../shared/file-input.ts';
import { type BodyId, bodyId, conversationId, type PersonId, personId, tenantId } from '../shared/ids.ts';
import { languages } from '../shared/language.ts';
import {
  type Body,
  type ChatBinding,
  type Directory,
  type Holder,
  type Member,
  type Municipality,
  type Seat,
  seatKinds,
} from './model.ts';
import { overlap } from './seats.ts';

/** The region file: YAML → {@link Directory} and the features' own sections; every problem with its line. */

export interface RegionFile<Settings> {
  directory: Directory;
  /** What each feature has in its section, by the section's name. */
  settings: Settings;
}

const id = z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens');
const localised = z.strictObject({ sv: z.string().min(1), fi: z.string().min(1), en: z.string().min(1) });
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "08:00"');
const member = z.strictObject({
  person: id,
  role: z.enum(roles).default('member'),
  profession: z.enum(professions).nullable().default(null),
});
const day = z.iso.date('a date such as "2025-08-01"').nullable().default(null);
/** `from`, `to`: the first and the last day in the seat; who names none was always there, or stays. */
const term = { from: day, to: day };
const bodyParts = {
  name: localised,
  language: z.enum(languages).default('sv'),
  chat: z.string().min(1).optional(),
  members: z.array(member),
};
const offices = { chair: id.optional(), secretary: id.optional() };
/** A body with seats of its own. */
const seatedBody = z.strictObject({
  ...bodyParts,
  ...offices,
  seats: z.array(z.strictObject({ id, name: localised })).default([]),
  members: z.array(member.extend({ ...term, seat: id.optional() })),
});
/** Whose seats each party to the agreement is; `own` is no party. */
const partyKinds = seatKinds.filter((kind) => kind !== 'own');

const regionSchema = z.strictObject({
  id,
  tenant: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a tenant id (GUID)'),
  name: localised,
  timeZone: z.string().refine(isTimeZone, 'a time zone such as Europe/Helsinki').default('Europe/Helsinki'),
  workingHours: z
    .strictObject({ start: clockTime, end: clockTime })
    .refine(({ start, end }) => start < end, 'the working day must end after it starts')
    .default({ start: '08:00', end: '16:00' }),
  people: z.array(
    z.strictObject({
      id,
      name: z.string().min(1),
      aadObjectId: z.string().regex(/^[0-9a-f-]{36}$/i, 'an object id (GUID)'),
    }),
  ),
  municipalities: z.array(z.strictObject({ id, name: localised })),
  teams: z.array(
    z.strictObject({
      id,
      code: z.string().regex(/^[A-ZÅÄÖ]{2,5}$/, 'two to five capital letters'),
      municipalities: z.array(id),
      contact: localised,
      ...bodyParts,
    }),
  ),
  parties: z.array(z.strictObject({ id, kind: z.enum(partyKinds), name: localised })).default([]),
  management: seatedBody,
  steering: z.strictObject({
    ...bodyParts,
    ...offices,
    members: z.array(member.extend({ ...term, party: id.optional() })),
  }),
  development: seatedBody.optional(),
});
type RegionShape = z.infer<typeof regionSchema>;

/** A body that may have seats, in whichever words the file tells whose they are. */
interface SeatedBody {
  kind: 'management' | 'steering' | 'development';
  seatWord: 'party' | 'seat';
  seats: readonly Pick<Seat, 'id' | 'name' | 'kind'>[];
  members: readonly FileMember[];
  chair?: string | undefined;
  secretary?: string | undefined;
}
type FileMember = z.infer<typeof member> & { seat?: string | undefined; from?: string | null; to?: string | null };

function seatedBodies({ management, steering, development, parties }: RegionShape): SeatedBody[] {
  const own = (kind: 'management' | 'development', body: z.infer<typeof seatedBody>): SeatedBody => ({
    ...body,
    kind,
    seatWord: 'seat',
    seats: body.seats.map((seat) => ({ ...seat, kind: 'own' })),
  });
  return [
    own('management', management),
    {
      ...steering,
      kind: 'steering',
      seatWord: 'party',
      seats: parties,
      members: steering.members.map(({ party, ...rest }) => ({ ...rest, seat: party })),
    },
    ...(development ? [own('development', development)] : []),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== '';
  } catch {
    // A RangeError: there is no such zone.
    return false;
  }
}

/**
 * `sections`: the schemas of the features' sections, which the directory knows nothing about.
 * Throws one Error that lists every problem as `line 12: teams.0.code: …`.
 */
export function parseRegionFile<Sections extends z.ZodObject>(
  source: string,
  fileName: string,
  sections: Sections,
): RegionFile<z.infer<Sections>> {
  const { broken, value, lineOf } = readFileText(source);
  if (broken.length > 0) {
    throw regionError(
      fileName,
      broken.map(({ line, problem }) => `line ${line}: ${problem}`),
    );
  }
  const fields = Object.entries(anyFields.safeParse(value).data ?? {});
  const isSection = ([name]: [string, unknown]): boolean => Object.hasOwn(sections.shape, name);
  const region = regionSchema.safeParse(Object.fromEntries(fields.filter((field) => !isSection(field))));
  const settings = sections.safeParse(Object.fromEntries(fields.filter(isSection)));
  if (!region.success || !settings.success) {
    const issues = [region, settings].flatMap(({ error }) => error?.issues ?? []);
    throw regionError(
      fileName,
      issues.map((issue) => `line ${lineOf(issue.path)}: ${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const loose = looseEnds(region.data).map(
    ({ path, problem }) => `line ${lineOf(path)}: ${path.join('.')}: ${problem}`,
  );
  if (loose.length > 0) throw regionError(fileName, loose);
  return { directory: toDirectory(region.data), settings: settings.data };
}

const anyFields = z.record(z.string(), z.unknown());

function regionError(fileName: string, problems: string[]): Error {
  return new Error(`The region file ${fileName} has ${problems.length} problem(s):\n  ${problems.join('\n  ')}`);
}

interface LooseEnd {
  path: (string | number)[];
  problem: string;
}

/** What the schema cannot say: names that lead nowhere, and things that are there twice. */
function looseEnds(region: RegionShape): LooseEnd[] {
  const people = new Set(region.people.map((person) => person.id));
  const municipalities = new Set(region.municipalities.map((municipality) => municipality.id));
  const ends: LooseEnd[] = [
    ...repeated(region.people, 'people', 'id', (person) => person.id),
    ...repeated(region.people, 'people', 'aadObjectId', (person) => person.aadObjectId),
    ...repeated(region.municipalities, 'municipalities', 'id', (municipality) => municipality.id),
    ...repeated(region.teams, 'teams', 'id', (team) => team.id),
    ...repeated(region.teams, 'teams', 'code', (team) => team.code),
    ...repeated(region.parties, 'parties', 'id', (party) => party.id),
    ...repeated(region.management.seats, 'management.seats', 'id', (seat) => seat.id),
    ...repeated(region.development?.seats ?? [], 'development.seats', 'id', (seat) => seat.id),
    ...seatedBodies(region).flatMap((body) => looseSeats(body, people)),
  ];
  const bodies: [(string | number)[], { members: readonly FileMember[]; chat?: string | undefined }][] = [
    ...region.teams.map((team, index): [(string | number)[], typeof team] => [['teams', index], team]),
    [['management'], region.management],
    [['steering'], region.steering],
    ...(region.development ? [[['development'], region.development] satisfies (typeof bodies)[number]] : []),
  ];
  const chats = new Set<string>();
  for (const [path, body] of bodies) {
    if (body.chat && chats.has(body.chat)) {
      ends.push({ path: [...path, 'chat'], problem: 'this chat already belongs to another body' });
    }
    if (body.chat) chats.add(body.chat);
    const members = new Set<string>();
    body.members.forEach((m, index) => {
      const where = [...path, 'members', index];
      if (members.has(m.person)) ends.push({ path: [...where, 'person'], problem: `"${m.person}" is there twice` });
      members.add(m.person);
      if (!people.has(m.person))
        ends.push({ path: [...where, 'person'], problem: `no person "${m.person}" under people` });
      if (path[0] === 'teams' && !m.profession) ends.push({ path: where, problem: 'a team member needs a profession' });
    });
  }
  const served = new Map<string, string>();
  region.teams.forEach((team, index) => {
    team.municipalities.forEach((name, position) => {
      const path = ['teams', index, 'municipalities', position];
      if (!municipalities.has(name)) ends.push({ path, problem: `no municipality "${name}" under municipalities` });
      if (served.has(name)) ends.push({ path, problem: `"${name}" already belongs to team "${served.get(name)}"` });
      served.set(name, team.id);
    });
  });
  region.municipalities.forEach(({ id: name }, index) => {
    if (!served.has(name)) ends.push({ path: ['municipalities', index], problem: `no team serves "${name}"` });
  });
  return ends;
}

/** What is wrong with the seats of a body: who holds them when, and who is its chair and its secretary. */
function looseSeats(
  { kind, seatWord, seats, members, chair, secretary }: SeatedBody,
  people: ReadonlySet<string>,
): LooseEnd[] {
  const known = new Set(seats.map((seat) => seat.id));
  const ends: LooseEnd[] = [];
  members.forEach((m, index) => {
    const { seat, role, from = null, to = null } = m;
    const where = [kind, 'members', index];
    if (seat !== undefined && !known.has(seat)) {
      const list = seatWord === 'party' ? 'parties' : 'seats';
      ends.push({ path: [...where, seatWord], problem: `no ${seatWord} "${seat}" under ${list}` });
    }
    if (seat === undefined && role === 'substitute')
      ends.push({ path: where, problem: `a substitute needs the ${seatWord} of the member` });
    if (seat === undefined && (from !== null || to !== null))
      ends.push({ path: where, problem: `a term needs a ${seatWord}` });
    if (from !== null && to !== null && to < from)
      ends.push({ path: [...where, 'to'], problem: 'the term ends before it begins' });
    const other = members
      .slice(0, index)
      .find(
        (one) =>
          one.seat === seat &&
          (one.role === 'substitute') === (role === 'substitute') &&
          overlap(termOf(one), termOf(m)),
      );
    if (seat !== undefined && other)
      ends.push({ path: [...where, seatWord], problem: `"${other.person}" has this place on the same day` });
  });
  const isChair = members.some(
    ({ person, seat, role }) => person === chair && seat !== undefined && role !== 'substitute',
  );
  if (chair !== undefined && !isChair)
    ends.push({ path: [kind, 'chair'], problem: `"${chair}" holds no seat here as a member` });
  if (secretary !== undefined && !people.has(secretary))
    ends.push({ path: [kind, 'secretary'], problem: `no person "${secretary}" under people` });
  if (secretary !== undefined && secretary === chair)
    ends.push({ path: [kind, 'secretary'], problem: 'somebody else than the chair' });
  return ends;
}

const termOf = ({ from = null, to = null }: FileMember) => ({ from, to });

function repeated<T>(items: readonly T[], list: string, field: string, keyOf: (item: T) => string): LooseEnd[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    const again = seen.has(key);
    seen.add(key);
    return again ? [{ path: [...list.split('.'), index, field], problem: `"${key}" is there twice` }] : [];
  });
}

function toDirectory(region: RegionShape): Directory {
  const people = new Map(region.people.map((person) => [person.id, personId(person.aadObjectId)]));
  const personOf = (name: string): PersonId => people.get(name) ?? personId('');
  const none = { code: null, contact: null };
  const sections = [
    ...region.teams.map((team) => ({ kind: 'team' as const, key: team.id, ...team })),
    { kind: 'management' as const, key: region.id, ...none, ...region.management },
    { kind: 'steering' as const, key: region.id, ...none, ...region.steering },
    ...(region.development ? [{ kind: 'development' as const, key: region.id, ...none, ...region.development }] : []),
  ];
  const withId = sections.map((section) => ({ ...section, body: bodyId(`${section.kind}:${section.key}`) }));
  const seated = seatedBodies(region).map((part) => ({ ...part, body: bodyId(`${part.kind}:${region.id}`) }));
  return {
    id: region.id,
    tenant: tenantId(region.tenant),
    name: region.name,
    bodies: withId.map(
      ({ body, kind, name, language, code, contact }): Body => ({
        id: body,
        kind,
        name,
        language,
        code,
        contact,
        closed: false,
      }),
    ),
    municipalities: region.municipalities.map(({ id: municipality, name }): Municipality => {
      const team = region.teams.find((candidate) => candidate.municipalities.includes(municipality));
      return { id: municipality, name, team: bodyId(`team:${team?.id ?? ''}`) };
    }),
    people: region.people.map(({ aadObjectId, name }) => ({ id: personId(aadObjectId), name })),
    members: [
      ...withId.flatMap(({ body, kind, members }) =>
        kind === 'team' ? members.map((one) => fromFile(body, personOf(one.person), one)) : [],
      ),
      ...seated.flatMap(({ body, ...part }) =>
        membersWithOffice(part).map((one) => fromFile(body, personOf(one.person), one)),
      ),
    ],
    seats: seated.flatMap(({ body, seats, members }) =>
      seats.map(
        (seat): Seat => ({
          ...seat,
          body,
          holders: members
            .filter((one) => one.seat === seat.id)
            .map(
              (one): Holder => ({
                person: personOf(one.person),
                as: one.role === 'substitute' ? 'substitute' : 'member',
                ...termOf(one),
              }),
            ),
          setBy: 'file',
          closed: false,
        }),
      ),
    ),
    chats: withId.flatMap(({ body, chat }): ChatBinding[] =>
      chat ? [{ body, conversation: conversationId(chat), setBy: 'file' }] : [],
    ),
    policy: {
      timeZone: region.timeZone,
      workingHours: region.workingHours,
    },
  };
}

type WithOffice = Pick<FileMember, 'person' | 'role' | 'profession' | 'seat'> & Pick<Member, 'office'>;

/** Whoever is secretary and nothing else is a member by that. */
function membersWithOffice({
  members,
  chair,
  secretary,
}: Pick<SeatedBody, 'members' | 'chair' | 'secretary'>): WithOffice[] {
  const listed = members.map((one): WithOffice => {
    if (one.person === chair) return { ...one, office: 'chair' };
    return one.person === secretary ? { ...one, office: 'secretary' } : one;
  });
  if (secretary === undefined || members.some(({ person }) => person === secretary)) return listed;
  return [...listed, { person: secretary, role: 'member', profession: null, office: 'secretary' }];
}

function fromFile(body: BodyId, person: PersonId, { role, profession, seat, office }: WithOffice): Member {
  return {
    person,
    body,
    role,
    profession,
    ...(seat !== undefined && { seat }),
    ...(office && { office }),
    setBy: 'file',
    removed: false,
  };
}
