import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../../src/meetings/decide.ts';
import type { Meeting, MeetingCommand, Occurrence, Repeat } from '../../../../src/meetings/model.ts';
import { nextOf, occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { requireSchedule } from '../../../../src/meetings/transition.ts';
import { isAppError } from '../../../../src/shared/errors.ts';
import { calendar, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, played, sceneOf, thursday } from '../../../support/meetings.ts';
import { inHelsinki } from '../../../support/shifting-clock.ts';

const weekly = (over: Partial<Repeat> = {}): Repeat => ({
  unit: 'week',
  every: 1,
  by: 'weekday',
  end: { count: 5 },
  holidays: 'skip',
  ...over,
});
const heldOf = (state: Meeting) => occurrencesOf(requireSchedule(state), state.place, calendar);
const startsOf = (state: Meeting): string[] =>
  heldOf(state).map(({ start, minutes, cancelled }) => `${start} ${minutes}${cancelled ? ' x' : ''}`);
const series = meeting({ plan: { one: thursday, repeat: weekly() } });
const all = (start: string, minutes = 60, at?: string) =>
  ({ do: 'change', on: null, ...(at && { at }), changes: { slot: { start, minutes } } }) as const;

const local = (now: Temporal.Instant): string =>
  now.toZonedDateTimeISO('Europe/Helsinki').toPlainDateTime().toString({ smallestUnit: 'minute' });

/** The Monday of the week, or the month. */
function periodOf(day: string, unit: Repeat['unit']): string {
  const date = Temporal.PlainDate.from(day);
  return unit === 'month' ? day.slice(0, 7) : date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

/** What is refused leaves it as it was. */
function pressed(state: Meeting, command: MeetingCommand, now: Temporal.Instant): Meeting {
  try {
    return decide(state, command, sceneOf('maria', now));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return state;
  }
}

describe('a series that is changed as a whole', () => {
  it('stays on its weekday when only the length or the time is another, though a holiday moved the next one', () => {
    const fridays = meeting({
      plan: {
        one: { start: '2026-12-18T13:00', minutes: 60 },
        repeat: weekly({ holidays: 'before', end: { count: 4 } }),
      },
    });
    const now = inHelsinki('2026-12-20T09:00');
    const longer = played(fridays, ['maria', all('2026-12-23T13:00', 90), now]);
    const held = '2026-12-18T13:00 60';
    expect(startsOf(longer)).to.deep.equal([held, '2026-12-23T13:00 90', '2026-12-31T13:00 90', '2027-01-08T13:00 90']);
    const later = played(fridays, ['maria', all('2026-12-23T14:30'), now]);
    expect(startsOf(later)).to.deep.equal([held, '2026-12-23T14:30 60', '2026-12-31T14:30 60', '2027-01-08T14:30 60']);
    const moved = played(fridays, ['maria', all('2026-12-22T13:00'), now]);
    expect(startsOf(moved).slice(1), 'the day that was written').to.deep.equal([
      '2026-12-22T13:00 60',
      '2026-12-29T13:00 60',
      '2027-01-05T13:00 60',
    ]);
  });

  it('keeps what one had of its own but for what was changed', () => {
    const alone = played(series, [
      'maria',
      { do: 'change', on: '2026-11-26', changes: { slot: { start: '2026-11-24T09:00', minutes: 60 } } },
    ]);
    expect(startsOf(played(alone, ['maria', all('2026-11-24T09:00', 90)]))).to.deep.equal([
      '2026-11-24T09:00 90',
      '2026-12-03T13:00 90',
      '2026-12-10T13:00 90',
      '2026-12-17T13:00 90',
    ]);
    expect(startsOf(played(alone, ['maria', all('2026-11-24T10:00')])).slice(0, 2)).to.deep.equal([
      '2026-11-24T10:00 60',
      '2026-12-03T10:00 60',
    ]);
  });

  it('is read at the holding that its reader saw, and loses none before that one', () => {
    const at = '2026-12-10';
    expect(startsOf(played(series, ['maria', all('2026-12-10T13:00', 90, at)]))[0]).to.equal('2026-11-26T13:00 90');
    const fridays = played(series, ['maria', all('2026-12-11T13:00', 60, at)]);
    expect(startsOf(fridays).slice(0, 3)).to.deep.equal([
      '2026-11-27T13:00 60',
      '2026-12-04T13:00 60',
      '2026-12-11T13:00 60',
    ]);
    expect(fridays.news.before, 'of the first one').to.deep.equal({ slot: { ...thursday, number: 1 } });
    const monthly = meeting({
      plan: { one: thursday, repeat: weekly({ unit: 'month', end: { count: 3 }, holidays: 'keep' }) },
    });
    const daysOf = (start: string) =>
      heldOf(played(monthly, ['maria', all(start, 60, '2027-01-28')])).map((one) => one.start.slice(0, 10));
    expect(daysOf('2027-01-22T13:00'), 'the fourth Friday').to.deep.equal(['2026-11-27', '2026-12-25', '2027-01-22']);
  });

  it('is not moved where what is to come before the one that was read would be lost, and is at the next one', () => {
    const monthly = (by: Repeat['by'], start: string, end: Repeat['end'] = { count: 3 }) =>
      meeting({ plan: { one: { start, minutes: 60 }, repeat: weekly({ unit: 'month', by, end, holidays: 'keep' }) } });
    const refused = (state: Meeting, start: string, at?: string, now = monday) =>
      refusal(() => decide(state, all(start, 60, at), sceneOf('maria', now)));
    const thursdays = monthly('weekday', thursday.start);
    expect(refused(thursdays, '2027-01-29T13:00', '2027-01-28'), 'the last one').to.equal('meeting.losesEarlier');
    const later = inHelsinki('2026-12-28T09:00');
    const last = played(thursdays, ['maria', all('2027-01-29T13:00', 60, '2027-01-28'), later]);
    expect(startsOf(last).slice(-1)).to.deep.equal(['2027-01-29T13:00 60']);
    const dates = monthly('date', '2026-11-28T13:00');
    expect(refused(dates, '2027-01-31T13:00', '2027-01-28'), 'no 31 November').to.equal('meeting.losesEarlier');
    expect(refused(dates, '2027-01-30T13:00', '2027-01-28')).to.equal(null);
    const weeks = (end: Repeat['end']) =>
      meeting({ plan: { one: thursday, repeat: weekly({ end, holidays: 'keep' }) } });
    const tooLate = inHelsinki('2026-12-02T09:00');
    const lost = refused(weeks({ until: '2026-12-17' }), '2026-12-15T13:00', '2026-12-17', tooLate);
    expect(lost, 'its Tuesday is past, and no other comes for it').to.equal('meeting.losesEarlier');
    expect(refused(weeks({ count: 4 }), '2026-12-15T13:00', '2026-12-17', tooLate)).to.equal(null);
  });

  it('is held on the day that was written though that is a holiday, and on no other that falls out', () => {
    const moved = played(series, ['maria', all('2026-12-25T13:00', 60, '2026-12-17')]);
    expect(startsOf(moved)).to.deep.equal(
      ['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25'].map((day) => `${day}T13:00 60`),
    );
  });

  it('is held on the day that was written, and as often as before, or is not moved', () => {
    const cases = fc.record({
      unit: fc.constantFrom('week' as const, 'month' as const),
      every: fc.integer({ min: 1, max: 3 }),
      by: fc.constantFrom('date' as const, 'weekday' as const),
      holidays: fc.constantFrom('skip' as const, 'before' as const, 'after' as const, 'keep' as const),
      first: fc.integer({ min: 0, max: 40 }),
      periods: fc.integer({ min: 2, max: 8 }),
      hasEnd: fc.boolean(),
      which: fc.nat({ max: 7 }),
      days: fc.integer({ min: -40, max: 40 }),
      hours: fc.integer({ min: 0, max: 24 * 60 }),
    });
    const moves = { made: 0, refused: 0 };
    fc.assert(
      fc.property(cases, ({ unit, every, by, holidays, first, periods, hasEnd, which, days, hours }) => {
        const day = Temporal.PlainDate.from('2026-11-24').add({ days: first });
        const until = day.add({ [`${unit}s`]: every * (periods - 1) }).toString();
        const repeat = { unit, every, by, holidays, end: hasEnd ? { until } : { count: periods } };
        const state = meeting({ plan: { one: { start: `${day}T13:00`, minutes: 60 }, repeat } });
        const now = monday.add({ hours });
        const aheadOf = (one: Meeting) => heldOf(one).filter(({ start }) => start > local(now));
        const before = aheadOf(state);
        const seen = before[which];
        if (!seen || days === 0) return;
        const start = `${Temporal.PlainDate.from(seen.start.slice(0, 10)).add({ days })}T13:00`;
        const next = pressed(state, all(start, 60, seen.on), now);
        moves[next === state ? 'refused' : 'made'] += 1;
        if (next === state) return;
        const after = aheadOf(next);
        expect(after.map((one) => one.start)).to.include(start);
        // Of what is left out on holidays there may be more than there was.
        if (holidays === 'skip' || after.length >= before.length) return;
        expect(hasEnd, 'its end came first').to.equal(true);
        const countBefore = (all: readonly Occurrence[], limit: string) =>
          all.filter((one) => one.start < limit).length;
        expect(countBefore(after, start), 'before that one').to.be.at.least(countBefore(before, seen.start));
      }),
      { numRuns: 1000 },
    );
    expect(moves.made, 'so often it was moved').to.be.greaterThan(200);
    expect(moves.refused, 'and so often not').to.be.greaterThan(50);
  });

  it('leaves alone what is going on, but for its length, and what would be past by now', () => {
    const now = inHelsinki('2026-11-26T13:30');
    expect(startsOf(played(series, ['maria', all('2026-11-26T13:00', 90), now])).slice(0, 2)).to.deep.equal([
      '2026-11-26T13:00 90',
      '2026-12-03T13:00 90',
    ]);
    expect(startsOf(played(series, ['maria', all('2026-12-03T16:00', 60, '2026-12-03'), now]))[0]).to.equal(
      '2026-11-26T13:00 60',
    );
    const before = inHelsinki('2026-11-26T12:00');
    expect(
      startsOf(played(series, ['maria', all('2026-12-03T11:00', 60, '2026-12-03'), before])).slice(0, 2),
    ).to.deep.equal(['2026-11-26T13:00 60', '2026-12-03T11:00 60']);
  });

  it('keeps the length of one that has its own when the time alone is another, and the time when the length is', () => {
    const slot = { start: '2026-12-03T09:00', minutes: 90 };
    const alone = played(series, ['maria', { do: 'change', on: '2026-12-03', changes: { slot } }]);
    const second = (command: MeetingCommand) => startsOf(played(alone, ['maria', command]))[1];
    expect(second(all('2026-11-26T14:00'))).to.equal('2026-12-03T14:00 90');
    expect(second(all('2026-11-26T13:00', 45))).to.equal('2026-12-03T09:00 45');
  });

  it('has what has begun put off by whoever reads that one, and what was cancelled before stays on its day', () => {
    const now = inHelsinki('2026-11-26T13:30');
    const [later, next] = startsOf(played(series, ['maria', all('2026-11-26T16:00', 60, '2026-11-26'), now]));
    expect([later, next]).to.deep.equal(['2026-11-26T16:00 60', '2026-12-03T16:00 60']);
    const off = played(
      series,
      ['maria', { do: 'cancel', on: '2026-11-26' }],
      ['maria', all('2026-12-04T13:00', 60, '2026-12-03')],
    );
    expect(startsOf(off).slice(0, 3)).to.deep.equal([
      '2026-11-26T13:00 60 x',
      '2026-12-04T13:00 60',
      '2026-12-11T13:00 60',
    ]);
  });

  it('moves what is to come before the one that was read as well, as far as its new day is to come too', () => {
    const days = (state: Meeting) => heldOf(state).map(({ start }) => start.slice(0, 10));
    const kept = (over: Partial<Repeat>, start = thursday.start) =>
      meeting({
        plan: { one: { start, minutes: 60 }, repeat: weekly({ holidays: 'keep', end: { count: 4 }, ...over }) },
      });
    const tuesdays = all('2026-12-15T13:00', 60, '2026-12-17');
    expect(days(played(kept({}), ['maria', tuesdays, inHelsinki('2026-12-01T12:59')]))).to.deep.equal([
      '2026-11-26',
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
    ]);
    expect(days(played(kept({}), ['maria', tuesdays, inHelsinki('2026-12-01T13:00')]))).to.deep.equal([
      '2026-11-26',
      '2026-12-08',
      '2026-12-15',
      '2026-12-22',
    ]);
    const fortnightly = kept({ every: 2 });
    expect(days(played(fortnightly, ['maria', all('2026-12-25T13:00', 60, '2026-12-24')]))).to.deep.equal([
      '2026-11-27',
      '2026-12-11',
      '2026-12-25',
      '2027-01-08',
    ]);
    // Nothing of it was before March, and nothing is to be.
    const monthly = kept({ unit: 'month', by: 'date', end: { until: '2027-05-25' } }, '2027-03-25T13:00');
    expect(days(played(monthly, ['maria', all('2027-05-26T13:00', 60, '2027-05-25')]))).to.deep.equal([
      '2027-03-26',
      '2027-04-26',
      '2027-05-26',
    ]);
  });

  it('is held as often as before: what fell out on a holiday was one of its dates, a day that is taken is none', () => {
    const days = (state: Meeting) => heldOf(state).map(({ start, on }) => [start.slice(0, 10), on].join(' '));
    const one = { start: '2026-12-17T13:00', minutes: 60 };
    const skipping = meeting({ plan: { one, repeat: weekly({ end: { count: 4 } }) } });
    expect(days(skipping), 'but for Christmas Eve').to.deep.equal(
      ['2026-12-17', '2026-12-31', '2027-01-07'].map((day) => `${day} ${day}`),
    );
    const fridays = all('2027-01-08T13:00', 60, '2027-01-07');
    expect(days(played(skipping, ['maria', fridays, inHelsinki('2027-01-04T09:00')])).slice(-1)).to.deep.equal([
      '2027-01-08 2027-01-08',
    ]);
    const weeks = meeting({ plan: { one: thursday, repeat: weekly({ holidays: 'keep' }) } });
    const early = { start: '2026-12-01T09:00', minutes: 60 };
    const now = inHelsinki('2026-12-02T09:00');
    const back = played(
      weeks,
      ['maria', { do: 'change', on: '2026-12-10', changes: { slot: early } }],
      ['maria', all('2026-12-04T13:00', 60, '2026-12-03'), now],
      ['maria', all('2026-12-03T13:00', 60, '2026-12-04'), now],
    );
    expect(days(back)).to.deep.equal([
      '2026-11-26 2026-11-26',
      '2026-12-01 2026-12-10',
      '2026-12-03 2026-12-03',
      '2026-12-17 2026-12-17',
      '2026-12-24 2026-12-24',
    ]);
  });

  it('keeps cancelled what was cancelled, and has no second holding on the day of one that was held', () => {
    const cancelled = played(series, ['maria', { do: 'cancel', on: '2026-12-10' }]);
    const left = ['2026-12-10', '2026-12-17', '2026-12-24'].map((day) => `${day}T13:00 90`);
    left[0] += ' x';
    expect(startsOf(played(cancelled, ['maria', all('2026-11-26T13:00', 90)])).slice(2, 4)).to.deep.equal(
      left.slice(0, 2),
    );
    const put = played(cancelled, ['maria', all('2026-12-03T13:00')]);
    expect(startsOf(put).slice(0, 2), 'put off by a week').to.deep.equal([
      '2026-12-03T13:00 60',
      '2026-12-10T13:00 60 x',
    ]);
    // That of the 10th was held on the 1st, and the series is moved on the 2nd.
    const now = inHelsinki('2026-12-02T09:00');
    const early = played(series, [
      'maria',
      { do: 'change', on: '2026-12-10', changes: { slot: { start: '2026-12-01T09:00', minutes: 60 } } },
    ]);
    const fridays = played(early, ['maria', all('2026-12-04T13:00'), now]);
    const back = played(fridays, ['maria', all('2026-12-03T13:00', 60, '2026-12-04'), now]);
    expect(heldOf(back).map(({ on, number }) => `${on} ${number}`)).to.deep.equal([
      '2026-11-26 1',
      '2026-12-10 3',
      '2026-12-03 2',
      '2026-12-17 4',
    ]);
  });

  it('loses no holding and gives no name and no number twice, whatever was moved, cancelled and held before', () => {
    const step = fc.record({
      hours: fc.integer({ min: 0, max: 300 }),
      do: fc.constantFrom('cancel' as const, 'change' as const, 'all' as const, 'all' as const),
      which: fc.nat({ max: 4 }),
      days: fc.integer({ min: -9, max: 16 }),
      time: fc.constantFrom('08:00', '13:00', '16:30'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const repeat = weekly({ holidays: 'keep', end: { count: 10 } });
        let state: Meeting = meeting({ plan: { one: thursday, repeat } });
        let now = monday;
        for (const { hours, do: what, which, days, time } of steps) {
          now = now.add({ hours });
          const before = heldOf(state);
          const ahead = before.filter((one) => !one.cancelled && one.start > local(now));
          const one = ahead[which];
          if (!one) continue;
          const start = `${Temporal.PlainDate.from(one.start.slice(0, 10)).add({ days })}T${time}`;
          const command =
            what === 'cancel'
              ? ({ do: 'cancel', on: one.on } as const)
              : ({
                  do: 'change',
                  ...(what === 'all' ? { on: null, at: one.on } : { on: one.on }),
                  changes: { slot: { start, minutes: 60 } },
                } as const);
          const next = pressed(state, command, now);
          const after = heldOf(next);
          const over = before.filter((holding) => holding.start <= local(now));
          expect(after, 'what was held stays').to.deep.include.members(over);
          expect(after, 'none is lost and none is new').to.have.length(before.length);
          for (const part of ['on', 'number'] as const)
            expect(new Set(after.map((holding) => holding[part])).size, part).to.equal(after.length);
          expect(after.map(({ number }) => number)).to.have.members(before.map(({ number }) => number));
          const off = before.filter(({ cancelled }) => cancelled).map(({ on }) => on);
          for (const { on, cancelled } of after) if (off.includes(on)) expect(cancelled, on).to.not.equal(null);
          state = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what was cancelled and what is elsewhere in its week or month, but for the day that was written', () => {
    const own = fc.constantFrom('off' as const, 'away' as const, 'as all' as const);
    const cases = fc.record({
      unit: fc.constantFrom('week' as const, 'month' as const),
      every: fc.integer({ min: 1, max: 3 }),
      own: fc.array(own, { minLength: 6, maxLength: 6 }),
      which: fc.nat({ max: 5 }),
      days: fc.integer({ min: -20, max: 20 }),
      hours: fc.integer({ min: 0, max: 24 * 20 }),
    });
    const away = { online: true, where: '' };
    let moves = 0;
    fc.assert(
      fc.property(cases, ({ unit, every, own: given, which, days, hours }) => {
        const repeat = weekly({ unit, every, holidays: 'keep', end: { count: 6 } });
        let state: Meeting = meeting({ plan: { one: thursday, repeat } });
        const now = monday.add({ hours });
        const ahead = heldOf(state).filter(({ start }) => start > local(monday));
        for (const [index, what] of given.entries()) {
          const on = ahead[index]?.on ?? '';
          if (what === 'off' && index !== which) state = pressed(state, { do: 'cancel', on }, monday);
          if (what === 'away') state = pressed(state, { do: 'change', on, changes: { place: away } }, monday);
        }
        const seen = heldOf(state)[which];
        if (!seen || seen.start <= local(now)) return;
        const day = Temporal.PlainDate.from(seen.on).add({ days });
        const isNear = periodOf(seen.on, unit) === periodOf(day.toString(), unit);
        if (days === 0 || (every > 1 && !isNear)) return;
        const next = pressed(state, all(`${day}T13:00`, 60, seen.on), now);
        if (next === state) return;
        moves += 1;
        const isSame = (one: Occurrence) => (other: Occurrence) => one.on === other.on && one.number === other.number;
        const [before, after] = [heldOf(state), heldOf(next)];
        // What was held stays where it is, and so does what was cancelled before the next one.
        const moved = before.filter((one) => !after.some(isSame(one)));
        for (const one of after) {
          if (before.some(isSame(one))) continue;
          const isWritten = one.on === day.toString();
          const others = moved.filter(({ on }) => on !== seen.on);
          const expected = isWritten ? seen : others.find(({ on }) => periodOf(on, unit) === periodOf(one.on, unit));
          expect(one.cancelled !== null, `${one.on} is off`).to.equal(Boolean(expected?.cancelled));
          expect(one.place.online, `${one.on} is elsewhere`).to.equal(expected?.place.online ?? false);
        }
      }),
      { numRuns: 500 },
    );
    expect(moves, 'so often it was moved').to.be.greaterThan(50);
  });

  it('is told of as it is: no place that is not new to all of it, and of each date by what that is called now', () => {
    const own = fc.constantFrom('off' as const, 'away' as const, 'as all' as const);
    const cases = fc.record({
      own: fc.array(own, { minLength: 6, maxLength: 6 }),
      isHeard: fc.boolean(),
      which: fc.nat({ max: 5 }),
      days: fc.integer({ min: -9, max: 16 }),
      place: fc.constantFrom(null, { online: false, where: 'Skolan' }),
    });
    const away = { online: true, where: '' };
    let moves = 0;
    fc.assert(
      fc.property(cases, ({ own: given, isHeard, which, days, place }) => {
        const repeat = weekly({ holidays: 'keep', end: { count: 6 } });
        let state: Meeting = meeting({ plan: { one: thursday, repeat } });
        for (const [index, { on }] of heldOf(state).entries()) {
          if (given[index] === 'off' && index !== which) state = pressed(state, { do: 'cancel', on }, monday);
          if (given[index] === 'away') state = pressed(state, { do: 'change', on, changes: { place: away } }, monday);
        }
        if (isHeard) state = { ...state, news: { ...state.news, spread: true, untold: [] } };
        const seen = heldOf(state)[which];
        if (!seen) return;
        const start = `${Temporal.PlainDate.from(seen.on).add({ days })}T13:00`;
        const changes = { slot: { start, minutes: 60 }, ...(place && { place }) };
        const next = pressed(state, { do: 'change', on: null, at: seen.on, changes }, monday);
        if (next === state) return;
        moves += 1;
        const held = heldOf(next);
        const { untold = [], ...last } = next.news;
        for (const { what, on, before } of [...untold, last]) {
          if (on === null) {
            const first = held.find(({ number }) => number === before.slot?.number);
            if (before.slot) expect(first, 'the first time that is told').to.include({ cancelled: null });
            expect(Boolean(before.place), 'a place that nobody changed').to.equal(Boolean(place));
            if (before.place) expect(new Set(held.map((one) => one.place.where))).to.deep.equal(new Set(['Skolan']));
            continue;
          }
          const one = held.find((holding) => holding.on === on);
          if (what === 'cancelled') expect(one?.cancelled, `${on} is off`).to.include({ by: people.maria });
          else expect(one?.place, `${on} is elsewhere`).to.deep.equal(place ?? away);
        }
        if (isHeard) expect(untold).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
    expect(moves, 'so often it was moved').to.be.greaterThan(50);
  });

  it('goes on in other weeks with what each had of its own, and with the day that was written held', () => {
    const off = played(series, ['maria', { do: 'cancel', on: '2026-12-10' }]);
    const place = { online: true, where: '' };
    const fridays = played(
      off,
      ['maria', { do: 'change', on: '2026-12-17', changes: { place } }],
      ['maria', all('2026-11-27T13:00')],
    );
    expect(
      heldOf(fridays).map((one) => [one.start.slice(5, 10), one.cancelled !== null, one.place.online]),
    ).to.deep.equal([
      ['11-27', false, false],
      ['12-04', false, false],
      ['12-11', true, false],
      ['12-18', false, true],
    ]);
    const written = played(off, ['maria', all('2026-12-11T13:00')]);
    expect(startsOf(written)[0], 'though that week was off').to.equal('2026-12-11T13:00 60');
    const other = meeting({ plan: { one: thursday, repeat: weekly({ every: 2, end: { count: 4 } }) } });
    const between = played(other, ['maria', { do: 'cancel', on: '2026-12-10' }], ['maria', all('2026-12-03T13:00')]);
    expect(startsOf(between).slice(0, 2), 'every other week').to.deep.equal([
      '2026-12-03T13:00 60',
      '2026-12-17T13:00 60 x',
    ]);
  });

  it('keeps what is new of the date that is going on, which stays where it is', () => {
    const now = inHelsinki('2026-11-26T13:30');
    const longer = { start: thursday.start, minutes: 90 };
    const changed = played(series, ['maria', { do: 'change', on: '2026-11-26', changes: { slot: longer } }, now]);
    const fridays = played(changed, ['maria', all('2026-12-04T13:00', 60, '2026-12-03'), now]);
    expect(fridays.news.untold).to.deep.include.members(
      [changed.news].map(({ what, on, at, before }) => ({ what, on, at, before })),
    );
  });

  it('is at its own time on its other days, also where one had another, which keeps its place', () => {
    const place = { online: true, where: '' };
    const slot = { start: '2026-12-10T09:00', minutes: 90 };
    const own = played(series, ['maria', { do: 'change', on: '2026-12-10', changes: { slot, place } }]);
    const fridays = played(own, ['maria', all('2026-11-27T13:00')]);
    expect(startsOf(fridays)).to.deep.equal(
      ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18'].map((day) => `${day}T13:00 60`),
    );
    expect(heldOf(fridays).map((one) => one.place.online)).to.deep.equal([false, false, true, false]);
    expect(requireSchedule(fridays).changes).to.deep.equal({ '2026-12-11': { place } });
  });

  it('is not moved to where none of it would be left, nor to a day that it has had; within the week its end goes with it', () => {
    const ending = meeting({ plan: { one: thursday, repeat: weekly({ end: { until: '2026-12-17' } }) } });
    const refused = (state: Meeting, start: string, now = monday) =>
      refusal(() => decide(state, all(start), sceneOf('maria', now)));
    expect(refused(ending, '2026-12-21T13:00')).to.equal('meeting.endsFirst');
    expect(refused(ending, '2026-12-17T13:00')).to.equal(null);
    const fridays = played(ending, ['maria', all('2026-11-27T13:00')]);
    expect(startsOf(fridays)).to.deep.equal(
      ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18'].map((day) => `${day}T13:00 60`),
    );
    const later = played(ending, ['maria', all('2026-12-04T13:00')]);
    expect(startsOf(later)).to.deep.equal(['2026-12-04', '2026-12-11'].map((day) => `${day}T13:00 60`));
    expect(refused(ending, '2026-11-26T16:00', inHelsinki('2026-11-26T14:30'))).to.equal('meeting.dayTaken');
    const cancelled = played(ending, ['maria', { do: 'cancel', on: '2026-12-10' }]);
    expect(refused(cancelled, '2026-12-10T13:00')).to.equal('meeting.dayTaken');
    const beyond = all('2026-12-21T13:00', 60, '2026-12-17');
    expect(refusal(() => decide(ending, beyond, sceneOf('maria')))).to.equal('meeting.endsFirst');
    const last = inHelsinki('2026-12-17T13:30');
    expect(refused(ending, '2026-12-18T13:00', last), 'while the last is going on').to.equal('meeting.endsFirst');
  });

  it('has the same dates, names and numbers whatever is done to its time and length', () => {
    const step = fc.record({
      days: fc.integer({ min: 0, max: 60 }),
      time: fc.constantFrom('08:00', '13:00', '16:30'),
      minutes: fc.constantFrom(30, 60, 90),
    });
    const rules = fc.constantFrom('skip' as const, 'before' as const, 'after' as const, 'keep' as const);
    fc.assert(
      fc.property(rules, fc.array(step, { maxLength: 6 }), (holidays, steps) => {
        const first = meeting({ plan: { one: thursday, repeat: weekly({ holidays, end: { count: 10 } }) } });
        const same = (state: Meeting) => heldOf(state).map(({ on, number, start }) => [on, number, start.slice(0, 10)]);
        let state: Meeting = first;
        for (const { days, time, minutes } of steps.toSorted((a, b) => a.days - b.days)) {
          const now = monday.add({ hours: days * 24 - 8 });
          const next = nextOf(heldOf(state), state.zone, now);
          if (!next) break;
          const over = heldOf(state).filter(({ start }) => start < next.start);
          state = played(state, ['maria', all(`${next.start.slice(0, 10)}T${time}`, minutes), now]);
          expect(heldOf(state)).to.deep.include.members(over);
          expect(nextOf(heldOf(state), state.zone, now)).to.deep.include({ on: next.on, minutes });
        }
        expect(same(state)).to.deep.equal(same(first));
      }),
    );
  });
});
