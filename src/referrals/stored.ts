import type { Homed } from '../delivery/home.ts';
import { type Delivery, isAway } from '../delivery/model.ts';
import { withDatedNotices } from '../delivery/older.ts';
import type { Directory } from '../directory/model.ts';
import { teamByCode } from '../directory/model.ts';
import { type BodyId, type CaseReference, parseReference, partitionOf, type TenantId } from '../shared/ids.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Query, Store } from '../storage/port.ts';
import type { Referral } from './model.ts';
import { isOpen } from './standing.ts';

/** How referrals lie in the store: one partition per team, the case reference as the id. */

export interface StoredReferral extends Referral {
  tenant: TenantId;
}

export function teamPartition(tenant: TenantId, team: string): string {
  return partitionOf(tenant, team);
}

export function referralKey(referral: Pick<StoredReferral, 'tenant' | 'team' | 'reference'>): DocumentKey {
  return { partition: teamPartition(referral.tenant, referral.team), id: referral.reference };
}

/** The case and its team that a text names, whether there is such a case or not; null when no team has that code. */
export function caseNamed(directory: Directory, text: string): { reference: CaseReference; team: BodyId } | null {
  const parsed = parseReference(text);
  const team = parsed && teamByCode(directory, parsed.code);
  return parsed && team ? { reference: parsed.reference, team: team.id } : null;
}

/** Where that case lies. */
export function keyOfReference(directory: Directory, text: string): DocumentKey | null {
  const named = caseNamed(directory, text);
  return named && referralKey({ tenant: directory.tenant, ...named });
}

/** `held` is what every write does to the delivery, see `holding`. */
export function referralAggregates(
  store: Store,
  held: (delivery: Delivery) => Delivery = (delivery) => delivery,
): Aggregates<StoredReferral> {
  return createAggregates<StoredReferral>(
    store,
    (referral) => ({
      kind: 'referral',
      status: isOpen(referral) ? 'open' : isAway(referral.delivery) ? 'away' : 'decided',
      owner: referral.owner?.person ?? null,
      at: referral.undecidedSince,
      wakeAt: referral.delivery.wakeAt,
    }),
    (referral) => ({ ...referral, delivery: held(referral.delivery) }),
    [withDatedNotices],
  );
}

/** Referrals stand in their team's chat. */
export function homedReferrals(aggregates: Aggregates<StoredReferral>): Homed<StoredReferral> {
  return {
    kind: 'referral',
    aggregates,
    tenantOf: (referral) => referral.tenant,
    bodyOf: (referral) => referral.team,
    isOpen,
    listOf: (tenant, team, which) => ({
      partition: teamPartition(tenant, team),
      kind: 'referral',
      ...(which !== 'all' && { where: { status: which } }),
    }),
    delivery: (referral) => referral.delivery,
    withDelivery: (referral, delivery) => ({ ...referral, delivery }),
  };
}

/** In the order in which a list offers the others. */
export const referralFilters = ['open', 'waiting', 'mine'] as const;
export type ReferralFilter = (typeof referralFilters)[number];

/** The open referrals of a team, oldest first: all, those of one person, or those that nobody has taken. */
export function openReferrals(
  partition: string,
  filter: ReferralFilter,
  person: string,
): Pick<Query, 'partition' | 'kind' | 'where'> {
  const owner = { open: {}, mine: { owner: person }, waiting: { owner: null } }[filter];
  return { partition, kind: 'referral', where: { status: 'open', ...owner } };
}

/** The log of a case that does not fit into its document any more lies beside the team's cases. */
export function logPartition(referral: Pick<StoredReferral, 'tenant' | 'reference'>): string {
  return partitionOf(referral.tenant, `audit:${referral.reference}`);
}
