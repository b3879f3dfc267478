import { expect } from 'chai';
import fc from 'fast-check';
import {
  adoptOrphan,
  besideForms,
  bringTo,
  type Delivery,
  isPlaced,
  isStale,
  isUnsettled,
  liveIn,
  newDelivery,
  notifyOnce,
  openForm,
  placeIn,
  type Receipt,
  record,
  redraw,
  touch,
} from '../../../../src/delivery/model.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { monday, people } from '../../../support/builders.ts';

const chat = conversationId('19:a');
const elsewhere = conversationId('19:b');
const anyChat = fc.constantFrom(chat, elsewhere);
const anyKey = fc.constantFrom('k1', 'k2', 'k3');
const notice = (key: string) => ({ key, to: people.maria, kind: 'untaken' });

type Step = (delivery: Delivery, index: number) => Delivery;

/** New placements get ids of their own, as in the product; receipts may come late, twice or for what never was. */
const placing = (conversations: fc.Arbitrary<typeof chat>): fc.Arbitrary<Step> =>
  fc.oneof(
    conversations.map(
      (to): Step =>
        (delivery, index) =>
          placeIn(delivery, to, `p${index}`),
    ),
    conversations.map(
      (to): Step =>
        (delivery, index) =>
          bringTo(delivery, to, `p${index}`),
    ),
  );
/** About a placement of so many steps ago, or one that never was. */
const about = (make: (placement: string, newest: number) => Receipt): fc.Arbitrary<Step> =>
  fc.nat(6).map(
    (back): Step =>
      (delivery, index) =>
        record(delivery, make(`p${Math.max(0, index - 1 - back)}`, delivery.revision)),
  );
const shown: fc.Arbitrary<Step> = fc
  .record({ conversation: anyChat, activityId: fc.constantFrom('m1', 'm2', 'm3'), age: fc.nat(5) })
  .chain(({ age, ...sent }) =>
    // What was shown is a revision that there was.
    about((placement, newest) => ({ did: 'shown', placement, ...sent, revision: Math.max(0, newest - age) })),
  );
const refused = about((placement) => ({ did: 'refused', placement }));
const sent: fc.Arbitrary<Step> = anyKey.map(
  (key): Step =>
    (delivery) =>
      record(delivery, { did: 'noticed', key }),
);
const gone: fc.Arbitrary<Step> = anyChat.map(
  (conversation): Step =>
    (delivery) =>
      record(delivery, { did: 'gone', conversation }),
);
const receipt = fc.oneof(
  shown,
  about((placement) => ({ did: 'retired', placement })),
  sent,
);
const telling: fc.Arbitrary<Step> = fc.array(anyKey, { maxLength: 3 }).map(
  (keys): Step =>
    (delivery) =>
      notifyOnce(delivery, keys.map(notice), monday),
);
const touching = fc.constant<Step>((delivery) => touch(delivery, monday));

const live = ({ placements }: Delivery): string[] =>
  placements.filter(({ state }) => state === 'live').map(({ id }) => id);
const run = (steps: readonly Step[], first = newDelivery(monday)): Delivery =>
  steps.reduce((delivery, next, index) => next(delivery, index + 1), first);

/** A courier that gets everything through: what the document asks for, it does, newest state first. */
function settled(delivery: Delivery): Delivery {
  let state = delivery;
  let sends = 0;
  for (let rounds = 0; isUnsettled(state, monday) && rounds < 50; rounds += 1) {
    for (const { id, conversation, activityId, state: kind } of state.placements) {
      const sentId = activityId ?? `sent-${sends++}`;
      const done: Receipt =
        kind === 'retiring'
          ? { did: 'retired', placement: id }
          : { did: 'shown', placement: id, conversation, activityId: sentId, revision: state.revision };
      state = record(state, done);
    }
    for (const { key } of state.notices) state = record(state, { did: 'noticed', key });
  }
  return state;
}

