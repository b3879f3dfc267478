import { setTimeout as realPause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Running } from '../../bot/main.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { startTestApp } from '../support/app.ts';
import { cardsOf, handIn, pressOn, shown, startAgain, sv, type TestApp } from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { textOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import type { Fault, RequestRecord } from '../support/teams/world.ts';

describe('delivery when Teams fails', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let bot: Running;
  beforeEach(async () => {
    clock = shiftingClock();
    app = await startTestApp({ clock });
    bot = app.bot;
    // Time is put forward here, and Teams measures its limits by the real one.
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
  });
  afterEach(async () => {
    if (bot !== app.bot) await bot.stop();
    await app.stop();
  });

  /** The first `times` requests with this method to the chat end in `fault`. */
  function failing(fault: Fault, times = 1, method = 'POST'): { asked(): number } {
    let asked = 0;
    app.teams.fail((request) => {
      if (request.method !== method || request.conversationId !== app.chat.id) return undefined;
      asked += 1;
      return asked <= times ? fault : undefined;
    });
    return { asked: () => asked };
  }
  const toChat = (method: string): RequestRecord[] =>
    app.teams.requests.filter((request) => request.conversationId === app.chat.id && request.method === method);
  /** A minute later; the waker has looked at what is due then, and what is sent over the real wire has had its time. */
  const inAMinute = async () => {
    clock.jump(clock.now().add({ seconds: 61 }));
    await realPause(20);
    await clock.untilAsleep(1_000);
  };

  it('says at /metrics how long the oldest message waits, also while it is given up for now', async () => {
    const value = async (name: string): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const endOfFault = app.teams.fail(({ method }) => (method === 'POST' ? { status: 503 } : undefined));
    const reference = await handIn(app);
    for (let steps = 0; steps < 90; steps += 1) {
      clock.jump(clock.now().add({ seconds: 10 }));
      await realPause(20);
    }
    expect(toChat('POST').length, 'given up at least once').to.be.greaterThan(11);
    expect(await value('ankarbot_waiting_sends')).to.be.at.least(1);
    expect(await value('ankarbot_oldest_waiting_seconds')).to.be.greaterThan(600);
    endOfFault();
    while ((await value('ankarbot_oldest_waiting_seconds')) > 0 || !app.chat.text().includes(reference))
      await inAMinute();
  });

  for (const status of [502, 503, 504, 412]) {
    it(`posts the card later and once when Teams answers ${status}`, async () => {
      failing({ status }, 2);
      const reference = await handIn(app);
      await shown(app.chat, reference);
      await bot.settled();
      expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
      expect(toChat('POST').map((request) => request.status)).to.deep.equal([201, status, status, 201]);
    });

    it(`shows the newest state later when the update is answered with ${status}`, async () => {
      const { petri } = app.people;
      const reference = await handIn(app);
      await shown(app.chat, reference);
      failing({ status }, 1, 'PUT');
      await pressOn(app.chat, petri, reference, 'referral.claim');
      await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
    });
  }

  it('posts the card later and once when the connection is cut', async () => {
    failing('reset', 2);
    const reference = await handIn(app);
    await shown(app.chat, reference);
    await bot.settled();
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
  });

  it('waits as long as Teams asks for before it tries again', async () => {
    failing({ status: 429, retryAfter: 50 });
    const before = toChat('POST').length;
    const reference = await handIn(app);
    await clock.untilAsleep(45_000);
    clock.jump(clock.now().add({ seconds: 45 }));
    // Another chat goes on meanwhile; once its answer is there, this one had its chance to be too early.
    const personal = app.teams.personalChat(app.people.petri);
    await personal.say(app.people.petri, 'hjälp');
    await personal.waitFor(() => personal.messages.length === 1);
    expect(toChat('POST')).to.have.lengthOf(before + 1);
    clock.jump(clock.now().add({ seconds: 6 }));
    await shown(app.chat, reference);
    await bot.settled();
    expect(toChat('POST')).to.have.lengthOf(before + 2);
  });

  it('sends again when Teams never answers', async () => {
    await bot.stop();
    bot = await startAgain(app, { clock, answers: { ...systemClock, within: 100 } });
    const on = { ...app, url: `http://127.0.0.1:${bot.port}` };
    failing('hang', 1);
    const reference = await handIn(on);
    await shown(app.chat, reference);
    await bot.settled();
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
  });

  it('goes on after a quarter of an hour of refusals, and then shows the newest state', async () => {
    const { petri } = app.people;
    let down = true;
    app.teams.fail(({ conversationId }) => (down && conversationId === app.chat.id ? { status: 503 } : undefined));
    const before = toChat('POST').length;
    const reference = await handIn(app);
    // More tries than the outbox makes, so the waker has taken it up anew.
    while (toChat('POST').length < before + 12) await inAMinute();
    const personal = app.teams.personalChat(petri);
    await personal.say(petri, reference);
    const opened = await personal.waitFor(() => personal.messages.at(-1));
    await personal.press(petri, opened, 'referral.claim');
    down = false;
    while (cardsOf(app.chat, reference).length === 0) await inAMinute();
    await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
    await bot.settled();
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
  });

  it('leaves at most one orphan when Teams takes a message and loses the answer', async () => {
    failing('accept-then-reset', 1);
    const reference = await handIn(app);
    await app.chat.waitFor(() => cardsOf(app.chat, reference).length === 2, 5_000);
    const [orphan] = cardsOf(app.chat, reference);
    await pressOn(app.chat, app.people.petri, reference, 'referral.claim', {}, orphan);
    await shown(app.chat, reference, [sv('referral.state.taken', { name: app.people.petri.name })]);
  });

  it('updates once more, and does no harm, when Teams takes an update and loses the answer', async () => {
    const { petri } = app.people;
    const reference = await handIn(app);
    const card = await shown(app.chat, reference);
    failing('accept-then-reset', 1, 'PUT');
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await app.teams.waitFor(() => toChat('PUT').length === 2, 5_000);
    expect((await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })])).id).to.equal(card.id);
  });

  it('posts the card anew at once when somebody has deleted its message', async () => {
    const { petri } = app.people;
    const reference = await handIn(app);
    const card = await shown(app.chat, reference);
    failing({ status: 404 }, 1, 'PUT');
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const fresh = await app.chat.waitFor(() => cardsOf(app.chat, reference).find(({ id }) => id !== card.id), 5_000);
    expect(textOf(fresh.activity)).to.include(sv('referral.state.taken', { name: petri.name }));
  });

  for (const [what, close] of [
    ['the bot is blocked (403)', () => app.chat.blockBot()],
    ['the chat is deleted (404)', () => app.chat.vanish()],
  ] as const) {
    it(`tells the leader in private, and tries nothing for ever, when ${what}`, async () => {
      const { maria } = app.people;
      close();
      const reference = await handIn(app);
      const personal = app.teams.personalChat(maria);
      const gone = sv('notice.chatGone.title');
      await personal.waitFor(() => personal.text().includes(gone), 5_000);
      const tried = toChat('POST').length;
      const next = await handIn(app);
      const unplaced = sv('notice.unplaced.title', { reference: next });
      await personal.waitFor(() => personal.text().includes(unplaced), 5_000);
      for (let minutes = 0; minutes < 3; minutes += 1) await inAMinute();
      await bot.settled();
      expect(toChat('POST'), 'nothing more is tried there').to.have.lengthOf(tried);
      const told = personal.messages.filter(({ activity }) => textOf(activity).includes(gone));
      expect(told).to.have.lengthOf(1);
      expect(reference).to.not.equal(next);
    });
  }

  it('tells the leader when it is an answer that finds the chat closed, and answers there no more', async () => {
    const { maria, petri } = app.people;
    app.chat.blockBot();
    await app.chat.send(petri, { type: 'message', text: '<at>Ankarboten</at> hjälp' });
    const personal = app.teams.personalChat(maria);
    await personal.waitFor(() => personal.text().includes(sv('notice.chatGone.title')), 5_000);
    await bot.settled();
    const tried = toChat('POST').length;
    await handIn(app);
    await inAMinute();
    await bot.settled();
    expect(toChat('POST')).to.have.lengthOf(tried);
  });

  for (const [what, close] of [
    ['blocks the bot', (personal: Chat) => personal.blockBot()],
    ['has deleted their chat with it', (personal: Chat) => personal.vanish()],
  ] as const) {
    it(`tries once, and not for ever, to tell somebody who ${what}`, async () => {
      const { maria, petri } = app.people;
      const personal = app.teams.personalChat(petri);
      await personal.say(petri, 'hjälp');
      await personal.waitFor(() => personal.messages.length === 1);
      const reference = await handIn(app);
      await shown(app.chat, reference);
      close(personal);
      const tries = (): number =>
        app.teams.requests.filter(({ conversationId, method }) => conversationId === personal.id && method === 'POST')
          .length;
      const before = tries();
      await pressOn(app.chat, maria, reference, 'referral.ask', { person: petri.aadObjectId });
      await app.teams.waitFor(() => tries() === before + 1);
      for (let minutes = 0; minutes < 5; minutes += 1) await inAMinute();
      await bot.settled();
      expect(tries()).to.equal(before + 1);
      // Everybody else goes on as before.
      await pressOn(app.chat, maria, reference, 'referral.claim');
      await shown(app.chat, reference, [sv('referral.state.taken', { name: maria.name })]);
    });
  }

  it('goes on in the chat when the bot is added again', async () => {
    const { maria } = app.people;
    app.chat.blockBot();
    const reference = await handIn(app);
    const personal = app.teams.personalChat(maria);
    await personal.waitFor(() => personal.text().includes(sv('notice.chatGone.title')), 5_000);
    await app.chat.installBot(maria);
    await shown(app.chat, reference);
  });

  it('lets a chat that fails hold up no other chat', async () => {
    const { petri } = app.people;
    app.teams.fail(({ conversationId }) => (conversationId === app.chat.id ? { status: 503 } : undefined));
    await handIn(app);
    const personal = app.teams.personalChat(petri);
    await personal.say(petri, 'hjälp');
    await personal.waitFor(() => personal.messages.length === 1);
  });
});
