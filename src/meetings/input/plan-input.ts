import { z } from 'zod';
import { type Body, type Directory, isMember, membershipsOf } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import { type CaseReference, type PersonId, parseReference, personId } from '../../shared/ids.ts';
import type { FieldProblem, Parsed } from '../../shared/input.ts';
import { singleLine } from '../../shared/normalise.ts';
import { findSensitive } from '../../shared/sensitive.ts';
import { addWorkingTime, type WorkingCalendar } from '../../shared/working-time.ts';
import type { Draft } from '../created.ts';
import { invitedTo } from '../invited.ts';
import {
  type Invited,
  limits,
  type MeetingKind,
  meetingKinds,
  type Place,
  type Plan,
  type PollOption,
  type Repeat,
  type Slot,
} from '../model.ts';
import { beginOf, byStart, deadlineBefore, exists, patternOf, repeatOf } from '../repeat.ts';
import { kindsIn } from '../rights.ts';
import type { MeetingPolicy } from '../settings.ts';

/** The form in which a meeting is planned: what its fields hold → a draft, or what is wrong with each. */

/** The ids of the form's inputs. */
export const planFields = [
  'body',
  'title',
  'date',
  'time',
  'times',
  'deadline',
  'poll',
  'length',
  'where',
  'online',
  'everyone',
  'named',
  'kind',
  'subject',
  'repeat',
  'ends',
  'holidays',
] as const;
export type PlanField = (typeof planFields)[number];
export type PlanValues = Readonly<Partial<Record<PlanField, string>>>;

/** What is planned: a time, or several to choose from. */
export const planModes = ['one', 'several'] as const;
export type PlanMode = (typeof planModes)[number];

/** How many characters an input takes: what is written, and the ids of the people that are chosen. */
export const planLimits = {
  named: limits.mostNamed * 40,
  title: limits.title,
  where: limits.where,
  times: 1_000,
  deadline: 100,
  length: 50,
  subject: 30,
  ends: 60,
} as const;

/** Each with its text, `meeting.plan.problem.<code>`. */
export const planProblems = [
  'noDate',
  'noTime',
  'noEnd',
  'past',
  'pastLines',
  'unreadLines',
  'skippedLines',
  'tooFar',
  'farLines',
  'badLength',
  'timesCount',
  'notAMoment',
  'pastDeadline',
  'lateDeadline',
  'notAnEnd',
  'endsFirst',
  'longSeries',
  'nobody',
  'manyNamed',
  'manyInvited',
  'outsiders',
  'notAReference',
  'notACase',
  'notTheirs',
  'noSuchHour',
  'notALength',
] as const;
export type PlanProblemCode = (typeof planProblems)[number];

/** Of a field; with params where its text has some: `start` is a wall-clock time that was probably meant. */
export type PlanProblem =
  | FieldProblem
  | { field: PlanField; plan: PlanProblemCode; params?: Readonly<Record<string, string | number>> };

/** Nothing stands there yet, or too little: before the form is sent that is asked for, and is no mistake. */
export function isMissing(problem: PlanProblem): boolean {
  return 'plan' in problem
    ? ['noDate', 'noTime', 'noEnd', 'timesCount', 'nobody'].includes(problem.plan)
    : problem.code === 'required';
}

/** What reads the words in it; it is the edge's to load. */
export interface PlanReader {
  times(line: string): { times: readonly SaidSlot[]; rest: string };
  moment(words: string): { date: Temporal.PlainDate | null; time: Temporal.PlainTime | null; rest: string };
  length(words: string): number | null;
  end(words: string): Repeat['end'] | null;
}

interface SaidSlot {
  date: Temporal.PlainDate | null;
  time: Temporal.PlainTime | null;
  minutes: number | null;
}

