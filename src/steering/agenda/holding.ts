import { redrawAll } from '../../delivery/model.ts';
import type { BodyHolding } from '../../meetings/model.ts';
import type { Sitting } from '../model.ts';

/** The agenda follows the meeting for which it is. */

/**
 * For the next holding of these, which are by date; once it has gone out, for the one that it was sent for, as long as that is
 * to come. What people have said of whether they come goes with it. The very same object when all is as it was.
 */
export function attached<S extends Sitting>(sitting: S, holdings: readonly BodyHolding[], now: Temporal.Instant): S {
  const { holding, sent, proceedings } = sitting;
  // What was opened was held then, whatever is planned since.
  if (proceedings) return sitting;
  const same = holdings.find(({ meeting, on }) => meeting === holding?.meeting && on === holding.on);
  const next = sent && same ? same : (holdings[0] ?? null);
  const follows = parted(next);
  if (JSON.stringify(follows) === JSON.stringify({ holding, comings: sitting.comings })) return sitting;
  return { ...sitting, ...follows, delivery: redrawAll(sitting.delivery, now) };
}

function parted(next: BodyHolding | null): Pick<Sitting, 'holding' | 'comings'> {
  if (!next) return { holding: null, comings: {} };
  const { comings, ...holding } = next;
  return { holding, comings };
}

/** Without what a meeting was opened for already, which may have ended before its time. */
export function notHeldIn(
  sittings: readonly Pick<Sitting, 'holding' | 'proceedings'>[],
  holdings: readonly BodyHolding[],
): BodyHolding[] {
  const held = sittings.flatMap(({ holding, proceedings }) => (holding && proceedings ? [holding] : []));
  return holdings.filter(({ meeting, on }) => !held.some((one) => one.meeting === meeting && one.on === on));
}
