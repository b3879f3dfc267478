import { expect } from 'chai';
import type { Store } from '../../src/storage/port.ts';
import { startTestApp } from '../support/app.ts';
import { meeting, plant } from '../support/meetings.ts';
import type { TestApp } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { textOf } from '../support/teams/cards.ts';

describe('meetings', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let store: Store;
  beforeEach(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    app = await startTestApp({ clock, through: (opened) => (store = opened) });
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  it('appear in the chat', async () => {
    await plant(store, meeting());
    await goTo(inHelsinki('2026-11-23T09:02'), clock, app.bot);
    console.log(app.chat.messages.map(({ activity }) => textOf(activity)));
    for (const p of Object.values(app.people))
      console.log(
        p.name,
        app.teams.personalChat(p).messages.map(({ activity }) => textOf(activity)),
      );
    expect(app.chat.messages.length).to.equal(2);
  });
});
