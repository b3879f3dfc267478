import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { crowd, crowdedRegion } from '../support/crowd.ts';
import {
  answered,
  cardsOf,
  handIn,
  pressOn,
  shown,
  startAgain,
  sv,
  type TestApp,
  temporaryFolder,
} from '../support/seed.ts';
import { cardOf, textOf } from '../support/teams/cards.ts';
import type { Message, TeamsUser } from '../support/teams/world.ts';

describe('many who press at once', () => {
  const folder = temporaryFolder();
  const size = 20;
  let app: TestApp;
  let experts: TeamsUser[];
  before(async () => {
    app = await startTestApp({ environment: { REGION_FILE: crowdedRegion(folder.path, size) } });
    experts = crowd(app.teams, size);
    for (const expert of experts) await app.chat.addMember(expert);
    await app.chat.installBot(app.people.maria);
  });
  after(async () => {
    expect(app.teams.violations).to.deep.equal([]);
    await app.stop();
    folder.remove();
  });

  const taken = (user: TeamsUser): string => sv('referral.state.taken', { name: user.name });
  const expert = (index: number): TeamsUser => experts[index] ?? app.people.maria;

  it('keeps a case with its first owner when two press take at once, and tells the other who has it', async () => {
    const reference = await handIn(app);
    await shown(app.chat, reference);
    const pair = [app.people.petri, app.people.sofia];
    const answers = await Promise.all(pair.map((user) => pressOn(app.chat, user, reference, 'referral.claim')));
    const texts = answers.map(answered);
    const winner = pair.find((user, index) => texts[index]?.includes(taken(user)));
    const loser = pair.findIndex((user) => user !== winner);
    if (!winner) throw new Error('Nobody got it.');
    expect(texts[loser]).to.include(sv('errors.referral.takenBy', { person: winner.name }));
    await shown(app.chat, reference, [taken(winner)]);
  });

  it('gives a case to exactly one of twenty who press take at once', async () => {
    const reference = await handIn(app);
    await shown(app.chat, reference);
    const answers = await Promise.all(experts.map((user) => pressOn(app.chat, user, reference, 'referral.claim')));
    const texts = answers.map(answered);
    const [owner = app.people.maria, ...more] = experts.filter((user, index) => texts[index]?.includes(taken(user)));
    expect(more).to.deep.equal([]);
    const told = sv('errors.referral.takenBy', { person: owner.name });
    expect(texts.filter((text) => text.includes(told))).to.have.lengthOf(size - 1);
    await shown(app.chat, reference, [taken(owner)]);
  });

  it('loses no assessment when twenty assess the same case at once', async () => {
    const reference = await handIn(app);
    await shown(app.chat, reference);
    const answers = await Promise.all(
      experts.map((user, index) =>
        pressOn(app.chat, user, reference, 'referral.assess', {
          worry: String((index % 4) + 1),
          recommendation: 'discuss',
          note: `Anteckning ${index}`,
        }),
      ),
    );
    answers.forEach((answer, index) => {
      expect(answered(answer)).to.include(expert(index).name);
    });
    const names = experts.map(({ name }) => name);
    await shown(app.chat, reference, names, 10_000);
    for (const profession of [0, 1, 2, 3]) {
      const details = answered(await pressOn(app.chat, expert(profession), reference, 'referral.details'));
      for (let index = profession; index < size; index += 4) expect(details).to.include(`Anteckning ${index}`);
    }
  });

  it('does everything that it answered when twenty press different things on the same cases', async () => {
    const references = await Promise.all(Array.from({ length: 4 }, () => handIn(app)));
    const cards = new Map<string, Message>();
    for (const reference of references) cards.set(reference, await shown(app.chat, reference));
    const on = (index: number): string => references[index % references.length] ?? '';
    const answers = await Promise.all(
      experts.map((user, index) => {
        const reference = on(Math.floor(index / 5));
        const person = expert((index + 7) % size).aadObjectId;
        switch (index % 5) {
          case 0:
            return pressOn(app.chat, user, reference, 'referral.claim');
          case 1:
            return pressOn(app.chat, user, reference, 'referral.ask', { person });
          case 2:
            return pressOn(app.chat, user, reference, 'referral.assess', { worry: '3', recommendation: 'accept' });
          case 3:
            return pressOn(app.chat, user, reference, 'referral.details');
          default:
            return pressOn(app.chat, user, reference, 'referral.view');
        }
      }),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(size).fill(200));
    for (const [index, reference] of references.entries()) {
      // The details are left in peace until their reader goes back.
      await pressOn(app.chat, expert(index * 5 + 3), reference, 'referral.view', {}, cards.get(reference));
      const asked = expert((index * 5 + 8) % size);
      const assessor = expert(index * 5 + 2);
      await shown(app.chat, reference, [taken(expert(index * 5)), asked.name, assessor.name], 10_000);
    }
  });

  it('shows one card for each of many cases that arrive at once, each with a reference of its own', async () => {
    const references = await Promise.all(Array.from({ length: 12 }, () => handIn(app)));
    expect(new Set(references).size).to.equal(12);
    for (const reference of references) await shown(app.chat, reference, [], 15_000);
  });

  it('has all of it stored: a new start shows the same', async () => {
    await app.bot.stop();
    const cards = (): string[] => app.chat.cards().map((card) => JSON.stringify(card));
    const before = cards();
    const bot = await startAgain(app, {}, { REGION_FILE: `${folder.path}/region.yaml` });
    try {
      const references = new Set(
        app.chat.messages.flatMap(({ activity }) => /LOJ-\d{4}-\d{4}/.exec(textOf(activity)) ?? []),
      );
      expect(references.size).to.equal(19);
      for (const reference of references) {
        const [message] = cardsOf(app.chat, reference);
        const answer = await pressOn(app.chat, app.people.maria, reference, 'referral.view');
        const [own, shared] = [answer.card, message && cardOf(message.activity)];
        expect(own?.body, reference).to.deep.equal(shared?.body);
      }
      expect(cards()).to.deep.equal(before);
    } finally {
      await bot.stop();
    }
  });
});
