import { expect } from 'chai';
import fc from 'fast-check';
import {
  addWorkingTime,
  createFinnishCalendar,
  nextWorkingMoment,
  startOfNextWorkingDay,
  type WorkingAmount,
  type WorkingCalendar,
  workingDaysBetween,
  workingHoursBetween,
} from '../../../../src/shared/working-time.ts';

const calendar = createFinnishCalendar();
const zone = calendar.timeZone;

/** Finnish wall-clock time to instant. */
const at = (local: string): Temporal.Instant => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
const local = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const isWorkingDay = (date: Temporal.PlainDate): boolean => date.dayOfWeek <= 5 && !calendar.isHoliday(date);

/** People who work in the nights when the clocks change. */
const nights: WorkingCalendar = {
  timeZone: zone,
  start: '00:00',
  end: '08:00',
  days: [6, 7],
  isHoliday: () => false,
};

/** Any millisecond of 2024–2031. */
const instants = fc
  .integer({ min: at('2024-01-01T00:00').epochMilliseconds, max: at('2031-12-31T23:59').epochMilliseconds })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));
const amounts: fc.Arbitrary<Required<WorkingAmount>> = fc.record({
  days: fc.nat(40),
  hours: fc.nat(80 * 60).map((minutes) => minutes / 60),
});

describe('the Finnish calendar', () => {
  const off = [
    ['2026-01-01', 'New Year'],
    ['2026-01-06', 'Epiphany'],
    ['2026-04-03', 'Good Friday'],
    ['2026-04-05', 'Easter Day'],
    ['2026-04-06', 'Easter Monday'],
    ['2027-03-26', 'Good Friday'],
    ['2027-03-29', 'Easter Monday'],
    ['2026-05-01', 'May Day'],
    ['2026-05-14', 'Ascension'],
    ['2030-05-30', 'Ascension'],
    ['2026-05-24', 'Whit Sunday'],
    ['2026-06-19', 'Midsummer Eve'],
    ['2026-06-20', 'Midsummer'],
    ['2027-06-25', 'Midsummer Eve'],
    ['2026-10-31', "All Saints' Day"],
    ['2026-12-06', 'Independence Day'],
    ['2027-12-06', 'Independence Day'],
    ['2026-12-24', 'Christmas Eve'],
    ['2026-12-25', 'Christmas Day'],
    ['2028-12-26', 'Boxing Day'],
  ] as const;
  for (const [date, name] of off) {
    it(`has ${date} off: ${name}`, () => {
      expect(calendar.isHoliday(Temporal.PlainDate.from(date))).to.equal(true);
    });
  }

  const worked = [
    ['2026-12-31', "New Year's Eve"],
    ['2026-04-30', 'the eve of May Day'],
    ['2026-04-02', 'Maundy Thursday'],
    ['2026-05-10', "Mother's Day"],
    ['2026-11-08', "Father's Day"],
    ['2026-05-25', 'the Monday after Whitsun'],
    ['2026-12-07', 'the Monday after an Independence Day on Sunday'],
    ['2026-11-06', "Swedish Finland's Day"],
  ] as const;
  for (const [date, name] of worked) {
    it(`has no holiday on ${date}: ${name}`, () => {
      expect(calendar.isHoliday(Temporal.PlainDate.from(date))).to.equal(false);
    });
  }

  it('has 15 holidays every year, Midsummer Eve on a Friday and the rest of Easter around its Sunday', () => {
    for (let year = 2020; year <= 2060; year++) {
      const days: Temporal.PlainDate[] = [];
      for (
        let date = Temporal.PlainDate.from({ year, month: 1, day: 1 });
        date.year === year;
        date = date.add({ days: 1 })
      ) {
        if (calendar.isHoliday(date)) days.push(date);
      }
      // Ascension and May Day fall on the same day in 2008 and not again in these years.
      expect(days, String(year)).to.have.length(15);
      const june = days.filter((date) => date.month === 6 && date.day >= 19 && date.day <= 26);
      expect(june.map((date) => date.dayOfWeek).slice(-2), String(year)).to.deep.equal([5, 6]);
    }
  });

  it('refuses a working day that does not end after it starts', () => {
    expect(() => createFinnishCalendar({ start: '16:00', end: '08:00' })).to.throw(RangeError);
    expect(() => createFinnishCalendar({ start: 'eight' })).to.throw(RangeError);
  });
});

