import { expect } from 'chai';
import { createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import type { Upcaster } from '../../../../src/storage/schema.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { refusalOf, storeWith } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';

interface Note {
  texts: string[];
  pinned?: boolean;
}
const key = { partition: 'nordvik|team:lojo', id: 'one' };
const indexed = () => ({ kind: 'note', status: null, owner: null, at: null, wakeAt: null });
/** Schema 1 had one `text`, schema 2 a list of them; schema 3 says whether it is pinned. */
const toLists: Upcaster<Note> = (data) => ('text' in data ? { texts: [String(data.text)] } : data);
const toPinned: Upcaster<Note> = (data) => ({ ...data, pinned: false });

describe('a document that another release wrote', () => {
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  beforeEach(() => {
    // As with Cosmos DB: what is at hand may be older than what is stored.
    store = storeWith(openSqliteStore(`${folder.path}/${files++}.db`), { exclusive: false });
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  const notes = () => createAggregates<Note>(store, indexed, undefined, [toLists, toPinned]);
  const wrote = (data: object) => store.create({ ...key, ...indexed(), data });
  const lies = async () => (await store.get(key))?.data;

  it('is brought up to date step by step when it is read, and lies so after its next change', async () => {
    await wrote({ text: 'old' });
    expect(await notes().get(key)).to.deep.equal({ texts: ['old'], pinned: false });
    expect(await lies(), 'to read it changes nothing').to.deep.equal({ text: 'old' });
    await notes().change(key, (note) => ({ ...note, texts: [...note.texts, 'new'] }));
    expect(await lies()).to.deep.equal({ texts: ['old', 'new'], pinned: false, schema: 3 });
  });

  it('takes only the steps that it lacks', async () => {
    await wrote({ texts: ['a'], schema: 2 });
    expect(await notes().get(key)).to.deep.include({ texts: ['a'], pinned: false });
    const fresh = notes();
    await fresh.change(key, (note) => ({ ...note, pinned: true }));
    expect(await notes().get(key)).to.deep.include({ pinned: true });
  });

  it('is up to date in a list as well', async () => {
    await wrote({ text: 'old' });
    const { documents } = await notes().query({ partition: key.partition, kind: 'note', limit: 1 });
    expect(documents.map(({ data }) => data)).to.deep.equal([{ texts: ['old'], pinned: false }]);
  });

  it('is refused, and never overwritten, when a newer release wrote it', async () => {
    const newer = { chapters: {}, schema: 4 };
    await wrote(newer);
    const { get, lastKnown, change, query } = notes();
    const asked = [get(key), lastKnown(key), change(key, () => ({ texts: [] }))];
    for (const answer of asked) expect(await refusalOf(answer)).to.equal('store.newerSchema');
    expect(await refusalOf(query({ partition: key.partition, kind: 'note', limit: 1 }))).to.equal('store.newerSchema');
    expect(await lies()).to.deep.equal(newer);
  });

  it('is refused also when the newer release wrote while an older version was at hand', async () => {
    const mine = notes();
    await mine.create(key, { texts: [], pinned: false });
    const stored = await store.get<Note>(key);
    if (stored) await store.replace({ ...stored, data: { chapters: {}, schema: 4 } }, stored.version);
    const change = mine.change(key, (note) => ({ ...note, pinned: true }));
    expect(await refusalOf(change)).to.equal('store.newerSchema');
    expect(await lies()).to.deep.equal({ chapters: {}, schema: 4 });
  });

  it('carries no number while there is only one schema', async () => {
    const counts = createAggregates<{ last: number }>(store, indexed);
    await counts.create(key, { last: 1 });
    expect(await lies()).to.deep.equal({ last: 1 });
  });
});
