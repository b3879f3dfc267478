import { expect } from 'chai';
import { teamsCalendarLink } from '../../../../src/calendar/links.ts';

const slot = {
  begins: Temporal.Instant.from('2026-11-26T11:00:00Z'),
  ends: Temporal.Instant.from('2026-11-26T12:00:00Z'),
};

describe('the link into the calendar of Teams', () => {
  it('opens a new event with what is told of the meeting, and invites nobody', () => {
    const { origin, pathname, searchParams } = new URL(teamsCalendarLink({ ...slot, title: 'Möte & kaffe' }));
    expect(origin + pathname).to.equal('https://teams.microsoft.com/l/meeting/new');
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      subject: 'Möte & kaffe',
      startTime: '2026-11-26T11:00:00Z',
      endTime: '2026-11-26T12:00:00Z',
    });
  });

  it('says nothing of a place, and stays one address whatever the title holds', () => {
    const url = new URL(teamsCalendarLink({ ...slot, title: 'a&attendees=x@y.fi#b\n' }));
    expect([...url.searchParams.keys()]).to.deep.equal(['subject', 'startTime', 'endTime']);
    expect(url.hash).to.equal('');
  });
});