describe('addWorkingTime', () => {
  const table: [string, WorkingAmount, string, string][] = [
    ['2026-11-27T15:00', { days: 1 }, '2026-11-30T15:00', 'Friday afternoon to Monday afternoon'],
    ['2026-11-28T12:00', { days: 1 }, '2026-11-30T16:00', 'Saturday to the end of Monday'],
    ['2026-11-30T08:00', { days: 1 }, '2026-11-30T16:00', 'a start to the end of the same day'],
    ['2026-11-30T16:00', { days: 1 }, '2026-12-01T16:00', 'an end to the next end'],
    ['2026-11-30T07:00', { hours: 2 }, '2026-11-30T10:00', 'early hours do not count'],
    ['2026-11-30T22:00', { hours: 2 }, '2026-12-01T10:00', 'late hours do not count'],
    ['2026-11-30T15:00', { hours: 4 }, '2026-12-01T11:00', 'the rest of the time on the next day'],
    ['2026-11-30T10:00', { days: 1, hours: 4 }, '2026-12-01T14:00', 'days and hours together'],
    ['2026-11-30T10:00', { hours: 1.5 }, '2026-11-30T11:30', 'parts of hours'],
    ['2026-11-30T10:00', {}, '2026-11-30T10:00', 'nothing, during work'],
    ['2026-11-30T16:00', {}, '2026-11-30T16:00', 'nothing, at the end of a day'],
    ['2026-11-30T16:01', {}, '2026-12-01T08:00', 'nothing, after work'],
    ['2026-01-05T15:00', { hours: 2 }, '2026-01-07T09:00', 'over Epiphany'],
    ['2026-04-02T15:00', { days: 1 }, '2026-04-07T15:00', 'over Easter'],
    ['2026-05-13T15:00', { days: 1 }, '2026-05-15T15:00', 'over Ascension'],
    ['2026-06-18T15:00', { days: 1 }, '2026-06-22T15:00', 'over Midsummer'],
    ['2027-12-03T15:00', { days: 1 }, '2027-12-07T15:00', 'over Independence Day'],
    ['2026-12-23T15:00', { days: 1 }, '2026-12-28T15:00', 'over Christmas'],
    ['2026-12-31T15:00', { days: 1 }, '2027-01-04T15:00', "over New Year, but not over New Year's Eve"],
    ['2026-03-27T15:00', { days: 1 }, '2026-03-30T15:00', 'over the night when the clocks go forward'],
    ['2026-10-23T15:00', { days: 1 }, '2026-10-26T15:00', 'over the night when the clocks go back'],
    ['2026-03-29T02:30', { hours: 1 }, '2026-03-30T09:00', 'from the night when the clocks go forward'],
    ['2026-10-25T02:30', { hours: 1 }, '2026-10-26T09:00', 'from the night when the clocks go back'],
  ];
  for (const [from, amount, to, rule] of table) {
    it(`adds ${rule}`, () => {
      expect(local(addWorkingTime(at(from), amount, calendar))).to.equal(to);
    });
  }

  it('reads instants in the zone of the calendar, also where the year is another one there', () => {
    const newYear = Temporal.Instant.from('2026-12-31T22:30:00Z');
    expect(local(addWorkingTime(newYear, { hours: 1 }, calendar))).to.equal('2027-01-04T09:00');
    const west = createFinnishCalendar({ timeZone: 'America/Los_Angeles' });
    const stillOldYear = Temporal.Instant.from('2027-01-01T00:00:00Z');
    expect(addWorkingTime(stillOldYear, {}, west).toString()).to.equal('2027-01-01T00:00:00Z');
  });

  it('counts time that passes: a day within which the clocks go forward is an hour shorter', () => {
    expect(local(addWorkingTime(at('2026-03-29T00:00'), { hours: 7 }, nights))).to.equal('2026-03-29T08:00');
    expect(local(addWorkingTime(at('2026-03-29T00:00'), { hours: 2.5 }, nights))).to.equal('2026-03-29T02:30');
    expect(local(addWorkingTime(at('2026-03-29T00:00'), { hours: 3.5 }, nights))).to.equal('2026-03-29T04:30');
    expect(local(addWorkingTime(at('2026-10-25T00:00'), { hours: 9 }, nights))).to.equal('2026-10-25T08:00');
  });

  it('refuses negative, infinite and missing amounts, and a calendar on which nobody works', () => {
    const from = at('2026-11-30T10:00');
    for (const days of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addWorkingTime(from, { days }, calendar)).to.throw(RangeError);
    }
    const never: WorkingCalendar = { ...calendar, days: [] };
    expect(() => addWorkingTime(from, { days: 1 }, never)).to.throw(RangeError);
    expect(() => nextWorkingMoment(from, never)).to.throw(RangeError);
    expect(() => startOfNextWorkingDay(from, never)).to.throw(RangeError);
  });

  it('never lands outside working hours and never before the start', () => {
    fc.assert(
      fc.property(instants, amounts, (from, amount) => {
        const result = addWorkingTime(from, amount, calendar).toZonedDateTimeISO(zone);
        expect(isWorkingDay(result.toPlainDate())).to.equal(true);
        expect(Temporal.PlainTime.compare(result.toPlainTime(), calendar.start)).to.be.at.least(0);
        expect(Temporal.PlainTime.compare(result.toPlainTime(), calendar.end)).to.be.at.most(0);
        expect(Temporal.Instant.compare(result.toInstant(), from)).to.be.at.least(0);
      }),
    );
  });

  it('never turns the order of two starts, or of two amounts', () => {
    fc.assert(
      fc.property(instants, instants, amounts, amounts, (a, b, one, other) => {
        const [first, second] = Temporal.Instant.compare(a, b) <= 0 ? [a, b] : [b, a];
        const add = (from: Temporal.Instant, amount: WorkingAmount): Temporal.Instant =>
          addWorkingTime(from, amount, calendar);
        expect(Temporal.Instant.compare(add(first, one), add(second, one))).to.be.at.most(0);
        const sum = { days: one.days + other.days, hours: one.hours + other.hours };
        expect(Temporal.Instant.compare(add(a, one), add(a, sum))).to.be.at.most(0);
      }),
    );
  });

  it('gives the same for a sum as for its parts one after the other', () => {
    fc.assert(
      fc.property(instants, amounts, amounts, (from, one, other) => {
        const sum = { days: one.days + other.days, hours: one.hours + other.hours };
        const parts = addWorkingTime(addWorkingTime(from, one, calendar), other, calendar);
        expect(parts.toString()).to.equal(addWorkingTime(from, sum, calendar).toString());
      }),
    );
  });

  it('gives the same as a walk from minute to minute', () => {
    const working = (moment: Temporal.ZonedDateTime): boolean =>
      isWorkingDay(moment.toPlainDate()) && moment.hour >= 8 && moment.hour < 16;
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), (instant, quarters) => {
        let moment = instant.toZonedDateTimeISO(zone).round({ smallestUnit: 'minute', roundingIncrement: 15 });
        const result = addWorkingTime(moment.toInstant(), { hours: quarters / 4 }, calendar);
        for (let left = quarters; left > 0; moment = moment.add({ minutes: 15 })) if (working(moment)) left--;
        expect(local(result)).to.equal(local(moment.toInstant()));
      }),
      { numRuns: 50 },
    );
  });
});

