import type { Body } from '../../directory/model.ts';
import { type CaseReference, type PersonId, parseReference } from '../../shared/ids.ts';
import type { Parsed } from '../../shared/input.ts';
import type { Draft } from '../created.ts';
import { type MeetingKind, meetingKinds } from '../model.ts';
import { kindsIn } from '../rights.ts';
import {
  fitting,
  type PlanProblem,
  type PlanValues,
  readInvited,
  readPlace,
  readText,
  type Wrong,
} from './fields-input.ts';
import { readOne, readSeveral, type WhenScene } from './when-input.ts';

/** The form in which a meeting is planned: what its fields hold → a draft, or what is wrong with each. */

/** What is planned: a time, or several to choose from. */
export const planModes = ['one', 'several'] as const;
export type PlanMode = (typeof planModes)[number];

export interface PlanScene extends WhenScene {
  /** A meeting of theirs alone is none. */
  planner: PersonId;
  /** Those for which its reader may plan. */
  bodies: readonly Body[];
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
  const of = { subject: about.subject, directory: scene.directory };
  const title = readText('title', values, of, wrong);
  const place = readPlace(values, of, wrong);
  const invited = readInvited(values, body, about.subject, scene, wrong);
  if (!invited.everyone && invited.named.every((person) => person === scene.planner))
    wrong({ field: 'named', plan: 'nobody' });
  if (mode === 'one') requireRhythm(values, wrong);
  const plan = mode === 'one' ? readOne(values, scene, wrong) : readSeveral(values, scene, wrong);
  if (problems.length > 0 || !body || !plan) return { ok: false, problems };
  return { ok: true, value: { body: body.id, ...about, title, place, invited, plan } };
}

function readBody({ body }: PlanValues, { bodies }: PlanScene, wrong: Wrong): Body | null {
  if (!body) return wrong({ field: 'body', code: 'required' });
  return bodies.find(({ id }) => id === body) ?? wrong({ field: 'body', code: 'unknownCode' });
}

/** Who has written an end wants a series, and one meeting alone is not sent in its place. */
function requireRhythm({ repeat = 'none', ends = '' }: PlanValues, wrong: Wrong): void {
  if (repeat === 'none' && ends.trim()) wrong({ field: 'repeat', plan: 'noRhythm' });
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
