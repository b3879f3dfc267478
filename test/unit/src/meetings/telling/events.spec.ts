import { expect } from 'chai';
import type { Detail } from '../../../../../src/calendar/model.ts';
import type { Meeting } from '../../../../../src/meetings/model.ts';
import { eventsOf } from '../../../../../src/meetings/telling/events.ts';
import { bodyId, formatReference } from '../../../../../src/shared/ids.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { calendar, type ExamplePerson, exampleDirectory, monday, people } from '../../../../support/builders.ts';
import { meeting, meetingId, played, pollPlan, thursday } from '../../../../support/meetings.ts';

const directory = exampleDirectory();
const weekly = { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' } as const;
const on = '2026-11-26';

const of = (one: Meeting, who: ExamplePerson = 'petri', detail: Detail = 'all', now = monday) =>
  eventsOf(one, people[who], { texts: textsFor('sv'), directory, calendar, detail, now });

describe('a person’s holdings of a meeting', () => {
  it('are all of a series, each under a name that no other has', () => {
    const events = of(meeting({ plan: { one: thursday, repeat: weekly } }));
    expect(events.map(({ uid }) => uid)).to.deep.equal([1, 2, 3].map((number) => `${meetingId}-${number}@ankarbot`));
    expect(events.map(({ begins }) => begins.toString())).to.deep.equal([
      '2026-11-26T11:00:00Z',
      '2026-12-03T11:00:00Z',
      '2026-12-10T11:00:00Z',
    ]);
  });

  it('are none of what was over a week ago, when it is not known any more who had said no', () => {
    const series = meeting({ plan: { one: thursday, repeat: weekly } });
    const no = played(series, ['petri', { do: 'reply', on, coming: 'no' }]);
    const weekLater = Temporal.Instant.from('2026-12-03T12:00:00Z');
    const later = played(no, ['sofia', { do: 'reply', on: '2026-12-10', coming: 'yes' }, weekLater]);
    const numbersOf = (now: Temporal.Instant) => of(later, 'sofia', 'all', now).map(({ uid }) => uid.at(-10));
    expect(numbersOf(weekLater.subtract({ seconds: 1 }))).to.deep.equal(['1', '2', '3']);
    expect(numbersOf(weekLater)).to.deep.equal(['2', '3']);
    expect(of(later, 'petri', 'all', weekLater)).to.have.lengthOf(2);
  });

  it('are none of what has no time yet', () => {
    expect(of(meeting({ plan: pollPlan() }))).to.deep.equal([]);
    expect(of(meeting({}, { by: 'petri' })), 'proposed').to.deep.equal([]);
    const off = played(meeting({ plan: pollPlan() }), ['maria', { do: 'cancel', on: null }]);
    expect(of(off), 'cancelled before').to.deep.equal([]);
  });

  it('are those to which they are expected: not after a no, nor when a substitute comes, and again after a yes', () => {
    const no = played(meeting(), ['petri', { do: 'reply', on, coming: 'no' }]);
    expect(of(no)).to.deep.equal([]);
    expect(of(no, 'sofia')).to.have.lengthOf(1);
    expect(of(played(no, ['petri', { do: 'reply', on, coming: 'yes' }]))).to.have.lengthOf(1);
    expect(of(meeting({ invited: { everyone: false, named: [people.sofia] } }))).to.deep.equal([]);
    expect(of(meeting(), 'gunilla')).to.deep.equal([]);
    const series = meeting({ plan: { one: thursday, repeat: weekly } });
    expect(of(played(series, ['petri', { do: 'reply', on: '2026-12-03', coming: 'no' }]))).to.have.lengthOf(2);
  });

  it('are the substitute’s, too, once they are to come in somebody’s place, and not before', () => {
    const group = exampleDirectory();
    const body = bodyId('steering:vastra-nyland');
    const common = { body, profession: null, seat: 'police', setBy: 'file', removed: false } as const;
    group.members.push({ ...common, person: people.petri, role: 'member' });
    group.members.push({ ...common, person: people.sofia, role: 'substitute' });
    const planned = meeting({ body }, { by: 'kaisa', directory: group });
    const texts = textsFor('sv');
    const at = (one: Meeting, who: ExamplePerson) =>
      eventsOf(one, people[who], { texts, directory: group, calendar, detail: 'little', now: monday }).length;
    expect([at(planned, 'petri'), at(planned, 'sofia')]).to.deep.equal([1, 0]);
    if (planned.stage.is !== 'planned') throw new Error('not planned');
    const replies = { [on]: { [people.petri]: { coming: 'substitute', at: '2026-11-23T08:00:00.000Z' } } } as const;
    const replaced: Meeting = {
      ...planned,
      stage: { is: 'planned', schedule: { ...planned.stage.schedule, replies } },
    };
    expect([at(replaced, 'petri'), at(replaced, 'sofia')]).to.deep.equal([0, 1]);
  });

  it('are called and placed as it is, or only an Anchor meeting where little is told', () => {
    const online = meeting({ place: { online: true, where: 'https://example.fi/rum' } });
    expect(of(online)[0]).to.include({
      title: 'Ärendegenomgång · Lojo ankarteam',
      place: 'På distans, https://example.fi/rum',
    });
    expect(of(online, 'petri', 'little')[0]).to.include({ title: 'Ankarmöte', place: null });
    expect(of(meeting({ title: '', place: { online: false, where: '' } }))[0]).to.include({
      title: 'Ankarmöte · Lojo ankarteam',
      place: '',
    });
  });

  it('are called by the reference of the case that they are about, whatever somebody called them', () => {
    const subject = formatReference('LOJ', 2026, 42);
    const about = meeting({ kind: 'case', subject, title: 'Samtal om skolan' });
    expect(of(about)[0]?.title).to.equal('Ankarmöte · LOJ-2026-0042');
    expect(of(about, 'petri', 'little')[0]?.title).to.equal('Ankarmöte');
  });

  it('grow in number with every change and cancellation, and are stamped with it; an answer changes neither', () => {
    const later = monday.add({ hours: 3 });
    const answered = played(meeting(), ['sofia', { do: 'reply', on, coming: 'yes' }, later]);
    expect(of(answered)).to.deep.equal(of(meeting()));
    const moved = played(
      meeting(),
      ['maria', { do: 'change', on: null, changes: { slot: { start: '2026-11-27T09:00', minutes: 30 } } }, later],
      ['maria', { do: 'cancel', on: null }, later.add({ hours: 1 })],
    );
    const [event] = of(moved);
    expect(event).to.include({ sequence: 2, cancelled: true, uid: `${meetingId}-1@ankarbot` });
    expect(event?.begins.toString()).to.equal('2026-11-27T07:00:00Z');
    expect(event?.stamp.toString()).to.equal('2026-11-23T11:00:00Z');
  });

  it('that were held before all the rest was cancelled stay held', () => {
    const series = meeting({ plan: { one: thursday, repeat: weekly } });
    const off = played(series, ['maria', { do: 'cancel', on: null }, Temporal.Instant.from('2026-11-27T10:00:00Z')]);
    expect(of(off).map(({ cancelled }) => cancelled)).to.deep.equal([false, true, true]);
  });
});
