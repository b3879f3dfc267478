import { type Body, type Directory, isMember, membershipsOf } from '../../directory/model.ts';
import { type CaseReference, type PersonId, personId } from '../../shared/ids.ts';
import type { FieldProblem } from '../../shared/input.ts';
import { singleLine } from '../../shared/normalise.ts';
import { findSensitive } from '../../shared/sensitive.ts';
import { invitedTo } from '../invited.ts';
import { type Invited, limits, type Place } from '../model.ts';
import { namesOtherCase } from './case-input.ts';

/** The fields of a meeting's forms: what they are, what can be wrong with them, and what is read of those that no time stands in. */

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
  'noRhythm',
  'past',
  'pastLines',
  'unreadLines',
  'skippedLines',
  'tooFar',
  'farLines',
  'badLength',
  'timesCount',
  'manyTimes',
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
  'namesCase',
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
    ? ['noDate', 'noTime', 'noEnd', 'noRhythm', 'timesCount', 'nobody'].includes(problem.plan)
    : problem.code === 'required';
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

/** What the meeting is about, and in which region: no other case of it is named in a text. */
export interface TextScene {
  subject: CaseReference | null;
  directory: Directory;
}

export function readText(field: 'title' | 'where', values: PlanValues, scene: TextScene, wrong: Wrong): string {
  const text = singleLine(values[field] ?? '');
  // A link holds numbers, which are no phone numbers; what is written behind it may be one.
  const said = isLink(text) ? text.replace(/^\S+/, '') : text;
  const isSaid = findSensitive(said).includes('phoneNumber');
  const found = findSensitive(text).filter((kind) => kind !== 'phoneNumber' || isSaid);
  if (found.length > 0) wrong({ field, code: 'sensitive' });
  else if (namesOtherCase(text, scene.subject, scene.directory)) wrong({ field, plan: 'namesCase' });
  return text;
}

const isLink = (text: string): boolean => /^[a-z][a-z+.-]*:\/\//i.test(text);

export function readPlace(values: PlanValues, scene: TextScene, wrong: Wrong): Place {
  const where = readText('where', values, scene, wrong);
  if (isLink(where) && URL.parse(where)?.protocol !== 'https:') wrong({ field: 'where', code: 'notALink' });
  return { online: values.online === 'yes', where };
}

/** Who is invited, in the form of a new meeting and of one that there is. */
export function readInvited(
  { everyone = 'everyone', named = '' }: PlanValues,
  body: Body | null,
  subject: CaseReference | null,
  { directory }: { directory: Directory },
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
