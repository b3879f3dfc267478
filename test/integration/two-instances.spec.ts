import { expect } from 'chai';
import type { Running } from '../../bot/main.ts';
import { startTestApp } from '../support/app.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { onCosmos } from '../support/fault-run.ts';
import { answered, handIn, pressOn, shown, startAgain, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, findAction, gatherInputs, textOf } from '../support/teams/cards.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** What one instance knows of people and chats may be this old, and a moment more for the looking up, in milliseconds. */
const lag = 6_000;

describe('what one of two instances changes', () => {
  let cosmos: CosmosServer;
  let clock: ShiftingClock;
  let app: TestApp;
  let other: Running;
  let reference: string;
  beforeEach(async () => {
    cosmos = await startCosmosServer();
    clock = shiftingClock();
    const environment = onCosmos(cosmos);
    app = await startTestApp({ clock, environment });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    reference = await handIn(app);
    await shown(app.chat, reference);
    other = await startAgain(app, { clock }, environment);
  });
  afterEach(async () => {
    await other.stop();
    await app.stop();
    await cosmos.close();
  });

  const at = (bot: Running): void => app.teams.connectTo(`http://127.0.0.1:${bot.port}/api/messages`);
  const laterOn = async (): Promise<void> => {
    clock.jump(clock.now().add({ milliseconds: lag }));
    await clock.untilAsleep(4_000);
  };

  it('is decided on at the other at once: a case has one owner, whoever asks whom', async () => {
    const { petri, sofia } = app.people;
    at(other);
    await pressOn(app.chat, petri, reference, 'referral.view');
    at(app.bot);
    await pressOn(app.chat, petri, reference, 'referral.claim');
    at(other);
    const refused = answered(await pressOn(app.chat, sofia, reference, 'referral.claim'));
    expect(refused).to.include(sv('errors.referral.takenBy', { person: petri.name }));
    await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
  });

  it('leaves to whoever fills in a form at the other all that they typed, though what it is about is gone', async () => {
    const { maria, petri } = app.people;
    const press = (by: TeamsUser, verb: string, data: Fields = {}) =>
      app.chat.pressOld(by, { verb, data: { body: 'team:lojo', list: 'startup', item: 'crime', ...data } });
    at(app.bot);
    await press(maria, 'checklist.start', { template: 'startup' });
    const opened = await press(petri, 'checklist.linkForm');
    const sent = gatherInputs(findAction(opened.card ?? {}, 'checklist.link'), { link: 'example.com' });
    await press(maria, 'checklist.link', { link: 'https://example.com/' });
    at(other);
    await press(maria, 'checklist.removeItem');
    at(app.bot);
    const again = await press(petri, 'checklist.link', sent);
    expect(answered(again)).to.include(sv('problem.notALink'));
    expect(gatherInputs(findAction(again.card ?? {}, 'checklist.link'), {})).to.deep.equal(sent);
  });

  it('goes out once when it is an agenda that both are told to send', async () => {
    const { kaisa } = app.people;
    const body = 'steering:vastra-nyland';
    const press = (verb: string, data: Fields = {}) =>
      app.chat.pressOld(kaisa, { verb, data: { body, sitting: '1', ...data } });
    await app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    await app.bot.settled();
    await press('agenda.open');
    const date = clock
      .now()
      .add({ hours: 30 * 24 })
      .toString()
      .slice(0, 10);
    const meeting = {
      formId: crypto.randomUUID(),
      body,
      title: 'Styrgruppsmöte',
      date,
      time: '13:00',
      kind: 'meeting',
    };
    const inputs = { ...meeting, everyone: 'everyone' };
    const asked = await press('meeting.plan', inputs);
    const doubted = executeActions(asked.card ?? {}).find(({ action }) => action.verb === 'meeting.plan')?.action.data;
    if (isFields(doubted)) await press('meeting.plan', { ...inputs, despite: String(doubted.despite) });
    await Promise.all([app.bot.settled(), other.settled()]);
    at(app.bot);
    const sending = press('agenda.send', { sure: 1 });
    at(other);
    await Promise.all([sending, press('agenda.send', { sure: 1 })]);
    await Promise.all([app.bot.settled(), other.settled()]);
    const cards = app.teams
      .personalChat(kaisa)
      .messages.filter(({ activity, deleted }) => !deleted && verbsOn(cardOf(activity) ?? {}).includes('agenda.reply'));
    expect(cards).to.have.length(1);
    await press('agenda.reply', { coming: 'yes' });
    await Promise.all([app.bot.settled(), other.settled()]);
    at(app.bot);
    const answer = sv('agenda.yourAnswer', { answer: sv('meeting.coming.yes') });
    expect(answered(await press('agenda.view')), 'at the one that was not told').to.include(answer);
  });

  it('keeps out of the other, too, who was taken out of the team', async () => {
    const { maria, niina } = app.people;
    at(app.bot);
    const data = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    expect(answered(await pressOn(app.chat, niina, reference, 'referral.details'))).to.not.include('Elliot');
    await laterOn();
    at(other);
    for (const verb of ['referral.view', 'referral.details', 'referral.claim'] as const) {
      const text = answered(await pressOn(app.chat, niina, reference, verb));
      expect(text, verb).to.include(sv('errors.directory.notAMember')).and.not.include(reference);
    }
  });

  it('leaves with whom the other has given something who was put in again there', async () => {
    const { maria, niina, petri } = app.people;
    const seat = { body: 'team:lojo', person: niina.aadObjectId };
    at(app.bot);
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data: { ...seat, confirmed: 1 } });
    await laterOn();
    at(other);
    const kept = answered(await pressOn(app.chat, niina, reference, 'referral.view'));
    expect(kept, 'known there').to.include(sv('errors.directory.notAMember'));
    await Promise.all([app.bot.settled(), other.settled()]);
    at(app.bot);
    const chosen = { ...seat, role: 'member', profession: 'health' };
    await app.chat.pressOld(maria, { verb: 'team.setMember', data: chosen });
    await pressOn(app.chat, niina, reference, 'referral.claim');
    at(other);
    const seen = answered(await pressOn(app.chat, petri, reference, 'referral.view'));
    expect(seen).to.include(sv('referral.state.taken', { name: niina.name }));
    const refused = answered(await pressOn(app.chat, petri, reference, 'referral.claim'));
    expect(refused).to.include(sv('errors.referral.takenBy', { person: niina.name }));
  });

  it('leaves nothing with who is taken out a moment after they took it, though no other instance is there', async () => {
    const { maria, niina } = app.people;
    await other.stop();
    at(app.bot);
    await pressOn(app.chat, niina, reference, 'referral.claim');
    const data = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    await app.bot.settled();
    for (let looks = 0; looks < 3; looks += 1) await laterOn();
    await shown(app.chat, reference, [sv('referral.state.waiting')], 5_000);
  });

  it('is free for whoever presses first, once it is known that its owner has left', async () => {
    const { maria, niina, petri } = app.people;
    await other.stop();
    at(app.bot);
    await pressOn(app.chat, niina, reference, 'referral.claim');
    const data = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    await app.bot.settled();
    await laterOn();
    const taken = answered(await pressOn(app.chat, petri, reference, 'referral.claim'));
    expect(taken).to.include(sv('referral.state.taken', { name: petri.name }));
  });

  it('is sent by the other, which knew an older state, when the first ends before it could send', async () => {
    const { petri } = app.people;
    at(other);
    await pressOn(app.chat, petri, reference, 'referral.view');
    await other.settled();
    at(app.bot);
    const end = app.teams.fail(() => ({ status: 503 }));
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await app.bot.stop();
    end();
    clock.jump(clock.now().add({ minutes: 3 }));
    await clock.untilAsleep(4_000);
    await other.settled();
    await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })], 8_000);
  });

  it('lets nothing be sent by the other to a chat that is closed', async () => {
    const { maria } = app.people;
    app.chat.blockBot();
    at(app.bot);
    await pressOn(app.chat, maria, reference, 'referral.claim');
    const personal = app.teams.personalChat(maria);
    await personal.waitFor(() => personal.text().includes(sv('notice.chatGone.title')), 5_000);
    await laterOn();
    const tried = app.teams.requests.filter(({ conversationId }) => conversationId === app.chat.id).length;
    await handIn({ ...app, url: `http://127.0.0.1:${other.port}` });
    await other.settled();
    expect(app.teams.requests.filter(({ conversationId }) => conversationId === app.chat.id)).to.have.lengthOf(tried);
  });

  it('is said at the door, too, by the other that did not know yet whose chat it is', async () => {
    const { maria } = app.people;
    const chat = app.teams.groupChat({ name: 'Nytt', members: [maria] });
    at(app.bot);
    await chat.installBot(maria);
    await chat.waitFor(() => chat.text().includes(sv('binding.title')));
    await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, chat.messages[0]);
    await app.bot.settled();
    at(other);
    await chat.removeBot(maria);
    await chat.installBot(maria);
    await other.settled();
    const greeting = (): string => textOf(chat.messages.at(-1)?.activity ?? { type: 'message' });
    expect(greeting(), 'not known yet').to.include(sv('binding.title'));
    await laterOn();
    await chat.waitFor(() => greeting().includes(sv('welcome.team', { body: 'Lojo ankarteam' })), 5_000);
  });
});
