import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { holding } from '../../../../src/delivery/alarm.ts';
import { createCourier } from '../../../../src/delivery/courier.ts';
import type { Deliverable } from '../../../../src/delivery/deliverable.ts';
import { createSendLimits } from '../../../../src/delivery/limits.ts';
import {
  adoptOrphan,
  awaken,
  bringTo,
  closeForm,
  type Delivery,
  newDelivery,
  notify,
  notifyOnce,
  openForm,
  placeIn,
  redraw,
  touch,
} from '../../../../src/delivery/model.ts';
import { createOutbox } from '../../../../src/delivery/outbox.ts';
import { createPatience } from '../../../../src/delivery/patience.ts';
import type { Address } from '../../../../src/delivery/sender.ts';
import { createWaker } from '../../../../src/delivery/waker.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import { type ConversationId, conversationId, type PersonId, tenantId } from '../../../../src/shared/ids.ts';
import { type Aggregates, createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { people, storeWith, unused } from '../../../support/builders.ts';
import { type FakeSender, fakeSender, throttled, unavailable } from '../../../support/fake-sender.ts';
import { type SimulatedClock, simulatedClock } from '../../../support/simulated-clock.ts';

/** A document that shows a number in chats: the least that the courier can carry. */
interface Sheet {
  value: number;
  delivery: Delivery;
  /** Instants that `wake` has been given, so that a test sees what time has brought. */
  woken: number;
  /** The next moment at which it wants attention by itself. */
  next: string | null;
  untidy: boolean;
  /** A chore of it cannot be done. */
  stuck?: boolean;
  /** Whom time reminds. */
  reminds?: PersonId;
}

const tenant = tenantId('t');
const chat = conversationId('19:chat');
const elsewhere = conversationId('19:elsewhere');
const key = { partition: 't|team:lojo', id: 'sheet' };

function sheetsOf(store: Store, held: (delivery: Delivery) => Delivery = (delivery) => delivery): Aggregates<Sheet> {
  return createAggregates<Sheet>(
    store,
    ({ delivery }) => ({ kind: 'sheet', status: null, owner: null, at: null, wakeAt: delivery.wakeAt }),
    (sheet) => ({ ...sheet, delivery: held(sheet.delivery) }),
  );
}

const gone = (): AppError => new AppError('chat.gone');

let ids = 0;

interface World {
  clock: SimulatedClock;
  sender: FakeSender;
  store: Store;
  errors: unknown[];
  /** Conversations that cannot be reached. */
  unreachable: Set<ConversationId | PersonId>;
  /** People with whom Teams lets the bot open no chat. */
  barred: Set<PersonId>;
  gone: ConversationId[];
  /** Conversations of somebody else's. */
  barredFrom: Set<ConversationId>;
  /** How often a chore fails before it can be done. */
  choreFails: number;
}

/** A process: a courier and a waker on the store. It dies when its part of the store breaks. */
function processOn(
  world: World,
  store: Store,
  overtaken: (kind: string) => boolean = () => false,
  stopping: AbortSignal | undefined = undefined,
  ended: (end: string) => void = () => {},
) {
  const { clock, sender, errors, unreachable, gone } = world;
  const reminded = ({ delivery, reminds }: Sheet, now: Temporal.Instant): Delivery =>
    touch(reminds ? notify(delivery, [{ key: 'time', to: reminds, kind: 'untaken' }], now) : delivery, now);
  // As in the product: a process that has the store to itself goes on with what an earlier one held.
  const name = store.exclusive ? 'only' : `process ${ids++}`;
  const sheets = sheetsOf(store, holding(name, clock.now));
  const address = (conversation: ConversationId): Address => ({
    tenant,
    conversation,
    serviceUrl: 'https://x',
    botId: '28:bot',
  });
  const courier = createCourier({
    outbox: createOutbox({
      sender,
      clock,
      random: () => 0,
      limits: createSendLimits({ clock }),
      ...(stopping && { stopping }),
    }),
    addressBook: {
      chat: async (_tenant, conversation) => (unreachable.has(conversation) ? null : address(conversation)),
      async person(_tenant, person) {
        if (world.barred.has(person)) throw new AppError('chat.gone');
        return unreachable.has(person) ? null : address(conversationId(`a:${person}`));
      },
      markGone: async (_tenant, conversation) => void gone.push(conversation),
    },
    clock,
    process: name,
    newId: () => `q${ids++}`,
    patiently: createPatience(clock),
    onError: (error) => errors.push(error),
  });
  const message = (summary: string): CardMessage => ({
    card: { type: 'AdaptiveCard', version: '1.5', body: [] },
    summary,
  });
  const deliverable: Deliverable<Sheet> = {
    kind: 'sheet',
    aggregates: sheets,
    tenantOf: () => tenant,
    delivery: ({ delivery }) => delivery,
    withDelivery: (sheet, delivery) => ({ ...sheet, delivery }),
    wake: (sheet, now) =>
      sheet.next !== null && sheet.next <= toStored(now)
        ? { ...sheet, woken: sheet.woken + 1, next: null, delivery: reminded(sheet, now) }
        : sheet,
    chores: ({ untidy, stuck = false }) => ({
      // Cannot be done yet, and holds up nothing else.
      stuck: stuck ? async () => null : null,
      tidy: untidy
        ? async () => {
            if (world.choreFails-- > 0) throw new AppError('store.unavailable');
            return (sheet) => ({ ...sheet, untidy: false });
          }
        : null,
    }),
    nextAttention: ({ next }) => (next === null ? null : Temporal.Instant.from(next)),
    message: ({ value }, { state }) => message(state === 'retiring' ? 'moved' : `value ${value}`),
    isBarredFrom: (_sheet, conversation) => world.barredFrom.has(conversation),
    noticeMessage: (_sheet, { kind, to }) => (overtaken(kind) ? null : message(`${kind} to ${to}`)),
    noticed(sheet, { kind }, end) {
      ended(`${kind} ${end}`);
      return sheet;
    },
  };
  courier.register(deliverable);
  const waker = createWaker({ store, courier, clock, isExpiring: () => false, onError: (error) => errors.push(error) });
  return {
    sheets,
    courier,
    waker,
    async change(decide: (sheet: Sheet) => Sheet): Promise<void> {
      await sheets.change(key, decide);
      courier.settle('sheet', key);
    },
    /** Turns the clock until the courier has nothing under way. */
    async settled(): Promise<void> {
      let idle = false;
      void courier.idle().then(() => {
        idle = true;
      });
      for (let turns = 0; !idle && turns < 4_000; turns += 1) await clock.advance(100);
      expect(idle, 'the courier comes to rest').to.equal(true);
    },
  };
}

describe('the courier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-courier-'));
  let files = 0;
  let world: World;
  beforeEach(async () => {
    const clock = simulatedClock();
    const store = openSqliteStore(join(folder, `${files++}.db`));
    world = {
      clock,
      store,
      sender: fakeSender(clock.now),
      errors: [],
      unreachable: new Set(),
      barred: new Set(),
      gone: [],
      barredFrom: new Set(),
      choreFails: 0,
    };
    const delivery = placeIn(newDelivery(clock.now()), chat, 'p1');
    await sheetsOf(store, holding('only', clock.now)).create(key, {
      value: 1,
      delivery,
      woken: 0,
      next: null,
      untidy: false,
    });
  });
  afterEach(() => world.store.close());
  after(() => rmSync(folder, { recursive: true }));

  const plusOne = (sheet: Sheet): Sheet => ({
    ...sheet,
    value: sheet.value + 1,
    delivery: touch(sheet.delivery, world.clock.now()),
  });
  /** Every change that leaves something to send sets the alarm, in case its maker dies. */
  const withDelivery =
    (make: (delivery: Delivery) => Delivery) =>
    (sheet: Sheet): Sheet => ({ ...sheet, delivery: awaken(make(sheet.delivery), world.clock.now()) });
  const deliveryNow = async (): Promise<Delivery> => {
    const sheet = await sheetsOf(world.store).get(key);
    if (!sheet) throw new Error('The sheet is gone');
    return sheet.delivery;
  };
  const summaries = (): string[] => world.sender.sent.map(({ summary }) => summary);

  it('posts what is missing, updates what is stale, and then leaves it alone', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    await change(plusOne);
    await settled();
    courier.settle('sheet', key);
    await settled();
    expect(world.sender.sent.map(({ did, id, summary }) => [did, id, summary])).to.deep.equal([
      ['post', 'm1', 'value 1'],
      ['update', 'm1', 'value 2'],
    ]);
    expect((await deliveryNow()).wakeAt).to.equal(null);
    expect(world.errors).to.deep.equal([]);
  });

  it('makes few updates of a burst of changes, and the last shows the newest state', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    await Promise.all(Array.from({ length: 50 }, () => change(plusOne)));
    await settled();
    expect(world.sender.shown.get('m1')).to.equal('value 51');
    expect(world.sender.sent.length).to.be.at.most(5);
  });

  it('makes one update of all that changed while Teams held the conversation', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(throttled(10_000));
    await change(plusOne);
    await world.clock.advance(1_000);
    for (let times = 0; times < 20; times += 1) await change(plusOne);
    await settled();
    expect(summaries()).to.deep.equal(['value 1', 'value 22']);
  });

  it('shows the card later, once, when Teams answers with errors for a while', async () => {
    const { courier, settled } = processOn(world, world.store);
    world.sender.next(unavailable(), throttled(5_000), unavailable());
    courier.settle('sheet', key);
    await settled();
    expect(summaries()).to.deep.equal(['value 1']);
  });

  it('is tried again by the waker after all tries have failed', async () => {
    const { courier, waker, settled } = processOn(world, world.store);
    world.sender.next(...Array.from({ length: 10 }, unavailable));
    courier.settle('sheet', key);
    await settled();
    expect(summaries()).to.deep.equal([]);
    expect(world.errors).to.have.length(1);
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    await world.clock.advance(65_000);
    stop.abort();
    await waking;
    await settled();
    expect(summaries()).to.deep.equal(['value 1']);
  });

  it('waits from the first try until it is sent, also between the tries, so an alarm of the manual rings', async () => {
    const [, alarm = ''] =
      /ankarbot_oldest_waiting_seconds > (\d+)/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
    const { courier, waker, settled } = processOn(world, world.store);
    world.sender.before = () => Promise.reject(new AppError('chat.unavailable'));
    courier.settle('sheet', key);
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    const ages: number[] = [];
    for (let minute = 0; minute < 40; minute += 1) {
      for (let step = 0; step < 120; step += 1) await world.clock.advance(500);
      ages.push(courier.waiting().oldest);
    }
    // The outbox knows of what is tried the first time.
    const first = ages.findIndex((age) => age > 0);
    expect(first).to.be.within(0, 3);
    for (const [minute, age] of ages.entries()) if (minute >= first) expect(age).to.equal((minute + 1) * 60);
    expect(Number(alarm)).to.be.within(300, 1_200);
    world.sender.before = async () => undefined;
    await world.clock.advance(60 * 60_000);
    stop.abort();
    await waking;
    await settled();
    expect(courier.waiting()).to.deep.equal({ count: 0, oldest: 0 });
    expect(summaries()).to.deep.equal(['value 1']);
  });

  it('does not wait for Teams while somebody is to be met first, nor for what another process took up', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    const [someone = expect.fail()] = Object.values(people);
    world.unreachable.add(someone);
    await change(
      withDelivery((delivery) => notify(delivery, [{ key: 'n', to: someone, kind: 'k' }], world.clock.now())),
    );
    await settled();
    expect((await deliveryNow()).failures).to.equal(1);
    expect(courier.waiting()).to.deep.equal({ count: 0, oldest: 0 });

    world.sender.next(...Array.from({ length: 10 }, unavailable));
    await change(plusOne);
    await settled();
    expect(courier.waiting().count).to.equal(1);
    await world.clock.advance(10 * 60_000);
    expect(courier.waiting()).to.deep.equal({ count: 0, oldest: 0 });
  });

  it('does not wait for Teams with what another process took on while its own try failed', async () => {
    const { courier, settled } = processOn(world, world.store);
    const others = sheetsOf(world.store, holding('another', world.clock.now));
    world.sender.before = async () => {
      // As after a send that took longer than the document was held.
      await others.change(key, ({ delivery: { lease: _, ...delivery }, ...sheet }) => ({ ...sheet, delivery }));
      throw new Error('no answer');
    };
    courier.settle('sheet', key);
    await settled();
    expect(world.errors).to.have.length(1);
    expect((await deliveryNow()).lease?.by).to.equal('another');
    expect(courier.waiting()).to.deep.equal({ count: 0, oldest: 0 });
  });

  it('knows a card again that Teams took, though it never said so and was away for all further tries', async () => {
    const { courier, waker, change, settled } = processOn(world, world.store);
    world.sender.next('lost', ...Array.from({ length: 9 }, unavailable));
    courier.settle('sheet', key);
    await settled();
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    await world.clock.advance(65_000);
    stop.abort();
    await waking;
    await settled();
    expect([...world.sender.shown.keys()]).to.deep.equal(['m1', 'm2']);
    const pressed = { placement: 'p1', conversation: chat, activityId: 'm1' };
    await change(withDelivery((delivery) => adoptOrphan(delivery, pressed)));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 1' });
  });

  it('posts the new card before the old one becomes a line, and has one live card at the end', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    await change(withDelivery((delivery) => bringTo(delivery, chat, 'p2')));
    await settled();
    expect(world.sender.sent.map(({ did, id, summary }) => [did, id, summary])).to.deep.equal([
      ['post', 'm1', 'value 1'],
      ['post', 'm2', 'value 1'],
      ['update', 'm1', 'moved'],
    ]);
    expect((await deliveryNow()).placements.map(({ id, activityId }) => [id, activityId])).to.deep.equal([
      ['p2', 'm2'],
    ]);
  });

  it('makes a line of a card that was on its way when it was brought elsewhere', async () => {
    const gate = Promise.withResolvers<void>();
    world.sender.before = () => gate.promise;
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await world.clock.advance(0);
    await change(withDelivery((delivery) => bringTo(delivery, elsewhere, 'p2')));
    gate.resolve();
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 1' });
    expect((await deliveryNow()).placements.map(({ id }) => id)).to.deep.equal(['p2']);
  });

  it('posts a deleted message anew', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.shown.delete('m1');
    await change(plusOne);
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m2: 'value 2' });
    expect((await deliveryNow()).placements.map(({ activityId }) => activityId)).to.deep.equal(['m2']);
  });

  it('posts anew a card whose message alone Teams lets nobody change, and knows the old one when it is pressed', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(gone());
    await change(plusOne);
    await settled();
    expect(world.gone, 'the conversation stays open').to.deep.equal([]);
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 2' });
    await change(plusOne);
    await settled();
    expect(Object.fromEntries(world.sender.shown), 'the new one is the card').to.deep.include({ m2: 'value 3' });
    const pressed = withDelivery((delivery) =>
      adoptOrphan(delivery, { placement: 'p1', conversation: chat, activityId: 'm1' }),
    );
    world.sender.next(gone());
    await change(pressed);
    await settled();
    const { tries } = world.sender;
    await change(plusOne);
    await settled();
    expect(world.sender.tries - tries, 'it is not tried for ever').to.equal(1);
    expect(world.gone).to.deep.equal([]);
    await change(pressed);
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 4' });
  });

  it('posts no line for a card that was brought elsewhere while its new message waited for its turn', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(gone(), throttled(10_000));
    await change(plusOne);
    await world.clock.advance(1_000);
    await change(withDelivery((delivery) => bringTo(delivery, elsewhere, 'p2')));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 2' });
  });

  it('keeps an old card that cannot be changed, and makes a line of it once that can be', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next('ok', gone());
    await change(withDelivery((delivery) => bringTo(delivery, chat, 'p2')));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 1' });
    await change(withDelivery((delivery) => placeIn(delivery, chat, 'p3')));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 1' });
  });

  it('makes no second card of one in a conversation that is closed before both the change and the new post', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(new AppError('chat.messageLost'), gone());
    await change(plusOne);
    await settled();
    expect(world.gone).to.deep.equal([chat]);
    await change(withDelivery((delivery) => placeIn(delivery, chat, 'p2')));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 2' });
  });

  it('makes a line of a card whose conversation is somebody else’s by now, and draws nothing there', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.barredFrom.add(chat);
    await change(plusOne);
    await settled();
    expect(summaries()).to.deep.equal(['value 1', 'moved']);
    expect((await deliveryNow()).placements).to.deep.equal([]);
  });

  it('draws nothing in a conversation that becomes somebody else’s while an update waits for its turn', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(throttled(10_000));
    await change(plusOne);
    await world.clock.advance(1_000);
    world.barredFrom.add(chat);
    await settled();
    expect(summaries()).to.deep.equal(['value 1', 'moved']);
  });

  it('stops writing to a conversation that is gone, and says so', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    world.sender.next(new AppError('chat.gone'));
    courier.settle('sheet', key);
    await settled();
    await change(plusOne);
    await settled();
    expect(world.gone).to.deep.equal([chat]);
    expect(world.sender.tries).to.equal(1);
    expect((await deliveryNow()).placements).to.deep.equal([]);
  });

  it('sends nothing more into a conversation that is closed while it waits for its turn there', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(throttled(10_000));
    await change(plusOne);
    await world.clock.advance(1_000);
    world.unreachable.add(chat);
    await settled();
    expect(world.sender.tries).to.equal(2);
  });

  it('leaves what stands in a conversation that is closed, and changes it once that is reached again', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(gone(), gone());
    await change(plusOne);
    await settled();
    const { tries } = world.sender;
    await change(plusOne);
    await settled();
    expect(world.sender.tries, 'nothing is tried').to.equal(tries);
    expect((await deliveryNow()).wakeAt, 'nothing is left to do').to.equal(null);
    await change(withDelivery((delivery) => placeIn(delivery, chat, 'p2')));
    await settled();
    expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 3' });
    expect((await deliveryNow()).placements.map(({ id }) => id)).to.deep.equal(['p1']);
  });

  it('waits with a person whom it has not met, and tells them when it has', async () => {
    world.unreachable.add(people.petri);
    const { change, waker, settled } = processOn(world, world.store);
    await change(
      withDelivery((delivery) =>
        notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
      ),
    );
    await settled();
    expect(summaries()).to.deep.equal(['value 1']);
    world.unreachable.clear();
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    await world.clock.advance(65_000);
    stop.abort();
    await waking;
    await settled();
    expect(summaries()).to.have.members(['value 1', `untaken to ${people.petri}`]);
    expect((await deliveryNow()).notices).to.deep.equal([]);
  });

  it('waits with several people whom it has not met, and asks for all of them once at each time', async () => {
    const { change, courier, settled } = processOn(world, world.store);
    const whom = [people.petri, people.niina, people.sofia];
    for (const person of whom) world.unreachable.add(person);
    const notices = whom.map((to) => ({ key: `k:${to}`, to, kind: 'untaken' }));
    await change(withDelivery((delivery) => notifyOnce(delivery, notices, world.clock.now())));
    await settled();
    // Two minutes later than an hour at most: the pauses grow to an hour.
    for (let times = 2; times <= 5; times += 1) {
      await world.clock.advance(62 * 60_000);
      courier.wake('sheet', key);
      await settled();
      expect((await deliveryNow()).failures).to.equal(times);
    }
  });

  it('tells each notice once, and goes on when one person cannot be told', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(new AppError('chat.gone'));
    const notices = [people.petri, people.niina].map((to) => ({ key: `k:${to}`, to, kind: 'untaken' }));
    await change(withDelivery((delivery) => notifyOnce(delivery, notices, world.clock.now())));
    await settled();
    await change(withDelivery((delivery) => notifyOnce(delivery, notices, world.clock.now())));
    await settled();
    expect(summaries()).to.deep.equal(['value 1', `untaken to ${people.niina}`]);
    expect((await deliveryNow()).notices).to.deep.equal([]);
  });

  it('drops a notice that has been overtaken by what happened since', async () => {
    const { change, settled } = processOn(world, world.store, (kind) => kind === 'untaken');
    await change(
      withDelivery((delivery) =>
        notifyOnce(
          delivery,
          [
            { key: 'a', to: people.petri, kind: 'untaken' },
            { key: 'b', to: people.petri, kind: 'undecided' },
          ],
          world.clock.now(),
        ),
      ),
    );
    await settled();
    expect(summaries()).to.have.members(['value 1', `undecided to ${people.petri}`]);
    expect((await deliveryNow()).notices).to.deep.equal([]);
  });

  it('says how each notice has ended: sent, overtaken, or that after a try that may have been taken', async () => {
    const late = new Set<string>();
    const ends: string[] = [];
    const { change, settled } = processOn(
      world,
      world.store,
      (kind) => late.has(kind),
      undefined,
      (end) => ends.push(end),
    );
    const telling = async (kind: string): Promise<void> => {
      const notice = { key: `${kind}:k`, to: people.petri, kind };
      await change(withDelivery((delivery) => notify(delivery, [notice], world.clock.now())));
    };
    await change(plusOne);
    await settled();
    world.sender.next(new AppError('chat.gone'));
    await telling('closed');
    await settled();
    await telling('sent');
    await settled();
    late.add('late');
    await telling('late');
    await settled();
    world.unreachable.add(people.petri);
    await telling('unmet');
    await settled();
    late.add('unmet');
    await change(plusOne);
    await settled();
    world.unreachable.delete(people.petri);
    world.sender.before = () => Promise.reject(unavailable());
    await telling('tried');
    await settled();
    late.add('tried');
    world.sender.before = null;
    await change(plusOne);
    await settled();
    expect(ends).to.deep.equal(['sent sent', 'late unsent', 'unmet unsent', 'tried doubtful']);
    world.sender.next(unavailable());
    await telling('again');
    await settled();
    expect(ends.at(-1)).to.equal('again sentAgain');
    expect((await deliveryNow()).notices).to.deep.equal([]);
    world.sender.before = () => Promise.reject(unavailable());
    await telling('before');
    await settled();
    world.sender.before = null;
    const next = processOn(
      world,
      world.store,
      () => true,
      undefined,
      (end) => ends.push(end),
    );
    await next.change(plusOne);
    await next.settled();
    expect(ends.at(-1), 'by an earlier process').to.equal('before doubtful');
  });

  it('notes what was tidied, and what time has brought', async () => {
    const { change, settled, waker, sheets } = processOn(world, world.store);
    const next = toStored(world.clock.now().add({ hours: 1 }));
    await change((sheet) => ({ ...plusOne(sheet), untidy: true, next }));
    await settled();
    expect(await sheets.get(key)).to.deep.include({ untidy: false, woken: 0 });
    expect((await deliveryNow()).wakeAt).to.equal(next);
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    await world.clock.set(Temporal.Instant.from(next).add({ seconds: 3 }));
    stop.abort();
    await waking;
    await settled();
    expect(await sheets.get(key)).to.deep.include({ woken: 1 });
    expect((await deliveryNow()).wakeAt).to.equal(null);
  });

  it('keeps what waits for its turn when the process stops, and sends it after the next start', async () => {
    const stop = new AbortController();
    const stopping = processOn(world, world.store, () => false, stop.signal);
    world.sender.next(throttled(60_000), throttled(60_000));
    await stopping.change(
      withDelivery((delivery) =>
        notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
      ),
    );
    await world.clock.advance(10);
    stop.abort();
    await stopping.courier.idle();
    expect(summaries()).to.deep.equal([]);
    const next = processOn(world, world.store);
    next.courier.settle('sheet', key);
    await next.settled();
    expect(summaries()).to.have.members(['value 1', `untaken to ${people.petri}`]);
  });

  it('lets go of a card in a chat that the bot is not in any more', async () => {
    world.unreachable.add(chat);
    const { courier, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    expect(world.sender.tries).to.equal(0);
    expect(await deliveryNow()).to.deep.include({ placements: [], wakeAt: null });
  });

  describe('with something that cannot be done', () => {
    /** A store that counts its writes. */
    const counting = (): { store: Store; writes: () => number } => {
      let writes = 0;
      const replace: Store['replace'] = (document, version) => {
        writes += 1;
        return world.store.replace(document, version);
      };
      return { store: storeWith(world.store, { replace }), writes: () => writes };
    };
    const during = async (process: ReturnType<typeof processOn>, hours: number): Promise<void> => {
      const stop = new AbortController();
      const waking = process.waker.run(stop.signal);
      for (let steps = 0; steps < hours * 12; steps += 1) await world.clock.advance(300_000);
      stop.abort();
      await waking;
      await process.settled();
    };
    const telling = withDelivery((delivery) =>
      notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
    );

    it('tries a person who is never met more and more seldom, and gives up after two weeks', async () => {
      world.unreachable.add(people.petri);
      const { store, writes } = counting();
      const ends: string[] = [];
      const process = processOn(world, store, undefined, undefined, (end) => ends.push(end));
      await process.change(telling);
      await during(process, 24);
      expect(writes()).to.be.within(20, 80);
      await during(process, 14 * 24);
      expect(await deliveryNow()).to.deep.include({ notices: [], wakeAt: null });
      const before = writes();
      await during(process, 24);
      expect(writes()).to.equal(before);
      expect(ends, 'which the feature hears').to.deep.equal(['untaken unsent']);
    });

    it('does not look for the address of somebody whose notice has been overtaken', async () => {
      world.unreachable.add(people.petri);
      const process = processOn(world, world.store, () => true);
      await process.change(telling);
      await process.settled();
      expect(await deliveryNow()).to.deep.include({ notices: [], wakeAt: null });
    });

    it('does a chore that failed once the store is back, and nothing is forgotten', async () => {
      const process = processOn(world, world.store);
      world.choreFails = 3;
      await process.change((sheet) => ({ ...plusOne(sheet), untidy: true }));
      await process.settled();
      expect(await process.sheets.get(key)).to.deep.include({ untidy: true });
      await during(process, 1);
      expect(await process.sheets.get(key)).to.deep.include({ untidy: false });
      expect((await deliveryNow()).wakeAt).to.equal(null);
    });

    it('does one chore although another cannot be done', async () => {
      const process = processOn(world, world.store);
      await process.change((sheet) => ({ ...plusOne(sheet), untidy: true, stuck: true }));
      await process.settled();
      expect(await process.sheets.get(key)).to.deep.include({ untidy: false, stuck: true });
    });

    it('tries again at once what failed, when somebody changes the document', async () => {
      const process = processOn(world, world.store);
      world.sender.next(...Array.from({ length: 10 }, unavailable));
      process.courier.settle('sheet', key);
      await process.settled();
      expect(summaries()).to.deep.equal([]);
      await process.change(plusOne);
      await process.settled();
      expect(summaries()).to.deep.equal(['value 2']);
    });
  });

  describe('while somebody fills in a form inside a message', () => {
    const opening = (by: PersonId) => withDelivery((delivery) => openForm(delivery, 'p1', by, world.clock.now()));
    const posted = async (process: ReturnType<typeof processOn>): Promise<void> => {
      process.courier.settle('sheet', key);
      await process.settled();
      await process.change(opening(people.petri));
      await process.settled();
    };
    /** What it shows is another by now, though nobody did anything. */
    const aged = (sheet: Sheet): Sheet => ({
      ...sheet,
      value: sheet.value + 1,
      delivery: redraw(sheet.delivery, world.clock.now()),
    });
    const wakingFor = async (process: ReturnType<typeof processOn>, minutes: number): Promise<void> => {
      const stop = new AbortController();
      const waking = process.waker.run(stop.signal);
      await world.clock.advance(minutes * 60_000);
      stop.abort();
      await waking;
      await process.settled();
    };

    it('leaves it alone also when it was opened while an update waited for its turn', async () => {
      const process = processOn(world, world.store);
      process.courier.settle('sheet', key);
      await process.settled();
      world.sender.next(throttled(10_000));
      await process.change(plusOne);
      await world.clock.advance(1_000);
      await process.change(opening(people.petri));
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 2' });
    });

    it('posts nothing beside it for what nobody did, and shows that once the form is done', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await process.change(aged);
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1' });
      await process.change(withDelivery((delivery) => closeForm(delivery, 'p1', people.petri)));
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 2' });
      expect((await deliveryNow()).wakeAt).to.equal(null);
    });

    it('shows what nobody did once the last form is given up', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await wakingFor(process, 5);
      const givenUp = toStored(world.clock.now().add({ minutes: 10 }));
      await process.change(opening(people.niina));
      await process.change(aged);
      await process.settled();
      expect((await deliveryNow()).wakeAt).to.equal(givenUp);
      await wakingFor(process, 9);
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1' });
      await wakingFor(process, 2);
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 2' });
    });

    it('posts beside it what somebody did after that, with all that is new', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await process.change(aged);
      await process.settled();
      await process.change(plusOne);
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 3' });
    });

    it('makes a line of it in time although somebody else has been out of reach for hours', async () => {
      world.unreachable.add(people.niina);
      const process = processOn(world, world.store);
      await process.change(
        withDelivery((delivery) => ({
          ...notify(delivery, [{ key: 'k', to: people.niina, kind: 'untaken' }], world.clock.now()),
          failures: 5,
        })),
      );
      await posted(process);
      await process.change(plusOne);
      await process.settled();
      await wakingFor(process, 11);
      expect(world.sender.shown.get('m1')).to.equal('moved');
    });

    it('shows the newest state in a message of its own and leaves the form alone until it is done', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await process.change(plusOne);
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 2' });
      await process.change(plusOne);
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 1', m2: 'value 3' });
      await process.change((sheet) => plusOne({ ...sheet, delivery: closeForm(sheet.delivery, 'p1', people.petri) }));
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 4' });
      expect((await deliveryNow()).wakeAt).to.equal(null);
    });

    it('updates the message itself when the one who filled it in sends it', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await process.change((sheet) => plusOne({ ...sheet, delivery: closeForm(sheet.delivery, 'p1', people.petri) }));
      await process.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 2' });
    });

    it('makes a line of it when nobody has come back to the form for a long time', async () => {
      const process = processOn(world, world.store);
      await posted(process);
      await process.change(plusOne);
      const stop = new AbortController();
      const waking = process.waker.run(stop.signal);
      await world.clock.advance(9 * 60_000);
      expect(world.sender.shown.get('m1')).to.equal('value 1');
      await world.clock.advance(2 * 60_000);
      stop.abort();
      await waking;
      await process.settled();
      expect(world.sender.shown.get('m1')).to.equal('moved');
      expect((await deliveryNow()).wakeAt).to.equal(null);
    });
  });

  describe('while the store fails for a moment', () => {
    /** A store whose next writes fail; `done`: each is done, and only its answer is lost. */
    const failing = (done: boolean): { store: Store; fail(times: number): void } => {
      let left = 0;
      const fail = (times: number): void => {
        left = times;
      };
      const replace: Store['replace'] = async (document, version) => {
        const lost = left > 0;
        if (lost) left -= 1;
        if (lost && !done) throw new AppError('store.unavailable');
        const written = await world.store.replace(document, version);
        if (lost) throw new AppError('store.unavailable');
        return written;
      };
      return { store: storeWith(world.store, { replace }), fail };
    };

    for (const done of [false, true]) {
      it(`sends nothing twice because it could not be noted at once (${done ? 'the answer' : 'the write'} was lost)`, async () => {
        const { store, fail } = failing(done);
        const { courier, change, settled } = processOn(world, store);
        await change(
          withDelivery((delivery) =>
            notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
          ),
        );
        world.sender.before = async () => {
          if (world.sender.tries === 0) fail(4);
        };
        courier.settle('sheet', key);
        await settled();
        expect(summaries()).to.have.members(['value 1', `untaken to ${people.petri}`]);
        expect(await deliveryNow()).to.deep.include({ notices: [], wakeAt: null });
        expect(world.errors).to.deep.equal([]);
      });
    }
  });

  it('lets go of a notice to somebody whose chat with the bot cannot even be opened', async () => {
    const { change, settled } = processOn(world, world.store);
    world.barred.add(people.petri);
    await change(
      withDelivery((delivery) =>
        notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
      ),
    );
    await settled();
    expect(summaries()).to.deep.equal(['value 1']);
    expect(await deliveryNow()).to.deep.include({ notices: [], wakeAt: null });
    expect(world.errors).to.deep.equal([]);
  });

  it('lets go of a notice that Teams will never take, and says so', async () => {
    const { change, settled } = processOn(world, world.store);
    await change((sheet) => ({ ...sheet, delivery: { ...sheet.delivery, placements: [] } }));
    world.sender.next(...[1, 2, 3].map(() => new AppError('chat.rejected')));
    await change(
      withDelivery((delivery) =>
        notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
      ),
    );
    await settled();
    expect(await deliveryNow()).to.deep.include({ notices: [], wakeAt: null });
    expect(world.errors.map((error) => isAppError(error) && error.code)).to.deep.equal(['chat.rejected']);
  });

  describe('of several processes on one store', () => {
    const shared = (): Store => storeWith(world.store, { exclusive: false });
    beforeEach(async () => {
      // The first writer is one of them, not the process that has the store to itself.
      const sheets = sheetsOf(world.store);
      await sheets.change(key, ({ delivery: { lease: _, ...delivery }, ...sheet }) => ({ ...sheet, delivery }));
    });

    it('sends each reminder once, though the alarm rings in all of them', async () => {
      const several = [processOn(world, shared()), processOn(world, shared()), processOn(world, shared())];
      const [first] = several;
      const next = toStored(world.clock.now().add({ minutes: 10 }));
      await first?.change((sheet) => ({ ...plusOne(sheet), next, reminds: people.petri }));
      for (const process of several) await process.settled();
      const stop = new AbortController();
      const waking = several.map(({ waker }) => waker.run(stop.signal));
      await world.clock.advance(15 * 60_000);
      stop.abort();
      await Promise.all(waking);
      for (const process of several) await process.settled();
      expect(summaries().filter((summary) => summary.startsWith('untaken'))).to.have.length(1);
      expect((await sheetsOf(world.store).get(key))?.woken).to.equal(1);
    });

    it('posts a card once and shows the newest state, whoever changes it and however slow Teams is', async () => {
      const slow = Promise.withResolvers<void>();
      let waits = 1;
      world.sender.before = () => (waits-- > 0 ? slow.promise : Promise.resolve());
      const [one, other] = [processOn(world, shared()), processOn(world, shared())];
      await one.change(plusOne);
      await world.clock.advance(1_000);
      for (let times = 0; times < 5; times += 1) {
        await other.change(plusOne);
        await one.change(plusOne);
      }
      await world.clock.advance(1_000);
      slow.resolve();
      await one.settled();
      await other.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 12' });
      expect((await deliveryNow()).wakeAt).to.equal(null);
    });

    it('leaves a notice to the process that has taken the document over meanwhile', async () => {
      const waits = processOn(world, shared());
      await waits.change(plusOne);
      await waits.settled();
      world.sender.next(throttled(100_000));
      await waits.change(
        withDelivery((delivery) =>
          notifyOnce(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }], world.clock.now()),
        ),
      );
      await world.clock.advance(90_000);
      // Another process holds it now, and is not done yet when this one's turn comes.
      await sheetsOf(shared()).change(key, (sheet) => ({
        ...sheet,
        delivery: { ...sheet.delivery, lease: { by: 'another', until: toStored(world.clock.now().add({ hours: 1 })) } },
      }));
      await world.clock.advance(60_000);
      await waits.settled();
      expect(summaries()).to.deep.equal(['value 2']);
      expect((await deliveryNow()).notices).to.have.length(1);
    });

    it('takes over from one that died while it was sending, once its time is up', async () => {
      const dies = processOn(world, shared());
      world.sender.before = () => new Promise(() => undefined);
      await dies.change(plusOne);
      await world.clock.advance(1_000);
      world.sender.before = null;
      const other = processOn(world, shared());
      await other.change(plusOne);
      await other.settled();
      expect(summaries(), 'the other one may still be at it').to.deep.equal([]);
      const stop = new AbortController();
      const waking = other.waker.run(stop.signal);
      await world.clock.advance(130_000);
      stop.abort();
      await waking;
      await other.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'value 3' });
    });
  });

  describe('when the process dies', () => {
    /** The store of a process that dies at its write number `count`: this one and all after it fail. */
    const dyingAfter = (count: number): Store => {
      let writes = 0;
      return storeWith(world.store, {
        replace: async (document, version) => {
          if (++writes > count) throw new AppError('store.unavailable');
          return world.store.replace(document, version);
        },
      });
    };

    for (let writes = 0; writes <= 6; writes += 1) {
      it(`after ${writes} writes, leaves a document that the next process brings to the newest state`, async () => {
        const dying = processOn(world, dyingAfter(writes));
        await dying.change(plusOne).catch(() => undefined);
        await dying.settled();
        await dying
          .change(
            withDelivery((delivery) =>
              notifyOnce(
                bringTo(delivery, chat, 'p2'),
                [{ key: 'k', to: people.petri, kind: 'untaken' }],
                world.clock.now(),
              ),
            ),
          )
          .catch(() => undefined);
        await dying.settled();

        const next = processOn(world, world.store);
        const stop = new AbortController();
        const waking = next.waker.run(stop.signal);
        await world.clock.advance(200_000);
        stop.abort();
        await waking;
        await next.settled();

        const sheet = await sheetsOf(world.store).get(key);
        const [live, ...others] = sheet?.delivery.placements ?? [];
        expect(others, 'one placement').to.deep.equal([]);
        expect(world.sender.shown.get(live?.activityId ?? ''), 'shows the newest state').to.equal(
          `value ${sheet?.value}`,
        );
        expect(sheet?.delivery.notices).to.deep.equal([]);
        expect(sheet?.delivery.wakeAt).to.equal(null);
        const told = summaries().filter((summary) => summary.startsWith('untaken'));
        expect(
          told.length,
          'told at least once if it was to be told, and at most once more for the crash',
        ).to.be.within(sheet?.delivery.noticed.length ?? 0, 2);
      });
    }

    it('between the send and its note, posts the card again; the first one becomes a line when it is pressed', async () => {
      // The first write of settling is the note that the card was posted.
      const dying = processOn(world, dyingAfter(0));
      dying.courier.settle('sheet', key);
      await dying.settled();
      expect(summaries()).to.deep.equal(['value 1']);

      const next = processOn(world, world.store);
      next.courier.settle('sheet', key);
      await next.settled();
      expect([...world.sender.shown.keys()]).to.deep.equal(['m1', 'm2']);

      await next.change(
        withDelivery((delivery) => adoptOrphan(delivery, { placement: 'p1', conversation: chat, activityId: 'm1' })),
      );
      await next.settled();
      expect(Object.fromEntries(world.sender.shown)).to.deep.equal({ m1: 'moved', m2: 'value 1' });
      expect((await deliveryNow()).placements.map(({ activityId }) => activityId)).to.deep.equal(['m2']);
    });

    it('is taken over by the waker of another process, though nobody told it', async () => {
      await sheetsOf(world.store).change(key, plusOne);
      const next = processOn(world, storeWith(world.store, { exclusive: false }));
      const stop = new AbortController();
      const waking = next.waker.run(stop.signal);
      await world.clock.advance(10_000);
      expect(summaries(), 'its maker has some time').to.deep.equal([]);
      await world.clock.advance(120_000);
      stop.abort();
      await waking;
      await next.settled();
      expect(summaries()).to.deep.equal(['value 2']);
    });
  });
});

