import type { Directory } from '../../directory/model.ts';
import { dateIn, toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { Proceedings, Sitting } from '../model.ts';

/** When a meeting began and ended: as who keeps the record says it, on the wall, else what is most likely. Pure. */

interface Moment {
  now: Temporal.Instant;
  directory: Directory;
}

/** ISO 8601 instant. */
export function beganAt({ began, opened }: Pick<Proceedings, 'began' | 'opened'>): string {
  return began ?? opened.at;
}

/** Not before its time, where it is opened a little before it. */
export function likelyBegin({ holding }: Pick<Sitting, 'holding'>, now: Temporal.Instant): Temporal.Instant {
  const planned = holding && Temporal.Instant.from(holding.begins);
  return planned && Temporal.Instant.compare(planned, now) > 0 ? planned : now;
}

/**
 * As it was said before, for what is put right later leaves the end alone; else now, and on a later day the time at which it
 * was to end.
 */
export function likelyEnd(
  { holding, proceedings }: Sitting & { proceedings: Proceedings },
  { now, directory }: Moment,
): Temporal.Instant {
  const { timeZone } = directory.policy;
  const { ended } = proceedings;
  if (ended !== undefined) return Temporal.Instant.from(ended);
  const began = Temporal.Instant.from(beganAt(proceedings));
  const isItsDay = dateIn(timeZone, now).equals(dateIn(timeZone, began));
  const planned = holding && Temporal.Instant.from(holding.ends);
  return isItsDay || !planned || Temporal.Instant.compare(planned, began) < 0 ? now : planned;
}

/** ISO 8601 instant; `time` is `HH:MM` on the day of the meeting. Errors: `sitting.timeAhead`. */
export function beginSaid(sitting: Pick<Sitting, 'holding'>, time: string | null, { now, directory }: Moment): string {
  const likely = likelyBegin(sitting, now);
  if (time === null) return toStored(likely);
  const { timeZone } = directory.policy;
  const day = dateIn(timeZone, sitting.holding ? Temporal.Instant.from(sitting.holding.begins) : now);
  const said = day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
  if (Temporal.Instant.compare(said, likely) > 0) throw new AppError('sitting.timeAhead');
  return toStored(said);
}

/** Longer than any meeting: what would be so long is a mistake. */
const longest = Temporal.Duration.from({ hours: 12 });

/**
 * Both, as it ends: ISO 8601 instants. What is earlier on the wall than the beginning is of the day after. A meeting that is
 * over before the time at which it was to begin began when it was opened. Errors: `sitting.timeAhead`, `sitting.endsFirst`.
 */
export function hoursSaid(
  sitting: Sitting & { proceedings: Proceedings },
  time: string | null,
  { now, directory }: Moment,
): { began: string; ended: string } {
  const { timeZone } = directory.policy;
  const { proceedings } = sitting;
  const ended = endOf(sitting, time, { now, directory });
  const isBefore = Temporal.Instant.compare(ended, beganAt(proceedings)) < 0;
  const began = Temporal.Instant.from(isBefore ? proceedings.opened.at : beganAt(proceedings));
  if (Temporal.Instant.compare(ended, now) > 0) throw new AppError('sitting.timeAhead');
  const isTooLong = Temporal.Instant.compare(began.add(longest), ended) < 0;
  if (Temporal.Instant.compare(ended, began) < 0 || isTooLong)
    throw new AppError('sitting.endsFirst', { time: onTheWall(began, timeZone) });
  return { began: toStored(began), ended: toStored(ended) };
}

function endOf(
  sitting: Sitting & { proceedings: Proceedings },
  time: string | null,
  { now, directory }: Moment,
): Temporal.Instant {
  const likely = likelyEnd(sitting, { now, directory });
  const { timeZone } = directory.policy;
  // A form shows minutes, and leaves the seconds as they were.
  if (time === null || time === onTheWall(likely, timeZone)) return likely;
  const opened = Temporal.Instant.from(sitting.proceedings.opened.at);
  const began = Temporal.Instant.from(beganAt(sitting.proceedings));
  const earliest = Temporal.Instant.compare(opened, began) < 0 ? opened : began;
  const day = dateIn(timeZone, earliest);
  const isNextDay = time < onTheWall(earliest, timeZone);
  const said = (isNextDay ? day.add({ days: 1 }) : day).toPlainDateTime(time);
  const [first, second] = (['compatible', 'later'] as const).map((disambiguation) =>
    said.toZonedDateTime(timeZone, { disambiguation }).toInstant(),
  );
  // Of a time that the night has twice the one that is not before the beginning.
  return first && Temporal.Instant.compare(first, earliest) >= 0 ? first : (second ?? likely);
}

/** `HH:MM`. */
export function onTheWall(moment: Temporal.Instant, timeZone: string): string {
  return moment.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}
