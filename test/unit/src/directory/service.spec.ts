import { expect } from 'chai';
import { createAuditService } from '../../../../src/audit/service.ts';
import { type Directory, hasLeft, type Member, membersOf } from '../../../../src/directory/model.ts';
import { seatOf, seatsOf } from '../../../../src/directory/seats.ts';
import {
  type DirectoryService,
  openDirectory,
  type Rebound,
  type Regrouped,
} from '../../../../src/directory/service.ts';
import { directoryAggregates, directoryKey, type StoredDirectory } from '../../../../src/directory/stored.ts';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import {
  type BodyId,
  bodyId,
  type ConversationId,
  conversationId,
  type PersonId,
  personId,
} from '../../../../src/shared/ids.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { actor, exampleDirectory, lojo, monday, people, raseborg, storeWith } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const steering = bodyId('steering:vastra-nyland');

describe('the opening of the directory', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  beforeEach(() => {
    folder = temporaryFolder();
    store = openSqliteStore(`${folder.path}/one.db`);
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  /** A start with a region file that differs in this from the example. */
  const startedWith = (file: Parameters<typeof exampleDirectory>[0], over: Store = store, clock = simulatedClock()) =>
    openDirectory({
      file: exampleDirectory(file),
      directories: directoryAggregates(over),
      audit: createAuditService(over, (text) => text),
      clock,
      onMembersChanged: () => undefined,
      onRebound: () => undefined,
      background: () => undefined,
    });

  /** A start that remembers which bodies it was told have other members, and which chats another body. */
  async function observed(over: Store = store, clock = simulatedClock()) {
    const changes: Regrouped[] = [];
    const moves: Rebound[] = [];
    const later: (() => Promise<unknown>)[] = [];
    const { directory } = await openDirectory({
      file: exampleDirectory(),
      directories: directoryAggregates(over),
      audit: createAuditService(over, (text) => text),
      clock,
      onMembersChanged: (changed) => void changes.push(changed),
      onRebound: (rebound) => void moves.push(...rebound),
      background: (work) => void later.push(work),
    });
    /** What nobody waits for. */
    const rest = async (): Promise<void> => {
      for (const work of later.splice(0)) await work();
    };
    return { directory, changes, moves, rest };
  }

  /** Binds Lojo to these chats, one after the other. */
  async function bound(directory: DirectoryService, ...chats: readonly string[]): Promise<void> {
    for (const chat of chats)
      await directory.change(actor('maria'), { do: 'bindChat', body: lojo, conversation: conversationId(chat) });
  }

  /** What the next start has still to do. */
  async function left() {
    const { rebound, regrouped } = await startedWith({});
    return { chats: chatsOf(rebound), bodies: bodiesOf(regrouped) };
  }

  const chatsOf = (all: readonly Rebound[]) => all.map(({ conversation }) => conversation);
  const bodiesOf = (all: readonly Regrouped[]) => all.map(({ body }) => body);

  describe('chats that came to another body', () => {
    const [first, second, third] = [
      conversationId('19:first'),
      conversationId('19:second'),
      conversationId('19:third'),
    ];
    /** A start with a region file that gives these bodies these chats. */
    const started = (...chats: (readonly [BodyId, ConversationId])[]) =>
      startedWith({ chats: chats.map(([body, conversation]) => ({ body, conversation, setBy: 'file' })) });

    it('are looked at again by every start until each of them is done with', async () => {
      await started([lojo, first], [raseborg, second]);
      const swapped = [
        [lojo, second],
        [raseborg, first],
      ] as const;
      const { directory, rebound } = await started(...swapped);
      expect(chatsOf(rebound)).to.have.members([first, second]);
      for (const chat of rebound) if (chat.conversation === first) await directory.vacated(chat);
      const next = await started(...swapped);
      expect(chatsOf(next.rebound)).to.deep.equal([second]);
      for (const chat of next.rebound) await next.directory.vacated(chat);
      expect((await started(...swapped)).rebound).to.deep.equal([]);
    });

    it('are looked at again by the next start also when a leader has bound them, together with those from before', async () => {
      const { directory } = await started([lojo, first]);
      const bind = (conversation: ConversationId) =>
        directory.change(actor('maria'), { do: 'bindChat', body: lojo, conversation });
      await bind(second);
      expect(chatsOf((await started([lojo, first])).rebound)).to.have.members([first, second]);
      await bind(third);
      expect(chatsOf((await started([lojo, first])).rebound)).to.have.members([first, second, third]);
    });
  });

  it('takes nothing for done that a later change has asked for anew', async () => {
    const { directory, changes } = await observed();
    const remove = (person: PersonId) => directory.change(actor('maria'), { do: 'removeMember', body: lojo, person });
    await remove(people.petri);
    await remove(people.jonas);
    const [one, two] = changes;
    if (!one || !two) throw new Error('Both are told.');
    await directory.redrawn(one);
    expect(bodiesOf((await startedWith({})).regrouped)).to.deep.equal([lojo]);
    await directory.redrawn(two);
    expect((await startedWith({})).regrouped).to.deep.equal([]);
  });

  it('takes no chat for left that a later change has bound anew', async () => {
    const { directory, moves } = await observed();
    await bound(directory, '19:one', '19:two', '19:one');
    const [first, ...later] = moves.filter(({ conversation }) => conversation === '19:one');
    if (!first) throw new Error('It is told.');
    await directory.vacated(first);
    expect((await left()).chats).to.include('19:one');
    for (const mark of [...later, ...moves]) await directory.vacated(mark);
    expect((await left()).chats, 'what was marked while it ran is done as well').to.deep.equal([]);
  });

  it('leaves everything else to be done when it notes one thing as done', async () => {
    const { directory, changes, moves } = await observed();
    await bound(directory, '19:one');
    await directory.change(actor('maria'), { do: 'removeMember', body: lojo, person: people.petri });
    const [[chat, ...others], [body]] = [moves, changes];
    if (!chat || !body || others.length === 0) throw new Error('All are told.');
    await directory.vacated(chat);
    expect(await left()).to.deep.equal({ chats: chatsOf(others), bodies: [lojo] });
    await directory.redrawn(body);
    expect(await left()).to.deep.equal({ chats: chatsOf(others), bodies: [] });
  });

  it('learns whatever another instance has changed, also when it notes something as done', async () => {
    const shared = storeWith(store, { exclusive: false });
    const [here, there] = [await observed(shared), await observed(shared)];
    await here.directory.change(actor('maria'), { do: 'removeMember', body: lojo, person: people.petri });
    const [mark] = here.changes;
    if (!mark) throw new Error('It was told.');
    const conversation = conversationId('19:elsewhere');
    await there.directory.change(actor('maria'), { do: 'bindChat', body: lojo, conversation });
    await there.directory.change(actor('maria'), { do: 'removeMember', body: lojo, person: people.jonas });
    await here.directory.redrawn(mark);
    expect(chatsOf(here.moves)).to.include(conversation);
    expect(bodiesOf(here.changes)).to.deep.equal([lojo, lojo]);
    expect(chatsOf(there.moves)).to.include(conversation);
    expect(bodiesOf(there.changes)).to.deep.equal([lojo, lojo]);
    await there.directory.change(actor('maria'), { do: 'removeMember', body: lojo, person: people.niina });
    const [chat] = here.moves;
    if (!chat) throw new Error('It was told.');
    await here.directory.vacated(chat);
    expect(bodiesOf(here.changes)).to.deep.equal([lojo, lojo, lojo]);
  });

  it('learns what another instance has changed when that is why something is refused, by the one look that it takes', async () => {
    let looks = 0;
    const shared = storeWith(store, {
      exclusive: false,
      get: (key) => {
        looks += 1;
        return store.get(key);
      },
    });
    const [here, there] = [await observed(shared), await observed(shared)];
    const remove = { do: 'removeMember', body: lojo, person: people.petri } as const;
    await here.directory.change(actor('maria'), remove);
    looks = 0;
    const refused: unknown = await there.directory.change(actor('maria'), remove).catch((error: unknown) => error);
    await there.rest();
    expect(isAppError(refused, 'directory.unknownMember')).to.equal(true);
    expect(bodiesOf(there.changes)).to.deep.equal([lojo]);
    expect(looks).to.equal(1);
  });

  it('takes up a change of which only the answer was lost, when it is asked for again', async () => {
    let loses = false;
    const losing = storeWith(store, {
      async replace(document, version) {
        const written = await store.replace(document, version);
        if (loses) throw new AppError('store.unavailable');
        return written;
      },
    });
    const { directory, changes, rest } = await observed(losing);
    const remove = () => directory.change(actor('maria'), { do: 'removeMember', body: lojo, person: people.petri });
    loses = true;
    await remove().catch(() => undefined);
    loses = false;
    const again: unknown = await remove().catch((error: unknown) => error);
    expect(isAppError(again, 'directory.unknownMember')).to.equal(true);
    // Nobody waits for it: an answer has its ten seconds.
    expect(bodiesOf(changes)).to.deep.equal([]);
    await rest();
    expect(bodiesOf(changes)).to.deep.equal([lojo]);
  });

  it('reads the marks of the release before, which told no change', async () => {
    const { directory } = await startedWith({});
    const tenant = directory.require(actor('maria').tenant).tenant;
    const key = directoryKey({ tenant, id: exampleDirectory().id });
    const stored = await store.get<StoredDirectory>(key);
    if (!stored) throw new Error('There is a directory.');
    const { schema: _, ...older } = { schema: 0, ...stored.data };
    const lists = { toVacate: ['19:old'], toRedraw: [lojo] };
    await store.replace({ ...stored, data: { ...older, ...lists } }, stored.version);
    const { rebound, regrouped } = await startedWith({});
    expect(chatsOf(rebound)).to.deep.equal([conversationId('19:old')]);
    expect(bodiesOf(regrouped)).to.deep.equal([lojo]);
    const again = await store.get<StoredDirectory>(key);
    if (!again) throw new Error('There is a directory.');
    const { schema: __, ...old } = { schema: 0, ...again.data };
    await store.replace({ ...again, data: { ...old, toVacate: { '19:old': 'then' } } }, again.version);
    expect((await startedWith({})).rebound).to.deep.equal([{ conversation: conversationId('19:old'), since: 'then' }]);
  });

  it('reads the parties of the release before as seats, each with its member and one substitute', async () => {
    const { directory } = await startedWith({});
    const { tenant } = exampleDirectory();
    const key = directoryKey(directory.require(tenant));
    const stored = await store.get<StoredDirectory>(key);
    if (!stored) throw new Error('There is a directory.');
    const { seats, members, ...older } = stored.data;
    const parties = seats.flatMap(({ id, kind, name, body }) => (body === steering ? [{ id, kind, name }] : []));
    const second = { person: people.petri, body: steering, role: 'substitute', profession: null } as const;
    const before = [
      ...members
        .filter(({ body }) => body === steering || body === lojo)
        .map(({ seat, office: _, ...member }) => ({
          ...member,
          ...(seat && { party: seat }),
          // Set by a leader, so that no file says otherwise.
          ...(seat === 'polisen' && { setBy: 'leader' as const }),
        })),
      { ...second, party: 'polisen', setBy: 'leader' as const, removed: false },
    ];
    await store.replace({ ...stored, data: { ...older, schema: 2, parties, members: before } }, stored.version);

    const read = await directoryAggregates(store).get(key);
    if (!read) throw new Error('It can be read.');
    expect(read.seats.map(({ id, body }) => [id, body])).to.deep.equal(parties.map(({ id }) => [id, steering]));
    const police = read.seats.find(({ id }) => id === 'polisen');
    const [risto, carola] = seatsOf(exampleDirectory(), steering).flatMap(({ id, member, substitute }) =>
      id === 'polisen' ? [member, substitute] : [],
    );
    expect(police?.holders).to.deep.equal([
      { person: risto, as: 'member', from: null, to: null },
      { person: carola, as: 'substitute', from: null, to: null },
    ]);
    expect(police?.setBy).to.equal('leader');
    expect(read).to.not.have.any.keys('parties');
    for (const member of read.members) expect(member).to.not.have.any.keys('party');
    const seated = (of: Directory) =>
      seatsOf(of, steering).map(({ id, member, substitute }) => [id, member, substitute]);
    const { directory: again } = await startedWith({});
    expect(seated(again.require(tenant)), 'nobody has moved').to.deep.equal(seated(exampleDirectory()));
    expect(seatOf(again.require(tenant), steering, 'lojo-stad')?.holders[0]?.to, 'with the terms of the file').to.equal(
      '2029-05-31',
    );
  });

  describe('a seat whose holder changes at midnight', () => {
    const { tenant } = exampleDirectory();
    const group = (directory: DirectoryService) => membersOf(directory.require(tenant), steering);
    const newcomer = { id: personId('a0000000-0000-4000-8000-0000000000aa'), name: 'Ny Person' };
    const tomorrow = { body: steering, seat: 'polisen', as: 'member', from: '2026-11-24', to: null } as const;
    const hand = { do: 'setHolder', person: newcomer, ...tomorrow } as const;
    const isIn = (directory: DirectoryService): boolean =>
      group(directory).some(({ person }) => person === newcomer.id);

    it('is theirs from the first moment of the day, in the time of the region, before anything is stored', async () => {
      const clock = simulatedClock(monday);
      const { directory } = await startedWith({}, store, clock);
      await directory.change(actor('kaisa'), hand);
      await clock.set('2026-11-23T21:59:59Z');
      expect([isIn(directory), group(directory).length]).to.deep.equal([false, group(directory).length]);
      await clock.set('2026-11-23T22:00:00Z');
      expect(isIn(directory)).to.equal(true);
      expect(directory.memberships(tenant, newcomer.id)).to.deep.equal([
        { body: steering, role: 'member', profession: null },
      ]);
    });

    it('is told as a change of the body once the day is begun, at every instance and until its cards show it', async () => {
      const clock = simulatedClock(monday);
      const shared = storeWith(store, { exclusive: false });
      const [here, there] = [await observed(shared, clock), await observed(shared, clock)];
      await here.directory.change(actor('kaisa'), hand);
      await there.directory.refresh();
      expect([...here.changes, ...there.changes]).to.deep.equal([]);
      await clock.set('2026-11-23T22:00:00Z');
      await here.directory.beginDay();
      await there.directory.beginDay();
      expect(bodiesOf(here.changes)).to.deep.equal([steering]);
      expect(bodiesOf(there.changes)).to.deep.equal([steering]);
      expect((await startedWith({}, shared, clock)).regrouped.map(({ body }) => body)).to.deep.equal([steering]);
      const [mark] = here.changes;
      if (!mark) throw new Error('It is told.');
      await here.directory.redrawn(mark);
      expect((await startedWith({}, shared, clock)).regrouped).to.deep.equal([]);
      await here.directory.beginDay();
      expect(bodiesOf(here.changes), 'once').to.deep.equal([steering]);
    });

    it('is theirs, too, when nobody ran at midnight', async () => {
      const clock = simulatedClock(monday);
      const { directory } = await startedWith({}, store, clock);
      await directory.change(actor('kaisa'), hand);
      const later = await startedWith({}, store, simulatedClock('2026-11-30T07:00:00Z'));
      expect(isIn(later.directory)).to.equal(true);
      expect(bodiesOf(later.regrouped)).to.deep.equal([steering]);
    });
  });

  describe('whoever was given something', () => {
    const { tenant } = exampleDirectory();
    const since = monday.toString();
    const remove = { do: 'removeMember', body: lojo, person: people.petri } as const;
    const add = { do: 'setMember', body: lojo, role: 'member', profession: 'police' } as const;
    const petri = { id: people.petri, name: 'Petri' };

    it('after they were put in again at one instance has not left at the other, which has not looked yet', async () => {
      const clock = simulatedClock(monday.subtract({ seconds: 10 }));
      const shared = storeWith(store, { exclusive: false });
      const [here, there] = [await startedWith({}, shared, clock), await startedWith({}, shared, clock)];
      const isGone = () => hasLeft(there.directory.require(tenant), lojo, { person: people.petri, since });
      await here.directory.change(actor('maria'), remove);
      await there.directory.refresh();
      await here.directory.change(actor('maria'), { ...add, person: petri });
      await clock.set(monday.add({ minutes: 1 }));
      expect(isGone(), 'however long ago').to.equal(false);
      await there.directory.refresh();
      expect(isGone()).to.equal(false);
      await here.directory.change(actor('maria'), remove);
      await there.directory.refresh();
      expect(isGone()).to.equal(true);
    });

    it('while the directory was on its way has not left by what that says', async () => {
      const clock = simulatedClock(monday.subtract({ seconds: 10 }));
      let wait = async (): Promise<void> => undefined;
      const shared = storeWith(store, {
        exclusive: false,
        async get<T>(key: Parameters<Store['get']>[0]) {
          const found = await store.get<T>(key);
          await wait();
          return found;
        },
      });
      const { directory } = await startedWith({ members: [] }, shared, clock);
      wait = () => clock.set(monday.add({ minutes: 1 }));
      await directory.refresh();
      expect(hasLeft(directory.require(tenant), lojo, { person: people.petri, since })).to.equal(false);
    });

    it('has left as soon as the only instance that there is takes them out, though its clock was set back', async () => {
      const { directory } = await startedWith({}, store, simulatedClock(monday.subtract({ minutes: 1 })));
      await directory.change(actor('maria'), remove);
      expect(hasLeft(directory.require(tenant), lojo, { person: people.petri, since })).to.equal(true);
    });
  });

  describe('a region file that changes members', () => {
    const { members, people: all } = exampleDirectory();
    const withNiina = (over: Partial<Member>): { members: Member[] } => ({
      members: members.map((member) => (member.person === people.niina ? { ...member, ...over } : member)),
    });
    const renamed = all.map((person) => (person.id === people.niina ? { ...person, name: 'Niina Ny' } : person));

    it('is another one than the file before, though nobody has written into the log between them', async () => {
      const shared = storeWith(store, { exclusive: false });
      await startedWith({});
      const first = await startedWith(withNiina({ profession: 'youth' }), shared);
      const clock = simulatedClock(monday.add({ minutes: 1 }));
      const second = await startedWith({}, shared, clock);
      for (const mark of first.regrouped) await first.directory.redrawn(mark);
      expect((await left()).bodies, 'the first has drawn what the second has changed').to.deep.equal([lojo]);
      for (const mark of second.regrouped) await second.directory.redrawn(mark);
      expect((await left()).bodies).to.deep.equal([]);
    });

    for (const [what, file] of [
      ['takes somebody out', { members: members.filter(({ person }) => person !== people.niina) }],
      ['gives somebody another profession', withNiina({ profession: 'youth' })],
      ['gives somebody another role', withNiina({ role: 'leader' })],
      ['gives somebody another name', { people: renamed }],
    ] as const) {
      it(`says at every start in which bodies, when it ${what}, until their cards show it`, async () => {
        expect((await startedWith({})).regrouped).to.deep.equal([]);
        expect(bodiesOf((await startedWith(file)).regrouped)).to.deep.equal([lojo]);
        const { directory, regrouped } = await startedWith(file);
        expect(bodiesOf(regrouped)).to.deep.equal([lojo]);
        for (const one of regrouped) await directory.redrawn(one);
        expect((await startedWith(file)).regrouped).to.deep.equal([]);
        expect(bodiesOf((await startedWith({})).regrouped)).to.deep.equal([lojo]);
      });
    }
  });
});
