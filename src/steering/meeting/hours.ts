import type { Directory } from '../../directory/model.ts';
import { dateIn, toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { Proceedings, Sitting } from '../model.ts';
import { openBefore } from '../standing.ts';

/** When a meeting began and ended: as who keeps the record says it, on the wall, else what is most likely. Pure. */

interface Moment {
  now: Temporal.Instant;
  directory: Directory;
}

/** What tells when a meeting began, and when it may have ended. */
type Begun = Pick<Sitting, 'holding'> & { proceedings: Pick<Proceedings, 'began' | 'ended' | 'opened'> };

/** ISO 8601 instant. */
export function beganAt({ began, opened }: Pick<Proceedings, 'began' | 'opened'>): string {
  return began ?? opened.at;
}

/** So long after its time a meeting begins late; who opens it later than that writes it down afterwards. */
const late = Temporal.Duration.from({ minutes: 15 });

/** Not before its time, where it is opened a little before it; its time, where it is opened long after it. */
export function likelyBegin({ holding }: Pick<Sitting, 'holding'>, now: Temporal.Instant): Temporal.Instant {
  const planned = holding && Temporal.Instant.from(holding.begins);
  if (!planned) return now;
  const isSoonAfter =
    Temporal.Instant.compare(planned, now) <= 0 && Temporal.Instant.compare(planned.add(late), now) >= 0;
  return isSoonAfter ? now : planned;
}

/** When it began, where it ends now: one that is over before the time at which it was to begin began when it was opened. */
export function begunBy(proceedings: Pick<Proceedings, 'began' | 'opened'>, now: Temporal.Instant): Temporal.Instant {
  const began = Temporal.Instant.from(beganAt(proceedings));
  return Temporal.Instant.compare(began, now) > 0 ? Temporal.Instant.from(proceedings.opened.at) : began;
}

/**
 * As it was said before, for what is put right later leaves the end alone; else now, and on a later day the time at which it
 * was to end.
 */
export function likelyEnd({ holding, proceedings }: Begun, { now, directory }: Moment): Temporal.Instant {
  const { timeZone } = directory.policy;
  const { ended } = proceedings;
  if (ended !== undefined) return Temporal.Instant.from(ended);
  const began = begunBy(proceedings, now);
  const isItsDay = dateIn(timeZone, now).equals(dateIn(timeZone, began));
  const planned = holding && Temporal.Instant.from(holding.ends);
  const isPast =
    planned && Temporal.Instant.compare(planned, began) >= 0 && Temporal.Instant.compare(planned, now) <= 0;
  return isPast && !isItsDay ? planned : now;
}

/**
 * ISO 8601 instant; `time` is `HH:MM` on the day of the meeting, or null for what is most likely. Errors: `sitting.timeAhead`
 * (`of`: began, which tells it from that of an end), `sitting.beginsEarly` (`time`).
 */
export function beginSaid(sitting: Pick<Sitting, 'holding'>, time: string | null, { now, directory }: Moment): string {
  const likely = likelyBegin(sitting, now);
  if (time === null) return toStored(likely);
  const { timeZone } = directory.policy;
  const planned = sitting.holding && Temporal.Instant.from(sitting.holding.begins);
  const day = dateIn(timeZone, planned ?? now);
  const said = day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
  const latest = Temporal.Instant.compare(likely, now) > 0 ? likely : now;
  if (Temporal.Instant.compare(said, latest) > 0) throw new AppError('sitting.timeAhead', { of: 'began' });
  if (planned && Temporal.Instant.compare(said, planned.subtract(openBefore)) < 0)
    throw new AppError('sitting.beginsEarly', { time: onTheWall(planned, timeZone) });
  return toStored(said);
}

/** Longer than any meeting: what would be so long is a mistake. */
const longest = Temporal.Duration.from({ hours: 12 });

/**
 * Both, as it ends: ISO 8601 instants, from `HH:MM` of each or null for what is most likely. What is earlier on the wall than
 * the beginning is of the day after. Errors: `sitting.timeAhead`, `sitting.beginsEarly` (`time`), `sitting.endsFirst` (`time`).
 */
export function hoursSaid(
  sitting: Begun,
  said: { began: string | null; ended: string | null },
  { now, directory }: Moment,
): { began: string; ended: string } {
  const { timeZone } = directory.policy;
  const usual = begunBy(sitting.proceedings, now);
  // A form shows minutes, and leaves the seconds as they were.
  const isUsual = said.began === null || said.began === onTheWall(usual, timeZone);
  const began = isUsual ? usual : Temporal.Instant.from(beginSaid(sitting, said.began, { now, directory }));
  const end = endOf(sitting, began, said.ended, { now, directory });
  // Of one and the same minute, of which the form shows no seconds.
  const isAtOnce =
    Temporal.Instant.compare(end.add({ minutes: 1 }), began) > 0 && Temporal.Instant.compare(end, began) < 0;
  const ended = isAtOnce ? began : end;
  if (Temporal.Instant.compare(ended, now) > 0) throw new AppError('sitting.timeAhead');
  const isTooLong = Temporal.Instant.compare(began.add(longest), ended) < 0;
  if (Temporal.Instant.compare(ended, began) < 0 || isTooLong)
    throw new AppError('sitting.endsFirst', { time: onTheWall(began, timeZone) });
  return { began: toStored(began), ended: toStored(ended) };
}

function endOf(
  sitting: Begun,
  began: Temporal.Instant,
  time: string | null,
  { now, directory }: Moment,
): Temporal.Instant {
  const likely = likelyEnd(sitting, { now, directory });
  const { timeZone } = directory.policy;
  // A form shows minutes, and leaves the seconds as they were.
  if (time === null || time === onTheWall(likely, timeZone)) return likely;
  const day = dateIn(timeZone, began);
  const isNextDay = time < onTheWall(began, timeZone);
  const said = (isNextDay ? day.add({ days: 1 }) : day).toPlainDateTime(time);
  const [first, second] = (['compatible', 'later'] as const).map((disambiguation) =>
    said.toZonedDateTime(timeZone, { disambiguation }).toInstant(),
  );
  // Of a time that the night has twice the one that is not before the beginning.
  return first && Temporal.Instant.compare(first, began) >= 0 ? first : (second ?? likely);
}

/** `HH:MM`. */
export function onTheWall(moment: Temporal.Instant, timeZone: string): string {
  return moment.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}
