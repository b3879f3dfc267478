import type { Store } from './port.ts';

/** What is asked of a store about documents. Only `due` and `groups` ask all partitions. */
export type StoreOperation = Exclude<keyof Store, 'exclusive' | 'ping' | 'close'>;

/** Does the work of one request; `kind` is that of its document, null where the request names none. */
export type AroundRequest = <R>(operation: StoreOperation, kind: string | null, work: () => Promise<R>) => Promise<R>;

/** The same store, with each request about documents done through `around`: to count it, report it, trace it. */
export function aroundStore(store: Store, around: AroundRequest): Store {
  return {
    exclusive: store.exclusive,
    get: (key) => around('get', null, () => store.get(key)),
    create: (document) => around('create', document.kind, () => store.create(document)),
    replace: (document, version, known) =>
      around('replace', document.kind, () => store.replace(document, version, known)),
    remove: (key, version) => around('remove', null, () => store.remove(key, version)),
    query: (query) => around('query', query.kind, () => store.query(query)),
    count: (query) => around('count', query.kind, () => store.count(query)),
    due: (now, limit) => around('due', null, () => store.due(now, limit)),
    groups: () => around('groups', null, () => store.groups()),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
