import { expect } from 'chai';
import { createKnown } from '../../../../src/conversations/known.ts';
import { createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { storeWith } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

interface Door {
  state: 'open' | 'shut';
  colour: string;
}
const key = { partition: 'nordvik|chat:1', id: 'door' };

describe('what is kept at hand while other instances write', () => {
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  let reads = 0;
  const doors = () =>
    createAggregates<Door>(
      storeWith(store, {
        exclusive: false,
        get: (asked) => {
          reads += 1;
          return store.get(asked);
        },
      }),
      () => ({ kind: 'door', status: null, owner: null, at: null, wakeAt: null }),
    );
  beforeEach(async () => {
    store = openSqliteStore(`${folder.path}/${files++}.db`);
    await doors().create(key, { state: 'open', colour: 'red' });
    reads = 0;
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  function known() {
    const clock = simulatedClock();
    const looks: (() => Promise<unknown>)[] = [];
    const background = (look: () => Promise<unknown>): void => void looks.push(look);
    const waitsFor = ({ state }: Door): boolean => state === 'shut';
    return { clock, looks, ...createKnown(doors(), { clock, background, exclusive: false, waitsFor }) };
  }

  it('is given without waiting when it may be old, and looked up again once for all who ask', async () => {
    const { get, clock, looks } = known();
    await get(key);
    await doors().change(key, (door) => ({ ...door, colour: 'blue' }));
    await clock.advance(60_000);
    reads = 0;
    expect((await get(key))?.colour).to.equal('red');
    expect((await get(key))?.colour).to.equal('red');
    expect([reads, looks.length]).to.deep.equal([0, 1]);
    await looks[0]?.();
    expect((await get(key))?.colour).to.equal('blue');
    expect([reads, looks.length]).to.deep.equal([1, 1]);
  });

  it('is waited for when it is of the kind that may not be old', async () => {
    await doors().change(key, (door) => ({ ...door, state: 'shut' }));
    const { get, clock, looks } = known();
    await get(key);
    await doors().change(key, (door) => ({ ...door, state: 'open' }));
    expect((await get(key))?.state, 'not old yet').to.equal('shut');
    await clock.advance(60_000);
    expect((await get(key))?.state).to.equal('open');
    expect(looks).to.deep.equal([]);
  });

  it('is looked up after some seconds for those whom nobody waits for', async () => {
    const { current, clock } = known();
    await current(key);
    await doors().change(key, (door) => ({ ...door, state: 'shut' }));
    await clock.advance(4_999);
    expect((await current(key))?.state, 'not old yet').to.equal('open');
    await clock.advance(1);
    expect((await current(key))?.state).to.equal('shut');
  });

  it('is old when the wall clock was set back since it was read', async () => {
    const { current, clock } = known();
    await current(key);
    await doors().change(key, (door) => ({ ...door, state: 'shut' }));
    await clock.set(clock.now().subtract({ hours: 1 }));
    expect((await current(key))?.state).to.equal('shut');
  });
});
