import type { Homed } from '../delivery/home.ts';
import { type Delivery, isAway } from '../delivery/model.ts';
import { type BodyId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store } from '../storage/port.ts';
import type { Sitting } from './model.ts';
import { withChairs } from './older.ts';

/** How agendas lie in the store: those of a body in its partition, beside its lists. */

export interface StoredSitting extends Sitting {
  tenant: TenantId;
}

/** Which agenda is meant: what a card carries of it. */
export type SittingRef = Pick<Sitting, 'body' | 'id'>;

type Held = (delivery: Delivery) => Delivery;

export const sittingKind = 'sitting';

export function sittingKey({ tenant, body, id }: Pick<StoredSitting, 'tenant' | 'body' | 'id'>): DocumentKey {
  return { partition: partitionOf(tenant, body), id: `sitting:${id}` };
}

function sittingsOf(tenant: TenantId, body: BodyId): Pick<Query, 'partition' | 'kind'> {
  return { partition: partitionOf(tenant, body), kind: sittingKind };
}

/** The log that does not fit into the document any more lies beside the body's. */
export function sittingLogPartition({ tenant, body, id }: Pick<StoredSitting, 'tenant' | 'body' | 'id'>): string {
  return partitionOf(tenant, `audit:sitting:${body}:${id}`);
}

/** Binds sealed words to their place, so that they do not open anywhere else. */
export const wordsContext = ({ tenant, body, id }: StoredSitting, item: string, field: string): string =>
  `${tenant}|sitting|${body}|${id}|${item}|${field}`;

/** `held` is what every write does to the delivery, see `holding`. */
export function sittingAggregates(store: Store, held: Held = (delivery) => delivery): Aggregates<StoredSitting> {
  return createAggregates<StoredSitting>(
    store,
    (sitting) => ({
      kind: sittingKind,
      status: statusOf(sitting),
      owner: null,
      at: sitting.begun.at,
      wakeAt: sitting.delivery.wakeAt,
    }),
    (sitting) => ({ ...sitting, delivery: held(sitting.delivery) }),
    [withChairs],
  );
}

/** `sent` stands in chats, or is about to; see `Listed`. */
function statusOf({ over, sent, delivery }: Sitting): 'growing' | 'sent' | 'over' | 'away' {
  if (over) return isAway(delivery) ? 'away' : 'over';
  return sent ? 'sent' : 'growing';
}

export function homedSittings(aggregates: Aggregates<StoredSitting>): Homed<StoredSitting> {
  return {
    kind: sittingKind,
    aggregates,
    tenantOf: ({ tenant }) => tenant,
    bodyOf: ({ body }) => body,
    isOpen: ({ over, sent }) => !over && sent !== null,
    listOf: (tenant, body, which) => ({
      ...sittingsOf(tenant, body),
      ...(which !== 'all' && { where: { status: which === 'open' ? 'sent' : which } }),
    }),
    delivery: ({ delivery }) => delivery,
    withDelivery: (sitting, delivery) => ({ ...sitting, delivery }),
  };
}

/** The newest of a body first. There are a few each year. */
export async function readSittings(
  sittings: Pick<Aggregates<StoredSitting>, 'query'>,
  tenant: TenantId,
  body: BodyId,
  limit: number,
): Promise<StoredSitting[]> {
  const { documents } = await sittings.query({ ...sittingsOf(tenant, body), order: 'desc', limit });
  return documents.map(({ data }) => data);
}
