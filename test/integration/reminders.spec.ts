import { expect } from 'chai';
import type { Running } from '../../bot/main.ts';
import { formatMoment } from '../../src/cards/dates.ts';
import { toStored } from '../../src/shared/clock.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { answered, handIn, pressOn, privately, shown, startAgain, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, textOf } from '../support/teams/cards.ts';
import type { TeamsUser } from '../support/teams/world.ts';

type Kind = 'untaken' | 'untakenLeader' | 'undecided' | 'undecidedLeader';

/** Times are Helsinki's, as people see them; work is from 8 to 16. */
describe('reminders', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let bot: Running;
  let experts: TeamsUser[];

  async function begin(at: string): Promise<void> {
    clock = shiftingClock(inHelsinki(at));
    app = await startTestApp({ clock });
    bot = app.bot;
    const { maria, petri, sofia, niina, jonas } = app.people;
    experts = [maria, petri, sofia, niina, jonas];
    app.teams.limited = false;
    await app.chat.installBot(maria);
  }
  afterEach(async () => {
    await bot.stop();
    await app.stop();
  });

  const to = (local: string): Promise<void> => goTo(inHelsinki(local), clock, bot);

  async function restart(): Promise<void> {
    await bot.stop();
    bot = await startAgain(app, { clock });
  }

  async function newCase(fields: object = {}): Promise<string> {
    const reference = await handIn({ ...app, url: `http://127.0.0.1:${bot.port}` }, { ...fields });
    await shown(app.chat, reference);
    return reference;
  }
  const title = (kind: Kind, reference: string): string => sv(`notice.${kind}.title`, { reference });
  const told = (user: TeamsUser, kind: Kind, reference: string): number =>
    privately(app, user, reference).filter((text) => text === title(kind, reference)).length;
  const expectTold = (users: TeamsUser[], kind: Kind, reference: string): void => {
    const counts = experts.map((user) => `${user.name}: ${told(user, kind, reference)}`);
    expect(counts, `${kind} at ${clock.now()}`).to.deep.equal(
      experts.map((user) => `${user.name}: ${users.includes(user) ? 1 : 0}`),
    );
  };

  it('remind each expert once in private of what nobody has taken for a working day, and a day later the leader', async () => {
    await begin('2026-11-23T09:00');
    const { maria } = app.people;
    const reference = await newCase();
    await to('2026-11-24T08:59');
    expectTold([], 'untaken', reference);
    await to('2026-11-24T09:01');
    expectTold(experts, 'untaken', reference);
    await to('2026-11-25T08:59');
    expectTold([], 'untakenLeader', reference);
    await to('2026-11-25T09:01');
    expectTold([maria], 'untakenLeader', reference);
    await to('2026-11-27T15:00');
    expectTold(experts, 'untaken', reference);
    expectTold([maria], 'untakenLeader', reference);
    expect(app.chat.text(), 'nobody is put to shame before the others').to.not.include(title('untaken', reference));
  });

  it('let whoever is reminded take the case right there', async () => {
    await begin('2026-11-23T09:00');
    const { jonas } = app.people;
    const reference = await newCase();
    await to('2026-11-24T09:01');
    const personal = app.teams.personalChat(jonas);
    const answer = await personal.press(jonas, personal.last(), 'referral.claim');
    expect(answered(answer)).to.include(sv('referral.state.taken', { name: jonas.name }));
    await shown(app.chat, reference, [sv('referral.state.taken', { name: jonas.name })]);
  });

  it('let the leader take what the experts leave, or hand it over, right there', async () => {
    await begin('2026-11-23T09:00');
    const { maria, jonas } = app.people;
    const reference = await newCase();
    await to('2026-11-25T09:01');
    const personal = app.teams.personalChat(maria);
    const reminder = personal.last();
    expect(verbsOn(cardOf(reminder.activity) ?? {})).to.deep.equal([
      'referral.claim',
      'referral.assignForm',
      'referral.view',
    ]);
    await personal.press(maria, reminder, 'referral.assignForm');
    await personal.press(maria, reminder, 'referral.assign', { person: jonas.aadObjectId });
    await shown(app.chat, reference, [sv('referral.state.taken', { name: jonas.name })]);
    await bot.settled();
    expect(textOf(app.teams.personalChat(jonas).last().activity)).to.include(`${maria.name} i Lojo ankarteam`);
  });

  it('come after two working hours when it is to be handled at once', async () => {
    await begin('2026-11-23T15:00');
    const { maria } = app.people;
    const reference = await newCase({ urgency: 'atOnce' });
    await to('2026-11-23T17:30');
    await to('2026-11-24T08:59');
    expectTold([], 'untaken', reference);
    await to('2026-11-24T09:01');
    expectTold(experts, 'untaken', reference);
    await to('2026-11-25T09:01');
    expectTold([maria], 'untakenLeader', reference);
  });

  it('do not come when the case is taken in time', async () => {
    await begin('2026-11-23T09:00');
    const reference = await newCase();
    await to('2026-11-24T08:50');
    await pressOn(app.chat, app.people.petri, reference, 'referral.claim');
    await to('2026-11-24T09:01');
    await to('2026-11-26T12:00');
    expectTold([], 'untaken', reference);
    expectTold([], 'untakenLeader', reference);
  });

  it('spare the leader when the case is taken after the first reminder', async () => {
    await begin('2026-11-23T09:00');
    const reference = await newCase();
    await to('2026-11-24T09:01');
    await pressOn(app.chat, app.people.petri, reference, 'referral.claim');
    await to('2026-11-26T12:00');
    expectTold(experts, 'untaken', reference);
    expectTold([], 'untakenLeader', reference);
  });

  it('count anew from when a case is given back', async () => {
    await begin('2026-11-23T09:00');
    const { petri } = app.people;
    const reference = await newCase();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await to('2026-11-25T14:00');
    await pressOn(app.chat, petri, reference, 'referral.release');
    await to('2026-11-26T13:59');
    expectTold([], 'untaken', reference);
    await to('2026-11-26T14:01');
    expectTold(experts, 'untaken', reference);
  });

  it('come again when a case was given back after a reminder and lies untaken once more', async () => {
    await begin('2026-11-23T09:00');
    const { petri } = app.people;
    const reference = await newCase();
    await to('2026-11-24T09:01');
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await to('2026-11-24T10:00');
    await pressOn(app.chat, petri, reference, 'referral.release');
    await to('2026-11-25T10:01');
    for (const user of experts) expect(told(user, 'untaken', reference), user.name).to.equal(2);
  });

  it('remind the owner alone of what is undecided after five working days, and a day later the leader', async () => {
    await begin('2026-11-23T09:00');
    const { maria, petri } = app.people;
    const reference = await newCase();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await to('2026-11-30T08:59');
    expectTold([], 'undecided', reference);
    await to('2026-11-30T09:01');
    expectTold([petri], 'undecided', reference);
    await to('2026-12-01T09:01');
    expectTold([maria], 'undecidedLeader', reference);
    const owned = sv('notice.undecidedLeader.owned', { name: petri.name, team: 'Lojo ankarteam' });
    expect(app.teams.personalChat(maria).text()).to.include(owned);
    await to('2026-12-04T12:00');
    expectTold([petri], 'undecided', reference);
    expectTold([maria], 'undecidedLeader', reference);
  });

  it('do not reach who has left the team before they could be sent', async () => {
    await begin('2026-11-23T09:00');
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    // The bot has never met him, so nothing can be sent to him at first.
    const mikael = app.teams.addUser({ name: 'Mikael Holm', aadObjectId: objectId('31') });
    const chat = app.teams.groupChat({ members: [gunilla] });
    await chat.installBot(gunilla);
    await chat.waitFor(() => chat.messages.length === 1);
    await chat.press(gunilla, chat.last(), 'chat.bind', { body: 'team:raseborg' });
    const reference = await handIn({ ...app, url: `http://127.0.0.1:${bot.port}` }, { municipality: 'Hangö' });
    await shown(chat, reference);
    await to('2026-11-24T09:01');
    expect(told(gunilla, 'untaken', reference)).to.equal(1);
    const data = { body: 'team:raseborg', person: mikael.aadObjectId, confirmed: 1 };
    await chat.pressOld(gunilla, { verb: 'team.removeMember', data });
    await app.teams.personalChat(mikael).say(mikael, 'hjälp');
    await to('2026-11-24T12:00');
    expect(told(mikael, 'untaken', reference)).to.equal(0);
  });

  it('do not come after the decision, and start anew with a reopening', async () => {
    await begin('2026-11-23T09:00');
    const { maria, petri } = app.people;
    const reference = await newCase();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const decide = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', decide);
    await to('2026-12-07T12:00');
    expectTold([], 'undecided', reference);
    await pressOn(app.chat, petri, reference, 'referral.reopen');
    const card = await shown(app.chat, reference, [sv('referral.reopened')]);
    const when = formatMoment(toStored(clock.now()), 'Europe/Helsinki', sv, clock.now());
    expect(textOf(card.activity), 'from when on it waits').to.include(sv('referral.reopenedAt', { when }));
    await to('2026-12-14T11:59');
    expectTold([], 'undecided', reference);
    await to('2026-12-14T12:01');
    expectTold([petri], 'undecided', reference);
  });

  it('rest at night and over the weekend', async () => {
    await begin('2026-11-27T20:00');
    const reference = await newCase();
    for (const quiet of [
      '2026-11-28T12:00',
      '2026-11-29T12:00',
      '2026-11-30T15:59',
      '2026-11-30T20:00',
      '2026-12-01T07:59',
    ]) {
      await to(quiet);
      expectTold([], 'untaken', reference);
    }
    await to('2026-12-01T08:01');
    expectTold(experts, 'untaken', reference);
  });

  it('rest on public holidays: over Christmas a day is long', async () => {
    // 24 and 25 December 2026 are a Thursday and a Friday.
    await begin('2026-12-23T12:00');
    const reference = await newCase();
    await to('2026-12-28T11:59');
    expectTold([], 'untaken', reference);
    await to('2026-12-28T12:01');
    expectTold(experts, 'untaken', reference);
  });

  it('come once over restarts, also when they fell due while the bot was not running', async () => {
    await begin('2026-11-23T09:00');
    const reference = await newCase();
    await restart();
    await to('2026-11-24T09:01');
    expectTold(experts, 'untaken', reference);
    await restart();
    await to('2026-11-24T12:00');
    expectTold(experts, 'untaken', reference);

    const other = await newCase();
    await bot.settled();
    await bot.stop();
    clock.jump(inHelsinki('2026-11-25T23:00'));
    bot = await startAgain(app, { clock });
    await to('2026-11-26T07:59');
    expectTold([], 'untaken', other);
    await to('2026-11-26T08:01');
    expectTold(experts, 'untaken', other);
    await restart();
    await to('2026-11-26T08:30');
    expectTold(experts, 'untaken', other);
  });

  it('show on the card each working hour of the first day how long the case has waited', async () => {
    await begin('2026-11-26T09:30');
    const reference = await newCase();
    const card = await shown(app.chat, reference);
    await to('2026-11-26T10:29');
    const atFirst = card.versions.length;
    await to('2026-11-26T10:31');
    await shown(app.chat, reference, [sv('referral.waitedHours', { count: 1 })]);
    await to('2026-11-26T11:31');
    await shown(app.chat, reference, [sv('referral.waitedHours', { count: 2 })]);
    expect(card.versions.length, 'once an hour').to.equal(atFirst + 2);
    await to('2026-11-27T09:31');
    await shown(app.chat, reference, [sv('referral.waited', { count: 1 })]);
  });

  it('leave alone a card in which somebody fills in a form, and count on it once that is done', async () => {
    await begin('2026-11-26T09:30');
    const { petri } = app.people;
    const reference = await newCase();
    const card = await shown(app.chat, reference);
    await to('2026-11-26T10:29');
    const atFirst = card.versions.length;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    await to('2026-11-26T10:31');
    expect(card.versions.length).to.equal(atFirst);
    await shown(app.chat, reference);
    await to('2026-11-26T10:41');
    const counted = await shown(app.chat, reference, [sv('referral.waitedHours', { count: 1 })]);
    expect(counted.id, 'the same message').to.equal(card.id);
  });

  it('show on the card each working morning how long the case has waited', async () => {
    await begin('2026-11-26T09:00');
    const reference = await newCase();
    const waited = (count: number): string => sv('referral.waited', { count });
    const card = await shown(app.chat, reference);
    await to('2026-11-27T09:01');
    await shown(app.chat, reference, [waited(1)]);
    const afterFirst = card.versions.length;
    await to('2026-11-28T12:00');
    expect(card.versions.length, 'not on a Saturday').to.equal(afterFirst);
    await to('2026-11-30T08:01');
    await shown(app.chat, reference, [waited(1)]);
    await to('2026-12-01T08:01');
    await shown(app.chat, reference, [waited(2)]);
    expect((await shown(app.chat, reference)).id, 'the same message').to.equal(card.id);
  });
});
