import { chmodSync, closeSync, fdatasync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { AppError } from '../shared/errors.ts';

const schemaVersion = 1;

/**
 * `at` is '' for null, so that rows can be compared as (at, id). Rows live in a rowid table because they are large, and
 * the indexes are few because every write pays for each: status stands in the owner's index so that asking for both
 * reads no other row.
 */
const schema = `
  CREATE TABLE documents (
    partition TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
    status TEXT, owner TEXT, at TEXT NOT NULL, wake_at TEXT,
    version INTEGER NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (partition, id)
  ) STRICT;
  CREATE INDEX documents_by_kind ON documents (partition, kind, at, id);
  CREATE INDEX documents_by_status ON documents (partition, kind, status, at, id);
  CREATE INDEX documents_by_owner ON documents (partition, kind, owner, at, id, status);
  CREATE INDEX documents_by_wake ON documents (wake_at) WHERE wake_at IS NOT NULL;
  PRAGMA user_version = ${schemaVersion};
`;

/**
 * Opens the file for this process alone, creating it (mode 0600) and its folder when absent. The operating system holds
 * the lock, so it ends with the process, however that ends.
 *
 * Throws `store.locked` when another opener has it, `store.newerSchema` when a newer release wrote it, and
 * `store.unavailable` when it cannot be read as a database.
 */
export function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    createPrivate(file);
    database = new DatabaseSync(file);
    // EXCLUSIVE comes before WAL, which then needs no memory shared with other processes. Removed rows are overwritten,
    // since "purged" must mean gone from the file too. A commit writes its log and does not wait for the disk, see `logOf`.
    // Sizes: a cache of 8 MiB, a log cut back to 64 MiB.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA cache_size = -8192;
      PRAGMA wal_autocheckpoint = 8000;
      PRAGMA journal_size_limit = 67108864;
    `);
    migrate(database);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof AppError) throw cause;
    throw new AppError(isBusy(cause) ? 'store.locked' : 'store.unavailable', {}, { cause });
  }
}

/** The log of an open database, in which a commit is durable once it is on disk. */
export interface Log {
  /** Resolves once all that is committed is on disk; the wait is on another thread. */
  reachDisk(): Promise<void>;
  close(): void;
}

const waitForDisk = promisify(fdatasync);

/** It is there from the first commit on, and the same file until the database is closed. */
export function logOf(file: string): Log {
  let descriptor: number | null = null;
  return {
    async reachDisk() {
      descriptor ??= openSync(`${file}-wal`, 'r+');
      await waitForDisk(descriptor);
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}

function migrate(database: DatabaseSync): void {
  database.exec('BEGIN EXCLUSIVE');
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (found > schemaVersion) throw new AppError('store.newerSchema', { found, known: schemaVersion });
  if (found === 0) database.exec(schema);
  database.exec('COMMIT');
}

/** A file that exists is never opened here: closing it again would drop this process's own locks on it. */
function createPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    chmodSync(file, 0o600);
  }
}

/** SQLITE_BUSY, with or without an extended code. */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
