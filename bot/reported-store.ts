import { isAppError } from '../src/shared/errors.ts';
import type { DocumentKey, Query, Store } from '../src/storage/port.ts';

/**
 * The store, with every request that it could not serve reported: whoever asked explains it to a person or tries again
 * later, so nobody else would tell those who run the bot.
 */
export function reportedStore(store: Store, onFault: (error: unknown) => void): Store {
  const report = (error: unknown): never => {
    if (isAppError(error, 'store.unavailable')) onFault(error);
    throw error;
  };
  const reporting = <Result>(asked: Promise<Result>): Promise<Result> => asked.catch(report);
  return {
    exclusive: store.exclusive,
    get: <T>(key: DocumentKey) => reporting(store.get<T>(key)),
    create: (document) => reporting(store.create(document)),
    replace: (document, version) => reporting(store.replace(document, version)),
    remove: (key, version) => reporting(store.remove(key, version)),
    query: <T>(query: Query) => reporting(store.query<T>(query)),
    due: (now, limit) => reporting(store.due(now, limit)),
    count: (query) => reporting(store.count(query)),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
