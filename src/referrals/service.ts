import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { ConversationService } from '../conversations/service.ts';
import type { Courier } from '../delivery/courier.ts';
import { adoptOrphan, awaken, bringTo, type Notice, notify, placeIn } from '../delivery/model.ts';
import { type Body, bodyOf, type Directory, isMember, leadersOf, teamOfMunicipality } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { type Actor, membershipIn } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { CaseReference, ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import { newReferral } from './arrival.ts';
import type { ReferenceCounter } from './counter.ts';
import { contextOf, type Details, openDetails } from './details.ts';
import type { Intake } from './input.ts';
import { freedOfLeaver } from './leaver.ts';
import { type ListPage, type ListPlace, readPage } from './listing.ts';
import { decide, type Referral, type ReferralCommand, type Worry } from './model.ts';
import {
  keyOfReference,
  openReferrals,
  type ReferralFilter,
  type referralAggregates,
  referralKey,
  type StoredReferral,
  teamPartition,
} from './stored.ts';

/** What a referrer gets to know: that it was received, and whom to contact; no more [law]. */
export interface Receipt {
  reference: CaseReference;
  team: Body;
}

/** Where a press came from: the message, and the placement that its card carries. */
export interface PressedOn {
  conversation: ConversationId;
  activityId: string;
  placement: string;
}

/** A command as a person gives it; what is to be sealed is still text. */
export type CasePress =
  | { do: 'claim' | 'release' | 'reopen' }
  | { do: 'assign'; to: PersonId }
  | { do: 'ask'; whom: PersonId }
  | { do: 'assess'; worry: Worry; recommendation: AssessCommand['recommendation']; note: string | null }
  | Omit<Extract<ReferralCommand, { do: 'decide' }>, 'recordId'>;
type AssessCommand = Extract<ReferralCommand, { do: 'assess' }>;

export interface ReferralList extends ListPage {
  total: number;
}

export interface ReferralService {
  /** Hands in a referral. With the same `reference` again, what is there already stays. Errors: `referral.noTeam`. */
  receive(tenant: TenantId, intake: Intake, origin: Referral['origin'], reference?: CaseReference): Promise<Receipt>;
  /** A new reference of the team that serves the municipality. Errors: `referral.noTeam`. */
  allocate(tenant: TenantId, municipality: string): Promise<CaseReference>;
  /** Errors: `referral.notFound` (also for a case of another team), and those of `decide`. */
  act(actor: Actor, reference: string, press: CasePress): Promise<StoredReferral>;
  view(actor: Actor, reference: string): Promise<StoredReferral>;
  /** Identity and text, as far as the profession may read them; the look is in the log before this resolves. */
  look(actor: Actor, reference: string): Promise<{ referral: StoredReferral; details: Details }>;
  /** A page of a team's open referrals, oldest first. */
  list(actor: Actor, team: Body, filter: ReferralFilter, place: ListPlace, pageSize: number): Promise<ReferralList>;
  /** Brings the card to the bottom of the team's chat. */
  bring(actor: Actor, reference: string, placement: string): Promise<StoredReferral>;
  /** A card that stands where none should is made a line. */
  retireOrphan(actor: Actor, reference: string, pressed: PressedOn): Promise<void>;
  /** Puts every open referral of a team into the team's chat; with `anew`, also those that stand there already. */
  placeAll(tenant: TenantId, team: Body, anew?: boolean): Promise<void>;
}

export interface ReferralParts {
  store: Store;
  sealer: Sealer;
  directory: DirectoryService;
  conversations: Pick<ConversationService, 'chatOfBody'>;
  courier: Courier;
  audit: AuditService;
  trimmer: Pick<Trimmer<StoredReferral>, 'trimmed'>;
  counter: ReferenceCounter;
  clock: Clock;
  newId: () => string;
  referrals: ReturnType<typeof referralAggregates>;
}

const sweepPage = 200;

export function createReferralService(parts: ReferralParts): ReferralService {
  const { store, sealer, directory, courier, audit, trimmer, counter, clock, newId, referrals } = parts;

  function teamFor(tenant: TenantId, municipality: string): { region: Directory; team: Body; code: string } {
    const region = directory.require(tenant);
    const team = teamOfMunicipality(region, municipality);
    if (!team?.code) throw new AppError('referral.noTeam');
    return { region, team, code: team.code };
  }

  /** The key of a case that this actor's team has; whether others exist is not told. */
  function keyFor(actor: Actor, reference: string): DocumentKey {
    const key = keyOfReference(directory.require(actor.tenant), reference);
    const mine = key && actor.memberships.some(({ body }) => teamPartition(actor.tenant, body) === key.partition);
    if (!key || !mine) throw new AppError('referral.notFound');
    return key;
  }

  async function allocate(tenant: TenantId, municipality: string): Promise<CaseReference> {
    const { region, team, code } = teamFor(tenant, municipality);
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    return counter.next(teamPartition(tenant, team.id), code, year);
  }

  async function view(actor: Actor, reference: string): Promise<StoredReferral> {
    const data = await referrals.get(keyFor(actor, reference));
    if (!data) throw new AppError('referral.notFound');
    return data;
  }

  async function changeCase(
    key: DocumentKey,
    change: (data: StoredReferral) => StoredReferral,
  ): Promise<StoredReferral> {
    try {
      const next = await referrals.change(key, change);
      courier.settle('referral', key);
      return next;
    } catch (error) {
      if (isAppError(error, 'store.missing')) throw new AppError('referral.notFound');
      throw error;
    }
  }

  function toCommand(actor: Actor, region: Directory, data: StoredReferral, press: CasePress): ReferralCommand {
    switch (press.do) {
      case 'assign':
        return { ...press, toMember: isMember(region, data.team, press.to) };
      case 'ask':
        return { ...press, whomMember: isMember(region, data.team, press.whom) };
      case 'assess':
        return {
          ...press,
          note: press.note === null ? null : sealer.seal(press.note, contextOf(data, `note:${actor.person}`)),
        };
      case 'decide':
        return { ...press, recordId: newId() };
      default:
        return press;
    }
  }

  function step(actor: Actor, region: Directory, data: StoredReferral, command: ReferralCommand): StoredReferral {
    const now = clock.now();
    const present = freedOfLeaver(data, region, audit, now);
    const { referral, event } = decide(present, command, actor, now, region.policy);
    if (!event) return present;
    const ledger = audit.append(trimmer.trimmed(referralKey(data), present.ledger), {
      ...event,
      at: toStored(now),
      who: actor.person,
    });
    return { ...referral, tenant: data.tenant, ledger };
  }

  return {
    allocate,

    async receive(tenant, intake, origin, reference) {
      const { region, team } = teamFor(tenant, intake.coded.municipality);
      const name = reference ?? (await allocate(tenant, intake.coded.municipality));
      const now = clock.now();
      const chat = await parts.conversations.chatOfBody(tenant, team.id);
      const place = { tenant, team: team.id, reference: name };
      const { identity, narrative, coded } = intake;
      const sealed = {
        identity: sealer.seal(identity, contextOf(place, 'identity')),
        narrative: narrative === null ? null : sealer.seal(narrative, contextOf(place, 'narrative')),
      };
      const fresh = newReferral(place, coded, sealed, origin, now, region.policy.timeZone);
      const who = 'by' in origin ? origin.by : `source:${origin.source}`;
      const homeless = leadersOf(region, team.id).map(
        (to): Notice => ({ key: `unplaced:${to}`, to, kind: 'unplaced' }),
      );
      const referral: StoredReferral = {
        ...fresh,
        ledger: audit.append(fresh.ledger, { at: toStored(now), who, what: 'referral.receive', why: 'triage' }),
        delivery: chat ? placeIn(fresh.delivery, chat.conversation, newId()) : notify(fresh.delivery, homeless),
      };
      const key = referralKey(referral);
      try {
        await referrals.create(key, referral);
      } catch (error) {
        // Handed in before under this very reference: a repeat of the same request.
        if (!reference || !isAppError(error, 'store.exists')) throw error;
      }
      courier.settle('referral', key);
      return { reference: name, team };
    },

    async act(actor, reference, press) {
      const key = keyFor(actor, reference);
      const region = directory.require(actor.tenant);
      return changeCase(key, (data) => step(actor, region, data, toCommand(actor, region, data, press)));
    },

    view,

    async look(actor, reference) {
      const region = directory.require(actor.tenant);
      const referral = await changeCase(keyFor(actor, reference), (data) => step(actor, region, data, { do: 'look' }));
      const profession = membershipIn(actor, referral.team)?.profession ?? null;
      return { referral, details: openDetails(sealer, referral, profession) };
    },

    async list(actor, team, filter, place, pageSize) {
      if (!membershipIn(actor, team.id)) throw new AppError('referral.membersOnly');
      const query = openReferrals(teamPartition(actor.tenant, team.id), filter, actor.person);
      const [page, total] = await Promise.all([readPage(store, query, pageSize, place), store.count(query)]);
      return { ...page, total };
    },

    async bring(actor, reference, placement) {
      const key = keyFor(actor, reference);
      const team = (await view(actor, reference)).team;
      const chat = await parts.conversations.chatOfBody(actor.tenant, team);
      if (!chat) throw new AppError('referral.noChat');
      return changeCase(key, (data) => ({
        ...data,
        delivery: awaken(bringTo(data.delivery, chat.conversation, placement), clock.now()),
      }));
    },

    async retireOrphan(actor, reference, pressed) {
      const key = keyFor(actor, reference);
      await changeCase(key, (data) => {
        const delivery = adoptOrphan(data.delivery, pressed);
        return delivery === data.delivery ? data : { ...data, delivery: awaken(delivery, clock.now()) };
      });
    },

    async placeAll(tenant, team, anew = false) {
      const place = anew ? bringTo : placeIn;
      const chat = await parts.conversations.chatOfBody(tenant, team.id);
      const region = directory.require(tenant);
      if (!chat || !bodyOf(region, team.id)) return;
      const query = openReferrals(teamPartition(tenant, team.id), 'open', '');
      let continuation: string | undefined;
      do {
        const page = await store.query<StoredReferral>({
          ...query,
          limit: sweepPage,
          ...(continuation && { continuation }),
        });
        for (const { data, partition, id } of page.documents) {
          const key = { partition, id };
          const placement = newId();
          const now = clock.now();
          const settled = (stored: StoredReferral): StoredReferral => {
            const present = freedOfLeaver(stored, region, audit, now);
            const placed = place(present.delivery, chat.conversation, placement);
            return placed === present.delivery ? present : { ...present, delivery: awaken(placed, now) };
          };
          if (settled(data) === data) courier.settle('referral', key);
          else await changeCase(key, settled);
        }
        continuation = page.continuation;
      } while (continuation);
    },
  };
}
