import { expect } from 'chai';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { faultRun, onCosmos } from '../support/fault-run.ts';

/** The same with other seeds for as long as wanted: `npm run soak -- --minutes 30`. */
describe('while Teams fails in 30 % of all calls and the store in 5 %', () => {
  const failing = { teamsFail: 0.3, storeFails: 0.05 };

  it('every chat comes to show the newest state of every case, once, and no limit of Teams is broken', async () => {
    const result = await faultRun({ ...failing, teams: 20, referrals: 2_000, presses: 2_000, seed: 20_261_123 });
    expect(result).to.deep.include({ broken: [], faults: [], violations: [], referrals: 2_000 });
    expect(result.requestsFailed / result.requests).to.be.within(0.2, 0.4);
  }).timeout(900_000);

  describe('two instances on one database', () => {
    let cosmos: CosmosServer;
    const size = { ...failing, teams: 4, referrals: 60, presses: 120, bots: 2 };
    beforeEach(async () => {
      cosmos = await startCosmosServer();
    });
    afterEach(() => cosmos.close());

    it('show each card and send each reminder once, also when both start at the same moment', async () => {
      const result = await faultRun({ ...size, seed: 1, environment: onCosmos(cosmos) });
      expect(result).to.deep.include({ broken: [], faults: [], referrals: 60 });
    });

    it('do so also when one of them dies in the middle', async () => {
      const result = await faultRun({ ...size, seed: 2, diesAfter: 50, environment: onCosmos(cosmos) });
      expect(result).to.deep.include({ broken: [], faults: [], referrals: 60 });
    });
  });
});
