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

/** The same of its end: at or after its beginning, so what is earlier on the wall is of the day after. Errors: `sitting.timeAhead`. */
export function endSaid(
  sitting: Sitting & { proceedings: Proceedings },
  time: string | null,
  { now, directory }: Moment,
): string {
  const likely = likelyEnd(sitting, { now, directory });
  const { timeZone } = directory.policy;
  // A form shows minutes, and leaves the seconds as they were.
  if (time === null || time === onTheWall(likely, timeZone)) return toStored(likely);
  const began = Temporal.Instant.from(beganAt(sitting.proceedings));
  const day = dateIn(timeZone, began);
  const on = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
  const isNextDay = time < onTheWall(began, timeZone);
  const said = on(isNextDay ? day.add({ days: 1 }) : day);
  if (Temporal.Instant.compare(said, now) > 0) throw new AppError('sitting.timeAhead');
  return toStored(said);
}

/** `HH:MM`. */
export function onTheWall(moment: Temporal.Instant, timeZone: string): string {
  return moment.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}
