import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as macrotask } from 'node:timers/promises';
import { expect } from 'chai';
import sinon from 'sinon';
import { isAppError } from '../../../../src/shared/errors.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { openDatabase } from '../../../../src/storage/sqlite-file.ts';
import { codeOf, describeStore, doc } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'ankarbot-sqlite-'));
const writer = join(import.meta.dirname, 'crash-writer.ts');
let files = 0;
const newFile = (): string => join(folder, 'data', `${++files}.db`);

after(() => rmSync(folder, { recursive: true }));

describeStore('sqlite', async () => openSqliteStore(newFile()));

describe('sqlite: the file', () => {
  afterEach(() => sinon.restore());

  const open = async (file: string) => openSqliteStore(file);
  const openElsewhere = (file: string) => spawnSync(process.execPath, [writer, file], { encoding: 'utf8' });

  it('keeps every acknowledged write when the process is killed in the middle of writing', async () => {
    const file = newFile();
    const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    const acknowledged = new Map<string, number>();
    let lines = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const [id = '', number] = line.split(' ');
      acknowledged.set(id, Number(number));
      lines += 1;
      if (lines === 2000) child.kill('SIGKILL');
    }
    await closed;
    expect(child.signalCode).to.equal('SIGKILL');
    expect(acknowledged.size).to.equal(20);
    const store = openSqliteStore(file);
    for (const [id, number] of acknowledged) {
      expect((await store.get<number>({ partition: 'p', id }))?.data, id).to.be.within(number, number + 1);
    }
    await store.close();
  });

  it('writes its log at every commit, for whose disk is waited elsewhere, and overwrites what is removed', () => {
    const database = openDatabase(newFile());
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(['journal_mode', 'synchronous', 'secure_delete', 'locking_mode'].map(pragma)).to.deep.equal([
      'wal',
      1,
      1,
      'exclusive',
    ]);
    database.close();
  });

  it('has what was stored, under the same version, when it is opened again', async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    const version = await store.create(doc({ id: 'a', data: 1 }));
    await store.close();
    const again = openSqliteStore(file);
    await again.replace(doc({ id: 'a', data: 2 }), version);
    await again.close();
  });

  it('refuses a second opener in any process, until the first closes', async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    expect(await codeOf(open(file))).to.equal('store.locked');
    const elsewhere = openElsewhere(file);
    expect(elsewhere.status).to.equal(1);
    expect(elsewhere.stderr).to.contain('store.locked');
    await store.create(doc({ id: 'a' }));
    await store.close();
    await (await open(file)).close();
  });

  it('can be read by its owner only, log included, even where it was open to others before', async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    await store.create(doc({ id: 'a' }));
    const modes = () => [file, `${file}-wal`].map((path) => (statSync(path).mode & 0o777).toString(8));
    expect(modes()).to.deep.equal(['600', '600']);
    await store.close();
    chmodSync(file, 0o644);
    const again = openSqliteStore(file);
    await again.create(doc({ id: 'b' }));
    expect(modes()).to.deep.equal(['600', '600']);
    await again.close();
  });

  it('is not touched when a newer release wrote it', async () => {
    const file = newFile();
    const database = openDatabase(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(await codeOf(open(file))).to.equal('store.newerSchema');
    expect(await codeOf(open(file)), 'and is let go').to.equal('store.newerSchema');
  });

  it('is reported, not overwritten, when it is no database', async () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Dear coordinator, this is a letter and no database. '.repeat(50));
    expect(await codeOf(open(file))).to.equal('store.unavailable');
    expect(statSync(file).size).to.equal(2600);
  });
});

