import { AppError, isAppError } from '../shared/errors.ts';
import { createSealer, type Sealer } from './envelope.ts';
import type { KeyRing } from './keys.ts';
import type { Document, Store } from './port.ts';

/** What every store carries of each key that it was ever used with, to recognise the keys that belong to it. */
export interface KeyMark {
  /** Opens with that very key. */
  sealed: ReturnType<Sealer['seal']>;
  /** Made with the oldest key. */
  fingerprint: string;
}

const kind = 'keys';
const context = 'keys|mark';
const text = 'ankarbot';
/** Nobody changes keys a thousand times. */
const limit = 1_000;

/**
 * Refuses keys that do not open all that may lie in this store: without one of them some of it would be unreadable, logs
 * would look tampered with, and repeated requests would not be recognised. Writes nothing.
 * Errors: those of {@link recognise}, and those of the store.
 */
export async function checkKeys(store: Store, sealer: Sealer, partition: string): Promise<readonly KeyMark[]> {
  const { documents } = await store.query<KeyMark>({ partition, kind, limit });
  const marks = documents.map(({ data }) => data);
  recognise(marks, sealer);
  return marks;
}

/** The same before anything is sealed: from now on the store asks for each of these keys. */
export async function takeUpKeys(store: Store, ring: KeyRing, partition: string): Promise<void> {
  const marks = await checkKeys(store, createSealer(ring), partition);
  const unmarked = ring.all.find(({ kid }) => !marks.some(({ sealed }) => sealed.kid === kid));
  if (!unmarked) return;
  const sealer = createSealer({ ...ring, current: unmarked });
  const data: KeyMark = { sealed: sealer.seal(text, context), fingerprint: sealer.fingerprint(text, context) };
  // Of several processes that start on an empty store with keys of their own only one is the first.
  const id = marks.length === 0 ? 'mark' : `mark:${unmarked.kid}`;
  try {
    await store.create({ partition, id, kind, status: null, owner: null, at: null, wakeAt: null, data });
  } catch (error) {
    if (!isAppError(error, 'store.exists')) throw error;
  }
  await takeUpKeys(store, ring, partition);
}

/** The marks among the documents of a store. */
export function isMark(document: Document): document is Document<KeyMark> {
  return document.kind === kind;
}

/** Errors: `sealed.wrongKeys` (`missing`: the ids of the keys that are not there or are others), `sealed.wrongOldest`. */
export function recognise(marks: readonly KeyMark[], sealer: Sealer): void {
  const missing = marks.flatMap(({ sealed }) => (opens(sealer, sealed) ? [] : [sealed.kid]));
  if (missing.length > 0) throw new AppError('sealed.wrongKeys', { missing: missing.join(', ') });
  const own = sealer.fingerprint(text, context);
  if (marks.some(({ fingerprint }) => fingerprint !== own)) throw new AppError('sealed.wrongOldest');
}

function opens(sealer: Sealer, sealed: KeyMark['sealed']): boolean {
  try {
    sealer.open(sealed, context);
    return true;
  } catch (error) {
    if (!isAppError(error, 'sealed.unreadable')) throw error;
    return false;
  }
}
