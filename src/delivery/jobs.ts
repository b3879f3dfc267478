/** Work by name: each name is at work once at a time, and once more when it was asked for meanwhile. */
export interface Jobs {
  /** Starts the work, or lets it run once more after the present run. It must not reject. */
  run(name: string, work: () => Promise<void>): void;
  isRunning(name: string): boolean;
  /** True while it is at work and was asked for once more. */
  isWanted(name: string): boolean;
  /** Resolves when nothing is at work any more. */
  idle(): Promise<void>;
}

export function createJobs(): Jobs {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  return {
    run(name, work) {
      const current = running.get(name);
      if (current) {
        current.again = true;
        return;
      }
      const job = { again: false, done: Promise.resolve() };
      running.set(name, job);
      job.done = (async () => {
        do {
          job.again = false;
          await work();
        } while (job.again);
        running.delete(name);
      })();
    },
    isRunning: (name) => running.has(name),
    isWanted: (name) => running.get(name)?.again === true,
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map((job) => job.done));
    },
  };
}
