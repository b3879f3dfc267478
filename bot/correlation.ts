import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One id for each request that comes in. It is in every line of the log that the request causes, also of what goes on
 * after its answer, in the answer's `X-Request-Id`, and in the apology for a fault, so that one leads to the others. It is
 * always our own: whatever id a caller sends may be anything, also somebody's identity code, and is not repeated.
 */
const current = new AsyncLocalStorage<string>();

/** Empty outside of any request, such as for a reminder that is due. */
export function correlation(): string {
  return current.getStore() ?? '';
}

export function correlated<R>(id: string, work: () => R): R {
  return current.run(id, work);
}
