import { expect } from 'chai';
import { sparingIssuer } from '../../../../bot/teams/spared-issuer.ts';
import { type SimulatedClock, simulatedClock } from '../../../support/simulated-clock.ts';

const teams = { channelId: 'msteams', serviceUrl: 'https://teams.example/' };
const outOfReach = (): Error => Object.assign(new Error('connect'), { name: 'FetchError' });

describe('the issuer’s key server', () => {
  let clock: SimulatedClock;
  let asked: number;
  beforeEach(() => {
    clock = simulatedClock();
    asked = 0;
  });
  /** How many of so many tokens, all at once, could be verified. */
  async function verified(verify: ReturnType<typeof sparingIssuer>, count: number): Promise<number> {
    const all = Promise.allSettled(Array.from({ length: count }, (_, n) => verify(`Bearer ${n}`, teams)));
    for (let turns = 0; turns < 60; turns += 1) await clock.advance(100);
    return (await all).filter(({ status }) => status === 'fulfilled').length;
  }

  it('is left alone for some seconds after it could not be reached, whatever is sent meanwhile', async () => {
    let reachable = false;
    const verify = sparingIssuer(async () => {
      asked += 1;
      if (!reachable) throw outOfReach();
    }, clock);
    expect(await verified(verify, 100)).to.equal(0);
    expect(asked).to.equal(1);
    reachable = true;
    expect(await verified(verify, 100), 'after six seconds').to.equal(100);
  });

  it('is asked again when the wall clock was set back after it could not be reached', async () => {
    let reachable = false;
    const verify = sparingIssuer(async () => {
      if (!reachable) throw outOfReach();
    }, clock);
    expect(await verified(verify, 1)).to.equal(0);
    await clock.set(clock.now().subtract({ hours: 1 }));
    reachable = true;
    expect(await verified(verify, 1)).to.equal(1);
  });

  it('is not waited for longer than some seconds, by one token', async () => {
    const verify = sparingIssuer(() => {
      asked += 1;
      return new Promise(() => undefined);
    }, clock);
    expect(await verified(verify, 100)).to.equal(0);
    expect(asked).to.equal(1);
  });

  it('is asked for the others all the same when a token is refused, or is a fault to the library', async () => {
    const failures = [Object.assign(new Error('no'), { statusCode: 401 }), new TypeError('crafted')];
    const verify = sparingIssuer(async () => {
      const failure = failures.pop();
      if (failure) throw failure;
    }, clock);
    expect(await verified(verify, 5)).to.equal(3);
  });
});