describe('the waker', () => {
  const wakeAt = '2026-11-23T07:10:00.000Z';
  const expired = (id: string, kind = 'intake') =>
    ({ partition: 't|x', id, kind, status: null, owner: null, at: null, wakeAt, data: {} }) as const;
  let folder: string;
  let store: Store;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-waker-'));
    store = openSqliteStore(join(folder, 'one.db'));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** A waker over the store with some of its methods replaced, and what it did. */
  function wakerOn(over: Partial<Store>) {
    const clock = simulatedClock();
    const errors: unknown[] = [];
    const woken: string[] = [];
    const waker = createWaker({
      store: storeWith(store, over),
      clock,
      courier: {
        register: () => undefined,
        settle: () => undefined,
        wake: (_kind, { id }) => woken.push(id),
        waiting: unused('waiting'),
        idle: async () => undefined,
      },
      isExpiring: ({ kind }) => kind === 'intake',
      onError: (error) => errors.push(error),
    });
    const stop = new AbortController();
    const waking = waker.run(stop.signal);
    const end = async (): Promise<void> => {
      stop.abort();
      await waking;
    };
    return { clock, errors, woken, end };
  }

  it('removes what has expired, and goes on when the store fails for a moment', async () => {
    await store.create(expired('one'));
    let fails = 1;
    const due: Store['due'] = async (now, limit) => {
      if (fails-- > 0) throw new AppError('store.unavailable');
      return store.due(now, limit);
    };
    const { clock, errors, woken, end } = wakerOn({ due });
    await clock.advance(9 * 60_000);
    expect(await store.get(expired('one'))).to.not.equal(null);
    await clock.advance(61_000);
    await end();
    expect(await store.get(expired('one'))).to.equal(null);
    expect(errors).to.have.length(1);
    expect(woken, 'an expired document shows nothing anywhere').to.deep.equal([]);
  });

  it('takes up the rest when another instance removed something first, and calls that no fault', async () => {
    for (const id of ['a', 'b', 'c']) await store.create(expired(id));
    await store.create(expired('case', 'referral'));
    const remove: Store['remove'] = async (key, version) => {
      if (key.id === 'a') throw new AppError('store.conflict');
      if (key.id === 'b') throw new AppError('store.unavailable');
      return store.remove(key, version);
    };
    const { clock, errors, woken, end } = wakerOn({ remove });
    await clock.set(wakeAt);
    await clock.advance(2_000);
    await end();
    expect(woken).to.include('case');
    expect(await store.get(expired('c'))).to.equal(null);
    expect(new Set(errors.map((error) => isAppError(error) && error.code))).to.deep.equal(
      new Set(['store.unavailable']),
    );
  });

  it('lets no case wait for what has expired', async () => {
    await store.create(expired('a'));
    await store.create(expired('case', 'referral'));
    const never = Promise.withResolvers<void>();
    const { clock, woken, end } = wakerOn({ remove: () => never.promise });
    await clock.set(wakeAt);
    await clock.advance(2_000);
    expect(woken).to.deep.equal(['case']);
    never.resolve();
    await end();
  });
});
