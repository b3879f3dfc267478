import { expect } from 'chai';
import { type Cadence, cadenceName, dueAfter, maySeeCadence } from '../../../../../src/meetings/cadence/cadence.ts';
import type { MeetingKind, Repeat } from '../../../../../src/meetings/model.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { type BodyId, bodyId } from '../../../../../src/shared/ids.ts';
import { actor, calendar, exampleDirectory, lojo, people, raseborg } from '../../../../support/builders.ts';
import { meeting, played, pollPlan } from '../../../../support/meetings.ts';
import { all, at, date, management, once, one, steering } from './support.ts';

/** Who leads each. */
const leading = { [lojo]: 'maria', [raseborg]: 'gunilla', [management]: 'kaisa', [steering]: 'kaisa' } as const;

const dates = ({ last, next, due, period, state }: Cadence): string =>
  [last?.start.slice(0, 10) ?? '-', next?.start.slice(0, 10) ?? '-', due, period, state].join(' ');

describe('the end of an interval', () => {
  const endOf = (day: string, interval: Parameters<typeof dueAfter>[1]): string =>
    dueAfter(date(day), interval, calendar).toString();

  it('is that of the week, or the month, so many after the one of the date', () => {
    expect(endOf('2026-11-23', { weeks: 1 })).to.equal('2026-12-06');
    expect(endOf('2026-11-29', { weeks: 1 })).to.equal('2026-12-06');
    expect(endOf('2026-11-23', { weeks: 3 })).to.equal('2026-12-20');
    expect(endOf('2026-11-02', { months: 1 })).to.equal('2026-12-31');
    expect(endOf('2027-01-31', { months: 1 })).to.equal('2027-02-28');
    expect(endOf('2026-08-31', { months: 6 })).to.equal('2027-02-28');
    expect(endOf('2028-02-29', { months: 12 })).to.equal('2029-02-28');
  });

  it('counts no week in which a holiday falls out', () => {
    // The weeks of Christmas Eve, New Year and Epiphany.
    expect(endOf('2026-12-17', { weeks: 1 })).to.equal('2027-01-17');
    // Ascension Day 2027 is a Thursday; Independence Day 2026 a Sunday, on which nobody works anyway.
    expect(endOf('2027-04-29', { weeks: 1 })).to.equal('2027-05-16');
    expect(endOf('2026-11-27', { weeks: 1 })).to.equal('2026-12-06');
  });

  it('never breaks the rhythm of a series that the product itself offers, for two years', () => {
    const series = (
      repeat: Pick<Repeat, 'unit' | 'every' | 'by'>,
      kind: MeetingKind,
      body: BodyId,
      holidays: Repeat['holidays'],
    ) =>
      meeting(
        {
          kind,
          body,
          plan: {
            one: { start: '2026-11-26T13:00', minutes: 60 },
            repeat: { ...repeat, end: { until: '2028-11-20' }, holidays },
          },
        },
        { by: leading[body] ?? 'maria' },
      );
    const weekly = { unit: 'week', every: 1, by: 'weekday' } as const;
    const months = (every: number) => ({ unit: 'month', every, by: 'weekday' }) as const;
    const offered = [
      series(weekly, 'meeting', lojo, 'skip'),
      series(months(1), 'supervision', lojo, 'after'),
      series({ ...months(1), by: 'date' }, 'supervision', raseborg, 'before'),
      series(months(6), 'meeting', steering, 'before'),
      series(months(6), 'meeting', management, 'after'),
      series(months(12), 'seminar', management, 'after'),
    ];
    const named = new Set(offered.map(({ body, kind }) => cadenceName(body, kind)));
    for (let day = date('2026-11-27'); day.year < 2028; day = day.add({ days: 5 })) {
      for (const cadence of all(day.toString(), offered, { since: '2026-11-26' })) {
        const name = cadenceName(cadence.body.id, cadence.kind);
        if (!named.has(name)) continue;
        expect(cadence.state, `${name} on ${day}`).to.equal('kept');
        expect(cadence.year.broken, `${name} on ${day}`).to.equal(0);
      }
    }
  });
});

