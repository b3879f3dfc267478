import { expect } from 'chai';
import { momentOf } from '../../../../src/dates/moment.ts';

const at = (date: string, time: string): string =>
  momentOf(Temporal.PlainDate.from(date), Temporal.PlainTime.from(time), 'Europe/Helsinki').toString();

describe('momentOf', () => {
  it('keeps the wall-clock time in summer and in winter', () => {
    expect(at('2026-10-24', '13:00')).to.equal('2026-10-24T13:00:00+03:00[Europe/Helsinki]');
    expect(at('2026-10-26', '13:00')).to.equal('2026-10-26T13:00:00+02:00[Europe/Helsinki]');
  });

  it('takes the first of the two when a time comes twice', () => {
    expect(at('2026-10-25', '03:30')).to.equal('2026-10-25T03:30:00+03:00[Europe/Helsinki]');
  });

  it('is an hour later when the time does not come that night', () => {
    expect(at('2027-03-28', '03:30')).to.equal('2027-03-28T04:30:00+03:00[Europe/Helsinki]');
  });
});
