import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { Courier } from '../delivery/courier.ts';
import type { Home, PressedOn } from '../delivery/home.ts';
import { redrawAll } from '../delivery/model.ts';
import { bodyOf, type Directory } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { BodyHolding } from '../meetings/model.ts';
import type { Actor } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { Sealer } from '../storage/envelope.ts';
import { createBeginning } from './agenda/beginning.ts';
import type { SeasonPolicy } from './agenda/begun.ts';
import { requireSameLeft, upToDate } from './agenda/carried.ts';
import { decide, requireAuthor } from './agenda/decide.ts';
import { createHiding } from './agenda/hiding.ts';
import { attached, notHeldIn } from './agenda/holding.ts';
import {
  type ItemContent,
  itemContentIn,
  openedDocument,
  openedFollowUps,
  openedWords,
  toCommand,
} from './agenda/writings.ts';
import { heldBy, isOwner, recordOf } from './meeting/proceedings.ts';
import { record, requireRecorder } from './meeting/recording.ts';
import { openedRecord, requireAsSeen, toRecordCommand } from './meeting/writings.ts';
import { createMinutesService, type MinutesParts, type MinutesService } from './minutes/service.ts';
import type { AgendaPress, Mark, RecordPress } from './model.ts';
import { type OpenAction, type Opening, type Reading, readBy } from './reading.ts';
import { broughtTo } from './reminders.ts';
import { anybody, hasAgenda, maySee, type Reader, readerOf, requireMember, showsSecret } from './rights.ts';
import { type AgendaPolicy, isFinished, isOpenAgain, requireItem } from './standing.ts';
import {
  readSittings,
  type SittingRef,
  type StoredSitting,
  sittingKey,
  sittingKind,
  sittingLogPartition,
} from './stored.ts';
import { handedOut, nothing, type Scene, type Transition } from './transition.ts';

export interface SteeringService {
  /**
   * The agenda for the next meeting of a body; to its members it is begun when there is none yet. Whoever is not of the body
   * gets the newest that has gone out, or null. Errors: `agenda.noAgenda` (of a team), `directory.unknownBody`.
   */
  agenda(actor: Actor, body: BodyId): Promise<StoredSitting | null>;
  /** Errors: `agenda.notFound`. */
  view(actor: Actor, ref: SittingRef): Promise<StoredSitting>;
  /** As it was last seen here, which after a refusal is as it stands. To show it, and to decide nothing by it. */
  lastSeen(actor: Actor, ref: SittingRef): Promise<StoredSitting>;
  /** What this person may read of it; null for what anybody may, as in a chat. */
  read(sitting: StoredSitting, person: PersonId | null): Reading;
  /** The sitting, and in its log that this item was looked at, when something confidential is shown with it that is theirs to see. Errors: `agenda.notFound`, `agenda.noItem`. */
  look(actor: Actor, ref: SittingRef, item: string): Promise<StoredSitting>;
  /** What a form of the item shows, written in that language. Errors: `agenda.noItem`. */
  content(sitting: StoredSitting, item: string, language: Language): ItemContent;
  /** `placement` is the one whose card was pressed, or null. Errors: `agenda.notFound`, `form.overtaken`, and those of `decide`. */
  act(actor: Actor, ref: SittingRef, press: AgendaPress, placement: string | null): Promise<StoredSitting>;
  /** What happens at the meeting. Errors: `agenda.notFound`, `form.overtaken`, and those of `record`. */
  record(actor: Actor, ref: SittingRef, press: RecordPress, placement: string | null): Promise<StoredSitting>;
  /** The latest meetings of a body as its members read them, the newest first. Errors: `directory.notAMember`, `agenda.noAgenda`. */
  latest(actor: Actor, body: BodyId): Promise<Reading[]>;
  /** When the meeting before this one began; null for none. */
  heldBefore(sitting: StoredSitting): Promise<Temporal.Instant | null>;
  /** What the actor is to do, by what the bodies that they belong to have settled at their latest meetings. */
  tasks(actor: Actor): Promise<OpenAction[]>;
  /**
   * The sitting, while its reader fills in a form in the card of `placement`: that message is left alone meanwhile. `allow`
   * throws what keeps them from it.
   */
  openForm(
    actor: Actor,
    ref: SittingRef,
    placement: string | null,
    allow?: (sitting: StoredSitting) => void,
  ): Promise<StoredSitting>;
  /** The sitting, once its reader has left such a form; also when none was open. */
  closeForm(actor: Actor, ref: SittingRef, placement: string | null): Promise<StoredSitting>;
  /** What is kept of a meeting once it is over. */
  minutes: MinutesService;
  /** A card that stands where none should is made a line. */
  retireOrphan(actor: Actor, ref: SittingRef, pressed: PressedOn): Promise<void>;
  /** Something of a meeting of the body has changed, or of what an earlier one has left to do: its agenda knows of it from now on. */
  attend(tenant: TenantId, body: BodyId): Promise<void>;
}

