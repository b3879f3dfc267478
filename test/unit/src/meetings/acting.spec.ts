import { expect } from 'chai';
import type { Placement } from '../../../../src/delivery/model.ts';
import { withActing } from '../../../../src/meetings/acting.ts';
import type { Coming, Meeting } from '../../../../src/meetings/model.ts';
import { repliesAt } from '../../../../src/meetings/standing.ts';
import { requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId, conversationId, type PersonId } from '../../../../src/shared/ids.ts';
import { calendar, monday } from '../../../support/builders.ts';
import { meeting, seat, seated, thursday } from '../../../support/meetings.ts';

describe('the substitute of a seat that has no member', () => {
  const on = '2026-11-26';
  const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
  const holders = (['member', 'substitute'] as const).map((as) => ({
    ...{ person: seat(as, 'polisen'), as, from: null, to: null },
  }));
  const bare = seated();
  const all = { ...bare, seats: bare.seats.map((one) => (one.id === 'polisen' ? { ...one, holders } : one)) };
  const vacant = { ...all, members: all.members.filter(({ person }) => person !== member) };
  const planned = meeting({ body: bodyId('steering:vastra-nyland') }, { by: 'kaisa', directory: all });
  const sent: Meeting = { ...planned, news: { ...planned.news, spread: true } };
  const full = { directory: all, calendar, now: monday };
  const empty = { ...full, directory: vacant };
  const toldIn = ({ delivery }: Meeting) => delivery.notices.map(({ kind, to }) => [kind, to]);
  const invited = withActing(sent, empty);
  const cardOf = (to: PersonId): Placement => ({
    ...{ id: `substitute:${on}:${to}`, conversation: conversationId(to), activityId: '1' },
    ...{ shown: 1, state: 'live', to },
  });
  const said = (one: Meeting, coming: Coming, who = substitute): Meeting =>
    withSchedule(one, { ...requireSchedule(one), replies: { [on]: { [who]: { coming, at: '' } } } });

  it('is invited once, though the invitation had gone out before', () => {
    expect(withActing(sent, full), 'all have their members').to.equal(sent);
    expect(toldIn(invited)).to.deep.equal([['invitation', substitute]]);
    expect(withActing(invited, empty)).to.equal(invited);
  });

  it('is not invited beside what they have by then, nor before all others, nor to what is over', () => {
    expect(toldIn(withActing(sent, empty, [substitute])), 'in the chat').to.deep.equal([]);
    const key = `substitute:${on}:${substitute}`;
    const notice = { key, to: substitute, kind: 'substitute', stays: key, at: '' };
    const called = { ...said(sent, 'no', member), delivery: { ...sent.delivery, notices: [notice] } };
    expect(toldIn(withActing(called, empty))).to.deep.equal([['substitute', substitute]]);
    expect(withActing(planned, empty)).to.equal(planned);
    const over = { ...empty, now: monday.add({ hours: 24 * 7 }) };
    expect(withActing(sent, over)).to.equal(sent);
  });

  it('is invited to a series of which they were called to some dates alone', () => {
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 2 }, holidays: 'keep' } as const;
    const plan = { one: thursday, repeat };
    const series = meeting({ body: sent.body, plan }, { by: 'kaisa', directory: all });
    const called = (dates: readonly string[]): Meeting => {
      const replies = Object.fromEntries(dates.map((one) => [one, { [member]: { coming: 'no' as const, at: '' } }]));
      const delivery = { ...series.delivery, placements: [cardOf(substitute)] };
      const away = withSchedule(series, { ...requireSchedule(series), replies });
      return { ...away, delivery, news: { ...series.news, spread: true } };
    };
    for (const dates of [[on], []])
      expect(toldIn(withActing(called(dates), empty)), dates.join()).to.deep.equal([['invitation', substitute]]);
    expect(toldIn(withActing(called([on, '2026-12-03']), empty)), 'they know of both').to.deep.equal([]);
  });

  it('hears that they need not come once it has one again, unless they had said so themselves', () => {
    const back = withActing(invited, full);
    expect(toldIn(back)).to.deep.include(['substituteFree', substitute]);
    expect(back.acting).to.equal(undefined);
    expect(withActing(back, full)).to.equal(back);
    expect(toldIn(withActing(said(invited, 'no'), full))).to.not.deep.include(['substituteFree', substitute]);
  });

  it('is free as the new member of the seat is invited, who has no card yet and does not read the chat', () => {
    const isMembers = ([, to]: readonly string[]): boolean => to === member;
    expect(toldIn(withActing(invited, full)).filter(isMembers)).to.deep.equal([['invitation', member]]);
    expect(toldIn(withActing(invited, full, [member])).filter(isMembers), 'in the chat').to.deep.equal([]);
    const placements = [{ ...cardOf(member), id: `1-${member}` }];
    const known = { ...invited, delivery: { ...invited.delivery, placements } };
    expect(toldIn(withActing(known, full)).filter(isMembers), 'was invited before').to.deep.equal([]);
  });

  it('is asked anew when it has none again, unless they had said no', () => {
    const backAfter = (coming: Coming) => repliesAt(withActing(said(invited, coming), full), on)[substitute]?.coming;
    expect((['yes', 'maybe', 'no'] as const).map(backAfter)).to.deep.equal([undefined, undefined, 'no']);
  });
});
