import { AsyncLocalStorage } from 'node:async_hooks';
import type { StoreOperation } from './around.ts';

/** Tells for which action a store was asked. An action is named by its verb; null is what the bot does by itself. */
export interface Meter {
  /** All that `work` asks of the store is asked for this action. */
  during<R>(action: string, work: () => R): R;
  /** What `work` asks is asked for no action, wherever it was started. */
  aside<R>(work: () => R): R;
  /** A request is made. */
  request(operation: StoreOperation): void;
  /** Request units of Azure Cosmos DB that were paid just now. */
  charge(units: number): void;
}

export function createMeter(
  onRequest: (operation: StoreOperation, action: string | null) => void,
  onCharge: (units: number, action: string | null) => void,
): Meter {
  const actions = new AsyncLocalStorage<string | null>();
  const current = (): string | null => actions.getStore() ?? null;
  return {
    during: (action, work) => actions.run(action, work),
    aside: (work) => actions.run(null, work),
    request: (operation) => onRequest(operation, current()),
    charge: (units) => onCharge(units, current()),
  };
}
