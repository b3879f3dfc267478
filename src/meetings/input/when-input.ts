import { z } from 'zod';
import type { Directory } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import { addWorkingTime, type WorkingCalendar } from '../../shared/working-time.ts';
import { limits, type Plan, type PollOption, type Repeat, type Slot } from '../model.ts';
import { beginOf, byStart, deadlineBefore, exists, patternOf, repeatOf } from '../repeat.ts';
import type { MeetingPolicy } from '../settings.ts';
import type { PlanValues, Wrong } from './fields-input.ts';
import { isLength, isTooFar, readLine, readMinutes, type TimeReader, wallClock } from './time-input.ts';

/** When a meeting is planned for: once, in a series, or at one of several times to choose from. */

export interface WhenScene {
  directory: Directory;
  now: Temporal.Instant;
  calendar: WorkingCalendar;
  policy: Pick<MeetingPolicy, 'length' | 'pollDays'>;
  read: TimeReader;
  newId(): string;
}

const isoDate = z.iso.date();
const clockTime = z.iso.time({ precision: -1 });

export function readOne(values: PlanValues, scene: WhenScene, wrong: Wrong): Plan | null {
  const { now, directory } = scene;
  const zone = directory.policy.timeZone;
  const minutes = minutesOf(values, scene, wrong);
  const date = isoDate.safeParse(values.date).data ?? wrong({ field: 'date', plan: 'noDate' });
  const time = clockTime.safeParse(values.time).data ?? wrong({ field: 'time', plan: 'noTime' });
  if (!date || !time) {
    if (date && date < today(scene).toString())
      wrong({ field: 'date', plan: 'past', params: { start: nextLike(`${date}T12:00`, scene) } });
    readRepeat(values, null, scene, wrong);
    return null;
  }
  const one: Slot = { start: `${date}T${time}`, minutes: minutes ?? scene.policy.length };
  if (!exists(one, zone)) wrong({ field: 'time', plan: 'noSuchHour' });
  else if (Temporal.Instant.compare(beginOf(one, zone), now) <= 0) {
    const field = date === today(scene).toString() ? 'time' : 'date';
    wrong({ field, plan: 'past', params: { start: nextLike(one.start, scene) } });
  } else if (isTooFar(one, today(scene))) wrong({ field: 'date', plan: 'tooFar', params: { years: limits.farthest } });
  return { one, repeat: readRepeat(values, one, scene, wrong) };
}

const today = ({ now, directory }: WhenScene): Temporal.PlainDate =>
  now.toZonedDateTimeISO(directory.policy.timeZone).toPlainDate();

/** The same hour on the next such weekday to come. */
function nextLike(start: string, scene: WhenScene): string {
  const { dayOfWeek } = Temporal.PlainDate.from(start.slice(0, 10));
  const days = (dayOfWeek - today(scene).dayOfWeek + 7) % 7 || 7;
  return `${today(scene).add({ days })}T${start.slice(11)}`;
}

/** As long as is said there, or usual; null when it is no length of a meeting. */
function minutesOf({ length = '' }: PlanValues, { read, policy }: WhenScene, wrong: Wrong): number | null {
  if (!length.trim()) return policy.length;
  const minutes = readMinutes(length, read);
  if (minutes === 'unread') return wrong({ field: 'length', plan: 'notALength' });
  return minutes === 'impossible' ? wrong({ field: 'length', plan: 'badLength' }) : minutes;
}

const holidayRules = z.enum(['skip', 'before', 'after', 'keep']);

function readRepeat(
  { repeat = '', ends = '', holidays = 'skip' }: PlanValues,
  first: Slot | null,
  scene: WhenScene,
  wrong: Wrong,
): Repeat | null {
  if (!repeat || repeat === 'none') return null;
  const pattern = repeatOf(repeat) ?? wrong({ field: 'repeat', code: 'unknownCode' });
  const rule = holidayRules.safeParse(holidays).data ?? wrong({ field: 'holidays', code: 'unknownCode' });
  if (!ends.trim()) return wrong({ field: 'ends', plan: 'noEnd' });
  const end = scene.read.end(ends) ?? wrong({ field: 'ends', plan: 'notAnEnd' });
  if (!pattern || !rule || !end) return null;
  const whole: Repeat = { ...pattern, end, holidays: rule };
  if (!first) return whole;
  const farthest = today(scene).add({ years: limits.farthest }).toString();
  const last = 'until' in end ? end.until : (patternOf(first, whole).at(-1)?.toString() ?? '');
  if ('until' in end && end.until < first.start.slice(0, 10)) wrong({ field: 'ends', plan: 'endsFirst' });
  else if (('count' in end && (end.count < 1 || end.count > limits.mostOccurrences)) || last > farthest)
    wrong({ field: 'ends', plan: 'longSeries', params: { most: limits.mostOccurrences, years: limits.farthest } });
  return whole;
}

