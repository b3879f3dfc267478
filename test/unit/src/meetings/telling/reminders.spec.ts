import { expect } from 'chai';
import type { Meeting } from '../../../../../src/meetings/model.ts';
import { broughtTo, nextMoment, type Timing } from '../../../../../src/meetings/telling/reminders.ts';
import { requireSchedule, withSchedule } from '../../../../../src/meetings/transition.ts';
import { bodyId } from '../../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, people } from '../../../../support/builders.ts';
import { meeting, played, pollPlan, seat, seated, thursday } from '../../../../support/meetings.ts';
import { inHelsinki } from '../../../../support/shifting-clock.ts';

const timing = (where: 'private' | 'chat' = 'private', over: Partial<Timing['policy']['reminders']> = {}): Timing => ({
  directory: exampleDirectory(),
  calendar,
  policy: { reminders: { dayBefore: true, hourBefore: true, where, ...over } },
});
const on = '2026-11-26';
const planned = meeting();
const poll = meeting({ plan: pollPlan() });
const told = ({ delivery }: Meeting, kind: string): string[] =>
  delivery.notices.filter((one) => one.kind === kind).map(({ to }) => to);
const at = (local: string) => inHelsinki(local);

describe('what time does to a meeting', () => {
  it('has a next moment: the reminders, its beginning, its end, and a week after that', () => {
    const moments: string[] = [];
    let state: Meeting = planned;
    for (let next = nextMoment(state, timing()); next; next = nextMoment(state, timing())) {
      moments.push(next.toZonedDateTimeISO('Europe/Helsinki').toPlainDateTime().toString({ smallestUnit: 'minute' }));
      state = broughtTo(state, next, timing());
    }
    expect(moments).to.deep.equal([
      '2026-11-25T08:00',
      '2026-11-26T12:00',
      '2026-11-26T13:00',
      '2026-11-26T14:00',
      '2026-12-03T14:00',
    ]);
    expect(state.over).to.equal(true);
    expect(broughtTo(state, at('2027-01-01T09:00'), timing())).to.equal(state);
  });

  it('is over a week later too when holidays have left nothing of it', () => {
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 1 }, holidays: 'skip' } as const;
    const none = meeting({ plan: { one: { start: '2026-12-25T13:00', minutes: 60 }, repeat } });
    const next = nextMoment(none, timing());
    expect(next?.toString()).to.equal(at('2026-11-30T09:00').toString());
    expect(next && broughtTo(none, next, timing()).over).to.equal(true);
  });

  it('reminds once those who have not said no, on the last working day before and an hour before', () => {
    const answered = played(
      planned,
      ['petri', { do: 'reply', on, coming: 'yes' }],
      ['sofia', { do: 'reply', on, coming: 'no' }],
    );
    const day = broughtTo(answered, at('2026-11-25T08:00'), timing());
    expect(told(day, 'reminder')).to.have.members([people.maria, people.petri, people.niina, people.jonas]);
    expect(broughtTo(day, at('2026-11-25T09:00'), timing())).to.equal(day);
    expect(told(broughtTo(day, at('2026-11-26T12:00'), timing()), 'reminder')).to.have.length(8);
    const monday = meeting({ plan: { one: { start: '2026-11-30T09:00', minutes: 60 }, repeat: null } });
    expect(nextMoment(monday, timing())?.toString(), 'on the Friday').to.equal(at('2026-11-27T08:00').toString());
  });

  it('reminds nobody of what has begun, nor twice at once, after a long sleep', () => {
    const slept = broughtTo(planned, at('2026-11-26T12:30'), timing());
    expect(told(slept, 'reminder')).to.have.length(5);
    expect(told(broughtTo(planned, at('2026-11-26T13:30'), timing()), 'reminder')).to.deep.equal([]);
  });

  it('reminds nobody of what they were just told of', () => {
    const late = meeting({}, { now: at('2026-11-26T12:30') });
    expect(told(broughtTo(late, at('2026-11-26T12:45'), timing()), 'reminder')).to.deep.equal([]);
  });

  it('reminds nobody again of what was changed since the moment for it, and of nothing that was cancelled', () => {
    const slot = { start: '2026-11-26T12:45', minutes: 60 };
    const changed = played(planned, ['maria', { do: 'change', on, changes: { slot } }, at('2026-11-26T12:00')]);
    expect(told(broughtTo(changed, at('2026-11-26T12:10'), timing()), 'reminder')).to.deep.equal([]);
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 2 }, holidays: 'keep' } as const;
    const series = meeting({ plan: { one: { start: '2026-11-26T13:00', minutes: 60 }, repeat } });
    const off = played(series, ['maria', { do: 'cancel', on }]);
    const after = broughtTo(off, at('2026-11-26T14:00'), timing());
    expect([...told(after, 'reminder'), ...told(after, 'wasHeld')]).to.deep.equal([]);
  });

  it('reminds nobody whose substitute comes, but that one', () => {
    const directory = seated();
    const body = bodyId('steering:vastra-nyland');
    const one = meeting({ body }, { by: 'kaisa', directory });
    const sent = { coming: 'substitute', at: '2026-11-23T08:00:00.000Z' } as const;
    const replies = { [on]: { [seat('member', 'polisen')]: sent } };
    const answered = withSchedule(one, { ...requireSchedule(one), replies });
    const reminded = told(broughtTo(answered, at('2026-11-25T08:00'), { ...timing(), directory }), 'reminder');
    expect(reminded).to.include(seat('substitute', 'polisen')).and.not.include(seat('member', 'polisen'));
  });

  it('draws the card anew when it begins and when it is over, and does nothing more once all is', () => {
    const off = timing('private', { dayBefore: false, hourBefore: false });
    const begun = broughtTo(planned, at('2026-11-26T13:00'), off);
    expect(begun.delivery.revision).to.equal(planned.delivery.revision + 1);
    const held = broughtTo(begun, at('2026-11-26T14:00'), off);
    expect(held.delivery.revision).to.equal(begun.delivery.revision + 1);
    const over = { ...planned, over: true };
    expect(broughtTo(over, at('2026-11-26T14:00'), off)).to.equal(over);
    expect(nextMoment(over, off)).to.equal(null);
  });

  it('reminds as the region wants: not at all, or where everybody reads of the meeting', () => {
    const off = timing('private', { dayBefore: false, hourBefore: false });
    expect(nextMoment(planned, off)?.toString()).to.equal(at('2026-11-26T13:00').toString());
    const spread = { ...planned, news: { ...planned.news, spread: true } };
    const inChat = broughtTo(spread, at('2026-11-25T08:00'), timing('chat'));
    expect(told(inChat, 'reminder')).to.deep.equal([]);
    expect(inChat.news).to.deep.include({ what: 'reminder', on, spread: false, number: planned.news.number + 1 });
    const moved = played(spread, [
      'maria',
      { do: 'change', on, changes: { place: { online: true, where: '' } } },
      at('2026-11-24T09:00'),
    ]);
    const untold = broughtTo(moved, at('2026-11-25T08:00'), timing('chat')).news;
    expect(untold, 'what nobody has read yet is told too').to.deep.include({ what: 'reminder', before: {} });
    expect(untold.untold?.map(({ before }) => before)).to.deep.equal([{ place: planned.place }]);
  });

  it('lets go of who said what a week after it was over or cancelled, though nobody presses anything', () => {
    const answered = played(planned, ['petri', { do: 'reply', on, coming: 'yes' }]);
    const recorded = played(answered, ['maria', { do: 'record', on, came: [people.petri] }, at('2026-11-26T15:00')]);
    const later = (state: Meeting, local: string) => {
      const { stage } = broughtTo(broughtTo(state, at('2026-11-26T15:00'), timing()), at(local), timing());
      const { replies = null, came = null } = ('schedule' in stage && stage.schedule) || {};
      return { replies, came };
    };
    expect(later(recorded, '2026-12-03T13:59').came).to.deep.equal({ [on]: [people.petri] });
    expect(later(recorded, '2026-12-03T14:00')).to.deep.equal({ replies: {}, came: { [on]: 1 } });
    const cancelled = played(answered, ['maria', { do: 'cancel', on: null }, at('2026-11-24T09:00')]);
    expect(nextMoment(cancelled, timing())?.toString()).to.equal(at('2026-12-01T09:00').toString());
    expect(later(cancelled, '2026-12-01T08:59').replies).to.have.keys(on);
    const forgotten = broughtTo(cancelled, at('2026-12-01T09:00'), timing());
    expect(later(forgotten, '2026-12-01T09:00').replies).to.deep.equal({});
    expect(nextMoment(forgotten, timing())).to.equal(null);
    const silent = played(planned, ['maria', { do: 'cancel', on: null }]);
    expect(nextMoment(silent, timing()), 'nothing to let go').to.equal(null);
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 9 }, holidays: 'keep' } as const;
    const series = played(meeting({ plan: { one: thursday, repeat } }), ['petri', { do: 'reply', on, coming: 'yes' }]);
    expect(later(series, '2026-12-03T12:00').replies).to.have.keys(on);
    expect(later(series, '2026-12-09T09:00').replies, 'with what happens next').to.deep.equal({});
    const ended = played(
      series,
      ['petri', { do: 'reply', on: '2027-01-21', coming: 'yes' }],
      ['maria', { do: 'cancel', on: null }, at('2026-11-30T09:00')],
    );
    expect(later(ended, '2026-12-07T09:00').replies, 'of all, once it is over').to.deep.equal({});
  });

  it('is over a week after a series was ended, however long that was to go on', () => {
    const repeat = { unit: 'month', every: 1, by: 'date', end: { count: 6 }, holidays: 'keep' } as const;
    const held = broughtTo(meeting({ plan: { one: thursday, repeat } }), at('2026-12-14T09:00'), timing());
    const ended = played(held, ['maria', { do: 'cancel', on: null }, at('2026-12-14T10:00')]);
    expect(broughtTo(ended, at('2026-12-21T09:59'), timing()).over).to.equal(false);
    expect(broughtTo(ended, at('2026-12-21T10:00'), timing()).over).to.equal(true);
  });

  it('asks who plans it once who came, when it is over', () => {
    const over = broughtTo(planned, at('2026-11-26T14:00'), timing());
    expect(told(over, 'wasHeld')).to.deep.equal([people.maria]);
    const cancelled = played(planned, ['maria', { do: 'cancel', on: null }]);
    expect(broughtTo(cancelled, at('2026-11-26T14:00'), timing())).to.equal(cancelled);
  });
});

