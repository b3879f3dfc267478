import { expect } from 'chai';
import type { Placement } from '../../../../src/delivery/model.ts';
import { noticeMessage } from '../../../../src/meetings/cards/notice-card.ts';
import { decide } from '../../../../src/meetings/decide.ts';
import type { Coming, Meeting } from '../../../../src/meetings/model.ts';
import { withSeats } from '../../../../src/meetings/seat-changes.ts';
import { repliesAt } from '../../../../src/meetings/standing.ts';
import { withSubstitutes } from '../../../../src/meetings/substitutes.ts';
import { freedIn, holdingTold, isOvertaken } from '../../../../src/meetings/telling/news.ts';
import { requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId, conversationId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { calendar, monday } from '../../../support/builders.ts';
import { meeting, sceneOf, seat, seated, thursday } from '../../../support/meetings.ts';

describe('a meeting that is announced, when the seats of its body change hands', () => {
  const on = '2026-11-26';
  const later = '2026-12-03';
  const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
  const newcomer = personId('00000000-0000-4000-8000-0000000000f1');
  const all = seated();
  const vacant = { ...all, members: all.members.filter(({ person }) => person !== member) };
  /** Another holds that seat. */
  const held = (as: 'member' | 'substitute'): typeof all => ({
    ...all,
    members: all.members.map((one) => (one.person === seat(as, 'polisen') ? { ...one, person: newcomer } : one)),
  });
  const full = { directory: all, calendar, now: monday };
  const empty = { ...full, directory: vacant };
  const taken = { ...full, directory: held('member') };
  const body = bodyId('steering:vastra-nyland');
  const planned = meeting({ body }, { by: 'kaisa', directory: all });
  const spread: Meeting = { ...planned, news: { ...planned.news, spread: true } };
  const sent = withSeats(spread, full);
  const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 2 }, holidays: 'keep' } as const;
  const planOfTwo = meeting({ body, plan: { one: thursday, repeat } }, { by: 'kaisa', directory: all });
  const series = withSeats({ ...planOfTwo, news: { ...planOfTwo.news, spread: true } }, full);

  const toldIn = ({ delivery }: Meeting) => delivery.notices.map(({ kind, to }) => [kind, to]);
  const toldTo = (one: Meeting, person: PersonId) => toldIn(one).flatMap(([kind, to]) => (to === person ? [kind] : []));
  /** The member and the substitute of the seat change places. */
  const swapped = all.members.map((one) => {
    if (one.person === member) return { ...one, role: 'substitute' as const };
    return one.person === substitute ? { ...one, role: 'member' as const } : one;
  });
  const turned = { ...full, directory: { ...all, members: swapped } };
  /** All that was to be told of it was. */
  const quiet = (one: Meeting): Meeting => ({
    ...one,
    news: { ...one.news, spread: true },
    delivery: { ...one.delivery, notices: [] },
  });
  const invited = withSeats(sent, empty);
  const cardOf = (to: PersonId): Placement => ({
    ...{ id: `substitute:${on}:${to}`, conversation: conversationId(to), activityId: '1' },
    ...{ shown: 1, state: 'live', to },
  });
  const withCard = (one: Meeting, ...placements: Placement[]): Meeting => ({
    ...one,
    delivery: { ...one.delivery, placements },
  });
  const said = (one: Meeting, coming: Coming, who = substitute, dates: readonly string[] = [on]): Meeting => {
    const schedule = requireSchedule(one);
    const replies = { ...schedule.replies };
    for (const date of dates) replies[date] = { ...replies[date], [who]: { coming, at: '' } };
    return withSchedule(one, { ...schedule, replies });
  };
  const freedOf = (one: Meeting, person: PersonId) =>
    one.delivery.notices
      .filter(({ kind, to }) => kind === 'substituteFree' && to === person)
      .flatMap(({ key }) => freedIn(key).dates.map(({ start }) => start.slice(0, 10)));

  /** The dates that a notice names to its reader. */
  const datesOn = (one: Meeting, person: PersonId, kind: 'uninvited' | 'substituteFree', directory = all): string[] => {
    const { key = '' } = one.delivery.notices.find((notice) => notice.kind === kind && notice.to === person) ?? {};
    const scene = { texts: textsFor('sv'), directory, calendar, now: monday, placement: null };
    const card = JSON.stringify(noticeMessage(one, { kind, key, to: person }, scene).card);
    const shown = new Map([
      ['26 nov', on],
      ['3 dec', later],
    ]);
    return [...shown].flatMap(([words, date]) => (card.includes(words) ? [date] : []));
  };

  it('has nothing to tell as long as they do not, nor before it was announced, once it is over, or in a body without seats', () => {
    expect(toldIn(sent), 'as it goes out').to.deep.equal([]);
    expect(withSeats(sent, full)).to.equal(sent);
    expect(withSeats(planned, empty)).to.equal(planned);
    expect(withSeats(sent, { ...empty, now: monday.add({ hours: 24 * 7 }) })).to.equal(sent);
    const team: Meeting = { ...spread, ...meeting() };
    expect(withSeats({ ...team, news: { ...team.news, spread: true } }, full).standIns).to.equal(undefined);
    const named: Meeting = { ...sent, invited: { everyone: false, named: [member] } };
    expect(withSeats(named, empty), 'whoever is taken out was told so').to.deep.equal({
      ...spread,
      invited: named.invited,
    });
  });

  it('has nothing to tell where the same members are listed in another order', () => {
    const own = all.members.find(({ person }) => person === substitute);
    if (!own) throw new Error('The seat has a substitute.');
    const members = [...all.members, { ...own, person: newcomer }];
    const listed = (order: typeof members) => ({ ...full, directory: { ...all, members: order } });
    const known = withSeats(spread, listed(members));
    expect(known.standIns?.[member], 'a seat with two substitutes').to.have.members([substitute, newcomer]);
    expect(withSeats(known, listed(members.toReversed()))).to.equal(known);
  });

  describe('that it has no member', () => {
    it('has the substitute invited once', () => {
      expect(toldIn(invited)).to.deep.equal([['invitation', substitute]]);
      expect(withSeats(invited, empty)).to.equal(invited);
    });

    it('has nobody invited who reads it in the chat, has an invitation, or was called to all of it', () => {
      expect(toldIn(withSeats(sent, empty, [substitute])), 'in the chat').to.deep.equal([]);
      const named = { ...sent, invited: { everyone: true, named: [substitute] } };
      expect(toldIn(withSeats(named, empty)), 'was named').to.deep.equal([]);
      expect(toldIn(withSeats(said(sent, 'no', member), empty)), 'was called').to.deep.equal([]);
      expect(toldIn(withSeats(said(sent, 'no'), empty)), 'does not come').to.deep.equal([]);
    });

    it('has them invited to a series of which they were called to some dates alone', () => {
      const away = (dates: readonly string[]): Meeting =>
        withCard(said(series, 'no', member, dates), cardOf(substitute));
      for (const dates of [[on], []])
        expect(toldIn(withSeats(away(dates), empty)), dates.join()).to.deep.equal([['invitation', substitute]]);
      expect(toldIn(withSeats(away([on, later]), empty)), 'they know of both').to.deep.equal([]);
      const next = { ...full, directory: held('substitute') };
      const waiting = withSeats(said(series, 'substitute', member, [later]), next);
      const alone = next.directory.members.filter(({ person }) => person !== member);
      const acting = withSeats(waiting, { ...full, directory: { ...all, members: alone } });
      expect(toldTo(acting, newcomer), 'the call still waits').to.deep.equal(['substitute', 'invitation']);
    });
  });

  describe('that it has its member back', () => {
    it('tells the substitute that they need not come, unless they had said so themselves', () => {
      const known = quiet(invited);
      const back = withSeats(known, full);
      expect(toldIn(back)).to.deep.include(['substituteFree', substitute]);
      expect(withSeats(back, full)).to.equal(back);
      expect(toldIn(withSeats(said(known, 'no'), full))).to.not.deep.include(['substituteFree', substitute]);
    });

    it('tells nothing to a substitute whose invitation has not gone out', () => {
      expect(toldTo(withSeats(invited, full), substitute), 'which is overtaken').to.deep.equal(['invitation']);
    });

    it('invites whoever has no invitation yet and does not read the chat', () => {
      expect(toldTo(withSeats(invited, full), member)).to.deep.equal(['invitation']);
      expect(toldTo(withSeats(invited, full, [member]), member), 'in the chat').to.deep.equal([]);
      const waiting = withSeats(withSeats(invited, full), empty);
      expect(toldTo(withSeats(waiting, full), member), 'it waits for them').to.deep.equal(['invitation']);
    });

    it('tells the substitute of those dates that are still so when it is sent', () => {
      const free = withSeats(said(withSeats(series, empty), 'yes', substitute, [on, later]), full);
      const notice = free.delivery.notices.find(({ kind }) => kind === 'substituteFree');
      if (!notice) throw new Error('They are told nothing.');
      const overtaken = (one: Meeting, now = monday) =>
        isOvertaken(one, { ...notice, kind: 'substituteFree' }, { ...full, now });
      expect([overtaken(free), datesOn(free, substitute, 'substituteFree')]).to.deep.equal([false, [on, later]]);
      const [needed, other] = [said(free, 'no', member, [on]), said(free, 'no', member, [later])];
      expect([overtaken(needed), datesOn(needed, substitute, 'substituteFree')]).to.deep.equal([false, [later]]);
      expect([overtaken(other), datesOn(other, substitute, 'substituteFree')]).to.deep.equal([false, [on]]);
      expect(overtaken(said(free, 'no', member, [on, later]))).to.equal(true);
      const slot = { start: `${later}T15:00`, minutes: 60 };
      const moved = decide(free, { do: 'change', on: later, changes: { slot } }, sceneOf('kaisa', monday, all));
      const there = said(moved, 'no', member, [later]);
      expect(datesOn(there, substitute, 'substituteFree'), 'at another time, to which they are to come').to.deep.equal([
        on,
      ]);
      const [afterFirst, afterAll] = ['2026-11-28', '2026-12-04'].map((day) => Temporal.Instant.from(`${day}T10:00Z`));
      expect([overtaken(free, afterFirst), overtaken(free, afterAll)]).to.deep.equal([false, true]);
    });

    it('tells the substitute of many dates how many more there are than it names, and nothing once those are over', () => {
      const freedOfAll = (count: number) => {
        const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count }, holidays: 'keep' } as const;
        const made = meeting({ body, plan: { one: thursday, repeat } }, { by: 'kaisa', directory: all });
        const free = withSeats(quiet(withSeats(withSeats(quiet(made), full), empty)), full);
        const notice = free.delivery.notices.find(({ kind }) => kind === 'substituteFree');
        if (!notice) throw new Error('They are told nothing.');
        const about = { ...notice, kind: 'substituteFree' } as const;
        const scene = (day: string) => ({ ...full, now: Temporal.Instant.from(`${day}T06:00Z`) });
        const cardOn = (day: string): string =>
          JSON.stringify(noticeMessage(free, about, { ...scene(day), texts: textsFor('sv'), placement: null }).card);
        return {
          toldOn: (day: string): number =>
            (cardOn(day).match(/tors \d+ \w+/g)?.length ?? 0) + Number(/och (\d+) till/.exec(cardOn(day))?.[1] ?? 0),
          isOvertakenOn: (day: string): boolean => isOvertaken(free, about, scene(day)),
        };
      };
      for (const count of [13, 14, 20]) {
        const { toldOn } = freedOfAll(count);
        const days = ['2026-11-24', '2026-11-27', '2026-12-04'];
        expect(days.map(toldOn), String(count)).to.deep.equal([count, count - 1, count - 2]);
      }
      const { isOvertakenOn } = freedOfAll(20);
      expect(['2027-02-11', '2027-02-19'].map(isOvertakenOn)).to.deep.equal([false, true]);
    });

    it('reads a notice of before, which has no more of a date than when it was to begin', () => {
      const key = `substituteFree:${on}:2026-11-23T08:00:00Z:|${on}T13:00|${later}T13:00|2|:${substitute}`;
      const scene = { texts: textsFor('sv'), directory: all, calendar, now: monday, placement: null };
      for (const kind of ['substituteFree', 'uninvited'] as const) {
        const notice = { kind, key, to: substitute };
        expect(isOvertaken(series, notice, full), kind).to.equal(false);
        const card = JSON.stringify(noticeMessage(series, notice, scene).card);
        expect(card, kind).to.include('26 nov').and.include('3 dec');
        const needed = said(series, 'no', member, [on]);
        const other = JSON.stringify(noticeMessage(needed, notice, scene).card);
        expect(other, kind).to.include('3 dec').and.not.include('26 nov');
        const slot = { start: '2026-11-27T13:00', minutes: 60 };
        const moved = decide(series, { do: 'change', on: null, changes: { slot } }, sceneOf('kaisa', monday, all));
        expect(isOvertaken(moved, notice, full), kind).to.equal(false);
      }
    });

    it('invites or frees whoever has heard last that they need not come by what they know', () => {
      const calls = [{ on, substitute, start: null, at: monday.toString() }];
      const free = { ...said(sent, 'no', member), calls };
      expect(toldTo(withSeats(free, empty), substitute), 'who acts for the seat by now').to.deep.equal(['invitation']);
      expect(toldTo(withSeats(free, taken), substitute), 'and hears nothing twice').to.deep.equal([]);
    });

    it('tells the substitute of dates that are others by now as long as those had not come', () => {
      const free = withSeats(said(withSeats(series, empty), 'yes', substitute, [on, later]), full);
      const notice = free.delivery.notices.find(({ kind }) => kind === 'substituteFree');
      if (!notice) throw new Error('They are told nothing.');
      const slot = { start: '2026-11-27T13:00', minutes: 60 };
      const moved = decide(free, { do: 'change', on: null, changes: { slot } }, sceneOf('kaisa', monday, all));
      const overtaken = (now: Temporal.Instant) =>
        isOvertaken(moved, { ...notice, kind: 'substituteFree' }, { ...full, now });
      expect(overtaken(monday)).to.equal(false);
      expect(overtaken(Temporal.Instant.from('2026-12-04T10:00Z')), 'the last goes on').to.equal(true);
    });

    it('asks them anew, whatever they had said, and the substitute unless that was no', () => {
      const back = (coming: Coming, who: PersonId) =>
        repliesAt(withSeats(said(withSeats(said(sent, coming, member), empty), coming), full), on)[who]?.coming;
      const answers = ['yes', 'maybe', 'no'] as const;
      expect(answers.map((coming) => back(coming, member))).to.deep.equal([undefined, undefined, undefined]);
      expect(answers.map((coming) => back(coming, substitute))).to.deep.equal([undefined, undefined, 'no']);
    });

    it('invites whoever has a card of the same news to what they were free of, in a card of its own', () => {
      const known = withSeats(series, empty);
      const [first] = known.delivery.notices;
      const shown = withCard(said(known, 'no', member, [later]), { ...cardOf(substitute), id: first?.stays ?? '' });
      const back = withSeats({ ...shown, delivery: { ...shown.delivery, notices: [] } }, full);
      expect(freedOf(back, substitute)).to.deep.equal([on]);
      const again = withSeats(back, { ...empty, now: monday.add({ hours: 1 }) });
      const card = again.delivery.notices.find(({ to, kind }) => to === substitute && kind === 'invitation');
      expect(card?.stays).to.be.a('string').and.not.equal(first?.stays);
    });

    it('tells the substitute of a series of those dates to which they are not to come all the same', () => {
      const stays = said(withSeats(series, empty), 'yes', substitute, [on, later]);
      const away = said(stays, 'no', member, [later]);
      const back = withSeats(withCard(away, cardOf(substitute)), full);
      expect(freedOf(back, substitute)).to.deep.equal([on]);
      expect(back.delivery.placements, 'they keep the card').to.deep.include(cardOf(substitute));
      expect([on, later].map((date) => repliesAt(back, date)[substitute]?.coming)).to.deep.equal([undefined, 'yes']);
    });
  });

  describe('from one to the next without a day between', () => {
    it('invites the next, once, and drops what the one before had said', () => {
      const next = withSeats(said(sent, 'yes', member), taken);
      expect(toldIn(next)).to.deep.equal([['invitation', newcomer]]);
      expect(repliesAt(next, on)).to.deep.equal({});
      expect(withSeats(next, taken)).to.equal(next);
      expect(toldIn(withSeats(sent, taken, [newcomer])), 'in the chat').to.deep.equal([]);
    });

    it('tells the substitute who was called for the one before', () => {
      const called = withCard(
        said(said(series, 'no', member, [later]), 'yes', substitute, [later]),
        cardOf(substitute),
      );
      const call = { on: later, substitute, start: `${later}T13:00`, at: monday.toString() };
      const next = withSeats({ ...called, calls: [call] }, taken);
      expect(freedOf(next, substitute)).to.deep.equal([later]);
      expect(next.calls, 'and not once more, once they are left in calm no more').to.equal(undefined);
      expect(repliesAt(next, later)[substitute]).to.equal(undefined);
      expect(next.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
      const declined = said(said(series, 'no', member, [later]), 'no', substitute, [later]);
      expect(freedOf(withSeats(declined, taken), substitute), 'has said no').to.deep.equal([]);
    });

    it('leaves what those have said who sit at a meeting that goes on', () => {
      const begun = { ...taken, now: Temporal.Instant.from(`${on}T11:30:00Z`) };
      const next = withSeats(said(sent, 'yes', member), begun);
      expect(repliesAt(next, on)[member]?.coming).to.equal('yes');
      const sits = said(said(sent, 'no', member), 'yes', substitute);
      expect(freedOf(withSeats(sits, begun), substitute)).to.deep.equal([]);
      expect(repliesAt(withSeats(sits, begun), on)[substitute]?.coming).to.equal('yes');
      const swap = { ...turned, now: begun.now };
      const kept = withSeats(withCard(sent, cardOf(member)), swap).delivery.placements;
      expect(
        kept.map(({ state }) => state),
        'and their card',
      ).to.deep.equal(['live']);
    });

    it('asks a substitute anew who has left the body and comes back as the member', () => {
      const gone = { ...full, directory: { ...all, members: all.members.filter((one) => one.person !== substitute) } };
      const away = withSeats(said(said(sent, 'no', member), 'no', substitute), gone);
      expect(repliesAt(away, on)[substitute]).to.equal(undefined);
    });

    it('tells whoever was asked and is a substitute by now that they are not invited any more', () => {
      const next = withSeats(sent, turned);
      expect(toldTo(next, member)).to.deep.equal(['uninvited']);
      expect(toldTo(next, substitute)).to.deep.equal(['invitation']);
      const away = said(said(said(series, 'yes', member), 'no', member, [later]), 'no', substitute, [later]);
      expect(freedOf(withSeats(away, turned), member), 'still due on the other date').to.deep.equal([on]);
    });

    it('tells them of all dates, and keeps no card for them because of one that is over or cancelled', () => {
      const first = said(said(series, 'no', member), 'no');
      const over = { ...turned, now: Temporal.Instant.from('2026-11-28T10:00:00Z') };
      const cancelled = quiet(decide(first, { do: 'cancel', on }, sceneOf('kaisa', monday, all)));
      for (const [one, scene] of [
        [first, over],
        [cancelled, turned],
      ] as const) {
        const next = withSeats(withCard(one, cardOf(member)), scene);
        expect(toldTo(next, member)).to.deep.equal(['uninvited']);
        expect(next.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
        const waiting = next.delivery.notices.find(({ to }) => to === member);
        if (waiting?.kind !== 'uninvited') throw new Error('They are told nothing.');
        expect(isOvertaken(next, { ...waiting, kind: 'uninvited' }, scene)).to.equal(false);
        expect(datesOn(next, member, 'uninvited', scene.directory)).to.deep.equal([later]);
      }
      expect(datesOn(withSeats(series, turned), member, 'uninvited', turned.directory)).to.deep.equal([on, later]);
    });

    it('tells the same to a member who had no substitute', () => {
      const alone = { ...all, members: all.members.filter(({ person }) => person !== substitute) };
      const demoted = alone.members.flatMap((one) =>
        one.person === member
          ? [
              { ...one, person: newcomer },
              { ...one, role: 'substitute' as const },
            ]
          : [one],
      );
      const bare = withSeats(spread, { ...full, directory: alone });
      const next = withSeats(bare, { ...full, directory: { ...alone, members: demoted } });
      expect(toldTo(next, member)).to.deep.equal(['uninvited']);
      expect(toldTo(next, newcomer)).to.deep.equal(['invitation']);
    });

    it('tells the difference to a meeting that asked some alone before it asked all', () => {
      const some = { ...spread, invited: { everyone: false, named: [seat('member', 'lojo')] } };
      const changes = { invited: { everyone: true, named: [] } };
      const asked = decide(some, { do: 'change', on: null, changes }, sceneOf('kaisa', monday, all));
      expect(toldTo(withSeats(quiet(asked), taken), newcomer)).to.deep.equal(['invitation']);
    });

    it('tells it also where others are named beside all in the meantime', () => {
      const changes = { invited: { everyone: true, named: [seat('member', 'lojo')] } };
      const named = decide(sent, { do: 'change', on: null, changes }, sceneOf('kaisa', monday, taken.directory));
      expect(toldTo(withSeats(quiet(named), taken), newcomer)).to.deep.equal(['invitation']);
    });

    it('shows on every card who holds the seat by now', () => {
      const next = withSeats(sent, taken);
      expect(next.delivery.own).to.equal(next.delivery.revision).and.above(sent.delivery.revision);
    });

    it('tells nothing of a date that is cancelled', () => {
      const off = quiet(decide(series, { do: 'cancel', on: later }, sceneOf('kaisa', monday, all)));
      const back = withSeats(quiet(withSeats(off, empty)), full);
      expect(freedOf(back, substitute)).to.deep.equal([on]);
    });

    it('calls the next substitute of a member who does not come', () => {
      const other = { ...full, directory: held('substitute') };
      const next = withSeats(said(series, 'substitute', member, [later]), other);
      expect(toldIn(next)).to.deep.equal([['substitute', newcomer]]);
      expect(next.delivery.notices.map(({ key }) => holdingTold(next, key, full)?.on)).to.deep.equal([later]);
      expect(withSeats(next, other)).to.equal(next);
      const back = (state: Meeting): Meeting =>
        withSubstitutes(state, said(state, 'yes', member, [later]), { ...other, now: monday });
      expect(toldIn(back(next)), 'who has not heard of it').to.deep.equal([['substitute', newcomer]]);
      expect(toldIn(back(quiet(next)))).to.deep.equal([['substituteFree', newcomer]]);
      const coming = withSeats(said(series, 'yes', member, [later]), other);
      expect(toldIn(coming), 'nobody stays away').to.deep.equal([]);
      expect(coming.standIns?.[member]).to.deep.equal([newcomer]);
    });

    it('takes a substitute who becomes the member for invited to what they were called to', () => {
      const promoted = {
        ...full,
        directory: {
          ...vacant,
          members: vacant.members.map((one) => (one.person === substitute ? { ...one, role: 'member' as const } : one)),
        },
      };
      expect(toldIn(withSeats(said(sent, 'no', member), promoted))).to.deep.equal([]);
      expect(toldIn(withSeats(sent, promoted))).to.deep.equal([['invitation', substitute]]);
      expect(toldIn(withSeats(invited, promoted)).filter(([, to]) => to === substitute)).to.have.length(1);
      const call = { on: later, substitute, start: `${later}T13:00`, at: monday.toString() };
      const knows = { ...said(series, 'no', member, [later]), calls: [call] };
      expect(withSeats(knows, promoted).calls, 'that they stood in is of no account').to.deep.equal([call]);
      expect(withSeats({ ...knows, calls: [{ ...call, on, start: `${on}T13:00` }] }, promoted).calls).to.equal(
        undefined,
      );
    });
  });
});