describe('nextWorkingMoment', () => {
  const table = [
    ['2026-11-30T10:00', '2026-11-30T10:00', 'itself during work'],
    ['2026-11-30T08:00', '2026-11-30T08:00', 'itself at the start'],
    ['2026-11-30T15:59', '2026-11-30T15:59', 'itself just before the end'],
    ['2026-11-30T16:00', '2026-12-01T08:00', 'the next start at the end'],
    ['2026-11-30T03:00', '2026-11-30T08:00', 'the start of the same day at night'],
    ['2026-11-28T12:00', '2026-11-30T08:00', 'Monday on a Saturday'],
    ['2026-12-23T16:00', '2026-12-28T08:00', 'the first day after Christmas'],
    ['2026-10-25T03:30', '2026-10-26T08:00', 'Monday in the night when the clocks go back'],
  ] as const;
  for (const [from, to, rule] of table) {
    it(`is ${rule}`, () => {
      expect(local(nextWorkingMoment(at(from), calendar))).to.equal(to);
    });
  }

  it('is a working moment that nothing changes any more', () => {
    fc.assert(
      fc.property(instants, (from) => {
        const next = nextWorkingMoment(from, calendar);
        expect(nextWorkingMoment(next, calendar).toString()).to.equal(next.toString());
        expect(addWorkingTime(next, {}, calendar).toString()).to.equal(next.toString());
        expect(workingDaysBetween(from, next, calendar)).to.equal(0);
      }),
    );
  });
});

