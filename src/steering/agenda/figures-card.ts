import { monthName } from '../../cards/dates.ts';
import { barCharts, type CardElement, facts, subtle, text, withoutMarkdown } from '../../cards/elements.ts';
import { bodyOf } from '../../directory/model.ts';
import { type CodeSet, codesOf, labelOf } from '../../referrals/codes.ts';
import { bodyId } from '../../shared/ids.ts';
import type { Texts } from '../../shared/text.ts';
import { type Cell, fewest } from '../../statistics/model.ts';
import type { Figures } from '../model.ts';
import type { AgendaScene } from '../words-card.ts';

/** How the region stands, on its item of the agenda. */

/** Concerns that are named; there are many. */
const mostConcerns = 6;

export function figureLines(figures: Figures | null, scene: AgendaScene): CardElement[] {
  const { texts, directory } = scene;
  if (!figures) return [subtle(texts('figures.later'))];
  const { decisions, lists, rhythms } = figures;
  const { from, to, total, outcomes, concerns, teams } = decisions;
  const nameOfTeam = ({ code }: Cell): string => bodyOf(directory, bodyId(code))?.name[texts.language] ?? code;
  const bars = outcomes.flatMap(({ code, count }) =>
    count ? [{ name: labelIn('outcome', code, scene), value: count, color: colourOf(code) }] : [],
  );
  const late = rhythms.late.map(({ body }) => bodyOf(directory, body)?.name[texts.language] ?? body);
  return [
    text(
      texts('figures.period', {
        period: periodText(from, to, texts),
        total: total ?? texts('figures.few', { count: fewest }),
      }),
      { weight: 'Bolder', spacing: 'Small' },
    ),
    ...(bars.length > 0
      ? barCharts(texts('figures.outcomes'), [{ name: texts('figures.outcomes'), parts: bars }])
      : []),
    ...table(outcomes, (cell) => labelIn('outcome', cell.code, scene), scene),
    ...table(teams, nameOfTeam, scene),
    ...table(concerns.slice(0, mostConcerns), (cell) => labelIn('concern', cell.code, scene), scene),
    text(texts('figures.lists', { count: lists.open, overdue: lists.overdue }), { spacing: 'Small' }),
    text(
      late.length === 0
        ? texts('figures.rhythmsKept')
        : texts('figures.rhythmsLate', { names: withoutMarkdown([...new Set(late)].join(', ')) }),
      { spacing: 'Small' },
    ),
  ];
}

/** "januari–november 2026", from the first to the last of these months, as `2026-01`. */
function periodText(from: string, to: string, texts: Texts): string {
  const [first, last] = [Temporal.PlainYearMonth.from(from), Temporal.PlainYearMonth.from(to)];
  const until = `${monthName(last.month, texts)} ${last.year}`;
  if (first.equals(last)) return until;
  const since = monthName(first.month, texts);
  return `${first.year === last.year ? since : `${since} ${first.year}`}–${until}`;
}

function table(cells: readonly Cell[], nameOf: (cell: Cell) => string, { texts }: AgendaScene): CardElement[] {
  if (cells.length === 0) return [];
  return [
    facts(
      cells.map((cell) => [
        withoutMarkdown(nameOf(cell)),
        cell.count === null ? texts('figures.few', { count: fewest }) : String(cell.count),
      ]),
    ),
  ];
}

/** What is not in the list of codes any more goes by its code. */
function labelIn(set: CodeSet, code: string, { texts }: AgendaScene): string {
  const known = codesOf(set).find((one) => one === code);
  return known ? labelOf(set, known, texts.language) : code;
}

function colourOf(outcome: string): 'good' | 'attention' | 'neutral' {
  return outcome === 'accepted' ? 'good' : outcome === 'notTakenOn' ? 'attention' : 'neutral';
}
