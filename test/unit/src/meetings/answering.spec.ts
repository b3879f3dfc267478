import { expect } from 'chai';
import { type Notice, record } from '../../../../src/delivery/model.ts';
import { noticeMessage } from '../../../../src/meetings/cards/notice-card.ts';
import { decide as decided } from '../../../../src/meetings/decide.ts';
import type { Coming, Meeting, MeetingCommand } from '../../../../src/meetings/model.ts';
import { occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { repliesAt } from '../../../../src/meetings/standing.ts';
import { callsEnd, withListed, withoutWord } from '../../../../src/meetings/substitutes.ts';
import { freedIn, freedOccasion, isOvertaken, toTell } from '../../../../src/meetings/telling/news.ts';
import { broughtTo as brought, nextMoment } from '../../../../src/meetings/telling/reminders.ts';
import { type NoticeKind, requireSchedule } from '../../../../src/meetings/transition.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import { bodyId, conversationId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import {
  actor,
  calendar,
  type ExamplePerson,
  monday,
  people,
  refusal,
  unseatedDirectory,
} from '../../../support/builders.ts';
import {
  meeting,
  noticesOf,
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
/** As it is once all that is to be told has gone out. */
const decide = (...of: Parameters<typeof decided>): Meeting => sentOut(decided(...of));
const broughtTo = (...of: Parameters<typeof brought>): Meeting => sentOut(brought(...of));
const planned = meeting();
const refused = (state: Meeting, who: ExamplePerson, command: MeetingCommand, now = monday) =>
  refusal(() => decide(state, command, sceneOf(who, now)));
const held = Temporal.Instant.from('2026-11-26T12:00:00Z');

describe('an answer to a meeting', () => {
  it('is taken until it is over, also while it is held', () => {
    const reply = { do: 'reply', on, coming: 'yes' } as const;
    const begins = Temporal.Instant.from('2026-11-26T11:00:00Z');
    expect(refused(planned, 'petri', reply, begins)).to.equal(null);
    expect(refused(planned, 'petri', reply, begins.add({ minutes: 60 }))).to.equal('meeting.over');
  });

  it('is for a meeting that has its time, on a day on which it is held', () => {
    expect(refused(meeting({ plan: pollPlan() }), 'petri', { do: 'reply', on, coming: 'yes' })).to.equal(
      'meeting.notPlanned',
    );
    expect(refused(planned, 'petri', { do: 'reply', on: '2026-11-27', coming: 'yes' })).to.equal(
      'meeting.noOccurrence',
    );
  });

  it('is for the time that was read: once it has another, they are asked anew', () => {
    const reply = { do: 'reply', on, coming: 'yes', start: '2026-11-26T13:00' } as const;
    expect(refused(planned, 'petri', reply)).to.equal(null);
    const slot = { start: '2026-11-27T13:00', minutes: 60 };
    const moved = played(planned, ['maria', { do: 'change', on, changes: { slot } }]);
    expect(refused(moved, 'petri', reply)).to.equal('meeting.moved');
    expect(refused(moved, 'petri', { ...reply, start: slot.start })).to.equal(null);
  });

  it('sends a substitute only where there is one', () => {
    expect(refused(planned, 'petri', { do: 'reply', on, coming: 'substitute' })).to.equal('meeting.noSubstitute');
  });
});

describe('a substitute', () => {
  const steering = bodyId('steering:vastra-nyland');
  const deputy = personId('a0000000-0000-4000-8000-0000000000e1');
  /** Gunilla sits for Raseborg, and the deputy stands in for her. */
  const directory = unseatedDirectory();
  directory.people.push({ id: deputy, name: 'Dan Deputy' });
  for (const [person, role] of [
    [people.gunilla, 'member'],
    [deputy, 'substitute'],
  ] as const)
    directory.members.push({
      person,
      body: steering,
      role,
      profession: null,
      seat: 'raseborgs-stad',
      setBy: 'file',
      removed: false,
    });
  const group = meeting({ body: steering }, { by: 'kaisa', directory });
  const scene = { now: monday, directory, calendar };
  const gunilla = { ...scene, actor: actor('gunilla', 'sv', directory) };
  /** Once the substitute who was sent has been left in calm for a while. */
  const calmly = { ...gunilla, now: monday.add({ minutes: 10 }) };
  const kaisaAs = actor('kaisa', 'sv', directory);
  const asDeputy = {
    ...scene,
    actor: {
      ...kaisaAs,
      person: deputy,
      memberships: [{ body: steering, role: 'substitute', profession: null }],
    } as const,
  };
  const sent = decide(group, { do: 'reply', on, coming: 'substitute' }, gunilla);
  const told = (meeting: Meeting, kind: string) => noticesOf(meeting).filter((notice) => notice.kind === kind);

  it('is invited at once when the member sends them, with a card that stays', () => {
    expect(told(sent, 'substitute').map(({ to, stays }) => [to, stays !== undefined])).to.deep.equal([[deputy, true]]);
    expect(refusal(() => decide(group, { do: 'reply', on, coming: 'yes' }, asDeputy))).to.equal('meeting.notInvited');
    expect(refusal(() => decide(sent, { do: 'reply', on, coming: 'yes' }, asDeputy))).to.equal(null);
  });

  it('is invited once, whoever else answers then, and not when they are invited themselves', () => {
    const asKaisa = { ...scene, actor: kaisaAs, now: monday.add({ minutes: 5 }) };
    expect(told(decide(sent, { do: 'reply', on, coming: 'yes' }, asKaisa), 'substitute')).to.have.length(1);
    const named = meeting({ body: steering, invited: { everyone: true, named: [deputy] } }, { by: 'kaisa', directory });
    const both = decide(named, { do: 'reply', on, coming: 'substitute' }, gunilla);
    expect(told(both, 'substitute')).to.deep.equal([]);
  });

  it('who does not come has the member told while there is time', () => {
    const out = decide(sent, { do: 'reply', on, coming: 'no' }, asDeputy);
    expect(
      told(out, 'substituteOut').map(({ stays }) => stays),
      'in a message that passes',
    ).to.deep.equal([undefined]);
    expect(told(out, 'substituteOut').map(({ to }) => to)).to.deep.equal([people.gunilla]);
  });

  it('who does not come has nobody told but the member who sent them: nobody of another party, and nobody who comes', () => {
    const all = seated();
    const [one, two] = steeringSeats(all).map(({ id }) => id);
    if (!one || !two) throw new Error('There are parties.');
    const colleague = all.members.find(({ person }) => person === seat('member', two));
    if (!colleague) throw new Error('It has a member.');
    all.members.push({ ...colleague, person: personId('colleague') });
    const as = (person: PersonId, role: 'member' | 'substitute') => ({
      ...scene,
      directory: all,
      actor: { ...kaisaAs, person, memberships: [{ body: steering, role, profession: null }] } as const,
    });
    const sending = [one, two].reduce(
      (state: Meeting, party) =>
        decide(state, { do: 'reply', on, coming: 'substitute' }, as(seat('member', party), 'member')),
      meeting({ body: steering }, { by: 'kaisa', directory: all }),
    );
    const out = decide(sending, { do: 'reply', on, coming: 'no' }, as(seat('substitute', two), 'substitute'));
    expect(told(out, 'substituteOut').map(({ to }) => to)).to.deep.equal([seat('member', two)]);
  });

  it('hears what has become of their own call, though others were called to the same holding', () => {
    const all = seated();
    const [one, two] = steeringSeats(all).map(({ id }) => id);
    if (!one || !two) throw new Error('There are parties.');
    const said = (state: Meeting, party: typeof one, coming: Coming, minutes: number): Meeting =>
      decide(
        state,
        { do: 'reply', on, coming },
        {
          ...scene,
          directory: all,
          now: monday.add({ minutes }),
          actor: {
            ...kaisaAs,
            person: seat('member', party),
            memberships: [{ body: steering, role: 'member', profession: null }],
          },
        },
      );
    const timing = {
      directory: all,
      calendar,
      policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
    } as const;
    const start = meeting({ body: steering }, { by: 'kaisa', directory: all });
    const both = said(said(start, one, 'substitute', 0), two, 'substitute', 0);
    for (const [gone, stays] of [
      [one, two],
      [two, one],
    ] as const) {
      const calmed = broughtTo(said(both, gone, 'yes', 1), monday.add({ minutes: 10 }), timing);
      expect(told(calmed, 'substituteFree').map(({ to }) => to)).to.deep.equal([seat('substitute', gone)]);
      const later = broughtTo(said(calmed, stays, 'yes', 11), monday.add({ minutes: 21 }), timing);
      expect(told(later, 'substituteFree')).to.have.length(2);
    }
    const unsent = (state: Meeting, party: typeof one): Meeting => {
      const word = told(both, 'substitute').find(({ to }) => to === seat('substitute', party));
      if (!word) throw new Error('They were called.');
      const at = { ...scene, directory: all, now: monday.add({ minutes: 1 }) };
      return withoutWord(state, { ...word, kind: 'substitute' }, false, at);
    };
    const back = said(both, one, 'yes', 1);
    expect(
      unsent(back, one).calls?.map(({ substitute }) => substitute),
      'of whom the word was',
    ).to.deep.equal([seat('substitute', two)]);
    const again = said(broughtTo(back, monday.add({ minutes: 10 }), timing), one, 'substitute', 20);
    expect(unsent(again, one), 'an older word than the last').to.equal(again);
  });

  it('has the member told once for each time they are sent, however often they change their mind', () => {
    const toggled = (state: Meeting): Meeting =>
      (['no', 'yes', 'no', 'maybe', 'no'] as const).reduce(
        (one, coming, minutes) =>
          decide(one, { do: 'reply', on, coming }, { ...asDeputy, now: monday.add({ minutes: 60 + minutes }) }),
        state,
      );
    const once = toggled(sent);
    expect(told(once, 'substituteOut')).to.have.length(1);
    const back = decide(once, { do: 'reply', on, coming: 'yes' }, { ...gunilla, now: monday.add({ hours: 2 }) });
    const again = decide(
      back,
      { do: 'reply', on, coming: 'substitute' },
      { ...gunilla, now: monday.add({ hours: 3 }) },
    );
    const twice = decide(again, { do: 'reply', on, coming: 'yes' }, { ...asDeputy, now: monday.add({ hours: 4 }) });
    expect(told(toggled(twice), 'substituteOut')).to.have.length(2);
  });

  it('hears when the member comes after all, or perhaps, or is asked anew for another time, and their card is a line', () => {
    const comes = decide(sent, { do: 'reply', on, coming: 'yes' }, asDeputy);
    const [{ stays: id = '' } = {}] = told(sent, 'substitute');
    const card = {
      id,
      conversation: conversationId('x'),
      activityId: '1',
      shown: 1,
      state: 'live',
      to: deputy,
    } as const;
    const shown = { ...comes, delivery: { ...comes.delivery, placements: [card] } };
    const slot = { start: '2026-11-27T09:00', minutes: 60 };
    for (const next of [
      ...(['yes', 'maybe'] as const).map((coming) => decide(shown, { do: 'reply', on, coming }, calmly)),
      decide(shown, { do: 'change', on, changes: { slot } }, { ...calmly, actor: kaisaAs }),
    ]) {
      expect(told(next, 'substituteFree').map(({ to }) => to)).to.deep.equal([deputy]);
      expect(next.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
    }
    const declined = decide(shown, { do: 'reply', on, coming: 'no' }, asDeputy);
    expect(told(decide(declined, { do: 'reply', on, coming: 'yes' }, calmly), 'substituteFree')).to.deep.equal([]);
  });

  it('is asked for the seat of whoever does not come, as of whoever sends them', () => {
    const away = decide(group, { do: 'reply', on, coming: 'no' }, gunilla);
    expect(told(away, 'substitute').map(({ to }) => to)).to.deep.equal([deputy]);
    expect(told(decide(sent, { do: 'reply', on, coming: 'no' }, calmly), 'substituteFree')).to.deep.equal([]);
  });

  it('comes all the same when the member’s time in the seat is over', () => {
    const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
    const all = seated();
    const vacant = { ...all, members: all.members.filter(({ person }) => person !== member) };
    const as = (person: PersonId, known: typeof all) => ({
      ...{ ...scene, directory: known },
      actor: { ...kaisaAs, person, memberships: [{ body: steering, role: 'substitute', profession: null }] } as const,
    });
    const called = decide(
      meeting({ body: steering }, { by: 'kaisa', directory: all }),
      { do: 'reply', on, coming: 'no' },
      as(member, all),
    );
    const timing = {
      directory: vacant,
      calendar,
      policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
    } as const;
    const calmed = broughtTo(called, monday.add({ minutes: 11 }), timing);
    expect(told(calmed, 'substituteFree')).to.deep.equal([]);
    expect(refusal(() => decide(calmed, { do: 'reply', on, coming: 'yes' }, as(substitute, vacant)))).to.equal(null);
    expect(refusal(() => decide(calmed, { do: 'reply', on, coming: 'substitute' }, as(substitute, vacant)))).to.equal(
      'meeting.noSubstitute',
    );
  });

  it('is invited anew when the member sends them again', () => {
    const back = decide(sent, { do: 'reply', on, coming: 'yes' }, calmly);
    const later = { ...gunilla, now: monday.add({ minutes: 20 }) };
    const keys = told(decide(back, { do: 'reply', on, coming: 'substitute' }, later), 'substitute').map(
      ({ key }) => key,
    );
    expect(new Set(keys).size).to.equal(2);
  });

  it('is asked anew then: what they had said before they were free counts no more, unless it was no', () => {
    const backAfter = (coming: Coming) => {
      const answered = decide(sent, { do: 'reply', on, coming }, asDeputy);
      return repliesAt(decide(answered, { do: 'reply', on, coming: 'yes' }, calmly), on)[deputy]?.coming;
    };
    expect((['yes', 'maybe', 'no'] as const).map(backAfter)).to.deep.equal([undefined, undefined, 'no']);
  });

  it('who comes perhaps has nobody told', () => {
    const sent = decide(
      meeting({ body: steering }, { by: 'kaisa', directory }),
      { do: 'reply', on, coming: 'substitute' },
      gunilla,
    );
    const perhaps = decide(
      sent,
      { do: 'reply', on, coming: 'maybe' },
      { ...gunilla, actor: { ...gunilla.actor, person: deputy } },
    );
    expect(noticesOf(perhaps).filter(({ kind }) => kind === 'substituteOut')).to.deep.equal([]);
  });

  it('hears once that they are free of several dates at once', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' },
    } as const;
    const both = [on, '2026-12-03'].reduce(
      (one: Meeting, date) => decide(one, { do: 'reply', on: date, coming: 'substitute' }, gunilla),
      meeting({ body: steering, plan }, { by: 'kaisa', directory }),
    );
    const slot = { start: '2026-11-27T13:00', minutes: 60 };
    const moved = decide(both, { do: 'change', on: null, changes: { slot } }, sceneOf('kaisa', calmly.now, directory));
    expect(told(moved, 'substituteFree').map(({ to, key }) => [to, key.split(':')[1]])).to.deep.equal([[deputy, on]]);
  });

  it('who has answered the card of one date hears of the next by itself', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' },
    } as const;
    const minutes = (after: number) => monday.add({ minutes: after });
    const series = meeting({ body: steering, plan }, { by: 'kaisa', directory });
    const first = decide(series, { do: 'reply', on, coming: 'substitute' }, gunilla);
    for (const coming of ['yes', 'no'] as const) {
      const answered = decide(first, { do: 'reply', on, coming }, { ...asDeputy, now: minutes(1) });
      const again = { ...gunilla, now: minutes(2) };
      const next = decide(answered, { do: 'reply', on: '2026-12-03', coming: 'substitute' }, again);
      expect(told(next, 'substitute'), coming).to.have.length(2);
    }
  });

  it('who has answered one date of a card with two hears of the third by itself', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' },
    } as const;
    const minutes = (after: number) => monday.add({ minutes: after });
    const calling = (one: Meeting, date: string, after: number): Meeting =>
      decide(one, { do: 'reply', on: date, coming: 'substitute' }, { ...gunilla, now: minutes(after) });
    const series = meeting({ body: steering, plan }, { by: 'kaisa', directory });
    const both = calling(calling(series, on, 0), '2026-12-03', 1);
    expect(told(both, 'substitute')).to.have.length(1);
    for (const answered of [on, '2026-12-03']) {
      const come = decide(both, { do: 'reply', on: answered, coming: 'yes' }, { ...asDeputy, now: minutes(2) });
      expect(told(calling(come, '2026-12-10', 3), 'substitute'), answered).to.have.length(2);
    }
  });

  it('who is called to several dates at once hears of them in one notice, until they are needed on none of these', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' },
    } as const;
    const both = [on, '2026-12-03'].reduce(
      (one: Meeting, date) => decide(one, { do: 'reply', on: date, coming: 'substitute' }, gunilla),
      meeting({ body: steering, plan }, { by: 'kaisa', directory }),
    );
    const timing = {
      ...scene,
      policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
    } as const;
    const minutes = (after: number) => monday.add({ minutes: after });
    const saying = (state: Meeting, coming: Coming, after: number): Meeting =>
      [on, '2026-12-03'].reduce(
        (one, date) => decide(one, { do: 'reply', on: date, coming }, { ...gunilla, now: minutes(after) }),
        state,
      );
    const freed = broughtTo(saying(both, 'yes', 1), minutes(10), timing);
    const called = broughtTo(saying(freed, 'substitute', 11), minutes(20), timing);
    expect(told(called, 'substitute'), 'before, and now').to.have.length(2);
    expect(called.calls?.map(({ on: date }) => date)).to.deep.equal([on, '2026-12-03']);
    const [, { key } = { key: '' }] = told(called, 'substitute');
    const overtaken = (state: Meeting, now = minutes(20)) =>
      isOvertaken(state, { key, kind: 'substitute', to: deputy }, { ...scene, now });
    const asKaisa = sceneOf('kaisa', minutes(20), directory);
    const first = decide(called, { do: 'cancel', on }, asKaisa);
    expect(overtaken(first), 'the second is left').to.equal(false);
    expect(overtaken(decide(first, { do: 'cancel', on: '2026-12-03' }, asKaisa))).to.equal(true);
    expect(overtaken(called, inHelsinki('2026-11-26T14:00'))).to.equal(false);
    expect(overtaken(called, inHelsinki('2026-12-03T14:00'))).to.equal(true);
  });

  describe('of several dates', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 4 }, holidays: 'keep' },
    } as const;
    const dates = [on, '2026-12-03', '2026-12-10'] as const;
    const series = meeting({ body: steering, plan }, { by: 'kaisa', directory });
    const later = (minutes: number) => monday.add({ seconds: Math.round(minutes * 60) });
    const sentAt = (...minutes: readonly number[]): Meeting =>
      minutes.reduce<Meeting>((one, at, index) => {
        const command = { do: 'reply', on: dates[index] ?? on, coming: 'substitute' } as const;
        return decide(one, command, { ...gunilla, now: later(at) });
      }, series);

    it('has those that come within three minutes on the card that they have just got, and later ones on another', () => {
      const three = sentAt(0, 2, 2.9);
      expect(told(three, 'substitute')).to.have.length(1);
      expect(three.delivery.own, 'drawn anew').to.equal(three.delivery.revision);
      expect(told(sentAt(0, 2, 3), 'substitute'), 'after the card, not after the last of them').to.have.length(2);
      expect(told(sentAt(0, 4), 'substitute')).to.have.length(2);
      const timing = {
        ...scene,
        policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
      } as const;
      expect(told(broughtTo(three, later(30), timing), 'substitute'), 'nor later').to.have.length(1);
    });

    it('has those that come while the card still waits on that card', () => {
      const waiting = dates.reduce<Meeting>((one, date, index) => {
        const command = { do: 'reply', on: date, coming: 'substitute' } as const;
        return decided(one, command, { ...gunilla, now: later(index * 60) });
      }, series);
      expect(told(waiting, 'substitute')).to.have.length(1);
    });

    it('has heard nothing of those that the card did not list when it went out', () => {
      const [first, second] = dates;
      const calling = (state: Meeting, coming: Coming, at: number, of: readonly string[]): Meeting =>
        of.reduce(
          (one, date) => decided(one, { do: 'reply', on: date, coming }, { ...gunilla, now: later(at) }),
          state,
        );
      const called = calling(series, 'substitute', 0, [first, second]);
      const [word] = called.delivery.notices;
      if (!word) throw new Error('They are called.');
      const back = calling(called, 'yes', 30, [first]);
      const sending = (state: Meeting, composed = state): Meeting => {
        const { revision } = composed.delivery;
        const as = { conversation: conversationId('x'), activityId: '1', revision };
        const delivery = record(state.delivery, { did: 'noticed', key: word.key, as });
        return withListed({ ...state, delivery }, { ...word, kind: 'substitute' }, scene);
      };
      const timing = {
        ...scene,
        policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
      } as const;
      const sent = sending(back);
      expect(sent.calls?.map((call) => call.on)).to.deep.equal([second]);
      expect(told(brought(sent, later(90), timing), 'substituteFree')).to.deep.equal([]);
      expect(told(calling(sent, 'substitute', 120, [first]), 'substitute'), 'called to it').to.have.length(1);
      const answered = decided(called, { do: 'reply', on: first, coming: 'yes' }, { ...asDeputy, now: later(10) });
      const knew = sending(calling(answered, 'yes', 30, [first]));
      expect(told(brought(knew, later(90), timing), 'substituteFree'), 'who has answered').to.have.length(1);
      const looked = { ...sending(back, called), lookedAt: toStored(later(60)) };
      const freed = told(brought(looked, later(90), timing), 'substituteFree');
      expect(
        freed.flatMap(({ key }) => freedIn(key).dates.map((date) => date.on)),
        'of which they have read just before',
      ).to.deep.equal([first]);
    });

    it('is told of those that a word about many has not named, where it is true of these alone by then', () => {
      const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 15 }, holidays: 'keep' } as const;
      const many = meeting({ body: steering, plan: { one: thursday, repeat } }, { by: 'kaisa', directory });
      const all = occurrencesOf(requireSchedule(many), many.place, calendar).map((date) => date.on);
      const saying = (state: Meeting, coming: Coming, at: number, of = all): Meeting =>
        of.reduce(
          (one, date) => decided(one, { do: 'reply', on: date, coming }, { ...gunilla, now: later(at) }),
          state,
        );
      const timing = {
        ...scene,
        policy: { reminders: { dayBefore: false, hourBefore: false, where: 'private' } },
      } as const;
      const free = brought(saying(sentOut(saying(many, 'substitute', 0)), 'yes', 1), later(10), timing);
      const [word] = free.delivery.notices;
      if (!word) throw new Error('They are free.');
      expect(freedIn(word.key).count).to.equal(15);
      const needed = saying(free, 'substitute', 11, all.slice(0, 13));
      const gone = { ...needed, delivery: record(needed.delivery, { did: 'noticed', key: word.key }) };
      const at = { ...scene, now: later(11) };
      expect(isOvertaken(needed, { ...word, kind: 'substituteFree' }, at)).to.equal(true);
      const [next] = withoutWord(gone, { ...word, kind: 'substituteFree' }, false, at).delivery.notices;
      expect(freedIn(next?.key ?? '').dates.map((date) => date.on)).to.deep.equal(all.slice(13));
    });

    it('hears of one that is moved in one message, with the time that they knew of', () => {
      const slot = { start: '2026-12-10T15:00', minutes: 60 };
      const asKaisa = sceneOf('kaisa', later(30), directory);
      const moved = decide(sentAt(0, 1, 2), { do: 'change', on: '2026-12-10', changes: { slot } }, asKaisa);
      const [{ key } = { key: '' }, ...others] = told(moved, 'substituteFree');
      expect(others).to.deep.equal([]);
      expect(freedIn(key)).to.deep.equal({ dates: [{ on: '2026-12-10', start: '2026-12-10T13:00' }], count: 1 });
      const here = { texts: textsFor('sv'), directory, calendar, now: later(30), placement: null };
      const { card } = noticeMessage(moved, { kind: 'substituteFree', key, to: deputy }, here);
      expect(JSON.stringify(card)).to.include('tors 10 dec kl. 13.00').and.not.include('15.00');
      expect(toTell(moved, [], directory), 'nothing of a date on which they do not come')
        .to.include(people.kaisa)
        .and.not.include(deputy);
      const place = { online: false, where: 'Skolan' };
      const elsewhere = decide(sentAt(0, 1, 2), { do: 'change', on: '2026-12-10', changes: { place } }, asKaisa);
      expect(toTell(elsewhere, [], directory)).to.include(deputy);
      expect(told(elsewhere, 'substituteFree')).to.deep.equal([]);
      const named = decide(moved, { do: 'change', on: '2026-12-10', changes: { title: 'Budget' } }, asKaisa);
      expect(toTell(named, [], directory), 'what it is called').to.include(deputy);
    });

    it('has of many from which they are free some named, and the others counted', () => {
      const many = Array.from({ length: 20 }, (_, week) => {
        const start = Temporal.PlainDate.from('2026-12-03').add({ weeks: week }).toString();
        return { on: start, start: `${start}T13:00` };
      });
      const { dates: kept, count } = freedIn(`substituteFree:${freedOccasion(many, monday)}:x`);
      expect([kept.length, count]).to.deep.equal([13, 20]);
      expect(kept).to.deep.equal(many.slice(0, 13));
    });
  });

  describe('who is called shortly before the meeting', () => {
    const at = (time: string) => ({ ...gunilla, now: inHelsinki(`${on}T${time}`) });
    const calledAt = (time: string): Meeting => decide(group, { do: 'reply', on, coming: 'substitute' }, at(time));
    const calmEnds = (state: Meeting): string =>
      callsEnd(state, scene)
        .map((moment) => moment.toZonedDateTimeISO(group.zone).toPlainTime().toString())
        .join();
    const kinds = (meeting: Meeting) =>
      noticesOf(meeting)
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('substitute'));

    it('is in calm for a sixth of the time that is left until it begins, and never for longer than usual', () => {
      const changed = (time: string) => decide(calledAt(time), { do: 'reply', on, coming: 'yes' }, at(time));
      expect(calmEnds(changed('12:54'))).to.equal('12:55:00');
      expect(calmEnds(changed('12:30'))).to.equal('12:35:00');
      expect(calmEnds(changed('11:59'))).to.equal('12:09:00');
      const back = decide(calledAt('12:54'), { do: 'reply', on, coming: 'yes' }, at('12:56'));
      expect(kinds(back), 'hears at once after that').to.deep.equal(['substitute', 'substituteFree']);
      const during = decide(calledAt('13:10'), { do: 'reply', on, coming: 'yes' }, at('13:11'));
      expect(calmEnds(during), 'while it is held').to.equal('13:20:00');
    });

    it('has the calm end by the earlier of the time that they were told of and the time that it has now', () => {
      const moved = (start: string) =>
        decide(
          calledAt('12:30'),
          { do: 'change', on, changes: { slot: { start: `${on}T${start}`, minutes: 60 } } },
          { ...at('12:31'), actor: kaisaAs },
        );
      expect(calmEnds(moved('15:00')), 'the old').to.equal('12:35:00');
      expect(calmEnds(moved('12:48')), 'the new').to.equal('12:33:00');
    });
  });

  it('keeps their card, drawn anew, while they stand in on another date', () => {
    const plan = {
      one: thursday,
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' },
    } as const;
    const series = meeting({ body: steering, plan }, { by: 'kaisa', directory });
    const both = [on, '2026-12-03'].reduce(
      (one: Meeting, date) => decide(one, { do: 'reply', on: date, coming: 'substitute' }, gunilla),
      series,
    );
    const card = {
      id: 'x',
      conversation: conversationId('x'),
      activityId: '1',
      shown: 1,
      state: 'live',
      to: deputy,
    } as const;
    const shown = { ...both, delivery: { ...both.delivery, placements: [card] } };
    const { delivery } = decide(shown, { do: 'reply', on, coming: 'yes' }, calmly);
    expect(delivery.placements).to.deep.equal([card]);
    expect(delivery.own).to.equal(delivery.revision);
  });

  describe('of whom a member thinks again and again', () => {
    const timing = {
      directory,
      calendar,
      policy: { reminders: { dayBefore: true, hourBefore: true, where: 'private' } },
    } as const;
    /** The member presses each of these a second after the one before. */
    const thinking = (...comings: readonly Coming[]): Meeting =>
      comings.reduce<Meeting>(
        (one, coming, seconds) =>
          decide(one, { do: 'reply', on, coming }, { ...gunilla, now: monday.add({ seconds }) }),
        group,
      );
    const heard = (meeting: Meeting): string[] =>
      noticesOf(meeting)
        .filter(({ kind }) => kind.startsWith('substitute'))
        .map(({ kind }) => kind);
    const calmed = (state: Meeting): Meeting => broughtTo(state, calmly.now, timing);
    const often = ['substitute', 'yes', 'substitute', 'no', 'substitute', 'yes'] as const;

    it('hears it at once, and once more, after a calm, what it has come to', () => {
      const free = thinking(...often);
      expect(heard(free)).to.deep.equal(['substitute']);
      expect(nextMoment(free, timing)?.toString()).to.equal(calmly.now.toString());
      expect(broughtTo(free, calmly.now.subtract({ seconds: 1 }), timing)).to.equal(free);
      expect(heard(calmed(free))).to.deep.equal(['substitute', 'substituteFree']);
      expect(heard(broughtTo(calmed(free), calmly.now.add({ minutes: 10 }), timing))).to.have.length(2);
    });

    it('hears nothing more when it has come to what they know', () => {
      const same = thinking(...often, 'substitute');
      expect(heard(calmed(same))).to.deep.equal(['substitute']);
      expect(nextMoment(same, timing)?.toString()).to.not.equal(calmly.now.toString());
    });

    it('hears after the calm of the new time, when it was moved meanwhile and they are sent again, and then no more', () => {
      const slot = { start: '2026-11-25T09:00', minutes: 60 };
      const minutes = (after: number) => ({ ...gunilla, now: monday.add({ minutes: after }) });
      const move = { do: 'change', on, changes: { slot } } as const;
      const moved = decide(thinking('substitute'), move, { ...minutes(3), actor: kaisaAs });
      const again = decide(moved, { do: 'reply', on, coming: 'substitute' }, minutes(6));
      expect(heard(again), 'of the old time').to.deep.equal(['substitute']);
      expect(nextMoment(again, timing)?.toString()).to.equal(calmly.now.toString());
      expect(heard(calmed(again))).to.deep.equal(['substitute', 'substitute']);
      const later = decide(calmed(again), { do: 'reply', on, coming: 'yes' }, { ...minutes(25), actor: kaisaAs });
      expect(heard(broughtTo(later, minutes(40).now, timing))).to.have.length(2);
    });

    it('is told what is so once the word before has gone out, or was overtaken, and nothing of what they never heard', () => {
      const pressed = (state: Meeting, coming: Coming, minutes: number): Meeting =>
        decided(state, { do: 'reply', on, coming }, { ...gunilla, now: monday.add({ minutes }) });
      const at = (minutes: number) => ({ ...scene, now: monday.add({ minutes }) });
      const wordIn = ({ delivery }: Meeting): Notice => {
        const word = delivery.notices.at(-1);
        if (!word) throw new Error('There is a word on its way.');
        return word;
      };
      const overtaken = (state: Meeting, word: Notice, minutes: number, isDoubtful = false): Meeting => {
        const delivery = record(state.delivery, { did: 'noticed', key: word.key });
        return withoutWord({ ...state, delivery }, { ...word, kind: word.kind as NoticeKind }, isDoubtful, at(minutes));
      };
      const called = pressed(group, 'substitute', 0);
      const word = wordIn(called);
      for (const minutes of [1, 30]) {
        const back = pressed(called, 'yes', minutes);
        expect(heard(back), 'nothing more before that').to.deep.equal(['substitute']);
        expect(callsEnd(back, scene)).to.deep.equal([]);
        const never = overtaken(back, word, minutes);
        expect([heard(never), never.calls]).to.deep.equal([[], undefined]);
        expect(heard(pressed(never, 'substitute', minutes + 1)), 'called anew').to.deep.equal(['substitute']);
        const again = overtaken(pressed(back, 'substitute', minutes + 1), word, minutes + 1);
        expect(heard(again), 'they are to come by now').to.deep.equal(['substitute']);
        const sent = sentOut(back);
        expect(heard(broughtTo(sent, monday.add({ minutes: 40 }), timing))).to.deep.equal([
          'substitute',
          'substituteFree',
        ]);
      }
      const free = pressed(sentOut(called), 'yes', 30);
      const freed = wordIn(free);
      const needed = overtaken(pressed(free, 'substitute', 31), freed, 31);
      expect([heard(needed), needed.calls], 'which they know').to.deep.equal([['substitute'], undefined]);
      expect(heard(pressed(needed, 'yes', 32))).to.deep.equal(['substitute', 'substituteFree']);
      const thrice = overtaken(pressed(pressed(free, 'substitute', 31), 'yes', 32), freed, 32);
      expect(heard(thrice), 'they need not come by now').to.deep.equal(['substitute', 'substituteFree']);
      expect(withoutWord(free, { ...word, kind: 'substitute' }, false, at(31)), 'of another word').to.equal(free);
      const doubtful = (state: Meeting, of: Notice): string | undefined => heard(overtaken(state, of, 33, true)).at(-1);
      expect(doubtful(pressed(called, 'yes', 1), word), 'may have read it').to.equal('substituteFree');
      expect(doubtful(pressed(pressed(called, 'yes', 1), 'substitute', 2), word)).to.equal('substitute');
      expect(doubtful(pressed(free, 'substitute', 31), freed)).to.equal('substitute');
      expect(doubtful(pressed(pressed(free, 'substitute', 31), 'yes', 32), freed)).to.equal('substituteFree');
    });

    it('is told that they are free once they have answered, though the word that called them never went out', () => {
      const called = decided(group, { do: 'reply', on, coming: 'substitute' }, gunilla);
      const answered = decided(called, { do: 'reply', on, coming: 'yes' }, asDeputy);
      const [word] = told(called, 'substitute');
      if (!word) throw new Error('They were called.');
      const back = decided(
        answered,
        { do: 'reply', on, coming: 'yes' },
        { ...gunilla, now: monday.add({ minutes: 1 }) },
      );
      const gone = { ...back, delivery: record(back.delivery, { did: 'noticed', key: word.key }) };
      const unsent = withoutWord(gone, { ...word, kind: 'substitute' }, false, {
        ...scene,
        now: monday.add({ minutes: 1 }),
      });
      expect(heard(unsent)).to.deep.equal(['substituteFree']);
    });

    it('is told nothing, once and for all, who has left meanwhile', () => {
      const left = { ...directory, members: directory.members.filter(({ person }) => person !== deputy) };
      const at = { directory: left, calendar, now: monday.add({ minutes: 30 }) };
      const called = decide(group, { do: 'reply', on, coming: 'substitute' }, gunilla);
      const freed = brought(called, at.now, { ...timing, directory: left });
      const [word] = freed.delivery.notices;
      if (!word) throw new Error('They are free.');
      expect(isOvertaken(freed, { ...word, kind: 'substituteFree' }, at)).to.equal(true);
      const unsent = withoutWord(sentOut(freed), { ...word, kind: 'substituteFree' }, false, at);
      expect([unsent.delivery.notices, unsent.calls]).to.deep.equal([[], undefined]);
    });

    it('hears once where it is moved before they are told', () => {
      const slot = { start: '2026-11-26T15:00', minutes: 60 };
      const called = decided(group, { do: 'reply', on, coming: 'substitute' }, gunilla);
      const asKaisa = { ...scene, actor: kaisaAs, now: monday.add({ minutes: 1 }) };
      const moved = decided(called, { do: 'change', on, changes: { slot } }, asKaisa);
      const again = decided(
        moved,
        { do: 'reply', on, coming: 'substitute' },
        { ...gunilla, ...asKaisa, actor: gunilla.actor },
      );
      expect(heard(again)).to.deep.equal(['substitute']);
      expect(heard(calmed(sentOut(again))), 'their card says when').to.deep.equal(['substitute']);
    });

    it('hears nothing more of it once they are invited themselves', () => {
      const free = calmed(thinking('substitute', 'yes'));
      const invited = { everyone: true, named: [deputy] };
      const asKaisa = { ...calmly, actor: kaisaAs, now: monday.add({ minutes: 30 }) };
      const named = decide(free, { do: 'change', on, changes: { invited } }, asKaisa);
      const later = decide(named, { do: 'reply', on, coming: 'yes' }, asKaisa);
      expect(heard(later)).to.deep.equal(heard(free));
    });

    it('is invited where they are named while the last that they have heard is that they need not come', () => {
      const group: Meeting = { ...thinking('substitute'), news: { ...sent.news, spread: true } };
      const at = (minutes: number) => ({ ...scene, now: monday.add({ minutes }) });
      const free = broughtTo(
        decide(group, { do: 'reply', on, coming: 'yes' }, { ...gunilla, ...at(11) }),
        at(11).now,
        timing,
      );
      const again = decide(free, { do: 'reply', on, coming: 'substitute' }, { ...gunilla, ...at(13) });
      expect(heard(again), 'in calm').to.deep.equal(['substitute', 'substituteFree']);
      const invited = { everyone: true, named: [deputy] };
      const named = decide(again, { do: 'change', on, changes: { invited } }, { ...at(15), actor: kaisaAs });
      expect(told(named, 'invitation').map(({ to }) => to)).to.deep.equal([deputy]);
      const unspread: Meeting = { ...again, news: { ...again.news, spread: false } };
      const untold = decide(unspread, { do: 'change', on, changes: { invited } }, { ...at(15), actor: kaisaAs });
      expect(untold.calls, 'until all are told of it').to.deep.equal(again.calls);
    });

    it('hears once that they need not come where whoever they stand in for is not invited any more', () => {
      const invited = { everyone: false, named: [people.kaisa] };
      for (const minutes of [3, 60]) {
        const asKaisa = { ...scene, actor: kaisaAs, now: monday.add({ minutes }) };
        const left = decide(thinking('substitute'), { do: 'change', on, changes: { invited } }, asKaisa);
        const later = broughtTo(left, monday.add({ hours: 3 }), timing);
        expect(told(later, 'uninvited').map(({ to }) => to)).to.not.include(deputy);
        expect(heard(later)).to.deep.equal(['substitute', 'substituteFree']);
        expect(later.calls).to.equal(undefined);
      }
    });

    it('hears that they are free when a new time has dropped the answers, and the member says nothing more', () => {
      const slot = { start: '2026-11-27T09:00', minutes: 60 };
      const asKaisa = { ...scene, actor: kaisaAs, now: monday.add({ minutes: 3 }) };
      const moved = decide(thinking('substitute'), { do: 'change', on, changes: { slot } }, asKaisa);
      expect(heard(moved), 'in calm').to.deep.equal(['substitute']);
      expect(heard(calmed(moved))).to.deep.equal(['substitute', 'substituteFree']);
    });

    it('hears that they are free also when the meeting was cancelled meanwhile', () => {
      const off = decide(thinking('substitute', 'yes'), { do: 'cancel', on: null }, { ...scene, actor: kaisaAs });
      expect(heard(calmed(off))).to.deep.equal(['substitute', 'substituteFree']);
    });

    it('hears nothing of it once they have said no themselves, and is called anew after a calm', () => {
      const out = decide(thinking('substitute'), { do: 'reply', on, coming: 'no' }, asDeputy);
      const back = decide(out, { do: 'reply', on, coming: 'yes' }, gunilla);
      expect(noticesOf(calmed(back)).map(({ kind }) => kind)).to.not.include('substituteFree');
      const again = decide(back, { do: 'reply', on, coming: 'substitute' }, gunilla);
      expect(told(again, 'substitute')).to.have.length(1);
      expect(told(calmed(again), 'substitute')).to.have.length(2);
    });
  });
});

describe('who came', () => {
  it('is recorded once it has begun, corrected as often as wanted, and nobody is an answer too', () => {
    const record = (...came: ExamplePerson[]): MeetingCommand => ({
      do: 'record',
      on,
      came: came.map((who) => people[who]),
    });
    expect(refused(planned, 'maria', record('petri'))).to.equal('meeting.notYet');
    const first = played(planned, ['maria', record('petri', 'jonas', 'petri'), held]);
    expect(requireSchedule(first).came[on]).to.deep.equal([people.petri, people.jonas].sort());
    expect(requireSchedule(played(first, ['maria', record(), held])).came[on]).to.deep.equal([]);
    expect(decide(first, record('jonas', 'petri'), sceneOf('maria', held)), 'the same').to.equal(first);
    const begins = Temporal.Instant.from('2026-11-26T11:00:00Z');
    expect(refused(planned, 'maria', record('petri'), begins), 'as it begins').to.equal(null);
    expect(refused(planned, 'maria', record('gunilla'), held)).to.equal('meeting.notInvited');
    expect(refused(planned, 'petri', record('petri'), held)).to.equal('directory.leadersOnly');
  });
});
