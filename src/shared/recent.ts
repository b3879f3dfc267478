/** The entries that were used last, up to `limit`; the one unused for longest goes first. */
export interface Recent<T> {
  get(name: string): T | undefined;
  set(name: string, value: T): void;
  delete(name: string): void;
}

export function createRecent<T>(limit: number): Recent<T> {
  // A Map keeps the order of insertion, so what is used is put in anew.
  const entries = new Map<string, T>();
  return {
    get(name) {
      const found = entries.get(name);
      if (found === undefined) return undefined;
      entries.delete(name);
      entries.set(name, found);
      return found;
    },
    set(name, value) {
      entries.delete(name);
      entries.set(name, value);
      if (entries.size <= limit) return;
      const oldest = entries.keys().next();
      if (!oldest.done) entries.delete(oldest.value);
    },
    delete(name) {
      entries.delete(name);
    },
  };
}
