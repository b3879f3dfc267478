import type { AuditEvent, Occurrence } from '../audit/model.ts';
import { notify, touch } from '../delivery/model.ts';
import type { Actor } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Referral } from './model.ts';
import { stageOf } from './standing.ts';

/** The next state, and what the log says about it; `event` is null when nothing happened (pressed twice). */
export interface Transition {
  referral: Referral;
  event: Occurrence | null;
}

/** Something happened: every card of the case is drawn anew. */
export function changed(
  referral: Referral,
  now: Temporal.Instant,
  changes: Partial<Referral>,
  what: string,
  detail?: AuditEvent['detail'],
): Transition {
  return {
    referral: { ...referral, ...changes, delivery: touch(referral.delivery, now) },
    event: { what, why: stageOf(referral), ...(detail && { detail }) },
  };
}

/** A private word to the colleague whom it concerns; nobody is told what they did themselves. */
export function tell(
  { referral, event }: Transition,
  kind: 'asked' | 'assigned',
  to: PersonId,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (to === actor.person) return { referral, event };
  const notice = { key: `${kind}:${to}:${toStored(now)}`, to, kind };
  return { referral: { ...referral, delivery: notify(referral.delivery, [notice], now) }, event };
}