describe('sqlite: one commit for writes that come close together', () => {
  afterEach(() => sinon.restore());

  it('commits the first ten writes of one tick at once, and those that come during their wait once', async () => {
    const store = openSqliteStore(newFile());
    const exec = sinon.spy(DatabaseSync.prototype, 'exec');
    const writes = Array.from({ length: 50 }, (_, n) => store.create(doc({ id: `d${n}` })));
    expect(exec.args.flat(), 'while more come').to.deep.equal(['BEGIN IMMEDIATE', 'COMMIT']);
    await Promise.all(writes);
    expect(exec.args.flat().filter((sql) => sql === 'COMMIT')).to.have.length(2);
    await store.close();
  });

  it('lets those join that come tick by tick, and commits once no more do', async () => {
    const store = openSqliteStore(newFile());
    const exec = sinon.spy(DatabaseSync.prototype, 'exec');
    const commits = (): number => exec.args.flat().filter((sql) => sql === 'COMMIT').length;
    const writes: Promise<unknown>[] = [];
    for (let n = 0; n < 9; n += 1) {
      writes.push(store.create(doc({ id: `d${n}` })));
      await macrotask();
    }
    expect(commits()).to.equal(0);
    await Promise.all(writes);
    expect(commits()).to.equal(1);
    await store.close();
  });

  it('fails every write of a commit that failed, keeps none of them, and goes on afterwards', async () => {
    const store = openSqliteStore(newFile());
    const version = await store.create(doc({ id: 'a', data: 'old' }));
    const fault = new Error('disk I/O error');
    const exec = sinon.stub(DatabaseSync.prototype, 'exec').callThrough();
    exec.withArgs('COMMIT').onFirstCall().throws(fault);
    const results = await Promise.allSettled([
      store.replace(doc({ id: 'a', data: 'new' }), version),
      store.create(doc({ id: 'b' })),
      store.create(doc({ id: 'a' })),
    ]);
    const reasons = results.map((result) => (result.status === 'rejected' ? result.reason : null));
    expect(reasons.every((reason) => isAppError(reason, 'store.unavailable') && reason.cause === fault)).to.equal(true);
    expect((await store.get(doc({ id: 'a' })))?.data).to.equal('old');
    expect(await store.get(doc({ id: 'b' }))).to.equal(null);
    await store.replace(doc({ id: 'a', data: 'new' }), version);
    await store.close();
  });

  it('fails only the write that is not JSON', async () => {
    const store = openSqliteStore(newFile());
    const results = await Promise.allSettled([
      store.create(doc({ id: 'a' })),
      store.create(doc({ id: 'b', data: undefined })),
      store.create(doc({ id: 'c' })),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    await store.close();
  });
});

describe('sqlite: the cost of a statement does not grow with what is stored', () => {
  afterEach(() => sinon.restore());

  it('searches an index in every statement: no scan, no sorting', async () => {
    const file = newFile();
    const store = openSqliteStore(file);
    const prepare = sinon.spy(DatabaseSync.prototype, 'prepare');
    const version = await store.create(doc({ id: 'a' }));
    await store.replace(doc({ id: 'a', status: 'open', owner: 'p1', at: '2026', wakeAt: '2026' }), version);
    await store.create(doc({ id: 'b', at: '2026' }));
    const wheres = [{}, { status: 'open' }, { owner: null }, { status: null, owner: 'p1' }];
    for (const where of wheres) {
      await store.count({ partition: 'p', kind: 'k', where });
      for (const order of ['asc', 'desc'] as const) {
        const query = { partition: doc({ id: '' }).partition, kind: 'referral', order, limit: 1 };
        const { continuation = '' } = await store.query(query);
        await store.query({ ...query, continuation });
        await store.query({ ...query, where });
      }
    }
    await store.due('2026', 10);
    await store.ping();
    await store.remove(doc({ id: 'b' }), (await store.get(doc({ id: 'b' })))?.version ?? '');
    const statements = [...new Set(prepare.args.map(([sql]) => sql))];
    await store.close();

    const database = openDatabase(file);
    expect(statements.length).to.be.greaterThan(15);
    for (const sql of statements) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      for (const { detail } of plan) expect(String(detail), sql).to.match(/^SEARCH documents USING/);
      expect(plan.length, sql).to.be.at.least(sql.startsWith('INSERT') ? 0 : 1);
    }
    database.close();
  });
});
