import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHome } from '../../../../src/delivery/home.ts';
import {
  type Delivery,
  isAway,
  isPlaced,
  liveIn,
  newDelivery,
  placeIn,
  record,
} from '../../../../src/delivery/model.ts';
import { createPatience } from '../../../../src/delivery/patience.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { conversationId, tenantId } from '../../../../src/shared/ids.ts';
import { createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { lojo, storeWith } from '../../../support/builders.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

describe('the home of documents', () => {
  const partition = 't|team:lojo';
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-home-'));
  let store: Store;
  before(() => {
    store = openSqliteStore(join(folder, 'one.db'));
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('leaves none out of a round through all of them, though the store fails again and again', async () => {
    const clock = simulatedClock();
    let calls = 0;
    const everySecondFails = async <R>(work: Promise<R>): Promise<R> => {
      const result = await work;
      calls += 1;
      if (calls % 2 === 1) throw new AppError('store.unavailable');
      return result;
    };
    const failing = storeWith(store, {
      query: (query) => everySecondFails(store.query<never>(query)),
      replace: (document, version) => everySecondFails(store.replace(document, version)),
    });
    const sheets = createAggregates<{ delivery: Delivery }>(failing, ({ delivery }) => ({
      kind: 'sheet',
      status: null,
      owner: null,
      at: '2026',
      wakeAt: delivery.wakeAt,
    }));
    const ids = ['a', 'b', 'c', 'd'];
    for (const id of ids) await sheets.create({ partition, id }, { delivery: newDelivery(clock.now()) });
    const settled: string[] = [];
    const home = createHome(
      {
        kind: 'sheet',
        aggregates: sheets,
        tenantOf: () => tenantId('t'),
        bodyOf: () => lojo,
        isOpen: () => true,
        listOf: (_tenant, _body, which) => ({
          partition,
          kind: 'sheet',
          where: which === 'open' ? {} : { status: which },
        }),
        delivery: ({ delivery }) => delivery,
        withDelivery: (_sheet, delivery) => ({ delivery }),
      },
      {
        chatOfBody: async () => ({ conversation: conversationId('19:chat') }),
        settle: (_kind, { id }) => void settled.push(id),
        clock,
        newId: () => crypto.randomUUID(),
        patiently: createPatience(clock),
      },
    );
    const round = home.sweep(tenantId('t'), lojo, 'missing', (sheet) => sheet);
    for (let turns = 0; turns < 50; turns += 1) await clock.advance(100);
    await round;
    expect(settled).to.deep.equal(ids);
    for (const id of ids) {
      const sheet = await sheets.get({ partition, id });
      expect(sheet && isPlaced(sheet.delivery), id).to.equal(true);
    }
  });

  it('takes up what is closed where the bot can be again, in the round that a start begins with', async () => {
    const clock = simulatedClock();
    const chat = conversationId('19:chat');
    const partition = 't|team:closed';
    const sheets = createAggregates<{ delivery: Delivery }>(store, ({ delivery }) => ({
      kind: 'sheet',
      status: isAway(delivery) ? 'away' : 'decided',
      owner: null,
      at: '2026',
      wakeAt: delivery.wakeAt,
    }));
    const placed = placeIn(newDelivery(clock.now()), chat, 'one');
    const sent = { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 } as const;
    const away = record(record(placed, sent), { did: 'gone', conversation: chat });
    await sheets.create({ partition, id: 'a' }, { delivery: away });
    const home = createHome(
      {
        kind: 'sheet',
        aggregates: sheets,
        tenantOf: () => tenantId('t'),
        bodyOf: () => lojo,
        isOpen: () => false,
        listOf: (_tenant, _body, which) => ({ partition, kind: 'sheet', where: { status: which } }),
        delivery: ({ delivery }) => delivery,
        withDelivery: (_sheet, delivery) => ({ delivery }),
      },
      {
        chatOfBody: async () => ({ conversation: chat }),
        settle: () => undefined,
        clock,
        newId: () => 'two',
        patiently: createPatience(clock),
      },
    );
    await home.sweep(tenantId('t'), lojo, 'missing', (sheet) => sheet);
    const sheet = await sheets.get({ partition, id: 'a' });
    expect(sheet && liveIn(sheet.delivery, chat)?.id).to.equal('one');
  });

  it('leaves a chat that is another’s now also with what stands there while the bot is away', async () => {
    const clock = simulatedClock();
    const chat = conversationId('19:chat');
    const partition = 't|team:moved';
    const sheets = createAggregates<{ delivery: Delivery }>(store, ({ delivery }) => ({
      kind: 'sheet',
      status: isAway(delivery) ? 'away' : 'decided',
      owner: null,
      at: '2026',
      wakeAt: delivery.wakeAt,
    }));
    const placed = placeIn(newDelivery(clock.now()), chat, 'one');
    const sent = { did: 'shown', placement: 'one', conversation: chat, activityId: 'm1', revision: 1 } as const;
    const away = record(record(placed, sent), { did: 'gone', conversation: chat });
    await sheets.create({ partition, id: 'a' }, { delivery: away });
    const home = createHome(
      {
        kind: 'sheet',
        aggregates: sheets,
        tenantOf: () => tenantId('t'),
        bodyOf: () => lojo,
        isOpen: () => false,
        listOf: (_tenant, _body, which) => ({
          partition,
          kind: 'sheet',
          where: which === 'all' ? {} : { status: which },
        }),
        delivery: ({ delivery }) => delivery,
        withDelivery: (_sheet, delivery) => ({ delivery }),
      },
      {
        chatOfBody: async () => ({ conversation: chat }),
        settle: () => undefined,
        clock,
        newId: () => 'two',
        patiently: createPatience(clock),
      },
    );
    await home.vacate(tenantId('t'), lojo, chat);
    const sheet = await sheets.get({ partition, id: 'a' });
    expect(sheet?.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
  });
});