describe('placements', () => {
  it('are exactly one live card after any placing, whatever the courier reports', () => {
    const any = fc.array(fc.oneof(placing(anyChat), receipt, gone, touching), { maxLength: 30 });
    fc.assert(
      fc.property(any, placing(fc.constant(chat)), (steps, last) => {
        const delivery = last(run(steps), 99);
        expect(live(delivery)).to.have.length(1);
        expect(liveIn(delivery, chat)?.id).to.equal(live(delivery)[0]);
      }),
    );
  });

  it('stay at most one live card, each with an id of its own, in every state between', () => {
    const any = fc.array(fc.oneof(placing(anyChat), receipt, refused, gone), { maxLength: 30 });
    fc.assert(
      fc.property(any, (steps) => {
        let delivery = newDelivery(monday);
        for (const [index, next] of steps.entries()) {
          delivery = next(delivery, index + 1);
          expect(live(delivery).length).to.be.at.most(1);
          const ids = delivery.placements.map(({ id }) => id);
          expect(new Set(ids).size, 'ids').to.equal(ids.length);
          for (const { state, activityId } of delivery.placements) {
            if (state === 'retiring') expect(activityId, 'only what was posted can become a line').to.not.equal(null);
          }
        }
      }),
    );
  });

  it('come to rest with one message that shows the newest revision', () => {
    const any = fc.array(fc.oneof(placing(anyChat), receipt, touching, telling), { maxLength: 20 });
    fc.assert(
      fc.property(any, (steps) => {
        const rest = settled(placeIn(run(steps), chat, 'last'));
        expect(isUnsettled(rest, monday)).to.equal(false);
        expect(rest.placements.map(({ conversation, shown }) => ({ conversation, shown }))).to.deep.equal([
          { conversation: chat, shown: rest.revision },
        ]);
      }),
    );
  });

  it('leave a card where it stands when it is to stand there', () => {
    const placed = placeIn(newDelivery(monday), chat, 'one');
    expect(placeIn(placed, chat, 'two')).to.equal(placed);
  });

  it('make the old card a line when it is brought to the bottom, and forget one that was never posted', () => {
    const posted = record(placeIn(newDelivery(monday), chat, 'one'), {
      did: 'shown',
      placement: 'one',
      conversation: chat,
      activityId: 'm1',
      revision: 1,
    });
    expect(bringTo(posted, chat, 'two').placements.map(({ id, state }) => [id, state])).to.deep.equal([
      ['one', 'retiring'],
      ['two', 'live'],
    ]);
    const unposted = bringTo(placeIn(newDelivery(monday), chat, 'one'), chat, 'two');
    expect(unposted.placements.map(({ id }) => id)).to.deep.equal(['two']);
  });

  it('retire a message that was on its way when the card was brought elsewhere', () => {
    const moved = bringTo(placeIn(newDelivery(monday), chat, 'one'), elsewhere, 'two');
    const late = record(moved, { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 });
    expect(late.placements.map(({ id, state, activityId }) => [id, state, activityId])).to.deep.equal([
      ['two', 'live', null],
      ['one', 'retiring', 'm1'],
    ]);
  });

  it('forget in a conversation that is gone what was not posted yet', () => {
    const placed = placeIn(newDelivery(monday), chat, 'one');
    expect(record(placed, { did: 'gone', conversation: elsewhere }).placements).to.have.length(1);
    expect(record(placed, { did: 'gone', conversation: chat }).placements).to.deep.equal([]);
  });

  it('keep what stands in a conversation that is gone, and bring it up to date as soon as that can be reached', () => {
    const sent = { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 } as const;
    const posted = record(placeIn(newDelivery(monday), chat, 'one'), sent);
    const left = record(posted, { did: 'gone', conversation: chat });
    expect(isUnsettled(left, monday)).to.equal(false);
    expect(isPlaced(left)).to.equal(false);
    expect(isUnsettled(touch(left, monday), monday)).to.equal(false);
    const back = placeIn(left, chat, 'two');
    expect(live(back)).to.deep.equal(['one']);
    expect(isUnsettled(touch(back, monday), monday)).to.equal(true);
    const moved = placeIn(left, elsewhere, 'two');
    expect(live(moved)).to.deep.equal(['two']);
    const waiting = ({ placements }: Delivery): string[] =>
      placements.filter((placement) => isStale(moved, placement, monday)).map(({ id }) => id);
    expect(waiting(moved), 'another conversation').to.deep.equal(['two']);
    const pressed = adoptOrphan(moved, { placement: 'one', conversation: chat, activityId: 'm1' });
    for (const returned of [placeIn(moved, chat, 'three'), bringTo(moved, chat, 'three'), pressed])
      expect(waiting(returned), 'a line to be').to.include('one');
  });

  it('move beside a form for what somebody did, and not for what time did, however often', () => {
    const placed = placeIn(newDelivery(monday), chat, 'one');
    const shown = record(placed, { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 });
    const open = openForm(shown, 'one', people.petri, monday);
    const counted = redraw(redraw(open, monday), monday);
    expect(besideForms(counted, () => 'two', monday)).to.equal(counted);
    const pressed = touch(counted, monday);
    expect(besideForms(pressed, () => 'two', monday).placements.map(({ id }) => id)).to.deep.equal(['one', 'two']);
  });

  it('take in a card that was left in a conversation that was gone and is back', () => {
    const placed = placeIn(newDelivery(monday), chat, 'one');
    const gone = record(placed, { did: 'gone', conversation: chat });
    const back = placeIn(gone, chat, 'two');
    const pressed = adoptOrphan(back, { placement: 'one', conversation: chat, activityId: 'm1' });
    expect(pressed.placements.map(({ activityId, state }) => [activityId, state])).to.deep.equal([
      [null, 'live'],
      ['m1', 'retiring'],
    ]);
  });

  it('take in an orphan once where a send was in doubt, and none that may be the message being posted right now', () => {
    const pressed = { placement: 'one', conversation: chat, activityId: 'm0' };
    const posting = placeIn(newDelivery(monday), chat, 'one');
    expect(adoptOrphan(posting, pressed)).to.equal(posting);
    const receipt = { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 } as const;
    const sure = record(posting, receipt);
    expect(adoptOrphan(sure, pressed), 'no second message can be').to.equal(sure);
    const posted = record(posting, { ...receipt, doubtful: true });
    const adopted = adoptOrphan(posted, pressed);
    expect(adopted.placements.map(({ state, activityId }) => [state, activityId])).to.deep.equal([
      ['live', 'm1'],
      ['retiring', 'm0'],
    ]);
    expect(adoptOrphan(adopted, pressed)).to.equal(adopted);
    expect(adoptOrphan(posted, { ...pressed, activityId: 'm1' })).to.equal(posted);
    const forged = { ...pressed, conversation: elsewhere };
    expect(adoptOrphan(posted, forged), 'a chat in which the document never stood').to.equal(posted);
  });

  it('take in an orphan of a placement in doubt that has become a line since', () => {
    const receipt = { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 } as const;
    const posted = record(placeIn(newDelivery(monday), chat, 'one'), { ...receipt, doubtful: true });
    const retired = record(bringTo(posted, chat, 'two'), { did: 'retired', placement: 'one' });
    expect(retired.placements.map(({ id }) => id)).to.deep.equal(['two']);
    const adopted = adoptOrphan(retired, { placement: 'one', conversation: chat, activityId: 'm0' });
    expect(adopted.placements.map(({ activityId }) => activityId)).to.deep.equal([null, 'm0']);
  });
});

