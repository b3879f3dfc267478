import { endsAsCut } from '../../src/cards/cut.ts';
import {
  type Form,
  type FormInputs,
  type FormProblem,
  type FormValues,
  formAgain,
  formValues,
  type Limits,
  shortened,
} from '../../src/cards/form.ts';
import type { Directory } from '../../src/directory/model.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { explained } from './error-text.ts';
import type { Press } from './verb.ts';

/** What a form's inputs mean: how they are read, and at which of them an expected failure is said, by its code. */
export interface FormInput<Value> {
  parse(values: FormValues): Parsed<Value, FormProblem> | Promise<Parsed<Value, FormProblem>>;
  limits: Limits;
  fieldOf: Readonly<Record<string, string>>;
}

/** What happens with them: `done` is one call of the service and the card of what came of it. */
export interface FormOutcome<Value, Result> {
  /** Throws what keeps this person from sending it in, whatever they have typed. */
  allow?(): void;
  done(value: Value): Promise<Result>;
  /**
   * Draws the form again. `overtaken`: what they mean, when somebody else has changed the same first; else null. What stands
   * there now is shown then, and seen by who presses again. After all else they know nothing of it: `seen` stays as it was.
   */
  again(form: Form, overtaken: Value | null): Result | Promise<Result>;
}

/**
 * A form that was sent in: parsed, then done. When either fails, or its sender may not send it in any more, it comes again,
 * with all that was typed and with why: at the field that it is about, or above them all. What was cut when it was shown last
 * is not taken without its end. Errors: those that are not meant for people.
 */
export async function submitted<Value, Result>(
  reader: Pick<Press, 'texts' | 'refused' | 'cut'> & { directory: Directory },
  inputs: FormInputs,
  { parse, limits, fieldOf }: FormInput<Value>,
  { allow, done, again }: FormOutcome<Value, Result>,
): Promise<Result> {
  const values = formValues(inputs);
  const kept = shortened(values, limits, reader.cut);
  const refused = (error: unknown): Form => {
    const reason = explained(error, reader, reader.directory);
    return { ...kept, errors: {}, refused: { reason, final: false } };
  };
  try {
    allow?.();
  } catch (error) {
    return again(refused(error), null);
  }
  const parsed = await parse(values);
  if (!parsed.ok) {
    reader.refused(new AppError('badInput'));
    return again(formAgain(reader.texts, values, parsed.problems, limits, reader.cut), null);
  }
  if (Object.entries(values).some(([id, text]) => endsAsCut(id, text, reader.cut))) {
    reader.refused(new AppError('badInput'));
    return again({ ...kept, errors: {} }, null);
  }
  try {
    return await done(parsed.value);
  } catch (error) {
    const field = error instanceof AppError ? fieldOf[error.code] : undefined;
    if (!field) return again(refused(error), isAppError(error, 'form.overtaken') ? parsed.value : null);
    return again({ ...kept, errors: { [field]: explained(error, reader, reader.directory) } }, null);
  }
}
