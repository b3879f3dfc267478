import { readRegionFile } from '../../bot/region-file.ts';
import type { AuditEvent } from '../../src/audit/model.ts';
import { emptyLedger } from '../../src/audit/model.ts';
import { newDelivery } from '../../src/delivery/model.ts';
import { decideDirectory } from '../../src/directory/decide.ts';
import {
  bodyOf,
  type Directory,
  type KnownDirectory,
  type Member,
  membershipsOf,
  nameOf,
} from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { CaseScene } from '../../src/referrals/card.ts';
import type { Assessment, Decision, ReferralCommand } from '../../src/referrals/model.ts';
import type { StoredReferral } from '../../src/referrals/stored.ts';
import { type Actor, mintActor, type Profession } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId, formatReference, type PersonId, personId, type TenantId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import type { Envelope } from '../../src/shared/sealed.ts';
import { textsFor } from '../../src/shared/text.ts';
import { createFinnishCalendar } from '../../src/shared/working-time.ts';
import type { Store } from '../../src/storage/port.ts';

/** Values that no test depends on; a test says only what it is about. All people are the example region's. */

export const regionFile = 'env/regions/vastra-nyland.yaml';
const { directory: region, settings } = readRegionFile(regionFile);
export const { reminders } = settings.referrals;
export const triage = { ...settings.referrals.triage, timeZone: region.policy.timeZone };

/** A copy of the example region of its own. */
export function exampleDirectory(over: Partial<Directory> = {}): KnownDirectory {
  return { ...structuredClone(region), asOf: 'newest', ...over };
}

/** The same with nobody but its chair in the steering group, who holds no seat: for tests that seat their own. */
export function unseatedDirectory(): Directory {
  const directory = exampleDirectory();
  const isOfGroup = ({ body }: Member): boolean => bodyOf(directory, body)?.kind === 'steering';
  const chair = ({ seat: _, ...member }: Member): Member => member;
  directory.members = directory.members.flatMap((member) =>
    isOfGroup(member) ? (member.role === 'leader' ? [chair(member)] : []) : [member],
  );
  return directory;
}

const person = (lastTwoDigits: number) => personId(`a0000000-0000-4000-8000-0000000000${lastTwoDigits}`);

/** Lojo: Maria leads; Sofia is a social worker like her. Kaisa leads the management team; Gunilla leads Raseborg. */
export const people = {
  maria: person(20),
  petri: person(21),
  sofia: person(22),
  niina: person(23),
  jonas: person(24),
  kaisa: person(25),
  gunilla: person(30),
} as const;
export type ExamplePerson = keyof typeof people;

export const lojo = bodyId('team:lojo');
export const raseborg = bodyId('team:raseborg');
export const calendar = createFinnishCalendar();
/** A Monday, 9:00 in Helsinki. */
export const monday = Temporal.Instant.from('2026-11-23T07:00:00Z');
/** Its date. */
export const mondayDate = '2026-11-23';

export function actor(who: ExamplePerson, language: Language = 'sv', directory: Directory = region): Actor {
  return actorOf(people[who], language, directory);
}

/** The same of anybody in the directory. */
export function actorOf(id: PersonId, language: Language = 'sv', directory: Directory = region): Actor {
  return mintActor({
    tenant: directory.tenant,
    person: id,
    name: nameOf(directory, id) ?? '',
    language,
    memberships: membershipsOf(directory, id),
  });
}

/** Somebody of the tenant whom the directory does not know. */
export function stranger(): Actor {
  return mintActor({
    tenant: region.tenant,
    person: personId('a0000000-0000-4000-8000-0000000000ff'),
    name: 'Okänd Person',
    language: 'sv',
    memberships: [],
  });
}

/** An envelope that holds nothing. */
export function envelope(ct = 'c2VhbGVk'): Envelope {
  return { v: 1, kid: 'test', iv: 'aXY', tag: 'dGFn', ct };
}

