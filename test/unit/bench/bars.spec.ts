import { expect } from 'chai';
import { type Bar, renderBars } from '../../../bench/bars.ts';

describe('the bars of the bench', () => {
  const verdicts = (...bars: Omit<Bar, 'what'>[]): (string | undefined)[] =>
    renderBars(bars.map((bar) => ({ what: 'x', ...bar })))
      .split('\n')
      .slice(1)
      .map((line) => /(?:NOT MET|met)$/.exec(line)?.[0]);

  it('are met from the bar itself on, upwards or downwards', () => {
    expect(verdicts({ reached: 2, atLeast: 2 }, { reached: 1.99, atLeast: 2 })).to.deep.equal(['met', 'NOT MET']);
    expect(verdicts({ reached: 1.5, atMost: 1.5 }, { reached: 1.51, atMost: 1.5 })).to.deep.equal(['met', 'NOT MET']);
  });

  it('are not met by what could not be measured', () => {
    expect(verdicts({ reached: Number.NaN, atLeast: 2 }, { reached: Number.NaN, atMost: 0 })).to.deep.equal([
      'NOT MET',
      'NOT MET',
    ]);
  });
});
