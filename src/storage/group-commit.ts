import { closeSync, fdatasync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { AppError, isAppError } from '../shared/errors.ts';
import type { DatabaseFile } from './sqlite-file.ts';

interface Job {
  /** Writes inside the open transaction and returns what to do once that is on the disk. */
  apply: () => () => void;
  reject: (error: unknown) => void;
}

/** So many writes are enough for a commit of their own; the next are decided while these reach the disk. */
const enough = 10;

/**
 * Lets writes that come close together share one transaction and one wait for the disk, which blocks no other work: while
 * one group is on its way there, the next gathers. A write is one statement at most, so one that throws has changed
 * nothing and fails alone; a commit that fails, fails all of its group.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #log: number;
  #jobs: Job[] = [];
  #onItsWay: Promise<void> | null = null;

  constructor({ database, log }: DatabaseFile) {
    this.#database = database;
    this.#log = log;
  }

  /** Resolves with the result of `apply` once it is on the disk; rejects with what it threw, or with `store.unavailable`. */
  enqueue<R>(apply: () => R): Promise<R> {
    return new Promise((resolve, reject) => {
      const waiting = this.#jobs.push({
        apply: () => {
          const result = apply();
          return () => resolve(result);
        },
        reject,
      });
      if (waiting === 1) setImmediate(() => this.#next());
      else if (waiting === enough) this.#next();
    });
  }

  /** Brings what is waiting to the disk, and closes the database. Never rejects: failures go to those who wait. */
  async close(): Promise<void> {
    while (this.#jobs.length > 0 || this.#onItsWay) {
      this.#next();
      await this.#onItsWay;
    }
    if (!this.#database.isOpen) return;
    closeSync(this.#log);
    this.#database.close();
  }

  /** Commits what is waiting, unless a group is on its way to the disk. */
  #next(): void {
    if (this.#jobs.length === 0 || this.#onItsWay) return;
    const jobs = this.#jobs;
    this.#jobs = [];
    this.#onItsWay = this.#commit(jobs).finally(() => {
      this.#onItsWay = null;
      if (this.#jobs.length > 0) setImmediate(() => this.#next());
    });
  }

  async #commit(jobs: Job[]): Promise<void> {
    try {
      const settle = this.#write(jobs);
      await this.#reachDisk();
      for (const done of settle) done();
    } catch (cause) {
      const error = new AppError('store.unavailable', {}, { cause });
      for (const job of jobs) job.reject(error);
    }
  }

  #write(jobs: Job[]): (() => void)[] {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const settle = jobs.map((job) => this.#attempt(job));
      this.#database.exec('COMMIT');
      return settle;
    } catch (cause) {
      this.#rollBack(cause);
      throw cause;
    }
  }

  #rollBack(cause: unknown): void {
    try {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch (rollback) {
      throw new AggregateError([cause, rollback]);
    }
  }

  /**
   * A system that could not write something may say the next time that it has: after a failure nothing is read or written
   * any more until a new start, which takes what is whole.
   */
  async #reachDisk(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        fdatasync(this.#log, (error) => (error ? reject(error) : resolve()));
      });
    } catch (cause) {
      closeSync(this.#log);
      this.#database.close();
      throw cause;
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
