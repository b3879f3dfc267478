import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAuditService } from '../../../../src/audit/service.ts';
import { createTrimmer } from '../../../../src/audit/trimmer.ts';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { checklistDeliverable, listBellDeliverable } from '../../../../src/checklists/deliverable.ts';
import { freedOfLeavers } from '../../../../src/checklists/leaver.ts';
import type { Template } from '../../../../src/checklists/model.ts';
import type { ListNotice } from '../../../../src/checklists/reminders.ts';
import { createChecklistService } from '../../../../src/checklists/service.ts';
import { roomToFinish, roomToWrite, sizeOf } from '../../../../src/checklists/size.ts';
import { itemsOf } from '../../../../src/checklists/standing.ts';
import {
  bellKey,
  bellKind,
  checklistAggregates,
  checklistKey,
  checklistLogPartition,
  homedChecklists,
  type ListBell,
  rosterAggregates,
  type StoredChecklist,
} from '../../../../src/checklists/stored.ts';
import type { ChecklistPress } from '../../../../src/checklists/writings.ts';
import { holding } from '../../../../src/delivery/alarm.ts';
import { bellAggregates } from '../../../../src/delivery/bell.ts';
import { createCourier } from '../../../../src/delivery/courier.ts';
import { createHome } from '../../../../src/delivery/home.ts';
import { createSendLimits } from '../../../../src/delivery/limits.ts';
import { createOutbox } from '../../../../src/delivery/outbox.ts';
import { createPatience } from '../../../../src/delivery/patience.ts';
import { type KnownDirectory, type Member, membershipsOf } from '../../../../src/directory/model.ts';
import { mintActor } from '../../../../src/shared/actor.ts';
import { bodyId, type ConversationId, conversationId, type PersonId, tenantId } from '../../../../src/shared/ids.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import {
  actor,
  calendar,
  type ExamplePerson,
  exampleDirectory,
  lojo,
  people,
  raseborg,
  refusalOf,
  storeWith,
  stranger,
} from '../../../support/builders.ts';
import { dateAt, inAll, template, templateItem } from '../../../support/checklists.ts';
import { type FakeSender, fakeSender } from '../../../support/fake-sender.ts';
import { type SimulatedClock, simulatedClock } from '../../../support/simulated-clock.ts';

const link = 'https://example.org/plan';
const chat = conversationId('19:lojo');
const management = bodyId('management:vastra-nyland');
const induction: Template = {
  id: 'induction-expert',
  for: 'person',
  title: inAll('Induction'),
  blocks: [{ id: 'block', title: inAll('Block'), items: [templateItem('read'), templateItem('meet')] }],
};
const ours: Template = { ...template, id: 'moving', for: 'team', title: inAll('Moving') };
const steering: Template = { ...template, id: 'duties', for: 'steering' };

/** The bot as far as checklists need it, on a file. */
interface World {
  clock: SimulatedClock;
  store: Store;
  sender: FakeSender;
  directory: KnownDirectory;
  /** Lojo's. */
  chat: ConversationId;
  errors: unknown[];
  /** People whom the bot has not met yet. */
  unmet: Set<PersonId>;
  /** How often the store was asked for something, by operation. */
  asked: string[];
}

const ring = parseKeyRing(`k1:${randomBytes(32).toString('base64')}`);

