import type { Clock } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { Sealer } from '../storage/envelope.ts';
import { createPasses, type Passes } from '../storage/sealed-token.ts';
import type { Format, PaperFormat } from './model.ts';

/** For one person to get one file, in one language: it stands sealed in a link, and nowhere else. */
export type FilePass = {
  tenant: TenantId;
  person: PersonId;
  language: Language;
} & FileWanted;

/** What is handed out: a checklist, the invitation to one holding of a meeting, or a version of minutes. */
export type FileWanted =
  | { list: { body: BodyId; id: string }; format: Format }
  | { letter: { meeting: string; on: string }; format: PaperFormat }
  | { minutes: MinutesWanted; format: PaperFormat };

export interface MinutesWanted {
  body: BodyId;
  sitting: string;
  number: number;
  extent: 'whole' | 'extract';
  /** `both`: Swedish and Finnish beside each other. */
  layout: Language | 'both';
}

export type FilePasses = Passes<FilePass>;

export function createFilePasses(sealer: Sealer, clock: Pick<Clock, 'now'>): FilePasses {
  return createPasses(sealer, 'file-pass', clock);
}
