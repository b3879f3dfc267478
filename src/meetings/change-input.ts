import { z } from 'zod';
import { type PersonId, personId } from '../shared/ids.ts';
import { asProblem, type Parsed, parseWith } from '../shared/input.ts';
import { singleLine } from '../shared/normalise.ts';
import { findSensitive } from '../shared/sensitive.ts';
import { limits, type Place } from './model.ts';

/** What whoever plans a meeting fills in about one that there is: unknown → validated. Times in words are the edge's to read. */

const harmless = (text: string): boolean => findSensitive(text).length === 0;
const shown = (limit: number) =>
  z
    .string()
    .default('')
    .transform(singleLine)
    .pipe(z.string().max(limit).refine(harmless, asProblem('sensitive')));

export interface ChangeInput {
  /** One holding of a series, or all that is ahead. */
  scope: 'one' | 'all';
  title: string;
  place: Place;
}

const changeSchema = z.object({
  scope: z.enum(['one', 'all']).default('one'),
  title: shown(limits.title),
  where: shown(limits.where),
  how: z.enum(['onSite', 'remote']).default('onSite'),
});

export function parseChange(input: unknown): Parsed<ChangeInput> {
  const schema = changeSchema.transform(({ scope, title, where, how }) => ({
    scope,
    title,
    place: { online: how === 'remote', where },
  }));
  return parseWith(schema, input);
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
