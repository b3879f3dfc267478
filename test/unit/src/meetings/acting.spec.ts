import { expect } from 'chai';
import { withActing } from '../../../../src/meetings/acting.ts';
import type { Coming, Meeting } from '../../../../src/meetings/model.ts';
import { repliesAt } from '../../../../src/meetings/standing.ts';
import { requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId } from '../../../../src/shared/ids.ts';
import { calendar, monday } from '../../../support/builders.ts';
import { meeting, seat, seated } from '../../../support/meetings.ts';

describe('the substitute of a seat that has no member', () => {
  const all = seated();
  const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
  const vacant = { ...all, members: all.members.filter(({ person }) => person !== member) };
  const planned = meeting({ body: bodyId('steering:vastra-nyland') }, { by: 'kaisa', directory: all });
  const sent: Meeting = { ...planned, news: { ...planned.news, spread: true } };
  const full = { directory: all, calendar, now: monday };
  const empty = { ...full, directory: vacant };
  const toldIn = ({ delivery }: Meeting) => delivery.notices.map(({ kind, to }) => [kind, to]);
  const invited = withActing(sent, empty);
  const on = '2026-11-26';
  const said = (one: Meeting, coming: Coming, who = substitute): Meeting =>
    withSchedule(one, { ...requireSchedule(one), replies: { [on]: { [who]: { coming, at: '' } } } });

  it('is invited once, though the invitation had gone out before', () => {
    expect(withActing(sent, full), 'all have their members').to.equal(sent);
    expect(toldIn(invited)).to.deep.equal([['invitation', substitute]]);
    expect(withActing(invited, empty)).to.equal(invited);
  });

  it('is not invited beside what they have by then, nor before all others, nor to what is over', () => {
    expect(toldIn(withActing(sent, empty, [substitute])), 'in the chat').to.deep.equal([]);
    const notice = { key: 'x', to: substitute, kind: 'substitute', stays: 'x', at: '' };
    const called = { ...sent, delivery: { ...sent.delivery, notices: [notice] } };
    expect(toldIn(withActing(called, empty))).to.deep.equal([['substitute', substitute]]);
    expect(withActing(planned, empty)).to.equal(planned);
    const over = { ...empty, now: monday.add({ hours: 24 * 7 }) };
    expect(withActing(sent, over)).to.equal(sent);
  });

  it('hears that they need not come once it has one again, unless they had said so themselves', () => {
    const back = withActing(invited, full);
    expect(toldIn(back)).to.deep.include(['substituteFree', substitute]);
    expect(back.acting).to.equal(undefined);
    expect(withActing(back, full)).to.equal(back);
    expect(toldIn(withActing(said(invited, 'no'), full))).to.not.deep.include(['substituteFree', substitute]);
  });

  it('is asked anew when it has none again, unless they had said no', () => {
    const backAfter = (coming: Coming) => repliesAt(withActing(said(invited, coming), full), on)[substitute]?.coming;
    expect((['yes', 'maybe', 'no'] as const).map(backAfter)).to.deep.equal([undefined, undefined, 'no']);
  });
});
