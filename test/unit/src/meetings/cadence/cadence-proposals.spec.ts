import { expect } from 'chai';
import { proposalsFor } from '../../../../../src/meetings/cadence/cadence-proposals.ts';
import type { MeetingKind, Slot } from '../../../../../src/meetings/model.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { isFinnishHoliday } from '../../../../../src/shared/working-time.ts';
import { calendar, lojo } from '../../../../support/builders.ts';
import { meeting } from '../../../../support/meetings.ts';
import { all, at, date, once, one, steering } from './support.ts';

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
