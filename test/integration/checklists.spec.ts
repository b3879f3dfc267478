import { expect } from 'chai';
import { newDelivery } from '../../src/delivery/model.ts';
import { bodyId, partitionOf, tenantId } from '../../src/shared/ids.ts';
import type { Store } from '../../src/storage/port.ts';
import { objectId, startTestApp, tenant } from '../support/app.ts';
import { failingStore } from '../support/failing-store.ts';
import { answered, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, findAction, gatherInputs, textOf, textsOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

/** A Monday; times are Helsinki's, as people see them. */
describe('checklists in the chat', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let store: Store;

  beforeEach(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    const through = (opened: Store): Store => {
      store = opened;
      return opened;
    };
    app = await startTestApp({ clock, through });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  const to = (local: string): Promise<void> => goTo(inHelsinki(local), clock, app.bot);

  const list = { body: 'team:lojo', list: 'startup' };
  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { ...list, ...data } });
  /** The item that needs no approval, and the one that does. */
  const population = { item: 'population' };
  const responsible = { item: 'responsible' };
  const startup = 'Starta ankarverksamheten';
  const of23 = (done: number): string => sv('checklist.progress.done', { done, total: 23 });

  /** The list's card as everybody in the chat sees it. */
  const listCards = (): Message[] =>
    app.chat.messages.filter(({ activity }) => verbsOn(cardOf(activity) ?? {}).includes('checklist.item'));
  async function shared(...texts: string[]): Promise<Message> {
    await app.bot.settled();
    return app.chat.waitFor(() => {
      const [card, ...others] = listCards();
      return card && others.length === 0 && texts.every((text) => textOf(card.activity).includes(text)) ? card : null;
    });
  }
  async function begin(): Promise<void> {
    await app.chat.say(app.people.petri, 'checklista start');
    await shared(of23(0));
  }
  const makeLeader = (person: string): Promise<InvokeAnswer> =>
    app.chat.pressOld(app.people.maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: objectId(person), profession: 'social', role: 'leader' },
    });
  const privateTexts = (user: TeamsUser): string[] =>
    app.teams.personalChat(user).messages.map(({ activity }) => activity.summary ?? '');

  it('show the start-up list once, the block at work unfolded, however often and in whatever language it is asked for', async () => {
    await begin();
    for (const text of ['tarkistuslista aloita', 'checklist start']) await app.chat.say(app.people.maria, text);
    const text = textOf((await shared(of23(0))).activity);
    expect(text).to.include('Lägesbild').and.include('Planering').and.include('Bilaga 8, lägesbild 6');
    expect(text, 'only the block at work is unfolded').to.not.include('Bilaga 8, planering 1');
    const planning = await press(app.people.petri, 'checklist.view', { block: 'planning' });
    expect(answered(planning)).to.include('Bilaga 8, planering 6').and.not.include('Bilaga 8, lägesbild 1');
  });

  it('are offered to be started until they have been', async () => {
    const { petri } = app.people;
    const offered = async (): Promise<unknown[]> => {
      const { card } = await press(petri, 'checklist.list');
      const starts = executeActions(card ?? {}).filter(({ action }) => action.verb === 'checklist.start');
      return starts.map(({ action: { data } }) => isFields(data) && data.template);
    };
    const before = await offered();
    expect(before).to.include('startup');
    await begin();
    expect(await offered()).to.deep.equal(before.filter((template) => template !== 'startup'));
  });

  it('go from taking over a date in words and the evidence to the approval by another leader, and back', async () => {
    await begin();
    const { maria, petri } = app.people;
    const card = await shared();
    await app.chat.press(petri, card, (action) => action.verb === 'checklist.take' && isOf(action, responsible.item));
    await shared(petri.name);
    await press(petri, 'checklist.dueForm', responsible);
    const due = await press(petri, 'checklist.setDue', { ...responsible, words: 'nästa fredag', from: 'item' });
    expect(answered(due), 'the date is said back').to.include(sv('checklist.form.setDue.saved', { date: 'fre 4 dec' }));
    await shared(sv('checklist.due.by', { date: 'fre 4 dec' }));
    const early = await press(petri, 'checklist.done', responsible);
    expect(answered(early)).to.include(sv('errors.checklist.linkNeeded'));
    await press(petri, 'checklist.link', { ...responsible, link: 'https://example.com/beslut' });
    await press(petri, 'checklist.done', responsible);
    const signed = { name: petri.name, date: 'mån 23 nov' };
    await shared(sv('checklist.signed.waiting', signed), sv('checklist.state.waiting'));
    expect(privateTexts(maria)).to.include(sv('checklist.notice.approve', { name: petri.name }));
    expect(answered(await press(petri, 'checklist.approve', responsible))).to.include(
      sv('errors.directory.leadersOnly'),
    );
    const approved = await press(maria, 'checklist.approve', { ...responsible, from: 'item' });
    expect(answered(approved)).to.include(sv('checklist.signed.approved', { name: maria.name, date: 'mån 23 nov' }));
    await shared(of23(1), sv('checklist.signed.done', signed));
    const undo = await app.chat.pressOld(maria, buttonOf(approved, 'checklist.undo'));
    expect(undo.status).to.equal(200);
    await shared(of23(0), sv('checklist.state.waiting'));
  });

  it('let nobody approve their own, though they lead', async () => {
    await begin();
    const { maria, sofia } = app.people;
    await makeLeader('22');
    await press(maria, 'checklist.link', { ...responsible, link: 'https://example.com/beslut' });
    await press(maria, 'checklist.done', responsible);
    expect(answered(await press(maria, 'checklist.approve', responsible))).to.include(sv('errors.checklist.ownWork'));
    await press(sofia, 'checklist.approve', responsible);
    await shared(of23(1));
  });

  it('count two presses at once as one, and tell whoever came second who has it', async () => {
    await begin();
    const { petri, niina } = app.people;
    const answers = await Promise.all([petri, niina].map((user) => press(user, 'checklist.take', population)));
    const refused = answers.filter((answer) =>
      [petri, niina].some(({ name }) => answered(answer).includes(sv('errors.checklist.takenBy', { person: name }))),
    );
    expect(refused).to.have.length(1);
    await Promise.all([petri, petri].map((user) => press(user, 'checklist.done', population)));
    await shared(of23(1));
  });

  it('show another team nothing', async () => {
    await begin();
    const stranger = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    for (const verb of ['checklist.view', 'checklist.item', 'checklist.take', 'checklist.noteForm']) {
      const answer = answered(await press(stranger, verb, population));
      expect(answer, verb).to.include(sv('errors.directory.notAMember'));
      expect(answer, verb).to.not.include('befolkningsunderlag');
    }
  });

  it('come back with why above them, at the block that was pressed, for a member who does not lead', async () => {
    await begin();
    const { petri } = app.people;
    const card = await shared();
    const { placement } = dataOnCard(card);
    const block = 'situational-picture';
    for (const [verb, data] of [
      ['edit', {}],
      ['renameForm', {}],
      ['blockForm', { block }],
      ['contentForm', { item: 'population' }],
      ['copyForm', {}],
    ] as const) {
      await press(petri, 'checklist.view', { placement, block: 'planning' });
      const refused = await app.chat.pressOld(
        petri,
        { verb: `checklist.${verb}`, data: { ...list, placement, ...data } },
        card,
      );
      expect(answered(refused), verb).to.include(sv('errors.directory.leadersOnly')).and.include(startup);
      expect(verbsOn(refused.card ?? {}), verb).to.include.members(['checklist.item', 'checklist.export']);
      if ('block' in data || 'item' in data) expect(answered(refused), verb).to.include('befolkningsunderlag');
    }
  });

  it('tell others who see their card in the chat that it is for members, and give it back as everybody sees it, no more', async () => {
    await begin();
    const card = await shared();
    const { placement } = dataOnCard(card);
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const asked = (verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
      app.chat.pressOld(gunilla, { verb: `checklist.${verb}`, data: { ...list, placement, ...data } }, card);
    const others = ['export', 'list', 'bring', 'edit', 'renameForm', 'blockForm', 'contentForm', 'copyForm', 'close'];
    const ofItem = ['item', 'take', 'done', 'approve', 'noteForm', 'dueForm', 'assignForm', 'removeItem'];
    const presses = [
      ...others.map((verb) => [verb, {}] as const),
      ...ofItem.map((verb) => [verb, population] as const),
      ['view', { block: 'planning' }] as const,
    ];
    for (const [verb, data] of presses) {
      const { card: refused } = await asked(verb, data);
      expect(textsOf(refused?.body), verb).to.deep.equal([sv('errors.title'), sv('errors.directory.notAMember')]);
      expect(textsOf(refused?.actions), verb).to.deep.equal([sv('actions.back')]);
      const back = await app.chat.press(gunilla, card, sv('actions.back'));
      expect(textsOf(back.card), verb).to.deep.equal(textsOf(cardOf(card.activity)));
    }
    const elsewhere = await app.chat.pressOld(gunilla, { verb: 'checklist.view', data: { ...list, placement } });
    expect(answered(elsewhere), 'pressed elsewhere').to.not.include(startup);
    await app.chat.pressOld(app.people.maria, { verb: 'checklist.bring', data: list });
    await app.chat.waitFor(() => textOf(card.activity).includes(sv('moved.here', { what: startup })));
    expect(answered(await asked('view')), 'where it stands no more').to.not.include(startup);
  });

  it('are not put before the eyes of another chat, even by a member of their body', async () => {
    await begin();
    const { petri } = app.people;
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const theirs = app.teams.groupChat({ members: [gunilla, petri] });
    await theirs.installBot(gunilla);
    await theirs.waitFor(() => theirs.messages.length === 1);
    for (const bound of [false, true]) {
      if (bound) await theirs.press(gunilla, theirs.messages[0] ?? '', 'chat.bind', { body: 'team:raseborg' });
      for (const text of ['checklistor', 'checklista start']) {
        const before = theirs.messages.length;
        await theirs.say(petri, text);
        const { activity } = await theirs.waitFor(() => theirs.messages[before]);
        expect(textOf(activity), text)
          .to.include(sv('errors.directory.notHere'))
          .and.include('checklistor')
          .and.not.include(startup);
      }
    }
    expect(
      answered(await theirs.pressOld(petri, { verb: 'checklist.list', data: {} })),
      'answered to him alone',
    ).to.include(startup);
  });

  it('keep what was typed when it is not taken, and say why at the field', async () => {
    await begin();
    const { petri } = app.people;
    const past = await press(petri, 'checklist.setDue', { ...population, due: '2026-11-02' });
    expect(answered(past)).to.include(sv('errors.checklist.pastDue'));
    expect(JSON.stringify(past.card)).to.include('2026-11-02');
    const unread = await press(petri, 'checklist.setDue', { ...population, words: 'nån gång' });
    expect(JSON.stringify(unread.card)).to.include('nån gång');
    const script = await press(petri, 'checklist.link', { ...population, link: 'javascript:alert(1)' });
    expect(answered(script)).to.include(sv('problem.notALink'));
    const someone = await press(app.people.maria, 'checklist.assign', { ...population, to: objectId('99') });
    expect(answered(someone)).to.include(sv('errors.checklist.notAMember'));
  });

  it('show a note to whoever opens it, and to nobody else', async () => {
    await begin();
    const { petri, niina } = app.people;
    await press(petri, 'checklist.note', { ...population, note: 'Fråga Statistikcentralen.' });
    const read = await press(niina, 'checklist.noteForm', population);
    expect(JSON.stringify(read.card)).to.include('Fråga Statistikcentralen.');
    await app.bot.settled();
    expect(app.chat.text()).to.not.include('Statistikcentralen');
  });

  it('let what was written be read on a closed list, from the item, though nothing is written there any more', async () => {
    await begin();
    const { maria, niina } = app.people;
    await press(niina, 'checklist.note', { ...population, note: 'Fråga Statistikcentralen.' });
    await press(niina, 'checklist.notApplicable', { item: 'crime', reason: 'Sköts av Esbo.' });
    await press(maria, 'checklist.close');
    const offered = async (item: string) => verbsOn((await press(niina, 'checklist.item', { item })).card ?? {});
    expect(await offered('population')).to.have.members(['checklist.noteForm', 'checklist.view']);
    expect(await offered('crime')).to.have.members(['checklist.noteForm', 'checklist.view']);
    expect(await offered('purpose')).to.deep.equal(['checklist.view']);
    const read = await press(niina, 'checklist.noteForm', { ...population, from: 'item' });
    expect(JSON.stringify(read.card)).to.include('Fråga Statistikcentralen.');
    expect(verbsOn(read.card ?? {}), 'back alone').to.deep.equal(['checklist.item']);
    const why = await press(niina, 'checklist.noteForm', { item: 'crime', from: 'item' });
    expect(JSON.stringify(why.card)).to.include('Sköts av Esbo.');
  });

  it('leave the message in peace in which somebody reads and writes a note: what is new stands in one of its own', async () => {
    await begin();
    const { petri, niina } = app.people;
    const card = await shared();
    await app.chat.press(petri, card, (action) => action.verb === 'checklist.item' && isOf(action, population.item));
    await app.chat.press(petri, card, 'checklist.noteForm');
    const before = card.versions.length;
    await press(niina, 'checklist.take', population);
    await app.chat.waitFor(() => listCards().find(({ activity }) => textOf(activity).includes(niina.name)));
    await app.bot.settled();
    expect(card.versions.length, 'the message with the note').to.equal(before);
    await app.chat.press(petri, card, 'checklist.note', { note: 'Fråga Statistikcentralen.' });
    await shared(niina.name);
  });

  it('are changed in place though somebody has asked there for a form that they did not get', async () => {
    await begin();
    const { maria, petri, niina } = app.people;
    const card = await shared();
    await openItem(petri, card, population);
    await changing(card, press(maria, 'checklist.removeItem', population));
    const { placement } = dataOnCard(card);
    for (const [user, verb, data] of [
      [petri, 'checklist.dueForm', population],
      [niina, 'checklist.assignForm', { item: 'crime' }],
      [maria, 'checklist.contentForm', population],
    ] as const) {
      const refused = await app.chat.pressOld(user, { verb, data: { ...list, placement, ...data } }, card);
      expect(JSON.stringify(refused.card), verb).to.not.include('"Input.');
    }
    await app.bot.settled();
    await changing(card, press(niina, 'checklist.take', { item: 'crime' }));
    expect((await shared(niina.name)).id).to.equal(card.id);
  });

  it('tell everybody their own tasks, to be finished right there', async () => {
    await begin();
    const { petri } = app.people;
    const before = app.chat.messages.length;
    await press(petri, 'checklist.take', population);
    await app.chat.say(petri, 'uppgifter');
    const offer = await app.chat.waitFor(() => app.chat.messages[before]);
    expect(textOf(offer.activity)).to.not.include('befolkningsunderlag');
    const mine = await app.chat.press(petri, offer, 'task.list');
    expect(answered(mine)).to.include('befolkningsunderlag');
    const done = await app.chat.press(petri, offer, 'checklist.done');
    expect(answered(done)).to.include(sv('tasks.none'));
    await shared(of23(1));
  });

  it('lead back to one’s tasks from an item that was opened there, whatever is done with it', async () => {
    await begin();
    const { petri } = app.people;
    for (const item of ['population', 'crime']) await press(petri, 'checklist.take', { item });
    const personal = app.teams.personalChat(petri);
    await personal.say(petri, 'uppgifter');
    const tasks = await personal.waitFor(() => personal.messages.at(-1));
    const openTask = () =>
      personal.press(petri, tasks, (action) => action.verb === 'checklist.item' && isOf(action, population.item));
    const back = async () => answered(await personal.press(petri, tasks, sv('actions.back')));
    await openTask();
    expect(await back()).to.include(sv('tasks.title', { count: 2 }));
    await openTask();
    await personal.press(petri, tasks, 'checklist.noteForm');
    await personal.press(petri, tasks, sv('form.cancel'));
    await personal.press(petri, tasks, 'checklist.dueForm');
    await personal.press(petri, tasks, 'checklist.setDue', { words: 'nästa fredag' });
    const done = await personal.press(petri, tasks, 'checklist.done');
    expect(answered(done), 'the item, as it was left').to.include(sv('checklist.facts.source'));
    expect(await back()).to.include(sv('tasks.title', { count: 1 }));

    await press(app.people.maria, 'checklist.removeItem', { item: 'crime' });
    const gone = await personal.press(petri, tasks, 'checklist.item');
    expect(answered(gone)).to.include(sv('errors.checklist.noItem')).and.include(sv('tasks.none'));
  });

  it('lead back to one’s tasks from an item that was opened there and is gone, whatever is pressed', async () => {
    const { maria, petri } = app.people;
    await press(maria, 'checklist.start', { template: 'startup' });
    for (const item of ['crime', 'narcotics']) await press(petri, 'checklist.take', { item });
    await press(maria, 'checklist.removeItem', { item: 'crime' });
    for (const [verb, from] of [
      ['checklist.done', 'tasks'],
      ['checklist.done', 'task'],
      ['checklist.noteForm', 'task'],
      ['checklist.item', 'tasks'],
    ] as const) {
      const answer = answered(await press(petri, verb, { item: 'crime', from }));
      expect(answer, `${verb} ${from}`).to.include(sv('tasks.title', { count: 1 }));
      expect(answer, `${verb} ${from}`).to.include(sv('errors.checklist.noItem'));
    }
    const fromList = answered(await press(petri, 'checklist.item', { item: 'crime' }));
    expect(fromList).to.include(sv('checklist.progress.done', { done: 0, total: 22 }));
  });

  it('keep to the page of one’s tasks at which something was done, or from which it was opened', async () => {
    await begin();
    const { petri } = app.people;
    const { card } = await press(petri, 'checklist.view');
    const blocks = executeActions(card ?? {}).map(({ action }) => (isFields(action.data) ? action.data.block : null));
    for (const block of blocks.filter((one) => typeof one === 'string')) {
      const unfolded = await press(petri, 'checklist.view', { block });
      const items = executeActions(unfolded.card ?? {}).filter(({ action }) => action.verb === 'checklist.take');
      for (const { action } of items) if (isFields(action.data)) await press(petri, 'checklist.take', action.data);
    }
    const personal = app.teams.personalChat(petri);
    await personal.say(petri, 'uppgifter');
    const tasks = await personal.waitFor(() => personal.messages.at(-1));
    const on = (page: number) => sv('list.page', { page, pages: 2 });
    const pressed = async (what: string) => answered(await personal.press(petri, tasks, what));
    const first = (verb: string) => {
      const [found] = executeActions(personal.cardFor(petri, tasks)).filter(({ action }) => action.verb === verb);
      return personal.press(petri, tasks, (action) => action === found?.action);
    };
    await pressed(sv('list.next'));
    expect(answered(await first('checklist.done'))).to.include(on(2));
    await first('checklist.item');
    expect(await pressed(sv('actions.back'))).to.include(on(2));
    await first('checklist.reasonForm');
    expect(await pressed(sv('form.cancel'))).to.include(on(2));
    expect(await pressed(sv('list.previous'))).to.include(on(1));
    expect(answered(await first('checklist.done'))).to.include(on(1));
  });

  it('show leaders how the lists of the region stand, and nobody else', async () => {
    await begin();
    const { maria, petri } = app.people;
    const overview = (user: TeamsUser) => app.teams.personalChat(user).say(user, 'läget');
    await overview(maria);
    await overview(petri);
    await app.bot.settled();
    expect(textOf(app.teams.personalChat(maria).last().activity))
      .to.include('Lojo')
      .and.include(of23(0));
    expect(textOf(app.teams.personalChat(petri).last().activity)).to.include(sv('errors.directory.leadersOnly'));
    const personal = app.teams.personalChat(maria);
    const ours = await personal.press(maria, personal.last(), 'checklist.list');
    expect(answered(ours)).to.include(sv('checklist.lists.title', { body: 'Lojo ankarteam' }));
  });

  it('show how the lists of the region stand to a leader who asks in a chat for that leader alone', async () => {
    await begin();
    const { maria } = app.people;
    await app.chat.say(maria, 'läget');
    await app.bot.settled();
    const answer = app.chat.last();
    expect(verbsOn(cardOf(answer.activity) ?? {})).to.deep.equal(['checklist.overview']);
    expect(textOf(answer.activity)).to.include(sv('privately.lead')).and.not.include(of23(0));
    expect(answered(await app.chat.press(maria, answer, 'checklist.overview'))).to.include(of23(0));
    await app.bot.settled();
    expect(textOf(answer.activity), 'the others').to.not.include(of23(0));
  });

  it('remind the owner three days before and on the day, and after a week the leader, each once a day at most', async () => {
    await begin();
    const { maria, petri } = app.people;
    await press(petri, 'checklist.take', population);
    await press(petri, 'checklist.setDue', { ...population, due: '2026-12-04' });
    const told = (user: TeamsUser, kind: 'mine' | 'overdue'): number =>
      privateTexts(user).filter((text) => text === sv(`checklist.reminder.${kind}`, { count: 1 })).length;
    await to('2026-11-30T12:00');
    expect(told(petri, 'mine')).to.equal(0);
    await to('2026-12-01T09:00');
    expect(told(petri, 'mine')).to.equal(1);
    await to('2026-12-01T15:00');
    expect(told(petri, 'mine')).to.equal(1);
    await to('2026-12-04T09:00');
    expect(told(petri, 'mine')).to.equal(2);
    await to('2026-12-10T15:00');
    expect(told(maria, 'overdue')).to.equal(0);
    await to('2026-12-11T09:00');
    expect(told(maria, 'overdue')).to.equal(1);
    await to('2026-12-18T15:00');
    expect([told(petri, 'mine'), told(maria, 'overdue')]).to.deep.equal([2, 1]);
  });

  it('remind once though a bell of the body alone hangs there from before, which is taken down', async () => {
    await begin();
    const { petri } = app.people;
    await press(petri, 'checklist.take', population);
    await press(petri, 'checklist.setDue', { ...population, due: '2026-12-04' });
    const old = { partition: partitionOf(tenantId(tenant), bodyId(list.body)), id: 'checklist-bell' };
    const wakeAt = inHelsinki('2026-11-24T08:00').toString();
    const delivery = { ...newDelivery(clock.now()), wakeAt };
    const data = { tenant, body: list.body, toldOn: '2026-11-23', known: [objectId('20')], delivery };
    await store.create({ ...old, kind: 'checklistBell', status: null, owner: null, at: null, wakeAt, data });
    await to('2026-12-01T09:00');
    const told = privateTexts(petri).filter((text) => text === sv('checklist.reminder.mine', { count: 1 }));
    expect(told).to.have.length(1);
    expect(await store.get(old)).to.equal(null);
  });

  it('can be a leader’s own: an item on each line, made once, for all to work with', async () => {
    const { maria, petri } = app.people;
    const refused = await press(petri, 'checklist.ownForm');
    expect(answered(refused)).to.include(sv('errors.directory.leadersOnly'));
    const form = await press(maria, 'checklist.ownForm');
    const newId = String(dataOf(form, 'checklist.own').newId);
    const inputs = { newId, title: 'Sommarläger', items: 'Boka buss\n\nFråga kocken' };
    for (const _ of [1, 2]) await press(maria, 'checklist.own', inputs);
    const all = answered(await press(petri, 'checklist.list'));
    expect(all.split('Sommarläger')).to.have.length(2);
    const own = { list: `own-${newId}` };
    expect(answered(await press(petri, 'checklist.view', own))).to.include('Fråga kocken');
    const bad = await press(maria, 'checklist.own', { ...inputs, newId: 'annan', items: 'Ring 040 123 4567' });
    expect(answered(bad)).to.include(sv('problem.sensitive'));
    expect(JSON.stringify(bad.card), 'nothing typed is lost').to.include('Ring 040');
  });

  it('stand in one text for three languages until another is written, and go on in it when that is changed', async () => {
    const { maria } = app.people;
    const newId = String(dataOf(await press(maria, 'checklist.ownForm'), 'checklist.own').newId);
    await press(maria, 'checklist.own', { newId, title: 'Läger', items: 'Boka buss' });
    const own = { list: `own-${newId}` };
    const typedIn = (form: InvokeAnswer): unknown[] => ['sv', 'fi', 'en'].map((id) => inputOf(form, id).value);
    const again = async (verb: string, of: Fields = {}): Promise<unknown[]> =>
      typedIn(await press(maria, verb, { ...own, ...of }));
    expect(await again('checklist.renameForm')).to.deep.equal(['Läger', undefined, undefined]);
    const bad = await press(maria, 'checklist.rename', { ...own, sv: 'Ring 040 123 4567' });
    expect(answered(bad).split(sv('problem.sensitive')), 'said once, where it was typed').to.have.length(2);
    for (const _ of [1, 2]) await press(maria, 'checklist.rename', { ...own, sv: 'Sommarläger' });
    expect(await again('checklist.renameForm')).to.deep.equal(['Sommarläger', undefined, undefined]);
    expect(await again('checklist.blockForm', { block: 'items' }), 'the block is called like the list').to.deep.equal([
      'Sommarläger',
      undefined,
      undefined,
    ]);
    const bus = { item: 'item-1' };
    for (const _ of [1, 2])
      await press(maria, 'checklist.saveContent', { ...own, ...bus, sv: 'Boka en buss', fi: 'Varaa bussi' });
    expect(await again('checklist.contentForm', bus)).to.deep.equal(['Boka en buss', 'Varaa bussi', undefined]);
    await press(maria, 'checklist.saveContent', { ...own, ...bus, sv: 'Boka två bussar', fi: 'Varaa bussi' });
    const english = await app.chat.pressOld(maria, { verb: 'language.set', data: { language: 'en' } });
    expect(english.status).to.equal(200);
    expect(answered(await press(maria, 'checklist.view', own)))
      .to.include('Boka två bussar')
      .and.include('Sommarläger');
  });

  it('can come from a file, whose problems are told with their lines, once it has none', async () => {
    const { maria } = app.people;
    const file = 'id: overtagande\nfor: team\ntitle: Övertagande\nblocks:\n  - id: a\n    title: A\n    items:\n';
    const twice = `${file}      - { id: one, text: Ett }\n      - { id: one, text: Två }\n`;
    const bad = await press(maria, 'checklist.ownFile', { file: twice });
    const problem = sv('problem.repeated');
    expect(answered(bad)).to.include(sv('checklist.file.problem', { place: '9 blocks.0.items.1.id', problem }));
    expect(JSON.stringify(bad.card), 'nothing typed is lost').to.include('overtagande');
    await press(maria, 'checklist.ownFile', { file: twice.replace('id: one, text: Två', 'id: two, text: Två') });
    expect(answered(await press(maria, 'checklist.view', { list: 'own-overtagande' }))).to.include('Två');
    const other = await press(maria, 'checklist.ownFile', { file: `${file}      - { id: one, text: Annat }\n` });
    expect(answered(other)).to.include(sv('errors.checklist.idTaken', { line: 1 }));
    const further = `for: team\n${file.replace('for: team\n', '')}      - { id: one, text: Annat }\n`;
    expect(answered(await press(maria, 'checklist.ownFile', { file: further }))).to.include(
      sv('errors.checklist.idTaken', { line: 2 }),
    );
    const others = await press(maria, 'checklist.ownFile', {
      file: twice.replace('team', 'steering').replace('- { id: one, text: Två }', ''),
    });
    expect(answered(others)).to.include(sv('errors.checklist.wrongBody', { line: 2, kind: 'team' }));
  });

  it('can be changed in use by a leader: what is done stays, and what is removed comes back with it', async () => {
    await begin();
    const { maria, petri } = app.people;
    await press(petri, 'checklist.done', population);
    await shared(of23(1));
    expect(answered(await press(petri, 'checklist.removeItem', population))).to.include(
      sv('errors.directory.leadersOnly'),
    );
    await press(maria, 'checklist.removeItem', population);
    await shared(sv('checklist.progress.done', { done: 0, total: 22 }));
    await press(maria, 'checklist.restoreItem', population);
    await shared(of23(1));
    const opened = await press(maria, 'checklist.contentForm', population);
    expect(JSON.stringify(opened.card), 'the form shows what there is').to.include('befolkningsunderlag');
    await press(maria, 'checklist.saveContent', {
      ...population,
      sv: 'Hur många bor här?',
      fi: 'Montako asuu täällä?',
    });
    await shared(of23(1), 'Hur många bor här?', 'Bilaga 8, lägesbild 2');
    const adding = { block: 'situational-picture', newId: 'ny', sv: 'En till' };
    for (const _ of [1, 2]) await press(maria, 'checklist.saveContent', adding);
    await shared(sv('checklist.progress.done', { done: 1, total: 24 }));
    await press(maria, 'checklist.saveBlock', { newId: 'del', sv: 'Tillägg' });
    await press(maria, 'checklist.rename', { sv: 'Vår start' });
    await shared('Vår start', 'Tillägg');
    await press(maria, 'checklist.close');
    expect(answered(await press(petri, 'checklist.take', { item: 'crime' }))).to.include(sv('errors.checklist.closed'));
    await press(maria, 'checklist.reopen');
    await press(petri, 'checklist.take', { item: 'crime' });
    await shared(petri.name);
  });

  it('show a leader the block in which something was changed, or could not be', async () => {
    await begin();
    const { maria } = app.people;
    const unfolded = ({ card }: InvokeAnswer): unknown => {
      const ofBlock = ['checklist.contentForm', 'checklist.restoreBlock'];
      const datas = executeActions(card ?? {}).flatMap(({ action }) =>
        ofBlock.includes(String(action.verb)) && isFields(action.data) ? [action.data] : [],
      );
      return datas.find(({ item }) => item === undefined)?.block;
    };
    const launch = { block: 'launch' };
    const statistics = { item: 'statistics' };
    for (const [verb, data, block = 'launch'] of [
      ['edit', launch],
      ['edit', statistics],
      ['removeItem', statistics],
      ['restoreItem', statistics],
      ['moveItem', { ...statistics, way: 'up', past: 'supervision' }],
      ['moveItem', { ...statistics, way: 'up', past: 'gone' }],
      ['saveContent', { ...statistics, sv: 'Siffrorna' }],
      ['saveContent', { ...launch, newId: 'ny', sv: 'En till' }],
      ['moveBlock', { ...launch, way: 'up', past: 'organising' }],
      ['moveBlock', { ...launch, way: 'up', past: 'gone' }],
      ['saveBlock', { ...launch, sv: 'Start' }],
      ['saveBlock', { newId: 'del', sv: 'Tillägg' }, 'del'],
      ['removeBlock', launch],
      ['restoreBlock', launch],
    ] as const) {
      expect(unfolded(await press(maria, `checklist.${verb}`, data)), `${verb} ${JSON.stringify(data)}`).to.equal(
        block,
      );
    }
    await press(maria, 'checklist.removeItem', statistics);
    const gone = await press(maria, 'checklist.contentForm', statistics);
    expect(answered(gone)).to.include(sv('errors.checklist.noItem'));
  });

  it('get what is new from a form that brings no id along, too', async () => {
    await begin();
    const { maria } = app.people;
    expect(answered(await press(maria, 'checklist.saveBlock', { sv: 'Utan id' }))).to.include('Utan id');
    const item = await press(maria, 'checklist.saveContent', { block: 'planning', sv: 'Nummer sju' });
    expect(answered(item)).to.include('Nummer sju').and.include(sv('checklist.edit.lead'));
  });

  it('are changed from the first item of a block on, and page by page', async () => {
    const { maria } = app.people;
    const items = Array.from({ length: 20 }, (_, at) => `Punkt ${at + 1}.`);
    await press(maria, 'checklist.own', { newId: 'own', title: 'Läger', items: items.join('\n') });
    const shownIn = async (verb: string, data: Fields): Promise<string> =>
      answered(await press(maria, verb, { list: 'own-own', block: 'items', ...data }));
    expect(await shownIn('checklist.saveBlock', { sv: 'Block' })).to.include('Punkt 1.');
    const later = await shownIn('checklist.edit', { page: 1 });
    expect(later).to.include('Punkt 7.');
    expect(later).to.not.include('Punkt 1.');
  });

  /** Presses, and waits until everybody's message has changed; Teams throws all personal views of it away then. */
  async function changing(card: Message, pressing: Promise<InvokeAnswer>): Promise<void> {
    const before = card.versions.length;
    await pressing;
    await app.chat.waitFor(() => card.versions.length > before);
    await app.bot.settled();
  }
  /** What Teams then asks for by itself, for each reader. */
  const seenAgain = async (user: TeamsUser, card: Message): Promise<string> =>
    answered(await app.chat.refresh(user, card));
  const itemOpen = sv('checklist.actions.noteForm');
  const openItem = (user: TeamsUser, card: Message, { item }: { item: string }): Promise<InvokeAnswer> =>
    app.chat.press(user, card, (action) => action.verb === 'checklist.item' && isOf(action, item));

  it('keep an item open for whoever reads it, in its newest state, whoever presses, until they leave it', async () => {
    await begin();
    const { maria, petri, niina } = app.people;
    const card = await shared();
    await openItem(petri, card, population);
    await changing(card, press(niina, 'checklist.take', population));
    expect(app.chat.cardFor(petri, card), 'the view is gone').to.deep.equal(cardOf(card.activity));
    expect(await seenAgain(petri, card))
      .to.include(sv('checklist.facts.owners'))
      .and.include(niina.name);
    expect(await seenAgain(niina, card), 'the others read the list').to.include('Bilaga 8, lägesbild 6');
    await press(maria, 'checklist.assign', {
      ...population,
      to: [petri, niina].map((user) => user.aadObjectId).join(),
    });
    await shared(petri.name);
    await seenAgain(petri, card);
    await changing(card, app.chat.press(petri, card, 'checklist.done'));
    expect(await seenAgain(petri, card), 'one’s own press').to.include(
      sv('checklist.signed.done', { name: petri.name, date: 'mån 23 nov' }),
    );
    await app.chat.press(petri, card, 'checklist.view');
    await changing(card, press(niina, 'checklist.take', { item: 'crime' }));
    expect(await seenAgain(petri, card), 'once it is left').to.include('Bilaga 8, lägesbild 6');
  });

  it('keep no item open that was removed, nor after an hour', async () => {
    await begin();
    const { maria, petri, niina } = app.people;
    const card = await shared();
    for (const user of [petri, niina]) await openItem(user, card, user === petri ? population : { item: 'crime' });
    await changing(card, press(maria, 'checklist.removeItem', population));
    expect(await seenAgain(petri, card)).to.not.include(itemOpen);
    expect(await seenAgain(niina, card)).to.include(itemOpen);
    await to('2026-11-23T10:01');
    expect(await seenAgain(niina, card)).to.not.include(itemOpen);
  });

  it('keep a leader at what they change, and everybody at the block that they have unfolded', async () => {
    await begin();
    const { maria, petri } = app.people;
    const card = await shared();
    await seenAgain(maria, card);
    await app.chat.press(maria, card, 'checklist.edit');
    const down = moveOf(app.chat.cardFor(maria, card), 'checklist.moveItem', { ...responsible, way: 'down' });
    await app.chat.press(petri, card, (action) => action.verb === 'checklist.view' && isIn(action, 'planning'));
    await changing(card, app.chat.pressOld(maria, down, card));
    expect(await seenAgain(maria, card)).to.include(sv('checklist.edit.lead'));
    expect(await seenAgain(petri, card)).to.include('Bilaga 8, planering 1');
    await makeLeader('22');
    await app.chat.pressOld(app.people.sofia, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: maria.aadObjectId, profession: 'police', role: 'member' },
    });
    expect(await seenAgain(maria, card), 'who leads no more').to.not.include(sv('checklist.edit.lead'));
  });

  it('keep the links to it as files, and the other lists, before whoever has them open, until they go back', async () => {
    await begin();
    const { niina, petri } = app.people;
    const card = await shared();
    for (const [user, verb] of [
      [petri, 'checklist.export'],
      [niina, 'checklist.list'],
    ] as const) {
      await seenAgain(user, card);
      await app.chat.press(user, card, verb);
    }
    await changing(card, press(app.people.maria, 'checklist.take', population));
    const files = sv('checklist.export.title', { title: startup });
    const lists = sv('checklist.lists.title', { body: 'Lojo' });
    expect(await seenAgain(petri, card)).to.include(files);
    expect(await seenAgain(niina, card)).to.include(lists);
    await app.chat.press(petri, card, 'checklist.view');
    await changing(card, press(app.people.maria, 'checklist.giveBack', population));
    expect(await seenAgain(petri, card), 'once it is left').to.not.include(files);
    expect(await seenAgain(niina, card)).to.include(lists);
  });

  it('has its items and blocks moved by pressing, past the neighbour that was seen, and says when that one is gone', async () => {
    await begin();
    const { maria, petri } = app.people;
    const crime = { item: 'crime' };
    const card = await shared();
    await app.chat.refresh(maria, card);
    await app.chat.press(maria, card, 'checklist.edit');
    const edit = app.chat.cardFor(maria, card);
    const up = moveOf(edit, 'checklist.moveItem', { ...crime, way: 'up' });
    expect(answered(await press(petri, 'checklist.moveItem', { ...crime, way: 'up', past: 'population' }))).to.include(
      sv('errors.directory.leadersOnly'),
    );
    for (const _ of [1, 2]) await app.chat.pressOld(maria, up, card);
    const order = (text: string): number[] =>
      ['lägesbild 1', 'lägesbild 2', 'lägesbild 3'].map((source) => text.indexOf(`Bilaga 8, ${source}`));
    await app.bot.settled();
    const [first = 0, second = 0, third = 0] = order(textOf((await shared()).activity));
    expect(first < third && third < second, 'once, though it was pressed twice').to.equal(true);

    await press(maria, 'checklist.removeItem', population);
    const late = await app.chat.pressOld(maria, up, card);
    expect(answered(late)).to.include(sv('errors.checklist.reordered')).and.include('brottsligheten');

    const down = moveOf(edit, 'checklist.moveBlock', { block: 'situational-picture', way: 'down' });
    await app.chat.pressOld(maria, down, card);
    await app.bot.settled();
    const blocks = textOf((await shared()).activity);
    expect(blocks.indexOf('Planering')).to.be.lessThan(blocks.indexOf('Lägesbild'));
  });

  it('has an item that goes to the block that is chosen in its form, and stays where a colleague has put it meanwhile', async () => {
    await begin();
    const { maria } = app.people;
    const form = await press(maria, 'checklist.contentForm', population);
    expect(inputOf(form, 'to')).to.include({ value: 'situational-picture' });
    const send = (typed: Fields) =>
      press(maria, 'checklist.saveContent', gatherInputs(findAction(form.card ?? {}, 'checklist.saveContent'), typed));
    expect(answered(await send({ to: 'planning' }))).to.include(sv('checklist.edit.items', { count: 7 }));
    await send({ sv: 'Befolkningen' });
    expect(answered(await press(maria, 'checklist.view', { block: 'planning', page: 1 }))).to.include('Befolkningen');
  });

  it('can be copied, with nothing done, into a body that the copier leads', async () => {
    await begin();
    const { maria } = app.people;
    await press(maria, 'checklist.done', population);
    const form = await press(maria, 'checklist.copyForm');
    const { newId } = dataOf(form, 'checklist.copy');
    const elsewhere = await press(maria, 'checklist.copy', { newId, title: 'En till', to: 'team:raseborg' });
    expect(answered(elsewhere)).to.include(sv('errors.directory.notAMember'));
    const copy = await press(maria, 'checklist.copy', { newId, title: 'En till', to: 'team:lojo' });
    expect(answered(copy)).to.include('En till').and.include(of23(0));
  });

  it('come to the bottom of the group’s chat, for all, when a leader makes them there', async () => {
    await begin();
    const file = 'id: a\nfor: team\ntitle: Filen\nblocks: [{ id: a, title: A, items: [{ id: one, text: Ett }] }]';
    for (const [title, verb, data] of [
      ['Sommaren', 'checklist.own', { newId: 'own', title: 'Sommaren', items: 'Boka buss' }],
      ['Filen', 'checklist.ownFile', { file }],
      ['Kopian', 'checklist.copy', { newId: 'copy', title: 'Kopian' }],
    ] as const) {
      const answer = await press(app.people.maria, verb, data);
      expect(answered(answer)).to.include(sv('checklist.lists.brought', { title }));
      await app.bot.settled();
      expect(listCards().at(-1)?.id, title).to.equal(app.chat.last().id);
      expect(textOf(app.chat.last().activity)).to.include(title);
    }
  });

  it('are shown to their maker alone when they are made elsewhere', async () => {
    const { maria } = app.people;
    const data = { ...list, newId: 'own', title: 'Sommaren', items: 'Boka buss' };
    const alone = await app.teams.personalChat(maria).pressOld(maria, { verb: 'checklist.own', data });
    expect(answered(alone)).to.include('Boka buss');
    await app.bot.settled();
    expect(app.chat.text()).to.not.include('Sommaren');
  });

  it('begin an induction for whoever is added, shown to them and to the leaders alone', async () => {
    const newcomer = app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: objectId('77') });
    await app.chat.addMember(newcomer);
    await app.chat.pressOld(app.people.maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: objectId('77'), profession: 'health', role: 'member' },
    });
    await app.bot.settled();
    const seenBy = async (user: TeamsUser) => answered(await press(user, 'checklist.list'));
    expect(await seenBy(newcomer)).to.include('Introduktion för en ny expert');
    expect(await seenBy(app.people.maria)).to.include('Introduktion för en ny expert');
    expect(await seenBy(app.people.petri)).to.not.include('Introduktion för en ny expert');
    expect(answered(await app.chat.pressOld(newcomer, { verb: 'task.list', data: {} }))).to.include(
      'arbetsbeskrivning',
    );
    await app.chat.say(app.people.maria, 'checklistor');
    await app.bot.settled();
    expect(app.chat.text()).to.not.include('Introduktion för en ny expert');
    // Told to the newcomer once, and to nobody else.
    const title = sv('checklist.notice.begun', { count: 28 });
    const told = (user: TeamsUser) => privateTexts(user).filter((text) => text === title);
    expect([newcomer, app.people.maria, app.people.petri].map((user) => told(user).length)).to.deep.equal([1, 0, 0]);
  });
});