/** An untaken referral of Lojo that came in on {@link monday}. */
export function referral(over: Partial<StoredReferral> = {}): StoredReferral {
  const at = monday.toString({ smallestUnit: 'millisecond' });
  return {
    tenant: region.tenant,
    reference: formatReference('LOJ', 2026, 1),
    team: lojo,
    municipality: 'lojo',
    source: 'school',
    basis: 'concern',
    concerns: ['theft'],
    ageBand: 'from12to14',
    gender: 'girl',
    urgency: 'normal',
    legalBasis: null,
    receivedAt: at,
    origin: { source: 'skolan-lojo' },
    identity: envelope(),
    narrative: null,
    owner: null,
    untakenSince: at,
    undecidedSince: at,
    asked: [],
    assessments: [],
    decision: null,
    round: 1,
    takenAt: null,
    unrecorded: [],
    ledger: emptyLedger,
    delivery: newDelivery(monday),
    ...over,
  };
}

export function assessment(by: ExamplePerson, profession: Profession, over: Partial<Assessment> = {}): Assessment {
  return {
    by: people[by],
    profession,
    at: '2026-11-23T08:00:00.000Z',
    worry: 2,
    recommendation: 'accept',
    note: null,
    ...over,
  };
}

export function decision(over: Partial<Decision> = {}): Decision {
  return {
    outcome: 'accepted',
    reason: 'multiProfessionalNeed',
    service: null,
    by: people.maria,
    at: '2026-11-23T09:00:00.000Z',
    alone: null,
    ...over,
  };
}

type Decide = Extract<ReferralCommand, { do: 'decide' }>;

export function decideCommand(over: Partial<Decide> = {}): Decide {
  return {
    do: 'decide',
    outcome: 'accepted',
    reason: 'multiProfessionalNeed',
    service: null,
    alone: null,
    recordId: 'record-1',
    ...over,
  };
}

export function scene(language: Language = 'sv', over: Partial<CaseScene> = {}): CaseScene {
  return {
    texts: textsFor(language),
    directory: region,
    calendar,
    policy: triage,
    now: monday,
    placement: 'placement-1',
    ...over,
  };
}

export function auditEvent(over: Partial<AuditEvent> = {}): AuditEvent {
  return { at: '2026-11-23T08:00:00.000Z', who: people.maria, what: 'referral.claim', why: 'triage', ...over };
}

/** The code of the AppError that `act` throws; null when it throws none. Anything else that it throws is thrown on. */
export function refusal(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** The same of a promise. */
export async function refusalOf(promise: Promise<unknown>): Promise<string | null> {
  try {
    await promise;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** A directory held in memory alone. */
export function heldDirectory(first: Directory = exampleDirectory()): DirectoryService {
  let held: KnownDirectory = { ...first, asOf: 'newest' };
  const of = (tenant: TenantId): KnownDirectory | null => (tenant === held.tenant ? held : null);
  return {
    of,
    require(tenant) {
      const directory = of(tenant);
      if (!directory) throw new AppError('directory.unknownTenant');
      return directory;
    },
    memberships: (_tenant, id) => membershipsOf(held, id),
    vacated: async () => undefined,
    redrawn: async () => undefined,
    async change(by, command) {
      held = { ...decideDirectory(held, command, by, mondayDate).directory, asOf: 'newest' };
      return held;
    },
    refresh: async () => undefined,
    beginDay: async () => undefined,
  };
}

/** A part that the tested code gets but must not use: to touch it is an error that names it. */
export function unused<Part extends object>(name: string): Part {
  const touched = (_target: object, property: string | symbol): never => {
    throw new Error(`${name}.${String(property)} was not to be used here`);
  };
  return new Proxy<Part>({} as Part, { get: touched });
}

/** The store with some of its methods replaced. */
export function storeWith(store: Store, over: Partial<Store>): Store {
  return {
    exclusive: store.exclusive,
    get: (key) => store.get(key),
    create: (document) => store.create(document),
    replace: (document, version) => store.replace(document, version),
    remove: (key, version) => store.remove(key, version),
    query: (query) => store.query(query),
    due: (now, limit) => store.due(now, limit),
    count: (query) => store.count(query),
    groups: () => store.groups(),
    ping: () => store.ping(),
    close: () => store.close(),
    ...over,
  };
}
