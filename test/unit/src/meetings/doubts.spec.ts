import { expect } from 'chai';
import { doubtsOf, doubtsOfChange } from '../../../../src/meetings/doubts.ts';
import type { Plan, Slot } from '../../../../src/meetings/model.ts';
import { calendar, type ExamplePerson, people } from '../../../support/builders.ts';
import { meeting, pollPlan, thursday } from '../../../support/meetings.ts';

const at = (start: string, minutes = 60): Slot => ({ start, minutes });
const named = (plan: Plan, ...busy: Parameters<typeof doubtsOf>[1]): string[] =>
  doubtsOf({ plan }, busy, { calendar, maySee: () => true }).map(({ is, slot }) => `${is} ${slot.start}`);
const once = (start: string, minutes?: number): Plan => ({ one: at(start, minutes), repeat: null });

describe('what speaks against a meeting', () => {
  it('is nothing within working hours', () => {
    for (const plan of [once('2026-11-26T08:00'), once('2026-11-26T15:00'), once('2026-11-26T08:00', 480), pollPlan()])
      expect(named(plan)).to.deep.equal([]);
  });

  it('is that it begins before work does, or ends after it', () => {
    for (const [start, minutes, is] of [
      ['2026-11-26T07:59', 60, 'hours'],
      ['2026-11-26T15:59', 60, 'ends'],
      ['2026-11-26T16:00', 60, 'hours'],
      ['2026-11-26T15:01', 60, 'ends'],
      ['2026-11-26T15:00', 720, 'ends'],
      ['2026-11-26T20:00', 720, 'hours'],
    ] as const)
      expect(named(once(start, minutes)), start).to.deep.equal([`${is} ${start}`]);
  });

  it('is a weekend or a holiday, and then no word about the hours', () => {
    expect(named(once('2026-11-28T20:00'))).to.deep.equal(['weekend 2026-11-28T20:00']);
    expect(named(once('2027-01-06T20:00'))).to.deep.equal(['holiday 2027-01-06T20:00']);
    expect(named(once('2026-12-06T09:00')), 'both').to.deep.equal(['holidayWeekend 2026-12-06T09:00']);
  });

  it('is no holiday of a series that was told what to do then', () => {
    const series = (holidays: 'skip' | 'after' | 'keep'): Plan => ({
      one: at('2027-01-06T09:00'),
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays },
    });
    expect(named(series('skip'))).to.deep.equal([]);
    expect(named(series('after'))).to.deep.equal([]);
    expect(named(series('keep'))).to.deep.equal(['holiday 2027-01-06T09:00']);
    const sundays = { ...series('skip'), one: at('2026-12-06T09:00') };
    expect(named(sundays), 'and still a weekend').to.deep.equal(['weekend 2026-12-06T09:00']);
  });

  it('is told of each proposed time', () => {
    const options = [
      { id: 'a', ...at('2026-11-28T09:00') },
      { id: 'b', ...at('2026-11-30T18:00') },
    ];
    expect(named({ ...pollPlan(), options })).to.deep.equal(['weekend 2026-11-28T09:00', 'hours 2026-11-30T18:00']);
  });

  it('is all that each person has then, at its own time, with the other meeting only where its reader may know it', () => {
    const other = meeting();
    const busy = [at('2026-11-26T12:30'), at('2026-11-26T13:30')].map((held) => {
      return { person: people.petri, slot: thursday, at: held, with: other };
    });
    const told = (maySee: boolean) =>
      doubtsOf({ plan: once(thursday.start) }, busy, { calendar, maySee: () => maySee });
    expect(told(true)).to.deep.equal(busy.map((one) => ({ is: 'busy', ...one })));
    expect(told(false)).to.deep.equal(busy.map((one) => ({ is: 'busy', ...one, with: null })));
  });
});

describe('what speaks against a change', () => {
  const held = (...starts: string[]): Slot[] => starts.map((start) => at(start));
  const weighing = { calendar, maySee: () => true };
  const weekly = { unit: 'week', every: 1, by: 'weekday', end: { count: 3 } } as const;
  const busy = (start: string, who: ExamplePerson, other = meeting()) => ({
    person: people[who],
    slot: at(start),
    at: at(start),
    with: other,
  });
  const [early, late] = ['2026-11-26T06:00', '2026-12-03T20:00'];

  it('is nothing that spoke against the meeting already', () => {
    const before = { slots: held(early, late), conflicts: [busy(early, 'petri')] };
    expect(doubtsOfChange(before, before, null, weighing)).to.deep.equal([]);
  });

  it('is the hour or the day to which one is moved', () => {
    const before = { slots: held(early, thursday.start), conflicts: [] };
    const after = { slots: held(early, late), conflicts: [] };
    expect(doubtsOfChange(before, after, null, weighing)).to.deep.equal([{ is: 'hours', slot: at(late) }]);
  });

  it('is a holiday to which one is moved, but none on which a series has none', () => {
    const before = { slots: held(thursday.start), conflicts: [] };
    const after = { slots: held('2027-01-06T09:00'), conflicts: [] };
    const told = (repeat: Parameters<typeof doubtsOfChange>[2]) =>
      doubtsOfChange(before, after, repeat, weighing).map(({ is }) => is);
    expect(told(null)).to.deep.equal(['holiday']);
    expect(told({ ...weekly, holidays: 'skip' })).to.deep.equal([]);
    expect(told({ ...weekly, holidays: 'keep' })).to.deep.equal(['holiday']);
  });

  it('is of a poll each time that is new, and of a series its first alone', () => {
    const after = { slots: held(early, '2026-12-05T09:00', late), conflicts: [] };
    const told = (of: Parameters<typeof doubtsOfChange>[2]) =>
      doubtsOfChange({ slots: held(early), conflicts: [] }, after, of, weighing).map(({ is }) => is);
    expect(told('poll')).to.deep.equal(['weekend', 'hours']);
    expect(told({ ...weekly, holidays: 'skip' })).to.deep.equal(['weekend']);
  });

  it('is another meeting of somebody, though they had one at another time before, or another then', () => {
    const moved = '2026-12-10T09:00';
    const known = busy(early, 'petri');
    const before = { slots: held(early, thursday.start), conflicts: [known] };
    const told = (...more: ReturnType<typeof busy>[]) =>
      doubtsOfChange(before, { slots: held(early, moved), conflicts: [known, ...more] }, null, weighing).map(
        ({ is, slot }) => `${is} ${slot.start}`,
      );
    expect(told(busy(moved, 'petri'))).to.deep.equal([`busy ${moved}`]);
    expect(told(busy(early, 'petri', meeting({}, { id: 'another' })))).to.deep.equal([`busy ${early}`]);
    expect(told(busy(early, 'niina'))).to.deep.equal([`busy ${early}`]);
    expect(told()).to.deep.equal([]);
  });
});
