import { limits, type Slot } from '../../src/meetings/model.ts';
import { exists } from '../../src/meetings/repeat.ts';
import type { SaidTime } from '../../src/meetings/say/say-times.ts';
import type { Parsed, ProblemCode } from '../../src/shared/input.ts';

/** Times in words for the forms of a meeting. Reading them takes twenty megabytes, so it is loaded when it is asked for. */
const reader = () => import('../../src/meetings/say/say-times.ts');

/** Where it is said, what is to be said, and the length of what says none. */
interface Asked {
  field: string;
  minutes: number;
  /** In the zone of the meeting. */
  now: Temporal.ZonedDateTime;
}

/** One time. Problems: `required`, `notATime`, `noSuchHour`, `notALength`. */
export async function readSlot(text: string | undefined, asked: Asked): Promise<Parsed<Slot>> {
  const { readMoment } = await reader();
  if (!text?.trim()) return refused(asked, 'required');
  const { rest, ...said } = readMoment(text, asked.now);
  return rest ? refused(asked, 'notATime') : slotOf(said, asked);
}

/** One or more a line; what is wrong with one is wrong with all. */
export async function readSlots(text: string | undefined, asked: Asked): Promise<Parsed<Slot[]>> {
  const { readTimes } = await reader();
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return refused(asked, 'required');
  const slots: Slot[] = [];
  for (const line of lines.slice(0, limits.mostTimes + 1)) {
    const { times, rest } = readTimes(line, asked.now);
    if (rest || times.length === 0) return refused(asked, 'notATime');
    for (const said of times) {
      const read = slotOf(said, asked);
      if (!read.ok) return read;
      const { value } = read;
      if (slots.some(({ start, minutes }) => start === value.start && minutes === value.minutes))
        return refused(asked, 'repeated');
      slots.push(value);
    }
  }
  return { ok: true, value: slots };
}

/** In minutes. Problems: `notALength`. */
export async function readLength(
  text: string | undefined,
  { field, now }: Omit<Asked, 'minutes'>,
): Promise<Parsed<number>> {
  const read = await reader();
  const minutes = read.readLength(text ?? '', now);
  return minutes !== null && isPossibleLength(minutes)
    ? { ok: true, value: minutes }
    : refused({ field }, 'notALength');
}

function slotOf({ date, time, minutes: said }: SaidTime, asked: Asked): Parsed<Slot> {
  if (!date || !time || isTooFar(date, asked.now)) return refused(asked, 'notATime');
  const minutes = said ?? asked.minutes;
  if (!isPossibleLength(minutes)) return refused(asked, 'notALength');
  const start = date.toPlainDateTime(time).toString({ smallestUnit: 'minute' });
  return exists({ start }, asked.now.timeZoneId)
    ? { ok: true, value: { start, minutes } }
    : refused(asked, 'noSuchHour');
}

const refused = (
  { field }: Pick<Asked, 'field'>,
  code: ProblemCode,
): { ok: false; problems: [{ field: string; code: ProblemCode }] } => ({
  ok: false,
  problems: [{ field, code }],
});

const isPossibleLength = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes >= limits.shortest && minutes <= limits.longest;

const isTooFar = (date: Temporal.PlainDate, now: Temporal.ZonedDateTime): boolean =>
  Temporal.PlainDate.compare(date, now.toPlainDate().add({ years: limits.farthest })) > 0;
