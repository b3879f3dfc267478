import type { Homed } from '../delivery/home.ts';
import { type Delivery, isAway, leftBy } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import { type BodyId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store } from '../storage/port.ts';
import type { Meeting } from './model.ts';
import { mayRead } from './standing.ts';

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
      at: meeting.news.at,
      wakeAt: meeting.delivery.wakeAt,
    }),
    (meeting) => ({ ...meeting, delivery: held(meeting.delivery) }),
  );
}

/** `away`: over, and something of it waits in a chat that is closed to the bot. */
function statusOf({ over, delivery }: Meeting): 'ahead' | 'over' | 'away' {
  if (!over) return 'ahead';
  return isAway(delivery) ? 'away' : 'over';
}

/** What is ahead in a region, or only what is a body's. */
export function meetingsAhead(tenant: TenantId): Pick<Query, 'partition' | 'kind' | 'where'> {
  return { partition: meetingsPartition(tenant), kind: 'meeting', where: { status: 'ahead' } };
}

export function homedMeetings(aggregates: Aggregates<StoredMeeting>): Homed<StoredMeeting> {
  return {
    kind: 'meeting',
    aggregates,
    tenantOf: ({ tenant }) => tenant,
    bodyOf: ({ body }) => body,
    isOpen: ({ over, stage }) => !over && stage.is !== 'proposed',
    listOf: (tenant: TenantId, body: BodyId, which) => ({
      partition: meetingsPartition(tenant),
      kind: 'meeting',
      where: { owner: body, ...(which !== 'all' && { status: which === 'open' ? 'ahead' : 'away' }) },
    }),
    delivery: ({ delivery }) => delivery,
    withDelivery: (meeting, delivery) => ({ ...meeting, delivery }),
  };
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
  const found: StoredMeeting[] = [];
  let continuation: string | undefined;
  do {
    const from = continuation && { continuation };
    const page = await meetings.query({ ...meetingsAhead(tenant), limit: 200, ...from });
    found.push(...page.documents.map(({ data }) => data));
    continuation = page.continuation;
  } while (continuation);
  return found;
}

/** Of what is over, the newest of which were cancelled. */
export async function readCancelled(
  meetings: Pick<Aggregates<StoredMeeting>, 'query'>,
  tenant: TenantId,
): Promise<StoredMeeting[]> {
  const where = { status: 'over' };
  const page = await meetings.query({ ...meetingsAhead(tenant), where, order: 'desc', limit: 100 });
  return page.documents.map(({ data }) => data).filter(({ stage }) => stage.is === 'cancelled');
}
