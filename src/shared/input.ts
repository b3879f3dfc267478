import type { z } from 'zod';

/** What comes in is unknown until it is parsed: then it is the value, or what is wrong with it, field by field. */
export type Parsed<Value> = { ok: true; value: Value } | { ok: false; problems: FieldProblem[] };

export interface FieldProblem {
  /** Dotted path, such as `youngPerson.birthYear`. */
  field: string;
  code: ProblemCode;
}

/** Each with its text, `problem.<code>`. */
export const problemCodes = [
  'required',
  'tooFew',
  'unknownCode',
  'unknownField',
  'unknownMunicipality',
  'tooLong',
  'notAYear',
  'overAge',
  'ageBandMismatch',
  'sensitive',
  'invalid',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Nothing of the input is repeated in the problems, for a problem goes back to a screen or over the wire. */
export function parseWith<Value>(schema: z.ZodType<Value>, input: unknown): Parsed<Value> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap(toProblems) };
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    // A field's name is the sender's text as well: it is repeated only when it is plainly a name.
    const names = issue.keys.map((key) => (/^[a-zA-Z]{1,40}$/.test(key) ? key : '(unreadable)'));
    return names.map((name) => ({ field: [...issue.path, name].join('.'), code: 'unknownField' }));
  }
  const field = issue.path.join('.') || 'body';
  return [{ field: field.replace(/\.\d+$/, ''), code: problemCode(issue) }];
}

function problemCode(issue: z.core.$ZodIssue): ProblemCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'required' : 'invalid';
    case 'too_small':
      return issue.origin === 'array' ? 'tooFew' : 'required';
    case 'too_big':
      return 'tooLong';
    case 'invalid_value':
      return issue.input === undefined || issue.input === '' ? 'required' : 'unknownCode';
    default:
      return 'invalid';
  }
}
