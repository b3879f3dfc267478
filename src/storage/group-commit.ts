import type { DatabaseSync } from 'node:sqlite';
import { AppError, isAppError } from '../shared/errors.ts';

interface Job {
  /** Writes inside the open transaction and returns what to do once that is committed. */
  apply: () => () => void;
  reject: (error: unknown) => void;
}

/** Writes that share a transaction at most, so that none waits for ever while others keep coming. */
const mostTogether = 100;

/**
 * Lets writes that come close together share one transaction, and so its wait for the disk. A write is one statement at
 * most, so one that throws has changed nothing and fails alone; a commit that fails, fails all of them.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  #jobs: Job[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Resolves with the result of `apply` after the commit; rejects with what it threw, or with `store.unavailable`. */
  enqueue<R>(apply: () => R): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({
        apply: () => {
          const result = apply();
          return () => resolve(result);
        },
        reject,
      });
      if (this.#jobs.length === 1) this.#flushSoon(0);
    });
  }

  /** As long as each tick brings more writes, they are let in. */
  #flushSoon(known: number): void {
    setImmediate(() => {
      const waiting = this.#jobs.length;
      if (waiting > known && waiting < mostTogether) this.#flushSoon(waiting);
      else this.flush();
    });
  }

  /** Commits what is waiting, now. Never throws: failures go to those who wait. */
  flush(): void {
    const jobs = this.#jobs;
    if (jobs.length === 0) return;
    this.#jobs = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const settle = jobs.map((job) => this.#attempt(job));
      this.#database.exec('COMMIT');
      for (const done of settle) done();
    } catch (cause) {
      const error = this.#abandon(cause);
      for (const job of jobs) job.reject(error);
    }
  }

  #abandon(cause: unknown): AppError {
    try {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      return new AppError('store.unavailable', {}, { cause });
    } catch (rollback) {
      return new AppError('store.unavailable', {}, { cause: new AggregateError([cause, rollback]) });
    }
  }

  #attempt(job: Job): () => void {
    try {
      return job.apply();
    } catch (error) {
      // After some failures (a full disk) SQLite has rolled the whole transaction back by itself.
      if (!this.#database.isTransaction) throw error;
      const own = isAppError(error) || error instanceof TypeError;
      return () => job.reject(own ? error : new AppError('store.unavailable', {}, { cause: error }));
    }
  }
}