function startOn(world: World, shipped: Template = template, name = 'only') {
  const { clock, sender, errors } = world;
  const asked = <R>(operation: string, work: Promise<R>): Promise<R> => {
    world.asked.push(operation);
    return work;
  };
  const store = storeWith(world.store, {
    exclusive: name === 'only',
    get: (key) => asked('get', world.store.get(key)),
    create: (document) => asked('create', world.store.create(document)),
    replace: (document, version) => asked('replace', world.store.replace(document, version)),
    query: (query) => asked(`query ${query.partition.split('|')[1]}`, world.store.query(query)),
  });
  const held = holding(name, clock.now);
  const lists = checklistAggregates(store, held);
  const bells = bellAggregates<ListBell>(store, bellKind, held);
  const rosters = rosterAggregates(store);
  const sealer = createSealer(ring);
  const audit = createAuditService(store, (text) => sealer.fingerprint(text, 'audit'));
  const trimmer = createTrimmer<StoredChecklist>(audit, checklistLogPartition);
  const directory = { require: () => world.directory };
  const patiently = createPatience(clock);
  let ids = 0;
  const newId = (): string => `${name}-${ids++}`;
  const address = (conversation: string) => ({
    tenant: world.directory.tenant,
    conversation: conversationId(conversation),
    serviceUrl: 'https://x',
    botId: '28:bot',
  });
  const courier = createCourier({
    outbox: createOutbox({ sender, clock, random: () => 0, limits: createSendLimits({ clock }) }),
    addressBook: {
      chat: async (_tenant, conversation) => address(conversation),
      person: async (_tenant, person) => (world.unmet.has(person) ? null : address(`a:${person}`)),
      markGone: async () => undefined,
    },
    clock,
    process: name,
    newId,
    patiently,
    onError: (error) => errors.push(error),
  });
  const home = createHome(homedChecklists(lists), (list) => freedOfLeavers(list, world.directory, audit, clock.now()), {
    isReachable: async (_tenant, conversation) => conversation === world.chat,
    chatOfBody: async (_tenant, body) => (body === lojo ? { conversation: world.chat } : null),
    isChatOf: (_tenant, body, conversation) => body === lojo && conversation === world.chat,
    settle: courier.settle,
    clock,
    newId,
    patiently,
    screenOf: (person) => person,
  });
  const message = (summary: string): CardMessage => ({
    card: { type: 'AdaptiveCard', version: '1.5', body: [] },
    summary,
  });
  const parts = {
    lists,
    trimmer,
    audit,
    directory,
    calendarOf: () => calendar,
    now: clock.now,
    draw: {
      list: (list: StoredChecklist) =>
        message(`${list.title.sv}: ${itemsOf(list).filter(({ state }) => state.is === 'done').length}`),
      notice: (_list: StoredChecklist, _to: PersonId, about: ListNotice) =>
        message('item' in about ? `${about.kind} ${about.item.id}` : about.kind),
      reminder: (_bell: object, _to: PersonId, { mine, overdue }: { mine: unknown[]; overdue: unknown[] }) =>
        message(`reminder ${mine.length} ${overdue.length}`),
    },
  };
  const listDelivery = checklistDeliverable(parts);
  const bellDelivery = listBellDeliverable(bells, parts);
  courier.register(listDelivery);
  courier.register(bellDelivery);
  const service = createChecklistService({
    lists,
    bells,
    rosters,
    templates: () => [shipped, steering, induction],
    sealer,
    directory,
    home,
    courier,
    audit,
    trimmer,
    clock,
  });
  /** Turns the clock until the courier has nothing under way. */
  async function settled(): Promise<void> {
    let idle = false;
    void courier.idle().then(() => {
      idle = true;
    });
    for (let turns = 0; !idle && turns < 1_000; turns += 1) await clock.advance(100);
    expect(idle, 'the courier comes to rest').to.equal(true);
  }

  return {
    service,
    home,
    settled,
    courier,
    listDelivery,
    bellDelivery,
    lists,
    bells,
    audit,
    /** Wakes whatever asks for it, at the moment that it asks for, until `until`. */
    async live(until: string): Promise<void> {
      for (;;) {
        const [first] = await world.store.due(until, 1);
        if (!first?.wakeAt) return;
        if (first.wakeAt > clock.now().toString()) await clock.set(first.wakeAt);
        courier.wake(first.kind, first);
        await settled();
      }
    },
  };
}

/** A leader took them out of all that they were in. */
const takenOut =
  (person: PersonId) =>
  (member: Member): Member =>
    member.person === person ? { ...member, removed: true } : member;