describe('the rhythm of a body', () => {
  it('is kept while there is time, or the next one is in time; soon it is not; and then it is missed', () => {
    const held = once('2026-11-26', 'supervision');
    const kind = 'supervision';
    const stands = (day: string, ...more: StoredMeeting[]) => dates(one(day, [held, ...more], { kind }));
    expect(stands('2026-12-15')).to.equal('2026-11-26 - 2026-12-31 2026-12-31 kept');
    expect(stands('2026-12-16')).to.equal('2026-11-26 - 2026-12-31 2026-12-31 soon');
    expect(stands('2026-12-16', once('2026-12-31', kind))).to.equal('2026-11-26 2026-12-31 2026-12-31 2026-12-31 kept');
    expect(stands('2026-12-16', once('2027-01-04', kind))).to.equal('2026-11-26 2027-01-04 2026-12-31 2026-12-31 soon');
    expect(stands('2027-01-01')).to.equal('2026-11-26 - 2026-12-31 2027-01-31 missed');
    expect(stands('2027-03-01')).to.equal('2026-11-26 - 2026-12-31 2027-03-31 missed');
  });

  it('is of each kind by itself: supervision is no meeting of the team, and a case none of either', () => {
    const held = [once('2026-11-24', 'supervision'), once('2026-11-25', 'case')];
    expect(one('2026-11-30', held).last).to.equal(null);
    expect(one('2026-11-30', held, { kind: 'supervision' }).last?.start).to.equal('2026-11-24T13:00');
    const kinds = (body: BodyId) =>
      all('2026-11-30', []).flatMap((cadence) => (cadence.body.id === body ? [cadence.kind] : []));
    expect(kinds(lojo)).to.deep.equal(['meeting', 'supervision']);
    expect(kinds(management)).to.deep.equal(['meeting', 'seminar']);
    expect(kinds(steering)).to.deep.equal(['meeting']);
    expect(kinds(bodyId('development:vastra-nyland')), 'of which no region decides').to.deep.equal([]);
  });

  it('begins when a body is first watched: what was never held is to be held within the first interval from there', () => {
    expect(dates(one('2026-11-23', []))).to.equal('- - 2026-12-06 2026-12-06 kept');
    expect(dates(one('2026-11-30', [], { since: '2026-11-23' }))).to.equal('- - 2026-12-06 2026-12-06 soon');
    expect(dates(one('2026-12-07', [], { since: '2026-11-23' }))).to.equal('- - 2026-12-06 2026-12-13 missed');
  });

  it('counts neither what was cancelled nor what nobody came to; what nobody has recorded was held', () => {
    const came = (day: string, who: readonly (typeof people)['petri'][]) =>
      played(once(day), ['maria', { do: 'record', on: day, came: who }, at(day).add({ hours: 8 })]);
    const cancelled = played(once('2026-11-26'), ['maria', { do: 'cancel', on: '2026-11-26' }]);
    const last = (...meetings: StoredMeeting[]) => one('2026-11-30', meetings).last?.start.slice(0, 10) ?? null;
    expect(last(once('2026-11-24'), cancelled)).to.equal('2026-11-24');
    expect(last(once('2026-11-24'), came('2026-11-26', []))).to.equal('2026-11-24');
    expect(last(once('2026-11-24'), came('2026-11-26', [people.petri]))).to.equal('2026-11-26');
    const late = (who: readonly (typeof people)['petri'][]) =>
      played(once('2026-11-10'), ['maria', { do: 'record', on: '2026-11-10', came: who }, at('2026-11-20')]);
    expect(last(once('2026-11-09'), late([])), 'nobody, told by number').to.equal('2026-11-09');
    expect(last(once('2026-11-09'), late([people.petri])), 'one, told by number').to.equal('2026-11-10');
    expect(last(once('2026-11-24'), once('2026-11-26'))).to.equal('2026-11-26');
  });

  it('counts what was held of a series before that was ended', () => {
    const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 6 }, holidays: 'keep' };
    const series = meeting({ plan: { one: { start: '2026-11-26T13:00', minutes: 60 }, repeat: weekly } });
    const ended = played(series, ['maria', { do: 'cancel', on: null }, at('2026-11-30')]);
    const { last, next, year } = one('2026-11-30', [ended]);
    expect([last?.start, next, year.held, year.planned]).to.deep.equal(['2026-11-26T13:00', null, 1, 0]);
  });

  it('is looked after while a time is being found, which is none of a poll that nobody picked from in time', () => {
    const poll = meeting({ plan: pollPlan() });
    const proposal = meeting({}, { by: 'petri' });
    expect(one('2026-11-25', [poll]).isSought).to.equal(true);
    expect(one('2026-12-04', [poll]).isSought).to.equal(false);
    expect(one('2026-11-25', [proposal]).isSought).to.equal(true);
    expect(one('2026-11-27', [proposal]).isSought).to.equal(false);
    const withdrawn = played(poll, ['maria', { do: 'cancel', on: null }]);
    expect(one('2026-11-25', [withdrawn]).isSought).to.equal(false);
  });

  it('tells how often it was broken this year, and how many there are yet', () => {
    const held = ['2026-11-05', '2026-12-31', '2027-01-07', '2027-02-04', '2027-02-11', '2027-03-04'].map((day) =>
      once(day),
    );
    const { year } = one('2027-03-08', [...held, once('2027-03-10'), once('2028-01-03')]);
    // From November to the last day of the year too long passed, but that is last year's.
    expect(year).to.deep.equal({ held: 4, broken: 2, planned: 1 });
    expect(one('2027-03-15', held).year).to.deep.equal({ held: 4, broken: 3, planned: 0 });
  });

  it('follows the region file: what it makes null is not watched, and another interval counts from the last meeting', () => {
    expect(all('2026-11-30', [], { cadence: { team: null, seminar: null } }).map(({ kind }) => kind)).to.deep.equal([
      ...Array(4).fill('supervision'),
      ...['meeting', 'meeting'],
    ]);
    const held = [once('2026-11-24')];
    expect(dates(one('2026-12-07', held))).to.equal('2026-11-24 - 2026-12-06 2026-12-13 missed');
    expect(dates(one('2026-12-07', held, { cadence: { team: { weeks: 4 } } }))).to.equal(
      '2026-11-24 - 2027-01-17 2027-01-17 kept',
    );
  });

  it('is not watched of a body that is closed', () => {
    const directory = exampleDirectory();
    directory.bodies = directory.bodies.map((body) => ({ ...body, closed: body.id === lojo }));
    expect(all('2026-11-30', [], { directory }).some(({ body }) => body.id === lojo)).to.equal(false);
  });

  it('is seen by who belongs to it, and of the whole region by who leads the management team', () => {
    const region = exampleDirectory();
    const seenBy = (who: 'petri' | 'gunilla' | 'kaisa') =>
      region.bodies.filter(({ id }) => maySeeCadence(id, actor(who), region)).map(({ id }) => id);
    expect(seenBy('petri')).to.deep.equal([lojo]);
    expect(seenBy('gunilla')).to.deep.equal([raseborg]);
    expect(seenBy('kaisa')).to.have.length(region.bodies.length);
  });
});
