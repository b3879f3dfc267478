import type { DatabaseSync } from 'node:sqlite';
import { AppError, isAppError } from '../shared/errors.ts';

interface Job {
  /** Writes inside the open transaction and returns what to do once that is durable. */
  apply: () => () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets all writes of one tick share one transaction, so that they share its wait for the disk. A write is one statement
 * at most, so one that throws has changed nothing and fails alone; a commit that fails, fails all of them.
 *
 * SQLite itself does not wait for the disk at a commit (`synchronous=NORMAL`): `sync` does, off the main thread, so that
 * others are answered meanwhile. What it makes durable is everything that was committed before it began.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #sync: () => Promise<void>;
  #jobs: Job[] = [];
  #committed: { done: () => void; reject: Job['reject'] }[] = [];
  #syncing: Promise<void> | null = null;

  constructor(database: DatabaseSync, sync: () => Promise<void>) {
    this.#database = database;
    this.#sync = sync;
  }

  /**
   * Resolves with the result of `apply` once it is durable; rejects with what it threw, or with `store.unavailable`:
   * then it may be there after all.
   */
  enqueue<R>(apply: () => R): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({
        apply: () => {
          const result = apply();
          return () => resolve(result);
        },
        reject,
      });
      // The second tick lets those join whose requests were read in between: one wait for the disk serves more of them.
      if (this.#jobs.length === 1) setImmediate(() => setImmediate(() => this.#commit()));
    });
  }

  /** Commits what is waiting, now, and resolves when all of it is durable. Never rejects: failures go to those who wait. */
  async flush(): Promise<void> {
    this.#commit();
    await this.#syncing;
  }

  #commit(): void {
    const jobs = this.#jobs;
    if (jobs.length === 0) return;
    this.#jobs = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const written = jobs.map((job) => this.#attempt(job));
      this.#database.exec('COMMIT');
      this.#committed.push(...written);
      this.#syncing ??= this.#makeDurable();
    } catch (cause) {
      const error = this.#abandon(cause);
      for (const job of jobs) job.reject(error);
    }
  }

  /** One wait at a time; what is committed during it shares the next one. */
  async #makeDurable(): Promise<void> {
    while (this.#committed.length > 0) {
      const committed = this.#committed;
      this.#committed = [];
      try {
        await this.#sync();
        for (const { done } of committed) done();
      } catch (cause) {
        const error = new AppError('store.unavailable', {}, { cause });
        for (const { reject } of committed) reject(error);
      }
    }
    this.#syncing = null;
  }

  #abandon(cause: unknown): AppError {
    try {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      return new AppError('store.unavailable', {}, { cause });
    } catch (rollback) {
      return new AppError('store.unavailable', {}, { cause: new AggregateError([cause, rollback]) });
    }
  }

  #attempt({ apply, reject }: Job): { done: () => void; reject: Job['reject'] } {
    try {
      return { done: apply(), reject };
    } catch (error) {
      // After some failures (a full disk) SQLite has rolled the whole transaction back by itself.
      if (!this.#database.isTransaction) throw error;
      const own = isAppError(error) || error instanceof TypeError;
      return { done: () => reject(own ? error : new AppError('store.unavailable', {}, { cause: error })), reject };
    }
  }
}