describe('startOfNextWorkingDay', () => {
  const table = [
    ['2026-11-27T10:00', '2026-11-30T08:00', 'Monday for a Friday'],
    ['2026-11-30T00:00', '2026-12-01T08:00', 'the day after, even before work begins'],
    ['2026-11-29T23:59', '2026-11-30T08:00', 'Monday for a Sunday'],
    ['2026-12-31T23:30', '2027-01-04T08:00', 'after New Year'],
    ['2026-10-25T03:30', '2026-10-26T08:00', 'Monday for the night when the clocks go back'],
    ['2026-03-29T00:30', '2026-03-30T08:00', 'Monday for the night when the clocks go forward'],
  ] as const;
  for (const [from, to, rule] of table) {
    it(`is ${rule}`, () => {
      expect(local(startOfNextWorkingDay(at(from), calendar))).to.equal(to);
    });
  }
});

describe('workingDaysBetween', () => {
  const table = [
    ['2026-11-27T15:00', '2026-11-30T15:00', 1],
    ['2026-11-27T15:00', '2026-11-30T14:59', 0],
    ['2026-11-27T15:00', '2026-12-01T15:00', 2],
    ['2026-11-28T12:00', '2026-11-29T12:00', 0],
    ['2026-11-28T12:00', '2026-11-30T16:00', 1],
    ['2026-12-23T15:00', '2026-12-28T15:00', 1],
    ['2026-03-27T10:00', '2026-03-31T10:00', 2],
    ['2026-12-30T10:00', '2027-01-05T10:00', 3],
    ['2026-11-30T10:00', '2026-11-30T10:00', 0],
    ['2026-11-30T10:00', '2026-11-20T10:00', 0],
  ] as const;
  for (const [from, to, days] of table) {
    it(`counts ${days} from ${from} to ${to}`, () => {
      expect(workingDaysBetween(at(from), at(to), calendar)).to.equal(days);
    });
  }

  it('counts nothing backwards, not even within a day that is longer than others', () => {
    expect(workingDaysBetween(at('2026-10-25T08:00'), at('2026-10-25T00:01'), nights)).to.equal(0);
  });

  it('counts back exactly what was added, and one less a millisecond earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 300 }), (from, days) => {
        const end = addWorkingTime(from, { days }, calendar);
        expect(workingDaysBetween(from, end, calendar)).to.equal(days);
        expect(workingDaysBetween(from, end.subtract({ milliseconds: 1 }), calendar)).to.equal(days - 1);
        expect(workingHoursBetween(from, end, calendar)).to.equal(8 * days);
        expect(workingHoursBetween(from, end.subtract({ milliseconds: 1 }), calendar)).to.equal(8 * days - 1);
      }),
    );
  });
});
