import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { answered, cardsOf, handIn, pressOn, shown, sv, type TestApp } from '../support/seed.ts';
import { textOf } from '../support/teams/cards.ts';
import type { Message } from '../support/teams/world.ts';

describe('a form that somebody fills in inside a shared card', () => {
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

  const isLine = (): boolean => textOf(card.activity).includes(sv('moved.here', { what: reference }));
  const taken = (name: string): string => sv('referral.state.taken', { name });
  const assessment = { worry: '3', recommendation: 'accept', note: 'Har träffats två gånger.' };
  /** The newest card of the case shows this. */
  const newest = (text: string): Promise<Message> =>
    app.chat.waitFor(() => {
      const last = cardsOf(app.chat, reference).at(-1);
      return last && textOf(last.activity).includes(text) ? last : null;
    });

  it('is left alone when a colleague presses meanwhile: the newest state stands in a message of its own', async () => {
    const { petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    const before = card.versions.length;
    await pressOn(app.chat, sofia, reference, 'referral.claim', {}, card);
    const fresh = await newest(taken(sofia.name));
    await app.bot.settled();
    expect(fresh.id).to.not.equal(card.id);
    expect(card.versions.length, 'the message with the form').to.equal(before);

    const answer = await pressOn(app.chat, petri, reference, 'referral.assess', assessment, card);
    expect(answered(answer)).to.include(taken(sofia.name)).and.to.include(petri.name);
    await app.chat.waitFor(isLine);
    const live = await shown(app.chat, reference, [taken(sofia.name), petri.name]);
    expect(live.id).to.equal(fresh.id);
  });

  it('is left alone for each of several who fill in theirs at once', async () => {
    const { petri, sofia, niina } = app.people;
    for (const user of [petri, sofia, niina]) await pressOn(app.chat, user, reference, 'referral.assessForm', {}, card);
    const before = card.versions.length;
    await pressOn(app.chat, petri, reference, 'referral.assess', assessment, card);
    await pressOn(app.chat, sofia, reference, 'referral.assess', assessment, card);
    await newest(sofia.name);
    await app.bot.settled();
    expect(card.versions.length).to.equal(before);
    await pressOn(app.chat, niina, reference, 'referral.assess', assessment, card);
    await app.chat.waitFor(isLine);
    await shown(app.chat, reference, [petri.name, sofia.name, niina.name]);
  });

  it('is done with when it is cancelled: the next change updates the message itself', async () => {
    const { petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.decisionForm', {}, card);
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    await pressOn(app.chat, petri, reference, 'referral.view', {}, card);
    await pressOn(app.chat, sofia, reference, 'referral.claim', {}, card);
    const live = await shown(app.chat, reference, [taken(sofia.name)]);
    expect(live.id).to.equal(card.id);
  });

  it('is no form but the details, and read in peace all the same', async () => {
    const { petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.details', {}, card);
    const before = card.versions.length;
    await pressOn(app.chat, sofia, reference, 'referral.claim', {}, card);
    await newest(taken(sofia.name));
    await app.bot.settled();
    expect(card.versions.length).to.equal(before);
    await pressOn(app.chat, petri, reference, 'referral.view', {}, card);
    await app.chat.waitFor(isLine);
  });

  it('is done with when it is refused for good and nothing is kept that was typed', async () => {
    const { maria, petri } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    const decision = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', decision, card);
    await app.bot.settled();
    const late = await pressOn(app.chat, petri, reference, 'referral.assess', assessment, card);
    expect(answered(late)).to.include(sv('errors.referral.decided', { person: maria.name }));
    await app.bot.settled();
    expect(isLine(), 'the note is there to be copied').to.equal(false);
    await pressOn(app.chat, petri, reference, 'referral.assess', { ...assessment, note: '' }, card);
    await app.chat.waitFor(isLine);
  });

  it('has no second card beside it because the members of the team have changed', async () => {
    const { maria, jonas, petri } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    const before = card.versions.length;
    const jonasLeaves = { body: 'team:lojo', person: jonas.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data: jonasLeaves });
    await app.bot.settled();
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
    expect(card.versions.length).to.equal(before);
    await pressOn(app.chat, petri, reference, 'referral.view', {}, card);
    await app.chat.waitFor(() => card.versions.length > before);
  });

  it('is not left by a refresh that another screen of the same person asks for', async () => {
    const { petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    const before = card.versions.length;
    const placement = /"placement":"([^"]+)"/.exec(JSON.stringify(card.activity))?.[1];
    const value = {
      action: { type: 'Action.Execute', verb: 'referral.view', data: { id: reference, placement } },
      trigger: 'automatic',
    };
    await app.chat.send(petri, { type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value });
    await pressOn(app.chat, sofia, reference, 'referral.claim', {}, card);
    await newest(taken(sofia.name));
    await app.bot.settled();
    expect(card.versions.length).to.equal(before);
  });

  it('is one at a time for each person, however often they open one and press elsewhere', async () => {
    const { petri } = app.people;
    for (let times = 0; times < 6; times += 1) {
      const last = cardsOf(app.chat, reference).at(-1);
      await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, last);
      const verb = times % 2 === 0 ? 'referral.claim' : 'referral.release';
      await app.chat.pressOld(petri, { verb, data: { id: reference } }, last);
      await app.bot.settled();
    }
    expect(cardsOf(app.chat, reference).length).to.be.at.most(2);
  });

  it('keeps its own sender’s change in the same message', async () => {
    const { petri } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.assessForm', {}, card);
    await pressOn(app.chat, petri, reference, 'referral.assess', assessment, card);
    const live = await shown(app.chat, reference, [petri.name]);
    expect(live.id).to.equal(card.id);
  });
});