export interface PlanScene {
  /** A meeting of theirs alone is none. */
  planner: PersonId;
  directory: Directory;
  /** Those for which its reader may plan. */
  bodies: readonly Body[];
  now: Temporal.Instant;
  calendar: WorkingCalendar;
  policy: Pick<MeetingPolicy, 'length' | 'pollDays'>;
  read: PlanReader;
  newId(): string;
}

/** Everything is looked at, so that everything is told at once. */
export function parsePlan(mode: PlanMode, given: PlanValues, scene: PlanScene): Parsed<Draft, PlanProblem> {
  const problems: PlanProblem[] = [];
  const wrong: Wrong = (problem) => {
    // Of each field the first: the others would be of what it leads to.
    if (!problems.some(({ field }) => field === problem.field)) problems.push(problem);
    return null;
  };
  const values = fitting(given, wrong);
  const body = readBody(values, scene, wrong);
  const about = readKind(values, body, wrong);
  const title = readText('title', values, wrong);
  const place = readPlace(values, wrong);
  const invited = readInvited(values, body, about.subject, scene, wrong);
  if (!invited.everyone && invited.named.every((person) => person === scene.planner))
    wrong({ field: 'named', plan: 'nobody' });
  const plan = mode === 'one' ? readOne(values, scene, wrong) : readSeveral(values, scene, wrong);
  if (problems.length > 0 || !body || !plan) return { ok: false, problems };
  return { ok: true, value: { body: body.id, ...about, title, place, invited, plan } };
}

/** Notes what is wrong at a field; there is nothing to be read there then. */
export type Wrong = (problem: PlanProblem & { field: PlanField }) => null;

/** Without what is too long to be read; too many people are told in another way. */
export function fitting(values: PlanValues, wrong: Wrong): PlanValues {
  const long = planFields.filter((field) => {
    const limit = field === 'named' ? undefined : Object.entries(planLimits).find(([name]) => name === field)?.[1];
    return limit !== undefined && singleLine(values[field] ?? '').length > limit;
  });
  for (const field of long) wrong({ field, code: 'tooLong' });
  return Object.fromEntries(Object.entries(values).filter(([name]) => !long.some((field) => field === name)));
}

function readBody({ body }: PlanValues, { bodies }: PlanScene, wrong: Wrong): Body | null {
  if (!body) return wrong({ field: 'body', code: 'required' });
  return bodies.find(({ id }) => id === body) ?? wrong({ field: 'body', code: 'unknownCode' });
}

function readKind(
  { kind = 'meeting', subject = '' }: PlanValues,
  body: Body | null,
  wrong: Wrong,
): { kind: MeetingKind; subject: CaseReference | null } {
  const known = meetingKinds.find((one) => one === kind) ?? wrong({ field: 'kind', code: 'unknownCode' });
  const isCase = known === 'case';
  if (known && body && !kindsIn(body.kind).includes(known)) wrong({ field: 'kind', plan: 'notTheirs' });
  const written = subject.trim();
  const reference = parseReference(written)?.reference ?? null;
  if (isCase && !written) wrong({ field: 'subject', plan: 'notAReference' });
  else if (written && !reference) wrong({ field: 'subject', plan: 'notAReference' });
  else if (written && !isCase) wrong({ field: 'kind', plan: 'notACase' });
  return { kind: known ?? 'meeting', subject: isCase ? reference : null };
}

export function readText(field: 'title' | 'where', values: PlanValues, wrong: Wrong): string {
  const text = singleLine(values[field] ?? '');
  // A link holds numbers, which are no phone numbers.
  const found = findSensitive(text).filter((kind) => !isLink(text) || kind !== 'phoneNumber');
  if (found.length > 0) wrong({ field, code: 'sensitive' });
  return text;
}

const isLink = (text: string): boolean => /^[a-z][a-z+.-]*:\/\//i.test(text);

export function readPlace(values: PlanValues, wrong: Wrong): Place {
  const where = readText('where', values, wrong);
  if (isLink(where) && URL.parse(where)?.protocol !== 'https:') wrong({ field: 'where', code: 'notALink' });
  return { online: values.online === 'yes', where };
}