export interface SteeringParts {
  sittings: Aggregates<StoredSitting>;
  /** What a body meets for, by date: what is not over yet. */
  holdingsOf(tenant: TenantId, body: BodyId): Promise<BodyHolding[]>;
  sealer: Sealer;
  directory: Pick<DirectoryService, 'require'>;
  home: Pick<Home<StoredSitting>, 'bringing' | 'retiring' | 'withForm' | 'withoutForm'>;
  courier: Pick<Courier, 'settle'>;
  audit: AuditService;
  trimmer: Pick<Trimmer<StoredSitting>, 'trimmed'>;
  policy: AgendaPolicy & SeasonPolicy;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Clock;
  minutes: MinutesParts['minutes'];
  numberings: MinutesParts['numberings'];
}

/** Agendas among which it is looked for what a season has brought already, and for what is still to be done. */
const latest = 12;

/** Errors: `sitting.carriedOn`, when what it leaves unsettled is not what it left before. */
type Unsettling = (before: StoredSitting, next: StoredSitting) => void;

export function createSteeringService(parts: SteeringParts): SteeringService {
  const { sittings, holdingsOf, sealer, directory, home, courier, audit, trimmer, policy, calendarOf, clock } = parts;

  const keyOf = ({ tenant }: Pick<Actor, 'tenant'>, ref: SittingRef) => sittingKey({ ...ref, tenant });
  const sceneOf = (actor: Actor): Scene => ({
    actor,
    now: clock.now(),
    directory: directory.require(actor.tenant),
    policy,
  });

  function seen(actor: Actor, sitting: StoredSitting | null): StoredSitting {
    const region = directory.require(actor.tenant);
    if (!sitting || !maySee(sitting, readerOf(sitting, actor.person, region))) throw new AppError('agenda.notFound');
    return sitting;
  }

  async function changeSitting(
    actor: Actor,
    ref: SittingRef,
    change: (sitting: StoredSitting) => StoredSitting,
  ): Promise<StoredSitting> {
    const key = keyOf(actor, ref);
    try {
      const next = await sittings.change(key, (sitting) => change(seen(actor, sitting)));
      courier.settle(sittingKind, key);
      return next;
    } catch (error) {
      if (isAppError(error, 'store.missing')) throw new AppError('agenda.notFound');
      throw error;
    }
  }

  function logged(stored: StoredSitting, { sitting, event }: Transition, who: Mark['by']): StoredSitting {
    const { tenant } = stored;
    if (!event) return sitting === stored ? stored : { ...sitting, tenant };
    const entry = { ...event, at: toStored(clock.now()), who };
    const ledger = trimmer.trimmed(sittingKey(stored), sitting.ledger);
    return { ...sitting, tenant, ledger: audit.append(sittingLogPartition(stored), ledger, entry) };
  }

  const change = (actor: Actor, ref: SittingRef, decided: (sitting: StoredSitting) => Transition) =>
    changeSitting(actor, ref, (stored) => logged(stored, decided(stored), actor.person));

  const hiding = createHiding({ sittings, change, sceneOf });
  const { begin, matters } = createBeginning({ ...parts, hiding, logged });

  const opening = (sitting: StoredSitting): Opening => ({
    words: (item) => openedWords(sealer, sitting, item),
    document: (item) => openedDocument(sealer, sitting, item),
    followUps: () => openedFollowUps(sealer, sitting),
    record: ({ id }) => openedRecord(sealer, sitting, id, recordOf(sitting.proceedings ?? { records: {} }, id)),
  });
  /** The latest of the body, the newest first, and those before them that have left something to do which is not done. */
  async function lately(tenant: TenantId, body: BodyId): Promise<StoredSitting[]> {
    const all = await readSittings(sittings, tenant, body, latest);
    const known = new Set(all.map(({ id }) => id));
    // The newest knows of all that was left when it was begun.
    const [newest] = all;
    const left = new Set((newest?.followUps ?? []).map(({ sitting }) => sitting));
    const missing = [...left].filter((id) => !known.has(id)).toSorted((a, b) => Number(b) - Number(a));
    const older = await Promise.all(missing.map((id) => sittings.get(sittingKey({ tenant, body, id }))));
    return [...all, ...older.filter((one) => one !== null)];
  }

  const reading = (sitting: StoredSitting, reader: Reader): Reading => readBy(sitting, reader, opening(sitting));
  const view = async (actor: Actor, ref: SittingRef): Promise<StoredSitting> =>
    seen(actor, await sittings.get(keyOf(actor, ref)));

  /**
   * What a later agenda has begun with is settled there: a meeting that is put right leaves it as it was. Of what was stored
   * before agendas knew what follows them, it is looked for; only what was closed once and is open again can have one.
   * Errors: `store.conflict` (it is just being opened again).
   */
  async function leaving(actor: Actor, ref: SittingRef): Promise<Unsettling> {
    const isUnknown = (one: StoredSitting): boolean => isOpenAgain(one) && one.followedBy === undefined;
    const known = await sittings.lastKnown(keyOf(actor, ref));
    const [newest] = known && isUnknown(known) ? await readSittings(sittings, actor.tenant, ref.body, 1) : [];
    return (before, next) => {
      if (before.followedBy !== undefined) return requireSameLeft(before, next);
      if (!isUnknown(before)) return;
      if (!newest) throw new AppError('store.conflict');
      if (newest.id !== ref.id) requireSameLeft(before, next);
    };
  }

  /**
   * What is confidential at one meeting is so at all. At the others it is hidden first, so that what failed halfway looks as if
   * nothing was done; and once more, for an agenda that was begun meanwhile.
   */
  async function hidingElsewhere(
    actor: Actor,
    ref: SittingRef,
    press: Extract<AgendaPress, { do: 'change' }>,
    act: () => Promise<StoredSitting>,
  ): Promise<StoredSitting> {
    const known = seen(actor, await sittings.get(keyOf(actor, ref)));
    const scene = sceneOf(actor);
    requireAuthor(known, press, scene);
    // What is refused hides nothing.
    const next = logged(known, decide(known, toCommand(sealer, known, press), scene), actor.person);
    (await leaving(actor, ref))(known, next);
    await hiding.hide(actor, known, press.item);
    const done = await act();
    await hiding.hide(actor, done, press.item);
    return done;
  }

  return {
    async agenda(actor, body) {
      const region = directory.require(actor.tenant);
      const known = bodyOf(region, body);
      if (!known) throw new AppError('directory.unknownBody');
      if (!hasAgenda(known)) throw new AppError('agenda.noAgenda');
      const earlier = await lately(actor.tenant, body);
      const reader = readerOf({ body }, actor.person, region);
      if (reader.is === 'other') return earlier.find((one) => maySee(one, reader)) ?? null;
      const [newest = null] = earlier;
      // Of a meeting that was not recorded, who keeps the agenda says that it is past.
      const isUnrecorded = newest?.sent && newest.proceedings === null && reader.is !== 'keeper';
      if (known.closed || (newest && (isUnrecorded || !isFinished(newest, clock.now())))) return newest;
      const { id } = requireMember(body, actor, region);
      try {
        return await begin(actor, id, earlier);
      } catch (error) {
        // The meeting before it is just being put right, so it is the one that is meant.
        if (!newest || !isAppError(error, 'store.conflict')) throw error;
        return sittings.get(sittingKey(newest));
      }
    },

    view,
    lastSeen: async (actor, ref) => seen(actor, await sittings.lastKnown(keyOf(actor, ref))),

    read: (sitting, person) =>
      reading(sitting, person === null ? anybody : readerOf(sitting, person, directory.require(sitting.tenant))),

    look: (actor, ref, id) =>
      changeSitting(actor, ref, (stored) => {
        const item = requireItem(stored, id);
        const reader = readerOf(stored, actor.person, directory.require(actor.tenant));
        if (!showsSecret(stored, item, reader)) return stored;
        const event = { what: 'agenda.read', why: 'agenda', detail: { item: id } };
        return logged(stored, { sitting: stored, event }, actor.person);
      }),

    content: (sitting, id, language) => itemContentIn(sealer, sitting, requireItem(sitting, id), language),

    act(actor, ref, press, placement) {
      const act = async (): Promise<StoredSitting> => {
        const isSent = press.do === 'send';
        const bringing = isSent ? await home.bringing(actor.tenant, ref.body) : null;
        const earlier = isSent ? await lately(actor.tenant, ref.body) : [];
        const allow = await leaving(actor, ref);
        return changeSitting(actor, ref, (stored) => {
          const scene = sceneOf(actor);
          const present = home.withoutForm(stored, placement, actor.person);
          requireAuthor(present, press, scene);
          const next = logged(present, decide(present, toCommand(sealer, present, press), scene), actor.person);
          allow(present, next);
          if (!isSent || next === present) return next;
          const whole = upToDate(sealer, next, earlier);
          return bringing ? bringing(whole) : whole;
        });
      };
      const hides = press.do === 'change' && press.content.confidential;
      return hides ? hidingElsewhere(actor, ref, press, act) : act();
    },

    async record(actor, ref, press, placement) {
      const isOpened = press.do === 'openMeeting';
      const earlier = isOpened ? await lately(actor.tenant, ref.body) : [];
      const allow = await leaving(actor, ref);
      return changeSitting(actor, ref, (stored) => {
        const scene = sceneOf(actor);
        const present = home.withoutForm(stored, placement, actor.person);
        // Nothing is said of how it stands to who may not do it.
        requireRecorder(present, press, scene);
        // What it would settle stands on the next agenda by then.
        if (isOpened && earlier[0] && earlier[0].id !== ref.id) throw new AppError('sitting.nextBegun');
        const next = logged(
          present,
          record(present, toRecordCommand(sealer, present, press, scene), scene),
          actor.person,
        );
        // Pressed twice it changes nothing, whatever stands there by now.
        if (next === present) return next;
        requireAsSeen(sealer, present, press);
        allow(present, next);
        return isOpened ? upToDate(sealer, next, earlier) : next;
      });
    },

    async latest(actor, body) {
      const region = directory.require(actor.tenant);
      requireMember(body, actor, region);
      const all = await lately(actor.tenant, body);
      return all.map((sitting) => reading(sitting, readerOf(sitting, actor.person, region)));
    },

    async heldBefore({ tenant, body, id }) {
      const all = await readSittings(sittings, tenant, body, latest);
      const before = all.find((one) => Number(one.id) < Number(id) && one.holding && one.proceedings);
      return before?.holding ? Temporal.Instant.from(before.holding.begins) : null;
    },

    async tasks(actor) {
      const region = directory.require(actor.tenant);
      const bodies = actor.memberships.map(({ body }) => bodyOf(region, body)).filter((body) => body !== null);
      const all = await Promise.all(bodies.filter(hasAgenda).map(({ id }) => lately(actor.tenant, id)));
      return all.flat().flatMap((sitting) => {
        // Most have nothing for anybody, and need not be opened.
        if (!isOwner(sitting, actor.person)) return [];
        const { items } = reading(sitting, readerOf(sitting, actor.person, region));
        return items.flatMap((item) =>
          (item.record?.actions ?? [])
            .filter((action) => heldBy(action).owner === actor.person && !action.done)
            .map((action) => ({ sitting, item, action })),
        );
      });
    },

    openForm: (actor, ref, placement, allow) =>
      changeSitting(actor, ref, (sitting) => {
        allow?.(sitting);
        return home.withForm(sitting, placement, actor.person);
      }),

    closeForm: (actor, ref, placement) =>
      changeSitting(actor, ref, (sitting) => home.withoutForm(sitting, placement, actor.person)),

    minutes: createMinutesService({
      ...parts,
      view,
      change,
      opening,
    }),

    async retireOrphan(actor, ref, pressed) {
      await changeSitting(actor, ref, home.retiring(pressed));
    },

    async attend(tenant, body) {
      const earlier = await lately(tenant, body);
      const [newest] = earlier;
      if (!newest || isFinished(newest, clock.now())) return;
      const holdings = notHeldIn(earlier, await holdingsOf(tenant, body));
      const region = directory.require(tenant);
      const key = sittingKey(newest);
      await sittings.change(key, (stored) => {
        // What was left to do when the meeting was opened is what its minutes say.
        const known = stored.proceedings ? stored : upToDate(sealer, stored, earlier);
        const redrawn = known === stored ? stored : { ...known, delivery: redrawAll(known.delivery, clock.now()) };
        const next = attached(redrawn, holdings, clock.now());
        if (next === stored) return stored;
        const now = clock.now();
        const timing = { directory: region, calendar: calendarOf(region), policy };
        const whole = { ...broughtTo(handedOut(next, region, now), now, timing), tenant };
        const items = next.sent ? next.items : matters(region, whole, earlier.slice(1));
        return logged(stored, nothing({ ...whole, items }), 'ankarbot');
      });
      courier.settle(sittingKind, key);
    },
  };
}
