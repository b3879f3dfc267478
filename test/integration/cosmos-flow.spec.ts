import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { answered, example, handIn, pressOn, privately, shown, startAgain, sv, type TestApp } from '../support/seed.ts';

describe('the main flow on Azure Cosmos DB', () => {
  let cosmos: CosmosServer;
  let environment: Record<string, string>;
  let app: TestApp;
  before(async () => {
    cosmos = await startCosmosServer();
    environment = { STORE: 'cosmos', COSMOS_ENDPOINT: cosmos.endpoint, COSMOS_KEY: cosmos.key };
    app = await startTestApp({ environment });
  });
  after(async () => {
    await app.stop();
    await cosmos.close();
  });

  it('takes a referral from its arrival to the decision, over a restart', async () => {
    const { maria, petri, sofia, niina } = app.people;
    const { chat } = app;
    await chat.installBot(maria);
    await chat.waitFor(() => chat.messages.length === 1, 5_000);

    const references = await Promise.all([handIn(app), handIn(app), handIn(app)]);
    expect(new Set(references).size).to.equal(3);
    const [reference = ''] = references;
    const card = await shown(chat, reference);

    const both = await Promise.all([petri, sofia].map((user) => pressOn(chat, user, reference, 'referral.claim')));
    const winner = [petri, sofia].find((user, index) =>
      answered(both[index] ?? expect.fail()).includes(sv('referral.state.taken', { name: user.name })),
    );
    const loser = winner === petri ? sofia : petri;
    const told = both
      .map(answered)
      .filter((text) => text.includes(sv('errors.referral.takenBy', { person: winner?.name ?? '' })));
    expect(told).to.have.lengthOf(1);
    await pressOn(chat, winner ?? petri, reference, 'referral.release');
    await pressOn(chat, loser, reference, 'referral.assign', { person: niina.aadObjectId });
    await shown(chat, reference, [sv('referral.state.taken', { name: niina.name })]);
    await app.teams.waitFor(() => privately(app, niina, reference).length === 1, 5_000);

    const details = answered(await pressOn(chat, sofia, reference, 'referral.details'));
    expect(details).to.include(example.youngPerson.name).and.include(example.narrative);
    await pressOn(chat, sofia, reference, 'referral.assess', { worry: '3', recommendation: 'accept', note: 'Kort.' });

    await app.bot.settled();
    expect(app.teams.violations).to.deep.equal([]);
    await app.bot.stop();
    const bot = await startAgain(app, {}, environment);
    try {
      expect(answered(await pressOn(chat, maria, reference, 'referral.details'))).to.include('Kort.');
      await pressOn(chat, maria, reference, 'referral.view');
      await pressOn(chat, petri, reference, 'referral.assess', { worry: '2', recommendation: 'accept' });
      await pressOn(chat, petri, reference, 'referral.decide', { outcome: 'accepted', reason: 'offence' });
      expect((await shown(chat, reference, ['Mottagen'])).id).to.equal(card.id);
      await pressOn(chat, petri, reference, 'referral.reopen');
      await shown(chat, reference, [sv('referral.state.taken', { name: niina.name })]);
      await chat.say(petri, 'hänvisningar');
      await chat.waitFor(() => chat.text().includes(sv('referral.list.title.open', { count: 3 })), 5_000);
      const fourth = await handIn({ ...app, url: `http://127.0.0.1:${bot.port}` });
      expect(references).to.not.include(fourth);
    } finally {
      await bot.settled();
      await bot.stop();
    }
  });
});
