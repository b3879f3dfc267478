import { z } from 'zod';
import { type PersonId, personId } from '../../shared/ids.ts';
import { type FieldProblem, type Parsed, type ProblemCode, parseWith } from '../../shared/input.ts';
import { limits, type Place, type Slot } from '../model.ts';
import { exists } from '../repeat.ts';
import { fitting, type PlanProblem, readPlace, readText, type TextScene, type Wrong } from './fields-input.ts';
import { isLength, isTooFar, readLine, readMinutes, readOneTime, type TimeReader } from './time-input.ts';

/** What whoever plans a meeting fills in about one that there is: unknown → validated. */

export interface ChangeInput {
  /** One holding of a series, or all that is ahead. */
  scope: 'one' | 'all';
  title: string;
  place: Place;
}

const chosen = z.object({
  scope: z.enum(['one', 'all']).default('one'),
  how: z.enum(['onSite', 'remote']).default('onSite'),
});

type ChangeValues = Readonly<Partial<Record<'scope' | 'how' | 'title' | 'where', string>>>;

/** What it is called and where it is are read as when it is planned: what was taken then is taken now, and nothing else. */
export function parseChange(
  { scope, how, title = '', where = '' }: ChangeValues,
  scene: TextScene,
): Parsed<ChangeInput, PlanProblem> {
  const choices = parseWith(chosen, { scope, how });
  const problems: PlanProblem[] = choices.ok ? [] : choices.problems;
  const wrong: Wrong = (problem) => {
    problems.push(problem);
    return null;
  };
  const online = choices.ok && choices.value.how === 'remote' ? 'yes' : '';
  const values = fitting({ title, where, online }, wrong);
  const read = { title: readText('title', values, scene, wrong), place: readPlace(values, scene, wrong) };
  if (!choices.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { scope: choices.value.scope, ...read } };
}

/** Everybody that came, as a choice of several gives them: ids with commas between them; nobody is an answer too. */
export function parseCame(input: unknown): Parsed<{ came: PersonId[] }> {
  const came = z
    .string()
    .max(10_000)
    .default('')
    .transform((ids) => ids.split(',').filter((id) => id.trim() !== ''))
    .pipe(z.array(z.string().trim().transform(personId)).max(limits.mostInvited * 2));
  return parseWith(z.object({ came }), input);
}

/** Where it is said, and the length of what says none. */
interface Asked {
  field: string;
  minutes: number;
  /** In the zone of the meeting. */
  now: Temporal.ZonedDateTime;
  read: TimeReader;
}

/** One time. Problems: `required`, `notATime`, `noSuchHour`, `notALength`. */
export function parseTime(words = '', asked: Asked): Parsed<Slot> {
  if (!words.trim()) return refused(asked, 'required');
  const slot = readOneTime(words, asked.minutes, asked.read);
  return slot ? possible(slot, asked) : refused(asked, 'notATime');
}

/** One or more a line; what is wrong with one is wrong with all. Problems: those of `parseTime`, and `repeated`. */
export function parseTimes(words = '', asked: Asked): Parsed<Slot[]> {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return refused(asked, 'required');
  const found: Slot[] = [];
  for (const line of lines.slice(0, limits.mostTimes + 1)) {
    const { slots, isRead } = readLine(line, asked.minutes, asked.read);
    if (!isRead) return refused(asked, 'notATime');
    for (const slot of slots) {
      const parsed = possible(slot, asked);
      if (!parsed.ok) return parsed;
      if (found.some(({ start, minutes }) => start === slot.start && minutes === slot.minutes))
        return refused(asked, 'repeated');
      found.push(slot);
    }
  }
  return { ok: true, value: found };
}

/** In minutes. Problems: `notALength`. */
export function parseLength(words = '', asked: Pick<Asked, 'field' | 'read'>): Parsed<number> {
  const minutes = readMinutes(words, asked.read);
  return typeof minutes === 'number' ? { ok: true, value: minutes } : refused(asked, 'notALength');
}

function possible(slot: Slot, asked: Pick<Asked, 'field' | 'now'>): Parsed<Slot> {
  if (isTooFar(slot, asked.now.toPlainDate())) return refused(asked, 'notATime');
  if (!isLength(slot.minutes)) return refused(asked, 'notALength');
  return exists(slot, asked.now.timeZoneId) ? { ok: true, value: slot } : refused(asked, 'noSuchHour');
}

function refused({ field }: Pick<Asked, 'field'>, code: ProblemCode): { ok: false; problems: FieldProblem[] } {
  return { ok: false, problems: [{ field, code }] };
}
