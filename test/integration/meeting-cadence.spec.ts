import { expect } from 'chai';
import type { Running } from '../../bot/main.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { raseborg } from '../support/builders.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { changedRegion } from '../support/crowd.ts';
import { onCosmos } from '../support/fault-run.ts';
import { type MeetingRun, meetingCardsIn, startMeetings } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, startAgain, type TestApp, temporaryFolder } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, textOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

const sv = textsFor('sv');
const question = (title: string): string => sv('meeting.cadence.ask.title', { title });
const ofTheTeam = question('Teammöte · Lojo ankarteam');
const ofSupervision = question('Arbetshandledning · Lojo ankarteam');

/** The questions that somebody has been asked in private, oldest first. */
function askedOf(app: TestApp, user: TeamsUser, about = ofTheTeam): Message[] {
  return app.teams.personalChat(user).messages.filter(({ activity }) => textOf(activity).includes(about));
}

const verbsOn = (message: Message): string[] =>
  executeActions(cardOf(message.activity) ?? {}).map(({ action }) => String(action.verb));

function dataOf(message: Message | undefined, verb: string): Fields {
  const actions = executeActions(message ? (cardOf(message.activity) ?? {}) : {});
  const data = actions.find(({ action }) => action.verb === verb)?.action.data;
  if (!isFields(data)) throw new Error(`Nothing there is ${verb}.`);
  return data;
}

