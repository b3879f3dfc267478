import { expect } from 'chai';
import { attached } from '../../../../../src/steering/agenda/holding.ts';
import { agenda, holding, idOf, played } from '../../../../support/agendas.ts';
import { monday } from '../../../../support/builders.ts';

describe('the meeting of an agenda', () => {
  const first = holding();
  const earlier = holding({
    meeting: 'extra',
    on: '2026-12-01',
    begins: '2026-12-01T11:00:00Z',
    ends: '2026-12-01T12:00:00Z',
  });
  const grows = agenda();
  const sent = played(grows, ['kaisa', { do: 'send' }]);
  const meetingOf = ({ holding: of }: typeof grows): string | undefined => of?.meeting;

  it('is the next one while it grows, also one that comes in between', () => {
    expect(meetingOf(attached(grows, [earlier, first], monday))).to.equal('extra');
    expect(meetingOf(attached(agenda({}, null), [first], monday))).to.equal(first.meeting);
  });

  it('is the one that it was sent for once it has gone out, whatever comes in between', () => {
    expect(attached(sent, [earlier, first], monday)).to.equal(sent);
  });

  it('is the next one when that is cancelled, with what people have said of it and of no other; else none', () => {
    const answered = { ...sent, comings: { [idOf('risto')]: 'yes' as const } };
    const moved = attached(answered, [{ ...earlier, comings: { [idOf('marjut')]: 'no' } }], monday);
    expect(meetingOf(moved)).to.equal('extra');
    expect(moved.comings).to.deep.equal({ [idOf('marjut')]: 'no' });
    expect(attached(answered, [], monday)).to.deep.include({ holding: null, comings: {} });
  });

  it('is known by its new time when it is moved, and every card is drawn anew then and only then', () => {
    const later = { begins: '2026-12-18T11:00:00Z', ends: '2026-12-18T12:00:00Z' };
    const moved = attached(sent, [holding(later)], monday);
    expect(moved.holding).to.deep.include(later);
    expect(moved.delivery.own).to.equal(moved.delivery.revision).and.be.greaterThan(sent.delivery.revision);
    expect(attached(moved, [holding(later)], monday)).to.equal(moved);
  });
});
