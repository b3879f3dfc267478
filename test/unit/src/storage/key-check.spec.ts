import { expect } from 'chai';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { checkKeys, takeUpKeys } from '../../../../src/storage/key-check.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { codeOf } from './contract.ts';

describe('the keys of a store', () => {
  const folder = temporaryFolder();
  const key = (kid: string, byte: number): string => `${kid}:${Buffer.alloc(32, byte).toString('base64')}`;
  const [a, b, c] = [key('a', 1), key('b', 2), key('c', 3)];
  const ringOf = (keys: readonly string[]) => parseKeyRing(keys.join(','));
  const start = (...keys: string[]): Promise<void> => takeUpKeys(store, ringOf(keys), 't|keys');
  const look = (...keys: string[]) => checkKeys(store, createSealer(ringOf(keys)), 't|keys');
  /** Which keys are missing, as the refusal says. */
  const missing = (refused: Promise<unknown>): Promise<unknown> =>
    refused.then(
      () => expect.fail('they were taken'),
      (error: unknown) => (error instanceof Error && 'params' in error ? error.params : error),
    );
  let store: Store;
  let files = 0;
  beforeEach(() => {
    store = openSqliteStore(`${folder.path}/${files++}.db`);
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  it('are known again, also when newer ones have joined them', async () => {
    await start(a);
    await start(a);
    await start(b, a);
    await start(c, b, a);
    await start(c, b, a);
  });

  it('are refused when they are others, or when one of the same name is another', async () => {
    await start(a);
    expect(await codeOf(start(b))).to.equal('sealed.wrongKeys');
    expect(await codeOf(start(key('a', 2)))).to.equal('sealed.wrongKeys');
  });

  it('are refused without any one of those that were there at a start, which is named', async () => {
    await start(a);
    await start(c, b, a);
    expect(await missing(start(a))).to.deep.equal({ missing: 'b, c' });
    expect(await missing(start(c, a))).to.deep.equal({ missing: 'b' });
    expect(await missing(start(c, b))).to.deep.equal({ missing: 'a' });
    expect(await missing(look(b, a))).to.deep.equal({ missing: 'c' });
    await start(c, b, a);
  });

  it('are refused with another one at the end, by which repeated requests and the logs are recognised', async () => {
    await start(b, a);
    expect(await codeOf(start(a, b))).to.equal('sealed.wrongOldest');
    await start(c, b, a);
  });

  it('are all asked for after the first start of this release on a store that knows its first one alone', async () => {
    const sealer = createSealer(ringOf([a]));
    const data = {
      sealed: sealer.seal('ankarbot', 'keys|mark'),
      fingerprint: sealer.fingerprint('ankarbot', 'keys|mark'),
    };
    const nothing = { status: null, owner: null, at: null, wakeAt: null };
    await store.create({ partition: 't|keys', id: 'mark', kind: 'keys', ...nothing, data });
    await start(c, b, a);
    expect(await missing(start(c, a))).to.deep.equal({ missing: 'b' });
  });

  it('are asked for by the one who was first, when two start at once on an empty store', async () => {
    await Promise.all([start(b, a), start(b, a)]);
    const other = openSqliteStore(`${folder.path}/${files++}.db`);
    const taken = await Promise.allSettled([a, b].map((own) => takeUpKeys(other, ringOf([own]), 't|keys')));
    await other.close();
    expect(taken.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('are only looked at by those who read: an empty store stays empty', async () => {
    await look(a);
    await start(a);
    await look(b, a);
    expect(await missing(look(b))).to.deep.equal({ missing: 'a' });
    await start(a);
  });
});
