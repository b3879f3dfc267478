import { AppError } from '../shared/errors.ts';

/** What a status means for the operation at hand; whatever is not named follows the general rule of {@link translate}. */
export type Meaning = Readonly<Record<number, 'store.exists' | 'store.conflict'>>;

export const onCreate: Meaning = { 409: 'store.exists' };
/** 404: removed since. 449: another write to the same document won and the client's own retries are used up. */
export const onChange: Meaning = { 404: 'store.conflict', 412: 'store.conflict', 449: 'store.conflict' };
export const onRead: Meaning = {};

/** The sub-status of a 404 that means "no such container", which is never an answer about a document. */
export const ownerNotFound = 1003;

/**
 * Makes the error to throw of what the Cosmos client threw. A request that the service finds malformed or too large
 * (400, 413) is a fault of ours and stays what it is; all else that has no meaning for the operation is `store.unavailable`.
 */
export function translate(error: unknown, meaning: Meaning): unknown {
  if (error instanceof AppError) return error;
  const { code, substatus } = statusOf(error);
  const known = substatus === ownerNotFound ? undefined : meaning[code];
  if (known) return new AppError(known, {}, { cause: error });
  if (code === 400 || code === 413) return error;
  return new AppError('store.unavailable', {}, { cause: error });
}

/** Request units that a request cost although it failed; 0 when it never reached the service. */
export function chargeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('headers' in error)) return 0;
  const { headers } = error;
  const named = typeof headers === 'object' && headers !== null && 'x-ms-request-charge' in headers;
  return (named && Number(headers['x-ms-request-charge'])) || 0;
}

/** Code and sub-status, 0 where the error has none: it never reached the service then. */
function statusOf(error: unknown): { code: number; substatus: number } {
  if (typeof error !== 'object' || error === null) return { code: 0, substatus: 0 };
  const code = 'code' in error && typeof error.code === 'number' ? error.code : 0;
  const substatus = 'substatus' in error && typeof error.substatus === 'number' ? error.substatus : 0;
  return { code, substatus };
}
