import { expect } from 'chai';
import { dateIn, timeLeft } from '../../../../src/shared/clock.ts';

describe('the date in the region', () => {
  it('is that of its own calendars, not that of Greenwich, in summer as in winter', () => {
    const dateAt = (moment: string): string => dateIn('Europe/Helsinki', Temporal.Instant.from(moment)).toString();
    expect(dateAt('2026-11-23T21:59:59Z')).to.equal('2026-11-23');
    expect(dateAt('2026-11-23T22:00:00Z')).to.equal('2026-11-24');
    expect(dateAt('2026-06-23T21:00:00Z')).to.equal('2026-06-24');
  });
});

describe('the time left of what is remembered', () => {
  it('runs out by itself, and at once when the clock was set back', () => {
    const left = (now: number): number => timeLeft(10_000, 5_000, Temporal.Instant.fromEpochMilliseconds(now));
    expect([10_000, 12_000, 14_999, 15_000, 99_000].map(left)).to.deep.equal([5_000, 3_000, 1, 0, 0]);
    expect([9_999, 0].map(left)).to.deep.equal([0, 0]);
  });
});
