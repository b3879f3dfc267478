import { expect } from 'chai';
import { withActing } from '../../../../src/meetings/acting.ts';
import type { Meeting } from '../../../../src/meetings/model.ts';
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
    if (invited.stage.is !== 'planned') throw new Error('It has its time.');
    const replies = { '2026-11-26': { [substitute]: { coming: 'no' as const, at: '' } } };
    const stage = { ...invited.stage, schedule: { ...invited.stage.schedule, replies } };
    expect(toldIn(withActing({ ...invited, stage }, full))).to.not.deep.include(['substituteFree', substitute]);
  });
});
