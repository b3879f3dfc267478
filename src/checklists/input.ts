import { z } from 'zod';
import { type PersonId, personId } from '../shared/ids.ts';
import { asProblem, type Parsed, parseWith, pathProblems } from '../shared/input.ts';
import type { Localised } from '../shared/language.ts';
import { cleanText, singleLine } from '../shared/normalise.ts';
import { isHarmless, secureLink, shownLine } from '../shared/text-input.ts';
import {
  type Interval,
  type ItemContent,
  idPattern,
  intervals,
  lengthLimits,
  longestPaste,
  mostItems,
  type TemplateBlock,
} from './model.ts';

/** What people say of an item or of a list: unknown → validated. */

/** Of a list, a block or an item. It is shown to nobody, but it is not sealed either; the bot makes up UUIDs. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success || (idPattern.test(text) && text.length <= lengthLimits.id && isHarmless(text));
}

const uuid = z.uuid();

/** In one language, which then stands for all and is wrong once, or in all three. */
export function localisedText(limit: number): z.ZodType<Localised> {
  const forAll = shownLine(limit).transform((text): Localised => ({ sv: text, fi: text, en: text }));
  const inEach = z.strictObject({ sv: shownLine(limit), fi: shownLine(limit), en: shownLine(limit) });
  return z.unknown().transform((value, context) => {
    const parsed = (typeof value === 'string' ? forAll : inEach).safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    for (const { path, code } of parsed.error.issues.flatMap(pathProblems)) {
      context.addIssue({ code: 'custom', path: [...path], ...asProblem(code) });
    }
    return z.NEVER;
  });
}

export const sourceText = shownLine(lengthLimits.source);

const empty = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** Sealed, so it may say what stands nowhere else. */
const sealedText = z.string().transform(cleanText).pipe(z.string().max(lengthLimits.note));

const link = secureLink(lengthLimits.link);

const isoDate = z.iso.date();
const date = z.string().refine((text) => isoDate.safeParse(text).success, asProblem('notADate'));

/** Null clears it. */
export function parseDue(input: unknown): Parsed<{ due: string | null }> {
  return parseWith(z.object({ due: z.preprocess(empty, date.nullable()) }), input);
}

/** Null clears it. */
export function parseNote(input: unknown): Parsed<{ note: string | null }> {
  const note = z.preprocess(empty, sealedText.nullable()).transform((text) => text || null);
  return parseWith(z.object({ note }), input);
}

/** Null clears it. */
export function parseLink(input: unknown): Parsed<{ link: string | null }> {
  return parseWith(z.object({ link: z.preprocess(empty, link.nullable()) }), input);
}

export function parseReason(input: unknown): Parsed<{ reason: string }> {
  return parseWith(z.object({ reason: sealedText.pipe(z.string().min(1)) }), input);
}

const mostOwners = 20;

/** One or several, as a choice of several gives them: ids with commas between them; none frees the item. */
export function parseAssignees(input: unknown): Parsed<{ to: PersonId[] }> {
  const to = z
    .string()
    .default('')
    .transform((ids) => ids.split(',').flatMap((id) => (id.trim() === '' ? [] : personId(id.trim()))))
    .refine((people) => people.length <= mostOwners, asProblem('tooManyPeople', { limit: mostOwners }));
  return parseWith(z.object({ to }), input);
}

const monthly: ReadonlySet<Interval | null> = new Set<Interval>(['halfYear', 'year', 'twoYears']);

interface MonthOf {
  every?: Interval | null | undefined;
  month?: number | null | undefined;
}

/** A month says in which month of the year or half-year something is due. */
export function monthFits({ every, month }: MonthOf): boolean {
  return month === null || month === undefined || monthly.has(every ?? null);
}

const contentSchema = z
  .object({
    text: localisedText(lengthLimits.text),
    approval: z.preprocess((value) => value === true || value === 'true', z.boolean()),
    every: z.preprocess(empty, z.enum(intervals).nullable()),
    month: z.preprocess(empty, z.coerce.number<unknown>().int().min(1).max(12).nullable()),
  })
  .refine(monthFits, { path: ['month'], ...asProblem('monthWithoutYear') });

/** An item as a leader writes it in a form. */
export function parseContent(input: unknown): Parsed<ItemContent> {
  return parseWith(contentSchema, input);
}

/** The name of a list or a block. */
export function parseTitle(input: unknown): Parsed<{ title: Localised }> {
  return parseWith(z.object({ title: localisedText(lengthLimits.title) }), input);
}

const oneLine = localisedText(lengthLimits.text);

/** An item on each line that is not empty; what is wrong with one is told with its number. */
const lines = z
  .string()
  .refine((text) => text.length <= longestPaste, asProblem('tooLong', { limit: longestPaste }))
  .transform((text, context) => {
    const all = text.split(/\r?\n/).map((said, at) => ({ said, line: at + 1 }));
    const found = all.filter(({ said }) => singleLine(said) !== '');
    if (found.length === 0) context.addIssue({ code: 'custom', ...asProblem('required') });
    if (found.length > mostItems) {
      context.addIssue({ code: 'custom', ...asProblem('tooManyLines', { limit: mostItems }) });
    }
    return found.flatMap(({ said, line }) => {
      const parsed = oneLine.safeParse(said);
      if (parsed.success) return parsed.data;
      for (const { code } of parsed.error.issues.flatMap(pathProblems)) {
        context.addIssue({ code: 'custom', ...asProblem(code, { line, limit: lengthLimits.text }) });
      }
      return [];
    });
  });

/** A list as a leader writes it in the chat: its title, and one item on each line. */
export function parseNewList(input: unknown): Parsed<{ title: Localised; blocks: TemplateBlock[] }> {
  const parsed = parseWith(z.object({ title: localisedText(lengthLimits.title), items: lines }), input);
  if (!parsed.ok) return parsed;
  const { title, items } = parsed.value;
  const plain = { source: null, approval: false, every: null, month: null };
  const block = { id: 'items', title, items: items.map((text, at) => ({ id: `item-${at + 1}`, text, ...plain })) };
  return { ok: true, value: { title, blocks: [block] } };
}
