import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { answered, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { goTo, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, textOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

describe('a form that somebody fills in inside the card of a list', () => {
  let app: TestApp;
  let clock: ShiftingClock;

  beforeEach(async () => {
    clock = shiftingClock(Temporal.Instant.from('2026-11-23T07:00:00Z'));
    app = await startTestApp({ clock });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  const later = (minutes: number): Promise<void> => goTo(clock.now().add({ minutes }), clock, app.bot);
  const listCards = (): Message[] =>
    app.chat.messages.filter(({ activity }) => verbsOn(cardOf(activity) ?? {}).includes('checklist.item'));
  async function begun(): Promise<Message> {
    await app.chat.say(app.people.petri, 'checklista start');
    await app.bot.settled();
    return app.chat.waitFor(() => listCards()[0]);
  }
  const placementOn = ({ activity }: Message): unknown =>
    executeActions(cardOf(activity) ?? {})
      .map(({ action }) => action.data)
      .filter(isFields)
      .find(({ placement }) => placement !== undefined)?.placement;
  const pressOn = (card: Message, user: TeamsUser, verb: string, data: Fields): Promise<InvokeAnswer> => {
    const list = { body: 'team:lojo', list: 'startup', placement: placementOn(card) };
    return app.chat.pressOld(user, { verb, data: { ...list, ...data } }, card);
  };
  /** A colleague does something; whether the message with the form was left alone by it. */
  async function isLeftAlone(card: Message): Promise<boolean> {
    const before = card.versions.length;
    const { niina } = app.people;
    await app.chat.pressOld(niina, {
      verb: 'checklist.take',
      data: { body: 'team:lojo', list: 'startup', item: 'crime' },
    });
    await app.chat.waitFor(() => listCards().find(({ activity }) => textOf(activity).includes(niina.name)));
    await app.bot.settled();
    return card.versions.length === before;
  }

  const population = { item: 'population' };
  for (const [whose, who, opens, of, sends, bad] of [
    ['of an item', 'petri', 'checklist.dueForm', population, 'checklist.setDue', { ...population, words: 'nån gång' }],
    ['of a leader', 'maria', 'checklist.renameForm', {}, 'checklist.rename', { sv: 'Ring 040 123 4567' }],
    ['of a copy', 'maria', 'checklist.copyForm', {}, 'checklist.copy', { newId: 'copy', title: 'Ring 040 123 4567' }],
  ] as const) {
    it(`${whose} is left alone for another while when it comes back with what is wrong`, async () => {
      const card = await begun();
      await pressOn(card, app.people[who], opens, of);
      await later(9);
      await pressOn(card, app.people[who], sends, bad);
      await later(2);
      expect(await isLeftAlone(card)).to.equal(true);
    });

    for (const [minutes, alone] of [
      [9, true],
      [11, false],
    ] as const) {
      it(`${whose} is left alone for ten minutes: ${minutes}`, async () => {
        const card = await begun();
        await pressOn(card, app.people[who], opens, of);
        await later(minutes);
        expect(await isLeftAlone(card)).to.equal(alone);
      });
    }
  }

  for (const [how, verb, data] of [
    ['it is sent in', 'checklist.rename', { sv: 'Vår start' }],
    ['it is left', 'checklist.edit', {}],
    ['its sender changes something else there', 'checklist.removeItem', population],
  ] as const) {
    it(`of a leader is over once ${how}, so that its message goes on changing`, async () => {
      const card = await begun();
      await pressOn(card, app.people.maria, 'checklist.renameForm', {});
      await pressOn(card, app.people.maria, verb, data);
      await app.bot.settled();
      expect(await isLeftAlone(card)).to.equal(false);
    });
  }

  it('is not kept open by Teams, which asks for a reader’s view by itself: the lists of a body are for an hour after a press', async () => {
    const card = await begun();
    const { maria } = app.people;
    await app.chat.refresh(maria, card);
    await app.chat.press(maria, card, 'checklist.list');
    const lists = sv('checklist.lists.title', { body: 'Lojo ankarteam' });
    await later(50);
    expect(answered(await app.chat.refresh(maria, card))).to.include(lists);
    await later(11);
    expect(answered(await app.chat.refresh(maria, card))).to.not.include(lists);
  });

  it('is over once the list is copied, so that its message goes on changing', async () => {
    const card = await begun();
    const { maria } = app.people;
    await pressOn(card, maria, 'checklist.copyForm', {});
    const copy = await pressOn(card, maria, 'checklist.copy', { newId: 'copy', title: 'En till' });
    expect(answered(copy)).to.include('En till');
    await app.bot.settled();
    expect(await isLeftAlone(card)).to.equal(false);
  });

  it('is not left by what Teams asks for by itself on another screen of the same person', async () => {
    const card = await begun();
    const { petri } = app.people;
    await pressOn(card, petri, 'checklist.dueForm', population);
    const data = { body: 'team:lojo', list: 'startup', placement: placementOn(card) };
    const value = { action: { type: 'Action.Execute', verb: 'checklist.view', data }, trigger: 'automatic' };
    await app.chat.send(petri, { type: 'invoke', name: 'adaptiveCard/action', replyToId: card.id, value });
    expect(await isLeftAlone(card)).to.equal(true);
  });

  it('does not keep a message that no placement knows: it becomes a line at its first press, which is done', async () => {
    // Teams took the message and the answer was lost, so it was sent again: the first one is nobody's.
    const heal = app.teams.fail(({ method, conversationId, count }) =>
      method === 'POST' && conversationId === app.chat.id && count === 1 ? 'accept-then-reset' : undefined,
    );
    await begun();
    await app.chat.waitFor(() => listCards().length === 2, 5_000);
    heal();
    const [orphan] = listCards();
    if (!orphan) throw new Error('There is no orphan.');
    const { petri } = app.people;
    expect(answered(await pressOn(orphan, petri, 'checklist.take', population))).to.include(petri.name);
    await app.chat.waitFor(() => !listCards().includes(orphan));
    expect(textOf(orphan.activity)).to.include(sv('moved.here', { what: 'Starta ankarverksamheten' }));
  });
});