export function readSeveral(values: PlanValues, scene: WhenScene, wrong: Wrong): Plan | null {
  const zone = scene.directory.policy.timeZone;
  const minutes = minutesOf(values, scene, wrong) ?? scene.policy.length;
  const slots = slotsOf(values.times ?? '', minutes, scene, wrong);
  const [first] = slots;
  const deadline = readDeadline(values, first ? beginOf(first, zone) : null, scene, wrong);
  if (!first || !deadline) return null;
  const chosen = (values.poll ?? '').split(',');
  const several = {
    since: toStored(scene.now),
    deadline: toStored(deadline),
    namesHidden: chosen.includes('hidden'),
    botPicks: chosen.includes('bot'),
  };
  return { several, options: slots.map((slot): PollOption => ({ id: scene.newId(), ...slot })) };
}

/** In order of time, each once; empty when something is wrong with one. */
function slotsOf(text: string, minutes: number, scene: WhenScene, wrong: Wrong): Slot[] {
  const zone = scene.directory.policy.timeZone;
  const lines = text.split('\n').map((line) => ({ line, ...readLine(line, minutes, scene.read) }));
  const numbers = (isBad: (slot: Slot) => boolean): string =>
    lines.flatMap(({ slots }, index) => (slots.some(isBad) ? [index + 1] : [])).join(', ');
  const unread = lines.flatMap(({ line, isRead }, index) => (line.trim() && !isRead ? [index + 1] : [])).join(', ');
  const skipped = numbers((slot) => !exists(slot, zone));
  const past = numbers((slot) => Temporal.Instant.compare(beginOf(slot, zone), scene.now) <= 0);
  const far = numbers((slot) => isTooFar(slot, today(scene)));
  const all = lines.flatMap(({ slots }) => slots).toSorted(byStart);
  const once = all.filter(({ start }, index) => start !== all[index - 1]?.start);
  if (unread) wrong({ field: 'times', plan: 'unreadLines', params: { lines: unread } });
  else if (skipped) wrong({ field: 'times', plan: 'skippedLines', params: { lines: skipped } });
  else if (past) wrong({ field: 'times', plan: 'pastLines', params: { lines: past } });
  else if (far) wrong({ field: 'times', plan: 'farLines', params: { lines: far, years: limits.farthest } });
  else if (!once.every((slot) => isLength(slot.minutes))) wrong({ field: 'times', plan: 'badLength' });
  else if (once.length > limits.mostTimes)
    wrong({ field: 'times', plan: 'manyTimes', params: { count: once.length, most: limits.mostTimes } });
  else if (once.length < limits.fewestTimes)
    wrong({ field: 'times', plan: 'timesCount', params: { fewest: limits.fewestTimes, most: limits.mostTimes } });
  else return once;
  return [];
}

function readDeadline(
  { deadline = '' }: PlanValues,
  first: Temporal.Instant | null,
  scene: WhenScene,
  wrong: Wrong,
): Temporal.Instant | null {
  if (!deadline.trim()) return first && defaultDeadline(first, scene);
  const { date, time, rest } = scene.read.moment(deadline);
  if (!date || rest) return wrong({ field: 'deadline', plan: 'notAMoment' });
  const { timeZone, workingHours } = scene.directory.policy;
  const wall = wallClock(date, time ?? workingHours.end);
  if (!exists({ start: wall }, timeZone)) return wrong({ field: 'deadline', plan: 'noSuchHour' });
  const moment = beginOf({ start: wall }, timeZone);
  if (Temporal.Instant.compare(moment, scene.now) <= 0) return wrong({ field: 'deadline', plan: 'pastDeadline' });
  if (first && Temporal.Instant.compare(moment, first) >= 0) return wrong({ field: 'deadline', plan: 'lateDeadline' });
  return moment;
}

/** At the end of the last working day that the region gives people; at least an hour before the first time, if there is one. */
function defaultDeadline(
  first: Temporal.Instant,
  { now, calendar, policy }: Pick<WhenScene, 'now' | 'calendar' | 'policy'>,
): Temporal.Instant {
  const { timeZone, end } = calendar;
  const day = addWorkingTime(now, { days: policy.pollDays }, calendar).toZonedDateTimeISO(timeZone).toPlainDate();
  return deadlineBefore(first, day.toZonedDateTime({ timeZone, plainTime: end }).toInstant(), now);
}
