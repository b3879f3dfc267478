import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../../../src/shared/errors.ts';
import { type Aggregates, createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { refusalOf, storeWith } from '../../../support/builders.ts';

interface Count {
  value: number;
  by: string[];
}
const key = { partition: 'nordvik|team:lojo', id: 'one' };
const countsOf = (store: Store): Aggregates<Count> =>
  createAggregates<Count>(store, () => ({ kind: 'count', status: null, owner: null, at: null, wakeAt: null }));
const plus =
  (who: string) =>
  (data: Count): Count => ({ value: data.value + 1, by: [...data.by, who] });

/** The store with a count of its writes, and `before` each of them. */
function watched(
  store: Store,
  before: () => Promise<void> = async () => undefined,
): { store: Store; writes: () => number } {
  let writes = 0;
  const replace: Store['replace'] = async (document, version) => {
    await before();
    writes += 1;
    return store.replace(document, version);
  };
  return { store: storeWith(store, { replace }), writes: () => writes };
}

describe('a document that many change', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-aggregates-'));
  let store: Store;
  let files = 0;
  beforeEach(async () => {
    store = openSqliteStore(join(folder, `${files++}.db`));
    await countsOf(store).create(key, { value: 0, by: [] });
  });
  afterEach(() => store.close());
  after(() => rmSync(folder, { recursive: true }));

  it('has all twenty changes that were made at once, each on the state of the one before, with a write each', async () => {
    const { store: seen, writes } = watched(store);
    const counts = countsOf(seen);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => counts.change(key, plus(String(index)))),
    );
    expect(results.map(({ value }) => value)).to.deep.equal(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await counts.get(key))?.value).to.equal(20);
    expect(writes(), 'no conflict among ourselves').to.equal(20);
  });

  it('is known as it was written last, though an older version was read on the way', async () => {
    const slow = Promise.withResolvers<void>();
    const get: Store['get'] = async (asked) => {
      const stored = await store.get<never>(asked);
      await slow.promise;
      return stored;
    };
    const counts = countsOf(storeWith(store, { get, exclusive: false }));
    await counts.create({ ...key, id: 'two' }, { value: 0, by: [] });
    const reading = counts.get({ ...key, id: 'two' });
    const written = await counts.change({ ...key, id: 'two' }, plus('a'));
    slow.resolve();
    expect(await reading).to.equal(written);
    expect(await counts.lastKnown({ ...key, id: 'two' })).to.equal(written);
  });

  it('is known as another process wrote it last, though an older version was read at the same time', async () => {
    const two = { ...key, id: 'three' };
    await countsOf(store).create(two, { value: 1, by: [] });
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    const get: Store['get'] = async (wanted) => {
      const mine = answers[asked++];
      const stored = await store.get<never>(wanted);
      await mine?.promise;
      return stored;
    };
    const counts = countsOf(storeWith(store, { get, exclusive: false }));
    const older = counts.get(two);
    const written = await countsOf(store).change(two, plus('somebody else'));
    const newer = counts.get(two);
    answers[0]?.resolve();
    await older;
    answers[1]?.resolve();
    expect(await newer).to.deep.equal(written);
    expect(await counts.lastKnown(two)).to.deep.equal(written);
  });

  it('is decided anew on what somebody else has written', async () => {
    let others = 2;
    const { store: seen } = watched(store, async () => {
      if (others-- > 0) await countsOf(store).change(key, plus('somebody else'));
    });
    const decided: number[] = [];
    const after = await countsOf(seen).change(key, (data) => {
      decided.push(data.value);
      return plus('me')(data);
    });
    expect(decided).to.deep.equal([0, 1, 2]);
    expect(after).to.deep.equal({ value: 3, by: ['somebody else', 'somebody else', 'me'] });
  });

  it('is given up after five tries, and stays as the others left it', async () => {
    const { store: seen, writes } = watched(
      store,
      async () => void (await countsOf(store).change(key, plus('somebody else'))),
    );
    expect(await refusalOf(countsOf(seen).change(key, plus('me')))).to.equal('store.conflict');
    expect(writes()).to.equal(5);
    expect((await countsOf(store).get(key))?.by).to.deep.equal(Array.from({ length: 5 }, () => 'somebody else'));
  });

  it('is not written when the decision returns what it was given', async () => {
    const { store: seen, writes } = watched(store);
    await countsOf(seen).change(key, (data) => data);
    expect(writes()).to.equal(0);
  });

  it('is unchanged by a decision that refuses, and the next one goes on', async () => {
    const counts = countsOf(store);
    const refused = counts.change(key, () => {
      throw new AppError('referral.decided');
    });
    const next = counts.change(key, plus('next'));
    expect(await refusalOf(refused)).to.equal('referral.decided');
    expect(await next).to.deep.equal({ value: 1, by: ['next'] });
  });

  it('is missing when it was never created, and is not created twice', async () => {
    expect(await refusalOf(countsOf(store).change({ ...key, id: 'none' }, plus('x')))).to.equal('store.missing');
    expect(await countsOf(store).get({ ...key, id: 'none' })).to.equal(null);
    expect(await refusalOf(countsOf(store).create(key, { value: 7, by: [] }))).to.equal('store.exists');
  });

  it('does not wait for another document', async () => {
    const other = { ...key, id: 'two' };
    await countsOf(store).create(other, { value: 0, by: [] });
    const gate = Promise.withResolvers<void>();
    let held = true;
    const { store: seen } = watched(store, async () => {
      if (held) {
        held = false;
        await gate.promise;
      }
    });
    const counts = countsOf(seen);
    const slow = counts.change(key, plus('slow'));
    expect((await counts.change(other, plus('quick'))).value).to.equal(1);
    gate.resolve();
    expect((await slow).value).to.equal(1);
  });

  describe('by several processes', () => {
    it('is refused, or left as it is, only on what is stored now', async () => {
      const shared = storeWith(store, { exclusive: false });
      const [mine, theirs] = [countsOf(shared), countsOf(shared)];
      await mine.change(key, plus('me'));
      await theirs.change(key, plus('them'));
      const seen: number[] = [];
      const unchanged = await mine.change(key, (data) => {
        seen.push(data.value);
        return data;
      });
      expect(unchanged.value).to.equal(2);
      expect(seen.at(-1)).to.equal(2);
      await theirs.change(key, plus('them'));
      const refuseThree = (data: Count): Count => {
        if (data.value < 3) throw new AppError('referral.decided');
        return plus('me')(data);
      };
      expect((await mine.change(key, refuseThree)).value).to.equal(4);
      expect((await theirs.get(key))?.value, 'a look sees what others wrote').to.equal(4);
    });

    it('keeps all changes of two who change it twenty times each', async () => {
      const shared = storeWith(store, { exclusive: false });
      const processes = [countsOf(shared), countsOf(shared)];
      const changes = Array.from({ length: 20 }, (_, index) =>
        processes.map((counts, who) => counts.change(key, plus(`${who}.${index}`))),
      );
      const results = await Promise.allSettled(changes.flat());
      const kept = results.filter(({ status }) => status === 'fulfilled').length;
      expect(kept).to.be.at.least(20);
      expect((await countsOf(store).get(key))?.value, 'what was answered is there').to.equal(kept);
    });
  });

  it('goes back to nothing older when a look that was asked for earlier is answered later', async () => {
    const slow: (() => void)[] = [];
    let isSlow = true;
    const shared = storeWith(store, {
      exclusive: false,
      async get<T>(at: Parameters<Store['get']>[0]) {
        const found = await store.get<T>(at);
        if (isSlow) await new Promise<void>((resolve) => slow.push(resolve));
        return found;
      },
    });
    const [here, there] = [countsOf(shared), countsOf(store)];
    const late = here.get(key);
    while (slow.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const { value } = await there.change(key, plus('elsewhere'));
    isSlow = false;
    expect((await here.get(key))?.value).to.equal(value);
    slow[0]?.();
    expect((await late)?.value).to.equal(value);
    expect((await here.lastKnown(key))?.value).to.equal(value);
  });

  it('goes back to nothing older either when a write that failed, though it was taken, has come between', async () => {
    const slow = Promise.withResolvers<void>();
    let [isSlow, loses] = [false, false];
    const shared = storeWith(store, {
      exclusive: false,
      async get<T>(at: Parameters<Store['get']>[0]) {
        const found = await store.get<T>(at);
        if (isSlow) await slow.promise;
        return found;
      },
      async replace(document, version) {
        const written = await store.replace(document, version);
        if (loses) throw new AppError('store.unavailable');
        return written;
      },
    });
    const counts = countsOf(shared);
    await counts.change(key, plus('first'));
    isSlow = true;
    const late = counts.get(key);
    await new Promise((resolve) => setImmediate(resolve));
    [isSlow, loses] = [false, true];
    expect(await refusalOf(counts.change(key, plus('second')))).to.equal('store.unavailable');
    slow.resolve();
    expect((await late)?.by).to.deep.equal(['first', 'second']);
    expect((await counts.lastKnown(key))?.by).to.deep.equal(['first', 'second']);
  });
});
