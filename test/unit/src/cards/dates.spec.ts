import { expect } from 'chai';
import { formatDate, formatMoment } from '../../../../src/cards/dates.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { monday } from '../../../support/builders.ts';

const said = (instant: string, zone = 'Europe/Helsinki'): string[] =>
  languages.map((language) => formatMoment(instant, zone, textsFor(language), monday));

describe('a moment', () => {
  it('is said as people say it, in the time of the region', () => {
    expect(said('2026-12-03T11:00:00Z')).to.deep.equal([
      'tors 3 dec kl. 13.00',
      'to 3.12. klo 13.00',
      'Thu 3 Dec at 13:00',
    ]);
  });

  it('has its year only when it is another one', () => {
    for (const text of said('2025-12-03T11:00:00Z')) expect(text).to.contain('2025');
    for (const text of said('2026-01-01T11:00:00Z')) expect(text).to.not.contain('2026');
  });

  it('changes the day at midnight of the region, and knows summer time', () => {
    expect(said('2026-12-02T22:30:00Z')[0]).to.equal('tors 3 dec kl. 00.30');
    expect(said('2026-07-01T05:00:00Z')[0]).to.contain('kl. 08.00');
  });
});

describe('a date', () => {
  it('is said as people say it, with its year only when it is another one', () => {
    const today = Temporal.PlainDate.from('2026-11-23');
    const each = (date: string): string[] => languages.map((language) => formatDate(date, textsFor(language), today));
    expect(each('2026-12-04')).to.deep.equal(['fre 4 dec', 'pe 4.12.', 'Fri 4 Dec']);
    expect(each('2027-01-01')).to.deep.equal(['fre 1 jan 2027', 'pe 1.1.2027', 'Fri 1 Jan 2027']);
  });
});
