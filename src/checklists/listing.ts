import type { Body } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Localised } from '../shared/language.ts';
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
