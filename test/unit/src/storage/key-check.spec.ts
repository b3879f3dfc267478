import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { checkKeys } from '../../../../src/storage/key-check.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { codeOf } from './contract.ts';

describe('the keys of a store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-keys-'));
  const key = (kid: string, byte: number): string => `${kid}:${Buffer.alloc(32, byte).toString('base64')}`;
  const check = (...keys: string[]): Promise<void> =>
    checkKeys(store, createSealer(parseKeyRing(keys.join(','))), 't|keys');
  let store: Store;
  let files = 0;
  beforeEach(() => {
    store = openSqliteStore(join(folder, `${files++}.db`));
  });
  afterEach(() => store.close());
  after(() => rmSync(folder, { recursive: true }));

  it('are known by what they sealed first, also when newer ones have joined them', async () => {
    await check(key('a', 1));
    await check(key('a', 1));
    await check(key('b', 2), key('a', 1));
  });

  it('are refused when they are others, when one of the same name is another, and when one is missing', async () => {
    await check(key('a', 1));
    expect(await codeOf(check(key('b', 2)))).to.equal('sealed.wrongKeys');
    expect(await codeOf(check(key('a', 2)))).to.equal('sealed.wrongKeys');
  });

  it('are refused when the oldest is gone, by which repeated requests and the logs are recognised', async () => {
    await check(key('b', 2), key('a', 1));
    await check(key('c', 3), key('b', 2), key('a', 1));
    expect(await codeOf(check(key('c', 3), key('b', 2)))).to.equal('sealed.wrongKeys');
  });
});
