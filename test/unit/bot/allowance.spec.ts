import { expect } from 'chai';
import { createAllowance } from '../../../bot/allowance.ts';
import { simulatedClock } from '../../support/simulated-clock.ts';

describe('what somebody may do so many times a minute', () => {
  it('is allowed again when the first of them is a minute old, by the seconds that it says', async () => {
    const clock = simulatedClock();
    const wait = createAllowance(clock);
    expect(wait('a', 2)).to.equal(0);
    await clock.advance(20_500);
    expect([wait('a', 2), wait('a', 2), wait('b', 2)]).to.deep.equal([0, 40, 0]);
    await clock.advance(39_499);
    expect(wait('a', 2)).to.equal(1);
    await clock.advance(1);
    expect([wait('a', 2), wait('a', 2)]).to.deep.equal([0, 21]);
  });

  it('is allowed when the wall clock was set back since', async () => {
    const clock = simulatedClock();
    const wait = createAllowance(clock);
    expect([wait('a', 1), wait('a', 1)]).to.deep.equal([0, 60]);
    await clock.set(clock.now().subtract({ hours: 1 }));
    expect([wait('a', 1), wait('a', 1)]).to.deep.equal([0, 60]);
  });
});
