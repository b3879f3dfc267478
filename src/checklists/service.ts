import type { AuditService } from '../audit/service.ts';
import type { Trimmer } from '../audit/trimmer.ts';
import type { Courier } from '../delivery/courier.ts';
import type { Home, PressedOn } from '../delivery/home.ts';
import { liveIn } from '../delivery/model.ts';
import { type Body, type BodyKind, bodyOf, bodyOfChat, type Directory } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { Format } from '../documents/model.ts';
import { type Actor, leads, membershipIn } from '../shared/actor.ts';
import { type Clock, dateIn, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Localised } from '../shared/language.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { Sealer } from '../storage/envelope.ts';
import { createBeginning } from './beginning.ts';
import { decide } from './decide.ts';
import { requireId } from './editing.ts';
import { createInductions } from './inductions.ts';
import { freedOfLeavers, sceneOf } from './leaver.ts';
import type { BodyFigures, ListFigures } from './listing.ts';
import type { ListScope, Template, Writings } from './model.ts';
import type { Listed } from './reminders.ts';
import { requireRoom } from './size.ts';
import { itemsOf, mayWork, progressOf, requireItem, tasksOf, templateOf } from './standing.ts';
import {
  checklistKey,
  checklistLogPartition,
  type ListBell,
  type ListRef,
  type Roster,
  readLists,
  type StoredChecklist,
} from './stored.ts';
import { requireLeader, type Transition } from './transition.ts';
import { type ChecklistPress, opened, toCommand } from './writings.ts';

export interface ChecklistService {
  /** The lists that ship and fit a body of this kind, inductions aside. */
  offered(kind: BodyKind): readonly Template[];
  /** Begins a list that ships; one that was begun already is answered as it stands. Errors: `directory.notAMember`, `checklist.noTemplate`. */
  start(actor: Actor, body: BodyId, template: string): Promise<StoredChecklist>;
  /**
   * Begins a list of the body's own, from a file or from the chat. The very same list again is answered as it stands.
   * Errors: `directory.leadersOnly`, `checklist.wrongBody` (`line`, `kind`), `checklist.idTaken` (`line`),
   * `checklist.alreadyMade` (from the chat), `badInput` (its id).
   */
  startOwn(actor: Actor, body: BodyId, template: Template): Promise<StoredChecklist>;
  /**
   * Begins another list with the same texts, under a title and an id of its own, in this body or in another that the actor
   * leads. Errors: `directory.leadersOnly`, `checklist.notFound`, `checklist.alreadyMade`, `badInput` (its id).
   */
  copy(actor: Actor, from: ListRef, to: { body: BodyId; id: string; title: Localised }): Promise<StoredChecklist>;
  /**
   * `placement` is the one whose card was pressed, or null; a form that was open there is done with.
   * Errors: `checklist.notFound`, `checklist.tooLarge`, and those of `decide`.
   */
  act(actor: Actor, ref: ListRef, press: ChecklistPress, placement: string | null): Promise<StoredChecklist>;
  /** Errors: `directory.notAMember`, `checklist.notFound`. */
  view(actor: Actor, ref: ListRef): Promise<StoredChecklist>;
  /** As it was last seen here, which after a refusal is as it stands. To show it, and to decide nothing by it. */
  lastSeen(actor: Actor, ref: ListRef): Promise<StoredChecklist>;
  /**
   * The list whose live card in its body's chat is the pressed message: everybody there sees that card, of the body or not.
   * Null for any other message, whether there is such a list or not.
   */
  viewShared(actor: Actor, ref: ListRef, pressed: Omit<PressedOn, 'placement'>): Promise<StoredChecklist | null>;
  /**
   * What was written of an item; the look is in the log before this resolves. It is read in the form of the note, so the
   * card of `placement` is left in peace. Errors: also `checklist.noItem`.
   */
  read(
    actor: Actor,
    ref: ListRef,
    item: string,
    placement: string | null,
  ): Promise<{ list: StoredChecklist; writings: Writings }>;
  /** The list for a file of that format; the look is in the log before this resolves. */
  exported(actor: Actor, ref: ListRef, format: Format): Promise<StoredChecklist>;
  /** The lists of a body that the actor may see, closed ones last. Errors: `directory.notAMember`. */
  lists(actor: Actor, body: BodyId): Promise<ListFigures[]>;
  /** Everything that waits for the actor in the lists of all their bodies. */
  tasks(actor: Actor): Promise<Listed[]>;
  /**
   * For leaders: the figures of all lists in use in the region; of inductions only those of the bodies that they lead.
   * Errors: `directory.leadersOnly`.
   */
  overview(actor: Actor): Promise<BodyFigures[]>;
  /** How much is open and overdue in the lists in use of all bodies of the region; inductions are nobody else's. */
  openIn(tenant: TenantId): Promise<{ open: number; overdue: number }>;
  /** Brings the card to the bottom of the body's chat. Errors: `checklist.private` (an induction), `checklist.noChat`. */
  bring(actor: Actor, ref: ListRef): Promise<StoredChecklist>;
  /**
   * The list, while its reader fills in a form in the card of `placement`: that message is left alone meanwhile. `allow`
   * throws what keeps them from it.
   */
  openForm(
    actor: Actor,
    ref: ListRef,
    placement: string | null,
    allow?: (list: StoredChecklist) => void,
  ): Promise<StoredChecklist>;
  /** The list, once its reader has left such a form; also when none was open. */
  closeForm(actor: Actor, ref: ListRef, placement: string | null): Promise<StoredChecklist>;
  /** A card that stands where none should is made a line. */
  retireOrphan(actor: Actor, ref: ListRef, pressed: PressedOn): Promise<void>;
  /**
   * Takes note of who belongs to the body: whoever is new gets the induction, whoever left has nothing any more. Called at
   * the start, when it notes all who are there already, and whenever somebody was added or removed.
   */
  attend(tenant: TenantId, body: BodyId): Promise<void>;
}

