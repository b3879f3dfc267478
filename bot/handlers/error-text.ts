import { clockText } from '../../src/cards/dates.ts';
import { withoutMarkdown } from '../../src/cards/elements.ts';
import { type Directory, nameOf } from '../../src/directory/model.ts';
import { AppError } from '../../src/shared/errors.ts';
import { personId } from '../../src/shared/ids.ts';
import { errorText, type Texts, textsFor } from '../../src/shared/text.ts';
import type { Press } from './verb.ts';

/** The words for an expected failure, in the reader's language; null when it is not meant for people. */
export function explain(error: AppError, texts: Texts, directory: Directory | null): string | null {
  const { person, time, ...rest } = error.params;
  // A time on the wall, `HH:MM`.
  const at = typeof time === 'string' ? { time: clockText(time, texts) } : {};
  const name = directory && typeof person === 'string' ? nameOf(directory, personId(person)) : null;
  return errorText(texts, error.code, { ...rest, ...at, person: withoutMarkdown(name ?? texts('team.formerMember')) });
}

/** The words for what could not be done, to go on with; whatever is not meant for people is thrown on. */
export function explained(
  error: unknown,
  { texts, refused }: Pick<Press, 'texts' | 'refused'>,
  directory: Directory | null,
): string {
  const reason = error instanceof AppError ? explain(error, texts, directory) : null;
  if (reason === null) throw error;
  refused(error);
  return reason;
}

/** Failures that people are told of and that are faults of ours all the same. */
const faults = new Set(['store.unavailable', 'sealed.unreadable']);

/** True for what somebody who looks after the bot should see; the rest is answered and done with. */
export function isFault(error: unknown): boolean {
  return !(error instanceof AppError) || faults.has(error.code) || explain(error, textsFor('en'), null) === null;
}
