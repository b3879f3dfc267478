import { expect } from 'chai';
import { createReadiness } from '../../../bot/readiness.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { simulatedClock } from '../../support/simulated-clock.ts';

describe('whether the bot is ready', () => {
  it('asks the store once a second at most, however many ask, and tells a failure as often', async () => {
    const clock = simulatedClock();
    let [asked, reachable] = [0, true];
    const faults: unknown[] = [];
    const ping = async (): Promise<void> => {
      asked += 1;
      if (!reachable) throw new AppError('store.unavailable');
    };
    const ready = createReadiness({ ping }, clock, (error) => faults.push(error));
    const answers = async (): Promise<Set<boolean>> => new Set(await Promise.all(Array.from({ length: 500 }, ready)));
    expect([...(await answers())]).to.deep.equal([true]);
    expect(asked).to.equal(1);
    reachable = false;
    await clock.advance(1_000);
    expect([...(await answers())]).to.deep.equal([false]);
    expect([...(await answers())]).to.deep.equal([false]);
    expect([asked, faults.length]).to.deep.equal([2, 1]);
    reachable = true;
    await clock.advance(1_000);
    expect([...(await answers())]).to.deep.equal([true]);
  });

  it('is not what it was before the wall clock was set back', async () => {
    const clock = simulatedClock();
    let reachable = true;
    const ping = async (): Promise<void> => {
      if (!reachable) throw new AppError('store.unavailable');
    };
    const ready = createReadiness({ ping }, clock, () => undefined);
    expect(await ready()).to.equal(true);
    await clock.set(clock.now().subtract({ hours: 1 }));
    reachable = false;
    expect(await ready()).to.equal(false);
  });
});
