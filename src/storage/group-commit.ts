import type { DatabaseSync } from 'node:sqlite';
import { AppError, isAppError } from '../shared/errors.ts';

interface Job {
  /** Writes inside the open transaction and returns what to do once that is on disk. */
  apply: () => () => void;
  reject: (error: unknown) => void;
}

/** So many writes do not wait for others; those that come next share the next commit, and are worked on during the wait for this one. */
const enough = 10;

/**
 * Lets writes that come close together share one transaction, and one wait for the disk. The wait is on another thread, and
 * there is one at a time: what comes meanwhile is worked on, and committed after it. A write is one statement at most, so one
 * that throws has changed nothing and fails alone; a commit that fails, fails all of them. After a wait that failed nobody
 * knows what the disk has, so everything is refused until the file is opened anew.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #reachDisk: () => Promise<void>;
  #jobs: Job[] = [];
  /** Until what is committed is on disk; null when it is. Never rejects. */
  #waiting: Promise<void> | null = null;
  #lost: AppError | null = null;

  constructor(database: DatabaseSync, reachDisk: () => Promise<void>) {
    this.#database = database;
    this.#reachDisk = reachDisk;
  }

  /** Resolves with the result of `apply` once it is on disk; rejects with what it threw, or with `store.unavailable`. */
  enqueue<R>(apply: () => R): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#lost) return reject(this.#lost);
      this.#jobs.push({
        apply: () => {
          const result = apply();
          return () => resolve(result);
        },
        reject,
      });
      if (this.#jobs.length >= enough) this.#flush();
      else if (this.#jobs.length === 1) this.#flushSoon(0);
    });
  }

  /** Resolves once all that was committed by now is on disk. Errors: `store.unavailable`. */
  async durable(): Promise<void> {
    await this.#waiting;
    if (this.#lost) throw this.#lost;
  }

  /** Commits what has come, and resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#waiting || this.#jobs.length > 0) {
      this.#flush();
      await this.#waiting;
    }
  }

  /** As long as each tick brings more writes, they are let in. */
  #flushSoon(known: number): void {
    setImmediate(() => {
      const { length } = this.#jobs;
      if (length > known && length < enough) this.#flushSoon(length);
      else this.#flush();
    });
  }

  /** Commits what has come, unless an earlier commit is not on disk yet. Never throws: failures go to those who wait. */
  #flush(): void {
    const jobs = this.#jobs;
    if (this.#waiting || jobs.length === 0) return;
    this.#jobs = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const settle = jobs.map((job) => this.#attempt(job));
      this.#database.exec('COMMIT');
      this.#waiting = this.#settle(jobs, settle);
    } catch (cause) {
      const error = this.#abandon(cause);
      for (const job of jobs) job.reject(error);
    }
  }

  async #settle(jobs: readonly Job[], settle: readonly (() => void)[]): Promise<void> {
    try {
      await this.#reachDisk();
      for (const done of settle) done();
    } catch (cause) {
      this.#lost = new AppError('store.unavailable', {}, { cause });
      for (const job of [...jobs, ...this.#jobs.splice(0)]) job.reject(this.#lost);
    }
    this.#waiting = null;
    const { length } = this.#jobs;
    if (length >= enough) this.#flush();
    else if (length > 0) this.#flushSoon(length);
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
