import { AppError, isAppError } from '../shared/errors.ts';
import type { Sealer } from './envelope.ts';
import type { Document, Store } from './port.ts';

/** What every store carries to be recognised by the keys that belong to it. */
export interface KeyMark {
  sealed: ReturnType<Sealer['seal']>;
  fingerprint: string;
}

const kind = 'keys';
const context = 'keys|mark';
const text = 'ankarbot';

/**
 * Refuses keys that do not open what lies in this store: with others everything stored would be unreadable, logs would
 * look tampered with, and repeated requests would not be recognised. A store without a mark gets one.
 * Errors: `sealed.wrongKeys`, and those of the store.
 */
export async function checkKeys(store: Store, sealer: Sealer, partition: string): Promise<void> {
  const key = { partition, id: 'mark' };
  const stored = await store.get<KeyMark>(key);
  if (stored) return recognise(stored.data, sealer);
  const data: KeyMark = { sealed: sealer.seal(text, context), fingerprint: sealer.fingerprint(text, context) };
  try {
    await store.create({ ...key, kind, status: null, owner: null, at: null, wakeAt: null, data });
  } catch (error) {
    // Another process started for the first time as well.
    if (!isAppError(error, 'store.exists')) throw error;
    await checkKeys(store, sealer, partition);
  }
}

/** The mark among the documents of a store. */
export function isMark(document: Document): document is Document<KeyMark> {
  return document.kind === kind;
}

/** Errors: `sealed.wrongKeys`. */
export function recognise(mark: KeyMark, sealer: Sealer): void {
  try {
    sealer.open(mark.sealed, context);
  } catch (cause) {
    throw new AppError('sealed.wrongKeys', {}, { cause });
  }
  if (mark.fingerprint !== sealer.fingerprint(text, context)) throw new AppError('sealed.wrongKeys');
}