export interface ChecklistParts {
  lists: Aggregates<StoredChecklist>;
  bells: Aggregates<ListBell>;
  rosters: Aggregates<Roster>;
  /** Those that ship. */
  templates: () => readonly Template[];
  sealer: Sealer;
  directory: Pick<DirectoryService, 'require'>;
  home: Pick<Home<StoredChecklist>, 'bringing' | 'placing' | 'retiring' | 'withForm' | 'withoutForm'>;
  courier: Pick<Courier, 'settle'>;
  audit: AuditService;
  trimmer: Pick<Trimmer<StoredChecklist>, 'trimmed'>;
  clock: Clock;
}

function fits(scope: ListScope, kind: BodyKind): boolean {
  return scope === 'region' || scope === kind;
}

export function createChecklistService(parts: ChecklistParts): ChecklistService {
  const { lists, templates, sealer, directory, home, courier, audit, trimmer, clock } = parts;

  const begun = createBeginning(parts);

  const keyOf = (actor: Actor, ref: ListRef) => checklistKey({ ...ref, tenant: actor.tenant });

  function requireMember(actor: Actor, body: BodyId): Body {
    const known = bodyOf(directory.require(actor.tenant), body);
    if (!known || !membershipIn(actor, body)) throw new AppError('directory.notAMember');
    return known;
  }

  function seen(actor: Actor, list: StoredChecklist | null): StoredChecklist {
    if (!list || !mayWork(list, actor)) throw new AppError('checklist.notFound');
    return list;
  }

  const today = (region: Directory): Temporal.PlainDate => dateIn(region.policy.timeZone, clock.now());

  async function changeList(
    actor: Actor,
    ref: ListRef,
    change: (list: StoredChecklist) => StoredChecklist,
  ): Promise<StoredChecklist> {
    requireMember(actor, ref.body);
    const key = keyOf(actor, ref);
    try {
      const next = await lists.change(key, (list) => change(seen(actor, list)));
      courier.settle('checklist', key);
      return next;
    } catch (error) {
      if (isAppError(error, 'store.missing')) throw new AppError('checklist.notFound');
      throw error;
    }
  }

  function logged(stored: StoredChecklist, { list, event }: Transition, who: PersonId): StoredChecklist {
    const { tenant } = stored;
    if (!event) return stored;
    const entry = { ...event, at: toStored(clock.now()), who };
    const ledger = trimmer.trimmed(checklistKey(stored), list.ledger);
    return { ...list, tenant, ledger: audit.append(checklistLogPartition(stored), ledger, entry) };
  }

  const freed = (actor: Actor, stored: StoredChecklist): StoredChecklist =>
    freedOfLeavers(stored, directory.require(actor.tenant), audit, clock.now());

  function step(actor: Actor, stored: StoredChecklist, press: ChecklistPress): StoredChecklist {
    const present = freed(actor, stored);
    const scene = { ...sceneOf(present, directory.require(actor.tenant), clock.now()), actor };
    const next = decide(present, toCommand(sealer, present, press), scene);
    if (next.event) requireRoom(press.do, present, next.list);
    return logged(present, next, actor.person);
  }

  async function beginOwn(actor: Actor, body: BodyId, template: Omit<Template, 'for'>): Promise<StoredChecklist> {
    requireId(template.id);
    const place = { body, id: `own-${template.id}`, person: null };
    const list = await begun.begin(directory.require(actor.tenant), place, template, actor.person);
    const theirs = templateOf(list);
    if (JSON.stringify([theirs.title, theirs.blocks]) !== JSON.stringify([template.title, template.blocks])) {
      if (template.lines) throw new AppError('checklist.idTaken', { line: template.lines.id });
      // The ids of lists from the chat are made up, one for each form.
      throw new AppError('checklist.alreadyMade');
    }
    return list;
  }

  async function figuresOf(
    actor: Actor,
    body: BodyId,
    shown: (list: StoredChecklist) => boolean,
  ): Promise<ListFigures[]> {
    const date = today(directory.require(actor.tenant));
    const found = (await readLists(lists, actor.tenant, body)).filter(shown);
    return found
      .map((list) => ({
        body,
        id: list.id,
        title: list.title,
        person: list.person,
        closed: list.closed !== null,
        progress: progressOf(itemsOf(list), date),
      }))
      .sort((a, b) => Number(a.closed) - Number(b.closed));
  }

  return {
    offered: (kind) => templates().filter((template) => fits(template.for, kind)),

    async start(actor, body, id) {
      const { kind } = requireMember(actor, body);
      const template = templates().find((candidate) => candidate.id === id && fits(candidate.for, kind));
      if (!template) throw new AppError('checklist.noTemplate');
      return begun.begin(directory.require(actor.tenant), { body, id, person: null }, template, actor.person);
    },

    async startOwn(actor, body, template) {
      const { kind } = requireMember(actor, body);
      requireLeader({ body }, actor);
      if (!fits(template.for, kind))
        throw new AppError('checklist.wrongBody', { line: template.lines?.for ?? 1, kind });
      return beginOwn(actor, body, template);
    },

    async copy(actor, from, to) {
      requireMember(actor, to.body);
      requireLeader(to, actor);
      const { blocks } = templateOf(seen(actor, await lists.get(keyOf(actor, from))));
      return beginOwn(actor, to.body, { id: to.id, title: to.title, blocks });
    },

    async act(actor, ref, press, placement) {
      // A closed list stayed where it stood; one that is in use again belongs into its body's chat of today.
      const placed = press.do === 'reopen' ? await home.placing(actor.tenant, ref.body) : null;
      return changeList(actor, ref, (list) => {
        const next = step(actor, home.withoutForm(list, placement, actor.person), press);
        return placed && next.delivery.placements.length > 0 ? placed(next) : next;
      });
    },

    async view(actor, ref) {
      requireMember(actor, ref.body);
      return seen(actor, await lists.get(keyOf(actor, ref)));
    },

    async lastSeen(actor, ref) {
      requireMember(actor, ref.body);
      return seen(actor, await lists.lastKnown(keyOf(actor, ref)));
    },

    async viewShared(actor, ref, { conversation, activityId }) {
      if (bodyOfChat(directory.require(actor.tenant), conversation)?.id !== ref.body) return null;
      const list = await lists.get(keyOf(actor, ref));
      return list && liveIn(list.delivery, conversation)?.activityId === activityId ? list : null;
    },

    async read(actor, ref, item, placement) {
      const list = await changeList(actor, ref, (stored) => {
        requireItem(stored, item);
        const event = { what: 'checklist.read', why: 'checklist', detail: { item } };
        const held = home.withForm(stored, placement, actor.person);
        return logged(held, { list: held, event }, actor.person);
      });
      return { list, writings: opened(sealer, list, requireItem(list, item)) };
    },

    exported: (actor, ref, format) =>
      changeList(actor, ref, (list) =>
        logged(list, { list, event: { what: 'checklist.export', why: 'checklist', detail: { format } } }, actor.person),
      ),

    async lists(actor, body) {
      requireMember(actor, body);
      return figuresOf(actor, body, (list) => mayWork(list, actor));
    },

    async tasks(actor) {
      const found = await Promise.all(
        actor.memberships.map(async ({ body }) => {
          const all = await readLists(lists, actor.tenant, body);
          return all.flatMap((list) => tasksOf(list, actor.person, leads(actor, body)).map((item) => ({ list, item })));
        }),
      );
      return found.flat();
    },

    async overview(actor) {
      const { bodies } = directory.require(actor.tenant);
      if (!bodies.some(({ id }) => leads(actor, id))) throw new AppError('directory.leadersOnly');
      return Promise.all(
        bodies.map(async (body) => {
          const isShown = ({ closed, person }: StoredChecklist): boolean =>
            closed === null && (person === null || leads(actor, body.id));
          return { body, lists: await figuresOf(actor, body.id, isShown) };
        }),
      );
    },

    async openIn(tenant) {
      const region = directory.require(tenant);
      const all = await Promise.all(region.bodies.map(({ id }) => readLists(lists, tenant, id)));
      const inUse = all.flat().filter(({ closed, person }) => closed === null && person === null);
      const counted = inUse.map((list) => progressOf(itemsOf(list), today(region)));
      return {
        open: counted.reduce((sum, { open, waiting }) => sum + open + waiting, 0),
        overdue: counted.reduce((sum, { overdue }) => sum + overdue, 0),
      };
    },

    async bring(actor, ref) {
      const bringing = await home.bringing(actor.tenant, ref.body);
      if (!bringing) throw new AppError('checklist.noChat');
      return changeList(actor, ref, (list) => {
        if (list.person !== null) throw new AppError('checklist.private');
        return bringing(list);
      });
    },

    openForm: (actor, ref, placement, allow) =>
      changeList(actor, ref, (stored) => {
        // Otherwise a form would show as owners whom the press that sends it in finds gone.
        const list = freed(actor, stored);
        allow?.(list);
        return home.withForm(list, placement, actor.person);
      }),

    closeForm: (actor, ref, placement) =>
      changeList(actor, ref, (list) => home.withoutForm(list, placement, actor.person)),

    async retireOrphan(actor, ref, pressed) {
      await changeList(actor, ref, home.retiring(pressed));
    },

    attend: createInductions(parts, begun).attend,
  };
}
