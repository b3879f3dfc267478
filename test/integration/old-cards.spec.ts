import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { answered, cardsOf, handIn, pressOn, shown, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { cardOf, textOf } from '../support/teams/cards.ts';
import type { Message } from '../support/teams/world.ts';

describe('old cards', () => {
  let app: TestApp;
  let reference: string;
  let card: Message;
  beforeEach(async () => {
    app = await startTestApp();
    await app.chat.installBot(app.people.maria);
    reference = await handIn(app);
    card = await shown(app.chat, reference);
  });
  afterEach(async () => {
    expect(app.teams.violations).to.deep.equal([]);
    await app.stop();
  });

  const moved = (): string => sv('moved.here', { what: reference });
  const isLine = (message: Message): boolean => textOf(message.activity).includes(moved());

  it('acts on today’s state, whatever the pressed card showed', async () => {
    const { petri, sofia } = app.people;
    const old = { ...card.activity };
    expect(textOf(old)).to.include(sv('referral.state.waiting'));
    await app.chat.press(petri, card, 'referral.claim');
    await pressOn(app.chat, petri, reference, 'referral.release');
    const answer = await pressOn(app.chat, sofia, reference, 'referral.claim');
    expect(answered(answer)).to.include(sv('referral.state.taken', { name: sofia.name }));
  });

  it('explains a press that today’s state does not allow, and shows that state', async () => {
    const { maria, petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const late = answered(await pressOn(app.chat, sofia, reference, 'referral.claim'));
    expect(late).to.include(sv('errors.referral.takenBy', { person: petri.name }));
    expect(late).to.include(sv('referral.state.taken', { name: petri.name }));
    const decide = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', decide);
    for (const verb of ['referral.claim', 'referral.release', 'referral.assessForm', 'referral.askForm'] as const) {
      const answer = await pressOn(app.chat, petri, reference, verb);
      expect(answered(answer), verb).to.include(sv('errors.referral.decided', { person: maria.name }));
      expect(verbsOn(answer.card ?? {}), verb).to.include('referral.reopen');
    }
  });

  it('does nothing twice when a button is pressed twice', async () => {
    const { petri } = app.people;
    const first = answered(await pressOn(app.chat, petri, reference, 'referral.claim'));
    const second = answered(await pressOn(app.chat, petri, reference, 'referral.claim'));
    expect(second).to.equal(first);
  });

  it('keeps one live card when a case is brought to the bottom: the old one becomes a line', async () => {
    const { petri } = app.people;
    await app.chat.say(petri, 'hänvisningar');
    const list = await app.chat.waitFor(() =>
      app.chat.messages.find(({ activity }) => textOf(activity).includes(sv('referral.list.title.open', { count: 1 }))),
    );
    await app.chat.press(petri, list, 'referral.bring');
    await app.chat.waitFor(() => isLine(card));
    const brought = await shown(app.chat, reference);
    expect(brought.id).to.not.equal(card.id);
    expect(app.chat.last().id).to.equal(brought.id);
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
    expect(isLine(card), 'what was retired stays a line').to.equal(true);
  });

  it('brings the card by its reference as well, and works from an old view of the retired one', async () => {
    const { petri, sofia } = app.people;
    const old = { placement: await placementOnCard(), message: card };
    await app.chat.say(petri, `hänvisningar ${reference}`);
    await app.chat.waitFor(() => isLine(card));
    const pressed = await app.chat.pressOld(
      sofia,
      { verb: 'referral.claim', data: { id: reference, placement: old.placement } },
      old.message,
    );
    expect(answered(pressed)).to.include(sv('referral.state.taken', { name: sofia.name }));
    await shown(app.chat, reference, [sv('referral.state.taken', { name: sofia.name })]);
    await app.chat.waitFor(() => isLine(card));
  });

  it('moves the card every time that it is brought, and never leaves two', async () => {
    const { petri } = app.people;
    for (let times = 0; times < 3; times += 1) await app.chat.say(petri, reference);
    await app.chat.waitFor(() => isLine(card), 5_000);
    await app.bot.settled();
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
    expect(app.chat.messages.filter(isLine).length).to.equal(app.chat.messages.length - 2);
  });

  it('retires a message that no placement knows at its first press, and does what was pressed', async () => {
    const { petri } = app.people;
    // Teams took the message and the answer was lost, so it was sent again: the first one is nobody's.
    const heal = app.teams.fail(({ method, conversationId, count }) =>
      method === 'POST' && conversationId === app.chat.id && count === 1 ? 'accept-then-reset' : undefined,
    );
    const other = await handIn(app);
    await app.chat.waitFor(() => cardsOf(app.chat, other).length === 2, 5_000);
    heal();
    const [orphan] = cardsOf(app.chat, other);
    if (!orphan) throw new Error('There is no orphan.');
    const answer = await app.chat.press(petri, orphan, 'referral.claim');
    expect(answered(answer)).to.include(sv('referral.state.taken', { name: petri.name }));
    const live = await shown(app.chat, other, [sv('referral.state.taken', { name: petri.name })]);
    expect(live.id).to.not.equal(orphan.id);
    expect(textOf(orphan.activity)).to.include(sv('moved.here', { what: other }));
  });

  it('has no second card beside it after the chat was closed to the bot for a while, and shows what was done meanwhile', async () => {
    const { maria, petri, sofia } = app.people;
    const second = await handIn(app);
    const decided = await shown(app.chat, second);
    const heal = app.teams.fail(({ conversationId }) => (conversationId === app.chat.id ? { status: 403 } : undefined));
    const third = await handIn(app);
    await app.bot.settled();
    const press = (user: typeof petri, verb: string, data: object) =>
      app.teams.personalChat(user).pressOld(user, { verb, data });
    await press(petri, 'referral.claim', { id: reference });
    await press(maria, 'referral.decide', { id: second, outcome: 'accepted', reason: 'offence', alone: 'urgent' });
    await app.bot.settled();
    expect(card.versions.length + decided.versions.length, 'nothing gets through').to.equal(2);
    heal();
    await app.chat.say(sofia, 'hjälp');
    await shown(app.chat, third);
    const back = await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
    expect(back.id).to.equal(card.id);
    await app.chat.waitFor(() => verbsOn(cardOf(decided.activity) ?? {}).includes('referral.reopen'));
  });

  for (const way of ['is let in again', 'is added again'] as const) {
    it(`has no second card beside it, and shows what was done meanwhile, when the bot was kept out and ${way}`, async () => {
      const { maria, petri, sofia } = app.people;
      const cards = new Map([[reference, card]]);
      for (let others = 0; others < 2; others += 1) {
        const other = await handIn(app);
        cards.set(other, await shown(app.chat, other));
      }
      await app.bot.settled();
      if (way === 'is added again') await app.chat.removeBot(maria);
      const heal = app.teams.fail(({ conversationId, method }) =>
        conversationId === app.chat.id && method !== 'GET' ? { status: 403 } : undefined,
      );
      const personal = app.teams.personalChat(maria);
      const press = (verb: string, data: object) => personal.pressOld(maria, { verb, data });
      await Promise.all([...cards.keys()].map((id) => press('referral.claim', { id })));
      await app.bot.settled();
      await press('referral.decide', { id: reference, outcome: 'accepted', reason: 'offence', alone: 'urgent' });
      await app.bot.settled();
      heal();
      if (way === 'is added again') await app.chat.installBot(maria);
      else await app.chat.say(sofia, 'hjälp');
      await app.chat.waitFor(() => verbsOn(cardOf(card.activity) ?? {}).includes('referral.reopen'));
      await app.bot.settled();
      const taken = sv('referral.state.taken', { name: maria.name });
      for (const [id, { id: message }] of cards) {
        const texts = id === reference ? [] : [taken];
        expect((await shown(app.chat, id, texts)).id, id).to.equal(message);
      }
      await pressOn(app.chat, petri, reference, 'referral.reopen');
      await shown(app.chat, reference, [sv('referral.reopened')]);
    });
  }

  it('stays, and a new one stands for it, when Teams alone lets nobody change its message', async () => {
    const { petri, sofia } = app.people;
    const heal = app.teams.fail(({ path, method }) =>
      method === 'PUT' && path.endsWith(card.id) ? { status: 403 } : undefined,
    );
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const fresh = await app.chat.waitFor(() => cardsOf(app.chat, reference).find(({ id }) => id !== card.id));
    const other = await handIn(app);
    await shown(app.chat, other);
    await app.bot.settled();
    heal();
    // A press on the old one makes it a line, as of any second card.
    await pressOn(app.chat, sofia, reference, 'referral.view', {}, card);
    const live = await shown(app.chat, reference, [sv('referral.state.taken', { name: petri.name })]);
    expect(live.id).to.equal(fresh.id);
    expect(isLine(card)).to.equal(true);
  });

  it('becomes a line at its next press when Teams did not let it become one', async () => {
    const { sofia } = app.people;
    const heal = app.teams.fail(({ method }) => (method === 'PUT' ? { status: 403 } : undefined));
    await app.teams.personalChat(sofia).pressOld(sofia, { verb: 'referral.bring', data: { id: reference } });
    await app.chat.waitFor(() => cardsOf(app.chat, reference).length === 2);
    await app.bot.settled();
    heal();
    expect(isLine(card)).to.equal(false);
    await pressOn(app.chat, sofia, reference, 'referral.view', {}, card);
    await app.chat.waitFor(() => isLine(card));
  });

  it('overwrites no other message through a forged placement, in this chat or another', async () => {
    const { petri } = app.people;
    const other = await handIn(app);
    const second = await shown(app.chat, other);
    const elsewhere = app.teams.groupChat({ members: [petri, app.people.maria] });
    await elsewhere.installBot(petri);
    const asked = await elsewhere.waitFor(() => elsewhere.messages.at(-1));
    const placement = await placementOnCard();
    const view = (forged: string) => ({
      type: 'Action.Execute',
      verb: 'referral.view',
      data: { id: reference, placement: forged },
    });
    await app.chat.pressOld(petri, view(crypto.randomUUID()), second);
    await app.chat.pressOld(petri, view(crypto.randomUUID()), app.chat.messages[0]);
    await elsewhere.pressOld(petri, view(placement), asked);
    // Also with what really stands on the card of another case.
    await app.chat.pressOld(petri, view(placement), second);
    await app.chat.pressOld(petri, view(placement), app.chat.messages[0]);
    await app.bot.settled();
    for (const message of [second, app.chat.messages[0], asked]) {
      expect(message?.versions.length, textOf(message?.activity ?? second.activity)).to.equal(1);
    }
  });

  async function placementOnCard(): Promise<string> {
    const answer = await pressOn(app.chat, app.people.maria, reference, 'referral.view');
    const match = /"placement":"([^"]+)"/.exec(JSON.stringify(answer.card));
    return match?.[1] ?? '';
  }
});
