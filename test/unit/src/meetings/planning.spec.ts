import { expect } from 'chai';
import { decide } from '../../../../src/meetings/decide.ts';
import type { Meeting, MeetingCommand, Repeat } from '../../../../src/meetings/model.ts';
import { occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { requireSchedule } from '../../../../src/meetings/transition.ts';
import { calendar, type ExamplePerson, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, played, pollPlan, sceneOf, thursday } from '../../../support/meetings.ts';

const on = '2026-11-26';
const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 6 }, holidays: 'keep' };
const planned = meeting();
const series = meeting({ plan: { one: thursday, repeat: weekly } });
const refused = (state: Meeting, who: ExamplePerson, command: MeetingCommand, now = monday) =>
  refusal(() => decide(state, command, sceneOf(who, now)));
const datesOf = (state: Meeting): string[] =>
  occurrencesOf(requireSchedule(state), state.place, calendar).map(
    ({ start, cancelled }) => `${start}${cancelled ? ' x' : ''}`,
  );
const slot = { start: '2026-11-27T09:00', minutes: 90 };

describe('a change of a meeting', () => {
  it('says what was there before, once for all that people have not heard of yet', () => {
    const once = played(planned, ['maria', { do: 'change', on: null, changes: { slot } }]);
    expect(once.news).to.deep.include({ what: 'changed', before: { slot: thursday }, spread: false });
    const twice = played(once, [
      'maria',
      { do: 'change', on: null, changes: { slot: { ...slot, minutes: 60 }, title: 'Ny' } },
    ]);
    expect(twice.news.before, 'the time that people know').to.deep.equal({ slot: thursday, title: planned.title });
    expect(twice.news.number).to.equal(once.news.number + 1);
    const heard = { ...once, news: { ...once.news, spread: true } };
    expect(played(heard, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]).news.before).to.deep.equal({
      title: planned.title,
    });
  });

  it('asks anew who answered for another time, and keeps the answers when only the place is another', () => {
    const answered = played(planned, ['petri', { do: 'reply', on, coming: 'yes' }]);
    const moved = played(answered, ['maria', { do: 'change', on: null, changes: { slot } }]);
    expect(requireSchedule(moved).replies).to.deep.equal({});
    const elsewhere = played(answered, [
      'maria',
      { do: 'change', on: null, changes: { place: { online: true, where: '' } } },
    ]);
    expect(requireSchedule(elsewhere).replies[on]).to.have.property(people.petri);
  });

  it('of a whole series loses none and gives no number twice, though one was moved ahead of another', () => {
    const [second = '', third = ''] = datesOf(series)
      .slice(1)
      .map((date) => date.slice(0, 10));
    const numbersOf = (state: Meeting): number[] =>
      occurrencesOf(requireSchedule(state), state.place, calendar).map(({ number }) => number);
    const at = (date: string) => ({ start: `${date}T08:00`, minutes: 30 });
    // The third comes before the first, which is still to come.
    const toCome = played(
      series,
      ['maria', { do: 'change', on: third, changes: { slot: at('2026-11-24') } }],
      ['maria', { do: 'change', on: null, changes: { slot: at('2026-11-25') } }],
    );
    expect(numbersOf(toCome)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    // The third was held, and the second, which was put off, was not.
    const mixed = played(
      series,
      ['maria', { do: 'change', on: second, changes: { slot: at('2026-12-15') } }],
      ['maria', { do: 'change', on: third, changes: { slot: at('2026-11-25') } }],
    );
    const later = decide(
      mixed,
      { do: 'change', on: null, changes: { slot: at('2026-12-08') } },
      sceneOf('maria', Temporal.Instant.from('2026-12-01T08:00:00Z')),
    );
    expect(numbersOf(later)).to.deep.equal([1, 3, 4, 5, 6, 7]);
  });

  it('leads to no past time, and changes nothing that is over or was cancelled', () => {
    const past = { start: '2026-11-20T09:00', minutes: 60 };
    expect(refused(planned, 'maria', { do: 'change', on: null, changes: { slot: past } })).to.equal('meeting.past');
    const after = Temporal.Instant.from('2026-11-26T13:00:00Z');
    expect(refused(planned, 'maria', { do: 'change', on, changes: { slot } }, after)).to.equal('meeting.over');
    const gone = played(planned, ['maria', { do: 'cancel', on: null }]);
    expect(refused(gone, 'maria', { do: 'change', on, changes: { slot } })).to.equal('meeting.cancelled');
    expect(refused(planned, 'maria', { do: 'change', on: '2026-11-25', changes: { slot } })).to.equal(
      'meeting.noOccurrence',
    );
  });

  it('counts up for calendars with everything that they show', () => {
    const steps: readonly MeetingCommand[] = [
      { do: 'change', on: null, changes: { slot } },
      { do: 'change', on: null, changes: { title: 'Ny' } },
      { do: 'cancel', on: null },
    ];
    let state: Meeting = planned;
    for (const [index, command] of steps.entries()) {
      state = decide(state, command, sceneOf('maria'));
      const { stage } = state;
      expect('schedule' in stage && stage.schedule?.sequence).to.equal(index + 1);
    }
  });
});