const isOf = ({ data }: Fields, item: string): boolean => isFields(data) && data.item === item;

const isIn = ({ data }: Fields, block: string): boolean => isFields(data) && data.block === block;

/** The button with this verb. */
function buttonOf({ card }: InvokeAnswer, verb: string): Fields {
  const actions: unknown[] = Array.isArray(card?.actions) ? card.actions : [];
  const found = actions.find((action) => isFields(action) && action.verb === verb);
  if (!isFields(found)) throw new Error(`no ${verb}`);
  return found;
}

/** The button that moves this item or block this way. */
function moveOf(card: Fields, verb: string, wanted: Fields): Fields {
  const fits = ({ data }: Fields): boolean =>
    isFields(data) && Object.entries(wanted).every(([key, value]) => data[key] === value);
  return findAction(card, (action) => action.verb === verb && fits(action)).action;
}

describe('a list of which the store cannot be reached', () => {
  it('is shown as it was seen last, with why above it, and what was open in its message is again once it is back', async () => {
    let away = false;
    const app = await startTestApp({
      // Another process may have written what this one knows.
      through: (store) => ({ ...failingStore(store, () => (away ? 'before' : 'ok')), exclusive: false }),
    });
    try {
      app.teams.limited = false;
      const { maria, petri } = app.people;
      await app.chat.installBot(maria);
      await app.chat.say(petri, 'checklista start');
      const card = await app.chat.waitFor(() =>
        app.chat.messages.find(({ activity }) => dataOnCard({ activity }).list),
      );
      const data = { ...dataOnCard(card), item: 'population' };
      const item = await app.chat.pressOld(petri, { verb: 'checklist.item', data }, card);
      away = true;
      const meanwhile = await app.chat.refresh(petri, card);
      expect(answered(meanwhile)).to.include(sv('errors.store.unavailable'));
      expect(verbsOn(meanwhile.card ?? {})).to.include('checklist.export');
      away = false;
      expect(textsOf((await app.chat.refresh(petri, card)).card)).to.deep.equal(textsOf(item.card));
    } finally {
      away = false;
      await app.stop();
    }
  });
});

/** What the buttons of the list's shared card carry. */
function dataOnCard({ activity }: Pick<Message, 'activity'>): Fields {
  const all = executeActions(cardOf(activity) ?? {}).map(({ action }) => action.data);
  return all.filter(isFields).find(({ placement }) => placement !== undefined) ?? {};
}

function inputOf({ card }: InvokeAnswer, id: string): Fields {
  const [found] = executeActions(card ?? {})
    .flatMap(({ inputs }) => inputs)
    .filter((input) => input.id === id);
  if (!found) throw new Error(`no input ${id}`);
  return found;
}

function dataOf(answer: InvokeAnswer, verb: string): Fields {
  const { data } = buttonOf(answer, verb);
  return isFields(data) ? data : {};
}
