import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { aroundStore } from '../../../../src/storage/around.ts';
import { openCosmosStore } from '../../../../src/storage/cosmos.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { takeUpKeys } from '../../../../src/storage/key-check.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import type { Document, Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { exportAll, importAll } from '../../../../src/storage/transfer.ts';
import { refusalOf } from '../../../support/builders.ts';
import { type CosmosServer, startCosmosServer } from '../../../support/cosmos-server.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { doc } from './contract.ts';

const ringOf = (byte: number) => parseKeyRing(`k${byte}:${Buffer.alloc(32, byte).toString('base64')}`);
const sealerOf = (byte: number) => createSealer(ringOf(byte));
const sealer = sealerOf(1);

/** What may stand in a document: every script, also what other programs take for the end of a line. */
const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.constantFrom('\u2028', '\n', '"')),
});
const name = fc.string({ unit: fc.constantFrom(...'abcÅö09-:|.@/~ '), minLength: 1, maxLength: 12 });
const moment = fc.option(
  fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
);
const documents: fc.Arbitrary<Document[]> = fc.uniqueArray(
  fc.record({
    partition: fc.constantFrom('a|team:lojo', 'a|team:esbo', 'a|person:ä'),
    id: name,
    kind: fc.constantFrom('referral', 'chat', 'intake'),
    status: fc.option(fc.constantFrom('open', 'shut')),
    owner: fc.option(name),
    at: moment,
    wakeAt: moment,
    data: fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text))),
  }),
  { selector: ({ partition, id }) => `${partition}\n${id}`, maxLength: 30 },
);

