import type { Localised } from '../shared/language.ts';

/** Something that waits for a person, whichever feature it comes from. */
export interface Task {
  source: 'checklist';
  /** What the feature's verbs take to act on it. */
  id: Readonly<Record<string, string>>;
  text: Localised;
  /** What it belongs to, such as the title of its list. */
  of: Localised;
  /** ISO 8601 date; null when none was set. */
  due: string | null;
  /** What the person can do with it from a list of tasks, the most likely first. */
  can: readonly TaskAction[];
}

export type TaskAction = 'done' | 'link' | 'notApplicable' | 'approve' | 'sendBack';

/** By date, then those without one; otherwise in the order in which they were given. */
export function byDate(tasks: readonly Task[]): Task[] {
  return tasks.toSorted((a, b) => {
    if (a.due === b.due) return 0;
    if (a.due === null || b.due === null) return a.due === null ? 1 : -1;
    return a.due < b.due ? -1 : 1;
  });
}