describe('what time does to a poll', () => {
  it('reminds once, a working day before the deadline, those who have not answered every time', () => {
    const votes = { tue: 'yes', wed: 'no', thu: 'no' } as const;
    const answered = played(poll, ['petri', { do: 'vote', votes }], ['jonas', { do: 'vote', votes: { tue: 'yes' } }]);
    const reminded = broughtTo(answered, at('2026-11-27T08:00'), timing());
    expect(told(reminded, 'pollReminder')).to.have.members([people.maria, people.sofia, people.niina, people.jonas]);
    expect(told(broughtTo(reminded, at('2026-11-27T15:00'), timing()), 'pollReminder')).to.have.length(4);
  });

  it('reminds half-way when it is shorter than two days', () => {
    const short = meeting({ plan: pollPlan({ deadline: '2026-11-23T11:00:00.000Z' }) });
    expect(nextMoment(short, timing())?.toString()).to.equal('2026-11-23T09:00:00Z');
  });

  it('reminds before the deadline, also where no working hour is left before it', () => {
    const deadline = '2026-11-29T14:00:00.000Z';
    const weekend = meeting({ plan: pollPlan({ since: '2026-11-28T07:00:00.000Z', deadline }) });
    const [since, end] = ['2026-11-28T07:00:00.000Z', deadline].map((moment) => Temporal.Instant.from(moment));
    if (!since || !end) throw new Error('It has both.');
    const half = since.add({ milliseconds: (end.epochMilliseconds - since.epochMilliseconds) / 2 });
    const soon = { ...weekend, lookedAt: '2026-11-28T07:00:00.000Z' };
    expect(nextMoment(soon, timing())?.toString()).to.equal(half.toString());
  });

  it('draws the card anew when it ends', () => {
    const ended = broughtTo(broughtTo(poll, at('2026-11-27T08:00'), timing()), at('2026-11-27T16:00'), timing());
    expect(ended.delivery.revision).to.be.above(poll.delivery.revision);
  });

  it('ends at its deadline: whoever plans it is told, or the bot picks the best', () => {
    const everybody = ['maria', 'petri', 'sofia', 'niina', 'jonas'] as const;
    const votes = { tue: 'yes', wed: 'yes', thu: 'no' } as const;
    const say = (state: typeof poll) =>
      played(state, ...everybody.slice(1).map((who) => [who, { do: 'vote', votes }] as const));
    const ended = broughtTo(say(poll), at('2026-11-27T16:00'), timing());
    expect([ended.stage.is, told(ended, 'pollOver')]).to.deep.equal(['poll', [people.maria]]);
    const picking = broughtTo(say(meeting({ plan: pollPlan({ botPicks: true }) })), at('2026-11-27T16:00'), timing());
    expect([picking.stage.is, picking.news.what, told(picking, 'pollOver')]).to.deep.equal(['planned', 'invited', []]);
    const hopeless = broughtTo(meeting({ plan: pollPlan({ botPicks: true }) }), at('2026-11-27T16:00'), timing());
    expect([hopeless.stage.is, told(hopeless, 'pollOver')]).to.deep.equal(['poll', [people.maria]]);
  });

  it('comes to nothing a week after the last time, and whoever plans it, or has proposed it, is told once', () => {
    const picking = broughtTo(poll, at('2026-12-10T12:59'), timing());
    expect(picking.stage.is).to.equal('poll');
    expect(nextMoment(picking, timing())?.toString()).to.equal(at('2026-12-10T13:00').toString());
    const lapsed = broughtTo(picking, at('2026-12-10T13:00'), timing());
    expect([lapsed.over, lapsed.stage.is, lapsed.news]).to.deep.equal([true, 'cancelled', picking.news]);
    expect(told(lapsed, 'lapsed')).to.deep.equal([people.maria]);
    expect(broughtTo(lapsed, at('2027-06-01T09:00'), timing())).to.equal(lapsed);
    const proposal = meeting({}, { by: 'petri' });
    const ignored = broughtTo(proposal, at('2026-12-03T13:00'), timing());
    expect([ignored.over, told(ignored, 'lapsed')]).to.deep.equal([true, [people.petri]]);
    const picked = played(poll, ['maria', { do: 'pick', option: 'thu' }]);
    expect(broughtTo(picked, at('2026-12-10T12:00'), timing()).stage.is).to.equal('planned');
  });

  it('waits for no answer about a time that has passed', () => {
    const late = played(poll, ['maria', { do: 'extend', deadline: '2026-12-02T14:00:00.000Z' }]);
    const answered = played(late, ['petri', { do: 'vote', votes: { wed: 'yes', thu: 'no' } }, at('2026-12-01T10:00')]);
    const reminded = broughtTo(answered, at('2026-12-02T08:00'), timing());
    expect(told(reminded, 'pollReminder')).to.have.members([people.maria, people.sofia, people.niina, people.jonas]);
  });

  it('reminds anew of another deadline', () => {
    const reminded = broughtTo(poll, at('2026-11-27T08:00'), timing());
    const extended = played(reminded, ['maria', { do: 'extend', deadline: '2026-12-01T06:00:00.000Z' }]);
    expect(told(broughtTo(extended, at('2026-11-30T08:00'), timing()), 'pollReminder')).to.have.length(10);
  });
});
