import { hangBell } from '../../delivery/bell.ts';
import type { Courier } from '../../delivery/courier.ts';
import { newDelivery } from '../../delivery/model.ts';
import type { Directory } from '../../directory/model.ts';
import type { DirectoryService } from '../../directory/service.ts';
import { type Actor, leads, membershipIn } from '../../shared/actor.ts';
import { type Clock, dateIn } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { BodyId, TenantId } from '../../shared/ids.ts';
import type { WorkingCalendar } from '../../shared/working-time.ts';
import type { Aggregates } from '../../storage/aggregates.ts';
import { engagementsOf } from '../listing.ts';
import type { MeetingKind } from '../model.ts';
import type { MeetingPolicy } from '../settings.ts';
import {
  type CadenceBell,
  cadenceBellKey,
  cadenceBellKind,
  readAhead,
  readHeld,
  type StoredMeeting,
} from '../stored.ts';
import { type Cadence, cadenceName, cadencesOf, maySeeCadence } from './cadence.ts';
import type { SeenCadence } from './cadence-asking.ts';
import { type ProposedMeeting, proposalsFor } from './cadence-proposals.ts';

/** Which rhythm is meant: what a card carries of it. */
export interface CadenceRef {
  body: BodyId;
  kind: MeetingKind;
}

export interface CadenceService {
  /** Of the region, as they stand now. */
  of(tenant: TenantId): Promise<Cadence[]>;
  /** Those of them that the actor may see, their own bodies first. */
  view(actor: Actor): Promise<Cadence[]>;
  /** The one of that name, with times for the next meeting; null for what is not watched. */
  proposed(tenant: TenantId, name: string): Promise<ProposedMeeting | null>;
  /**
   * The same, for a leader who is to look for one. Errors: `directory.notAMember`, `directory.leadersOnly`,
   * `cadence.notWatched`, `cadence.sought` (somebody does already, or it is planned).
   */
  toFind(actor: Actor, ref: CadenceRef): Promise<ProposedMeeting>;
  /** Nobody is asked any more for the interval that ends on that date. Errors: `directory.notAMember`, `directory.leadersOnly`. */
  putOff(actor: Actor, ref: CadenceRef, period: string): Promise<void>;
  /** From now on the region is watched. */
  watch(tenant: TenantId): Promise<void>;
}

export interface CadenceServiceParts {
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>;
  bells: Aggregates<CadenceBell>;
  directory: Pick<DirectoryService, 'require'>;
  courier: Pick<Courier, 'settle'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  policy: Pick<MeetingPolicy, 'cadence' | 'length'>;
  clock: Clock;
}

/** How far back is looked for what was held: as long as the longest interval that a region may have. */
const lookedBack = Temporal.Duration.from({ hours: 2 * 366 * 24 });

export function createCadenceService(parts: CadenceServiceParts): CadenceService {
  const { meetings, bells, directory, courier, calendarOf, policy, clock } = parts;

  function sceneIn(tenant: TenantId) {
    const region = directory.require(tenant);
    return { directory: region, calendar: calendarOf(region), now: clock.now() };
  }

  async function read(tenant: TenantId): Promise<{ ahead: StoredMeeting[]; cadences: Cadence[] }> {
    const scene = sceneIn(tenant);
    const [ahead, held, bell] = await Promise.all([
      readAhead(meetings, tenant),
      readHeld(meetings, tenant, scene.now.subtract(lookedBack)),
      bells.lastKnown(cadenceBellKey({ tenant })),
    ]);
    const today = dateIn(scene.calendar.timeZone, scene.now).toString();
    const since = (name: string): string => bell?.seen[name]?.since ?? bell?.toldOn ?? today;
    return { ahead, cadences: cadencesOf([...ahead, ...held], { ...scene, policy, since }) };
  }

  async function proposed(tenant: TenantId, name: string): Promise<ProposedMeeting | null> {
    const { ahead, cadences } = await read(tenant);
    const cadence = cadences.find(({ body, kind }) => cadenceName(body.id, kind) === name);
    if (!cadence) return null;
    const scene = sceneIn(tenant);
    const everybody = { body: cadence.body.id, subject: null, invited: { everyone: true, named: [] } };
    const taken = engagementsOf(everybody, ahead, scene).map(({ occurrence }) => occurrence);
    return { cadence, slots: proposalsFor(cadence, taken, { ...scene, length: policy.length }) };
  }

  /** Errors: `directory.notAMember`, `directory.leadersOnly`. */
  function requireLeader(actor: Actor, body: BodyId): void {
    if (!membershipIn(actor, body)) throw new AppError('directory.notAMember');
    if (!leads(actor, body)) throw new AppError('directory.leadersOnly');
  }

  return {
    of: async (tenant) => (await read(tenant)).cadences,

    async view(actor) {
      const region = directory.require(actor.tenant);
      const seen = (await read(actor.tenant)).cadences.filter(({ body }) => maySeeCadence(body.id, actor, region));
      const isOwn = ({ body }: Cadence): boolean => membershipIn(actor, body.id) !== null;
      return [...seen.filter(isOwn), ...seen.filter((one) => !isOwn(one))];
    },

    proposed,

    async toFind(actor, { body, kind }) {
      requireLeader(actor, body);
      const found = await proposed(actor.tenant, cadenceName(body, kind));
      if (!found) throw new AppError('cadence.notWatched');
      const { isSought, state, next } = found.cadence;
      if (isSought || (next !== null && state === 'kept')) throw new AppError('cadence.sought');
      return found;
    },

    async putOff(actor, { body, kind }, period) {
      requireLeader(actor, body);
      const name = cadenceName(body, kind);
      await bells.change(cadenceBellKey(actor), (bell) => {
        const known = bell.seen[name];
        // An older card, of an interval that is over: the one that runs is another question.
        if (known?.askedFor !== period || known.putOff === period) return bell;
        return { ...bell, seen: { ...bell.seen, [name]: { ...known, putOff: period } satisfies SeenCadence } };
      });
    },

    async watch(tenant) {
      const { timeZone } = directory.require(tenant).policy;
      const toldOn = dateIn(timeZone, clock.now()).toString();
      const fresh: CadenceBell = { tenant, toldOn, seen: {}, delivery: newDelivery(clock.now()) };
      await hangBell(bells, cadenceBellKey({ tenant }), fresh, { kind: cadenceBellKind, courier });
    },
  };
}
