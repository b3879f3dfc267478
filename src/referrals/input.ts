import { z } from 'zod';
import type { Directory } from '../directory/model.ts';
import { type FieldProblem, type Parsed, type ProblemCode, parseWith } from '../shared/input.ts';
import { cleanText, foldText, singleLine } from '../shared/normalise.ts';
import { findSensitive } from '../shared/sensitive.ts';
import { type Code, codesOf, type Outcome, type Reason, reasonSet } from './codes.ts';
import type { Coded, Identity, Worry } from './model.ts';

/** What people write about a case: unknown → a referral, an assessment, a decision. */

/** A referral that can be handed in. The same rules for the form in the chat and for the HTTP intake. */
export interface Intake {
  coded: Coded;
  identity: Identity;
  narrative: string | null;
}

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
 * `year` is the present one in the region's time zone. Municipalities are understood by id and by their names in all
 * languages.
 */
export function parseIntake(
  input: unknown,
  directory: Directory,
  year: number,
  givens: IntakeGivens = {},
): Parsed<Intake> {
  const whole = isRecord(input) ? { ...input, ...givens } : input;
  const parsed = parseWith(schema, whole);
  const shape = parsed.ok ? [] : parsed.problems.map(withYear);
  // Whoever corrects a form wants to hear of everything at once, so the meaning of the good fields is judged as well.
  const problems = unique([...shape, ...meaningProblems(readable.parse(whole), directory, year)]);
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  const { youngPerson, narrative, municipality, legalBasis, ...coded } = parsed.value;
  return {
    ok: true,
    value: {
      coded: { ...coded, municipality: municipalityOf(directory, municipality) ?? '', legalBasis: legalBasis ?? null },
      identity: { ...youngPerson, birthYear: youngPerson.birthYear ?? null },
      narrative,
    },
  };
}

/** Whatever is wrong with a year, it is none. */
function withYear(problem: FieldProblem): FieldProblem {
  return problem.field === 'youngPerson.birthYear' ? { ...problem, code: 'notAYear' } : problem;
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

/** A note is short: the details show all those of a profession on one card, which Teams takes up to 28 KB of. */
export const noteLimit = 1_000;

const worries = { '1': 1, '2': 2, '3': 3, '4': 4 } as const satisfies Record<string, Worry>;

const assessmentSchema = z.object({
  worry: z.enum(['1', '2', '3', '4']).transform((level): Worry => worries[level]),
  recommendation: codes('recommendation'),
  note: optionalText(noteLimit),
});
export type AssessmentInput = z.infer<typeof assessmentSchema>;

/** One expert's assessment; `note` is null when none was written. */
export function parseAssessment(input: unknown): Parsed<AssessmentInput> {
  return parseWith(assessmentSchema, input);
}

export interface DecisionInput {
  outcome: Outcome;
  reason: Reason;
  /** Where a redirected young person is guided; null otherwise. */
  service: Code<'service'> | null;
  /** Why the team leader decides alone; null when that was not said. Whether it must be is the model's to know. */
  alone: Code<'aloneReason'> | null;
}

/** The decision for an outcome, which was chosen before; each outcome has reasons of its own. */
export function parseDecision(outcome: Outcome, input: unknown): Parsed<DecisionInput> {
  const schema = z.object({
    reason: codes(reasonSet[outcome]),
    service:
      outcome === 'redirected'
        ? codes('service')
        : z
            .unknown()
            .optional()
            .transform(() => null),
    alone: codes('aloneReason').optional(),
  });
  const parsed = parseWith(schema, input);
  if (parsed.ok) return { ok: true, value: { outcome, ...parsed.value, alone: parsed.value.alone ?? null } };
  // Everything is heard of at once: the reason to decide alone as well, by a form that asks for it.
  const silent = isRecord(input) && input.alone === undefined;
  return { ok: false, problems: silent ? [...parsed.problems, { field: 'alone', code: 'required' }] : parsed.problems };
}
