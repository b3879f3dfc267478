/** Work by name, one after the other: who comes later waits for those before, whether they succeed or fail. */
export type Queues = <R>(name: string, task: () => Promise<R>) => Promise<R>;

export function createQueues(): Queues {
  const last = new Map<string, Promise<void>>();
  return (name, task) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(task);
    const over = (): void => {
      if (last.get(name) === settled) last.delete(name);
    };
    // The line goes on behind a failure, which is its own caller's to handle.
    const settled = mine.then(over, over);
    last.set(name, settled);
    return mine;
  };
}

/** Work by name that many may ask for at once, such as the reminders of a team: they share the one answer. */
export function createShared<R>(): (name: string, ask: () => Promise<R>) => Promise<R> {
  const underway = new Map<string, Promise<R>>();
  return (name, ask) => {
    const known = underway.get(name);
    if (known) return known;
    const answer = ask().finally(() => underway.delete(name));
    underway.set(name, answer);
    return answer;
  };
}
