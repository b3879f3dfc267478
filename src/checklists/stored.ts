import type { Homed } from '../delivery/home.ts';
import type { Delivery } from '../delivery/model.ts';
import { isAway, isPlaced } from '../delivery/model.ts';
import { type BodyId, type PersonId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store } from '../storage/port.ts';
import type { Checklist } from './model.ts';

/** How checklists lie in the store: those of a body in its partition, and beside them the body's bell. */

export interface StoredChecklist extends Checklist {
  tenant: TenantId;
}

/** Which list is meant: what a card carries of it. */
export type ListRef = Pick<Checklist, 'body' | 'id'>;

type Held = (delivery: Delivery) => Delivery;

export function checklistKey({ tenant, body, id }: Pick<StoredChecklist, 'tenant' | 'body' | 'id'>): DocumentKey {
  return { partition: partitionOf(tenant, body), id: `checklist:${id}` };
}

/** All lists of a body, closed ones and inductions included. */
export function listsOf(tenant: TenantId, body: BodyId): Pick<Query, 'partition' | 'kind'> {
  return { partition: partitionOf(tenant, body), kind: 'checklist' };
}

/** The log of a list that does not fit into its document any more lies beside the body's lists. */
export function checklistLogPartition({ tenant, body, id }: Pick<StoredChecklist, 'tenant' | 'body' | 'id'>): string {
  return partitionOf(tenant, `audit:checklist:${body}:${id}`);
}

/** `held` is what every write does to the delivery, see `holding`. */
export function checklistAggregates(store: Store, held: Held = (delivery) => delivery): Aggregates<StoredChecklist> {
  return createAggregates<StoredChecklist>(
    store,
    (list) => ({
      kind: 'checklist',
      status: statusOf(list),
      owner: list.person,
      at: list.startedAt,
      wakeAt: list.delivery.wakeAt,
    }),
    (list) => ({ ...list, delivery: held(list.delivery) }),
  );
}

/** Only a list that somebody has asked for stands in the chat; `away`: it stands where the bot is not let in. */
function statusOf(list: Checklist): 'closed' | 'shown' | 'kept' | 'away' {
  if (isAway(list.delivery)) return 'away';
  if (list.closed) return 'closed';
  return isPlaced(list.delivery) ? 'shown' : 'kept';
}

export function homedChecklists(aggregates: Aggregates<StoredChecklist>): Homed<StoredChecklist> {
  return {
    kind: 'checklist',
    aggregates,
    tenantOf: ({ tenant }) => tenant,
    bodyOf: ({ body }) => body,
    isOpen: ({ closed }) => closed === null,
    listOf: (tenant, body, which) => ({
      ...listsOf(tenant, body),
      ...(which !== 'all' && { where: { status: which === 'open' ? 'shown' : which } }),
    }),
    delivery: ({ delivery }) => delivery,
    withDelivery: (list, delivery) => ({ ...list, delivery }),
  };
}

/**
 * What reminds the people of a body: one document over all its lists, so that each of them hears once a day at most. It
 * also knows who belonged to the body, and so who is new.
 */
export interface Bell {
  tenant: TenantId;
  body: BodyId;
  /** The date in the region up to which reminders have been made. */
  toldOn: string;
  /** Whose induction was begun, or who was there before the first list. */
  known: PersonId[];
  delivery: Delivery;
}

export function bellKey({ tenant, body }: Pick<Bell, 'tenant' | 'body'>): DocumentKey {
  return { partition: partitionOf(tenant, body), id: 'checklist-bell' };
}

export function bellAggregates(store: Store, held: Held = (delivery) => delivery): Aggregates<Bell> {
  return createAggregates<Bell>(
    store,
    ({ delivery }) => ({ kind: 'checklistBell', status: null, owner: null, at: null, wakeAt: delivery.wakeAt }),
    (bell) => ({ ...bell, delivery: held(bell.delivery) }),
  );
}

/** Every list of a body, closed ones and inductions included; there are few. */
export async function readLists(
  lists: Pick<Aggregates<StoredChecklist>, 'query'>,
  tenant: TenantId,
  body: BodyId,
): Promise<StoredChecklist[]> {
  const found: StoredChecklist[] = [];
  let continuation: string | undefined;
  do {
    const from = continuation && { continuation };
    const page = await lists.query({ ...listsOf(tenant, body), limit: listsPage, ...from });
    found.push(...page.documents.map(({ data }) => data));
    continuation = page.continuation;
  } while (continuation);
  return found;
}

const listsPage = 100;
