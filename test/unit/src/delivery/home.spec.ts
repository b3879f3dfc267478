import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHome } from '../../../../src/delivery/home.ts';
import {
  backIn,
  type Delivery,
  hasCards,
  isAway,
  isPlaced,
  liveIn,
  newDelivery,
  type Placement,
  placeIn,
  record,
} from '../../../../src/delivery/model.ts';
import { createPatience } from '../../../../src/delivery/patience.ts';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import { type ConversationId, conversationId, type PersonId, tenantId } from '../../../../src/shared/ids.ts';
import { createAggregates } from '../../../../src/storage/aggregates.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { lojo, people, refusalOf, storeWith } from '../../../support/builders.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

describe('the home of documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-home-'));
  let store: Store;
  before(() => {
    store = openSqliteStore(join(folder, 'one.db'));
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const tenant = tenantId('t');
  const chat = conversationId('19:chat');
  interface Sheet {
    delivery: Delivery;
    owner?: PersonId | null;
  }

  /** Sheets of their own partition, all of them open or none, in a store that may fail. */
  function sheetsIn(
    partition: string,
    isOpen: boolean,
    { over = store, hasChat = true, hasMoved = (): boolean => false, reachable = [chat], upcasters = 0 } = {},
  ) {
    const clock = simulatedClock();
    const settled: string[] = [];
    const sheets = createAggregates<Sheet>(
      over,
      ({ delivery }) => ({
        kind: 'sheet',
        status: isAway(delivery) ? 'away' : 'there',
        owner: null,
        at: '2026',
        wakeAt: delivery.wakeAt,
      }),
      undefined,
      Array.from({ length: upcasters }, () => (sheet: Sheet) => sheet),
    );
    const home = createHome<Sheet>(
      {
        kind: 'sheet',
        aggregates: sheets,
        tenantOf: () => tenant,
        bodyOf: () => lojo,
        isOpen: () => isOpen,
        listOf: (_tenant, _body, which) => ({
          partition,
          kind: 'sheet',
          where: which === 'all' || (which === 'open' && isOpen) ? {} : { status: which },
        }),
        delivery: ({ delivery }) => delivery,
        withDelivery: (sheet, delivery) => ({ ...sheet, delivery }),
      },
      (sheet) => (sheet.owner === people.petri ? { ...sheet, owner: null } : sheet),
      {
        chatOfBody: async () => (hasChat ? { conversation: chat } : null),
        isChatOf: (_tenant, _body, conversation) => hasChat && !hasMoved() && conversation === chat,
        isReachable: async (_tenant, conversation) => reachable.includes(conversation),
        settle: (_kind, { id }) => void settled.push(id),
        clock,
        newId: () => crypto.randomUUID(),
        patiently: createPatience(clock),
        screenOf: (person) => (person === people.petri ? people.niina : person),
      },
    );
    return { clock, settled, sheets, home, fresh: newDelivery(clock.now()) };
  }

  const shown = (delivery: Delivery): Delivery =>
    record(placeIn(delivery, chat, 'one'), {
      did: 'shown',
      placement: 'one',
      conversation: chat,
      activityId: 'm1',
      revision: 1,
    });

  it('leaves none out of a round through all of them, though they come in pages and the store fails again and again', async () => {
    const partition = 't|team:lojo';
    let calls = 0;
    const everySecondFails = async <R>(work: Promise<R>): Promise<R> => {
      const result = await work;
      calls += 1;
      if (calls % 2 === 1) throw new AppError('store.unavailable');
      return result;
    };
    const failing = storeWith(store, {
      query: (query) => everySecondFails(store.query<never>({ ...query, limit: 2 })),
      replace: (document, version) => everySecondFails(store.replace(document, version)),
    });
    const { clock, sheets, home, settled, fresh } = sheetsIn(partition, true, { over: failing });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) await sheets.create({ partition, id }, { delivery: fresh });
    const round = home.sweep(tenant, lojo, 'missing');
    for (let turns = 0; turns < 50; turns += 1) await clock.advance(100);
    await round;
    expect(settled).to.deep.equal(ids);
    for (const id of ids) {
      const sheet = await sheets.get({ partition, id });
      expect(sheet && isPlaced(sheet.delivery), id).to.equal(true);
    }
  });

  for (const hasChat of [true, false]) {
    it(`takes from what is open what those had who have left, in a body ${hasChat ? 'with' : 'without'} a chat`, async () => {
      const partition = `t|team:left-${hasChat}`;
      const { sheets, home, fresh } = sheetsIn(partition, true, { hasChat });
      await sheets.create({ partition, id: 'a' }, { delivery: fresh, owner: people.petri });
      await sheets.create({ partition, id: 'b' }, { delivery: fresh, owner: people.niina });
      await home.sweep(tenant, lojo, 'changed');
      const found = await Promise.all(['a', 'b'].map((id) => sheets.get({ partition, id })));
      expect(found.map((sheet) => sheet?.owner)).to.deep.equal([null, people.niina]);
      expect(found.map((sheet) => sheet && isPlaced(sheet.delivery))).to.deep.equal([hasChat, hasChat]);
    });
  }

  it('brings a card up to date that the bot comes back to, when its body has changed meanwhile', async () => {
    const partition = 't|team:meanwhile';
    const { clock, sheets, home, fresh } = sheetsIn(partition, true, { hasChat: false });
    const key = { partition, id: 'a' };
    await sheets.create(key, { delivery: record(shown(fresh), { did: 'gone', conversation: chat }) });
    const isOutdatedOnReturn = async (): Promise<boolean> => {
      const sheet = await sheets.get(key);
      return hasCards(backIn(sheet?.delivery ?? fresh, chat), clock.now());
    };
    await home.sweep(tenant, lojo, 'missing');
    expect(await isOutdatedOnReturn()).to.equal(false);
    await home.sweep(tenant, lojo, 'changed');
    expect(await isOutdatedOnReturn()).to.equal(true);
  });

  it('takes up what is closed where the bot can be again, in the round that a start begins with', async () => {
    const partition = 't|team:closed';
    const { sheets, home, fresh } = sheetsIn(partition, false);
    const away = record(shown(fresh), { did: 'gone', conversation: chat });
    await sheets.create({ partition, id: 'a' }, { delivery: away });
    await home.sweep(tenant, lojo, 'missing');
    const sheet = await sheets.get({ partition, id: 'a' });
    expect(sheet && liveIn(sheet.delivery, chat)?.id).to.equal('one');
  });

  for (const isOpen of [true, false]) {
    it(`takes up what is ${isOpen ? 'open' : 'closed'} in a chat that is not its body’s, once that can be reached`, async () => {
      const partition = `t|team:elsewhere-${isOpen}`;
      const other = conversationId('19:other');
      const third = conversationId('19:third');
      const { sheets, home, fresh } = sheetsIn(partition, isOpen, { hasChat: false, reachable: [other] });
      const line = (id: string, conversation: ConversationId): Placement => ({
        ...{ id, conversation, activityId: `m-${id}`, shown: 1, state: 'retiring', away: true },
      });
      const placements = [line('there', other), line('shut', third)];
      await sheets.create({ partition, id: 'a' }, { delivery: { ...fresh, placements } });
      await home.sweep(tenant, lojo, 'missing');
      const sheet = await sheets.get({ partition, id: 'a' });
      expect(sheet?.delivery.placements.map(({ id, away = false }) => [id, away])).to.deep.equal([
        ['there', false],
        ['shut', true],
      ]);
    });
  }

  it('leaves a chat that is another’s now also with what stands there while the bot is away', async () => {
    const partition = 't|team:moved';
    const { sheets, home, fresh } = sheetsIn(partition, false);
    const away = record(shown(fresh), { did: 'gone', conversation: chat });
    await sheets.create({ partition, id: 'a' }, { delivery: away });
    await home.vacate(tenant, lojo, chat);
    const sheet = await sheets.get({ partition, id: 'a' });
    expect(sheet?.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
  });

  it('takes up what is closed and waits, though something that is open cannot be read', async () => {
    const partition = 't|team:both';
    for (const round of ['sweep', 'returned'] as const) {
      const newer = createAggregates<Sheet>(
        store,
        () => ({ kind: 'sheet', status: 'open', owner: null, at: '2026', wakeAt: null }),
        undefined,
        [(sheet) => sheet],
      );
      const { sheets, home, fresh } = sheetsIn(`${partition}:${round}`, false);
      const away = record(shown(fresh), { did: 'gone', conversation: chat });
      await sheets.create({ partition: `${partition}:${round}`, id: 'a' }, { delivery: away });
      await newer.create({ partition: `${partition}:${round}`, id: 'b' }, { delivery: fresh });
      const error: unknown = await (round === 'sweep'
        ? home.sweep(tenant, lojo, 'missing')
        : home.returned(tenant, lojo, chat)
      ).catch((reason: unknown) => reason);
      expect(error, round).to.be.instanceOf(Error);
      const sheet = await sheets.get({ partition: `${partition}:${round}`, id: 'a' });
      expect(
        sheet?.delivery.placements.map(({ away: waits = false }) => waits),
        round,
      ).to.deep.equal([false]);
    }
  });

  it('brings nothing into a chat that its body has left while the round was on its way', async () => {
    const partition = 't|team:left';
    let moved = false;
    const { sheets, home, fresh } = sheetsIn(partition, true, { hasMoved: () => moved });
    await sheets.create({ partition, id: 'a' }, { delivery: fresh });
    const [placing, bringing] = [await home.placing(tenant, lojo), await home.bringing(tenant, lojo)];
    const searching = await home.search({ delivery: fresh })?.();
    moved = true;
    for (const change of [placing, bringing, searching]) expect(change?.({ delivery: fresh }).delivery).to.equal(fresh);
    await home.sweep(tenant, lojo, 'missing');
    const sheet = await sheets.get({ partition, id: 'a' });
    expect(sheet?.delivery.placements).to.deep.equal([]);
  });

  it('takes from a chat what it can read, though something else there cannot be, and says that it is not done', async () => {
    const partition = 't|team:newer';
    const newer = sheetsIn(partition, true, { upcasters: 1 });
    const { sheets, home, fresh } = sheetsIn(partition, true);
    await newer.sheets.create({ partition, id: 'a' }, { delivery: shown(fresh) });
    await sheets.create({ partition, id: 'b' }, { delivery: shown(fresh) });
    const error: unknown = await home.vacate(tenant, lojo, chat).catch((reason: unknown) => reason);
    expect(isAppError(error, 'store.newerSchema')).to.equal(true);
    const sheet = await sheets.get({ partition, id: 'b' });
    expect(sheet?.delivery.placements.map(({ state }) => state)).to.deep.equal(['retiring']);
  });

  for (const [code, ids] of [
    ['store.newerSchema', ['a', 'c']],
    ['store.unavailable', ['a']],
  ] as const) {
    it(`goes on to ${ids.length === 1 ? 'nothing' : 'all the others'} when one cannot be changed: ${code}`, async () => {
      const partition = `t|team:${code}`;
      const failing = storeWith(store, {
        async replace(document, version) {
          if (document.id === 'b') throw new AppError(code);
          return store.replace(document, version);
        },
      });
      const { clock, sheets, home, settled, fresh } = sheetsIn(partition, true, { over: failing });
      for (const id of ['a', 'b', 'c']) await sheets.create({ partition, id }, { delivery: fresh });
      const round = refusalOf(home.sweep(tenant, lojo, 'missing'));
      for (let turns = 0; turns < 12; turns += 1) await clock.advance(30_000);
      expect(await round).to.equal(code);
      expect(settled).to.deep.equal(ids);
    });
  }

  it('leaves a chat that is another’s now at once, whoever has something open there or opens it again', async () => {
    const partition = 't|team:open';
    const { sheets, home, fresh } = sheetsIn(partition, true);
    const open = home.withForm({ delivery: shown(fresh) }, 'one', people.niina);
    await sheets.create({ partition, id: 'a' }, open);
    await home.vacate(tenant, lojo, chat);
    const left = await sheets.get({ partition, id: 'a' });
    if (!left) throw new Error('The sheet is gone.');
    expect(left.delivery.placements.map(({ state, forms }) => [state, forms])).to.deep.equal([['retiring', undefined]]);
    expect(home.withForm(left, 'one', people.niina)).to.equal(left);
  });

  it('leaves one chat and stays in the others', async () => {
    const partition = 't|team:elsewhere';
    const { sheets, home, fresh } = sheetsIn(partition, true);
    const elsewhere = placeIn(fresh, conversationId('19:elsewhere'), 'two');
    const placed = {
      here: shown(fresh),
      elsewhere,
      both: { ...fresh, placements: [...shown(fresh).placements, ...elsewhere.placements] },
    };
    for (const [id, delivery] of Object.entries(placed)) await sheets.create({ partition, id }, { delivery });
    await home.vacate(tenant, lojo, chat);
    const statesOf = async (id: string) =>
      (await sheets.get({ partition, id }))?.delivery.placements.map((p) => p.state);
    expect(await statesOf('here')).to.deep.equal(['retiring']);
    expect(await statesOf('elsewhere')).to.deep.equal(['live']);
    expect(await statesOf('both')).to.deep.equal(['retiring', 'live']);
  });

  it('knows the forms of all who sit at one screen as one', () => {
    const { home, fresh } = sheetsIn('t|team:forms', true);
    const sheet = { delivery: shown(fresh) };
    expect(home.withForm(sheet, null, people.petri)).to.equal(sheet);
    const open = home.withForm(sheet, 'one', people.petri);
    expect(liveIn(open.delivery, chat)?.forms?.map(({ by }) => by)).to.deep.equal([people.niina]);
    expect(home.withoutForm(open, 'one', people.maria)).to.equal(open);
    expect(liveIn(home.withoutForm(open, 'one', people.niina).delivery, chat)?.forms).to.equal(undefined);
  });
});
