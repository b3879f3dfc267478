import { z } from 'zod';
import { type PersonId, personId } from '../../shared/ids.ts';
import { type Parsed, parseWith } from '../../shared/input.ts';
import { limits, type Place } from '../model.ts';
import { fitting, type PlanProblem, readPlace, readText, type Wrong } from './plan-input.ts';

/** What whoever plans a meeting fills in about one that there is: unknown → validated. Times in words are the edge's to read. */

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
export function parseChange({ scope, how, title = '', where = '' }: ChangeValues): Parsed<ChangeInput, PlanProblem> {
  const choices = parseWith(chosen, { scope, how });
  const problems: PlanProblem[] = choices.ok ? [] : choices.problems;
  const wrong: Wrong = (problem) => {
    problems.push(problem);
    return null;
  };
  const online = choices.ok && choices.value.how === 'remote' ? 'yes' : '';
  const values = fitting({ title, where, online }, wrong);
  const read = { title: readText('title', values, wrong), place: readPlace(values, wrong) };
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
