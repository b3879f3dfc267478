import { expect } from 'chai';
import type { Running } from '../../bot/main.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { type AroundRequest, aroundStore } from '../../src/storage/around.ts';
import type { Store } from '../../src/storage/port.ts';
import { type LojoPerson, objectId, startTestApp } from '../support/app.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { allVerbs } from '../support/features.ts';
import { meetingIn, plant } from '../support/meetings.ts';
import { example, handIn, pressOn, shown, startAgain, type TestApp } from '../support/seed.ts';
import type { Fields } from '../support/teams/world.ts';

/** The most that an action may ask of Azure Cosmos DB. */
interface Bar {
  /** Point reads. */
  reads: number;
  /** Creations and conditional writes. */
  writes: number;
  /** Queries within one partition, and counts of the same. */
  lists: number;
}
const usual: Bar = { reads: 1, writes: 1, lists: 0 };
const aList: Bar = { ...usual, lists: 2 };
/** The number is counted, once per team and year. */
const numbered: Bar = { reads: 1, writes: 2, lists: 0 };
/** And the request is kept, so that handing in twice is one referral. */
const handedIn: Bar = { reads: 2, writes: 3, lists: 0 };

interface Step {
  verb: Verb;
  by?: LojoPerson;
  inputs?: Fields;
}

interface Action extends Omit<Step, 'verb'> {
  bar?: Bar;
  /** What was done on the case before. Without it the verb is about no case. */
  after?: readonly Step[];
  /** The verb is about a meeting in this state, which nobody has pressed anything on yet. */
  on?: Parameters<typeof meetingIn>[0];
}

const assessed: readonly Step[] = (['petri', 'sofia'] as const).map((by) => ({
  verb: 'referral.assess',
  by,
  inputs: { worry: '2', recommendation: 'accept' },
}));
const decided: Step = { verb: 'referral.decide', inputs: { outcome: 'accepted', reason: 'offence' } };
const { youngPerson, concerns, ...codes } = example;
const form = { ...codes, ...youngPerson, municipality: 'lojo', concerns: concerns.join() };
const jonas = objectId('24');

const ofLojo = (fields: Fields): Fields => ({ body: 'team:lojo', ...fields });
const anItem = ofLojo({ list: 'startup', item: 'population' });
const theList = ofLojo({ list: 'startup' });
const theAgenda: Fields = { body: 'steering:vastra-nyland', sitting: '1' };
const theMinutes: Fields = { ...theAgenda, number: 1 };
/** The sitting, and what there is to be read of it once it is known why something is refused. */
const read: Bar = { ...usual, reads: 2 };
const file = 'id: fil\nfor: team\ntitle: Fil\nblocks: [{ id: a, title: A, items: [{ id: b, text: B }] }]';
/** One for each body of the presser. */
const ofEachBody: Bar = { ...usual, lists: 1 };
/** With the bell that reminds of it, and its card in the chat, whose binding is looked up; what there is now is shown. */
const begun: Bar = { reads: 3, writes: 2, lists: 1 };
const brought: Bar = { reads: 1, writes: 1, lists: 1 };
/** With what was held lately, and what waits in a chat that is closed. */
const rhythms: Bar = { ...usual, lists: 3 };
/** With what else comes in the region, so that nobody is asked to be in two places. */
const compared: Bar = { ...usual, lists: 1 };
const inAWeek = Temporal.Now.plainDateISO('Europe/Helsinki').add({ days: 7 }).toString();
/** Four teams, the management team, the steering group and the national group. */
const regionsBodies = 7;

const management = 'management:vastra-nyland';
const ofPolice = { body: management, seat: 'polis', as: 'substitute' };

