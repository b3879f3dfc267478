/** Lets tests wait for what the bot does, without polling. */
export interface Waiting {
  /** Resolves with the first truthy result of `look`, asked now and after every change. Rejects after `timeout` ms. */
  waitFor<T>(look: () => T | undefined | null | false, timeout: number, describe: () => string): Promise<T>;
  changed(): void;
  /** Rejects all who wait. */
  close(): void;
}

export function createWaiting(): Waiting {
  const watchers = new Set<{ look: () => void; stop: (reason: string) => void }>();
  return {
    waitFor: <T>(look: () => T | undefined | null | false, timeout: number, describe: () => string) =>
      new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          clearTimeout(timer);
          watchers.delete(watcher);
        };
        const watcher = {
          look: (): void => {
            try {
              const result = look();
              if (!result) return;
              leave();
              resolve(result);
            } catch (error) {
              leave();
              reject(error);
            }
          },
          stop: (reason: string): void => {
            leave();
            reject(new Error(`${reason} ${describe()}`));
          },
        };
        const timer = setTimeout(() => watcher.stop(`Waited ${timeout} ms in vain.`), timeout);
        watchers.add(watcher);
        watcher.look();
      }),
    changed: () => {
      for (const watcher of watchers) watcher.look();
    },
    close: () => {
      for (const watcher of watchers) watcher.stop('The Teams double closed.');
    },
  };
}
