import type { Format } from '../documents/model.ts';
import type { Clock } from '../shared/clock.ts';
import type { PersonId, TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { Sealer } from '../storage/envelope.ts';
import { createPasses, type Passes } from '../storage/sealed-token.ts';
import type { ListRef } from './stored.ts';

/** For one person to get one list as a file: it stands sealed in a link, and nowhere else. */
export interface FilePass {
  tenant: TenantId;
  person: PersonId;
  language: Language;
  list: ListRef;
  format: Format;
}

export type FilePasses = Passes<FilePass>;

export function createFilePasses(sealer: Sealer, clock: Pick<Clock, 'now'>): FilePasses {
  return createPasses(sealer, 'file-pass', clock);
}