const actions: Readonly<Record<Verb, Action>> = {
  'help.show': {},
  'chat.welcome': {},
  'chat.bind': { by: 'maria', inputs: { body: 'team:lojo' } },
  'language.choose': {},
  'language.set': { inputs: { language: 'fi' } },
  'team.view': {},
  'team.memberForm': { by: 'maria', inputs: { body: 'team:lojo' } },
  'team.setMember': {
    by: 'maria',
    inputs: { body: 'team:lojo', person: jonas, profession: 'police', role: 'expert' },
  },
  'team.removeMember': { by: 'maria', inputs: { body: 'team:lojo', person: jonas, confirmed: 1 } },
  'seat.list': { by: 'kaisa', inputs: { body: management } },
  'seat.view': { by: 'kaisa', inputs: ofPolice },
  'seat.form': { by: 'kaisa', inputs: ofPolice },
  'seat.set': { by: 'kaisa', inputs: { ...ofPolice, person: jonas, from: inAWeek } },
  'seat.end': { by: 'kaisa', inputs: { ...ofPolice, person: jonas, confirmed: 1 } },
  'seat.officeForm': { by: 'kaisa', inputs: { body: management } },
  'seat.setOffices': { by: 'kaisa', inputs: { body: management, secretary: jonas } },
  'task.list': { bar: ofEachBody },
  'checklist.list': { bar: ofEachBody },
  'checklist.start': { inputs: ofLojo({ template: 'startup' }), bar: begun },
  'checklist.bring': { inputs: ofLojo({ list: 'startup' }), bar: brought },
  'checklist.view': { inputs: ofLojo({ list: 'startup' }) },
  'checklist.export': { inputs: theList },
  'checklist.item': { inputs: anItem },
  'checklist.take': { inputs: anItem },
  'checklist.giveBack': { inputs: anItem },
  'checklist.done': { inputs: anItem },
  'checklist.approve': { by: 'maria', inputs: anItem },
  'checklist.sendBack': { by: 'maria', inputs: anItem },
  'checklist.undo': { inputs: { ...anItem, step: 1 } },
  'checklist.assignForm': { by: 'maria', inputs: anItem },
  'checklist.assign': { by: 'maria', inputs: { ...anItem, to: jonas } },
  'checklist.dueForm': { inputs: anItem },
  'checklist.setDue': { inputs: { ...anItem, words: 'imorgon' } },
  'checklist.linkForm': { inputs: anItem },
  'checklist.link': { inputs: { ...anItem, link: 'https://example.com/' } },
  'checklist.noteForm': { inputs: anItem },
  'checklist.note': { inputs: { ...anItem, note: 'Kort.' } },
  'checklist.reasonForm': { inputs: anItem },
  'checklist.notApplicable': { inputs: { ...anItem, reason: 'Finns redan.' } },
  'checklist.ownForm': { by: 'maria', inputs: ofLojo({}) },
  'checklist.own': { by: 'maria', inputs: ofLojo({ newId: 'egen', title: 'Egen', items: 'Ett\nTvå' }), bar: begun },
  'checklist.fileForm': { by: 'maria', inputs: ofLojo({}) },
  'checklist.ownFile': { by: 'maria', inputs: ofLojo({ file }), bar: begun },
  'checklist.copyForm': { by: 'maria', inputs: theList },
  'checklist.copy': { by: 'maria', inputs: { ...theList, newId: 'kopia', title: 'Kopia' }, bar: begun },
  'checklist.edit': { by: 'maria', inputs: theList },
  'checklist.renameForm': { by: 'maria', inputs: theList },
  'checklist.rename': { by: 'maria', inputs: { ...theList, sv: 'Början' } },
  'checklist.blockForm': { by: 'maria', inputs: theList },
  'checklist.saveBlock': { by: 'maria', inputs: { ...theList, newId: 'ny-del', sv: 'Ny del' } },
  'checklist.moveBlock': { by: 'maria', inputs: { ...theList, block: 'launch', way: 'up', past: 'organising' } },
  'checklist.removeBlock': { by: 'maria', inputs: { ...theList, block: 'launch' } },
  'checklist.restoreBlock': { by: 'maria', inputs: { ...theList, block: 'launch' } },
  'checklist.contentForm': { by: 'maria', inputs: { ...theList, block: 'planning' } },
  'checklist.saveContent': { by: 'maria', inputs: { ...theList, block: 'planning', newId: 'ny', sv: 'Ny punkt' } },
  'checklist.moveItem': { by: 'maria', inputs: { ...anItem, way: 'up', past: 'responsible' } },
  'checklist.removeItem': { by: 'maria', inputs: anItem },
  'checklist.restoreItem': { by: 'maria', inputs: anItem },
  'checklist.close': { by: 'maria', inputs: theList },
  'checklist.reopen': { by: 'maria', inputs: theList },
  'checklist.overview': { by: 'maria', bar: { ...usual, lists: regionsBodies } },
  'agenda.open': { by: 'kaisa', inputs: { body: 'steering:vastra-nyland' }, bar: { reads: 1, writes: 1, lists: 2 } },
  'agenda.decisions': { by: 'kaisa', inputs: { body: 'steering:vastra-nyland' }, bar: { ...usual, lists: 1 } },
  'agenda.view': { by: 'kaisa', inputs: theAgenda },
  'agenda.itemForm': { by: 'kaisa', inputs: theAgenda },
  'agenda.saveItem': { by: 'kaisa', inputs: { ...theAgenda, title: 'Ärende', kind: 'decision', confidential: 'true' } },
  'agenda.accept': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'agenda.decline': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'agenda.remove': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'agenda.restore': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'agenda.move': { by: 'kaisa', inputs: { ...theAgenda, item: 'opening', way: 'down', past: 'quorum' } },
  'agenda.document': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', document: 'x' } },
  'agenda.send': { by: 'kaisa', inputs: { ...theAgenda, sure: 1 }, bar: { ...usual, lists: 1 } },
  'agenda.reply': { by: 'kaisa', inputs: { ...theAgenda, coming: 'yes' } },
  'sitting.view': { by: 'kaisa', inputs: theAgenda },
  'sitting.beginForm': { by: 'kaisa', inputs: theAgenda },
  'sitting.begin': { by: 'kaisa', inputs: theAgenda, bar: { ...usual, lists: 1 } },
  'sitting.attendForm': { by: 'kaisa', inputs: theAgenda },
  'sitting.attend': { by: 'kaisa', inputs: { ...theAgenda, who: `polisen ${jonas}`, what: 'come', at: 'opening' } },
  'sitting.undoBegin': { by: 'kaisa', inputs: theAgenda },
  'sitting.chairForm': { by: 'kaisa', inputs: theAgenda },
  'sitting.chair': { by: 'kaisa', inputs: { ...theAgenda, person: jonas } },
  'sitting.discussForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.discuss': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', discussion: 'Kort.' } },
  'sitting.decideForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.decide': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', as: 'noted' } },
  'sitting.undecide': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.counterForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.counter': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', counter: 'Nej.' } },
  'sitting.ballotsForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.ballots': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.vote': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', option: 'abstain' } },
  'sitting.endVote': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.withdrawVote': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.recuseForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.recuse': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', who: `polisen ${jonas}` } },
  'sitting.dissentForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.dissent': {
    by: 'kaisa',
    inputs: { ...theAgenda, item: 'figures', for: 1, seat: 'polisen', dissent: 'Nej.' },
  },
  'sitting.assignForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures' } },
  'sitting.assign': {
    by: 'kaisa',
    inputs: { ...theAgenda, item: 'figures', action: 'Ring.', owner: jonas, due: inAWeek },
  },
  'sitting.done': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', action: 'x' } },
  'sitting.undone': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', action: 'x' } },
  'sitting.handOnForm': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', action: 'x' } },
  'sitting.handOn': { by: 'kaisa', inputs: { ...theAgenda, item: 'figures', action: 'x', owner: jonas, due: inAWeek } },
  'sitting.close': { by: 'kaisa', inputs: { ...theAgenda, sure: 1 } },
  'sitting.reopen': { by: 'kaisa', inputs: theAgenda },
  'minutes.open': { by: 'kaisa', inputs: { body: 'steering:vastra-nyland' }, bar: { ...usual, lists: 1 } },
  'minutes.list': { by: 'kaisa', inputs: { body: 'steering:vastra-nyland' }, bar: { ...usual, lists: 1 } },
  'minutes.view': { by: 'kaisa', inputs: theAgenda, bar: read },
  'minutes.make': { by: 'kaisa', inputs: theAgenda, bar: read },
  'minutes.sendForm': { by: 'kaisa', inputs: theMinutes, bar: read },
  'minutes.send': { by: 'kaisa', inputs: { ...theMinutes, checkers: jonas }, bar: read },
  'minutes.approve': { by: 'kaisa', inputs: theMinutes, bar: read },
  'minutes.commentForm': { by: 'kaisa', inputs: theMinutes, bar: read },
  'minutes.comment': { by: 'kaisa', inputs: { ...theMinutes, comment: 'Nej.' }, bar: read },
  'minutes.correctForm': { by: 'kaisa', inputs: theMinutes, bar: read },
  'minutes.correct': { by: 'kaisa', inputs: { ...theMinutes, correction: 'Datum.' }, bar: read },
  'minutes.files': { by: 'kaisa', inputs: theMinutes, bar: read },
  'calendar.view': {},
  'calendar.renew': {},
  'calendar.revoke': {},
  'calendar.choose': { inputs: { detail: 'all' } },
  'calendar.meeting': { on: 'planned' },
  'meeting.form': { inputs: ofLojo({}) },
  'meeting.plan': { by: 'maria', inputs: ofLojo({ date: inAWeek, time: '13:00' }), bar: compared },
  'meeting.leave': {},
  'meeting.list': { bar: ofEachBody },
  'meeting.cadence': { bar: rhythms },
  'meeting.findTime': { by: 'maria', inputs: ofLojo({ kind: 'supervision' }), bar: rhythms },
  'meeting.putOff': { by: 'maria', inputs: ofLojo({ kind: 'supervision', until: inAWeek }) },
  'meeting.view': { on: 'planned' },
  'meeting.reply': { on: 'planned', inputs: { coming: 'yes' } },
  'meeting.voteForm': { on: 'poll' },
  'meeting.vote': { on: 'poll', inputs: { 'vote-in-3': 'yes' } },
  'meeting.pick': { by: 'maria', on: 'poll', inputs: { option: 'in-3' }, bar: compared },
  'meeting.timesForm': { by: 'maria', on: 'poll' },
  'meeting.addTimes': { by: 'maria', on: 'poll', inputs: { times: 'imorgon kl. 9.00' }, bar: compared },
  'meeting.changeTime': {
    by: 'maria',
    on: 'poll',
    inputs: { option: 'in-3', time: 'imorgon kl. 9.00' },
    bar: compared,
  },
  'meeting.removeTime': { by: 'maria', on: 'poll', inputs: { option: 'in-3' } },
  'meeting.extendForm': { by: 'maria', on: 'poll' },
  'meeting.extend': { by: 'maria', on: 'poll', inputs: { deadline: 'om två dagar kl. 9.00' } },
  'meeting.letter': { on: 'planned' },
  'meeting.confirm': { by: 'maria', on: 'proposed', bar: compared },
  'meeting.changeForm': { by: 'maria', on: 'planned' },
  'meeting.change': {
    by: 'maria',
    on: 'planned',
    inputs: { when: 'imorgon kl. 9.00', length: '1 h', title: 'Nytt' },
    bar: compared,
  },
  'meeting.cancelForm': { by: 'maria', on: 'planned' },
  'meeting.cancel': { by: 'maria', on: 'planned' },
  'meeting.recordForm': { by: 'maria', on: 'held' },
  'meeting.record': { by: 'maria', on: 'held', inputs: { came: jonas } },
  'referral.form': {},
  'referral.cancel': {},
  'referral.submit': { inputs: form, bar: handedIn },
  'referral.list': { bar: aList },
  'referral.view': { after: [] },
  'referral.bring': { after: [], bar: aList },
  'referral.claim': { after: [] },
  'referral.release': { after: [{ verb: 'referral.claim' }] },
  'referral.assignForm': { after: [] },
  'referral.assign': { after: [], inputs: { person: objectId('23') } },
  'referral.askForm': { after: [] },
  'referral.ask': { after: [], inputs: { person: objectId('23') } },
  'referral.assessForm': { after: [] },
  'referral.assess': { after: [], inputs: { worry: '3', recommendation: 'accept', note: 'Kort.' } },
  'referral.meetingForm': { after: [...assessed, decided] },
  'referral.details': { after: [] },
  'referral.decisionForm': { after: assessed, inputs: { outcome: 'accepted' } },
  'referral.decide': { after: assessed, inputs: decided.inputs ?? {} },
  'referral.reopen': { after: [...assessed, decided] },
  'local.actAsForm': {},
  'local.actAs': { inputs: { person: objectId('21') } },
  'local.sampleReferral': { bar: numbered },
};

