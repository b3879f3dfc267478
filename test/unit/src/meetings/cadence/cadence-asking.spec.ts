import { expect } from 'chai';
import type { Directory } from '../../../../../src/directory/model.ts';
import { cadenceName, cadencesOf } from '../../../../../src/meetings/cadence/cadence.ts';
import { askedOn, type SeenCadences } from '../../../../../src/meetings/cadence/cadence-asking.ts';
import type { Repeat } from '../../../../../src/meetings/model.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { isFinnishHoliday } from '../../../../../src/shared/working-time.ts';
import { calendar, exampleDirectory, lojo, people } from '../../../../support/builders.ts';
import { meeting, pollPlan } from '../../../../support/meetings.ts';
import { at, date, type Looked, once, usual } from './support.ts';

/** Every morning on which people work, until a date; whom it asks about Lojo, by date. */
function mornings(
  meetings: (day: string) => readonly StoredMeeting[],
  {
    from,
    until,
    directory = exampleDirectory(),
    seen: first = {},
    cadence = {},
  }: { from: string; until: string; directory?: Directory; seen?: SeenCadences; cadence?: Looked['cadence'] },
): { asked: string[]; seen: SeenCadences } {
  const asked: string[] = [];
  let seen = first;
  for (let day = date(from); Temporal.PlainDate.compare(day, date(until)) <= 0; day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5 || isFinnishHoliday(day)) continue;
    const known = seen;
    const policy = { cadence: { ...usual, ...cadence } };
    const since = (name: string): string => known[name]?.since ?? day.toString();
    const cadences = cadencesOf(meetings(day.toString()), {
      directory,
      calendar,
      policy,
      now: at(day.toString()),
      since,
    });
    const looked = askedOn(day, cadences, { seen, toldOn: day.toString() }, directory);
    seen = looked.seen;
    for (const { cadence: one, leaders } of looked.asking)
      if (one.body.id === lojo && leaders.includes(people.maria)) asked.push(`${day} ${one.kind}`);
  }
  return { asked, seen };
}

describe('the question for a time', () => {
  it('comes once in an interval, towards its end, and again in the next when nobody has done anything', () => {
    const { asked } = mornings(() => [], { from: '2026-11-23', until: '2026-12-31' });
    expect(asked).to.deep.equal([
      '2026-11-30 meeting',
      '2026-12-07 meeting',
      '2026-12-14 meeting',
      '2026-12-16 supervision',
      // Of the weeks with Christmas, New Year and Epiphany nobody is asked; the next whole one ends on 17 January.
    ]);
  });

  it('does not come while a meeting is planned, or a time is sought', () => {
    const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 60 }, holidays: 'skip' };
    const series = meeting({ plan: { one: { start: '2026-11-24T09:00', minutes: 60 }, repeat: weekly } });
    const supervision = { ...series, id: 'supervision', kind: 'supervision' as const };
    expect(mornings(() => [series, supervision], { from: '2026-11-23', until: '2027-12-31' }).asked).to.deep.equal([]);
    const poll = meeting({ plan: pollPlan() });
    expect(mornings(() => [poll], { from: '2026-11-30', until: '2026-12-03' }).asked).to.deep.equal([]);
  });

  it('comes though a meeting is planned, if that is too late', () => {
    const held = [once('2026-11-26'), once('2026-11-26', 'supervision'), once('2026-12-31', 'supervision')];
    const days = { from: '2026-11-30', until: '2026-12-04' };
    expect(mornings(() => [...held, once('2026-12-04')], days).asked).to.deep.equal([]);
    expect(mornings(() => [...held, once('2026-12-17')], days).asked).to.deep.equal(['2026-11-30 meeting']);
  });

  it('waits for a leader where there is none, and comes to the next one though the interval is over', () => {
    const without = exampleDirectory();
    without.members = without.members.filter(({ person }) => person !== people.maria);
    const held = [once('2026-11-26', 'supervision'), once('2026-12-31'), once('2027-01-07')];
    const first = mornings(() => held, { from: '2026-12-14', until: '2027-01-08', directory: without });
    expect(first.asked).to.deep.equal([]);
    const next = mornings(() => held, { from: '2027-01-11', until: '2027-01-13', seen: first.seen });
    // The week that runs is a whole one, and a team meets in it.
    expect(next.asked).to.deep.equal(['2027-01-11 meeting', '2027-01-11 supervision']);
  });

  it('comes anew, once, when the region file asks for more', () => {
    const held = [once('2026-11-26'), once('2026-11-26', 'supervision')];
    const rare = { team: { months: 6 }, supervision: null };
    const first = mornings(() => held, { from: '2026-11-27', until: '2027-01-15', cadence: rare });
    expect(first.asked).to.deep.equal([]);
    const then = mornings(() => held, {
      from: '2027-01-18',
      until: '2027-01-22',
      seen: first.seen,
      cadence: { team: { months: 1 }, supervision: null },
    });
    expect(then.asked).to.deep.equal(['2027-01-18 meeting']);
  });

  it('forgets what is watched no more: when it is again, it begins anew', () => {
    const first = mornings(() => [], { from: '2026-11-23', until: '2026-11-23' });
    expect(first.seen[cadenceName(lojo, 'meeting')]?.since).to.equal('2026-11-23');
    const off = mornings(() => [], {
      from: '2026-11-24',
      until: '2026-11-24',
      seen: first.seen,
      cadence: { team: null },
    });
    expect(off.seen[cadenceName(lojo, 'meeting')]).to.equal(undefined);
  });
});
