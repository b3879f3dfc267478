import { type BodyId, partitionOf, type TenantId } from '../../shared/ids.ts';
import type { Envelope } from '../../shared/sealed.ts';
import { type Aggregates, createAggregates } from '../../storage/aggregates.ts';
import type { DocumentKey, Store } from '../../storage/port.ts';
import type { SittingRef } from '../stored.ts';
import type { Numbering } from './numbers.ts';

/** How minutes lie in the store: beside the sitting, each version by itself, and the numbers of each year. */

/** One version, made once and never changed. */
export interface StoredMinutes {
  tenant: TenantId;
  body: BodyId;
  sitting: string;
  number: number;
  /** A sealed `Snapshot`. */
  snapshot: Envelope;
}

export type MinutesRef = Omit<StoredMinutes, 'snapshot'>;

export function minutesRef(tenant: TenantId, { body, id }: SittingRef, number: number): MinutesRef {
  return { tenant, body, sitting: id, number };
}

export function minutesKey({ tenant, body, sitting, number }: MinutesRef): DocumentKey {
  return { partition: partitionOf(tenant, body), id: `minutes:${sitting}:${number}` };
}

/** Binds a sealed snapshot to its place. */
export function minutesContext({ tenant, body, sitting, number }: MinutesRef): string {
  return `${tenant}|minutes|${body}|${sitting}|${number}`;
}

export function minutesAggregates(store: Store): Aggregates<StoredMinutes> {
  return createAggregates<StoredMinutes>(store, () => unlisted('minutes'));
}

export function numberingKey(tenant: TenantId, body: BodyId, year: number): DocumentKey {
  return { partition: partitionOf(tenant, body), id: `paragraphs:${year}` };
}

export function numberingAggregates(store: Store): Aggregates<Numbering> {
  return createAggregates<Numbering>(store, () => unlisted('paragraphs'));
}

const unlisted = (kind: string) => ({ kind, status: null, owner: null, at: null, wakeAt: null });