describe('notices', () => {
  it('are made once for a key, also when the same key comes twice at once or after it was sent', () => {
    const any = fc.array(fc.oneof(telling, receipt), { maxLength: 30 });
    fc.assert(
      fc.property(any, (steps) => {
        const made = new Map<string, number>();
        let delivery = newDelivery(monday);
        for (const [index, next] of steps.entries()) {
          const before = new Set(delivery.notices);
          delivery = next(delivery, index);
          for (const one of delivery.notices) if (!before.has(one)) made.set(one.key, (made.get(one.key) ?? 0) + 1);
        }
        for (const [key, times] of made) expect(times, key).to.equal(1);
      }),
    );
  });

  it('are never lost before they are sent', () => {
    const any = fc.array(fc.oneof(telling, placing(anyChat), receipt, refused, touching), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(any, (steps) => {
        const unsent = new Set<string>();
        let delivery = newDelivery(monday);
        for (const [index, next] of steps.entries()) {
          const before = delivery.notices.map(({ key }) => key);
          delivery = next(delivery, index + 1);
          const after = delivery.notices.map(({ key }) => key);
          for (const key of after) unsent.add(key);
          const gone = before.filter((key) => !after.includes(key));
          expect(gone.length, 'one receipt takes one notice').to.be.at.most(1);
          for (const key of gone) unsent.delete(key);
          expect(new Set(after)).to.deep.equal(unsent);
        }
      }),
    );
  });

  it('leave the delivery as it is when there is nothing new to tell', () => {
    const told = notifyOnce(newDelivery(monday), [notice('k1')], monday);
    expect(notifyOnce(told, [notice('k1')], monday)).to.equal(told);
    expect(notifyOnce(told, [], monday)).to.equal(told);
  });
});

describe('alarms', () => {
  it('are set shortly after every change, so that somebody else takes over when its maker dies', () => {
    for (const delivery of [newDelivery(monday), touch({ ...newDelivery(monday), wakeAt: null }, monday)]) {
      const wait = monday.until(delivery.wakeAt ?? '').total('seconds');
      expect(wait).to.be.within(1, 120);
    }
  });
});
