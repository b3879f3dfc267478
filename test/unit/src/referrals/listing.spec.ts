import { expect } from 'chai';
import { type ListPage, type ListPlace, readPage } from '../../../../src/referrals/listing.ts';
import { openReferrals, referralAggregates, referralKey, teamPartition } from '../../../../src/referrals/stored.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import type { Query, Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { exampleDirectory, lojo, people, raseborg, referral, storeWith } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';

describe('a list of referrals', () => {
  const { tenant } = exampleDirectory();
  const query = openReferrals(teamPartition(tenant, lojo), 'open', '');
  const all = Array.from({ length: 250 }, (_, index) => formatReference('LOJ', 2026, index + 1));
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  let asked: Query[];

  beforeEach(async () => {
    const real = openSqliteStore(`${folder.path}/${files++}.db`);
    asked = [];
    store = storeWith(real, {
      query: (one) => {
        asked.push(one);
        return real.query(one);
      },
    });
    const aggregates = referralAggregates(real);
    await Promise.all(
      all.map((reference) => aggregates.create(referralKey(referral({ reference })), referral({ reference }))),
    );
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  const read = (place: ListPlace, limit = 2): Promise<ListPage> => readPage(store, query, limit, place);
  const names = ({ referrals }: ListPage): string[] => referrals.map(({ reference }) => reference);
  const remove = async (reference: (typeof all)[number]): Promise<void> => {
    const stored = await store.get(referralKey(referral({ reference })));
    if (stored) await store.remove(stored, stored.version);
  };

  it('leads through all its pages and back again, and reads no more than one page for each', async () => {
    const forth = [await read({})];
    for (let next = forth[0]?.next; next; next = forth.at(-1)?.next) forth.push(await read({ after: next }));
    expect(forth).to.have.length(125);
    expect(forth.flatMap(names)).to.deep.equal(all);
    const back = forth.slice(-1);
    for (let to = back[0]?.previous; to; to = back.at(-1)?.previous) back.push(await read({ before: to }));
    expect(back.toReversed().map(names)).to.deep.equal(forth.map(names));
    expect(Math.max(...asked.map(({ limit }) => limit))).to.equal(2);
  });

  it('is found again where it was, also when it was turned back to', async () => {
    const second = await read({ after: (await read({})).next });
    const third = await read({ after: second.next });
    const again = await read({ before: third.previous });
    for (const page of [second, third, again]) expect(names(await read(page.place))).to.deep.equal(names(page));
  });

  it('begins anew when what comes before does not fill a page any more, or nothing comes after', async () => {
    const second = await read({ after: (await read({})).next });
    const [first] = all;
    if (first) await remove(first);
    const begun = await read({ before: second.previous });
    expect(names(begun)).to.deep.equal(all.slice(1, 3));
    expect(begun.previous).to.equal(undefined);

    const last = await read({ after: (await read({}, 248)).next }, 1);
    await remove(all[249] ?? expect.fail());
    expect(names(await read({ after: last.next }, 1))).to.deep.equal(all.slice(1, 2));
  });

  it('begins anew where the place is made up, or belongs to another list', async () => {
    const other = openReferrals(teamPartition(tenant, raseborg), 'open', '');
    const mine = openReferrals(teamPartition(tenant, lojo), 'mine', people.petri);
    const { next } = await read({});
    for (const [list, place] of [
      [query, { after: 'garbage' }],
      [query, { before: next }],
      [other, { after: next }],
      [mine, { after: next }],
    ] as const) {
      const page = await readPage(store, list, 2, place);
      expect(page.place).to.deep.equal({ after: undefined });
      expect(names(page)).to.deep.equal(list === query ? all.slice(0, 2) : []);
    }
  });
});