describe('everything that a store holds, as a file', () => {
  const folder = temporaryFolder();
  let cosmos: CosmosServer;
  let count = 0;
  const stores: Store[] = [];
  const opened = (store: Store): Store => {
    stores.push(store);
    return store;
  };
  const newFile = (): string => `${folder.path}/${count++}.jsonl`;
  const sqlite = (): Store => opened(openSqliteStore(`${folder.path}/${count++}.db`));
  const azure = async (): Promise<Store> =>
    opened(await openCosmosStore({ endpoint: cosmos.endpoint, key: cosmos.key, database: `d${count++}` }));

  before(async () => {
    cosmos = await startCosmosServer();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  after(async () => {
    await cosmos.close();
    folder.remove();
  });

  async function filled(store: Store, all: readonly Document[]): Promise<Store> {
    await takeUpKeys(store, ringOf(1), 'a|keys');
    await Promise.all(all.map((document) => store.create(document)));
    return store;
  }

  async function exported(store: Store): Promise<string> {
    const file = newFile();
    await exportAll(store, file);
    return file;
  }

  it('is the same file, byte for byte, after a way through both stores', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        const first = await exported(await filled(sqlite(), all));
        const between = await azure();
        expect(await importAll(between, first, sealer)).to.include({ written: all.length + 1, present: 0 });
        const second = await exported(between);
        const last = sqlite();
        await importAll(last, second, sealer);
        const [one, two, three] = [first, second, await exported(last)].map((file) => readFileSync(file, 'utf8'));
        expect(two).to.equal(one);
        expect(three).to.equal(one);
        const { version: _, ...document } = (all[0] && (await last.get(all[0]))) ?? { version: '' };
        expect(document).to.deep.equal(all[0] ?? {});
      }),
      { numRuns: 25 },
    );
  });

  it('goes over many pages, and what is large stays whole', async () => {
    const all = Array.from({ length: 450 }, (_, n) => doc({ id: `d${n}`, data: 'å'.repeat(n * 10) }));
    const file = await exported(await filled(sqlite(), all));
    const copy = sqlite();
    expect((await importAll(copy, file, sealer)).written).to.equal(451);
    expect(readFileSync(await exported(copy))).to.deep.equal(readFileSync(file));
  });

  it('says what it is and holds in its first line, and can be read by its owner only', async () => {
    const file = await exported(await filled(sqlite(), [doc({ id: 'a' }), doc({ id: 'b', kind: 'chat' })]));
    expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[0] ?? '')).to.deep.equal({
      format: 'ankarbot-documents',
      version: 1,
      documents: 3,
      kinds: { chat: 1, keys: 1, referral: 1 },
    });
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('is none at all when somebody writes to the store meanwhile', async () => {
    const store = await filled(sqlite(), [doc({ id: 'a' }), doc({ id: 'b' })]);
    const file = newFile();
    let written = 0;
    const changing = aroundStore(store, async (operation, _kind, work) => {
      if (operation === 'query') await store.create(doc({ id: `c${written++}` }));
      return work();
    });
    expect(await refusalOf(exportAll(changing, file))).to.equal('transfer.changed');
    expect(existsSync(file)).to.equal(false);
  });

  it('never takes the place of a file that is there', async () => {
    const file = newFile();
    writeFileSync(file, 'a letter');
    expect(await refusalOf(exportAll(await filled(sqlite(), []), file))).to.equal('transfer.exists');
    expect(readFileSync(file, 'utf8')).to.equal('a letter');
  });

  describe('is refused, and nothing of it written,', () => {
    let lines: string[];
    beforeEach(async () => {
      const file = await exported(await filled(sqlite(), [doc({ id: 'a' }), doc({ id: 'b' }), doc({ id: 'c' })]));
      lines = readFileSync(file, 'utf8').split('\n');
    });

    /** Imports these lines; the refusal, with its parameters. */
    async function refused(given: readonly string[], keys = sealer): Promise<Record<string, unknown>> {
      const [store, file] = [sqlite(), newFile()];
      writeFileSync(file, given.join('\n'));
      const error = await importAll(store, file, keys).then(
        () => expect.fail('it was taken'),
        (reason: unknown) => reason,
      );
      expect(await store.groups()).to.deep.equal([]);
      return error instanceof Error && 'code' in error && 'params' in error
        ? { code: error.code, ...Object(error.params) }
        : expect.fail(String(error));
    }
    const header = (over: object): string => JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...over });

    it('when a newer release wrote the file', async () => {
      const newer = [header({ version: 2 }), ...lines.slice(1)];
      expect(await refused(newer)).to.deep.equal({ code: 'transfer.newerFormat', found: 2, known: 1 });
    });

    it('when it is something else', async () => {
      for (const other of [[], ['a letter', ''], ['{}', ''], ['null', ''], [header({ format: 'x' }), '']]) {
        expect(await refused(other), other[0] ?? 'nothing').to.deep.equal({ code: 'transfer.notAnExport' });
      }
    });

    it('when a line is broken, and which one', async () => {
      const [, , third = ''] = lines;
      const without = (field: string): string => JSON.stringify({ ...JSON.parse(third), [field]: undefined });
      const broken = ['', '{', '[]', third.slice(1), without('partition'), without('data'), without('wakeAt')];
      for (const line of broken) {
        expect(await refused(lines.with(2, line)), line).to.deep.equal({ code: 'transfer.brokenLine', line: 3 });
      }
    });

    it('when its end is missing, in the middle of a line or between two', async () => {
      const cut = [...lines.slice(0, 4), (lines[4] ?? '').slice(0, 20)];
      expect(await refused(cut)).to.deep.equal({ code: 'transfer.brokenLine', line: 5 });
      const short = [...lines.slice(0, 4), ''];
      expect(await refused(short)).to.deep.equal({ code: 'transfer.incomplete', found: 3, expected: 4 });
    });

    it('when the keys are others, or it does not tell which they are', async () => {
      expect(await refused(lines, sealerOf(2))).to.deep.equal({ code: 'sealed.wrongKeys', missing: 'k1' });
      const unmarked = [header({ documents: 3 }), ...lines.slice(1).filter((line) => !line.includes('"kind":"keys"'))];
      expect(await refused(unmarked)).to.deep.equal({ code: 'transfer.noKeys' });
    });
  });

  describe('goes into a store that is not empty', () => {
    let file: string;
    beforeEach(async () => {
      file = await exported(await filled(sqlite(), [doc({ id: 'a', data: 1 }), doc({ id: 'b', data: 2 })]));
    });

    it('only if all that is there is the same: an import that was cut off is finished', async () => {
      const store = sqlite();
      await store.create(doc({ id: 'b', data: 2 }));
      expect(await importAll(store, file, sealer)).to.include({ written: 2, present: 1 });
      expect(await importAll(store, file, sealer), 'once more').to.include({ written: 0, present: 3 });
      expect(readFileSync(await exported(store))).to.deep.equal(readFileSync(file));
    });

    it('and is refused if it holds something else, or another version of a document', async () => {
      for (const other of [doc({ id: 'z' }), doc({ id: 'b', data: 3 }), doc({ id: 'b', data: 2, status: 'open' })]) {
        const store = sqlite();
        await store.create(other);
        expect(await refusalOf(importAll(store, file, sealer))).to.equal('transfer.notEmpty');
        expect(await store.count({ partition: other.partition, kind: other.kind })).to.equal(1);
        expect(await store.groups()).to.have.length(1);
      }
    });
  });
});
