import { AppError, isAppError } from '../shared/errors.ts';
import type { Sealer } from './envelope.ts';
import type { Store } from './port.ts';

/** What every store carries to be recognised by the keys that belong to it. */
interface KeyMark {
  sealed: ReturnType<Sealer['seal']>;
  fingerprint: string;
}

const context = 'keys|mark';
const text = 'ankarbot';

/**
 * Refuses keys that do not open what lies in this store: with others everything stored would be unreadable, logs would
 * look tampered with, and repeated requests would not be recognised. A store without a mark gets one.
 * Errors: `sealed.wrongKeys`, and those of the store.
 */
export async function checkKeys(store: Store, sealer: Sealer, partition: string): Promise<void> {
  const key = { partition, id: 'mark' };
  const fresh: KeyMark = { sealed: sealer.seal(text, context), fingerprint: sealer.fingerprint(text, context) };
  const stored = await store.get<KeyMark>(key);
  if (stored) return recognise(stored.data, fresh, sealer);
  try {
    await store.create({ ...key, kind: 'keys', status: null, owner: null, at: null, wakeAt: null, data: fresh });
  } catch (error) {
    // Another process started for the first time as well.
    if (!isAppError(error, 'store.exists')) throw error;
    await checkKeys(store, sealer, partition);
  }
}

function recognise(mark: KeyMark, fresh: KeyMark, sealer: Sealer): void {
  try {
    sealer.open(mark.sealed, context);
  } catch (cause) {
    throw new AppError('sealed.wrongKeys', {}, { cause });
  }
  if (mark.fingerprint !== fresh.fingerprint) throw new AppError('sealed.wrongKeys');
}
