import type { Directory } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import type { Actor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import type { BodyId, TenantId } from '../shared/ids.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import { maySeeCadence } from './cadence/cadence.ts';
import type { Draft } from './created.ts';
import { isForBody } from './invited.ts';
import {
  type ComingMeeting,
  type Conflict,
  conflictsWith,
  holdingsOf,
  type Listing,
  listMeetings,
  slotsOf,
} from './listing.ts';
import type { BodyHolding } from './model.ts';
import { maySee } from './rights.ts';
import { readAhead, readCancelled, type StoredMeeting } from './stored.ts';

/** What comes in a region, as far as somebody may see it. */
export interface ComingService {
  /** All that is ahead, and what was to come and was cancelled lately: a calendar that has it shows that it is off. */
  forCalendar(actor: Actor): Promise<StoredMeeting[]>;
  /**
   * What comes, by date: the actor's own, a body's, or all of the region that the actor may see; of what they may not, but for
   * when it is, they are told that.
   */
  list(actor: Actor, of: Listing): Promise<ComingMeeting[]>;
  /** What a body meets for, of its meetings to which all its members are asked, by date: what is not over yet. */
  ofBody(tenant: TenantId, body: BodyId): Promise<BodyHolding[]>;
  /** Meetings of the invited at the same time, those of the draft's own series left out. */
  conflicts(actor: Actor, draft: Draft, except: string | null): Promise<Conflict[]>;
}

export function createComingService({
  meetings,
  directory,
  calendarOf,
  clock,
}: {
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>;
  directory: Pick<DirectoryService, 'require'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Pick<Clock, 'now'>;
}): ComingService {
  function sceneIn({ tenant }: Actor) {
    const region = directory.require(tenant);
    return { now: clock.now(), directory: region, calendar: calendarOf(region) };
  }

  /** As the rhythm of its body tells it. A case is its team's alone, and a proposal is for its leaders. */
  const mayKnowWhen = ({ body, subject, stage }: StoredMeeting, actor: Actor, region: Directory): boolean =>
    subject === null && stage.is !== 'proposed' && maySeeCadence(body, actor, region);

  return {
    async forCalendar(actor) {
      const [ahead, off] = await Promise.all([
        readAhead(meetings, actor.tenant),
        readCancelled(meetings, actor.tenant),
      ]);
      return [...ahead, ...off].filter((meeting) => maySee(meeting, actor));
    },

    async list(actor, of) {
      const scene = sceneIn(actor);
      const all = await readAhead(meetings, actor.tenant);
      const known = all.filter(
        (meeting) => maySee(meeting, actor) || (of.whose === 'region' && mayKnowWhen(meeting, actor, scene.directory)),
      );
      const coming = listMeetings(known, of, actor.person, scene);
      return coming.map((one) => ({ ...one, isDateAlone: !maySee(one.meeting, actor) }));
    },

    async ofBody(tenant, body) {
      const region = directory.require(tenant);
      const scene = { now: clock.now(), directory: region, calendar: calendarOf(region) };
      const ahead = (await readAhead(meetings, tenant)).filter((one) => one.body === body && isForBody(one));
      const all = ahead.flatMap((meeting) => holdingsOf(meeting, scene));
      return all.toSorted((a, b) => (a.begins < b.begins ? -1 : 1));
    },

    async conflicts(actor, draft, except) {
      const scene = sceneIn(actor);
      const all = (await readAhead(meetings, actor.tenant)).filter(({ id }) => id !== except);
      const zone = scene.directory.policy.timeZone;
      return conflictsWith({ ...draft, slots: slotsOf(draft, scene.calendar), zone }, all, scene);
    },
  };
}