/** Who is invited, in the form of a new meeting and of one that there is. */
export function readInvited(
  { everyone = 'everyone', named = '' }: PlanValues,
  body: Body | null,
  subject: CaseReference | null,
  { directory }: Pick<PlanScene, 'directory'>,
  wrong: Wrong,
): Invited {
  const chosen = [...new Set(named.split(',').flatMap((id) => (id.trim() ? [personId(id.trim())] : [])))];
  const isKnown = (person: PersonId): boolean => membershipsOf(directory, person).length > 0;
  const isInTeam = (person: PersonId): boolean => !body || isMember(directory, body.id, person);
  const invited = { everyone: everyone !== 'named', named: chosen };
  if (!invited.everyone && chosen.length === 0) wrong({ field: 'named', plan: 'nobody' });
  else if (chosen.length > limits.mostNamed)
    wrong({ field: 'named', plan: 'manyNamed', params: { limit: limits.mostNamed } });
  else if (!chosen.every(isKnown)) wrong({ field: 'named', code: 'unknownCode' });
  else if (subject !== null && !chosen.every(isInTeam)) wrong({ field: 'named', plan: 'outsiders' });
  else if (body && invitedTo({ body: body.id, subject, invited }, directory).length > limits.mostInvited)
    wrong({ field: 'named', plan: 'manyInvited', params: { limit: limits.mostInvited } });
  return invited;
}

const isoDate = z.iso.date();
const clockTime = z.iso.time({ precision: -1 });

function readOne(values: PlanValues, scene: PlanScene, wrong: Wrong): Plan | null {
  const { now, directory } = scene;
  const zone = directory.policy.timeZone;
  const minutes = readLength(values, scene, wrong);
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
  } else if (isTooFar(one, scene)) wrong({ field: 'date', plan: 'tooFar', params: { years: limits.farthest } });
  return { one, repeat: readRepeat(values, one, scene, wrong) };
}

const today = ({ now, directory }: PlanScene): Temporal.PlainDate =>
  now.toZonedDateTimeISO(directory.policy.timeZone).toPlainDate();

function isTooFar({ start }: Pick<Slot, 'start'>, scene: PlanScene): boolean {
  return start.slice(0, 10) > today(scene).add({ years: limits.farthest }).toString();
}

/** The same hour on the next such weekday to come. */
function nextLike(start: string, scene: PlanScene): string {
  const { dayOfWeek } = Temporal.PlainDate.from(start.slice(0, 10));
  const days = (dayOfWeek - today(scene).dayOfWeek + 7) % 7 || 7;
  return `${today(scene).add({ days })}T${start.slice(11)}`;
}

/** In minutes; null when something else stands there. */
function readLength({ length = '' }: PlanValues, { read, policy }: PlanScene, wrong: Wrong): number | null {
  if (!length.trim()) return policy.length;
  const minutes = read.length(length);
  if (minutes === null) return wrong({ field: 'length', plan: 'notALength' });
  return isLength(minutes) ? minutes : wrong({ field: 'length', plan: 'badLength' });
}

const isLength = (minutes: number): boolean => minutes >= limits.shortest && minutes <= limits.longest;

const holidayRules = z.enum(['skip', 'before', 'after', 'keep']);

