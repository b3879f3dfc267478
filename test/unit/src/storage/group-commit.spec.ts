import { DatabaseSync } from 'node:sqlite';
import { setImmediate as macrotask } from 'node:timers/promises';
import { expect } from 'chai';
import { GroupCommit } from '../../../../src/storage/group-commit.ts';
import { codeOf } from './contract.ts';

/** A disk that is reached when the test says so. */
function slowDisk() {
  const waits: { reached(): void; failed(error: Error): void }[] = [];
  return {
    waits,
    reachDisk: () => new Promise<void>((reached, failed) => waits.push({ reached, failed })),
    async next() {
      while (waits.length === 0) await macrotask();
      const [wait] = waits.splice(0, 1);
      if (!wait) throw new Error('Somebody waits.');
      return wait;
    },
  };
}

async function ticks(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await macrotask();
}

describe('one wait for the disk for writes that come close together', () => {
  let database: DatabaseSync;
  let disk: ReturnType<typeof slowDisk>;
  let writes: GroupCommit;
  const committed = (): unknown[] =>
    database
      .prepare('SELECT n FROM numbers ORDER BY n')
      .all()
      .map(({ n }) => n);
  const write = (n: number): Promise<number> =>
    writes.enqueue(() => {
      database.prepare('INSERT INTO numbers VALUES (?)').run(n);
      return n;
    });

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE numbers (n INTEGER)');
    disk = slowDisk();
    writes = new GroupCommit(database, disk.reachDisk);
  });
  afterEach(() => database.close());

  it('answers nobody before it is over, and answers all of them then', async () => {
    const answered: number[] = [];
    for (const n of [1, 2]) void write(n).then((one) => answered.push(one));
    const wait = await disk.next();
    await ticks();
    expect(committed()).to.deep.equal([1, 2]);
    expect(answered).to.deep.equal([]);
    wait.reached();
    await ticks();
    expect(answered).to.deep.equal([1, 2]);
  });

  it('is one at a time: what comes meanwhile is committed after it, all at once', async () => {
    const all = [write(0)];
    const first = await disk.next();
    for (let n = 1; n <= 40; n += 1) all.push(write(n));
    await ticks();
    expect(committed()).to.deep.equal([0]);
    first.reached();
    const second = await disk.next();
    expect(committed()).to.have.length(41);
    second.reached();
    await Promise.all(all);
    expect(disk.waits).to.deep.equal([]);
  });

  it('is not held up by ten that have come, however many come after them', async () => {
    const all = Array.from({ length: 15 }, (_, n) => write(n));
    expect(committed()).to.have.length(10);
    (await disk.next()).reached();
    (await disk.next()).reached();
    await Promise.all(all);
    expect(committed()).to.have.length(15);
  });

  it('is not put off by those that come tick by tick', async () => {
    const all: Promise<number>[] = [];
    for (let n = 0; n < 30; n += 1) {
      all.push(write(n));
      await macrotask();
    }
    expect(committed()).to.have.length(10);
    (await disk.next()).reached();
    (await disk.next()).reached();
    await Promise.all(all);
  });

  it('is waited for by whoever reads what is committed, and by the end', async () => {
    const done: string[] = [];
    void write(1);
    const wait = await disk.next();
    void writes.durable().then(() => done.push('read'));
    void write(2);
    void writes.drain().then(() => done.push('drained'));
    await ticks();
    expect(done).to.deep.equal([]);
    wait.reached();
    (await disk.next()).reached();
    await ticks();
    expect(done).to.deep.equal(['read', 'drained']);
    expect(committed()).to.deep.equal([1, 2]);
  });

  it('leaves nothing to be trusted once it has failed: what waits, what is read and what is written', async () => {
    const first = codeOf(write(1));
    const wait = await disk.next();
    const second = codeOf(write(2));
    const read = codeOf(writes.durable());
    wait.failed(new Error('EIO'));
    const codes = await Promise.all([first, second, read]);
    expect(codes).to.deep.equal(Array.from({ length: 3 }, () => 'store.unavailable'));
    expect(await codeOf(write(3))).to.equal('store.unavailable');
    expect(await codeOf(writes.durable())).to.equal('store.unavailable');
    await writes.drain();
    expect(committed(), 'nothing more is written').to.deep.equal([1]);
  });
});
