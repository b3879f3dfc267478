import { z } from 'zod';
import type { Directory } from '../directory/model.ts';
import { cleanText, foldText, singleLine } from '../shared/normalise.ts';
import { findSensitive } from '../shared/sensitive.ts';
import { codesOf } from './codes.ts';
import type { Coded, Identity } from './model.ts';

/** unknown → a referral that can be handed in. The same rules for the form in the chat and for the HTTP intake. */
export interface Intake {
  coded: Coded;
  identity: Identity;
  narrative: string | null;
}

/** Each with its text, `problem.<code>`. */
export const problemCodes = [
  'required',
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

export interface FieldProblem {
  /** Dotted path, such as `youngPerson.birthYear`. */
  field: string;
  code: ProblemCode;
}

export type Parsed = { ok: true; intake: Intake } | { ok: false; problems: FieldProblem[] };

export const lengthLimits = { name: 120, guardianContact: 300, narrative: 4_000, municipality: 60 } as const;

const mostProblems = 20;
/** Each may be there twice; more are no referral. */
const mostConcerns = 2 * codesOf('concern').length;

const optionalText = (limit: number, clean: (text: string) => string = cleanText) =>
  z
    .string()
    .transform(clean)
    .pipe(z.string().max(limit))
    .transform((value) => value || null)
    .nullish()
    .transform((value) => value ?? null);

const requiredText = (limit: number) => z.string().transform(singleLine).pipe(z.string().min(1).max(limit));

const codes = <Set extends Parameters<typeof codesOf>[0]>(set: Set) => z.enum(codesOf(set));

const schema = z.strictObject({
  municipality: requiredText(lengthLimits.municipality),
  source: codes('source'),
  basis: codes('basis'),
  concerns: z
    .array(codes('concern'))
    .min(1)
    .max(mostConcerns)
    .transform((values) => [...new Set(values)]),
  ageBand: codes('ageBand'),
  gender: codes('gender'),
  urgency: codes('urgency').default('normal'),
  legalBasis: codes('legalBasis').nullish(),
  youngPerson: z
    .strictObject({
      name: requiredText(lengthLimits.name),
      birthYear: z.number().int().nullish(),
      guardianContact: optionalText(lengthLimits.guardianContact, singleLine),
    })
    // An absent person is a person without a name: the problem is then at the field that people know.
    .prefault({} as { name: string }),
  narrative: optionalText(lengthLimits.narrative),
});

/** What is not the sender's to say: the source of a key of the HTTP intake decides who may read the text. */
export interface IntakeGivens {
  source?: string;
}

/**
 * `year` is the present one in the region's time zone. Nothing of the input is repeated in the problems, for a problem
 * goes back to a screen or over the wire. Municipalities are understood by id and by their names in all languages.
 */
export function parseIntake(input: unknown, directory: Directory, year: number, givens: IntakeGivens = {}): Parsed {
  const whole = isRecord(input) ? { ...input, ...givens } : input;
  const parsed = schema.safeParse(whole, { reportInput: true });
  const shape = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toProblems(issue));
  // Whoever corrects a form wants to hear of everything at once, so the meaning of the good fields is judged as well.
  const problems = unique([...shape, ...meaningProblems(readable.parse(whole), directory, year)]);
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { youngPerson, narrative, municipality, legalBasis, ...coded } = parsed.data;
  return {
    ok: true,
    intake: {
      coded: { ...coded, municipality: municipalityOf(directory, municipality) ?? '', legalBasis: legalBasis ?? null },
      identity: { ...youngPerson, birthYear: youngPerson.birthYear ?? null },
      narrative,
    },
  };
}

/** The fields that mean something beyond their shape, whatever else is wrong; one that cannot be read counts as absent. */
const readable = z
  .object({
    municipality: requiredText(lengthLimits.municipality).optional().catch(undefined),
    ageBand: codes('ageBand').optional().catch(undefined),
    youngPerson: z
      .object({ birthYear: z.number().int().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .catch({});

function meaningProblems(
  { municipality, ageBand, youngPerson }: z.infer<typeof readable>,
  directory: Directory,
  year: number,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (municipality && findSensitive(municipality).length > 0) {
    problems.push({ field: 'municipality', code: 'sensitive' });
  } else if (municipality && !municipalityOf(directory, municipality)) {
    problems.push({ field: 'municipality', code: 'unknownMunicipality' });
  }
  const age = youngPerson?.birthYear === undefined ? null : ageProblem(youngPerson.birthYear, ageBand, year);
  if (age) problems.push({ field: 'youngPerson.birthYear', code: age });
  return problems;
}

function municipalityOf(directory: Directory, name: string): string | null {
  const folded = foldText(name);
  const found = directory.municipalities.find(
    (municipality) =>
      municipality.id === name || Object.values(municipality.name).some((label) => foldText(label) === folded),
  );
  return found?.id ?? null;
}

/** Whoever turns 18 this year may still be 17; the exact day is not asked for [S1: under 18]. */
function ageProblem(birthYear: number, ageBand: Coded['ageBand'] | undefined, year: number): ProblemCode | null {
  if (birthYear < year - 120 || birthYear > year) return 'notAYear';
  const oldest = year - birthYear;
  if (oldest > 18) return 'overAge';
  if (ageBand === undefined) return null;
  const [low, high] = { under12: [0, 12], from12to14: [12, 15], from15to17: [15, 18] }[ageBand];
  return low !== undefined && high !== undefined && oldest >= low && oldest <= high ? null : 'ageBandMismatch';
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const field = issue.path.join('.') || 'body';
  if (issue.code === 'unrecognized_keys') {
    // A field's name is the sender's text as well: it is repeated only when it is plainly a name.
    const names = issue.keys.map((key) => (/^[a-zA-Z]{1,40}$/.test(key) ? key : '(unreadable)'));
    return names.map((name) => ({ field: [...issue.path, name].join('.'), code: 'unknownField' }));
  }
  if (issue.path.at(-1) === 'birthYear') return [{ field, code: 'notAYear' }];
  return [{ field: field.replace(/\.\d+$/, ''), code: problemCode(issue) }];
}

function problemCode(issue: z.core.$ZodIssue): ProblemCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'required' : 'invalid';
    case 'too_small':
      return 'required';
    case 'too_big':
      return 'tooLong';
    case 'invalid_value':
      return issue.input === undefined || issue.input === '' ? 'required' : 'unknownCode';
    default:
      return 'invalid';
  }
}

/** The first of each field, and no more than somebody would read. */
function unique(problems: FieldProblem[]): FieldProblem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ field }) => seen.size < mostProblems && !seen.has(field) && seen.add(field))
    .slice(0, mostProblems);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
