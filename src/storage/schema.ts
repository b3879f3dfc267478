import { AppError } from '../shared/errors.ts';

/**
 * Makes of what one release stored what the next one stores; pure. What it is given is called a `T` already, but may lack
 * whatever came later.
 */
export type Upcaster<T> = (data: T) => T;

/** How documents of one kind lie in the store. Each carries the number of its schema; a document without one has 1. */
export interface Schema<T> {
  /** Errors: `store.newerSchema` (`found`, `known`): a newer release wrote it, and this one must not touch it. */
  read(data: T): T;
  written(data: T): T;
}

/** `upcasters` lead from schema 1 to 2, from 2 to 3, and so on. One that has been released never changes. */
export function createSchema<T extends object>(upcasters: readonly Upcaster<T>[]): Schema<T> {
  const known = upcasters.length + 1;
  return {
    read(data) {
      const found = numberOf(data);
      if (found > known) throw new AppError('store.newerSchema', { found, known });
      return upcasters.slice(found - 1).reduce((older, upcast) => upcast(older), data);
    },
    written: (data) => (known === 1 ? data : { ...data, schema: known }),
  };
}

function numberOf(data: object): number {
  return 'schema' in data && typeof data.schema === 'number' ? data.schema : 1;
}
