import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store } from './port.ts';

/** What is asked of a store. Only `due` and `groups` ask all partitions. */
export type StoreOperation = Exclude<keyof Store, 'exclusive' | 'ping' | 'close'>;

/** Tells for which action the store was asked. An action is named by its verb; null is what the bot does by itself. */
export interface Meter {
  /** All that `work` asks of the store is asked for this action. */
  during<R>(action: string, work: () => R): R;
  /** What `work` asks is asked for no action, wherever it was started. */
  aside<R>(work: () => R): R;
  /** The same store, which tells every request. */
  through(store: Store): Store;
  /** Request units of Azure Cosmos DB that were paid just now. */
  charge(units: number): void;
}

export function createMeter(
  onRequest: (operation: StoreOperation, action: string | null) => void,
  onCharge: (units: number, action: string | null) => void,
): Meter {
  const actions = new AsyncLocalStorage<string | null>();
  const current = (): string | null => actions.getStore() ?? null;
  const told = (operation: StoreOperation): void => onRequest(operation, current());
  return {
    during: (action, work) => actions.run(action, work),
    aside: (work) => actions.run(null, work),
    charge: (units) => onCharge(units, current()),
    through: (store) => ({
      exclusive: store.exclusive,
      get(key) {
        told('get');
        return store.get(key);
      },
      create(document) {
        told('create');
        return store.create(document);
      },
      replace(document, version) {
        told('replace');
        return store.replace(document, version);
      },
      remove(key, version) {
        told('remove');
        return store.remove(key, version);
      },
      query(query) {
        told('query');
        return store.query(query);
      },
      count(query) {
        told('count');
        return store.count(query);
      },
      due(now, limit) {
        told('due');
        return store.due(now, limit);
      },
      groups() {
        told('groups');
        return store.groups();
      },
      ping: () => store.ping(),
      close: () => store.close(),
    }),
  };
}
