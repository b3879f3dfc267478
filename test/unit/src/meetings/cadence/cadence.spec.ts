import { expect } from 'chai';
import type { Directory } from '../../../../../src/directory/model.ts';
import {
  askedOn,
  type Cadence,
  cadenceName,
  cadencesOf,
  dueAfter,
  maySeeCadence,
  proposalsFor,
  type SeenCadences,
} from '../../../../../src/meetings/cadence/cadence.ts';
import type { MeetingKind, Repeat, Slot } from '../../../../../src/meetings/model.ts';
import { type MeetingPolicy, meetingSettings } from '../../../../../src/meetings/settings.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { type BodyId, bodyId } from '../../../../../src/shared/ids.ts';
import { isFinnishHoliday } from '../../../../../src/shared/working-time.ts';
import { actor, calendar, exampleDirectory, lojo, people, raseborg } from '../../../../support/builders.ts';
import { meeting, played, pollPlan } from '../../../../support/meetings.ts';

const management = bodyId('management:vastra-nyland');
const steering = bodyId('steering:vastra-nyland');
const usual = meetingSettings.parse({}).cadence;
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
/** Who leads each. */
const leading = { [lojo]: 'maria', [raseborg]: 'gunilla', [management]: 'kaisa', [steering]: 'kaisa' } as const;

/** At ten in Helsinki. */
const at = (day: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(`${day}T10:00`).toZonedDateTime('Europe/Helsinki').toInstant();

/** Held, or to be held, once on that day at 13. */
function once(day: string, kind: MeetingKind = 'meeting', body: BodyId = lojo): StoredMeeting {
  return meeting(
    { kind, body, plan: { one: { start: `${day}T13:00`, minutes: 60 }, repeat: null } },
    { id: `${kind} ${day}` },
  );
}

interface Looked {
  directory?: Directory;
  cadence?: Partial<MeetingPolicy['cadence']>;
  since?: string;
}

function all(
  day: string,
  meetings: readonly StoredMeeting[],
  { directory = exampleDirectory(), cadence = {}, since = day }: Looked = {},
) {
  const policy = { cadence: { ...usual, ...cadence } };
  return cadencesOf(meetings, { directory, calendar, policy, now: at(day), since: () => since });
}

function one(
  day: string,
  meetings: readonly StoredMeeting[],
  looked: Looked & { body?: BodyId; kind?: MeetingKind } = {},
): Cadence {
  const { body = lojo, kind = 'meeting' } = looked;
  const found = all(day, meetings, looked).find((cadence) => cadence.body.id === body && cadence.kind === kind);
  if (!found) throw new Error('It is watched.');
  return found;
}

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
    expect(last(once('2026-11-24'), once('2026-11-26'))).to.equal('2026-11-26');
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

describe('the times that are proposed', () => {
  const slotsOn = (
    day: string,
    meetings: readonly StoredMeeting[],
    taken: readonly Slot[] = [],
    kind: MeetingKind = 'meeting',
    body = lojo,
  ) =>
    proposalsFor(one(day, meetings, { kind, body, since: '2026-11-23' }), taken, {
      calendar,
      now: at(day),
      length: 60,
    }).map(({ start, minutes }) => `${start} ${minutes}`);

  it('are like the last one, on its weekday first, and within the interval', () => {
    // On Thursdays at 13: of December the last two are holidays or a day before.
    const held = [once('2026-11-26', 'supervision')];
    expect(slotsOn('2026-12-01', held, [], 'supervision')).to.deep.equal(
      ['2026-12-10T13:00 60', '2026-12-17T13:00 60', '2026-12-31T13:00 60', '2026-12-04T13:00 60'].toSorted(),
    );
  });

  it('are never on a holiday or a weekend, nor when somebody who is invited is elsewhere', () => {
    for (let day = date('2026-11-23'); day.year < 2028; day = day.add({ days: 1 })) {
      for (const cadence of all(day.toString(), [], { since: '2026-11-23' })) {
        const found = proposalsFor(cadence, [], { calendar, now: at(day.toString()), length: 60 });
        expect(found.length, String(day)).to.be.within(2, 4);
        for (const { start } of found) {
          const on = date(start.slice(0, 10));
          expect(on.dayOfWeek, start).to.be.at.most(5);
          expect(isFinnishHoliday(on), start).to.equal(false);
          expect(day.until(on).days, start).to.be.at.least(2);
        }
      }
    }
    const taken = [
      { start: '2026-12-02T08:30', minutes: 60 },
      { start: '2026-12-03T08:00', minutes: 480 },
    ];
    expect(slotsOn('2026-11-30', [], taken)).to.deep.equal(['2026-12-02T13:00 60', '2026-12-04T09:00 60']);
  });

  it('are at the same time of day across both changes of the clocks, and none is in the hour that does not exist', () => {
    const held = meeting({ plan: { one: { start: '2027-03-21T03:30', minutes: 60 }, repeat: null } });
    expect(slotsOn('2027-03-22', [held]).every((slot) => slot.includes('T03:30'))).to.equal(true);
    const spring = slotsOn('2027-03-22', [once('2027-03-18', 'supervision')], [], 'supervision');
    expect(spring.every((slot) => slot.includes('T13:00'))).to.equal(true);
  });

  it('give people more days the rarer the meeting is', () => {
    const [weekly] = slotsOn('2026-11-30', []);
    expect(weekly?.slice(0, 10)).to.equal('2026-12-02');
    const [rare] = slotsOn('2027-04-05', [], [], 'meeting', steering);
    expect(rare?.slice(0, 10)).to.equal('2027-04-19');
  });
});