describe('what an action asks of Azure Cosmos DB', () => {
  let cosmos: CosmosServer;
  let app: TestApp;
  let store: Store;
  /** Another instance, which has met everybody and seen no case yet. */
  let other: Running;
  /** How often the other instance was refused a write because the first one wrote meanwhile: it reads and writes anew. */
  let refused = 0;
  before(async () => {
    cosmos = await startCosmosServer();
    const environment = { STORE: 'cosmos', COSMOS_ENDPOINT: cosmos.endpoint, COSMOS_KEY: cosmos.key };
    app = await startTestApp({
      environment,
      through(opened) {
        store = opened;
        return opened;
      },
    });
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
    const countRefused: AroundRequest = async (_operation, _kind, work) => {
      try {
        return await work();
      } catch (error) {
        if (isAppError(error, 'store.conflict')) refused += 1;
        throw error;
      }
    };
    other = await startAgain(app, { through: (opened) => aroundStore(opened, countRefused) }, environment);
    for (const user of Object.values(app.people)) await app.chat.pressOld(user, { verb: 'help.show', data: {} });
    await handIn({ ...app, url: urlOf(other) });
    await other.settled();
  });
  after(async () => {
    await other.stop();
    await app.stop();
    await cosmos.close();
  });

  const urlOf = ({ port }: Running): string => `http://127.0.0.1:${port}`;
  const pressedAt = (bot: Running): void => app.teams.connectTo(`${urlOf(bot)}/api/messages`);

  async function asked(action: string): Promise<Bar & { across: number }> {
    const text = await (await fetch(`${urlOf(other)}/metrics`)).text();
    const of = (...operations: string[]): number =>
      operations
        .map((operation) => `ankarbot_store_requests_total{operation="${operation}",action="${action}"} `)
        .map(
          (start) =>
            text
              .split('\n')
              .find((line) => line.startsWith(start))
              ?.slice(start.length) ?? '0',
        )
        .reduce((sum, count) => sum + Number(count), 0);
    return {
      reads: of('get'),
      writes: of('create', 'replace', 'remove'),
      lists: of('query', 'count'),
      across: of('due', 'groups'),
    };
  }

  async function press(step: Step, reference: string | null): Promise<void> {
    const user = app.people[step.by ?? 'petri'];
    const formId = crypto.randomUUID();
    const { status } = reference
      ? await pressOn(app.chat, user, reference, step.verb, step.inputs)
      : await app.chat.pressOld(user, { verb: step.verb, data: { formId, ...step.inputs } });
    expect(status).to.equal(200);
  }

  /** A case that the other instance has not seen. */
  async function freshCase(steps: readonly Step[]): Promise<string> {
    pressedAt(app.bot);
    const reference = await handIn(app);
    // Many cards in one chat wait for their turn.
    await shown(app.chat, reference, [], 40_000);
    for (const step of steps) await press(step, reference);
    await app.bot.settled();
    return reference;
  }

  /** A meeting that no instance has seen; what its cards carry. */
  async function freshMeeting(state: Parameters<typeof meetingIn>[0]): Promise<Fields> {
    const fresh = meetingIn(state, crypto.randomUUID(), Temporal.Now.instant());
    await plant(store, fresh);
    return { id: fresh.id, ...(fresh.stage.is === 'planned' && { on: fresh.stage.schedule.first.start.slice(0, 10) }) };
  }

  it('is measured for every verb', () => {
    expect(Object.keys(actions)).to.have.members(allVerbs);
  });

  it('is one read and one write to take a case that was never seen, and one write for one that was', async () => {
    const reference = await freshCase([]);
    pressedAt(other);
    await press({ verb: 'referral.claim' }, reference);
    expect(await asked('referral.claim')).to.deep.equal({ reads: 1, writes: 1, lists: 0, across: 0 });
    await press({ verb: 'referral.release' }, reference);
    expect(await asked('referral.release')).to.deep.equal({ reads: 0, writes: 1, lists: 0, across: 0 });
  });

  it('is followed by about one read and one write for each card that is sent', async () => {
    const cases = [await freshCase([]), await freshCase([]), await freshCase([])];
    pressedAt(other);
    await other.settled();
    const before = await asked('none');
    for (const reference of cases) {
      await press({ verb: 'referral.claim' }, reference);
      await other.settled();
    }
    const now = await asked('none');
    // What changed in the region is looked for now and then, too.
    expect(now.reads - before.reads).to.be.within(3, 3 + 2);
    expect(now.writes - before.writes).to.equal(3);
  });

  /** What `work` asked for, under one of the names of `asked`, at the most. */
  async function requireAtMost(bar: Bar, action: string, work: () => Promise<unknown>, when = action): Promise<void> {
    const before = { ...(await asked(action)), refused };
    await work();
    const now = await asked(action);
    const again = refused - before.refused;
    expect(now.reads - before.reads, `point reads, ${when}`).to.be.at.most(bar.reads + again);
    expect(now.writes - before.writes, `writes, ${when}`).to.be.at.most(bar.writes + again);
    expect(now.lists - before.lists, `queries, ${when}`).to.be.at.most(bar.lists);
    expect(now.across, 'queries over all partitions').to.equal(0);
  }

  it('is as much for rhythms that are asked for in words as for the verb of it', async () => {
    pressedAt(other);
    for (const words of ['rytm', 'rytmi', 'rhythm']) {
      const { lists } = await asked('message');
      await requireAtMost(rhythms, 'message', () => app.chat.say(app.people.petri, words), words);
      expect((await asked('message')).lists, `${words} is understood`).to.equal(lists + rhythms.lists);
      await other.settled();
    }
  });

  it('is four queries for a member who proposes a meeting: what comes, and, counting those that wait, what was cancelled', async () => {
    pressedAt(other);
    const inputs = ofLojo({ date: inAWeek, time: '13:00' });
    for (const time of ['first', 'second'])
      await requireAtMost(
        { ...usual, lists: 4 },
        'meeting.plan',
        () => press({ verb: 'meeting.plan', inputs }, null),
        time,
      );
    await other.settled();
  });

  it('is one read and three queries for the calendar at an address, two reads for one meeting as a file, and no write', async () => {
    pressedAt(other);
    const fetched = async (verb: Verb, data: Fields): Promise<() => Promise<void>> => {
      const { card } = await app.chat.pressOld(app.people.petri, { verb, data });
      const [path] = /\/calendar\/[\w.-]+/.exec(JSON.stringify(card)) ?? [];
      return async () => void expect((await fetch(`${urlOf(other)}${path}`)).status).to.equal(200);
    };
    const all = await fetched('calendar.renew', {});
    const one = await fetched('calendar.meeting', await freshMeeting('planned'));
    for (const time of ['first', 'second']) {
      await requireAtMost({ reads: 1, writes: 0, lists: 3 }, 'calendar', all, `${time} time, all`);
      await requireAtMost({ reads: 2, writes: 0, lists: 0 }, 'calendar', one, `${time} time, one`);
    }
  });

  for (const [verb, { after, on, bar = usual, ...step }] of Object.entries(actions)) {
    it(`${verb}: reads ${bar.reads} and writes ${bar.writes} at most, and asks no other partition`, async () => {
      const reference = after ? await freshCase(after) : null;
      const meeting = on ? await freshMeeting(on) : null;
      pressedAt(other);
      // A number that the other instance gave meanwhile would make this one count again.
      if (bar.writes > 1) await handIn({ ...app, url: urlOf(other) });
      // At first the case is not at hand, then it is, and then it often has to be refused or changes nothing.
      for (const time of ['first', 'second', 'third']) {
        const pressed = () => press({ ...step, verb: verb as Verb, inputs: { ...meeting, ...step.inputs } }, reference);
        await requireAtMost(bar, verb, pressed, `${time} press`);
        await other.settled();
      }
    });
  }
});
