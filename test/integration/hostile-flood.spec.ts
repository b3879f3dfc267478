import { expect } from 'chai';
import { hostileRun } from '../support/hostile-run.ts';

/** More of them, with other seeds: `npm run soak`. */
describe('ten thousand hostile requests', () => {
  it('get no 5xx and no stack trace, leave nothing behind, and the bot works as before', async () => {
    const { problems, requests } = await hostileRun({ requests: 10_000, seed: 20_261_123 });
    expect(problems.slice(0, 5)).to.deep.equal([]);
    expect(requests).to.equal(10_000);
  }).timeout(120_000);
});
