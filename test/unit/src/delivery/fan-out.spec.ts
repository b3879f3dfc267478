import { expect } from 'chai';
import { fanOut } from '../../../support/fan-out.ts';

describe('a round of 5,000 personal cards', () => {
  it('breaks no limit of Teams and takes at most 5 % longer than the limits ask for', async () => {
    const { needed, ideal, delivered, broken } = await fanOut(5_000);

    expect(delivered).to.equal(5_000);
    expect(broken, 'requests over a limit').to.equal(0);
    expect(ideal).to.be.within(99_000, 100_000);
    expect(needed / ideal).to.be.at.most(1.05);
  });
});
