import { expect } from 'chai';
import fc from 'fast-check';
import { type ReadDate, readDate } from '../../../../src/dates/read-date.ts';
import { singleLine } from '../../../../src/shared/normalise.ts';
import { phrases } from './phrases.ts';

const wednesday = Temporal.ZonedDateTime.from('2026-11-25T10:00[Europe/Helsinki]');

/** As in the table: what was read, and after a line the rest. */
function described({ date, time, length, rest }: ReadDate): string {
  const clock = time?.toString({ smallestUnit: 'minute' });
  return [date, clock, length, rest && `| ${rest}`].filter((part) => part).join(' ');
}

describe('readDate', () => {
  for (const [language, table] of Object.entries(phrases)) {
    describe(`in ${language}`, () => {
      it('has a table of forty phrases and more', () => {
        expect(new Set(table.map(([phrase]) => phrase)).size)
          .to.equal(table.length)
          .and.to.be.at.least(40);
      });

      for (const [phrase, read] of table) {
        it(`reads "${phrase}" as ${read}`, () => {
          expect(described(readDate(phrase, wednesday))).to.equal(read);
        });
      }
    });
  }

  it('reads the same in capitals', () => {
    for (const [phrase, read] of Object.values(phrases).flat()) {
      const capitals = described(readDate(phrase.toUpperCase(), wednesday));
      expect(capitals.toLowerCase(), phrase).to.equal(read.toLowerCase());
    }
  });

  it('finds its place in the text also after a letter that folds to two', () => {
    expect(described(readDate('Straße torsdag', wednesday))).to.equal('2026-11-26 | Straße');
  });

  it('reads the three languages mixed, and whatever spaces they are pasted with', () => {
    const read = readDate('möte\u00A0torstaina kl.\u202F9\n for 2 hours – budjetti', wednesday);
    expect(described(read)).to.equal('2026-11-26 09:00 PT2H | möte – budjetti');
  });

  it('counts from the day that it is in the region', () => {
    const night = Temporal.Instant.from('2026-11-25T22:30Z');
    const read = (phrase: string): string[] =>
      ['Europe/Helsinki', 'UTC'].map((zone) => described(readDate(phrase, night.toZonedDateTimeISO(zone))));
    expect(read('imorgon')).to.deep.equal(['2026-11-27', '2026-11-26']);
    expect(read('3 days ago')).to.deep.equal(['2026-11-23', '2026-11-22']);
  });

  it('counts to the minute', () => {
    expect(described(readDate('om 30 min', wednesday.with({ second: 40 })))).to.equal('2026-11-25 10:31');
  });

  it('finds the next weekday, next date and next week over the turn of a year', () => {
    const eve = Temporal.ZonedDateTime.from('2026-12-31T23:59[Europe/Helsinki]');
    const read = ['fredag', 'nästa fredag', '1.1.', '31.12.', 'torsdag v 53', 'måndag v 1', 'om en månad'];
    expect(read.map((phrase) => described(readDate(phrase, eve)))).to.deep.equal([
      '2027-01-01',
      '2027-01-08',
      '2027-01-01',
      '2026-12-31',
      '2026-12-31',
      '2027-01-04',
      '2027-01-31',
    ]);
  });

  it('takes the last day of a month for its end, whichever day that is', () => {
    const at = (today: string, phrase: string) =>
      described(readDate(phrase, Temporal.ZonedDateTime.from(`${today}T10:00[Europe/Helsinki]`)));
    expect(at('2027-02-01', 'månadens slut')).to.equal('2027-02-28');
    expect(at('2027-02-28', 'kuun lopussa')).to.equal('2027-02-28');
    expect(at('2027-01-31', 'end of next month')).to.equal('2027-02-28');
    expect(at('2027-12-31', 'ensi kuun loppuun mennessä')).to.equal('2028-01-31');
  });

  it('takes a weekday for the next such day after today, whatever day today is', () => {
    const weekdays = [
      ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'],
      ['maanantaina', 'tiistaina', 'keskiviikkona', 'torstaina', 'perjantaina', 'lauantaina', 'sunnuntaina'],
      ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    ];
    for (const [index, name] of weekdays.flatMap((names) => [...names.entries()])) {
      for (let days = 0; days < 7; days++) {
        const now = wednesday.add({ days });
        const { date } = readDate(name, now);
        expect(date?.dayOfWeek, name).to.equal(index + 1);
        expect(date && now.toPlainDate().until(date).days, name).to.be.within(1, 7);
      }
    }
  });

  it('counts hours as they pass and days as the calendar has them when the clocks change', () => {
    const autumn = Temporal.ZonedDateTime.from('2026-10-25T02:30+03:00[Europe/Helsinki]');
    const spring = Temporal.ZonedDateTime.from('2027-03-28T02:30+02:00[Europe/Helsinki]');
    const read = (phrase: string): string[] => [autumn, spring].map((now) => described(readDate(phrase, now)));
    expect(read('om tre timmar')).to.deep.equal(['2026-10-25 04:30', '2027-03-28 06:30']);
    expect(read('in a couple of hours')).to.deep.equal(['2026-10-25 03:30', '2027-03-28 05:30']);
    expect(read('in one day')).to.deep.equal(['2026-10-26', '2027-03-29']);
    expect(read('huomenna klo 03.30')).to.deep.equal(['2026-10-26 03:30', '2027-03-29 03:30']);
    expect(read('söndag 03:30')).to.deep.equal(['2026-10-25 03:30', '2027-03-28 03:30']);
  });

  const days = fc.integer({ min: -730, max: 730 }).map((offset) => wednesday.toPlainDate().add({ days: offset }));
  const styles: readonly Intl.DateTimeFormatOptions[] = [
    { dateStyle: 'full' },
    { dateStyle: 'long' },
    { dateStyle: 'medium' },
    { dateStyle: 'short' },
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    { weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' },
  ];
  for (const locale of ['sv-FI', 'fi-FI', 'en-GB']) {
    it(`reads back every date within two years that Intl writes in ${locale}`, () => {
      fc.assert(
        fc.property(days, fc.constantFrom(...styles), (date, style) => {
          const written = date.toLocaleString(locale, style);
          expect(described(readDate(written, wednesday)), written).to.equal(date.toString());
        }),
        { numRuns: 500 },
      );
    });

    it(`reads back a date of the coming year without its year, and its time, as Intl writes them in ${locale}`, () => {
      const coming = fc.integer({ min: 0, max: 364 }).map((offset) => wednesday.toPlainDate().add({ days: offset }));
      const clocks = fc.integer({ min: 7 * 60, max: 1439 }).map((minutes) => new Temporal.PlainTime().add({ minutes }));
      fc.assert(
        fc.property(coming, clocks, fc.constantFrom<('long' | 'short')[]>('long', 'short'), (date, time, month) => {
          const written = date
            .toPlainDateTime(time)
            .toLocaleString(locale, { weekday: month, day: 'numeric', month, hour: '2-digit', minute: '2-digit' });
          const expected = `${date} ${time.toString({ smallestUnit: 'minute' })}`;
          expect(described(readDate(written, wednesday)), written).to.equal(expected);
        }),
        { numRuns: 500 },
      );
    });
  }

  it('never throws, and leaves a text in which it finds nothing as it was', () => {
    const pieces = Object.values(phrases).flatMap((table) => table.flatMap(([phrase]) => phrase.split(/(?<= )|(?= )/)));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.:/- hklot'), maxLength: 40 }),
      fc.stringMatching(/^\d{4}-\d\d?-\d\d?(?:T\d\d?:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?$/),
      fc.array(fc.constantFrom(...pieces, ' '), { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (phrase) => {
        const { date, time, length, rest } = readDate(phrase, wednesday);
        if (!date && !time && !length) expect(rest).to.equal(singleLine(phrase));
        expect(rest.length).to.be.at.most(singleLine(phrase).length);
      }),
      { numRuns: 3_000 },
    );
  });

  it('does not search a text of more than 500 characters', () => {
    expect(described(readDate(`idag ${'x'.repeat(495)}`, wednesday))).to.equal(`2026-11-25 | ${'x'.repeat(495)}`);
    expect(described(readDate(`idag ${'x'.repeat(496)}`, wednesday))).to.equal(`| idag ${'x'.repeat(496)}`);
  });

  it('comes to an end with whatever is repeated as often as fits', () => {
    const repeated = [
      '1 h ',
      'en och ',
      '1',
      '1 ',
      '1.',
      '9-',
      ':',
      '3.12. ',
      'in 1 h ',
      'half an ',
      'on the by ',
      ' den',
      'a ',
    ];
    for (const piece of [...repeated, 'about ', 'next ', '2 h and ', 'ensi viikon ', 'couple of ', '\u0308', 'İ']) {
      const text = piece.repeat(500).slice(0, 500);
      expect(readDate(text, wednesday).rest.length, piece).to.be.at.most(500);
    }
  });
});
