import { expect } from 'chai';
import { putOff, takeOn } from '../../../../src/delivery/alarm.ts';
import { type Delivery, newDelivery, placeIn, record, settleWithin } from '../../../../src/delivery/model.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { monday } from '../../../support/builders.ts';

const chat = conversationId('19:a');
const unposted = placeIn(newDelivery(monday), chat, 'one');
const posted = record(unposted, { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 });
const doubts = ({ placements }: Delivery): boolean[] => placements.map(({ doubtful = false }) => doubtful);
const since = (milliseconds: number): Temporal.Instant => monday.add({ milliseconds });

describe('a message that may have been sent although nobody wrote it down', () => {
  it('is none while the document was in nobody’s hands', () => {
    expect(doubts(takeOn(unposted, 'a', monday))).to.deep.equal([false]);
  });

  it('is doubted by whoever takes the document over, or up again', () => {
    const held = takeOn(unposted, 'a', monday);
    expect(doubts(takeOn(held, 'b', since(settleWithin))), 'another process').to.deep.equal([true]);
    expect(doubts(takeOn(held, 'a', since(settleWithin))), 'the same, later').to.deep.equal([true]);
    expect(takeOn(held, 'b', since(settleWithin - 1)), 'still held').to.equal(held);
    expect(takeOn(held, 'a', since(1_000)), 'held for long enough').to.equal(held);
  });

  it('is doubted once its send is put off', () => {
    expect(doubts(putOff(takeOn(unposted, 'a', monday), null, monday))).to.deep.equal([true]);
  });

  it('is none that is known to be posted', () => {
    const held = takeOn(posted, 'a', monday);
    expect(doubts(takeOn(held, 'b', since(settleWithin)))).to.deep.equal([false]);
    expect(doubts(putOff(held, null, monday))).to.deep.equal([false]);
  });
});
