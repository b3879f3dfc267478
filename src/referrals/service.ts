import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { Courier } from '../delivery/courier.ts';
import type { Home, PressedOn } from '../delivery/home.ts';
import { isPlaced, notifyOnce, redraw } from '../delivery/model.ts';
import {
  type Body,
  bodyOf,
  bodyOfChat,
  type Directory,
  isMember,
  type KnownDirectory,
  leadersOf,
  teamOfMunicipality,
} from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { type Actor, membershipIn } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, CaseReference, PersonId, TenantId } from '../shared/ids.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import { newReferral } from './arrival.ts';
import type { ReferenceCounter } from './counter.ts';
import { decide } from './decide.ts';
import { contextOf, type Details, namesPerson, openDetails } from './details.ts';
import type { Intake } from './input.ts';
import { freedOfLeaver } from './leaver.ts';
import { type ListPage, type ListPlace, readPage } from './listing.ts';
import type { LoggedLetter, Referral, ReferralCommand, TriagePolicy, Worry } from './model.ts';
import { isMet, withMeeting } from './standing.ts';
import {
  caseNamed,
  keyOfReference,
  logPartition,
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

/** The team that a case is with for good, and the reference that it has there. */
export interface Place {
  team: BodyId;
  reference: CaseReference;
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
  /** Hands in a referral. In the same `place` again, what is there already stays. Errors: `referral.noTeam`. */
  receive(tenant: TenantId, intake: Intake, origin: Referral['origin'], place?: Place): Promise<Receipt>;
  /** A new reference of the team that serves the municipality. Errors: `referral.noTeam`. */
  allocate(tenant: TenantId, municipality: string): Promise<Place>;
  /**
   * `placement` is the one whose card was pressed, or null; a form that was open there is done with.
   * Errors: `referral.notFound` (also for a case of another team), and those of `decide`.
   */
  act(actor: Actor, reference: string, press: CasePress, placement: string | null): Promise<StoredReferral>;
  /** Errors: `referral.notFound`. */
  view(actor: Actor, reference: string): Promise<StoredReferral>;
  /** As it was last seen here, which after a refusal is as it stands. To show it, and to decide nothing by it. */
  lastSeen(actor: Actor, reference: string): Promise<StoredReferral>;
  /**
   * The case whose live card in its team's chat is the pressed message: everybody there sees that card, of the team or not.
   * Null for any other message, whether there is such a case or not.
   */
  viewShared(actor: Actor, reference: string, pressed: Omit<PressedOn, 'placement'>): Promise<StoredReferral | null>;
  /**
   * The case, while its reader fills in a form in the card of `placement`: that message is left alone meanwhile. `allow`
   * throws what keeps them from it as the case stands.
   */
  openForm(
    actor: Actor,
    reference: string,
    placement: string | null,
    allow?: (referral: StoredReferral) => void,
  ): Promise<StoredReferral>;
  /** The case, once its reader has left such a form; also when none was open. */
  closeForm(actor: Actor, reference: string, placement: string | null): Promise<StoredReferral>;
  /**
   * Identity and text, as far as the profession may read them; the look is in the log before this resolves. What is read
   * in the card of `placement` is left in peace like a form.
   */
  look(
    actor: Actor,
    reference: string,
    placement: string | null,
  ): Promise<{ referral: StoredReferral; details: Details }>;
  /** Whether the team has this case, open or accepted; to whoever is not of the team it has none. */
  has(actor: Actor, reference: string, team: BodyId): Promise<boolean>;
  /** Whether the text names the young person; that it was looked at is in the log before this resolves. */
  names(actor: Actor, reference: string, text: string): Promise<boolean>;
  /** Writes in the log of the case that this invitation goes out; that is done before this resolves. */
  handOut(actor: Actor, reference: string, letter: LoggedLetter): Promise<void>;
  /** Shows on the card of the case when this meeting is held, see `withMeeting`; where there is no such case, nothing. */
  showMeeting(
    of: { tenant: TenantId; reference: CaseReference },
    meeting: { id: string; at: string | null },
  ): Promise<void>;
  /** A page of a team's open referrals, those that have waited longest first. */
  list(actor: Actor, team: Body, filter: ReferralFilter, place: ListPlace, pageSize: number): Promise<ReferralList>;
  /** Brings the card to the bottom of the team's chat. */
  bring(actor: Actor, reference: string): Promise<StoredReferral>;
  /** A card that stands where none should is made a line. */
  retireOrphan(actor: Actor, reference: string, pressed: PressedOn): Promise<void>;
}

export interface ReferralParts {
  store: Store;
  sealer: Sealer;
  directory: DirectoryService;
  home: Home<StoredReferral>;
  courier: Courier;
  audit: AuditService;
  trimmer: Pick<Trimmer<StoredReferral>, 'trimmed'>;
  counter: ReferenceCounter;
  policy: TriagePolicy;
  clock: Clock;
  newId: () => string;
  referrals: ReturnType<typeof referralAggregates>;
}

export function createReferralService(parts: ReferralParts): ReferralService {
  const { store, sealer, directory, home, courier, audit, trimmer, counter, clock, newId, referrals } = parts;

  /** The key of a case that this actor's team has; whether others exist is not told. */
  function keyFor(actor: Actor, reference: string): DocumentKey {
    const named = caseNamed(directory.require(actor.tenant), reference);
    if (!named || !membershipIn(actor, named.team)) throw new AppError('referral.notFound');
    return referralKey({ tenant: actor.tenant, ...named });
  }

  async function allocate(tenant: TenantId, municipality: string): Promise<Place> {
    const region = directory.require(tenant);
    const team = teamOfMunicipality(region, municipality);
    if (!team?.code) throw new AppError('referral.noTeam');
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    return { team: team.id, reference: await counter.next(teamPartition(tenant, team.id), team.code, year) };
  }

  function present(data: StoredReferral | null): StoredReferral {
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

  function step(actor: Actor, region: KnownDirectory, data: StoredReferral, command: ReferralCommand): StoredReferral {
    const now = clock.now();
    const present = freedOfLeaver(data, region, audit, now);
    const { referral, event } = decide(present, command, actor, now, parts.policy);
    if (!event) return present;
    const ledger = audit.append(logPartition(data), trimmer.trimmed(referralKey(data), present.ledger), {
      ...event,
      at: toStored(now),
      who: actor.person,
    });
    // A case that is opened again may have an owner who has left meanwhile.
    return freedOfLeaver({ ...referral, tenant: data.tenant, ledger }, region, audit, now);
  }

  return {
    allocate,

    async receive(tenant, intake, origin, known) {
      const region = directory.require(tenant);
      const place = { tenant, ...(known ?? (await allocate(tenant, intake.coded.municipality))) };
      const team = bodyOf(region, place.team);
      if (!team) throw new AppError('referral.noTeam');
      const now = clock.now();
      const { identity, narrative, coded } = intake;
      const sealed = {
        identity: sealer.seal(identity, contextOf(place, 'identity')),
        narrative: narrative === null ? null : sealer.seal(narrative, contextOf(place, 'narrative')),
      };
      const fresh = newReferral(place, coded, sealed, origin, now);
      const who = 'by' in origin ? origin.by : `source:${origin.source}`;
      const settled = await home.settledIn({
        ...fresh,
        ledger: audit.append(logPartition(place), fresh.ledger, {
          at: toStored(now),
          who,
          what: 'referral.receive',
          why: 'triage',
        }),
      });
      const leaders = leadersOf(region, team.id).map((to) => ({ key: `unplaced:${to}`, to, kind: 'unplaced' }));
      const referral: StoredReferral = isPlaced(settled.delivery)
        ? settled
        : { ...settled, delivery: notifyOnce(settled.delivery, leaders, now) };
      const key = referralKey(referral);
      try {
        await referrals.create(key, referral);
      } catch (error) {
        // Handed in before in this very place: a repeat of the same request.
        if (!known || !isAppError(error, 'store.exists')) throw error;
      }
      courier.settle('referral', key);
      return { reference: place.reference, team };
    },

    async act(actor, reference, press, placement) {
      const key = keyFor(actor, reference);
      const region = directory.require(actor.tenant);
      // A decided case stays where it stood; one that is open again belongs into its team's chat of today.
      const team = press.do === 'reopen' ? (caseNamed(region, reference)?.team ?? null) : null;
      const placed = team && (await home.placing(actor.tenant, team));
      return changeCase(key, (stored) => {
        const data = home.withoutForm(stored, placement, actor.person);
        const next = step(actor, region, data, toCommand(actor, region, data, press));
        return placed && next.decision === null ? placed(next) : next;
      });
    },

    async openForm(actor, reference, placement, allow) {
      return changeCase(keyFor(actor, reference), (data) => {
        allow?.(data);
        return home.withForm(data, placement, actor.person);
      });
    },

    async closeForm(actor, reference, placement) {
      return changeCase(keyFor(actor, reference), (data) => home.withoutForm(data, placement, actor.person));
    },

    async view(actor, reference) {
      return present(await referrals.get(keyFor(actor, reference)));
    },

    async lastSeen(actor, reference) {
      return present(await referrals.lastKnown(keyFor(actor, reference)));
    },

    async viewShared(actor, reference, { conversation, activityId }) {
      const region = directory.require(actor.tenant);
      const key = keyOfReference(region, reference);
      const data = key && (await referrals.get(key));
      if (!data || bodyOfChat(region, conversation)?.id !== data.team) return null;
      const isPressed = data.delivery.placements.some(
        (known) => known.state === 'live' && known.conversation === conversation && known.activityId === activityId,
      );
      return isPressed ? data : null;
    },

    async look(actor, reference, placement) {
      const region = directory.require(actor.tenant);
      const referral = await changeCase(keyFor(actor, reference), (data) =>
        home.withForm(step(actor, region, data, { do: 'look' }), placement, actor.person),
      );
      const profession = membershipIn(actor, referral.team)?.profession ?? null;
      return { referral, details: openDetails(sealer, referral, profession) };
    },

    async has(actor, reference, team) {
      const named = caseNamed(directory.require(actor.tenant), reference);
      if (named?.team !== team || !membershipIn(actor, team)) return false;
      const referral = await referrals.get(referralKey({ tenant: actor.tenant, ...named }));
      return referral !== null && isMet(referral);
    },

    async names(actor, reference, text) {
      const region = directory.require(actor.tenant);
      const referral = await changeCase(keyFor(actor, reference), (data) =>
        step(actor, region, data, { do: 'checkName' }),
      );
      return namesPerson(sealer, referral, text);
    },

    async handOut(actor, reference, letter) {
      const region = directory.require(actor.tenant);
      await changeCase(keyFor(actor, reference), (data) => step(actor, region, data, { do: 'handOut', letter }));
    },

    async showMeeting({ tenant, reference }, { id, at }) {
      const key = keyOfReference(directory.require(tenant), reference);
      try {
        if (key)
          await changeCase(key, (data) => {
            const next = withMeeting(data, id, at);
            return next === data
              ? data
              : { ...next, tenant: data.tenant, delivery: redraw(data.delivery, clock.now()) };
          });
      } catch (error) {
        if (!isAppError(error, 'referral.notFound')) throw error;
      }
    },

    async list(actor, team, filter, place, pageSize) {
      if (!membershipIn(actor, team.id)) throw new AppError('referral.membersOnly');
      const query = openReferrals(teamPartition(actor.tenant, team.id), filter, actor.person);
      const [page, total] = await Promise.all([readPage(referrals, query, pageSize, place), store.count(query)]);
      return { ...page, total };
    },

    async bring(actor, reference) {
      const key = keyFor(actor, reference);
      const named = caseNamed(directory.require(actor.tenant), reference);
      const bringing = named && (await home.bringing(actor.tenant, named.team));
      if (!bringing) throw new AppError('referral.noChat');
      return changeCase(key, bringing);
    },

    async retireOrphan(actor, reference, pressed) {
      await changeCase(keyFor(actor, reference), home.retiring(pressed));
    },
  };
}
