import { expect } from 'chai';
import { type Notice, record } from '../../../../src/delivery/model.ts';
import { noticeMessage } from '../../../../src/meetings/cards/notice-card.ts';
import { decide } from '../../../../src/meetings/decide.ts';
import type { Changes, Meeting, MeetingCommand, Repeat } from '../../../../src/meetings/model.ts';
import { occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { changeParts } from '../../../../src/meetings/seen.ts';
import { withVain } from '../../../../src/meetings/shifts.ts';
import { freedIn, isOvertaken, toTell } from '../../../../src/meetings/telling/news.ts';
import { invitationsTo, requirePoll, requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId, conversationId, type PersonId } from '../../../../src/shared/ids.ts';
import { seenOf } from '../../../../src/shared/seen.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { calendar, type ExamplePerson, exampleDirectory, monday, people, refusal } from '../../../support/builders.ts';
import {
  meeting,
  played,
  pollPlan,
  sceneOf,
  seat,
  seated,
  sentOut,
  steeringSeats,
  thursday,
} from '../../../support/meetings.ts';
import { inHelsinki } from '../../../support/shifting-clock.ts';

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
    const back = played(once, ['maria', { do: 'change', on: null, changes: { slot: thursday } }]);
    expect(back.news.before).to.deep.equal({ slot: thursday });
    const heard = { ...once, news: { ...once.news, spread: true } };
    expect(played(heard, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]).news.before).to.deep.equal({
      title: planned.title,
    });
  });

  it('tells of every change until all have read of it, whichever holding it was of, and of no other', () => {
    const place = { online: true, where: '' };
    const first = played(series, ['maria', { do: 'change', on, changes: { slot } }]);
    const then = (state: Meeting) =>
      played(state, ['maria', { do: 'change', on: '2026-12-03', changes: { place, title: 'Ny' } }]);
    const { untold: [untold, ...others] = [], before } = then(first).news;
    expect(untold).to.deep.include({ what: 'changed', on, before: { slot: thursday } });
    expect(others).to.deep.equal([]);
    expect(before).to.deep.equal({ place: series.place, title: series.title });
    const spread = { ...first, news: { ...first.news, spread: true } };
    expect(then(spread).news).to.not.have.property('untold');
    const notice = { key: `invitation:2:${people.gunilla}`, to: people.gunilla, kind: 'invitation', at: first.news.at };
    const waits = { ...spread, delivery: { ...spread.delivery, notices: [{ ...notice, stays: '2-gunilla' }] } };
    expect(then(waits).news.untold, 'one of them is still to read it').to.have.length(1);
    const card = { id: 'x', conversation: conversationId('c'), activityId: null, shown: 0, state: 'live' } as const;
    const onItsWay = { ...spread, delivery: { ...spread.delivery, placements: [card] } };
    expect(then(onItsWay).news.untold, 'the chat is').to.have.length(1);
    const off = played(first, ['maria', { do: 'cancel', on }]);
    expect(off.news).to.deep.include({ what: 'cancelled', on, before: { slot: thursday } });
    expect(off.news).to.not.have.property('untold');
    expect(
      played(then(first), ['maria', { do: 'change', on, changes: { title: 'Nyare' } }]).news.untold,
    ).to.have.length(1);
    expect(played(first, ['maria', { do: 'cancel', on: null }]).news.untold).to.have.length(1);
  });

  it('of the whole series and of its dates says of each what people were last told, and nothing where that is not known', () => {
    const first = '2026-11-26';
    const second = '2026-12-03';
    const timeAt = (date: string | null, day: string, time: string): MeetingCommand => ({
      do: 'change',
      on: date,
      changes: { slot: { start: `${day}T${time}`, minutes: 60 } },
    });
    const beforeOf = (...commands: readonly MeetingCommand[]) => {
      const { untold = [], ...last } = played(series, ...commands.map((one) => ['maria', one] as const)).news;
      const slots = [...untold, last].map(({ on: date, before }) => [date, before.slot?.start ?? null] as const);
      return Object.fromEntries(slots);
    };
    const known = `${first}T13:00`;
    const one = timeAt(first, first, '14:00');
    const all = timeAt(null, first, '15:00');
    expect(beforeOf(one, all), 'of one, and of all').to.deep.equal({ [first]: known, null: known });
    expect(beforeOf(all, one), 'of all, and of the first').to.deep.equal({ [first]: known, null: known });
    const other = timeAt(second, second, '16:00');
    expect(beforeOf(other, all)).to.deep.equal({ [second]: `${second}T13:00`, null: known });
    expect(beforeOf(all, other), 'another was told with all').to.deep.equal({ [second]: null, null: known });
    const again = timeAt(second, second, '17:00');
    expect(beforeOf(all, other, again)).to.deep.equal({ [second]: null, null: known });
    expect(beforeOf(other, all, again)).to.deep.equal({ [second]: `${second}T13:00`, null: known });
    const place = { online: true, where: '' };
    const elsewhere: MeetingCommand = { do: 'change', on: null, changes: { place } };
    expect(beforeOf(elsewhere, other), 'all are elsewhere, at the same time').to.deep.equal({
      [second]: `${second}T13:00`,
      null: null,
    });
    expect(beforeOf(one, elsewhere), 'that one alone has another time').to.deep.equal({ [first]: known, null: null });
    const fromSecond: MeetingCommand = { ...elsewhere, at: second };
    const started = played(series, ['maria', { do: 'change', on: first, changes: { place } }]);
    const heard = { ...started, news: { ...started.news, spread: true } };
    const back = played(
      heard,
      ['maria', fromSecond],
      ['maria', { do: 'change', on: first, changes: { place: { online: false, where: 'Skolan' } } }],
    );
    expect(back.news.before.place, 'it was so before the others were').to.deep.equal(place);
  });

  it('of the whole series is told of the first that is another than people know', () => {
    const slot = (day: string, time: string) => ({ start: `${day}T${time}`, minutes: 60 });
    const there = played(series, [
      'maria',
      { do: 'change', on: '2026-12-03', changes: { slot: slot('2026-12-03', '09:00') } },
    ]);
    const heard = { ...there, news: { ...there.news, spread: true } };
    const unheard = played(heard, ['maria', { do: 'change', on, changes: { slot: slot(on, '09:00') } }]);
    const back = played(unheard, ['maria', { do: 'change', on: null, changes: { slot: slot(on, '13:00') } }]);
    expect(back.news.before.slot).to.deep.equal({ ...slot('2026-12-03', '09:00'), number: 2 });
  });

  it('tells of the title that people know, once, however often it was changed at whichever holding', () => {
    const at = (date: string, changes: Changes) => ['maria', { do: 'change', on: date, changes }] as const;
    const retitled = at('2026-12-03', { title: 'Ny' });
    const again = at('2026-12-10', { title: 'Nyare' });
    const titlesOf = (state: Meeting) =>
      [...(state.news.untold ?? []), state.news].flatMap(({ before }) => before.title ?? []);
    expect(titlesOf(played(series, retitled, again))).to.deep.equal([series.title]);
    expect(titlesOf(played(series, at(on, { slot }), retitled, again))).to.deep.equal([series.title]);
  });

  it('is told with each date that was called off before people heard of it, and never with a reminder', () => {
    const off = played(series, ['maria', { do: 'cancel', on: '2026-12-03' }]);
    const moved = (state: Meeting) => played(state, ['maria', { do: 'change', on: '2026-12-10', changes: { place } }]);
    const place = { online: true, where: '' };
    const toldIn = ({ news: { untold = [], ...last } }: Meeting) =>
      [...untold, last].map(({ what, on: date }) => `${what} ${date}`);
    expect(toldIn(moved(off))).to.deep.equal(['cancelled 2026-12-03', 'changed 2026-12-10']);
    const reminded = { ...series, news: { ...series.news, what: 'reminder', on } as const };
    expect(toldIn(moved(reminded))).to.deep.equal(['changed 2026-12-10']);
  });

  it('writes what its sender has changed alone, and nothing over what a colleague has changed as well before they have read it', () => {
    const [one] = occurrencesOf(requireSchedule(planned), planned.place, calendar);
    if (!one) throw new Error('It has no holding.');
    const seenIn = (state: Meeting, occurrence = one) => seenOf(changeParts(state, occurrence, exampleDirectory()));
    const seen = seenIn(planned);
    const { title, place, invited } = planned;
    const asItWas = { title, place, slot: thursday, invited };
    const changed = (state: Meeting, over: Changes, at = seen) =>
      played(state, ['maria', { do: 'change', on: null, seen: at, changes: { ...asItWas, ...over } }]);
    const colleague = played(planned, [
      'maria',
      { do: 'change', on: null, changes: { slot, place: { online: true, where: '' }, title: 'Ny' } },
    ]);
    const more = changed(colleague, { invited: { everyone: true, named: [people.gunilla] } });
    expect(more.title).to.equal('Ny');
    expect(requireSchedule(more).changes).to.deep.equal(requireSchedule(colleague).changes);
    expect(more.invited.named).to.deep.equal([people.gunilla]);
    for (const over of [
      { title: 'Min' },
      { place: { online: false, where: 'Min' } },
      { slot: { ...thursday, minutes: 45 } },
      { slot: { ...thursday, start: '2026-11-30T09:00' } },
    ]) {
      const changes = { ...asItWas, ...over };
      expect(refused(colleague, 'maria', { do: 'change', on: null, seen, changes })).to.equal('form.overtaken');
      const [now] = occurrencesOf(requireSchedule(colleague), colleague.place, calendar);
      expect(changed(colleague, over, seenIn(colleague, now)), 'once it was read').to.not.equal(colleague);
    }
    const same = changed(colleague, { title: 'Ny' });
    expect(same, 'both have made the same of it').to.deep.include({ title: 'Ny', news: colleague.news });
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
    expect(numbersOf(later), 'each as calendars know it').to.deep.equal([1, 3, 2, 4, 5, 6]);
  });

  it('of one date leaves the others where and when they are, and tells of that date', () => {
    const place = { online: false, where: 'Skolan' };
    const second = { start: '2026-12-04T09:00', minutes: 60 };
    const changed = played(series, ['maria', { do: 'change', on: '2026-12-03', changes: { place, slot: second } }]);
    const places = occurrencesOf(requireSchedule(changed), changed.place, calendar).map(
      ({ place: { where } }) => where,
    );
    expect(places).to.deep.equal(places.map((_, index) => (index === 1 ? 'Skolan' : 'Polisstationen')));
    expect(changed.news).to.deep.include({
      on: '2026-12-03',
      before: { slot: { ...thursday, start: '2026-12-03T13:00' }, place: series.place },
    });
  });

  it('of a place of a whole series is that of each of them, also of the one at which it was changed before', () => {
    const to = (where: string, seen: string): MeetingCommand => ({
      do: 'change',
      on: null,
      seen,
      changes: { place: { online: false, where } },
    });
    const moved = played(series, ['maria', to('Skolan', on)], ['maria', to('Biblioteket', '2026-12-03')]);
    const places = occurrencesOf(requireSchedule(moved), moved.place, calendar).map(({ place: { where } }) => where);
    expect(new Set(places)).to.deep.equal(new Set(['Biblioteket']));
  });

  it('of a place of a whole series is that of all that is to come, and what was held stays where it was', () => {
    const at = (where: string) => ({ online: false, where });
    const to = (where: string, on: string | null, seen?: string): MeetingCommand => ({
      do: 'change',
      on,
      ...(seen && { at: seen }),
      changes: { place: at(where) },
    });
    const placesOf = (state: Meeting): string[] =>
      occurrencesOf(requireSchedule(state), state.place, calendar).map(({ place: { where } }) => where);
    const untold = played(series, ['maria', to('Skolan', '2026-12-03')], ['maria', to('Torget', '2026-12-10')]);
    const alone = { ...untold, news: { ...untold.news, spread: true } };
    const later = inHelsinki('2026-11-30T09:00');
    const moved = played(alone, ['maria', to('Biblioteket', null, '2026-12-03'), later]);
    expect(placesOf(moved)).to.deep.equal(['Polisstationen', ...Array(5).fill('Biblioteket')]);
    expect(moved.news.before, 'of the first that is elsewhere').to.deep.equal({
      place: { ...at('Skolan'), number: 2 },
    });
    const back = played(alone, ['maria', to('Polisstationen', null, '2026-12-10')]);
    expect(new Set(placesOf(back))).to.deep.equal(new Set(['Polisstationen']));
    expect(back.news.before.place, 'that of today is the same').to.deep.equal({ ...at('Skolan'), number: 2 });
    const unheard = played(untold, ['maria', to('Polisstationen', null, '2026-12-10')]);
    expect(unheard.news.before.place, 'as people know it').to.equal(undefined);
    const during = inHelsinki('2026-11-26T13:30');
    const others = placesOf(played(series, ['maria', to('Biblioteket', null, '2026-12-03'), during]));
    expect(others).to.deep.equal(['Polisstationen', ...Array(5).fill('Biblioteket')]);
    const all = placesOf(played(series, ['maria', to('Biblioteket', null, on), during]));
    expect(new Set(all), 'the one on the form too').to.deep.equal(new Set(['Biblioteket']));
    const fridays: MeetingCommand = {
      do: 'change',
      on: null,
      at: '2026-12-03',
      changes: { slot: { start: '2026-12-04T13:00', minutes: 60 }, place: at('Biblioteket') },
    };
    const both = played(played(alone, ['maria', fridays, later]), ['maria', to('Skolan', null), later]);
    expect(placesOf(both), 'on other days too').to.deep.equal(['Polisstationen', ...Array(5).fill('Skolan')]);
  });

  it('of the place of a whole series is told as it was of the first that is elsewhere by now', () => {
    const to = (where: string, on: string | null): MeetingCommand => ({
      do: 'change',
      on,
      ...(on === null && { at: '2026-12-03' }),
      changes: { place: { online: false, where } },
    });
    const own = played(series, ['maria', to('Skolan', on)]);
    const heard = { ...own, news: { ...own.news, spread: true } };
    const once = played(heard, ['maria', to('Skolan', null)]);
    expect(once.news.before.place).to.deep.equal({ ...series.place, number: 2 });
    const twice = played(once, ['maria', to('Biblioteket', null)]);
    expect(twice.news.before.place).to.deep.equal({ online: false, where: 'Skolan', number: 1 });
    const thrice = played(twice, ['maria', to('Torget', null)]);
    expect(thrice.news.before.place).to.deep.equal({ online: false, where: 'Skolan', number: 1 });
  });

  it('makes one that has begun longer, as it began in time', () => {
    const longer: MeetingCommand = { do: 'change', on, changes: { slot: { ...thursday, minutes: 90 } } };
    expect(refused(planned, 'maria', longer, inHelsinki('2026-11-26T13:30'))).to.equal(null);
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

  describe('of who is invited', () => {
    const named = (...who: readonly ExamplePerson[]) => ({ everyone: false, named: who.map((one) => people[one]) });
    const first = meeting({ invited: named('maria', 'petri', 'gunilla') });
    const card = (who: ExamplePerson) => ({
      id: who,
      conversation: conversationId(who),
      activityId: '1',
      shown: 1,
      state: 'live' as const,
      to: people[who],
    });
    const told = {
      ...first,
      news: { ...first.news, spread: true },
      delivery: { ...first.delivery, placements: [card('gunilla')] },
    };
    const inviting = (state: Meeting, ...who: readonly ExamplePerson[]) =>
      played(state, ['maria', { do: 'change', on: null, changes: { invited: named(...who) } }]);
    const noticesOf = ({ delivery }: Meeting): string[] => delivery.notices.map(({ kind, to }) => `${kind} ${to}`);

    it('invites who is new and tells who is taken out, once, and nobody else hears of it', () => {
      const changed = inviting(told, 'maria', 'petri', 'sofia');
      expect(noticesOf(changed)).to.deep.equal([`uninvited ${people.gunilla}`, `invitation ${people.sofia}`]);
      expect(changed.news, 'no news for all').to.equal(told.news);
      expect(requireSchedule(changed).sequence, 'nothing that a calendar shows').to.equal(0);
      const same = { do: 'change', on: null, changes: { invited: named('sofia', 'petri', 'maria') } } as const;
      expect(decide(changed, same, sceneOf('maria')), 'a double press').to.equal(changed);
    });

    it('asks who is new together with all others when these have not been told yet, or are told something new', () => {
      expect(noticesOf(inviting(first, 'maria', 'petri', 'sofia')), 'nobody has heard of it yet').to.deep.equal([]);
      const moved = played(told, [
        'maria',
        { do: 'change', on: null, changes: { slot, invited: named('maria', 'petri', 'sofia') } },
      ]);
      expect(moved.news).to.deep.include({ what: 'changed', before: { slot: thursday }, spread: false });
      const overtaken = moved.delivery.notices.map(({ key, kind, to }) => {
        const notice = { key, kind: kind === 'invitation' ? ('invitation' as const) : ('uninvited' as const), to };
        return `${kind} ${isOvertaken(moved, notice, sceneOf('maria'))}`;
      });
      expect(overtaken).to.deep.equal(['uninvited false', 'invitation true']);
      expect(toTell(moved, [], exampleDirectory())).to.deep.equal(named('maria', 'petri', 'sofia').named);
    });

    it('tells nobody that they are out who is in again before that is sent', () => {
      const again = inviting(inviting(told, 'maria', 'petri'), 'maria', 'petri', 'gunilla');
      const out = again.delivery.notices.find(({ kind }) => kind === 'uninvited');
      if (!out) throw new Error('She was to be told.');
      expect(isOvertaken(again, { key: out.key, kind: 'uninvited', to: out.to }, sceneOf('maria'))).to.equal(true);
    });

    it('tells them that they are out only as long as they are, also where all of it is off', () => {
      const again = inviting(inviting(told, 'maria', 'petri'), 'maria', 'petri', 'gunilla');
      const off = played(again, ['maria', { do: 'cancel', on }]);
      const out = off.delivery.notices.find(({ kind }) => kind === 'uninvited');
      if (!out) throw new Error('She was to be told.');
      expect(isOvertaken(off, { key: out.key, kind: 'uninvited', to: out.to }, sceneOf('maria'))).to.equal(true);
    });

    it('tells nothing to whoever was named by mistake, and taken out before they have heard of it', () => {
      const two = { ...inviting(told, 'maria', 'petri'), delivery: first.delivery };
      const mistaken = inviting(inviting(two, 'maria', 'petri', 'gunilla'), 'maria', 'petri');
      expect(noticesOf(mistaken)).to.deep.equal([`invitation ${people.gunilla}`]);
      for (const { key, to } of mistaken.delivery.notices)
        expect(isOvertaken(mistaken, { key, kind: 'invitation', to }, sceneOf('maria'))).to.equal(true);
      const untold = played(two, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
      expect(noticesOf(inviting(inviting(untold, 'maria', 'petri', 'gunilla'), 'maria', 'petri'))).to.deep.equal([]);
      const heard = played(told, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
      expect(noticesOf(inviting(heard, 'maria', 'petri'))).to.deep.equal([`uninvited ${people.gunilla}`]);
    });

    it('tells nothing to a member of its body either who was named by mistake, and tells whoever knew of it', () => {
      const invited = named('maria', 'gunilla');
      const without = { ...told, invited };
      expect(noticesOf(inviting(inviting(without, 'maria', 'petri', 'gunilla'), 'maria', 'gunilla'))).to.deep.equal([
        `invitation ${people.petri}`,
      ]);
      expect(noticesOf(inviting(first, 'maria', 'gunilla')), 'nobody has heard of it yet').to.deep.equal([]);
      const changed = played(told, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
      expect(noticesOf(inviting(changed, 'maria', 'gunilla'))).to.deep.equal([`uninvited ${people.petri}`]);
    });

    it('tells whoever has no card of their own and has answered', () => {
      const replies = { [on]: { [people.gunilla]: { coming: 'yes', at: '' } as const } };
      const answered = withSchedule({ ...told, delivery: first.delivery }, { ...requireSchedule(told), replies });
      expect(noticesOf(inviting(answered, 'maria', 'petri'))).to.deep.equal([`uninvited ${people.gunilla}`]);
    });

    it('tells whoever has a card of earlier news, or has been told before that they are out', () => {
      const waiting = { ...invitationsTo([people.gunilla], 2)[0], at: '' } as Notice;
      const withNews = (one: Meeting, noticed: string[]): Meeting => ({
        ...one,
        delivery: { ...one.delivery, notices: [waiting], noticed },
      });
      const out = (one: Meeting) => noticesOf(inviting(one, 'maria', 'petri')).slice(1);
      expect(out(withNews(told, []))).to.deep.equal([`uninvited ${people.gunilla}`]);
      const bare = { ...told, delivery: first.delivery };
      expect(out(withNews(bare, [])), 'has heard of nothing').to.deep.equal([]);
      expect(out(withNews(bare, [`uninvited:x:${people.petri}`])), 'nor has somebody else told so').to.deep.equal([]);
    });

    it('tells once, and does tell, whoever is out, in and out again before anything of that is sent', () => {
      const out = inviting(told, 'maria', 'petri');
      const again = inviting(inviting(out, 'maria', 'petri', 'gunilla'), 'maria', 'petri');
      const uninvited = (one: Meeting) => noticesOf(one).filter((notice) => notice.startsWith('uninvited'));
      expect(uninvited(again)).to.deep.equal([`uninvited ${people.gunilla}`]);
      const [{ key }] = out.delivery.notices as [Notice];
      const dropped = record({ ...out.delivery, placements: [] }, { did: 'noticed', key });
      const lost = inviting({ ...out, delivery: dropped }, 'maria', 'petri', 'gunilla');
      const changes = { invited: named('maria', 'petri') };
      const late = decide(lost, { do: 'change', on: null, changes }, sceneOf('maria', monday.add({ seconds: 1 })));
      expect(uninvited(late), 'their card is gone, and the word was overtaken').to.have.length(1);
    });

    it('tells whoever reads of it, when they are not invited any more by then', () => {
      const mistaken = inviting(inviting({ ...told, invited: named('maria') }, 'maria', 'petri'), 'maria');
      const [notice] = mistaken.delivery.notices;
      if (!notice) throw new Error('It was on its way.');
      const sent = withVain(sentOut(mistaken), notice, sceneOf('maria'));
      expect(noticesOf(sent)).to.deep.equal([`uninvited ${people.petri}`]);
      expect(noticesOf(withVain(sent, notice, sceneOf('maria'))), 'once').to.have.length(1);
      const [out] = sent.delivery.notices;
      if (!out) throw new Error('It is to be told.');
      expect(withVain(sentOut(sent), out, sceneOf('maria')), 'that is no invitation').to.deep.equal(sentOut(sent));
      const again = inviting(mistaken, 'maria', 'petri');
      expect(withVain(again, notice, sceneOf('maria')), 'they are again').to.equal(again);
    });

    it('tells those who may not read it any more nothing of what it is called by now', () => {
      const changes = { title: 'Nytt namn', invited: named('maria') };
      const out = played(told, ['maria', { do: 'change', on: null, changes }]);
      const scene = { texts: textsFor('sv'), directory: exampleDirectory(), calendar, now: monday, placement: null };
      const text = (who: ExamplePerson): string => {
        const { key = '' } = out.delivery.notices.find(({ to }) => to === people[who]) ?? {};
        return JSON.stringify(noticeMessage(out, { kind: 'uninvited', key, to: people[who] }, scene));
      };
      expect(text('petri')).to.include('Nytt namn').and.include('26 nov');
      expect(text('gunilla')).to.include('Möte · Lojo ankarteam').and.include('26 nov').and.not.include('Nytt namn');
      const key = `uninvited:${on}:${monday}:${people.gunilla}`;
      const ofBefore = { ...scene, placement: null };
      const { card } = noticeMessage(out, { kind: 'uninvited', key, to: people.gunilla }, ofBefore);
      expect(JSON.stringify(card), 'a word of before').to.not.include('Nytt namn').and.not.include('Polisstationen');
    });

    it('tells nobody that they need not come who is invited to what the dates are by now', () => {
      const repeat = { ...weekly, end: { count: 3 } };
      const made = meeting({ plan: { one: thursday, repeat }, invited: named('maria', 'petri') });
      const series = { ...made, news: { ...made.news, spread: true } };
      const out = inviting(series, 'maria');
      const [notice] = out.delivery.notices;
      if (!notice) throw new Error('It is to be told.');
      const moved = (state: Meeting) => played(state, ['maria', { do: 'change', on: null, changes: { slot } }]);
      const overtaken = (state: Meeting) =>
        (['uninvited', 'substituteFree'] as const).map((kind) =>
          isOvertaken(state, { ...notice, kind }, sceneOf('maria')),
        );
      expect(overtaken(moved(inviting(out, 'maria', 'petri')))).to.deep.equal([true, true]);
      expect(overtaken(moved(out))).to.deep.equal([false, false]);
    });

    it('shows in the chat who is invited by now', () => {
      const changed = inviting(told, 'maria', 'gunilla', 'sofia');
      expect(changed.delivery.revision).to.be.above(told.delivery.revision);
    });

    it('asks whoever is named again and has said no', () => {
      const declined = withSchedule(told, {
        ...requireSchedule(told),
        replies: { [on]: { [people.gunilla]: { coming: 'no', at: '' } } },
      });
      const out = { ...inviting(declined, 'maria', 'petri'), delivery: declined.delivery };
      const again = inviting(out, 'maria', 'petri', 'gunilla');
      expect(noticesOf(again)).to.deep.equal([`invitation ${people.gunilla}`]);
      expect(requireSchedule(again).replies[on]).to.deep.equal({});
      expect(again.delivery.own, 'as their own card shows').to.equal(again.delivery.revision);
      const begun = sceneOf('maria', inHelsinki(`${on}T13:30`));
      const changes = { invited: named('maria', 'petri', 'gunilla') };
      const late = decide(out, { do: 'change', on: null, changes }, begun);
      expect(requireSchedule(late).replies[on]?.[people.gunilla]?.coming, 'of what goes on').to.equal('no');
    });

    it('invites anew whose invitation to what was news before still waits', () => {
      const waiting = inviting(told, 'maria', 'petri', 'sofia');
      const out = inviting(waiting, 'maria', 'petri');
      const next = { ...out, news: { ...out.news, number: out.news.number + 1 } };
      const again = inviting(next, 'maria', 'petri', 'sofia');
      const keys = again.delivery.notices.flatMap(({ kind, key }) => (kind === 'invitation' ? [key] : []));
      expect(keys).to.include(`invitation:${next.news.number}:${people.sofia}`);
      expect(again.delivery.notices.filter(({ key }) => key === keys[0])).to.have.length(1);
    });

    describe('beside the seats of its body', () => {
      const later = '2026-12-03';
      const all = seated();
      const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
      const plan = { one: thursday, repeat: { ...weekly, end: { count: 2 } } };
      /** The member has said no to the first of two. */
      const declined = (...among: readonly PersonId[]): Meeting => {
        const invited = { everyone: true, named: among };
        const of = { body: bodyId('steering:vastra-nyland'), plan, invited };
        const made = meeting(of, { by: 'kaisa', directory: all });
        const schedule = requireSchedule(made);
        const replies = { [on]: { [member]: { coming: 'no', at: '' } as const } };
        return { ...withSchedule(made, { ...schedule, replies }), news: { ...made.news, spread: true } };
      };
      const naming = (state: Meeting, named: readonly PersonId[], now = monday) => {
        const changes = { invited: { everyone: true, named } };
        return decide(state, { do: 'change', on: null, changes }, sceneOf('kaisa', now, all));
      };
      const toldOf = ({ delivery }: Meeting) =>
        delivery.notices
          .filter(({ to }) => to === substitute)
          .map(({ kind, key }) => [kind, ...freedIn(key).dates.map(({ start }) => start.slice(0, 10))]);
      const afterFirst = inHelsinki('2026-11-28T09:00');

      it('tells whoever is named no more of the dates to which they are not to come in a place either', () => {
        const out = naming(declined(substitute), []);
        expect(toldOf(out)).to.deep.equal([['substituteFree', later]]);
        const { key = '' } = out.delivery.notices.find(({ to }) => to === substitute) ?? {};
        const scene = { texts: textsFor('sv'), directory: all, calendar, now: monday, placement: null };
        const { summary } = noticeMessage(out, { kind: 'substituteFree', key, to: substitute }, scene);
        expect(summary, 'they still come on the other').to.match(/^Du behöver inte komma varje gång: /);
        expect(out.delivery.own, 'their own card says so').to.equal(out.delivery.revision).and.not.equal(0);
        expect(toldOf(naming(declined(substitute), [], afterFirst))).to.deep.equal([['uninvited', later]]);
      });

      it('has them asked anew, and tells nothing to whoever has said no', () => {
        const stood = (coming: 'yes' | 'no'): Meeting => {
          const one = declined(substitute);
          const schedule = requireSchedule(one);
          const replies = { ...schedule.replies, [later]: { [substitute]: { coming, at: '' } } };
          return withSchedule(one, { ...schedule, replies });
        };
        const saying = (coming: 'yes' | 'no') => naming(stood(coming), []);
        expect(requireSchedule(saying('yes')).replies[later]).to.deep.equal({});
        expect(toldOf(saying('no'))).to.deep.equal([]);
        const changes = { invited: { everyone: true, named: [] } };
        const longer = { ...thursday, minutes: thursday.minutes + 30 };
        for (const more of [{ title: 'Ny' }, { slot: longer }]) {
          const command = { do: 'change', on: null, changes: { ...changes, ...more } } as const;
          const other = decide(stood('yes'), command, sceneOf('kaisa', monday, all));
          expect(requireSchedule(other).replies[later] ?? {}, 'also with something else').to.deep.equal({});
        }
      });

      it('asks whoever is named by now anew, who has said no in a place', () => {
        const one = declined();
        const schedule = { ...requireSchedule(one), repeat: null };
        const replies = { [on]: { ...schedule.replies[on], [substitute]: { coming: 'no', at: '' } as const } };
        const named = naming(withSchedule(one, { ...schedule, replies }), [substitute]);
        expect(toldOf(named)).to.deep.equal([['invitation']]);
        expect(requireSchedule(named).replies[on]?.[substitute]).to.equal(undefined);
        const comes = { [on]: { ...schedule.replies[on], [substitute]: { coming: 'yes', at: '' } as const } };
        const yes = naming(withSchedule(one, { ...schedule, replies: comes }), [substitute]);
        expect([toldOf(yes), requireSchedule(yes).replies[on]?.[substitute]?.coming]).to.deep.equal([[], 'yes']);
      });

      it('takes for told that they are free only whom, and of what, they were told', () => {
        const calls = [{ on, substitute, start: null, at: monday.toString() }];
        const called = declined();
        const schedule = requireSchedule(called);
        const no = { [member]: { coming: 'no', at: '' } as const };
        const both = { ...withSchedule(called, { ...schedule, replies: { [on]: no, [later]: no } }), calls };
        const changes = { invited: { everyone: false, named: [people.kaisa] } };
        const out = decide(both, { do: 'change', on: null, changes }, sceneOf('kaisa', monday, all));
        expect(toldOf(out)).to.deep.equal([['substituteFree', later]]);
        const party = steeringSeats(all).find(({ id }) => id !== 'polisen');
        if (!party) throw new Error('There are parties.');
        const other = seat('member', party.id);
        const toOther = out.delivery.notices.filter(({ to }) => to === other);
        expect(toOther.flatMap(({ key }) => freedIn(key).dates.map((date) => date.on))).to.deep.equal([on, later]);
      });

      it('takes whoever was invited themselves for told, whatever they have heard in a place before', () => {
        const calls = [{ on, substitute, start: null, at: monday.toString() }];
        const knows = { ...declined(substitute), calls };
        expect(toldOf(naming(knows, [substitute, people.sofia]))).to.deep.equal([]);
        const changes = { invited: { everyone: false, named: [member] } };
        const one = { ...requireSchedule(knows), repeat: null, replies: {} };
        const out = decide(
          withSchedule(knows, one),
          { do: 'change', on: null, changes },
          sceneOf('kaisa', monday, all),
        );
        expect(toldOf(out)).to.deep.equal([['uninvited', on]]);
      });

      it('tells whoever reads in vain that they are called of the date that they read of, and their card is a line', () => {
        const scene = sceneOf('kaisa', monday, all);
        const notice = { key: `substitute:${on}:${monday}:${substitute}`, kind: 'substitute', to: substitute };
        const called = declined();
        const schedule = requireSchedule(called);
        const placements = [{ ...card('gunilla'), to: substitute }];
        const back: Meeting = {
          ...withSchedule(called, { ...schedule, replies: {} }),
          delivery: { ...called.delivery, placements },
        };
        const vain = withVain(back, notice, scene);
        expect(toldOf(vain)).to.deep.equal([['substituteFree', on]]);
        expect(vain.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
        expect(toldOf(withVain(vain, notice, scene)), 'once').to.have.length(1);
        const call = { on, substitute, start: `${on}T13:00`, at: monday.toString() };
        const known = { ...back, calls: [call] };
        expect(withVain(known, notice, scene), 'as what is known of their call is told').to.equal(known);
        expect(withVain(called, notice, scene), 'they are to come').to.equal(called);
        const over = sceneOf('kaisa', inHelsinki('2026-12-05T09:00'), all);
        expect(withVain(back, notice, over), 'it is over').to.equal(back);
      });

      it('tells of one date after another, though the first word still waits', () => {
        const both = declined(substitute);
        const schedule = requireSchedule(both);
        const no = { [member]: { coming: 'no', at: '' } as const };
        const replies = { [on]: no, [later]: no };
        const invited = { everyone: false, named: [member, people.kaisa] };
        const all2: Meeting = { ...withSchedule(both, { ...schedule, replies }), invited };
        const answering = (one: Meeting, date: string): Meeting => {
          const known = requireSchedule(one);
          return withSchedule(one, { ...known, replies: { ...known.replies, [date]: {} } });
        };
        const freeing = (one: Meeting) => {
          const changes = { invited: { ...invited, named: [people.kaisa] } };
          return decide(one, { do: 'change', on: null, changes }, sceneOf('kaisa', monday.add({ minutes: 1 }), all));
        };
        const first = freeing(answering(all2, later));
        const second = freeing({ ...answering(all2, on), delivery: first.delivery });
        expect(toldOf(second)).to.deep.equal([
          ['substituteFree', on],
          ['substituteFree', later],
        ]);
      });

      it('leaves what they have said of what goes on', () => {
        const one = declined(substitute);
        const schedule = requireSchedule(one);
        const replies = { [on]: { [substitute]: { coming: 'yes', at: '' } as const } };
        const out = naming(withSchedule(one, { ...schedule, replies }), [], inHelsinki(`${on}T13:30`));
        expect(requireSchedule(out).replies[on]?.[substitute]?.coming).to.equal('yes');
        expect(toldOf(out)).to.deep.equal([['uninvited', on, later]]);
      });

      it('gives them a card of its own beside the one of the same news, which would be taken with that', () => {
        const [notice] = naming(declined(), [substitute]).delivery.notices;
        expect(notice?.stays)
          .to.be.a('string')
          .and.match(new RegExp(`${substitute}:.+`));
      });

      it('invites whoever is named by now to more than they were to come to in a place', () => {
        expect(toldOf(naming(declined(), [substitute]))).to.deep.equal([['invitation']]);
        expect(toldOf(naming(declined(), [substitute], afterFirst))).to.deep.equal([['invitation']]);
      });
    });

    it('makes a line of the own card of who may see the meeting no more, and keeps that of a member', () => {
      const card = (who: ExamplePerson) => ({
        id: who,
        conversation: conversationId(`a:${who}`),
        activityId: who,
        shown: 1,
        state: 'live' as const,
        to: people[who],
      });
      const shown = { ...told, delivery: { ...told.delivery, placements: [card('gunilla'), card('petri')] } };
      const { delivery } = inviting(shown, 'maria');
      expect(delivery.placements.map(({ id, state }) => `${id} ${state}`)).to.deep.equal([
        'gunilla retiring',
        'petri live',
      ]);
      expect(delivery.own, 'which asks them no more').to.equal(delivery.revision);
    });
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

  it('asks anew about what is held at another time, and keeps what was said of one that is over or stays', () => {
    const later = inHelsinki('2026-11-30T09:00');
    const dates = [on, '2026-12-03', '2026-12-10'];
    const answered = played(
      series,
      ...dates.map((date) => ['petri', { do: 'reply', on: date, coming: 'yes' }] as const),
    );
    const at = (start: string, minutes: number): MeetingCommand => ({
      do: 'change',
      on: null,
      at: '2026-12-03',
      changes: { slot: { start: `2026-12-03T${start}`, minutes } },
    });
    for (const [start, minutes] of [
      ['14:00', 60],
      ['13:00', 90],
    ] as const) {
      const moved = requireSchedule(played(answered, ['maria', at(start, minutes), later]));
      expect(Object.keys(moved.replies)).to.deep.equal([on]);
      expect(moved.changes).to.deep.equal({ [on]: { slot: thursday, place: series.place } });
    }
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

  it('has a date cancelled once, at the time to which it was moved, and none that is over', () => {
    const off: MeetingCommand = { do: 'cancel', on };
    const once = played(series, ['maria', { do: 'change', on, changes: { slot } }], ['maria', off]);
    expect(datesOf(once)[0]).to.equal(`${slot.start} x`);
    expect(decide(once, off, sceneOf('maria'))).to.equal(once);
    const whole = played(series, ['maria', { do: 'cancel', on: null }]);
    expect(decide(whole, off, sceneOf('maria'))).to.equal(whole);
    expect(refused(series, 'maria', off, inHelsinki('2026-11-26T13:59'))).to.equal(null);
    expect(refused(series, 'maria', off, inHelsinki('2026-11-26T14:00'))).to.equal('meeting.over');
  });

  it('ends when it is cancelled after something of it was held, which stays as it was with who came', () => {
    const cancel: MeetingCommand = { do: 'cancel', on: null };
    const later = inHelsinki('2026-11-30T09:00');
    const recorded = played(series, ['maria', { do: 'record', on, came: [people.petri] }, later]);
    const ended = played(recorded, ['maria', cancel, later]);
    expect([ended.stage.is, ended.over, requireSchedule(ended).sequence]).to.deep.equal(['planned', false, 1]);
    expect(datesOf(ended)).to.deep.equal(datesOf(series).map((date, index) => (index === 0 ? date : `${date} x`)));
    expect(ended.news).to.deep.include({ what: 'cancelled', on: null, spread: false });
    expect(decide(ended, cancel, sceneOf('maria', later)), 'a double press').to.equal(ended);
    const nobody: MeetingCommand = { do: 'record', on, came: [] };
    expect(requireSchedule(played(ended, ['maria', nobody, later])).came).to.deep.equal({ [on]: [] });
    const going = played(
      series,
      ['maria', { do: 'change', on: '2026-12-03', changes: { slot: { start: '2026-11-24T08:00', minutes: 60 } } }],
      [
        'maria',
        { do: 'change', on: null, changes: { slot: { start: '2026-11-27T13:00', minutes: 60 } } },
        inHelsinki('2026-11-26T13:30'),
      ],
      ['maria', cancel, inHelsinki('2026-11-26T13:40')],
    );
    expect(
      datesOf(going).filter((date) => !date.endsWith('x')),
      'what is going on is off too',
    ).to.deep.equal(['2026-11-24T08:00']);
  });

  it('is not cancelled any more once all of it was held, nor is a meeting of its own', () => {
    const cancel: MeetingCommand = { do: 'cancel', on: null };
    expect(refused(planned, 'maria', cancel, inHelsinki('2026-11-26T13:59'))).to.equal(null);
    expect(refused(planned, 'maria', cancel, inHelsinki('2026-11-26T14:00'))).to.equal('meeting.over');
    expect(refused({ ...planned, over: true }, 'maria', cancel, inHelsinki('2026-12-04T09:00'))).to.equal(
      'meeting.over',
    );
    expect(refused(series, 'maria', cancel, inHelsinki('2026-12-31T13:59'))).to.equal(null);
    expect(refused(series, 'maria', cancel, inHelsinki('2026-12-31T14:00'))).to.equal('meeting.over');
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
    const back = played(proposal, ['petri', { do: 'cancel', on: null }]);
    expect(refused(back, 'maria', { do: 'confirm' }), 'taken back').to.equal('meeting.cancelled');
  });

  it('is not sent once its time has passed, and a poll with the times that are left and as long to answer as at first', () => {
    const confirm = { do: 'confirm' } as const;
    expect(refused(proposal, 'maria', confirm, inHelsinki('2026-11-26T13:00'))).to.equal('meeting.proposalPast');
    const several = meeting({ plan: pollPlan() }, { by: 'petri' });
    const pollAt = (local: string) => requirePoll(played(several, ['maria', confirm, inHelsinki(local)]));
    const inTime = pollAt('2026-11-25T09:00');
    expect([inTime.since, inTime.deadline]).to.deep.equal(['2026-11-25T07:00:00.000Z', '2026-11-27T14:00:00.000Z']);
    const late = pollAt('2026-12-01T10:00');
    expect(late.options.map(({ id }) => id)).to.deep.equal(['wed', 'thu']);
    expect(late, 'an hour before the first').to.deep.include({
      since: '2026-12-01T08:00:00.000Z',
      deadline: '2026-12-02T06:00:00.000Z',
    });
    expect(refused(several, 'maria', confirm, inHelsinki('2026-12-02T10:00'))).to.equal('meeting.proposalPast');
    const far = pollPlan();
    const january = {
      ...far,
      options: far.options.map((one) => ({ ...one, start: one.start.replace('2026-12', '2027-01') })),
    };
    const slow = played(meeting({ plan: january }, { by: 'petri' }), [
      'maria',
      confirm,
      inHelsinki('2026-12-01T10:00'),
    ]);
    expect(requirePoll(slow).deadline, 'four days, and no weekend').to.equal('2026-12-07T14:00:00.000Z');
  });

  it('that was confirmed meanwhile is cancelled by nobody who says no to it late, nor a poll whose time was picked', () => {
    const confirmed = played(proposal, ['maria', { do: 'confirm' }]);
    for (const who of ['maria', 'petri'] as const)
      expect(refused(confirmed, who, { do: 'cancel', on: null, was: 'proposed' }), who).to.equal('meeting.wentOn');
    const cancel = { do: 'cancel', on: null, was: 'planned' } as const;
    expect(played(confirmed, ['maria', cancel]).stage.is).to.equal('cancelled');
    expect(refused(confirmed, 'petri', cancel)).to.equal('directory.leadersOnly');
    const picked = played(meeting({ plan: pollPlan() }), ['maria', { do: 'pick', option: 'tue' }]);
    expect(refused(picked, 'maria', { do: 'cancel', on: null, was: 'poll' })).to.equal('meeting.wentOn');
    const declined = played(proposal, ['maria', { do: 'cancel', on: null, was: 'proposed' }]);
    expect(played(declined, ['maria', { do: 'cancel', on: null, was: 'proposed' }]), 'pressed twice').to.deep.equal(
      declined,
    );
  });

  it('is no news to anybody when it is taken back; declined, to who made it', () => {
    const back = played(proposal, ['petri', { do: 'cancel', on: null }]);
    expect([back.over, back.news.spread, back.delivery.notices.length]).to.deep.equal([true, true, 1]);
    const declined = played(proposal, ['maria', { do: 'cancel', on: null }]);
    expect(declined.delivery.notices.at(-1)).to.deep.include({ kind: 'declined', to: people.petri });
    expect(refused(proposal, 'jonas', { do: 'cancel', on: null })).to.equal('meeting.notFound');
  });
});
