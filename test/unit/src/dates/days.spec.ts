import { expect } from 'chai';
import { readDate } from '../../../../src/dates/read-date.ts';

const wednesday = '2026-11-25';
const read = (phrase: string, today = wednesday): string | null =>
  readDate(phrase, Temporal.ZonedDateTime.from(`${today}T10:00[Europe/Helsinki]`)).date?.toString() ?? null;

describe('a day that is said without its year', () => {
  it('is today where that is the day', () => {
    for (const phrase of ['sista onsdagen i november', 'den 25:e', 'onsdag vecka 48', 'onsdag denna vecka', 'idag'])
      expect(read(phrase), phrase).to.equal(wednesday);
    expect(read('slutet av månaden', '2026-11-30')).to.equal('2026-11-30');
  });

  it('is the next one to come where this year’s has passed', () => {
    expect(read('sista tisdagen i november')).to.equal('2027-11-30');
    expect(read('den 24:e')).to.equal('2026-12-24');
    expect(read('tisdag vecka 48')).to.equal('2027-11-30');
    expect(read('första onsdagen i oktober')).to.equal('2027-10-06');
  });

  it('is of next year where the month has passed and had none of these, and none where this month or a later one has none', () => {
    expect(read('femte söndagen i oktober'), 'four in 2026').to.equal('2027-10-31');
    expect(read('femte tisdagen i november'), 'five in 2027').to.equal(null);
    expect(read('femte fredagen i december'), 'five in 2027').to.equal(null);
  });

  it('is as it was said where the year was', () => {
    expect(read('sista fredagen i oktober 2026')).to.equal('2026-10-30');
    expect(read('sista fredagen i oktober 2028')).to.equal('2028-10-27');
  });

  it('of a weekday alone is after today, and of the last one before it', () => {
    expect(read('onsdag')).to.equal('2026-12-02');
    expect(read('torsdag')).to.equal('2026-11-26');
    expect(read('tisdag')).to.equal('2026-12-01');
    expect(read('förra onsdagen')).to.equal('2026-11-18');
    expect(read('förra tisdagen')).to.equal('2026-11-24');
  });
});
