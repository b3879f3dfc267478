import { expect } from 'chai';
import { homedMeetings, type StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { type MeetingDeliveryParts, meetingDeliverable } from '../../../../../src/meetings/telling/deliverable.ts';
import { formatReference, type PersonId } from '../../../../../src/shared/ids.ts';
import { calendar, heldDirectory, monday, people, unused } from '../../../../support/builders.ts';
import { meeting, played } from '../../../../support/meetings.ts';

function deliverable(readers: readonly PersonId[] = [], over: Partial<MeetingDeliveryParts> = {}) {
  return meetingDeliverable({
    meetings: unused('meetings'),
    home: { search: () => async () => null, bringing: async () => null },
    directory: heldDirectory(),
    readersOf: async () => readers,
    calendarOf: () => calendar,
    policy: unused('policy'),
    now: () => monday,
    outlook: null,
    tellCase: async () => undefined,
    tellAgenda: async () => undefined,
    draw: unused('draw'),
    ...over,
  });
}
const toldOf = ({ delivery }: StoredMeeting): string[] =>
  delivery.notices.filter(({ kind }) => kind === 'invitation').map(({ to }) => to);

describe('how the news of a meeting is spread', () => {
  const planned = meeting();

  it('tells those in private who do not read the chat, once', async () => {
    const spread = await deliverable([people.maria, people.petri]).chores(planned).news?.();
    const told = spread?.(planned) ?? planned;
    expect(toldOf(told)).to.have.members([people.sofia, people.niina, people.jonas]);
    expect(told.news.spread).to.equal(true);
    expect(deliverable().chores(told).news).to.equal(null);
    expect(spread?.(told), 'another process was faster').to.equal(told);
  });

  it('leaves alone what is news since: that has its own way', async () => {
    const spread = await deliverable().chores(planned).news?.();
    const changed = played(planned, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
    expect(spread?.(changed)).to.equal(changed);
    const heard = { ...changed, news: { ...changed.news, spread: true } };
    expect(spread?.(heard)).to.equal(heard);
  });

  it('tells who is invited by then, not who was when it was looked', async () => {
    const spread = await deliverable().chores(planned).news?.();
    const named = { everyone: false, named: [people.petri] };
    const fewer = played(planned, ['maria', { do: 'change', on: null, changes: { invited: named } }]);
    expect(toldOf(spread?.(fewer) ?? fewer)).to.deep.equal([people.petri]);
  });

  it('brings the card itself, so neither a sweep of the chat nor anybody else puts it there meanwhile', () => {
    const { isOpen } = homedMeetings(unused('meetings'));
    expect(isOpen(planned)).to.equal(false);
    expect(isOpen({ ...planned, news: { ...planned.news, spread: true } })).to.equal(true);
  });
});

describe('the card of a case', () => {
  it('is told when its meeting is held, again when that is another time, and nothing while it shows that', async () => {
    const told: (string | null)[] = [];
    const tellCase: MeetingDeliveryParts['tellCase'] = async (_case, { at }) => void told.push(at);
    const ofCase = meeting({ kind: 'case', subject: formatReference('LOJ', 2026, 1) });
    const parts = deliverable([], { tellCase });
    expect(parts.chores(meeting()).case, 'about no case').to.equal(null);
    const shows = await parts.chores(ofCase).case?.();
    const shown = shows?.(ofCase) ?? ofCase;
    expect(parts.chores(shown).case).to.equal(null);
    const off = played(shown, ['maria', { do: 'cancel', on: null }]);
    await parts.chores(off).case?.();
    expect(told).to.deep.equal(['2026-11-26T11:00:00Z', null]);
  });
});
