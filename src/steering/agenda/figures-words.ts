import { bodyOf, type Directory } from '../../directory/model.ts';
import { type CodeSet, codesOf, labelOf } from '../../referrals/codes.ts';
import { type BodyId, bodyId } from '../../shared/ids.ts';
import { type Language, locales } from '../../shared/language.ts';
import type { Texts } from '../../shared/text.ts';
import { type Cell, fewest } from '../../statistics/model.ts';
import type { Figures } from '../model.ts';

/** How the region stands, in words: for cards and for minutes. */
export interface FigureWords {
  /** From when until when, and how many decisions there were. */
  period: string;
  /** What came of them, by team, and what they were about: names with how many. */
  tables: readonly (readonly (readonly [name: string, count: string])[])[];
  lists: string;
  rhythms: string;
}

/** Concerns that are named; there are many. */
const mostConcerns = 6;

export function figureWords({ decisions, lists, rhythms }: Figures, directory: Directory, texts: Texts): FigureWords {
  const { from, to, total, outcomes, concerns, teams } = decisions;
  const countOf = (count: number | null): string =>
    count === null ? texts('figures.few', { count: fewest }) : String(count);
  const called = (body: BodyId): string => bodyOf(directory, body)?.name[texts.language] ?? body;
  const rows = (cells: readonly Cell[], nameOf: (code: string) => string) =>
    cells.map(({ code, count }) => [nameOf(code), countOf(count)] as const);
  const late = [...new Set(rhythms.late.map(({ body }) => called(body)))];
  return {
    period: texts('figures.period', { period: periodText(from, to, texts), total: countOf(total) }),
    tables: [
      rows(outcomes, (code) => labelIn('outcome', code, texts.language)),
      rows(teams, (code) => called(bodyId(code))),
      rows(concerns.slice(0, mostConcerns), (code) => labelIn('concern', code, texts.language)),
    ],
    lists: texts('figures.lists', { count: lists.open, overdue: lists.overdue }),
    rhythms:
      late.length === 0 ? texts('figures.rhythmsKept') : texts('figures.rhythmsLate', { names: late.join(', ') }),
  };
}

/** "januari–november 2026", from the first to the last of these months, as `2026-01`. */
function periodText(from: string, to: string, texts: Texts): string {
  const [first, last] = [Temporal.PlainYearMonth.from(from), Temporal.PlainYearMonth.from(to)];
  const nameOf = (month: Temporal.PlainYearMonth): string =>
    month.toPlainDate({ day: 1 }).toLocaleString(locales[texts.language], { month: 'long' });
  const until = `${nameOf(last)} ${last.year}`;
  if (first.equals(last)) return until;
  const since = nameOf(first);
  return `${first.year === last.year ? since : `${since} ${first.year}`}–${until}`;
}

/** What is not in the list of codes any more goes by its code. */
export function labelIn(set: CodeSet, code: string, language: Language): string {
  const known = codesOf(set).find((one) => one === code);
  return known ? labelOf(set, known, language) : code;
}
