import type { Courier } from '../delivery/courier.ts';
import type { Home, PressedOn } from '../delivery/home.ts';
import { type Body, bodyOf, type Directory, isMember, leadersOf, teamByCode } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { PaperFormat } from '../documents/model.ts';
import type { LoggedLetter } from '../referrals/model.ts';
import { type Actor, membershipIn } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import { type BodyId, type CaseReference, type PersonId, parseReference } from '../shared/ids.ts';
import { createQueues } from '../shared/queues.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import { type ComingService, createComingService } from './coming-service.ts';
import { type Draft, isProposalOf, newMeeting } from './created.ts';
import { decide } from './decide.ts';
import { type Doubt, doubtsOfChange, unweighed, type Weighed } from './doubts.ts';
import { handedOut } from './letters.ts';
import { conflictsWith, slotsAhead } from './listing.ts';
import { limits, type MeetingCommand, type Occurrence } from './model.ts';
import { mayManage, mayPropose, maySee } from './rights.ts';
import { scheduleOf } from './standing.ts';
import { meetingKey, readAhead, readCancelled, type StoredMeeting } from './stored.ts';
import { requireInvitation, type Scene } from './transition.ts';

export interface MeetingService extends ComingService {
  /**
   * Sends what was filled in, or, from a member, asks the leaders to. With the same `id` again, what is there already
   * stays. Errors: `directory.notAMember`, `directory.leadersOnly`, `meeting.noCase` (of another team, or none),
   * `meeting.named` (somebody outside the team of the case), `meeting.namesClient`, `meeting.tooManyProposals` (`limit`).
   */
  plan(actor: Actor, draft: Draft, id: string): Promise<StoredMeeting>;
  /** `placement` is the one whose card was pressed, or null. Errors: `meeting.notFound`, and those of `decide`. */
  act(actor: Actor, id: string, command: MeetingCommand, placement: string | null): Promise<StoredMeeting>;
  /** Errors: `meeting.notFound`. */
  view(actor: Actor, id: string): Promise<StoredMeeting>;
  /** As it was last seen here, which after a refusal is as it stands. To show it, and to decide nothing by it. */
  lastSeen(actor: Actor, id: string): Promise<StoredMeeting>;
  /** What a command would make speak against a meeting that did not before; nothing is changed. Errors: as of `act`. */
  doubts(actor: Actor, id: string, command: MeetingCommand): Promise<Doubt[]>;
  /**
   * The meeting, while its reader fills in a form in the card of `placement`: that message is left alone meanwhile. `allow`
   * throws what keeps them from it as the meeting stands.
   */
  openForm(
    actor: Actor,
    id: string,
    placement: string | null,
    allow?: (meeting: StoredMeeting, scene: Scene) => void,
  ): Promise<StoredMeeting>;
  /** The meeting, once its reader has left such a form; also when none was open. */
  closeForm(actor: Actor, id: string, placement: string | null): Promise<StoredMeeting>;
  /**
   * The invitation on paper that goes out to the young person and their guardians: that it does is in the log of the case
   * before this resolves. Errors: `meeting.notFound` (also of a meeting that is about no case), and those of
   * `requireInvitation`.
   */
  letter(actor: Actor, id: string, of: { on: string; format: PaperFormat }): Promise<Invitation>;
  /**
   * Whether the text may stand beside the case where others read it: it does not name its young person. Of a case that the
   * actor's team does not have nobody can tell, so nothing may, not even the empty text.
   */
  maySay(actor: Actor, reference: CaseReference, text: string): Promise<boolean>;
  /** A card that stands where none should is made a line. */
  retireOrphan(actor: Actor, id: string, pressed: PressedOn): Promise<void>;
}

export interface Invitation {
  meeting: StoredMeeting;
  occurrence: Occurrence;
}

