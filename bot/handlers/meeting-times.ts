import { limits, type Slot } from '../../src/meetings/model.ts';
import { exists } from '../../src/meetings/repeat.ts';
import type { Parsed, ProblemCode } from '../../src/shared/input.ts';
import { foldText } from '../../src/shared/normalise.ts';

/** Times as people write them, read for the forms of a meeting. It takes twenty megabytes, so it is loaded when it is asked for. */
const reader = () => import('../../src/dates/read-date.ts');

/** Where it is said, what is to be said, and the length of what says none. */
interface Asked {
  field: string;
  minutes: number;
  /** In the zone of the meeting. */
  now: Temporal.ZonedDateTime;
}

/** One time. Problems: `required`, `notATime`, `noSuchHour`, `notALength`. */
export async function readSlot(text: string | undefined, asked: Asked): Promise<Parsed<Slot>> {
  const { readDate } = await reader();
  const refused = (code: ProblemCode): Parsed<Slot> => ({ ok: false, problems: [{ field: asked.field, code }] });
  if (!text?.trim()) return refused('required');
  const { date, time, length, rest } = readDate(text, asked.now);
  if (!date || !time || !saysNothing(rest) || isTooFar(date, asked.now)) return refused('notATime');
  const minutes = length ? length.total({ unit: 'minutes' }) : asked.minutes;
  if (!isPossibleLength(minutes)) return refused('notALength');
  const start = date.toPlainDateTime(time).toString({ smallestUnit: 'minute' });
  return exists({ start }, asked.now.timeZoneId) ? { ok: true, value: { start, minutes } } : refused('noSuchHour');
}

/** One a line; what is wrong with one is wrong with all. */
export async function readSlots(text: string | undefined, asked: Asked): Promise<Parsed<Slot[]>> {
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return { ok: false, problems: [{ field: asked.field, code: 'required' }] };
  const slots: Slot[] = [];
  for (const line of lines.slice(0, limits.mostTimes + 1)) {
    const read = await readSlot(line, asked);
    if (!read.ok) return read;
    const { value } = read;
    if (slots.some(({ start, minutes }) => start === value.start && minutes === value.minutes))
      return { ok: false, problems: [{ field: asked.field, code: 'repeated' }] };
    slots.push(value);
  }
  return { ok: true, value: slots };
}

/** In minutes. Problems: `notALength`. */
export async function readLength(
  text: string | undefined,
  { field, now }: Omit<Asked, 'minutes'>,
): Promise<Parsed<number>> {
  const { readDate } = await reader();
  const { date, time, length, rest } = readDate(text ?? '', now);
  const minutes = length?.total({ unit: 'minutes' }) ?? 0;
  const isLength = !date && !time && saysNothing(rest) && isPossibleLength(minutes);
  return isLength ? { ok: true, value: minutes } : { ok: false, problems: [{ field, code: 'notALength' }] };
}

const isPossibleLength = (minutes: number): boolean =>
  Number.isInteger(minutes) && minutes >= limits.shortest && minutes <= limits.longest;

const isTooFar = (date: Temporal.PlainDate, now: Temporal.ZonedDateTime): boolean =>
  Temporal.PlainDate.compare(date, now.toPlainDate().add({ years: limits.farthest })) > 0;

/** Any deadline is by that time. */
const small = new Set(
  'senast till den på viimeistään mennessä saakka asti by due on the at latest until'.split(' ').map(foldText),
);

function saysNothing(rest: string): boolean {
  return foldText(rest)
    .split(' ')
    .every((word) => word === '' || small.has(word));
}
