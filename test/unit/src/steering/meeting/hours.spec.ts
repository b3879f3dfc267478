import { expect } from 'chai';
import fc from 'fast-check';
import { dateIn } from '../../../../../src/shared/clock.ts';
import { beginSaid, hoursSaid, likelyBegin, likelyEnd, onTheWall } from '../../../../../src/steering/meeting/hours.ts';
import type { Proceedings, Sitting } from '../../../../../src/steering/model.ts';
import { agenda, holding, idOf, region } from '../../../../support/agendas.ts';
import { refusal } from '../../../../support/builders.ts';

const { timeZone } = region.policy;
const at = (words: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(words).toZonedDateTime(timeZone).toInstant();
const when = (words: string) => ({ now: at(words), directory: region });
const wall = (instant: string): string => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toString();
/** For a meeting that is planned for these times on the wall. */
const planned = (begins: string, ends: string) =>
  agenda({}, holding({ begins: at(begins).toString(), ends: at(ends).toString() }));
/** The same, begun at that time. */
function begun(
  began: string,
  over: Partial<Proceedings> = {},
  sitting = usual,
): Sitting & { proceedings: Proceedings } {
  const mark = { by: sitting.begun.by, at: at(began).toString() };
  const none = { closed: null, seats: [], chairs: [], secretary: null, presence: [], records: {} };
  return { ...sitting, proceedings: { opened: mark, began: mark.at, ...none, ...over } };
}
/** On Thursday 17 December from 13 to 14. */
const usual = planned('2026-12-17T13:00', '2026-12-17T14:00');

type Hours = Parameters<typeof hoursSaid>;
const endSaid = (sitting: Hours[0], ended: string | null, when_: Hours[2]): string =>
  hoursSaid(sitting, { began: null, ended }, when_).ended;

describe('when a meeting began', () => {
  it('is likely its time where it is opened before that, and else now', () => {
    expect(likelyBegin(usual, at('2026-12-17T12:50')).toString()).to.equal(at('2026-12-17T13:00').toString());
    expect(likelyBegin(usual, at('2026-12-17T13:07')).toString()).to.equal(at('2026-12-17T13:07').toString());
    expect(likelyBegin({ holding: null }, at('2026-12-17T12:50')).toString()).to.equal(
      at('2026-12-17T12:50').toString(),
    );
    for (const now of ['2026-12-17T12:50', '2026-12-17T13:07'])
      expect(beginSaid(usual, null, when(now)), now).to.equal(
        likelyBegin(usual, at(now)).toString({ smallestUnit: 'millisecond' }),
      );
  });

  it('is as it is said on the wall, of the day of the meeting also on the day after', () => {
    for (const now of ['2026-12-17T13:20', '2026-12-18T09:00'])
      expect(wall(beginSaid(usual, '13:02', when(now))), now).to.equal('2026-12-17T13:02:00+02:00[Europe/Helsinki]');
    expect(wall(beginSaid(usual, '12:45', when('2026-12-17T12:50'))), 'before its time').to.include('T12:45:00');
    expect(wall(beginSaid({ holding: null }, '13:02', when('2026-12-18T15:00'))), 'of today without one').to.include(
      '2026-12-18T13:02',
    );
  });

  it('is as it was nearest to its time, also where midnight lies between', () => {
    const before = planned('2026-12-17T23:50', '2026-12-18T01:00');
    expect(wall(beginSaid(before, '00:03', when('2026-12-18T01:10')))).to.include('2026-12-18T00:03');
    expect(refusal(() => beginSaid(before, '00:12', when('2026-12-18T00:10')))).to.equal('sitting.timeAhead');
    const after = planned('2026-12-18T00:10', '2026-12-18T01:00');
    expect(wall(beginSaid(after, '23:55', when('2026-12-18T01:10')))).to.include('2026-12-17T23:55');
    expect(refusal(() => beginSaid(after, '21:50', when('2026-12-18T01:10')))).to.equal('sitting.beginsEarly');
    expect(
      refusal(() => beginSaid(usual, '10:30', when('2026-12-18T11:00'))),
      'of no other day',
    ).to.equal('sitting.beginsEarly');
  });

  it('is not ahead, but for the time for which it is planned', () => {
    expect(refusal(() => beginSaid(usual, '13:01', when('2026-12-17T12:50')))).to.equal('sitting.timeAhead');
    expect(refusal(() => beginSaid(usual, '13:00', when('2026-12-17T12:50')))).to.equal(null);
    expect(refusal(() => beginSaid(usual, '13:21', when('2026-12-17T13:20')))).to.equal('sitting.timeAhead');
    expect(refusal(() => beginSaid(usual, '13:20', when('2026-12-17T13:20')))).to.equal(null);
  });
});

describe('when a meeting ended', () => {
  it('is likely now, on a later day the time at which it was to end, and what was said before', () => {
    const open = begun('2026-12-17T13:00');
    const likely = (now: string, of = open): string => wall(likelyEnd(of, when(now)).toString());
    expect(likely('2026-12-17T14:40')).to.include('2026-12-17T14:40');
    expect(likely('2026-12-18T09:00')).to.include('2026-12-17T14:00');
    expect(likely('2026-12-18T09:00', begun('2026-12-17T15:00')), 'it began after that').to.include('2026-12-18T09:00');
    const closed = begun('2026-12-17T13:00', { ended: at('2026-12-17T14:12').toString() });
    for (const now of ['2026-12-17T15:00', '2027-03-01T09:00'])
      expect(likely(now, closed), 'put right since').to.include('2026-12-17T14:12');
    const { began: _, ...older } = open.proceedings;
    expect(likely('2026-12-18T09:00', { ...open, proceedings: older }), 'of before it was asked').to.include('T14:00');
  });

  it('is on its day, and after midnight where that is earlier on the wall than it began', () => {
    const late = begun('2026-12-17T21:30', {}, planned('2026-12-17T21:30', '2026-12-17T23:30'));
    const said = (time: string): string => wall(endSaid(late, time, when('2026-12-18T01:00')));
    expect(said('23:45')).to.include('2026-12-17T23:45');
    expect(said('00:20')).to.include('2026-12-18T00:20');
    expect(said('21:30'), 'as soon as it began').to.include('2026-12-17T21:30');
    expect(refusal(() => said('01:01'))).to.equal('sitting.timeAhead');
    expect(
      refusal(() => said('21:29')),
      'it had not begun',
    ).to.equal('sitting.endsFirst');
    expect(said('01:00')).to.include('2026-12-18T01:00');
  });

  it('is now, never ahead of it, also of a meeting of after midnight that is over before', () => {
    const night = planned('2026-12-18T00:40', '2026-12-18T01:40');
    const open = begun('2026-12-17T23:20', { began: at('2026-12-18T00:40').toString() }, night);
    expect(wall(likelyEnd(open, when('2026-12-17T23:25')).toString())).to.include('2026-12-17T23:25');
    const { began, ended } = hoursSaid(open, { began: '23:20', ended: '23:25' }, when('2026-12-17T23:25'));
    expect([wall(began), wall(ended)].map((one) => one.slice(0, 16))).to.deep.equal([
      '2026-12-17T23:20',
      '2026-12-17T23:25',
    ]);
  });

  it('is not before it began, which is said so, however little time has passed since', () => {
    const hours = (began: string, ended: string, now: string, of = begun('2026-12-17T13:00')): string | null =>
      refusal(() => hoursSaid(of, { began, ended }, when(now)));
    expect(hours('13:02', '12:40', '2026-12-17T14:20')).to.equal('sitting.endsFirst');
    expect(hours('14:10', '13:00', '2026-12-17T14:20'), 'both the other way round').to.equal('sitting.endsFirst');
    expect(hours('13:02', '14:21', '2026-12-17T14:20')).to.equal('sitting.timeAhead');
    const late = begun('2026-12-17T22:30', {}, planned('2026-12-17T22:30', '2026-12-17T23:30'));
    expect(hours('22:35', '22:10', '2026-12-18T00:15', late), 'over midnight').to.equal('sitting.endsFirst');
    expect(hours('22:35', '00:20', '2026-12-18T00:15', late)).to.equal('sitting.timeAhead');
    const evening = begun('2026-12-17T20:00', {}, planned('2026-12-17T20:00', '2026-12-17T22:00'));
    expect(hours('20:00', '19:00', '2026-12-18T10:00', evening), 'the next morning').to.equal('sitting.endsFirst');
  });

  it('is likely now for as long as the meeting may be going on, also where midnight is past', () => {
    const likely = (ends: string, now: string): string =>
      wall(likelyEnd(begun('2026-12-17T22:00', {}, planned('2026-12-17T22:00', ends)), when(now)).toString());
    expect(likely('2026-12-18T00:30', '2026-12-18T00:45')).to.include('2026-12-18T00:45');
    expect(likely('2026-12-17T23:30', '2026-12-18T00:05')).to.include('2026-12-18T00:05');
    expect(likely('2026-12-18T00:30', '2026-12-18T09:00'), 'the next morning').to.include('2026-12-18T00:30');
  });

  it('is no mistake within the minute in which it began', () => {
    const mark = { by: idOf('kaisa'), at: at('2026-12-17T13:00:40').toString() };
    const open = begun('2026-12-17T13:00', { opened: mark, began: mark.at });
    const soon = { now: at('2026-12-17T13:01:10'), directory: region };
    expect(endSaid(open, '13:00', soon)).to.equal('2026-12-17T11:00:40.000Z');
    expect(refusal(() => endSaid(open, '12:59', soon))).to.equal('sitting.endsFirst');
  });

  it('keeps its seconds where the form is sent as it was drawn', () => {
    const open = begun('2026-12-17T13:00');
    const now = { now: at('2026-12-17T14:10:42'), directory: region };
    for (const time of [null, '14:10']) expect(endSaid(open, time, now)).to.equal('2026-12-17T12:10:42.000Z');
    expect(endSaid(open, '14:09', now)).to.equal('2026-12-17T12:09:00.000Z');
  });
});

describe('a meeting that is opened before its time', () => {
  it('began when it was opened where it is over before it was to begin, and lasts no half day', () => {
    const early = begun('2026-12-17T13:00', { opened: { by: idOf('kaisa'), at: at('2026-12-17T11:30').toString() } });
    const hours = (time: string | null, now: string) => {
      const { began, ended } = hoursSaid(early, { began: null, ended: time }, when(now));
      return [wall(began), wall(ended)].map((one) => one.slice(11, 16));
    };
    expect(hours(null, '2026-12-17T12:10')).to.deep.equal(['11:30', '12:10']);
    expect(hours('12:05', '2026-12-17T12:10')).to.deep.equal(['11:30', '12:05']);
    expect(hours('14:00', '2026-12-17T14:10')).to.deep.equal(['13:00', '14:00']);
    expect(
      refusal(() => hours('11:20', '2026-12-18T12:00')),
      'the day after',
    ).to.equal('sitting.endsFirst');
  });
});

describe('the nights in which the clocks change', () => {
  const night = (date: string) => planned(`${date}T01:30`, `${date}T05:30`);
  const [autumn, spring] = ['2026-10-25', '2027-03-28'];

  it('have an hour twice in autumn, of which the first is meant, and the end is after the beginning all the same', () => {
    const sitting = night(autumn);
    const began = beginSaid(sitting, '01:40', when(`${autumn}T06:00`));
    expect(began).to.equal('2026-10-24T22:40:00.000Z');
    const open = begun(`${autumn}T01:40`, {}, sitting);
    expect(endSaid(open, '03:30', when(`${autumn}T06:00`)), 'it is 3.30 twice').to.equal('2026-10-25T00:30:00.000Z');
    expect(endSaid(open, '04:30', when(`${autumn}T06:00`))).to.equal('2026-10-25T02:30:00.000Z');
    const late = begun(`${autumn}T03:50`, {}, sitting);
    const again = { now: Temporal.Instant.from('2026-10-25T01:20:00Z'), directory: region };
    expect(endSaid(late, '03:10', again), 'the clock has gone back since').to.equal('2026-10-25T01:10:00.000Z');
  });

  it('lack an hour in spring: what is said of it is an hour later', () => {
    const sitting = night(spring);
    const open = begun(`${spring}T01:40`, {}, sitting);
    expect(beginSaid(sitting, '03:30', when(`${spring}T06:00`))).to.equal('2027-03-28T01:30:00.000Z');
    expect(endSaid(open, '03:30', when(`${spring}T06:00`))).to.equal('2027-03-28T01:30:00.000Z');
    expect(endSaid(open, '04:40', when(`${spring}T06:00`))).to.equal('2027-03-28T01:40:00.000Z');
  });
});

describe('the hours of a meeting, whatever is said', () => {
  /** From the week before the clocks go back up to the one after they go forward, and often those days. */
  const days = fc
    .oneof(
      fc.constantFrom('2026-10-25', '2027-03-28'),
      fc.integer({ min: 0, max: 180 }).map((add) => String(Temporal.PlainDate.from('2026-10-18').add({ days: add }))),
    )
    .map((date) => Temporal.PlainDate.from(date));
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clock = (of: number): string =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const instantOn = (day: Temporal.PlainDate, of: number): Temporal.Instant =>
    day.toZonedDateTime({ timeZone, plainTime: clock(of) }).toInstant();
  const held = (day: Temporal.PlainDate, of: number) => {
    const begins = instantOn(day, of);
    return agenda({}, holding({ begins: begins.toString(), ends: begins.add({ hours: 1 }).toString() }));
  };
  const isAfter = (one: Temporal.Instant | string, other: Temporal.Instant | string): boolean =>
    Temporal.Instant.compare(one, other) > 0;
  /** What came of it; null where it was refused as ahead of time, or as too long. */
  function came(said: () => string): string | null {
    let result: string | null = null;
    const code = refusal(() => {
      result = said();
    });
    expect(code).to.be.oneOf([null, 'sitting.timeAhead', 'sitting.beginsEarly', 'sitting.endsFirst']);
    return result;
  }

  it('are those nearest to the time of the meeting, and begin neither long before it nor ahead of now and of it', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(days, minutes, minutes, fc.integer({ min: -120, max: 24 * 60 }), (day, begins, time, since) => {
        const sitting = held(day, begins);
        const about = instantOn(day, begins);
        const now = about.add({ minutes: since });
        const earliest = about.subtract({ hours: 2 });
        const latest = isAfter(about, now) ? about : now;
        // Minute by minute from the time of the meeting, either way.
        const steps = Array.from({ length: 12 * 60 + 1 }, (_, at) => at);
        const near = steps
          .flatMap((at) => [about.subtract({ minutes: at }), about.add({ minutes: at })])
          .filter((moment) => onTheWall(moment, timeZone) === clock(time));
        const possible = near.find((moment) => !isAfter(earliest, moment) && !isAfter(moment, latest));
        const began = came(() => beginSaid(sitting, clock(time), { now, directory: region }));
        // What the clocks leave out is said of the hour after it.
        if (near.length === 0) return;
        if (possible) taken += 1;
        else refused += 1;
        expect(began && Temporal.Instant.from(began).toString()).to.equal(possible?.toString() ?? null);
      }),
      { numRuns: 120 },
    );
    expect(Math.min(taken, refused), 'some were taken, and some were not').to.be.greaterThan(20);
  });

  it('end on its day or before the same time of the next, never before the beginning and never ahead of now', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(days, minutes, minutes, fc.integer({ min: 0, max: 30 * 60 }), (day, begins, time, since) => {
        const began = instantOn(day, begins);
        const opened = { by: idOf('kaisa'), at: began.toString() };
        const sitting = begun('2026-12-17T13:00', { began: began.toString(), opened }, held(day, begins));
        const now = began.add({ minutes: since });
        const ended = came(() => endSaid(sitting, clock(time), { now, directory: region }));
        if (ended === null) {
          refused += 1;
          return;
        }
        taken += 1;
        expect(isAfter(ended, now), 'ahead').to.equal(false);
        expect(isAfter(began, ended), 'before it began').to.equal(false);
        const next = day.add({ days: 1 });
        expect([day, next].map(String)).to.include(dateIn(timeZone, Temporal.Instant.from(ended)).toString());
        const same = next.toZonedDateTime({ timeZone, plainTime: onTheWall(began, timeZone) }).toInstant();
        expect(isAfter(ended, same), 'a day later').to.equal(false);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(taken, refused), 'some were taken, and some were not').to.be.greaterThan(20);
  });
});
