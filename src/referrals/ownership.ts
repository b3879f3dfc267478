import { type Actor, leads } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { Assignment, Referral, ReferralCommand } from './model.ts';
import { isOpen, mayHandOver } from './standing.ts';
import { changed, type Transition, tell } from './transition.ts';

/** Who has the case: taken, given back, given to a colleague, or free again because its owner left. */

export function claim(referral: Referral, actor: Actor, now: Temporal.Instant): Transition {
  if (referral.owner?.person === actor.person) return { referral, event: null };
  if (referral.owner) throw new AppError('referral.takenBy', { person: referral.owner.person });
  return changed(referral, now, taken(referral, { person: actor.person }, now), 'referral.claim');
}

function taken(referral: Referral, owner: Omit<Assignment, 'since'>, now: Temporal.Instant): Partial<Referral> {
  return { owner: { ...owner, since: toStored(now) }, untakenSince: null, takenAt: referral.takenAt ?? toStored(now) };
}

/** Errors: `referral.othersToGive` (`person`). */
export function requireHandover(referral: Referral, actor: Actor): void {
  if (!referral.owner || mayHandOver(referral, actor.person, leads(actor, referral.team))) return;
  throw new AppError('referral.othersToGive', { person: referral.owner.person });
}

/** Who has left the team has nothing any more: the case waits for somebody again. The very same object when all is well. */
export function withoutLeaver(
  referral: Referral,
  hasLeft: (owner: Assignment) => boolean,
  now: Temporal.Instant,
): Transition {
  if (!isOpen(referral) || !referral.owner || !hasLeft(referral.owner)) return { referral, event: null };
  const { person } = referral.owner;
  return changed(referral, now, { owner: null, untakenSince: toStored(now) }, 'referral.leaver', { person });
}

export function release(referral: Referral, actor: Actor, now: Temporal.Instant): Transition {
  if (!referral.owner) return { referral, event: null };
  requireHandover(referral, actor);
  return changed(referral, now, { owner: null, untakenSince: toStored(now) }, 'referral.release');
}

export function assign(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'assign' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (!command.toMember) throw new AppError('referral.notAMember');
  if (referral.owner?.person === command.to) return { referral, event: null };
  requireHandover(referral, actor);
  const owner = { person: command.to, ...(command.to !== actor.person && { by: actor.person }) };
  const given = changed(referral, now, taken(referral, owner, now), 'referral.assign', { to: command.to });
  return tell(given, 'assigned', command.to, actor, now);
}