describe('a series', () => {
  it('has one date changed or cancelled without the others', () => {
    const state = played(
      series,
      ['maria', { do: 'cancel', on: '2026-12-03' }],
      ['maria', { do: 'change', on: '2026-12-10', changes: { slot: { start: '2026-12-11T09:00', minutes: 60 } } }],
    );
    expect(datesOf(state).slice(0, 4)).to.deep.equal([
      '2026-11-26T13:00',
      '2026-12-03T13:00 x',
      '2026-12-11T09:00',
      '2026-12-17T13:00',
    ]);
    expect(refused(state, 'petri', { do: 'reply', on: '2026-12-03', coming: 'yes' })).to.equal('meeting.cancelled');
  });

  it('goes on in another pattern as a whole, while what was held stays with who came', () => {
    const later = Temporal.Instant.from('2026-11-30T09:00:00Z');
    const held = played(
      series,
      ['petri', { do: 'reply', on, coming: 'yes' }],
      ['petri', { do: 'reply', on: '2026-12-03', coming: 'yes' }],
      ['maria', { do: 'record', on, came: [people.petri] }, later],
      ['maria', { do: 'change', on: null, changes: { slot: { start: '2026-12-04T10:00', minutes: 60 } } }, later],
    );
    expect(datesOf(held)).to.deep.equal([
      '2026-11-26T13:00',
      ...['04', '11', '18', '25'].map((day) => `2026-12-${day}T10:00`),
      '2027-01-01T10:00',
    ]);
    const schedule = requireSchedule(held);
    expect(Object.keys(schedule.replies), 'what is ahead is asked anew').to.deep.equal([on]);
    expect(schedule.came).to.deep.equal({ [on]: [people.petri] });
  });

  it('ends as a whole when it is cancelled, and takes no press any more', () => {
    const gone = played(series, ['maria', { do: 'cancel', on: null }]);
    expect(gone.over).to.equal(true);
    expect(refused(gone, 'petri', { do: 'reply', on: '2026-12-03', coming: 'yes' })).to.equal('meeting.cancelled');
  });
});

describe('a proposal', () => {
  const proposal = meeting({}, { by: 'petri' });

  it('asks the leaders alone, each with a card of their own', () => {
    expect(proposal.delivery.notices.map(({ to, kind }) => [to, kind])).to.deep.equal([[people.maria, 'proposed']]);
    expect(proposal.news.spread).to.equal(true);
  });

  it('becomes what was proposed, a meeting or a poll, by a leader’s yes, who then has it in hand', () => {
    const confirmed = played(proposal, ['maria', { do: 'confirm' }]);
    expect([confirmed.stage.is, confirmed.organiser, confirmed.news.spread]).to.deep.equal([
      'planned',
      people.maria,
      false,
    ]);
    const several = meeting({ plan: pollPlan() }, { by: 'petri' });
    expect(played(several, ['maria', { do: 'confirm' }]).stage.is).to.equal('poll');
    expect(refused(proposal, 'petri', { do: 'confirm' })).to.equal('directory.leadersOnly');
  });

  it('is no news to anybody when it is taken back; declined, to who made it', () => {
    const back = played(proposal, ['petri', { do: 'cancel', on: null }]);
    expect([back.over, back.news.spread, back.delivery.notices.length]).to.deep.equal([true, true, 1]);
    const declined = played(proposal, ['maria', { do: 'cancel', on: null }]);
    expect(declined.delivery.notices.at(-1)).to.deep.include({ kind: 'declined', to: people.petri });
    expect(refused(proposal, 'jonas', { do: 'cancel', on: null })).to.equal('directory.leadersOnly');
  });
});
