import { emptyLedger } from '../audit/model.ts';
import { newDelivery } from '../delivery/model.ts';
import type { Body } from '../directory/model.ts';
import type { Actor } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import type { CaseReference, TenantId } from '../shared/ids.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Coded, Referral } from './model.ts';
import type { StoredReferral } from './stored.ts';

/** A referral as it is when it arrives: nobody has it, nobody has spoken. */
export function newReferral(
  place: { tenant: TenantId; team: Body['id']; reference: CaseReference },
  coded: Coded,
  sealed: { identity: Envelope; narrative: Envelope | null },
  origin: Referral['origin'],
  now: Temporal.Instant,
): StoredReferral {
  const at = toStored(now);
  return {
    ...place,
    ...coded,
    ...sealed,
    receivedAt: at,
    origin,
    owner: null,
    untakenSince: at,
    undecidedSince: at,
    asked: [],
    assessments: [],
    decision: null,
    round: 1,
    takenAt: null,
    unrecorded: [],
    ledger: emptyLedger,
    delivery: newDelivery(now),
  };
}

/** Who hands it in, and from which profession they write: the text belongs to it. */
export function originOf({ person, memberships }: Actor): Referral['origin'] {
  return { by: person, profession: memberships.find(({ profession }) => profession !== null)?.profession ?? null };
}