export interface MeetingServiceParts {
  meetings: Aggregates<StoredMeeting>;
  directory: Pick<DirectoryService, 'require'>;
  home: Pick<Home<StoredMeeting>, 'retiring' | 'withForm' | 'withoutForm'>;
  courier: Pick<Courier, 'settle'>;
  /** Whether this team has this case, accepted or open. */
  hasCase(actor: Actor, reference: CaseReference, body: Body): Promise<boolean>;
  /** Writes in the log of the case that the invitation goes out. */
  handOut(actor: Actor, reference: CaseReference, letter: LoggedLetter): Promise<void>;
  /** Whether the text names the young person of the case. */
  namesClient(actor: Actor, reference: CaseReference, text: string): Promise<boolean>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Clock;
}

export function createMeetingService(parts: MeetingServiceParts): MeetingService {
  const { meetings, directory, home, courier, clock, calendarOf } = parts;
  const inTurn = createQueues();

  function seen(actor: Actor, meeting: StoredMeeting | null): StoredMeeting {
    if (!meeting || !maySee(meeting, actor)) throw new AppError('meeting.notFound');
    return meeting;
  }

  function sceneOf(actor: Actor): Scene {
    const region = directory.require(actor.tenant);
    return { actor, now: clock.now(), directory: region, calendar: calendarOf(region) };
  }

  async function change(
    actor: Actor,
    id: string,
    decided: (meeting: StoredMeeting) => StoredMeeting,
  ): Promise<StoredMeeting> {
    const key = meetingKey({ tenant: actor.tenant, id });
    try {
      const next = await meetings.change(key, (meeting) => decided(seen(actor, meeting)));
      courier.settle('meeting', key);
      return next;
    } catch (error) {
      if (isAppError(error, 'store.missing')) throw new AppError('meeting.notFound');
      throw error;
    }
  }

  /** Errors: as of `plan`. */
  async function requirePlannable(actor: Actor, draft: Draft): Promise<Body> {
    const region = directory.require(actor.tenant);
    const body = bodyOf(region, draft.body);
    if (!body || !membershipIn(actor, draft.body)) throw new AppError('directory.notAMember');
    if (!mayPropose(body, actor)) throw new AppError('directory.leadersOnly');
    if (draft.subject === null) return body;
    requireOwn(actor, body.id, draft.invited.named);
    if (!(await parts.hasCase(actor, draft.subject, body)))
      throw new AppError('meeting.noCase', { reference: draft.subject });
    await requireNameless(actor, draft.subject, draft.title, draft.place.where);
    return body;
  }

  /** A case is its team's alone. Errors: `meeting.named`. */
  function requireOwn({ tenant }: Actor, team: BodyId, named: readonly PersonId[]): void {
    const region = directory.require(tenant);
    if (!named.every((person) => isMember(region, team, person))) throw new AppError('meeting.named');
  }

  /** What leaves the chat carries the case's reference and never the person. Errors: `meeting.namesClient`. */
  async function requireNameless(actor: Actor, subject: CaseReference, ...texts: readonly string[]): Promise<void> {
    const text = texts.filter(Boolean).join('\n');
    if (text && (await parts.namesClient(actor, subject, text))) throw new AppError('meeting.namesClient');
  }

  /** Nobody fills the leaders' personal chats. Errors: `meeting.tooManyProposals` (`limit`). */
  async function requireRoom({ tenant, person }: Actor, { id, body }: StoredMeeting): Promise<void> {
    const now = clock.now();
    const all = await Promise.all([readAhead(meetings, tenant), readCancelled(meetings, tenant)]);
    const sent = all.flat().filter((one) => one.id !== id && isProposalOf(one, { by: person, to: body }, now));
    if (sent.length >= limits.mostProposals)
      throw new AppError('meeting.tooManyProposals', { limit: limits.mostProposals });
  }

  /** What is there already stays. */
  async function created(actor: Actor, meeting: StoredMeeting): Promise<StoredMeeting> {
    const key = meetingKey(meeting);
    try {
      await meetings.create(key, meeting);
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return seen(actor, await meetings.get(key));
    }
    courier.settle('meeting', key);
    return meeting;
  }

  return {
    ...createComingService(parts),

    async plan(actor, draft, id) {
      const body = await requirePlannable(actor, draft);
      const region = directory.require(actor.tenant);
      const { tenant } = actor;
      const by = {
        id,
        zone: region.policy.timeZone,
        by: actor.person,
        mayPlan: mayManage({ body: body.id, organiser: actor.person, subject: draft.subject }, actor),
        leaders: leadersOf(region, body.id),
      };
      const meeting: StoredMeeting = { ...newMeeting(draft, by, clock.now()), tenant };
      if (by.mayPlan) return created(actor, meeting);
      // One after the other, so that many at once are counted too.
      return inTurn(`${tenant} ${body.id} ${actor.person}`, async () => {
        await requireRoom(actor, meeting);
        return created(actor, meeting);
      });
    },

    async act(actor, id, command, placement) {
      if (command.do === 'change') {
        // What it is about never changes.
        const { subject, body } = seen(actor, await meetings.lastKnown(meetingKey({ tenant: actor.tenant, id })));
        const { title = '', place, invited } = command.changes;
        if (subject !== null) {
          requireOwn(actor, body, invited?.named ?? []);
          await requireNameless(actor, subject, title, place?.where ?? '');
        }
      }
      return change(actor, id, (stored) => {
        const present = home.withoutForm(stored, placement, actor.person);
        const next = decide(present, command, sceneOf(actor));
        return next === present ? present : { ...next, tenant: stored.tenant };
      });
    },

    view: async (actor, id) => seen(actor, await meetings.get(meetingKey({ tenant: actor.tenant, id }))),
    lastSeen: async (actor, id) => seen(actor, await meetings.lastKnown(meetingKey({ tenant: actor.tenant, id }))),

    async doubts(actor, id, command) {
      const stored = seen(actor, await meetings.lastKnown(meetingKey({ tenant: actor.tenant, id })));
      const scene = sceneOf(actor);
      const decided = decide(stored, command, scene);
      if (decided === stored) return [];
      const next = { ...stored, ...decided };
      const others = (await readAhead(meetings, actor.tenant)).filter((other) => other.id !== id);
      const weighed = (meeting: StoredMeeting): Weighed => {
        const slots = slotsAhead(meeting, scene);
        return { slots, conflicts: conflictsWith({ ...meeting, slots }, others, scene) };
      };
      const isNew = command.do === 'confirm' || command.do === 'pick';
      const isWhole = isNew || (command.do === 'change' && command.on === null);
      const of = next.stage.is === 'poll' ? 'poll' : isWhole ? (scheduleOf(next)?.repeat ?? null) : null;
      // Who proposed a time has weighed it, and not who says yes to it now.
      return doubtsOfChange(isNew ? unweighed : weighed(stored), weighed(next), of, {
        calendar: calendarOf(scene.directory),
        maySee: (other) => maySee(other, actor),
      });
    },

    openForm: (actor, id, placement, allow) =>
      change(actor, id, (meeting) => {
        allow?.(meeting, sceneOf(actor));
        return home.withForm(meeting, placement, actor.person);
      }),

    closeForm: (actor, id, placement) =>
      change(actor, id, (meeting) => home.withoutForm(meeting, placement, actor.person)),

    async letter(actor, id, { on, format }) {
      const meeting = seen(actor, await meetings.get(meetingKey({ tenant: actor.tenant, id })));
      const { subject, occurrence } = requireInvitation(meeting, on, sceneOf(actor));
      await parts.handOut(actor, subject, { meeting: id, on, format, language: actor.language });
      // It says what is so now: whoever has it hears of what comes in between, too.
      await change(actor, id, (stored) => handedOut(stored, occurrence, actor.person, { now: clock.now() }));
      return { meeting, occurrence };
    },

    async maySay(actor, reference, text) {
      const team = teamByCode(directory.require(actor.tenant), parseReference(reference)?.code ?? '');
      if (!team || !(await parts.hasCase(actor, reference, team))) return false;
      return text === '' || !(await parts.namesClient(actor, reference, text));
    },

    async retireOrphan(actor, id, pressed) {
      await change(actor, id, home.retiring(pressed));
    },
  };
}
