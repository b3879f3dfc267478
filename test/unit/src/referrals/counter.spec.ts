import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createReferenceCounter } from '../../../../src/referrals/counter.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { refusalOf, storeWith } from '../../../support/builders.ts';

const partition = 'nordvik|team:lojo';
const expected = (count: number, first = 1): string[] =>
  Array.from({ length: count }, (_, index) => formatReference('LOJ', 2026, first + index));

describe('case references', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-counter-'));
  let store: Store;
  let files = 0;
  beforeEach(() => {
    store = openSqliteStore(join(folder, `${files++}.db`));
  });
  afterEach(() => store.close());
  after(() => rmSync(folder, { recursive: true }));

  it('are each there once and without a gap when fifty arrive at once', async () => {
    const counter = createReferenceCounter(store);
    const given = await Promise.all(Array.from({ length: 50 }, () => counter.next(partition, 'LOJ', 2026)));
    expect([...given].sort()).to.deep.equal(expected(50));
    expect(given, 'first come, first numbered').to.deep.equal(expected(50));
  });

  it('are each there once and without a gap when two instances count at once', async () => {
    const counters = [createReferenceCounter(store), createReferenceCounter(store)];
    const given = await Promise.all(
      Array.from({ length: 25 }, () => counters.map((counter) => counter.next(partition, 'LOJ', 2026))).flat(),
    );
    expect([...given].sort()).to.deep.equal(expected(50));
  });

  it('go on where they were after a new start', async () => {
    await createReferenceCounter(store).next(partition, 'LOJ', 2026);
    expect(await createReferenceCounter(store).next(partition, 'LOJ', 2026)).to.equal('LOJ-2026-0002');
  });

  it('are counted for every team and year by itself', async () => {
    const counter = createReferenceCounter(store);
    const given = await Promise.all([
      counter.next(partition, 'LOJ', 2026),
      counter.next('nordvik|team:raseborg', 'RAS', 2026),
      counter.next(partition, 'LOJ', 2027),
    ]);
    expect(given).to.deep.equal(['LOJ-2026-0001', 'RAS-2026-0001', 'LOJ-2027-0001']);
  });

  it('cost one write for all who wait while it is made', async () => {
    let writes = 0;
    const replace: Store['replace'] = async (document, version) => {
      writes += 1;
      return store.replace(document, version);
    };
    const counting = storeWith(store, { replace });
    const counter = createReferenceCounter(counting);
    await counter.next(partition, 'LOJ', 2026);
    await Promise.all(Array.from({ length: 50 }, () => counter.next(partition, 'LOJ', 2026)));
    expect(writes).to.be.at.most(3);
  });

  it('are refused to those who wait when the store cannot be reached, and go on afterwards', async () => {
    let broken = true;
    const get: Store['get'] = async (key) => {
      if (broken) throw new AppError('store.unavailable');
      return store.get(key);
    };
    const flaky = storeWith(store, { get });
    const counter = createReferenceCounter(flaky);
    const refused = await Promise.all([1, 2, 3].map(() => refusalOf(counter.next(partition, 'LOJ', 2026))));
    expect(refused).to.deep.equal(['store.unavailable', 'store.unavailable', 'store.unavailable']);
    broken = false;
    expect(await counter.next(partition, 'LOJ', 2026)).to.equal('LOJ-2026-0001');
  });
});
