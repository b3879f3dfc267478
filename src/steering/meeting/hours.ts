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

const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0;

/** What tells when a meeting began, and when it may have ended. */
type Begun = Pick<Sitting, 'holding'> & { proceedings: Pick<Proceedings, 'began' | 'ended' | 'opened'> };

/** ISO 8601 instant. */
export function beganAt({ began, opened }: Pick<Proceedings, 'began' | 'opened'>): string {
  return began ?? opened.at;
}

/** Both as they were recorded, `HH:MM`; null for an end that is not there yet. */
export function hoursOf(
  proceedings: Pick<Proceedings, 'began' | 'opened' | 'ended'>,
  timeZone: string,
): { began: string; ended: string | null } {
  const { ended } = proceedings;
  return {
    began: onTheWall(Temporal.Instant.from(beganAt(proceedings)), timeZone),
    ended: ended === undefined ? null : onTheWall(Temporal.Instant.from(ended), timeZone),
  };
}

/** So long after its time a meeting begins late; who opens it later than that writes it down afterwards. */
const late = Temporal.Duration.from({ minutes: 15 });

/** Not before its time, where it is opened a little before it; its time, where it is opened long after it. */
export function likelyBegin({ holding }: Pick<Sitting, 'holding'>, now: Temporal.Instant): Temporal.Instant {
  const planned = holding && Temporal.Instant.from(holding.begins);
  if (!planned) return now;
  const isSoonAfter = !isBefore(now, planned) && !isBefore(planned.add(late), now);
  return isSoonAfter ? now : planned;
}

/** When it began, where it ends now: one that is over before the time at which it was to begin began when it was opened. */
export function begunBy(proceedings: Pick<Proceedings, 'began' | 'opened'>, now: Temporal.Instant): Temporal.Instant {
  const began = Temporal.Instant.from(beganAt(proceedings));
  return isBefore(now, began) ? Temporal.Instant.from(proceedings.opened.at) : began;
}

/** Whoever closes it so long after the time at which it was to end closes it as it ends, also after midnight. */
const stillMeeting = Temporal.Duration.from({ hours: 4 });

/**
 * As it was said before, for what is put right later leaves the end alone; else now, and on a later day the time at which it
 * was to end.
 */
export function likelyEnd({ holding, proceedings }: Begun, { now, directory }: Moment): Temporal.Instant {
  const { timeZone } = directory.policy;
  const { ended } = proceedings;
  if (ended !== undefined) return Temporal.Instant.from(ended);
  const began = begunBy(proceedings, now);
  const planned = holding && Temporal.Instant.from(holding.ends);
  if (!planned || isBefore(planned, began)) return now;
  const isItsDay = dateIn(timeZone, now).equals(dateIn(timeZone, began));
  return isItsDay || !isBefore(planned.add(stillMeeting), now) ? now : planned;
}

/** Every moment at which it is `HH:MM` on the wall on that day, the day before or the day after, the earliest first. */
function momentsAt(time: string, day: Temporal.PlainDate, timeZone: string): Temporal.Instant[] {
  return [-1, 0, 1].flatMap((days) =>
    // A night has an hour twice, and another lacks one: what is said of that is an hour later.
    (['compatible', 'later'] as const).map((disambiguation) =>
      day.add({ days }).toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation }).toInstant(),
    ),
  );
}

/** Who says a time of the clock means none that is further away than that. */
const halfDay = Temporal.Duration.from({ hours: 12 });

/**
 * ISO 8601 instant; `time` is `HH:MM` as it was nearest to when the meeting was to begin, or null for what is most likely.
 * Errors: `sitting.timeAhead` (`of`: began, which tells it from that of an end), `sitting.beginsEarly` (`time`).
 */
export function beginSaid(sitting: Pick<Sitting, 'holding'>, time: string | null, { now, directory }: Moment): string {
  const likely = likelyBegin(sitting, now);
  if (time === null) return toStored(likely);
  const { timeZone } = directory.policy;
  const planned = sitting.holding && Temporal.Instant.from(sitting.holding.begins);
  const about = planned ?? now;
  const latest = isBefore(now, likely) ? likely : now;
  const earliest = planned?.subtract(openBefore);
  const away = (moment: Temporal.Instant): number => Math.abs(moment.epochMilliseconds - about.epochMilliseconds);
  const near = momentsAt(time, dateIn(timeZone, about), timeZone)
    .filter((moment) => away(moment) <= halfDay.total('milliseconds'))
    .toSorted((a, b) => away(a) - away(b));
  const isEarly = (moment: Temporal.Instant): boolean => earliest !== undefined && isBefore(moment, earliest);
  const said = near.find((moment) => !isEarly(moment) && !isBefore(latest, moment));
  if (said) return toStored(said);
  if (planned && near.some(isEarly)) throw new AppError('sitting.beginsEarly', { time: onTheWall(planned, timeZone) });
  throw new AppError('sitting.timeAhead', { of: 'began' });
}

/** Longer than any meeting: what would be so long is a mistake. */
const longest = Temporal.Duration.from({ hours: 12 });

/**
 * Both, as it ends: ISO 8601 instants, from `HH:MM` of each or null for what is most likely. What is earlier on the wall than
 * the beginning is of the day after, unless no meeting is so long.
 * Errors: `sitting.timeAhead`, `sitting.beginsEarly` (`time`), `sitting.endsFirst` (`time`).
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
  const ended = isBefore(end, began) && isBefore(began, end.add({ minutes: 1 })) ? began : end;
  const isAhead = isBefore(now, ended);
  // A time of the clock before the beginning is no matter of waiting for the next day.
  const isItsDay = dateIn(timeZone, began).equals(dateIn(timeZone, ended));
  const isTooLong = isBefore(began.add(longest), ended) && !(isAhead && isItsDay);
  if (isBefore(ended, began) || isTooLong)
    throw new AppError('sitting.endsFirst', { time: onTheWall(began, timeZone) });
  if (isAhead) throw new AppError('sitting.timeAhead');
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
  const after = momentsAt(time, dateIn(timeZone, began), timeZone);
  return after.find((moment) => isBefore(began, moment.add({ minutes: 1 }))) ?? likely;
}

/** `HH:MM`. */
export function onTheWall(moment: Temporal.Instant, timeZone: string): string {
  return moment.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}
