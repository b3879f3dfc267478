import { expect } from 'chai';
import { simulatedClock } from '../../support/simulated-clock.ts';

describe('the simulated clock', () => {
  it('wakes sleepers in the order of their times and lets one finish before the next', async () => {
    const clock = simulatedClock('2026-11-23T07:00:00Z');
    const log: string[] = [];
    const worker = async (name: string, milliseconds: number): Promise<void> => {
      await clock.sleep(milliseconds);
      log.push(`${name} ${clock.now().toString()}`);
      await Promise.resolve();
      log.push(`${name} done`);
    };
    const all = Promise.all([worker('late', 2_000), worker('early', 1_000), worker('also late', 2_000)]);
    await clock.advance(3_000);
    await all;

    expect(log).to.deep.equal([
      'early 2026-11-23T07:00:01Z',
      'early done',
      'late 2026-11-23T07:00:02Z',
      'late done',
      'also late 2026-11-23T07:00:02Z',
      'also late done',
    ]);
    expect(clock.now().toString()).to.equal('2026-11-23T07:00:03Z');
  });

  it('lets a sleep that begins on the way take part, and leaves the rest asleep', async () => {
    const clock = simulatedClock();
    let rounds = 0;
    const stop = new AbortController();
    const loop = (async () => {
      for (; !stop.signal.aborted; rounds++) await clock.sleep(1_000, stop.signal);
    })();
    await clock.advance(3_500);
    expect(rounds).to.equal(3);
    expect(clock.sleepers).to.equal(1);

    stop.abort();
    await loop;
    expect(clock.sleepers).to.equal(0);
  });

  it('keeps the length of sleeps when it is set back', async () => {
    const clock = simulatedClock('2026-11-23T07:00:00Z');
    let woken = false;
    const sleeping = clock.sleep(1_000).then(() => {
      woken = true;
    });
    await clock.set('2026-11-23T06:00:00Z');
    await clock.advance(999);
    expect(woken).to.equal(false);
    await clock.advance(1);
    await sleeping;
    expect(woken).to.equal(true);
  });
});
