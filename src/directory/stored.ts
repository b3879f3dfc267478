import type { Ledger } from '../audit/model.ts';
import { partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import type { Directory } from './model.ts';

/** How a region's directory lies in the store: one document, with the log of who changed it. */

export type StoredDirectory = Directory & {
  ledger: Ledger;
  /** Chats that came to another body, or to none, and may show what that body must not see; absent when there are none. */
  toVacate?: Marks;
  /** Bodies with other members than before, whose cards may not show it yet; absent when there are none. */
  toRedraw?: Marks;
};

/** What is to be done, each with the change that it is for: a later one needs it done anew. */
export type Marks = Readonly<Record<string, string>>;

type Region = Readonly<{ tenant: TenantId; id: string }>;

export function directoryKey({ tenant, id }: Region): DocumentKey {
  return { partition: partitionOf(tenant, `region:${id}`), id: 'directory' };
}

/** The log that does not fit into the document any more lies beside it. */
export function directoryLogPartition({ tenant, id }: Region): string {
  return partitionOf(tenant, `audit:region:${id}`);
}

export function directoryAggregates(store: Store): Aggregates<StoredDirectory> {
  const nothing = { status: null, owner: null, at: null, wakeAt: null };
  return createAggregates<StoredDirectory>(store, () => ({ kind: 'directory', ...nothing }), undefined, [
    withMarkedWork,
  ]);
}

/** From schema 1 to 2: what is to be done were lists, without the changes that it was for. */
function withMarkedWork({ toVacate, toRedraw, ...directory }: StoredDirectory): StoredDirectory {
  return {
    ...directory,
    ...(toVacate && { toVacate: markedEarlier(toVacate) }),
    ...(toRedraw && { toRedraw: markedEarlier(toRedraw) }),
  };
}

function markedEarlier(all: Marks): Marks {
  return Array.isArray(all) ? Object.fromEntries(all.map((name) => [String(name), 'earlier'])) : all;
}