function readRepeat(
  { repeat = '', ends = '', holidays = 'skip' }: PlanValues,
  first: Slot | null,
  scene: PlanScene,
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

function readSeveral(values: PlanValues, scene: PlanScene, wrong: Wrong): Plan | null {
  const zone = scene.directory.policy.timeZone;
  const minutes = readLength(values, scene, wrong) ?? scene.policy.length;
  const slots = readSlots(values.times ?? '', minutes, scene, wrong);
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
function readSlots(text: string, minutes: number, scene: PlanScene, wrong: Wrong): Slot[] {
  const zone = scene.directory.policy.timeZone;
  const lines = text.split('\n').map((line) => ({ line, ...slotsOf(line, minutes, scene.read) }));
  const numbers = (isBad: (slot: Slot) => boolean): string =>
    lines.flatMap(({ slots }, index) => (slots.some(isBad) ? [index + 1] : [])).join(', ');
  const unread = lines.flatMap(({ line, isRead }, index) => (line.trim() && !isRead ? [index + 1] : [])).join(', ');
  const skipped = numbers((slot) => !exists(slot, zone));
  const past = numbers((slot) => Temporal.Instant.compare(beginOf(slot, zone), scene.now) <= 0);
  const far = numbers((slot) => isTooFar(slot, scene));
  const all = lines.flatMap(({ slots }) => slots).toSorted(byStart);
  const once = all.filter(({ start }, index) => start !== all[index - 1]?.start);
  if (unread) wrong({ field: 'times', plan: 'unreadLines', params: { lines: unread } });
  else if (skipped) wrong({ field: 'times', plan: 'skippedLines', params: { lines: skipped } });
  else if (past) wrong({ field: 'times', plan: 'pastLines', params: { lines: past } });
  else if (far) wrong({ field: 'times', plan: 'farLines', params: { lines: far, years: limits.farthest } });
  else if (!once.every((slot) => isLength(slot.minutes))) wrong({ field: 'times', plan: 'badLength' });
  else if (once.length < limits.fewestTimes || once.length > limits.mostTimes)
    wrong({ field: 'times', plan: 'timesCount', params: { fewest: limits.fewestTimes, most: limits.mostTimes } });
  else return once;
  return [];
}

/** What one line says; `isRead` when nothing is left over and no day or hour is missing. */
function slotsOf(line: string, minutes: number, read: PlanReader): { slots: Slot[]; isRead: boolean } {
  const { times, rest } = read.times(line);
  const slots = times.flatMap(({ date, time, minutes: own }): Slot[] =>
    date && time ? [{ start: `${date}T${time.toString({ smallestUnit: 'minute' })}`, minutes: own ?? minutes }] : [],
  );
  return { slots, isRead: rest === '' && slots.length === times.length && slots.length > 0 };
}

function readDeadline(
  { deadline = '' }: PlanValues,
  first: Temporal.Instant | null,
  scene: PlanScene,
  wrong: Wrong,
): Temporal.Instant | null {
  if (!deadline.trim()) return first && defaultDeadline(first, scene);
  const { date, time, rest } = scene.read.moment(deadline);
  if (!date || rest) return wrong({ field: 'deadline', plan: 'notAMoment' });
  const { timeZone, workingHours } = scene.directory.policy;
  const wall = date.toPlainDateTime(time ?? workingHours.end).toString({ smallestUnit: 'minute' });
  if (!exists({ start: wall }, timeZone)) return wrong({ field: 'deadline', plan: 'noSuchHour' });
  const moment = beginOf({ start: wall }, timeZone);
  if (Temporal.Instant.compare(moment, scene.now) <= 0) return wrong({ field: 'deadline', plan: 'pastDeadline' });
  if (first && Temporal.Instant.compare(moment, first) >= 0) return wrong({ field: 'deadline', plan: 'lateDeadline' });
  return moment;
}

/** At the end of the last working day that the region gives people; at least an hour before the first time, if there is one. */
export function defaultDeadline(
  first: Temporal.Instant,
  { now, calendar, policy }: Pick<PlanScene, 'now' | 'calendar' | 'policy'>,
): Temporal.Instant {
  const { timeZone, end } = calendar;
  const day = addWorkingTime(now, { days: policy.pollDays }, calendar).toZonedDateTimeISO(timeZone).toPlainDate();
  return deadlineBefore(first, day.toZonedDateTime({ timeZone, plainTime: end }).toInstant(), now);
}
