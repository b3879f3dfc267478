import { expect } from 'chai';
import fc from 'fast-check';
import rrule from 'rrule';
import type { Repeat, Schedule, Slot } from '../../../../src/meetings/model.ts';
import {
  beginOf,
  endOf,
  exists,
  lastOf,
  nextOf,
  occurrencesOf,
  overlap,
  patternOf,
} from '../../../../src/meetings/repeat.ts';
import { createFinnishCalendar, isFinnishHoliday } from '../../../../src/shared/working-time.ts';

const { RRule } = rrule;
const zone = 'Europe/Helsinki';
const calendar = createFinnishCalendar();
const place = { online: false, where: '' };

const day = fc.integer({ min: 0, max: 2_000 }).map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }));
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const slots = fc
  .tuple(day, clock, fc.integer({ min: 5, max: 720 }))
  .map(([date, time, minutes]): Slot => ({ start: `${date}T${time}`, minutes }));
const repeats = fc.record({
  unit: fc.constantFrom('week', 'month'),
  every: fc.integer({ min: 1, max: 12 }),
  by: fc.constantFrom('date', 'weekday'),
  end: fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((count) => ({ count })),
    day.map((until) => ({ until: until.toString() })),
  ),
  holidays: fc.constantFrom('skip', 'before', 'after', 'keep'),
}) satisfies fc.Arbitrary<Repeat>;

const scheduleOf = (first: Slot, repeat: Repeat | null): Schedule => ({
  first,
  repeat,
  earlier: [],
  passed: 0,
  changes: {},
  replies: {},
  came: {},
  sequence: 0,
});
const heldOf = (first: Slot, repeat: Repeat | null) => occurrencesOf(scheduleOf(first, repeat), place, calendar);

/** What the library of RFC 5545's recurrence rules makes of the same, as dates. */
function expanded({ start }: Slot, { unit, every, by, end }: Repeat): string[] {
  const date = Temporal.PlainDate.from(start.slice(0, 10));
  const week = Math.ceil(date.day / 7);
  const weekday =
    [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR, RRule.SA, RRule.SU][date.dayOfWeek - 1] ?? RRule.MO;
  const rule = new RRule({
    freq: unit === 'week' ? RRule.WEEKLY : RRule.MONTHLY,
    interval: every,
    dtstart: new Date(`${date}T00:00:00Z`),
    ...('count' in end ? { count: end.count } : { until: new Date(`${end.until}T00:00:00Z`) }),
    ...(unit === 'month' &&
      (by === 'date' ? { bymonthday: date.day } : { byweekday: weekday.nth(week > 4 ? -1 : week) })),
  });
  return rule.all((_, index) => index < 106).map((at) => at.toISOString().slice(0, 10));
}

describe('when a series is held', () => {
  it('has the dates that RFC 5545 gives its rule', () => {
    fc.assert(
      fc.property(slots, repeats, (first, repeat) => {
        expect(patternOf(first, repeat).map(String)).to.deep.equal(expanded(first, repeat));
      }),
      { numRuns: 400 },
    );
  });

  it('is held at the same time on the clock all year, whatever the clocks do', () => {
    fc.assert(
      fc.property(slots, repeats, (first, repeat) => {
        for (const occurrence of heldOf(first, repeat)) {
          const begins = beginOf(occurrence, zone).toZonedDateTimeISO(zone);
          const minutes = endOf(occurrence, zone).since(beginOf(occurrence, zone)).total('minutes');
          expect(minutes).to.equal(first.minutes);
          if (exists(occurrence, zone)) expect(begins.toString().slice(11, 16)).to.equal(first.start.slice(11));
          else expect(begins.toString().slice(11, 13)).to.equal('04');
        }
      }),
    );
  });

  it('skips, moves to the nearest working day, or keeps what falls on a holiday, and touches nothing else', () => {
    fc.assert(
      fc.property(slots, repeats, (first, repeat) => {
        const held = new Map(heldOf(first, repeat).map((one) => [one.on, one]));
        for (const date of patternOf(first, repeat)) {
          const one = held.get(date.toString());
          const on = one && Temporal.PlainDate.from(one.start.slice(0, 10));
          if (!isFinnishHoliday(date) || repeat.holidays === 'keep') expect(on?.toString()).to.equal(date.toString());
          else if (repeat.holidays === 'skip') expect(one).to.equal(undefined);
          else {
            const way = repeat.holidays === 'before' ? -1 : 1;
            expect(on && Temporal.PlainDate.compare(on, date)).to.equal(way);
            expect(on && isFinnishHoliday(on)).to.equal(false);
            expect(on?.dayOfWeek).to.be.within(1, 5);
          }
        }
      }),
    );
  });

  it('numbers its holdings by the pattern, so that one that is skipped renames no other', () => {
    fc.assert(
      fc.property(slots, repeats, (first, repeat) => {
        const dates = patternOf(first, repeat).map(String);
        for (const { on, number } of heldOf(first, repeat)) expect(dates[number - 1]).to.equal(on);
      }),
    );
  });

  it('follows what was changed about one, and leaves the others as they are', () => {
    const first = { start: '2026-12-01T09:00', minutes: 60 };
    const repeat: Repeat = { unit: 'week', every: 1, by: 'date', end: { count: 3 }, holidays: 'skip' };
    const moved = { start: '2026-12-09T13:00', minutes: 30 };
    const cancelled = { by: 'ankarbot' as const, at: '2026-11-25T10:00:00.000Z' };
    const changes = { '2026-12-08': { slot: moved }, '2026-12-15': { cancelled } };
    const held = occurrencesOf({ ...scheduleOf(first, repeat), changes }, place, calendar);
    expect(held.map(({ on, start, minutes }) => [on, start, minutes])).to.deep.equal([
      ['2026-12-01', '2026-12-01T09:00', 60],
      ['2026-12-08', '2026-12-09T13:00', 30],
      ['2026-12-15', '2026-12-15T09:00', 60],
    ]);
    const at = (time: string) => Temporal.Instant.from(time);
    expect(nextOf(held, zone, at('2026-12-01T07:59:00Z'))?.on).to.equal('2026-12-01');
    expect(nextOf(held, zone, at('2026-12-01T08:00:00Z'))?.on).to.equal('2026-12-08');
    expect(nextOf(held, zone, at('2026-12-10T08:00:00Z'))).to.equal(null);
    expect(lastOf(held, zone, at('2026-12-10T08:00:00Z'))?.on).to.equal('2026-12-08');
    expect(lastOf(held, zone, at('2026-12-01T07:30:00Z'))).to.equal(null);
  });

  it('takes the first of two half past threes in October, and finds none in March', () => {
    expect(beginOf({ start: '2026-10-25T03:30' }, zone).toString()).to.equal('2026-10-25T00:30:00Z');
    expect(exists({ start: '2026-10-25T03:30' }, zone)).to.equal(true);
    expect(exists({ start: '2027-03-28T03:30' }, zone)).to.equal(false);
    expect(exists({ start: '2027-03-28T04:00' }, zone)).to.equal(true);
  });

  it('overlaps with what shares a minute with it, and not with what begins as it ends', () => {
    const one = { start: '2026-12-01T09:00', minutes: 60 };
    expect(overlap(one, { start: '2026-12-01T09:59', minutes: 10 }, zone)).to.equal(true);
    expect(overlap(one, { start: '2026-12-01T10:00', minutes: 10 }, zone)).to.equal(false);
    expect(overlap({ start: '2026-12-01T10:00', minutes: 10 }, one, zone)).to.equal(false);
  });
});
