import { type Directory, leadersOf } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type Cadence, cadenceName, isSoon, isToBeSought } from './cadence.ts';

/** When leaders are asked to find a time, and what the watch remembers of that. */

/** What the watch over a region remembers of one. */
export interface SeenCadence {
  /** The date from which it has been watched. */
  since: string;
  /** The end of the interval for which leaders have been asked; null before the first time. */
  askedFor: string | null;
  /** The end of the interval for which a leader has put it off; null for never. */
  putOff: string | null;
}

export type SeenCadences = Readonly<Record<string, SeenCadence>>;

/** Leaders who are to find a time for the next one, each once in an interval. */
export interface Asking {
  cadence: Cadence;
  leaders: readonly PersonId[];
}

/** What a morning brings: who is asked, and what is remembered of what is watched by now; `toldOn`: when it was looked last. */
export function askedOn(
  today: Temporal.PlainDate,
  cadences: readonly Cadence[],
  { seen, toldOn }: { seen: SeenCadences; toldOn: string },
  directory: Directory,
): { asking: Asking[]; seen: SeenCadences } {
  const asking: Asking[] = [];
  const next: Record<string, SeenCadence> = {};
  for (const cadence of cadences) {
    const name = cadenceName(cadence.body.id, cadence.kind);
    const known = seen[name] ?? { since: toldOn, askedFor: null, putOff: null };
    const leaders = leadersOf(directory, cadence.body.id);
    const period = cadence.period.toString();
    // A body without a leader waits for one: whoever leads it next is asked.
    const asks = leaders.length > 0 && isToBeSought(cadence) && isToAsk(cadence, known, today);
    if (asks) asking.push({ cadence, leaders });
    next[name] = asks ? { ...known, askedFor: period } : known;
  }
  return { asking, seen: next };
}

/** Once towards the end of each interval, and for one that has passed when nobody was asked then. */
function isToAsk(
  { due, period, interval }: Cadence,
  { askedFor }: Pick<SeenCadence, 'askedFor'>,
  today: Temporal.PlainDate,
): boolean {
  if (isSoon(period, interval, today)) return askedFor !== period.toString();
  return Temporal.PlainDate.compare(due, today) < 0 && (askedFor === null || askedFor < due.toString());
}
