import { expect } from 'chai';
import { doubtsOf } from '../../../../src/meetings/doubts.ts';
import type { Plan, Slot } from '../../../../src/meetings/model.ts';
import { calendar, people } from '../../../support/builders.ts';
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
    for (const [start, minutes] of [
      ['2026-11-26T07:59', 60],
      ['2026-11-26T15:01', 60],
      ['2026-11-26T15:00', 720],
      ['2026-11-26T20:00', 720],
    ] as const)
      expect(named(once(start, minutes)), start).to.deep.equal([`hours ${start}`]);
  });

  it('is a weekend or a holiday, and then no word about the hours', () => {
    expect(named(once('2026-11-28T20:00'))).to.deep.equal(['weekend 2026-11-28T20:00']);
    expect(named(once('2027-01-06T20:00'))).to.deep.equal(['holiday 2027-01-06T20:00']);
  });

  it('is no holiday of a series that was told what to do then', () => {
    const series = (holidays: 'skip' | 'after' | 'keep'): Plan => ({
      one: at('2027-01-06T09:00'),
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays },
    });
    expect(named(series('skip'))).to.deep.equal([]);
    expect(named(series('after'))).to.deep.equal([]);
    expect(named(series('keep'))).to.deep.equal(['holiday 2027-01-06T09:00']);
  });

  it('is told of each proposed time', () => {
    const options = [
      { id: 'a', ...at('2026-11-28T09:00') },
      { id: 'b', ...at('2026-11-30T18:00') },
    ];
    expect(named({ ...pollPlan(), options })).to.deep.equal(['weekend 2026-11-28T09:00', 'hours 2026-11-30T18:00']);
  });

  it('is told of each person once, with the other meeting only where its reader may know it', () => {
    const other = meeting();
    const busy = [thursday, at('2026-12-03T13:00')].map((slot) => ({ person: people.petri, slot, with: other }));
    const told = (maySee: boolean) =>
      doubtsOf({ plan: once(thursday.start) }, busy, { calendar, maySee: () => maySee });
    expect(told(true)).to.deep.equal([{ is: 'busy', person: people.petri, slot: thursday, with: other }]);
    expect(told(false)).to.deep.equal([{ is: 'busy', person: people.petri, slot: thursday, with: null }]);
  });
});
