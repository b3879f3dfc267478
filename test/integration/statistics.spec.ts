import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { z } from 'zod';
import { readConfig } from '../../bot/config.ts';
import { openData } from '../../bot/data.ts';
import type { Running } from '../../bot/main.ts';
import { tenantId } from '../../src/shared/ids.ts';
import type { DecisionRecord } from '../../src/statistics/model.ts';
import { createStatisticsService } from '../../src/statistics/service.ts';
import { startTestApp, tenant } from '../support/app.ts';
import { handIn, pressOn, shown, startAgain, type TestApp } from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';

describe('statistics', () => {
  let app: TestApp;
  let bot: Running;
  let clock: ShiftingClock;
  beforeEach(async () => {
    clock = shiftingClock();
    app = await startTestApp({ clock });
    bot = app.bot;
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
  });
  afterEach(async () => {
    await bot.stop();
    await app.stop();
  });

  const url = (): string => `http://127.0.0.1:${bot.port}`;
  const decide = (reference: string) =>
    pressOn(app.chat, app.people.maria, reference, 'referral.decide', {
      outcome: 'redirected',
      reason: 'betterSupport',
      service: 'youthWork',
      alone: 'clearCase',
    });

  async function newCase(): Promise<string> {
    const reference = await handIn({ ...app, url: url() });
    await shown(app.chat, reference);
    return reference;
  }

  /** Stops the bot and reads what it has recorded of this year, also the text in which it is stored. */
  async function recorded(): Promise<DecisionRecord[]> {
    await bot.stop();
    const { store } = await openData(readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: app.dataDir }));
    try {
      return await createStatisticsService(store).ofYear(tenantId(tenant), 2026);
    } finally {
      await store.close();
    }
  }

  it('keep one record of each decision: codes, a month and whole days', async () => {
    const { petri, sofia } = app.people;
    const reference = await newCase();
    clock.jump('2026-11-25T09:00:00Z');
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await pressOn(app.chat, sofia, reference, 'referral.assess', { worry: '2', recommendation: 'redirect' });
    clock.jump('2026-11-27T10:00:00Z');
    await decide(reference);
    await bot.settled();
    const [record, ...more] = await recorded();
    expect(more).to.deep.equal([]);
    const { id, ...rest } = record ?? expect.fail('There is no record.');
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(rest).to.deep.equal({
      month: '2026-11',
      team: 'team:lojo',
      municipality: 'lojo',
      source: 'school',
      basis: 'concern',
      concerns: ['theft'],
      ageBand: 'from12to14',
      gender: 'boy',
      professions: ['social'],
      outcome: 'redirected',
      reason: 'betterSupport',
      service: 'youthWork',
      repeat: false,
      daysToTake: 2,
      daysToDecision: 4,
    });
  });

  it('lead nowhere: no reference, no person, no exact time, and nothing in the case that names the record', async () => {
    const { maria } = app.people;
    const reference = await newCase();
    await decide(reference);
    await bot.settled();
    await bot.stop();
    const { store, stored, region } = await openData(readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: app.dataDir }));
    const page = await store.query<DecisionRecord>({
      partition: `${tenant}|statistics:2026`,
      kind: 'decision',
      limit: 10,
    });
    const referral = await stored.referrals.get({ partition: `${region.directory.tenant}|team:lojo`, id: reference });
    await store.close();
    const [document] = page.documents;
    const text = JSON.stringify(document);
    for (const trace of [reference, maria.aadObjectId, '2026-11-23']) expect(text).to.not.include(trace);
    expect(document?.at, 'the month').to.equal('2026-11-01T00:00:00.000Z');
    expect(JSON.stringify(referral)).to.not.include(document?.id ?? 'no record');
  });

  it('count a decision after a reopening as a repeat', async () => {
    const reference = await newCase();
    await decide(reference);
    await shown(app.chat, reference, ['Hänvisad vidare']);
    await pressOn(app.chat, app.people.petri, reference, 'referral.reopen');
    clock.jump('2026-12-02T09:00:00Z');
    await decide(reference);
    await bot.settled();
    const records = await recorded();
    const told = records.map(({ month, repeat, daysToDecision }) => ({ month, repeat, daysToDecision }));
    expect(told).to.have.deep.members([
      { month: '2026-11', repeat: false, daysToDecision: 0 },
      { month: '2026-12', repeat: true, daysToDecision: 9 },
    ]);
  });

  it('miss no decision and count none twice, whatever is pressed twice or restarted', async () => {
    const references = [await newCase(), await newCase(), await newCase()];
    await Promise.all(references.flatMap((reference) => [decide(reference), decide(reference)]));
    // Ends before everything that follows a decision is done.
    await bot.stop();
    for (let times = 0; times < 2; times += 1) {
      bot = await startAgain(app, { clock });
      await bot.settled();
      await bot.stop();
    }
    bot = await startAgain(app, { clock });
    for (const reference of references) await shown(app.chat, reference, ['Hänvisad vidare']);
    await bot.settled();
    expect(await recorded()).to.have.lengthOf(references.length);
  });

  it('count a decision once when the process died after writing its record and before noting that', async () => {
    const reference = await newCase();
    await decide(reference);
    await bot.settled();
    const [record] = await recorded();
    const database = new DatabaseSync(join(app.dataDir, 'ankarbot.db'));
    const row = database.prepare("SELECT data FROM documents WHERE kind = 'referral'").get();
    const before = z.looseObject({ unrecorded: z.array(z.unknown()).length(0) }).parse(JSON.parse(String(row?.data)));
    database
      .prepare("UPDATE documents SET data = ?, wake_at = ? WHERE kind = 'referral'")
      .run(JSON.stringify({ ...before, unrecorded: [record] }), '2026-11-23T07:00:00.000Z');
    database.close();
    bot = await startAgain(app, { clock });
    // The waker's first look is over when it sleeps, and what it found is done when all is settled.
    await clock.untilAsleep(1_000);
    await bot.settled();
    expect(await recorded()).to.deep.equal([record]);
    const { store, stored, region } = await openData(readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: app.dataDir }));
    const referral = await stored.referrals.get({ partition: `${region.directory.tenant}|team:lojo`, id: reference });
    await store.close();
    expect(referral?.unrecorded).to.deep.equal([]);
  });
});
