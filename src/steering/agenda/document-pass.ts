import type { Clock } from '../../shared/clock.ts';
import type { PersonId, TenantId } from '../../shared/ids.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { createPasses, type Passes } from '../../storage/sealed-token.ts';
import type { ReadDocument } from '../model.ts';

/** A document that somebody has sent, until they say which item it is of: it stands sealed in the card that asks. */
export type DocumentPass = { tenant: TenantId; person: PersonId } & Pick<ReadDocument, 'sha256' | 'link'>;

export type DocumentPasses = Passes<DocumentPass>;

export function createDocumentPasses(sealer: Sealer, clock: Pick<Clock, 'now'>): DocumentPasses {
  return createPasses(sealer, 'document-pass', clock);
}
