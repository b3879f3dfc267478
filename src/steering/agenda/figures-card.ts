import { barCharts, type CardElement, facts, subtle, text, withoutMarkdown } from '../../cards/elements.ts';
import type { Figures } from '../model.ts';
import type { AgendaScene } from '../words-card.ts';
import { figureWords, labelIn } from './figures-words.ts';

/** How the region stands, on its item of the agenda. */

export function figureLines(figures: Figures | null, { texts, directory }: AgendaScene): CardElement[] {
  if (!figures) return [subtle(texts('figures.later'))];
  const bars = figures.decisions.outcomes.flatMap(({ code, count }) =>
    count ? [{ name: labelIn('outcome', code, texts.language), value: count, color: colourOf(code) }] : [],
  );
  const words = figureWords(figures, directory, texts);
  return [
    text(words.period, { weight: 'Bolder', spacing: 'Small' }),
    ...(bars.length > 0
      ? barCharts(texts('figures.outcomes'), [{ name: texts('figures.outcomes'), parts: bars }])
      : []),
    ...words.tables
      .filter((rows) => rows.length > 0)
      .map((rows) => facts(rows.map(([name, count]) => [withoutMarkdown(name), count]))),
    text(words.lists, { spacing: 'Small' }),
    text(withoutMarkdown(words.rhythms), { spacing: 'Small' }),
  ];
}

function colourOf(outcome: string): 'good' | 'attention' | 'neutral' {
  return outcome === 'accepted' ? 'good' : outcome === 'notTakenOn' ? 'attention' : 'neutral';
}
