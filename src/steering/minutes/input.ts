import { z } from 'zod';
import { personId } from '../../shared/ids.ts';
import { type Parsed, parseWith } from '../../shared/input.ts';
import { someText } from '../../shared/text-input.ts';
import { minutesLimits } from '../model.ts';

/** What is typed and chosen in the forms of minutes: unknown → validated. */

export function parseComment(values: unknown): Parsed<{ comment: string }> {
  return parseWith(z.object({ comment: someText(minutesLimits.comment) }), values);
}

export function parseCorrection(values: unknown): Parsed<{ correction: string }> {
  return parseWith(z.object({ correction: someText(minutesLimits.correction) }), values);
}

/** Ids between commas, as a form sends what is chosen in it. */
const people = z
  .string()
  .min(1)
  .max(4_000)
  .transform((text) => text.split(',').map(personId));

export function parseCheckers(values: unknown): Parsed<{ checkers: ReturnType<typeof personId>[] }> {
  return parseWith(z.object({ checkers: people }), values);
}
