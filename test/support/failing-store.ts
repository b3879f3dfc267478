import { AppError } from '../../src/shared/errors.ts';
import { aroundStore } from '../../src/storage/around.ts';
import type { Store } from '../../src/storage/port.ts';

/** Whether this call of the store fails, and when: before anything is done, or after it was done. */
export type StoreFate = 'ok' | 'before' | 'after';

/**
 * A store that now and then cannot be reached, as `fate` decides for each call. As over a network, a write may be done
 * although its answer is lost.
 */
export function failingStore(store: Store, fate: () => StoreFate): Store {
  const unreachable = (): AppError => new AppError('store.unavailable', {}, { cause: new Error('on purpose') });
  async function call<R>(work: () => Promise<R>): Promise<R> {
    const decided = fate();
    if (decided === 'before') throw unreachable();
    const result = await work();
    if (decided === 'after') throw unreachable();
    return result;
  }
  return { ...aroundStore(store, (_operation, _kind, work) => call(work)), ping: () => call(() => store.ping()) };
}
