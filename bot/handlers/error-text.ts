import { withoutMarkdown } from '../../src/cards/elements.ts';
import { type Directory, nameOf } from '../../src/directory/model.ts';
import type { AppError } from '../../src/shared/errors.ts';
import { personId } from '../../src/shared/ids.ts';
import { errorText, type Texts } from '../../src/shared/text.ts';

/** The words for an expected failure, in the reader's language; null when it is not meant for people. */
export function explain(error: AppError, texts: Texts, directory: Directory | null): string | null {
  const { person, ...rest } = error.params;
  const name = directory && typeof person === 'string' ? nameOf(directory, personId(person)) : null;
  return errorText(texts, error.code, { ...rest, person: withoutMarkdown(name ?? texts('team.formerMember')) });
}
