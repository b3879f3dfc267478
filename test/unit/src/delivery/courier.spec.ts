import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { createCourier, type Deliverable } from '../../../../src/delivery/courier.ts';
import { createSendLimits } from '../../../../src/delivery/limits.ts';
import {
  adoptOrphan,
  awaken,
  bringTo,
  type Delivery,
  newDelivery,
  notify,
  placeIn,
  touch,
} from '../../../../src/delivery/model.ts';
import { createOutbox } from '../../../../src/delivery/outbox.ts';
import type { Address } from '../../../../src/delivery/sender.ts';
import { createWaker } from '../../../../src/delivery/waker.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import { type ConversationId, conversationId, type PersonId, tenantId } from '../../../../src/shared/ids.ts';
import { type Aggregates, createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { people, storeWith } from '../../../support/builders.ts';
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
}

const tenant = tenantId('t');
const chat = conversationId('19:chat');
const elsewhere = conversationId('19:elsewhere');
const key = { partition: 't|team:lojo', id: 'sheet' };

function sheetsOf(store: Store): Aggregates<Sheet> {
  return createAggregates<Sheet>(store, ({ delivery }) => ({
    kind: 'sheet',
    status: null,
    owner: null,
    at: null,
    wakeAt: delivery.wakeAt,
  }));
}

interface World {
  clock: SimulatedClock;
  sender: FakeSender;
  store: Store;
  errors: unknown[];
  /** Conversations that cannot be reached. */
  unreachable: Set<ConversationId | PersonId>;
  gone: ConversationId[];
}

/** A process: a courier and a waker on the store. It dies when its part of the store breaks. */
function processOn(
  { clock, sender, errors, unreachable, gone }: World,
  store: Store,
  overtaken: (kind: string) => boolean = () => false,
  stopping: AbortSignal | undefined = undefined,
) {
  const sheets = sheetsOf(store);
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
      person: async (_tenant, person) => (unreachable.has(person) ? null : address(conversationId(`a:${person}`))),
      markGone: async (_tenant, conversation) => void gone.push(conversation),
    },
    clock,
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
        ? { ...sheet, woken: sheet.woken + 1, next: null, delivery: touch(sheet.delivery, now) }
        : sheet,
    tidy: async ({ untidy }) => (untidy ? (sheet) => ({ ...sheet, untidy: false }) : null),
    nextAttention: ({ next }) => (next === null ? null : Temporal.Instant.from(next)),
    message: ({ value }, { state }) => message(state === 'retiring' ? 'moved' : `value ${value}`),
    noticeMessage: (_sheet, { kind, to }) => (overtaken(kind) ? null : message(`${kind} to ${to}`)),
  };
  courier.register(deliverable);
  const waker = createWaker({ store, courier, clock, expiring: new Set(), onError: (error) => errors.push(error) });
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
    world = { clock, store, sender: fakeSender(clock.now), errors: [], unreachable: new Set(), gone: [] };
    const delivery = placeIn(newDelivery(clock.now()), chat, 'p1');
    await sheetsOf(store).create(key, { value: 1, delivery, woken: 0, next: null, untidy: false });
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

  it('waits with a chat and a person that it has not met, and takes them up when it has', async () => {
    world.unreachable.add(chat);
    world.unreachable.add(people.petri);
    const { change, waker, settled } = processOn(world, world.store);
    await change(withDelivery((delivery) => notify(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }])));
    await settled();
    expect(world.sender.tries).to.equal(0);
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

  it('tells each notice once, and goes on when one person cannot be told', async () => {
    const { courier, change, settled } = processOn(world, world.store);
    courier.settle('sheet', key);
    await settled();
    world.sender.next(new AppError('chat.gone'));
    const notices = [people.petri, people.niina].map((to) => ({ key: `k:${to}`, to, kind: 'untaken' }));
    await change(withDelivery((delivery) => notify(delivery, notices)));
    await settled();
    await change(withDelivery((delivery) => notify(delivery, notices)));
    await settled();
    expect(summaries()).to.deep.equal(['value 1', `untaken to ${people.niina}`]);
    expect((await deliveryNow()).notices).to.deep.equal([]);
  });

  it('drops a notice that has been overtaken by what happened since', async () => {
    const { change, settled } = processOn(world, world.store, (kind) => kind === 'untaken');
    await change(
      withDelivery((delivery) =>
        notify(delivery, [
          { key: 'a', to: people.petri, kind: 'untaken' },
          { key: 'b', to: people.petri, kind: 'undecided' },
        ]),
      ),
    );
    await settled();
    expect(summaries()).to.deep.equal(['value 1', `undecided to ${people.petri}`]);
    expect((await deliveryNow()).notices).to.deep.equal([]);
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
      withDelivery((delivery) => notify(delivery, [{ key: 'k', to: people.petri, kind: 'untaken' }])),
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
              notify(bringTo(delivery, chat, 'p2'), [{ key: 'k', to: people.petri, kind: 'untaken' }]),
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
        idle: async () => undefined,
      },
      expiring: new Set(['intake']),
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