/** Begins on a Monday. The first whole week after it ends on Sunday 6 December. */
describe('the watch over the rhythm of meetings', () => {
  const folder = temporaryFolder();
  let run: MeetingRun;
  let maria: TeamsUser;
  let petri: TeamsUser;
  let personal: Chat;
  beforeEach(async () => {
    run = await startMeetings({ dataDir: folder.path });
    ({ maria, petri } = run.app.people);
    personal = run.app.teams.personalChat(maria);
  });
  afterEach(async () => {
    await run.stop();
    folder.remove();
  });

  const press = (message: Message | undefined, verb: string, inputs: Fields = {}) =>
    personal.pressOld(maria, { verb, data: { ...dataOf(message, verb), ...inputs } }, message);

  async function makeLeader(user: TeamsUser, profession: string): Promise<void> {
    const data = { body: 'team:lojo', person: user.aadObjectId, profession, role: 'leader' };
    await run.app.chat.pressOld(maria, { verb: 'team.setMember', data });
  }

  it('asks the leader alone, once, as work begins in the week in which the rhythm would break, also after a restart', async () => {
    await run.to('2026-11-27T15:00');
    expect(askedOf(run.app, maria)).to.have.length(0);
    await run.to('2026-11-30T07:59');
    expect(askedOf(run.app, maria)).to.have.length(0);
    await run.to('2026-11-30T08:01');
    const [asked] = askedOf(run.app, maria);
    expect(asked && textOf(asked.activity))
      .to.include('ons 2 dec kl. 09.00')
      .and.include('sön 6 dec');
    await run.restart();
    for (const day of ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-04']) await run.to(`${day}T15:00`);
    expect(askedOf(run.app, maria)).to.have.length(1);
    expect(askedOf(run.app, petri)).to.have.length(0);
    await run.to('2026-12-07T08:01');
    expect(askedOf(run.app, maria), 'in the next interval').to.have.length(2);
  });

  it('opens the form of a poll with free times, which is checked, changed and sent like any other', async () => {
    await run.send(meeting({ plan: { one: { start: '2026-12-03T09:00', minutes: 60 }, repeat: null }, kind: 'case' }));
    await run.to('2026-11-30T08:01');
    const [asked] = askedOf(run.app, maria);
    const opened = await press(asked, 'meeting.findTime');
    const form = opened.card ?? {};
    const fields = Object.fromEntries(
      executeActions(form)
        .flatMap(({ inputs }) => inputs)
        .map(({ id, value }) => [id, value]),
    );
    expect(fields.times, 'on the Thursday somebody has something at nine').to.equal(
      'ons 2 dec kl. 09.00\ntors 3 dec kl. 13.00\nfre 4 dec kl. 09.00',
    );
    const plan = executeActions(form).find(({ action }) => action.verb === 'meeting.plan')?.action.data;
    const given = { ...fields, times: 'ons 2 dec kl. 10.00\nfre 4 dec kl. 09.00' };
    await personal.pressOld(
      maria,
      { verb: 'meeting.plan', data: { ...(isFields(plan) ? plan : {}), ...given } },
      asked,
    );
    await run.bot().settled();
    const poll = meetingCardsIn(run.app.chat).at(-1);
    expect(poll && textOf(poll.activity))
      .to.include('ons 2 dec kl. 10.00')
      .and.not.include('tors 3 dec');
    // Nobody asks twice for the same.
    expect(answered(await press(asked, 'meeting.findTime'))).to.include(sv('errors.cadence.sought'));
    await run.to('2026-12-02T15:00');
    expect(askedOf(run.app, maria)).to.have.length(1);
  });

  it('leaves in peace until the next interval whoever puts it off, and those who have not been asked yet', async () => {
    const { sofia } = run.app.people;
    await makeLeader(sofia, 'social');
    run.app.teams.personalChat(sofia).blockBot();
    await run.to('2026-11-30T08:01');
    const [asked] = askedOf(run.app, maria);
    const text = answered(await press(asked, 'meeting.putOff'));
    expect(text).to.include(sv('meeting.cadence.putOff', { title: 'Teammöte · Lojo ankarteam', date: 'sön 6 dec' }));
    for (const day of ['2026-12-01', '2026-12-04']) await run.to(`${day}T08:01`);
    expect(askedOf(run.app, maria)).to.have.length(1);
    await run.to('2026-12-07T08:01');
    expect(askedOf(run.app, maria)).to.have.length(2);
    expect(answered(await press(asked, 'meeting.putOff')), 'an old card puts off nothing new').to.include('sön 6 dec');
  });

  it('asks for supervision by itself, and for nobody who leads nothing any more', async () => {
    const { sofia } = run.app.people;
    await makeLeader(sofia, 'social');
    await run.send(meeting({ plan: { one: { start: '2026-12-16T09:00', minutes: 60 }, repeat: null } }));
    await run.to('2026-12-15T08:01');
    expect(askedOf(run.app, sofia, ofSupervision)).to.have.length(0);
    const data = { body: 'team:lojo', person: sofia.aadObjectId, confirmed: 1 };
    await run.app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    await run.to('2026-12-16T08:01');
    expect(askedOf(run.app, maria, ofSupervision)).to.have.length(1);
    expect(askedOf(run.app, sofia, ofSupervision)).to.have.length(0);
  });

  it('follows a region file that asks for something else from then on', async () => {
    await run.to('2026-11-27T08:01');
    const REGION_FILE = changedRegion(folder.path, (region) => {
      region.meetings = { cadence: { team: null, supervision: { weeks: 1 } } };
    });
    await run.restart({ REGION_FILE });
    await run.to('2026-11-30T08:01');
    expect(askedOf(run.app, maria)).to.have.length(0);
    expect(askedOf(run.app, maria, ofSupervision)).to.have.length(1);
  });

  it('tells what was held long after its card is over, and what comes', async () => {
    await run.send(meeting());
    await run.send(
      meeting({ plan: { one: { start: '2026-12-17T13:00', minutes: 60 }, repeat: null } }, { id: crypto.randomUUID() }),
    );
    await run.to('2026-12-10T09:00');
    const { card } = await run.app.chat.pressOld(petri, { verb: 'meeting.cadence', data: {} });
    const text = textOf({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card ?? {} }],
    });
    expect(text).to.include(sv('meeting.cadence.dates', { last: 'tors 26 nov', next: 'tors 17 dec' }));
    expect(text).to.include(sv('meeting.cadence.state.missed', { date: 'sön 6 dec' }));
    expect(text).to.include(
      sv('meeting.cadence.year', { held: 1, planned: 1, rhythm: sv('meeting.cadence.broken', { count: 1 }) }),
    );
  });

  describe('rytm', () => {
    const raseborgs = 'Teammöte · Raseborgs ankarteam';
    async function said(user: TeamsUser, text: string, chat: Chat): Promise<Message> {
      const before = chat.messages.length;
      await chat.say(user, text);
      await run.bot().settled();
      return chat.waitFor(() => chat.messages[before]);
    }

    it('shows in the chat of a body its own rhythms, and whoever presses all of theirs', async () => {
      const message = await said(petri, 'rytm', run.app.chat);
      const text = textOf(message.activity);
      expect(text).to.include('Teammöte').and.include('Arbetshandledning').and.include('Bevakas nu');
      expect(text).to.not.include(raseborgs);
      expect(verbsOn(message)).to.include('meeting.cadence');
    });

    it('shows the coordinating manager the region, and everybody else what they belong to', async () => {
      const { kaisa } = run.app.people;
      const gunilla = run.app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
      const inPrivate = async (user: TeamsUser, text: string) =>
        textOf((await said(user, text, run.app.teams.personalChat(user))).activity);
      await run.send(meeting({ body: raseborg, title: 'Hemlig rubrik' }, { by: 'gunilla' }));
      const hers = await inPrivate(kaisa, 'rytm');
      expect(hers).to.include('Lojo ankarteam').and.include(raseborgs).and.include('tors 26 nov');
      expect(hers, 'it tells dates and nothing else').to.not.include('Hemlig');
      expect(hers.indexOf('Styrgruppen i Västra Nyland'), 'what is hers first').to.be.lessThan(hers.indexOf('Lojo'));
      expect(await inPrivate(gunilla, 'rytmi'))
        .to.include('Tiimikokous · Raaseporin')
        .and.not.include('Lohja');
      expect(await inPrivate(petri, 'rhythm'))
        .to.include('Lohja Anchor team')
        .and.not.include('Raseborg');
    });

    it('says nothing of a body in the chat of another', async () => {
      const message = await said(run.app.people.kaisa, 'rytm', run.app.chat);
      expect(textOf(message.activity)).to.include(sv('errors.directory.notHere'));
    });

    it('offers times to the leader of a body that is to look for one', async () => {
      await run.to('2026-11-30T09:00');
      const shown = async (user: TeamsUser) =>
        executeActions((await run.app.chat.pressOld(user, { verb: 'meeting.cadence', data: {} })).card ?? {}).map(
          ({ action }) => action.verb,
        );
      expect(await shown(maria)).to.include('meeting.findTime');
      expect(await shown(petri)).to.not.include('meeting.findTime');
    });
  });
});

describe('the watch over the rhythm of meetings, of two instances', () => {
  let cosmos: CosmosServer;
  let clock: ShiftingClock;
  let app: TestApp;
  let other: Running;
  before(async () => {
    cosmos = await startCosmosServer();
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    const environment = onCosmos(cosmos);
    app = await startTestApp({ clock, environment });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
    other = await startAgain(app, { clock }, environment);
  });
  after(async () => {
    await other.stop();
    await app.stop();
    await cosmos.close();
  });

  it('asks once, whichever it is', async () => {
    for (const day of ['2026-11-24', '2026-11-30', '2026-12-01']) {
      await goTo(inHelsinki(`${day}T08:01`), clock, app.bot);
      await Promise.all([app.bot.settled(), other.settled()]);
    }
    await goTo(inHelsinki('2026-12-01T08:10'), clock, app.bot);
    await Promise.all([app.bot.settled(), other.settled()]);
    expect(askedOf(app, app.people.maria)).to.have.length(1);
  }).timeout(30_000);
});
