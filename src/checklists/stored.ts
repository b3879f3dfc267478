import type { Bell } from '../delivery/bell.ts';
import type { Homed } from '../delivery/home.ts';
import type { Delivery } from '../delivery/model.ts';
import { isAway, isPlaced } from '../delivery/model.ts';
import { type BodyId, type PersonId, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store, StoredDocument } from '../storage/port.ts';
import type { Checklist } from './model.ts';

/** How checklists lie in the store: those of a body in its partition, with its roster; one bell for the region. */

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

/** An open list that somebody has brought to a chat is `shown`, wherever it stands by now; see `Listed`. */
function statusOf({ closed, delivery }: Checklist): 'closed' | 'shown' | 'kept' | 'away' {
  if (closed) return isAway(delivery) ? 'away' : 'closed';
  return isPlaced(delivery) || isAway(delivery) ? 'shown' : 'kept';
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

/** What reminds the people of a region, of all its lists. */
export interface ListBell extends Bell {
  /** Who led each body when it rang; null before the first time. */
  led: Readonly<Record<string, readonly PersonId[]>> | null;
}

export const bellKind = 'checklistBell';

export function bellKey({ tenant }: Pick<Bell, 'tenant'>): DocumentKey {
  return { partition: partitionOf(tenant, 'checklists'), id: 'bell' };
}

/** Such as hung up before the region had one: it would tell everybody a second time. */
export function isBellOfBody({ kind, id }: Pick<StoredDocument, 'kind' | 'id'>): boolean {
  return kind === bellKind && id === 'checklist-bell';
}

/** Who belonged to a body when it was last looked at, and so who is new in it. */
export interface Roster {
  tenant: TenantId;
  body: BodyId;
  /** Whose induction was begun, or who was there before the first list. */
  known: PersonId[];
}

export function rosterKey({ tenant, body }: Pick<Roster, 'tenant' | 'body'>): DocumentKey {
  return { partition: partitionOf(tenant, body), id: 'checklist-roster' };
}

export function rosterAggregates(store: Store): Aggregates<Roster> {
  const nothing = { status: null, owner: null, at: null, wakeAt: null };
  return createAggregates<Roster>(store, () => ({ kind: 'checklistRoster', ...nothing }));
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
