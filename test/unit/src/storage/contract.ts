import { expect } from 'chai';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import type { Document, Query, Store, StoredDocument } from '../../../../src/storage/port.ts';

const partition = 'nordvik|team:lojo';

/** A document with values that no test depends on; tests say only what they are about. */
export function doc(over: Partial<Document> & { id: string }): Document {
  return { partition, kind: 'referral', status: null, owner: null, at: null, wakeAt: null, data: {}, ...over };
}

/** The code of the AppError that `promise` rejects with; fails when it resolves or rejects with anything else. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  throw new Error('It resolved, but had to be refused');
}

async function pagesOf(store: Store, query: Query): Promise<string[][]> {
  const pages: string[][] = [];
  let continuation: string | undefined;
  do {
    const page = await store.query(continuation === undefined ? query : { ...query, continuation });
    pages.push(page.documents.map(({ id }) => id));
    continuation = page.continuation;
  } while (continuation !== undefined && pages.length < 100);
  return pages;
}

const idsOf = (documents: StoredDocument[]): string[] => documents.map(({ id }) => id);

/** The rules of the port, for any store. `open` gives an empty one for each test; the suite closes it. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`${name}: the contract of the store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const createAll = (documents: Document[]) => Promise.all(documents.map((document) => store.create(document)));

    describe('one document', () => {
      it('gives back what was created, with its version', async () => {
        const document = doc({
          id: 'LOJ-2026-0001',
          status: 'open',
          owner: 'p1',
          at: '2026-11-22T10:00:00.000Z',
          wakeAt: '2026-11-23T10:00:00.000Z',
          data: { a: 1 },
        });
        const version = await store.create(document);
        expect(await store.get(document)).to.deep.equal({ ...document, version });
      });

      it('has null for a document that was never created', async () => {
        expect(await store.get({ partition, id: 'none' })).to.equal(null);
      });

      it('keeps the first document when the id is created again', async () => {
        await store.create(doc({ id: 'a', data: 'first' }));
        expect(await codeOf(store.create(doc({ id: 'a', data: 'second' })))).to.equal('store.exists');
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal('first');
      });

      it('lets exactly one of two simultaneous creations of an id succeed', async () => {
        const results = await Promise.allSettled([store.create(doc({ id: 'a' })), store.create(doc({ id: 'a' }))]);
        expect(results.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
      });

      it('replaces every field, and gives a new version', async () => {
        const first = await store.create(doc({ id: 'a', status: 'open', owner: 'p1', at: '2026', wakeAt: '2027' }));
        const next = doc({
          id: 'a',
          kind: 'meeting',
          status: 'shut',
          owner: 'p2',
          at: '2028',
          wakeAt: null,
          data: [1],
        });
        const version = await store.replace(next, first);
        expect(version).to.not.equal(first);
        expect(await store.get(next)).to.deep.equal({ ...next, version });
      });

      it('gives a new version even when nothing differs', async () => {
        const first = await store.create(doc({ id: 'a' }));
        expect(await store.replace(doc({ id: 'a' }), first)).to.not.equal(first);
      });

      it('refuses to replace a version that is no longer stored, and changes nothing', async () => {
        const first = await store.create(doc({ id: 'a', data: 1 }));
        await store.replace(doc({ id: 'a', data: 2 }), first);
        expect(await codeOf(store.replace(doc({ id: 'a', data: 3 }), first))).to.equal('store.conflict');
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal(2);
      });

      it('replaces as well, and refuses no less, when it is told what the version holds', async () => {
        const known = doc({ id: 'a', status: 'open', at: '2026' });
        const first = await store.create(known);
        const next = doc({ id: 'a', status: 'shut', at: '2026', wakeAt: '2027', data: 2 });
        const version = await store.replace(next, first, known);
        expect(await store.get(next)).to.deep.equal({ ...next, version });
        expect(await codeOf(store.replace(known, first, known))).to.equal('store.conflict');
        expect(await codeOf(store.replace(doc({ id: 'b' }), first, known))).to.equal('store.conflict');
        expect(await store.get(next)).to.deep.equal({ ...next, version });
      });

      it('refuses to replace what is not there', async () => {
        expect(await codeOf(store.replace(doc({ id: 'a' }), '1'))).to.equal('store.conflict');
      });

      it('refuses to replace with a version that was made up', async () => {
        await store.create(doc({ id: 'a' }));
        for (const version of ['0', 'x', '1e3']) {
          expect(await codeOf(store.replace(doc({ id: 'a' }), version)), version).to.equal('store.conflict');
        }
      });

      it('removes the version that is stored', async () => {
        const version = await store.create(doc({ id: 'a' }));
        await store.remove({ partition, id: 'a' }, version);
        expect(await store.get({ partition, id: 'a' })).to.equal(null);
      });

      it('refuses to remove another version, and what is not there', async () => {
        const first = await store.create(doc({ id: 'a' }));
        await store.replace(doc({ id: 'a' }), first);
        expect(await codeOf(store.remove({ partition, id: 'a' }, first))).to.equal('store.conflict');
        expect(await codeOf(store.remove({ partition, id: 'b' }, first))).to.equal('store.conflict');
        expect(await store.get({ partition, id: 'a' })).to.not.equal(null);
      });

      it('never accepts a version of a removed document for one created anew under its id', async () => {
        const old = await store.create(doc({ id: 'a' }));
        await store.remove({ partition, id: 'a' }, old);
        await store.create(doc({ id: 'a', data: 'new' }));
        expect(await codeOf(store.replace(doc({ id: 'a' }), old))).to.equal('store.conflict');
      });
    });

    describe('writers at once', () => {
      it('lets exactly one of twenty writers with the same version win', async () => {
        const version = await store.create(doc({ id: 'a' }));
        const results = await Promise.allSettled(
          Array.from({ length: 20 }, (_, writer) => store.replace(doc({ id: 'a', data: writer }), version)),
        );
        const winners = results.flatMap((result, writer) => (result.status === 'fulfilled' ? [writer] : []));
        const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
        expect(winners).to.have.length(1);
        expect(losers.every((error) => isAppError(error, 'store.conflict'))).to.equal(true);
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal(winners[0]);
      });

      it('loses no update of twenty writers who try again', async () => {
        await store.create(doc({ id: 'a', data: 0 }));
        const increment = async (): Promise<void> => {
          const stored = await store.get<number>({ partition, id: 'a' });
          if (!stored) throw new Error('It is gone');
          try {
            await store.replace(doc({ id: 'a', data: stored.data + 1 }), stored.version);
          } catch (error) {
            if (!isAppError(error, 'store.conflict')) throw error;
            await increment();
          }
        };
        await Promise.all(Array.from({ length: 20 }, increment));
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal(20);
      });

      it('does not let one write’s conflict fail the others of the same moment', async () => {
        await store.create(doc({ id: 'taken' }));
        const results = await Promise.allSettled(['b', 'taken', 'c'].map((id) => store.create(doc({ id }))));
        expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
        expect(await store.get({ partition, id: 'c' })).to.not.equal(null);
      });

      it('shows a write to every read that begins after it resolved', async () => {
        await store.create(doc({ id: 'a', status: 'open', wakeAt: '2026' }));
        const where = { status: 'open' };
        expect(await store.get({ partition, id: 'a' })).to.not.equal(null);
        expect(await store.count({ partition, kind: 'referral', where })).to.equal(1);
        expect((await store.query({ partition, kind: 'referral', where, limit: 1 })).documents).to.have.length(1);
        expect(await store.due('2026', 1)).to.have.length(1);
      });
    });

    describe('what a document may hold', () => {
      it('gives back deep JSON and every script unchanged', async () => {
        const data = {
          text: 'Åäö, 한국어, עברית, 👩‍👧 e\u0301 "quoted" \\ \u0000 \u2028 \ud800',
          numbers: [0, -1.5, 1e21, Number.MAX_SAFE_INTEGER],
          deep: { list: [[[{ x: null }]], true, false, ''], 'a key/with "odd" $ign.s': {} },
          select: "'; DROP TABLE documents; --",
        };
        await store.create(doc({ id: 'a', data }));
        expect((await store.get({ partition, id: 'a' }))?.data).to.deep.equal(data);
      });

      it('keeps apart what the caller changes after handing it over', async () => {
        const data = { list: [1] };
        const created = store.create(doc({ id: 'a', data }));
        data.list.push(2);
        await created;
        data.list.push(3);
        const read = await store.get<typeof data>({ partition, id: 'a' });
        expect(read?.data.list).to.deep.equal([1]);
      });

      it('takes a document of 1 MB', async () => {
        const data = 'å'.repeat(512 * 1024);
        const version = await store.create(doc({ id: 'a', data }));
        await store.replace(doc({ id: 'a', data: `${data}!` }), version);
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal(`${data}!`);
      });

      it('takes ids with any characters and keeps them apart', async () => {
        const ids = ['a/b', 'a\\b', 'a?b', 'a#b', 'a%2Fb', 'a~002fb', 'a b', 'a b ', '..', '.', 'ä', '한', '👍', "a'b"];
        ids.push('19:meeting_x@thread.v2;messageid=1', 'A', 'a', 'a+b', 'a&b=c', '"', 'a|b', 'a\nb');
        await createAll(ids.map((id) => doc({ id, data: id })));
        for (const id of ids) {
          const stored = await store.get({ partition, id });
          expect([stored?.id, stored?.data], id).to.deep.equal([id, id]);
          if (stored) await store.remove(stored, await store.replace(stored, stored.version));
        }
        expect(await store.count({ partition, kind: 'referral' })).to.equal(0);
      });
    });

    describe('isolation', () => {
      it('keeps the same id in two partitions apart, in every operation', async () => {
        const other = 'sydvik|team:lojo';
        const mine = await store.create(doc({ id: 'a', data: 'mine', status: 'open' }));
        await store.create(doc({ id: 'a', partition: other, data: 'theirs', status: 'open' }));
        await store.replace(doc({ id: 'a', data: 'changed', status: 'open' }), mine);
        expect((await store.get({ partition: other, id: 'a' }))?.data).to.equal('theirs');
        const page = await store.query({ partition: other, kind: 'referral', limit: 10 });
        expect(page.documents.map(({ data }) => data)).to.deep.equal(['theirs']);
        expect(await store.count({ partition, kind: 'referral', where: { status: 'open' } })).to.equal(1);
      });

      it('does not take one partition’s name for the beginning of another’s', async () => {
        await store.create(doc({ id: 'a', partition: `${partition}-2` }));
        expect(await store.count({ partition, kind: 'referral' })).to.equal(0);
      });
    });

    describe('lists', () => {
      const fixture = (): Document[] => [
        doc({ id: 'e', at: '2026-01-03', status: 'open', owner: 'p1' }),
        doc({ id: 'b', at: '2026-01-01', status: 'open', owner: null }),
        doc({ id: 'd', at: '2026-01-02', status: 'closed', owner: 'p1' }),
        doc({ id: 'a', at: '2026-01-02', status: 'open', owner: 'p2' }),
        doc({ id: 'c', at: '2026-01-02', status: null, owner: null }),
        doc({ id: 'f', at: null, status: 'open', owner: 'p1' }),
        doc({ id: 'x', at: '2026-01-02', kind: 'meeting', status: 'open', owner: 'p1' }),
      ];
      const wheres: [NonNullable<Query['where']>, string][] = [
        [{}, 'fbacde'],
        [{ status: 'open' }, 'fbae'],
        [{ status: null }, 'c'],
        [{ owner: null }, 'bc'],
        [{ owner: 'p1' }, 'fde'],
        [{ status: 'open', owner: 'p1' }, 'fe'],
        [{ status: null, owner: null }, 'c'],
        [{ status: 'open', owner: null }, 'b'],
        [{ status: 'nobody has this' }, ''],
      ];

      it('sorts by at, null first, and ties by id', async () => {
        await createAll(fixture());
        const page = await store.query({ partition, kind: 'referral', limit: 10 });
        expect(idsOf(page.documents).join('')).to.equal('fbacde');
      });

      it('turns the whole order round for desc, ties too', async () => {
        await createAll(fixture());
        const page = await store.query({ partition, kind: 'referral', order: 'desc', limit: 10 });
        expect(idsOf(page.documents).join('')).to.equal('edcabf');
      });

      it('lists and counts exactly what matches, null meaning "has none"', async () => {
        await createAll(fixture());
        for (const [where, expected] of wheres) {
          const page = await store.query({ partition, kind: 'referral', where, limit: 10 });
          expect(idsOf(page.documents).join(''), JSON.stringify(where)).to.equal(expected);
          expect(await store.count({ partition, kind: 'referral', where })).to.equal(expected.length);
        }
      });

      it('shows every match exactly once over the pages, whatever their size, the order and the filter', async () => {
        await createAll(fixture());
        for (const [where, ids] of wheres) {
          for (const order of ['asc', 'desc'] as const) {
            const expected = order === 'asc' ? [...ids] : [...ids].reverse();
            for (const limit of [1, 2, 3, 6]) {
              const pages = await pagesOf(store, { partition, kind: 'referral', where, order, limit });
              expect(pages.flat(), `${JSON.stringify(where)} ${order} by ${limit}`).to.deep.equal(expected);
            }
          }
        }
      });

      it('offers no further page after the last one, full or not', async () => {
        await createAll(fixture());
        expect(await pagesOf(store, { partition, kind: 'referral', limit: 3 })).to.have.length(2);
        expect(await pagesOf(store, { partition, kind: 'referral', limit: 4 })).to.have.length(2);
        expect(await pagesOf(store, { partition, kind: 'none', limit: 4 })).to.deep.equal([[]]);
      });

      it('goes on in the right place when documents come and go between two pages', async () => {
        await createAll(fixture());
        const query: Query = { partition, kind: 'referral', limit: 3 };
        const first = await store.query(query);
        const last = first.documents[2];
        if (!last || first.continuation === undefined) throw new Error('The first page must be full');
        await store.remove(last, last.version);
        await store.create(doc({ id: 'early', at: '2025-01-01' }));
        const second = await store.query({ ...query, continuation: first.continuation });
        expect(idsOf(second.documents)).to.deep.equal(['c', 'd', 'e']);
      });

      it('leads back from every page, in the opposite order, to exactly what came before it', async () => {
        await createAll(fixture());
        for (const order of ['asc', 'desc'] as const) {
          const query: Query = { partition, kind: 'referral', order, limit: 2 };
          const seen: string[] = [];
          let page = await store.query(query);
          expect(page.back, 'nothing comes before the first page').to.equal(undefined);
          while (page.continuation !== undefined) {
            seen.push(...idsOf(page.documents));
            page = await store.query({ ...query, continuation: page.continuation });
            const back = { ...query, order: order === 'asc' ? 'desc' : 'asc', continuation: page.back ?? '' } as const;
            const before = await store.query({ ...back, limit: 10 });
            expect(idsOf(before.documents).reverse(), order).to.deep.equal(seen);
          }
        }
      });

      it('refuses a continuation that is garbage or belongs to another query', async () => {
        await createAll(fixture());
        const query: Query = { partition, kind: 'referral', where: { status: 'open' }, limit: 1 };
        const { continuation = '' } = await store.query(query);
        const strange = [
          '',
          'garbage',
          '!',
          'bnVsbA',
          'e30',
          'W10',
          continuation.slice(1),
          `${continuation}A`.repeat(2),
        ];
        for (const text of strange) {
          expect(await codeOf(store.query({ ...query, continuation: text })), text).to.equal('store.badContinuation');
        }
        const others: Partial<Query>[] = [
          { partition: 'sydvik|team:lojo' },
          { kind: 'meeting' },
          { order: 'desc' },
          { where: {} },
          { where: { status: null } },
        ];
        for (const other of others) {
          expect(await codeOf(store.query({ ...query, ...other, continuation }))).to.equal('store.badContinuation');
        }
      });

      it('lists a thousand at most, and at least one', async () => {
        for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
          for (const ask of [
            () => store.query({ partition, kind: 'referral', limit }),
            () => store.due('2026', limit),
          ]) {
            const error = await ask().catch((reason: unknown) => reason);
            expect(error, String(limit)).to.be.instanceOf(RangeError);
          }
        }
        expect((await store.query({ partition, kind: 'referral', limit: 1000 })).documents).to.deep.equal([]);
      });

      it('gives whole documents with a version that can be written back', async () => {
        await store.create(doc({ id: 'a', status: 'open', data: { deep: [1] } }));
        const [listed] = (await store.query({ partition, kind: 'referral', limit: 1 })).documents;
        expect(listed).to.deep.equal(await store.get({ partition, id: 'a' }));
        if (listed) await store.replace({ ...listed, data: 2 }, listed.version);
        expect((await store.get({ partition, id: 'a' }))?.data).to.equal(2);
      });
    });

    describe('everything', () => {
      it('is told by partition and kind, each once and in order, empty ones not at all', async () => {
        expect(await store.groups()).to.deep.equal([]);
        const [first = ''] = await createAll([
          doc({ id: 'a', partition: 'b|x', kind: 'referral' }),
          doc({ id: 'b', partition: 'b|x', kind: 'chat' }),
          doc({ id: 'c', partition: 'b|x', kind: 'referral' }),
          doc({ id: 'd', partition: 'a|ö', kind: 'referral' }),
          doc({ id: 'e', partition: 'a|z', kind: 'referral' }),
          doc({ id: 'f', partition: 'B|x', kind: 'referral' }),
        ]);
        const groups = ['B|x referral', 'a|z referral', 'a|ö referral', 'b|x chat', 'b|x referral'];
        const told = async (): Promise<string[]> =>
          (await store.groups()).map(({ partition: where, kind }) => `${where} ${kind}`);
        expect(await told()).to.deep.equal(groups);
        await store.remove({ partition: 'b|x', id: 'a' }, first);
        expect(await told(), 'one is left').to.deep.equal(groups);
      });

      it('is told of more documents than one answer holds', async () => {
        const many = Array.from({ length: 1_100 }, (_, n) => doc({ id: `d${n}`, partition: `p${n % 3}` }));
        await createAll(many);
        expect(await store.groups()).to.have.length(3);
        const counts = await Promise.all((await store.groups()).map((group) => store.count(group)));
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(1_100);
      });
    });

    describe('waking', () => {
      it('finds what is due in all partitions, earliest first', async () => {
        await createAll([
          doc({ id: 'late', wakeAt: '2026-01-03T00:00:00.000Z' }),
          doc({ id: 'now', wakeAt: '2026-01-02T00:00:00.000Z', partition: 'sydvik|team:esbo', kind: 'meeting' }),
          doc({ id: 'early', wakeAt: '2026-01-01T00:00:00.000Z', partition: 'nordvik|region:west' }),
          doc({ id: 'never' }),
        ]);
        expect(idsOf(await store.due('2026-01-02T00:00:00.000Z', 10))).to.deep.equal(['early', 'now']);
        expect(idsOf(await store.due('2025-01-02T00:00:00.000Z', 10))).to.deep.equal([]);
      });

      it('gives at most the limit, the earliest of them', async () => {
        await createAll(Array.from({ length: 12 }, (_, n) => doc({ id: `d${n}`, wakeAt: `20${30 - n}` })));
        expect(idsOf(await store.due('2099', 3))).to.deep.equal(['d11', 'd10', 'd9']);
      });

      it('forgets a document whose wakeAt was cleared or that was removed', async () => {
        const [first = '', second = ''] = await createAll([
          doc({ id: 'a', wakeAt: '2026' }),
          doc({ id: 'b', wakeAt: '2026' }),
        ]);
        await store.replace(doc({ id: 'a' }), first);
        await store.remove({ partition, id: 'b' }, second);
        expect(await store.due('2099', 10)).to.deep.equal([]);
      });
    });

    describe('its life', () => {
      it('answers a ping while it is open', async () => {
        await store.ping();
      });

      it('finishes what was asked before it closes, and refuses what comes later', async () => {
        const asked = store.create(doc({ id: 'a' }));
        await store.close();
        await asked;
        expect(await codeOf(store.ping())).to.equal('store.unavailable');
        expect(await codeOf(store.get({ partition, id: 'a' }))).to.equal('store.unavailable');
        expect(await codeOf(store.create(doc({ id: 'b' })))).to.equal('store.unavailable');
        expect(await codeOf(store.count({ partition, kind: 'referral' }))).to.equal('store.unavailable');
        await store.close();
      });
    });
  });
}