describe('the checklists of a body', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-checklists-'));
  let files = 0;
  let world: World;
  let bot: ReturnType<typeof startOn>;
  const as = (who: ExamplePerson) => actor(who, 'sv', world.directory);
  const startup = { body: lojo, id: 'startup' };

  beforeEach(() => {
    const clock = simulatedClock();
    world = {
      clock,
      store: openSqliteStore(join(folder, `${files++}.db`)),
      sender: fakeSender(clock.now),
      directory: exampleDirectory(),
      errors: [],
      asked: [],
      unmet: new Set(),
      chat,
    };
    bot = startOn(world);
  });
  afterEach(async () => {
    await bot.settled();
    await world.store.close();
    expect(world.errors).to.deep.equal([]);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are begun once, however often and by however many they are asked for', async () => {
    const begun = await Promise.all([
      bot.service.start(as('petri'), lojo, 'startup'),
      bot.service.start(as('niina'), lojo, 'startup'),
    ]);
    expect(begun[0]).to.deep.equal(begun[1]);
    await bot.service.act(as('petri'), startup, { do: 'done', item: 'plain' }, null);
    const again = await bot.service.start(as('maria'), lojo, 'startup');
    expect(itemsOf(again)[0]?.state.is).to.equal('done');
    expect(await world.store.count({ partition: checklistKey(again).partition, kind: 'checklist' })).to.equal(1);
  });

  it('keep the texts with which they were begun when a later release changes them', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.settled();
    bot = startOn(world, { ...template, title: inAll('Changed'), blocks: [] });
    const list = await bot.service.start(as('petri'), lojo, 'startup');
    expect([list.title.sv, itemsOf(list)[0]?.text.sv]).to.deep.equal(['Start', 'plain']);
  });

  it('hang up the bell of the region once, which rests until the next morning', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.settled();
    const bell = await bot.bells.get(bellKey(world.directory));
    expect(bell?.delivery.wakeAt).to.equal('2026-11-24T06:00:00.000Z');
    world.asked.length = 0;
    await bot.service.startOwn(as('maria'), lojo, ours);
    expect(world.asked.filter((operation) => operation === 'create')).to.have.length(1);
  });

  it('cost one conditional write for a press, and no query', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.settled();
    world.asked.length = 0;
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    expect(world.asked).to.deep.equal(['replace']);
  });

  it('lose no press of 50 people at once', async () => {
    const items = Array.from({ length: 50 }, (_, at) => templateItem(`i${at}`));
    const block = { id: 'block', title: inAll('Block'), items };
    const { id } = await bot.service.startOwn(as('maria'), lojo, { ...ours, blocks: [block] });
    const ref = { body: lojo, id };
    await Promise.all(
      items.flatMap(({ id: item }) => [
        bot.service.act(as('petri'), ref, { do: 'done', item }, null),
        bot.service.act(as('niina'), ref, { do: 'done', item }, null),
      ]),
    );
    const list = await bot.service.view(as('petri'), ref);
    expect(itemsOf(list).every(({ state, step }) => state.is === 'done' && step === 1)).to.equal(true);
    const entries = await bot.audit.read(checklistLogPartition(list), list.ledger);
    expect(entries.filter(({ what }) => what === 'checklist.done')).to.have.length(50);
    expect(bot.audit.verify(checklistLogPartition(list), entries, list.ledger).intact).to.equal(true);
  });

  it('are for members of the body; of other bodies and tenants nothing is told', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    const press = { do: 'take', item: 'plain' } as const;
    const refused = (by: Parameters<typeof bot.service.act>[0], ref = startup) =>
      refusalOf(bot.service.act(by, ref, press, null));
    expect(await refused(as('gunilla'))).to.equal('directory.notAMember');
    expect(await refused(stranger())).to.equal('directory.notAMember');
    expect(await refused(as('gunilla'), { body: raseborg, id: 'startup' })).to.equal('checklist.notFound');
    const elsewhere = mintActor({ ...as('petri'), tenant: tenantId('other') });
    expect(await refused(elsewhere)).to.equal('checklist.notFound');
    const forged = { ...startup, tenant: tenantId('other') };
    expect((await bot.service.view(as('petri'), forged)).tenant).to.equal(world.directory.tenant);
    expect(await refusalOf(bot.service.start(as('gunilla'), lojo, 'startup'))).to.equal('directory.notAMember');
    for (const none of ['duties', 'induction-expert', 'nothing']) {
      expect(await refusalOf(bot.service.start(as('petri'), lojo, none))).to.equal('checklist.noTemplate');
    }
    expect(bot.service.offered('steering').map(({ id }) => id)).to.deep.equal(['startup', 'duties']);
  });

  it('keep notes and reasons sealed, open them for whoever may read, and log each look', async () => {
    const secret = 'Nyckeln ligger hos Ulla';
    const why = 'Sköts av Esbo';
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'note', item: 'plain', note: secret }, null);
    const twice = await bot.service.act(as('niina'), startup, { do: 'note', item: 'plain', note: secret }, null);
    expect(itemsOf(twice)[0]?.step, 'the same text counts once').to.equal(1);
    await bot.service.act(as('petri'), startup, { do: 'notApplicable', item: 'plain', reason: why }, null);
    const same = await bot.service.act(as('petri'), startup, { do: 'notApplicable', item: 'plain', reason: why }, null);
    expect(itemsOf(same)[0]?.step).to.equal(2);
    expect((await bot.service.read(as('niina'), startup, 'plain', null)).writings).to.deep.equal({
      note: secret,
      reason: why,
    });
    expect((await bot.service.read(as('niina'), startup, 'checked', null)).writings).to.deep.equal({
      note: null,
      reason: null,
    });
    const list = await bot.service.view(as('niina'), startup);
    const entries = await bot.audit.read(checklistLogPartition(list), list.ledger);
    expect(
      entries.filter(({ what }) => what === 'checklist.read').map(({ who, detail }) => [who, detail?.item]),
    ).to.deep.equal([
      [people.niina, 'plain'],
      [people.niina, 'checked'],
    ]);
    await bot.service.act(as('petri'), startup, { do: 'note', item: 'plain', note: null }, null);
    expect((await bot.service.read(as('petri'), startup, 'plain', null)).writings.note).to.equal(null);
    await bot.settled();
    const file = readFileSync(join(folder, `${files - 1}.db`)).toString('latin1');
    expect([secret, why].filter((text) => file.includes(Buffer.from(text).toString('latin1')))).to.deep.equal([]);
  });

  it('can be of a leader’s own, from a file or as a copy, under an id that is taken once', async () => {
    expect(await refusalOf(bot.service.startOwn(as('petri'), lojo, ours))).to.equal('directory.leadersOnly');
    expect(await refusalOf(bot.service.startOwn(as('maria'), lojo, steering))).to.equal('checklist.wrongBody');
    const own = await bot.service.startOwn(as('maria'), lojo, ours);
    expect(own.id).to.equal('own-moving');
    expect((await bot.service.startOwn(as('maria'), lojo, ours)).blocks).to.deep.equal(own.blocks);
    const other = { ...ours, title: inAll('Other') };
    expect(await refusalOf(bot.service.startOwn(as('maria'), lojo, other))).to.equal('checklist.alreadyMade');
    const fromFile = { ...other, lines: { id: 2, for: 3 } };
    expect(await refusalOf(bot.service.startOwn(as('maria'), lojo, fromFile))).to.equal('checklist.idTaken');
    const ref = { body: lojo, id: own.id };
    await bot.service.act(as('maria'), ref, { do: 'done', item: 'plain' }, null);
    await bot.service.act(as('maria'), ref, { do: 'removeItem', item: 'monthly' }, null);
    const to = { body: lojo, id: 'again', title: inAll('Again') };
    expect(await refusalOf(bot.service.copy(as('petri'), ref, to))).to.equal('directory.leadersOnly');
    const copy = await bot.service.copy(as('maria'), ref, to);
    expect(itemsOf(copy).map(({ id, state }) => [id, state.is])).to.deep.equal([
      ['plain', 'open'],
      ['checked', 'open'],
    ]);
    expect((await bot.service.copy(as('maria'), ref, to)).startedAt).to.equal(copy.startedAt);
    expect(await refusalOf(bot.service.copy(as('maria'), ref, { ...to, id: 'a:b' }))).to.equal('badInput');
    const foreign = { ...to, body: raseborg };
    expect(await refusalOf(bot.service.copy(as('maria'), ref, foreign))).to.equal('directory.notAMember');
  });

  it('tell everybody what waits for them over all their bodies, by date, asking one partition at a time', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.startOwn(as('maria'), lojo, ours);
    for (const id of ['startup', 'own-moving']) {
      await bot.service.act(as('petri'), { body: lojo, id }, { do: 'take', item: 'plain' }, null);
    }
    await bot.settled();
    world.asked.length = 0;
    const tasks = await bot.service.tasks(as('petri'));
    expect(tasks.map(({ list, item }) => [list.id, item.id])).to.have.deep.members([
      ['own-moving', 'plain'],
      ['startup', 'plain'],
    ]);
    const bodies = membershipsOf(world.directory, people.petri).map(({ body }) => `query ${body}`);
    expect(world.asked).to.deep.equal(bodies);
    expect(await bot.service.tasks(as('niina'))).to.deep.equal([]);
  });

  it('show leaders the figures of the whole region, and of inductions only their own', async () => {
    await bot.service.attend(world.directory.tenant, lojo);
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.startOwn(as('maria'), lojo, ours);
    await bot.service.act(as('maria'), { body: lojo, id: 'own-moving' }, { do: 'close' }, null);
    world.directory = withMember(world.directory, people.gunilla, 'member');
    await bot.service.attend(world.directory.tenant, lojo);
    const seen = async (who: ExamplePerson) =>
      (await bot.service.overview(as(who))).flatMap(({ lists }) => lists.map(({ id }) => id));
    const mine = `induction-expert~${people.gunilla}`;
    expect(await seen('maria')).to.have.members(['startup', mine]);
    expect(await seen('kaisa')).to.deep.equal(['startup']);
    expect(await refusalOf(bot.service.overview(as('petri')))).to.equal('directory.leadersOnly');
    const listed = async (who: ExamplePerson) => (await bot.service.lists(as(who), lojo)).map(({ id }) => id);
    expect(await listed('petri')).to.deep.equal(['startup', 'own-moving']);
    expect(await listed('gunilla')).to.have.members(['startup', 'own-moving', mine]);
  });

  it('give a new member an induction once, which rests while they do not belong to the body', async () => {
    const { tenant } = world.directory;
    const before = world.directory;
    const mine = { body: lojo, id: `induction-expert~${people.gunilla}` };
    const attend = async (directory: KnownDirectory) => {
      world.directory = directory;
      await bot.service.attend(tenant, lojo);
    };
    const joined = withMember(before, people.gunilla, 'member');
    const gone = { ...joined, members: joined.members.map(takenOut(people.gunilla)) };
    await attend(before);
    expect(await bot.service.lists(as('maria'), lojo), 'who was there needs none').to.deep.equal([]);
    await attend(withMember(before, people.gunilla, 'member'));
    await attend(withMember(before, people.gunilla, 'member'));
    expect((await bot.service.tasks(as('gunilla'))).map(({ list, item }) => [list.id, item.id])).to.deep.equal([
      [mine.id, 'read'],
      [mine.id, 'meet'],
    ]);
    expect(await refusalOf(bot.service.view(as('petri'), mine))).to.equal('checklist.notFound');
    expect(await refusalOf(bot.service.bring(as('gunilla'), mine))).to.equal('checklist.private');
    await bot.service.act(as('gunilla'), mine, { do: 'done', item: 'read' }, null);
    await attend(gone);
    const closed = await bot.service.view(as('maria'), mine);
    expect([closed.closed?.by, itemsOf(closed).flatMap(({ owners }) => owners)]).to.deep.equal(['ankarbot', []]);
    await attend(withMember(before, people.gunilla, 'member'));
    const back = await bot.service.view(as('gunilla'), mine);
    expect([back.closed, itemsOf(back)[0]?.state.is]).to.deep.equal([null, 'done']);
    expect((await bot.service.tasks(as('gunilla'))).map(({ item }) => item.id)).to.deep.equal(['meet']);
    await bot.service.act(as('maria'), mine, { do: 'close' }, null);
    await attend(before);
    await attend(withMember(before, people.gunilla, 'member'));
    expect((await bot.service.view(as('maria'), mine)).closed?.by, 'what a leader closed').to.equal(people.maria);
  });

  it('tell who comes back of their induction again, and take nothing from others', async () => {
    const before = world.directory;
    const mine = { body: lojo, id: `induction-expert~${people.gunilla}` };
    const attend = async (directory: KnownDirectory) => {
      world.directory = directory;
      await bot.service.attend(directory.tenant, lojo);
      await bot.settled();
    };
    const told = () => world.sender.sent.filter(({ conversation }) => conversation === `a:${people.gunilla}`).length;
    await attend(before);
    await attend(withMember(before, people.gunilla, 'member'));
    expect(told()).to.equal(1);
    await bot.service.act(as('maria'), mine, { do: 'assign', item: 'meet', to: [people.maria] }, null);
    await attend(before);
    await attend(withMember(before, people.gunilla, 'member'));
    expect(told()).to.equal(2);
    const owners = itemsOf(await bot.service.view(as('maria'), mine)).map((item) => item.owners[0]?.person);
    expect(owners).to.deep.equal([people.gunilla, people.maria]);
  });

  for (const [order, closes, opens] of [
    ['opened again while they were away', [], ['away']],
    ['opened again while they were away, and closed and opened once more', [], ['away', 'back']],
    ['closed by hand before they left, and opened after they came back', ['here'], ['back']],
    ['closed by hand while they were away, and opened after they came back', ['away'], ['back']],
  ] as const) {
    it(`give who comes back their induction that a leader has ${order}, and tell them`, async () => {
      const before = world.directory;
      const mine = { body: lojo, id: `induction-expert~${people.gunilla}` };
      const told = () => world.sender.sent.filter(({ conversation }) => conversation === `a:${people.gunilla}`).length;
      const attend = async (directory: KnownDirectory) => {
        world.directory = directory;
        await bot.service.attend(directory.tenant, lojo);
        await bot.settled();
      };
      const leads = async (when: 'here' | 'away' | 'back') => {
        const isOpen = (await bot.service.view(as('maria'), mine)).closed === null;
        if (closes.some((at) => at === when) || (isOpen && opens.some((at) => at === when))) {
          await bot.service.act(as('maria'), mine, { do: 'close' }, null);
        }
        if (opens.some((at) => at === when)) await bot.service.act(as('maria'), mine, { do: 'reopen' }, null);
        await bot.settled();
      };
      const joined = withMember(before, people.gunilla, 'member');
      await attend(before);
      await attend(joined);
      await leads('here');
      await attend({ ...joined, members: joined.members.map(takenOut(people.gunilla)) });
      await leads('away');
      const free = itemsOf(await bot.service.view(as('maria'), mine)).flatMap(({ owners }) => owners);
      expect(free, 'nobody’s while they are away').to.deep.equal([]);
      expect(told()).to.equal(1);
      await attend(joined);
      await leads('back');
      expect((await bot.service.tasks(as('gunilla'))).map(({ item }) => item.id)).to.deep.equal(['read', 'meet']);
      expect(told(), 'once').to.equal(2);
      await bot.service.act(as('maria'), mine, { do: 'close' }, null);
      await bot.service.act(as('maria'), mine, { do: 'reopen' }, null);
      await bot.settled();
      expect(told(), 'not of what is theirs already').to.equal(2);
    });
  }

  it('wait for somebody again a moment later when it was not known at first whether who has them had left', async () => {
    const at = world.clock.now();
    const { members } = world.directory;
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    world.directory = {
      ...world.directory,
      members: members.filter(({ person }) => person !== people.petri),
      asOf: at,
    };
    await bot.service.attend(world.directory.tenant, lojo);
    await bot.settled();
    const owners = async () => itemsOf(await bot.service.view(as('maria'), startup)).flatMap((item) => item.owners);
    expect(await owners()).to.have.lengthOf(1);
    world.directory = { ...world.directory, asOf: at.add({ seconds: 10 }) };
    await bot.live(at.add({ minutes: 1 }).toString());
    expect(await owners()).to.deep.equal([]);
  });

  it('lose who never had an induction, as everybody who was there from the start, without beginning one', async () => {
    const { tenant, members } = world.directory;
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    await bot.service.attend(tenant, lojo);
    world.directory = { ...world.directory, members: members.map(takenOut(people.petri)) };
    await bot.service.attend(tenant, lojo);
    const known = await bot.service.lists(as('maria'), lojo);
    expect(known.map(({ id }) => id)).to.deep.equal(['startup']);
    expect(itemsOf(await bot.service.view(as('maria'), startup))[0]?.owners).to.deep.equal([]);
  });

  it('free what somebody had who left the body', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    world.directory = {
      ...world.directory,
      members: world.directory.members.map(takenOut(people.petri)),
    };
    await bot.service.attend(world.directory.tenant, lojo);
    const list = await bot.service.view(as('maria'), startup);
    expect(itemsOf(list)[0]?.owners).to.deep.equal([]);
    const entries = await bot.audit.read(checklistLogPartition(list), list.ledger);
    expect(entries.at(-1)).to.deep.include({ what: 'checklist.leaver', who: 'ankarbot' });
  });

  it('are free of who left even before anybody has seen to it, and an undo gives them nothing back', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'checked' }, null);
    await bot.service.act(as('maria'), startup, { do: 'assign', item: 'plain', to: [people.niina] }, null);
    world.directory = {
      ...world.directory,
      members: world.directory.members.map(takenOut(people.petri)),
    };
    const opened = await bot.service.openForm(as('maria'), startup, null);
    expect(itemsOf(opened)[1]?.owners, 'nor does a form show them').to.deep.equal([]);
    const taken = await bot.service.act(as('niina'), startup, { do: 'take', item: 'checked' }, null);
    expect(itemsOf(taken)[1]?.owners.map(({ person }) => person)).to.deep.equal([people.niina]);
    const undone = await bot.service.act(as('maria'), startup, { do: 'undo', item: 'plain', step: 2 }, null);
    expect(itemsOf(undone)[0]?.owners).to.deep.equal([]);
  });

  it('stand in the chat when somebody brings them there, and only then; every press draws them anew', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.settled();
    expect(world.sender.sent).to.deep.equal([]);
    const { delivery } = await bot.service.bring(as('petri'), startup);
    await bot.settled();
    const [placement] = delivery.placements;
    if (!placement) throw new Error('It stands somewhere.');
    expect([...world.sender.shown.values()]).to.deep.equal(['Start: 0']);
    await bot.service.openForm(as('niina'), startup, placement.id);
    await bot.service.closeForm(as('niina'), startup, placement.id);
    await bot.service.act(as('petri'), startup, { do: 'done', item: 'plain' }, placement.id);
    await bot.settled();
    expect([...world.sender.shown.values()]).to.deep.equal(['Start: 1']);
    await bot.home.sweep(world.directory.tenant, lojo, 'forgotten');
    await bot.settled();
    expect(world.sender.shown.size).to.equal(2);
    expect(await refusalOf(bot.service.bring(as('kaisa'), { body: management, id: 'startup' }))).to.equal(
      'checklist.noChat',
    );
  });

  it('stay as they are where somebody fills in a form, and are drawn there again once it is sent in', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    const { delivery } = await bot.service.bring(as('petri'), startup);
    await bot.settled();
    const [placement] = delivery.placements;
    if (!placement) throw new Error('It stands somewhere.');
    const shown = (): string[] => [...world.sender.shown.values()];
    await bot.service.openForm(as('niina'), startup, placement.id);
    await bot.service.act(as('niina'), startup, { do: 'done', item: 'plain' }, placement.id);
    await bot.settled();
    expect(shown(), 'it was sent in').to.deep.equal(['Start: 1']);
    await bot.service.openForm(as('niina'), startup, placement.id);
    await bot.service.act(as('petri'), startup, { do: 'done', item: 'monthly' }, null);
    await bot.settled();
    expect(shown(), 'somebody else has pressed').to.deep.equal(['Start: 1', 'Start: 2']);
  });

  it('are not written beyond what one document holds: nothing is lost, and what is there is finished and put away', async () => {
    await bot.service.startOwn(as('maria'), lojo, ours);
    const ref = { body: lojo, id: 'own-moving' };
    const act = (press: ChecklistPress) => bot.service.act(as('maria'), ref, press, null);
    const written = await act({ do: 'note', item: 'plain', note: 'Ring Ulla.' });
    const grown =
      (room: number) =>
      (list: StoredChecklist): StoredChecklist => ({
        ...list,
        title: inAll('å'.repeat(Math.floor((room - sizeOf({ ...list, title: inAll('') })) / 6) - 20)),
      });
    const key = checklistKey(written);
    await bot.lists.change(key, grown(roomToWrite));
    const before = await bot.service.view(as('maria'), ref);
    const content = { text: inAll('x'.repeat(200)), approval: false, every: null, month: null };
    for (const press of [
      { do: 'note', item: 'plain', note: 'Ring Ola.' },
      { do: 'notApplicable', item: 'plain', reason: 'Sköts av Esbo.' },
      { do: 'link', item: 'plain', link },
      { do: 'assign', item: 'plain', to: [people.petri] },
      { do: 'addItem', id: 'more', block: 'first', content },
      { do: 'addBlock', id: 'more', title: inAll('x'.repeat(100)) },
      { do: 'changeItem', item: 'monthly', content },
    ] as const) {
      expect(await refusalOf(act(press)), press.do).to.equal('checklist.tooLarge');
    }
    expect((await bot.service.view(as('maria'), ref)).blocks, 'nothing is lost').to.equal(before.blocks);
    for (const press of [
      { do: 'done', item: 'plain' },
      { do: 'undo', item: 'plain', step: 2 },
      { do: 'undo', item: 'plain', step: 1 },
      { do: 'removeItem', item: 'monthly' },
      { do: 'removeBlock', block: 'second' },
      { do: 'take', item: 'plain' },
      { do: 'rename', title: inAll('Shorter') },
    ] as const) {
      expect(await refusalOf(act(press)), press.do).to.equal(null);
    }
    await bot.lists.change(key, grown(roomToWrite + 2_000));
    for (const press of [
      { do: 'restoreBlock', block: 'second' },
      { do: 'restoreItem', item: 'monthly' },
    ] as const) {
      expect(await refusalOf(act(press)), press.do).to.equal(null);
    }
    const over = await bot.service.view(as('maria'), ref);
    const shorter = await act({ do: 'rename', title: inAll(over.title.sv.slice(100)) });
    expect(sizeOf(shorter), 'it may shrink, though not by all that it is too large').to.be.greaterThan(roomToWrite);
    await bot.lists.change(key, grown(roomToFinish));
    expect(await refusalOf(act({ do: 'giveBack', item: 'plain' }))).to.equal('checklist.tooLarge');
    expect(await refusalOf(act({ do: 'undo', item: 'plain', step: 3 }))).to.equal(null);
    for (const press of [{ do: 'close' }, { do: 'reopen' }] as const) {
      expect(await refusalOf(act(press)), press.do).to.equal(null);
    }
  });

  it('are kept out of the chats of other bodies, and of no other', async () => {
    const list = await bot.service.start(as('petri'), lojo, 'startup');
    const [others, nobodys] = [conversationId('19:raseborg'), conversationId('19:nobodys')];
    const chats = [
      { body: lojo, conversation: chat, setBy: 'file' },
      { body: raseborg, conversation: others, setBy: 'file' },
    ] as const;
    world.directory = { ...world.directory, chats: [...chats] };
    const barred = [chat, others, nobodys].map((one) => bot.listDelivery.isBarredFrom(list, one));
    expect(barred).to.deep.equal([false, true, false]);
  });

  it('move with their body though an old line of them stands where the bot is not let in', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.bring(as('petri'), startup);
    await bot.settled();
    const key = checklistKey({ tenant: world.directory.tenant, ...startup });
    const away = conversationId('19:away');
    const line = { id: 'old', conversation: away, state: 'retiring', shown: 1, activityId: 'm0', away: true } as const;
    await bot.lists.change(key, (list) => ({
      ...list,
      delivery: { ...list.delivery, placements: [line, ...list.delivery.placements] },
    }));
    world.chat = conversationId('19:other');
    await bot.home.sweep(world.directory.tenant, lojo, 'missing');
    await bot.settled();
    const live = (await bot.lists.get(key))?.delivery.placements.filter(({ state }) => state === 'live');
    expect(live?.map(({ conversation }) => conversation)).to.deep.equal([world.chat]);
  });

  it('stand in the body’s chat of today when they are opened again', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.bring(as('petri'), startup);
    await bot.service.act(as('maria'), startup, { do: 'close' }, null);
    await bot.settled();
    world.chat = conversationId('19:other');
    await bot.service.act(as('maria'), startup, { do: 'reopen' }, null);
    await bot.settled();
    const list = await bot.service.view(as('petri'), startup);
    const live = list.delivery.placements.filter(({ state }) => state === 'live');
    expect(live.map(({ conversation }) => conversation)).to.deep.equal([world.chat]);
    const kept = { body: lojo, id: 'own-moving' };
    await bot.service.startOwn(as('maria'), lojo, ours);
    await bot.service.act(as('maria'), kept, { do: 'close' }, null);
    const opened = await bot.service.act(as('maria'), kept, { do: 'reopen' }, null);
    expect(opened.delivery.placements, 'nobody has asked for it there').to.deep.equal([]);
  });

  it('remind each person once a day over a year, whatever restarts there are, and rest in between', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    const items = Array.from({ length: 30 }, (_, at) => templateItem(`i${at}`));
    await bot.service.startOwn(as('maria'), lojo, { ...ours, blocks: [{ id: 'b', title: inAll('B'), items }] });
    const ref = { body: lojo, id: 'own-moving' };
    for (const [at, { id: item }] of items.entries()) {
      const due = dateAt(world.clock.now())
        .add({ days: 10 * (at + 1) })
        .toString();
      await bot.service.act(as('maria'), ref, { do: 'assign', item, to: [people.petri, people.niina] }, null);
      await bot.service.act(as('maria'), ref, { do: 'setDue', item, due }, null);
    }
    await bot.settled();
    const before = world.sender.sent.length;
    for (let month = 1; month <= 12; month += 1) {
      await bot.live(dateAt(world.clock.now()).add({ months: 1 }).toString());
      await bot.settled();
      // A new process goes on where the old one was.
      bot = startOn(world);
    }
    const told = world.sender.sent.slice(before).map(({ conversation, summary, at }) => ({
      conversation,
      summary,
      day: dateAt(Temporal.Instant.fromEpochMilliseconds(at)).toString(),
      time: Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Helsinki').toPlainTime().toString(),
    }));
    const once = told.map(({ conversation, day }) => `${conversation} ${day}`);
    expect(new Set(once).size).to.equal(once.length);
    expect(told.map(({ time }) => time.slice(0, 5))).to.deep.equal(told.map(() => '08:00'));
    const of = (who: ExamplePerson) => told.filter(({ conversation }) => conversation === `a:${people[who]}`);
    // Of each of the 30 items three days before and on the day; leaders after a week.
    expect(of('niina')).to.have.length(60);
    expect(of('petri')).to.have.length(60);
    // The monthly item of the other list is nobody's; it is overdue for a week on a day on which one of these is as well.
    expect(of('maria')).to.have.length(30);
    expect(of('maria').map(({ summary }) => summary)).to.include('reminder 0 4');
    expect(of('sofia')).to.deep.equal([]);
    const bell = await bot.bells.get(bellKey(world.directory));
    expect(bell?.delivery.notices).to.deep.equal([]);
    expect(bell?.delivery.noticed).to.deep.equal([]);
  });

  it('remind once though two processes ring at the same moment', async () => {
    const both = [startOn(world, template, 'a'), startOn(world, template, 'b')] as const;
    await both[0].service.start(as('petri'), lojo, 'startup');
    await both[1].service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    await both[0].service.act(as('petri'), startup, { do: 'setDue', item: 'plain', due: '2026-12-01' }, null);
    for (const one of both) await one.settled();
    for (let days = 0; days < 20; days += 1) {
      await world.clock.set(world.clock.now().add({ hours: 24 }));
      for (const { kind, ...key } of await world.store.due(world.clock.now().toString(), 10)) {
        for (const { courier } of both) courier.wake(kind, key);
      }
      for (const one of both) await one.settled();
    }
    // On Friday and Tuesday to him, a week later to the leader.
    expect(world.sender.sent.map(({ conversation }) => conversation)).to.deep.equal([
      `a:${people.petri}`,
      `a:${people.petri}`,
      `a:${people.maria}`,
    ]);
  });

  it('remind somebody who could not be reached for days in one message, and nobody who has left', async () => {
    world.unmet.add(people.petri);
    world.unmet.add(people.niina);
    await bot.service.start(as('petri'), lojo, 'startup');
    for (const [who, item] of [
      ['petri', 'plain'],
      ['niina', 'checked'],
    ] as const) {
      await bot.service.act(as(who), startup, { do: 'take', item }, null);
      await bot.service.act(as(who), startup, { do: 'setDue', item, due: '2026-12-01' }, null);
    }
    await bot.service.act(
      as('maria'),
      startup,
      { do: 'assign', item: 'monthly', to: [people.petri, people.niina] },
      null,
    );
    await bot.live('2026-12-01T12:00:00Z');
    world.directory = {
      ...world.directory,
      members: world.directory.members.filter(({ person }) => person !== people.niina),
    };
    world.unmet.clear();
    await bot.live('2026-12-02T12:00:00Z');
    expect(world.sender.sent.map(({ conversation, summary }) => [conversation, summary])).to.have.deep.members([
      [`a:${people.petri}`, 'assigned monthly'],
      [`a:${people.petri}`, 'reminder 1 0'],
    ]);
  });

  it('remind whoever begins to lead the body of what others were told before, once', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'setDue', item: 'plain', due: '2026-12-01' }, null);
    await bot.live('2026-12-08T12:00:00Z');
    const members = world.directory.members.map(
      (member): Member => (member.person === people.sofia ? { ...member, role: 'leader' } : member),
    );
    world.directory = { ...world.directory, members };
    await bot.live('2026-12-10T12:00:00Z');
    expect(world.sender.sent.map(({ conversation, summary }) => [conversation, summary])).to.deep.equal([
      [`a:${people.maria}`, 'reminder 0 1'],
      [`a:${people.sofia}`, 'reminder 0 1'],
    ]);
  });

  it('remind nobody who has left, though what they had is not free yet', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    await bot.service.act(as('petri'), startup, { do: 'setDue', item: 'plain', due: '2026-11-23' }, null);
    await bot.settled();
    const bell = await bot.bells.get(bellKey(world.directory));
    if (!bell) throw new Error('There is a bell.');
    const notice = { key: 'reminder', to: people.petri, kind: 'reminder', at: world.clock.now().toString() };
    const told = () => bot.bellDelivery.noticeMessage(bell, notice);
    expect((await told())?.summary).to.equal('reminder 1 0');
    world.directory = { ...world.directory, members: world.directory.members.map(takenOut(people.petri)) };
    expect(await told()).to.equal(null);
  });

  it('ring once a day, though another process has done so meanwhile', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'take', item: 'plain' }, null);
    await bot.service.act(as('petri'), startup, { do: 'setDue', item: 'plain', due: '2026-11-27' }, null);
    await bot.settled();
    const bell = await bot.bells.get(bellKey(world.directory));
    await world.clock.set('2026-11-24T06:00:00Z');
    const ring = bell && bot.bellDelivery.chores(bell).ring;
    const [first, second] = await Promise.all([ring?.(), ring?.()]);
    if (!bell || !first || !second) throw new Error('It rings.');
    const rung = first(bell);
    expect(rung.delivery.notices.map(({ to }) => to)).to.deep.equal([people.petri]);
    expect(second(rung)).to.equal(rung);
    expect(bot.bellDelivery.chores(rung).ring).to.equal(null);
  });

  it('tell nobody of a list that is closed, or of a body that they have left', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    const given = await bot.service.act(
      as('maria'),
      startup,
      { do: 'assign', item: 'plain', to: [people.petri] },
      null,
    );
    const [notice] = given.delivery.notices;
    if (!notice) throw new Error('Petri is told.');
    const told = (list: StoredChecklist) => bot.listDelivery.noticeMessage(list, notice);
    expect((await told(given))?.summary).to.equal('assigned plain');
    expect(await told({ ...given, closed: { by: people.maria, at: notice.at } })).to.equal(null);
    world.directory = {
      ...world.directory,
      members: world.directory.members.map(takenOut(people.petri)),
    };
    expect(await told(given)).to.equal(null);
  });

  it('ask for the approval of what needs one, privately and once', async () => {
    await bot.service.start(as('petri'), lojo, 'startup');
    await bot.service.act(as('petri'), startup, { do: 'link', item: 'checked', link }, null);
    await bot.service.act(as('petri'), startup, { do: 'done', item: 'checked' }, null);
    await bot.service.act(as('petri'), startup, { do: 'done', item: 'checked' }, null);
    await bot.settled();
    expect(world.sender.sent.map(({ conversation, summary }) => [conversation, summary])).to.deep.equal([
      [`a:${people.maria}`, 'approve checked'],
    ]);
  });
});

function withMember(directory: KnownDirectory, person: PersonId, role: 'leader' | 'member'): KnownDirectory {
  const member = { person, body: lojo, role, profession: 'police', setBy: 'leader', removed: false } as const;
  return { ...directory, members: [...directory.members, member] };
}
