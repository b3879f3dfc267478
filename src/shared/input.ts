import type { z } from 'zod';

/** What comes in is unknown until it is parsed: then it is the value, or what is wrong with it, field by field. */
export type Parsed<Value, Problem = FieldProblem> = { ok: true; value: Value } | { ok: false; problems: Problem[] };

export interface FieldProblem {
  /** Dotted path, such as `youngPerson.birthYear`. */
  field: string;
  code: ProblemCode;
  /** Of a field with many lines: which one, from 1. */
  line?: number;
  /** How much there may be, where that is not what the field as a whole takes. */
  limit?: number;
}

type ProblemCounts = Pick<FieldProblem, 'line' | 'limit'>;

/** Each with its text, `problem.<code>`. */
export const problemCodes = [
  'required',
  'tooFew',
  'unknownCode',
  'unknownField',
  'unknownMunicipality',
  'tooLong',
  'tooWide',
  'tooManyLines',
  'tooManyPeople',
  'notAYear',
  'overAge',
  'ageBandMismatch',
  'sensitive',
  'repeated',
  'monthWithoutYear',
  'notYaml',
  'notALink',
  'linkTooLong',
  'notADate',
  'notATime',
  'noSuchHour',
  'notALength',
  'notMinutes',
  'tooManyLinks',
  'invalid',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Nothing of the input is repeated in the problems, for a problem goes back to a screen or over the wire. */
export function parseWith<Value>(schema: z.ZodType<Value>, input: unknown): Parsed<Value> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap(pathProblems).map(toField) };
}

/** Stands for the name of a field that is not repeated; on a card it is said in the reader's words. */
export const hiddenName = '(unreadable)';

/** One problem with the whole way to where it stands. */
export interface PathProblem extends Omit<FieldProblem, 'field'> {
  path: readonly PropertyKey[];
}

export function pathProblems(issue: z.core.$ZodIssue): PathProblem[] {
  if (issue.code === 'unrecognized_keys') {
    // A field's name is the sender's text as well: it is repeated only when it is plainly a name.
    const names = issue.keys.map((key) => (/^[a-zA-Z]{1,40}$/.test(key) ? key : hiddenName));
    return names.map((name) => ({ path: [...issue.path, name], code: 'unknownField' }));
  }
  return [{ path: issue.path, code: problemCode(issue), ...(issue.code === 'custom' && countsOf(issue)) }];
}

function countsOf({ params }: z.core.$ZodIssueCustom): ProblemCounts {
  const { line, limit }: Record<string, unknown> = params ?? {};
  return { ...(typeof line === 'number' && { line }), ...(typeof limit === 'number' && { limit }) };
}

function toField({ path, ...problem }: PathProblem): FieldProblem {
  const field = path.join('.') || 'body';
  return { field: problem.code === 'unknownField' ? field : field.replace(/\.\d+$/, ''), ...problem };
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
    case 'custom':
      return problemCodes.find((code) => code === issue.params?.problem) ?? 'invalid';
    default:
      return 'invalid';
  }
}

/** What a check of a schema's own adds with `refine`, so that it is told as this problem. */
export function asProblem(
  problem: ProblemCode,
  counts: ProblemCounts = {},
): { params: { problem: ProblemCode } & ProblemCounts } {
  return { params: { problem, ...counts } };
}
