import { touchAll } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Sitting } from './model.ts';
import { quorumIn, silentIn } from './recipients.ts';
import { keepersOf } from './rights.ts';
import type { AgendaPolicy } from './standing.ts';
import { handedOut, told } from './transition.ts';

/** What time does to an agenda. */

export interface Timing {
  directory: Directory;
  policy: AgendaPolicy;
}

/** What changes one after the other is told at once, so long after the last. */
const calm = Temporal.Duration.from({ minutes: 10 });
/** How long its card is drawn anew after the meeting. */
const keptAfter = Temporal.Duration.from({ hours: 7 * 24 });

/** The very same object when nothing is different. */
export function broughtTo(sitting: Sitting, now: Temporal.Instant, { directory, policy }: Timing): Sitting {
  if (sitting.over) return sitting;
  const isPast = (moment: Temporal.Instant | null): boolean =>
    moment !== null && Temporal.Instant.compare(moment, now) <= 0;
  if (isPast(overAt(sitting))) return { ...sitting, over: true, delivery: touchAll(sitting.delivery, now) };
  let next = handedOut(sitting, directory, now);
  if (isPast(tellAt(next))) {
    next = told(next, 'changed', holdersOf(next), next.untold ?? '', now);
    next = { ...next, untold: null };
  }
  if (isPast(silentAt(next, policy)) && !isPast(beginsAt(next))) next = withAsked(next, now, { directory, policy });
  return next;
}

/** Those who have not said whether they come are asked once, and those who keep the agenda hear when it is in danger. */
function withAsked(sitting: Sitting, now: Temporal.Instant, { directory, policy: { quorum } }: Timing): Sitting {
  const { holding } = sitting;
  const occasion = `${holding?.meeting}:${holding?.on}`;
  const asked = told(sitting, 'silent', silentIn(sitting, directory), occasion, now);
  if (quorumIn(sitting, directory, quorum).met) return asked;
  return told(asked, 'danger', keepersOf(sitting.body, directory), occasion, now);
}

/** When somebody is to be looked after next; null when never. */
export function nextMoment(sitting: Sitting, policy: AgendaPolicy, now: Temporal.Instant): Temporal.Instant | null {
  if (sitting.over) return null;
  const silent = silentAt(sitting, policy);
  const moments = [
    tellAt(sitting),
    silent && Temporal.Instant.compare(silent, now) > 0 ? silent : null,
    overAt(sitting),
  ];
  return moments.filter((one) => one !== null).toSorted(Temporal.Instant.compare)[0] ?? null;
}

const tellAt = ({ untold }: Sitting): Temporal.Instant | null =>
  untold === null ? null : Temporal.Instant.from(untold).add(calm);

function silentAt({ sent, holding }: Sitting, { silentDays }: AgendaPolicy): Temporal.Instant | null {
  return sent && holding && Temporal.Instant.from(holding.begins).subtract({ hours: 24 * silentDays });
}

const beginsAt = ({ holding }: Sitting): Temporal.Instant | null => holding && Temporal.Instant.from(holding.begins);

const overAt = ({ holding }: Sitting): Temporal.Instant | null =>
  holding && Temporal.Instant.from(holding.ends).add(keptAfter);

/** Those who have a card of the agenda; to others it comes as it is by now. */
function holdersOf({ holders, delivery }: Sitting): PersonId[] {
  const waiting = new Set(delivery.notices.flatMap(({ to, stays }) => (stays ? [to] : [])));
  return holders.filter((person) => !waiting.has(person));
}
