import type { Bell } from '../delivery/bell.ts';
import type { Homed } from '../delivery/home.ts';
import { type Delivery, isAway, leftBy } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import { type BodyId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store } from '../storage/port.ts';
import type { SeenCadences } from './cadence/cadence-asking.ts';
import type { Meeting } from './model.ts';
import { mayRead } from './rights.ts';

/** How meetings lie in the store: those of a region together, because people of several bodies meet. */

export interface StoredMeeting extends Meeting {
  tenant: TenantId;
}

type Held = (delivery: Delivery) => Delivery;

export function meetingKey({ tenant, id }: Pick<StoredMeeting, 'tenant' | 'id'>): DocumentKey {
  return { partition: meetingsPartition(tenant), id: `meeting:${id}` };
}

function meetingsPartition(tenant: TenantId): string {
  return partitionOf(tenant, 'meetings');
}

/** `held` is what every write does to the delivery, see `holding`. */
export function meetingAggregates(store: Store, held: Held = (delivery) => delivery): Aggregates<StoredMeeting> {
  return createAggregates<StoredMeeting>(
    store,
    (meeting) => ({
      kind: 'meeting',
      status: statusOf(meeting),
      owner: meeting.body,
      at: atOf(meeting),
      wakeAt: meeting.delivery.wakeAt,
    }),
    (meeting) => ({ ...meeting, delivery: held(meeting.delivery) }),
  );
}

/**
 * `held`: over, and it counts for the rhythm of its body; `away`: over, and something of it waits in a chat that is closed to
 * the bot.
 */
function statusOf({ over, delivery, stage, kind }: Meeting): 'ahead' | 'held' | 'over' | 'away' {
  if (!over) return 'ahead';
  if (isAway(delivery)) return 'away';
  return stage.is === 'planned' && kind !== 'case' ? 'held' : 'over';
}

/**
 * What was held is sorted by when it was last looked at: a week after its last holding, or later by what was recorded of it
 * late. So it is never taken for older than it is. All else is sorted by its last news.
 */
const atOf = ({ over, stage, lookedAt, news }: Meeting): string =>
  over && stage.is === 'planned' ? lookedAt : news.at;

/** What is ahead in a region, or only what is a body's. */
function meetingsAhead(tenant: TenantId): Pick<Query, 'partition' | 'kind' | 'where'> {
  return { partition: meetingsPartition(tenant), kind: 'meeting', where: { status: 'ahead' } };
}

export function homedMeetings(aggregates: Aggregates<StoredMeeting>): Homed<StoredMeeting> {
  return {
    kind: 'meeting',
    aggregates,
    tenantOf: ({ tenant }) => tenant,
    bodyOf: ({ body }) => body,
    // Its news brings it into the chat: whoever else did so would put it there twice.
    isOpen: ({ over, stage, news }) => !over && stage.is !== 'proposed' && news.spread,
    listOf: (tenant: TenantId, body: BodyId, which) => ({
      partition: meetingsPartition(tenant),
      kind: 'meeting',
      where: { owner: body, ...(which !== 'all' && { status: which === 'open' ? 'ahead' : 'away' }) },
    }),
    delivery: ({ delivery }) => delivery,
    withDelivery: (meeting, delivery) => ({ ...meeting, delivery }),
  };
}

/** What watches over the rhythms of a region. */
export interface CadenceBell extends Bell {
  /** By their names, see `cadenceName`. */
  seen: SeenCadences;
}

export const cadenceBellKind = 'cadenceBell';

export function cadenceBellKey({ tenant }: Pick<CadenceBell, 'tenant'>): DocumentKey {
  return { partition: meetingsPartition(tenant), id: 'cadences' };
}

/** Who has left the body keeps no card of the meeting; the very same object when nobody has. */
export function withoutLeavers(meeting: StoredMeeting, directory: Directory): StoredMeeting {
  const delivery = leftBy(meeting.delivery, (person) => !mayRead(meeting, person, directory));
  return delivery === meeting.delivery ? meeting : { ...meeting, delivery };
}

/** Everything that is ahead in a region, all bodies' and all people's; there are few. */
export async function readAhead(
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>,
  tenant: TenantId,
): Promise<StoredMeeting[]> {
  return readAll(meetings, meetingsAhead(tenant));
}

/** Of what counts for the rhythms of a region all that was over since that moment, the newest first. */
export async function readHeld(
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>,
  tenant: TenantId,
  since: Temporal.Instant,
): Promise<StoredMeeting[]> {
  const of = (status: string) =>
    readAll(meetings, { ...meetingsAhead(tenant), where: { status }, order: 'desc' }, toStored(since));
  return (await Promise.all([of('held'), of('away')])).flat();
}

/** Page by page, as far as `until`, an ISO 8601 instant; by default to the end. */
async function readAll(
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>,
  query: Omit<Query, 'limit'>,
  until = '',
): Promise<StoredMeeting[]> {
  const found: StoredMeeting[] = [];
  let continuation: string | undefined;
  do {
    const from = continuation && { continuation };
    const page = await meetings.query({ ...query, limit: 200, ...from });
    const wanted = page.documents.filter(({ at }) => (at ?? '') >= until);
    found.push(...wanted.map(({ data }) => data));
    continuation = wanted.length < page.documents.length ? undefined : page.continuation;
  } while (continuation);
  return found;
}

/** The newest that were cancelled, also those of which a card waits in a chat that is closed to the bot. */
export async function readCancelled(
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>,
  tenant: TenantId,
): Promise<StoredMeeting[]> {
  const newest = (status: string) =>
    meetings.query({ ...meetingsAhead(tenant), where: { status }, order: 'desc', limit: 100 });
  const pages = await Promise.all([newest('over'), newest('away')]);
  return pages
    .flatMap(({ documents }) => documents.map(({ data }) => data))
    .filter(({ stage }) => stage.is === 'cancelled');
}
