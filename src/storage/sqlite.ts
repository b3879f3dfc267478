import { randomInt } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { AppError } from '../shared/errors.ts';
import { checkLimit, decodeContinuation, toPage } from './continuation.ts';
import { GroupCommit } from './group-commit.ts';
import type { Document, DocumentKey, IndexedFields, Page, Query, Store, StoredDocument } from './port.ts';
import { type Log, logOf, openDatabase } from './sqlite-file.ts';

type Row = Record<string, SQLOutputValue>;

/** First versions are random so that a document created anew never accepts a version of its predecessor. */
const firstVersionLimit = 2 ** 47;

/**
 * Opens the embedded store: one SQLite file, for this process alone. The errors are those of {@link openDatabase}.
 */
export function openSqliteStore(file: string): Store {
  return new SqliteStore(openDatabase(file), logOf(file));
}

class SqliteStore implements Store {
  readonly exclusive = true;
  readonly #database: DatabaseSync;
  readonly #log: Log;
  readonly #writes: GroupCommit;
  readonly #statements = new Map<string, StatementSync>();
  readonly #updates = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, log: Log) {
    this.#database = database;
    this.#log = log;
    this.#writes = new GroupCommit(database, log.reachDisk);
  }

  async get<T>(key: DocumentKey): Promise<StoredDocument<T> | null> {
    const [row] = await this.#read('SELECT * FROM documents WHERE partition = ? AND id = ?', [key.partition, key.id]);
    return row ? toDocument<T>(row) : null;
  }

  async create<T>(document: Document<T>): Promise<string> {
    const { partition, id } = document;
    const columns = { partition, id, ...toColumns(document), version: randomInt(1, firstVersionLimit) };
    const names = Object.keys(columns);
    const sql = `INSERT INTO documents (${names}) VALUES (${names.map(() => '?')}) ON CONFLICT DO NOTHING`;
    return this.#writes.enqueue(() => {
      if (this.#prepare(sql).run(...Object.values(columns)).changes === 0) throw new AppError('store.exists');
      return String(columns.version);
    });
  }

  async replace<T>(document: Document<T>, version: string, known?: IndexedFields): Promise<string> {
    const columns = toColumns(document);
    return this.#writes.enqueue(() => {
      const stored: Row = known ? indexedColumns(known) : this.#checkVersion(document, version);
      // Only what differs is set, because SQLite rewrites every index that has a column in the list.
      const changed = columnNames.filter((name) => stored[name] !== columns[name]);
      const values = changed.map((name) => columns[name]);
      const { changes } = this.#update(changed).run(...values, document.partition, document.id, Number(version));
      if (changes === 0) throw new AppError('store.conflict');
      return String(Number(version) + 1);
    });
  }

  async remove(key: DocumentKey, version: string): Promise<void> {
    return this.#writes.enqueue(() => {
      this.#checkVersion(key, version);
      this.#prepare('DELETE FROM documents WHERE partition = ? AND id = ?').run(key.partition, key.id);
    });
  }

  async query<T>(query: Query): Promise<Page<T>> {
    checkLimit(query.limit);
    const { from, values } = selection(query);
    const [comparison, direction] = query.order === 'desc' ? ['<', 'DESC'] : ['>', 'ASC'];
    const after = query.continuation === undefined ? null : decodeContinuation(query.continuation, query);
    const rows = await this.#read(
      `SELECT * FROM ${from} ${after ? `AND (at, id) ${comparison} (?, ?)` : ''}
        ORDER BY at ${direction}, id ${direction} LIMIT ?`,
      [...values, ...(after ? [after.at ?? '', after.id] : []), query.limit + 1],
    );
    return toPage(
      rows.map((row) => toDocument<T>(row)),
      query,
    );
  }

  async due(now: string, limit: number): Promise<StoredDocument[]> {
    checkLimit(limit);
    const sql = 'SELECT * FROM documents INDEXED BY documents_by_wake WHERE wake_at <= ? ORDER BY wake_at LIMIT ?';
    return (await this.#read(sql, [now, limit])).map((row) => toDocument(row));
  }

  async groups(): Promise<Pick<Query, 'partition' | 'kind'>[]> {
    const rows = await this.#read('SELECT DISTINCT partition, kind FROM documents ORDER BY partition, kind', []);
    return rows.map(({ partition, kind }) => ({ partition: String(partition), kind: String(kind) }));
  }

  async count(query: Pick<Query, 'partition' | 'kind' | 'where'>): Promise<number> {
    const { from, values } = selection(query);
    const [row] = await this.#read(`SELECT count(*) AS total FROM ${from}`, values);
    return Number(row?.total);
  }

  async ping(): Promise<void> {
    await this.get({ partition: 'ping', id: 'ping' });
  }

  async close(): Promise<void> {
    await this.#writes.drain();
    this.#log.close();
    if (this.#database.isOpen) this.#database.close();
  }

  /** One statement for each set of columns. */
  #update(changed: readonly ColumnName[]): StatementSync {
    const name = changed.join();
    const known = this.#updates.get(name);
    if (known) return known;
    const statement = this.#database.prepare(
      `UPDATE documents SET ${changed.map((column) => `${column} = ?, `).join('')}version = version + 1
        WHERE partition = ? AND id = ? AND version = ?`,
    );
    this.#updates.set(name, statement);
    return statement;
  }

  #checkVersion(key: DocumentKey, version: string): Row {
    const sql = 'SELECT kind, status, owner, at, wake_at, version FROM documents WHERE partition = ? AND id = ?';
    const stored = this.#prepare(sql).get(key.partition, key.id);
    if (!stored || String(stored.version) !== version) throw new AppError('store.conflict');
    return stored;
  }

  /** Nothing is read that could be lost again: what is committed, and not on disk yet, is waited for. */
  async #read(sql: string, values: SQLInputValue[]): Promise<Row[]> {
    const rows = this.#rows(sql, values);
    await this.#writes.durable();
    return rows;
  }

  #rows(sql: string, values: SQLInputValue[]): Row[] {
    try {
      return this.#prepare(sql).all(...values);
    } catch (cause) {
      throw new AppError('store.unavailable', {}, { cause });
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** The part of a statement from the table's name on; `INDEXED BY` makes SQLite refuse rather than scan. */
function selection({ partition, kind, where }: Pick<Query, 'partition' | 'kind' | 'where'>): {
  from: string;
  values: SQLInputValue[];
} {
  const { status, owner } = where ?? {};
  const index = owner !== undefined ? 'owner' : status !== undefined ? 'status' : 'kind';
  let from = `documents INDEXED BY documents_by_${index} WHERE partition = ? AND kind = ?`;
  const values: SQLInputValue[] = [partition, kind];
  if (owner !== undefined) {
    from += ' AND owner IS ?';
    values.push(owner);
  }
  if (status !== undefined) {
    from += ' AND status IS ?';
    values.push(status);
  }
  return { from, values };
}

const columnNames = ['kind', 'status', 'owner', 'at', 'wake_at', 'data'] as const;
type ColumnName = (typeof columnNames)[number];

type IndexedColumns = Record<Exclude<ColumnName, 'data'>, string | null>;

function indexedColumns({ kind, status, owner, at, wakeAt }: IndexedFields): IndexedColumns {
  return { kind, status, owner, at: at ?? '', wake_at: wakeAt };
}

function toColumns(document: Document): Record<ColumnName, SQLInputValue> {
  return { ...indexedColumns(document), data: JSON.stringify(document.data) };
}

/** The caller vouches that what is stored under this key is a `T`. */
function toDocument<T>(row: Row): StoredDocument<T> {
  const data: T = JSON.parse(String(row.data));
  return {
    partition: String(row.partition),
    id: String(row.id),
    kind: String(row.kind),
    status: textOrNull(row.status),
    owner: textOrNull(row.owner),
    at: textOrNull(row.at) || null,
    wakeAt: textOrNull(row.wake_at),
    version: String(row.version),
    data,
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
