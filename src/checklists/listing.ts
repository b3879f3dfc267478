import type { Body } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Localised } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import type { Progress } from './standing.ts';
import type { ListRef } from './stored.ts';

/** How a list stands, without anything about who does what. */
export interface ListFigures extends ListRef {
  title: Localised;
  /** Whose induction it is; null for the lists of a body. */
  person: PersonId | null;
  closed: boolean;
  progress: Progress;
}

export interface BodyFigures {
  body: Body;
  lists: ListFigures[];
}

/** How much is settled, or that there is nothing to do. */
export function settledText({ total, done, notApplicable }: Progress, texts: Texts): string {
  return total === 0
    ? texts('checklist.progress.empty')
    : texts('checklist.progress.done', { done: done + notApplicable, total });
}

export function progressText(progress: Progress, texts: Texts): string {
  const { waiting, overdue } = progress;
  return [
    settledText(progress, texts),
    ...(waiting > 0 ? [texts('checklist.progress.waiting', { count: waiting })] : []),
    ...(overdue > 0 ? [texts('checklist.progress.overdue', { count: overdue })] : []),
  ].join(' · ');
}
