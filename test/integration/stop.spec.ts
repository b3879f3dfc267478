import { expect } from 'chai';
import { type BotProcess, startProcessApp } from '../support/process-app.ts';
import { cardsOf, handIn, pressOn } from '../support/seed.ts';
import { cardOf, textsOf } from '../support/teams/cards.ts';
import type { Fault, TeamsUser } from '../support/teams/world.ts';

const size = 20;
const tenSeconds = 10_000;

/** Somebody who assesses a case over and over, each time with another level of worry. */
interface Worker {
  user: TeamsUser;
  reference: string;
  /** How many of the assessments were answered. */
  done: number;
}
const worryOf = (turn: number): string => String((turn % 4) + 1);

describe('SIGTERM under load', () => {
  let app: Awaited<ReturnType<typeof startProcessApp>>;
  let bot: BotProcess;
  let workers: Worker[];
  let references: string[];
  beforeEach(async () => {
    app = await startProcessApp(size);
    bot = await app.start();
    await app.chat.installBot(app.maria);
    references = await Promise.all(Array.from({ length: 5 }, () => handIn({ ...app, url: bot.url })));
    await app.chat.waitFor(() => references.every((reference) => cardsOf(app.chat, reference).length === 1), 10_000);
    workers = app.experts.map((user, index) => ({ user, reference: references[index % 5] ?? '', done: 0 }));
  });
  afterEach(() => app.close());

  /**
   * Twenty press without a pause; in the midst of it, when `ready` says so, the bot is asked to end. Resolves when nobody
   * is answered any more.
   */
  async function stopMeanwhile(
    ready: () => Promise<unknown> = async () => null,
  ): Promise<{ code: number | null; took: number; broken: string[] }> {
    const broken: string[] = [];
    let answers = 0;
    const enough = Promise.withResolvers<void>();
    const work = async (worker: Worker): Promise<void> => {
      while (true) {
        const choice = { worry: worryOf(worker.done + 1), recommendation: 'accept' };
        const answer = await pressOn(app.chat, worker.user, worker.reference, 'referral.assess', choice).catch(String);
        if (typeof answer === 'string') {
          broken.push(answer);
          return;
        }
        expect(answer.status).to.equal(200);
        worker.done += 1;
        answers += 1;
        if (answers === 10 * size) enough.resolve();
      }
    };
    const working = Promise.all(workers.map(work));
    await Promise.race([enough.promise, working]);
    await ready();
    const since = performance.now();
    const code = await bot.terminate();
    const took = performance.now() - since;
    await working;
    return { code, took, broken };
  }

  /** Starts again and looks at every case: what was answered is there, and nothing that was not. */
  async function expectWhatWasAnswered(): Promise<void> {
    bot = await app.start();
    for (const reference of references) {
      const { card = {} } = await pressOn(app.chat, app.maria, reference, 'referral.view');
      for (const { user, done } of workers.filter((worker) => worker.reference === reference)) {
        const mine = textsOf(card ?? {}).find((text) => text.includes(user.name));
        expect(mine, `${user.name} had ${done} answers`).to.include(`${worryOf(done)} av 4`);
      }
      const newest = JSON.stringify(card?.body);
      const shown = (): unknown => cardOf(cardsOf(app.chat, reference).at(-1)?.activity ?? { type: 'none' })?.body;
      await app.chat.waitFor(() => JSON.stringify(shown()) === newest, 15_000);
    }
  }

  it('answers every press that it takes, takes no more, and ends within ten seconds', async () => {
    const { code, took, broken } = await stopMeanwhile();
    expect(code).to.equal(0);
    expect(took).to.be.below(tenSeconds);
    for (const error of broken) expect(error).to.match(/ECONNREFUSED|ECONNRESET|socket hang up/);
    expect(bot.output())
      .to.match(/"msg":"stopped"/)
      .and.not.match(/"level":(?:50|60)/);
    await expectWhatWasAnswered();
  });

  it('does so too while Teams hangs', async () => {
    const end = app.teams.fail((): Fault => 'hang');
    const hanging = (): boolean => app.teams.requests.some(({ status }) => status === 0);
    const { code, took } = await stopMeanwhile(() => app.teams.waitFor(hanging));
    expect(code).to.equal(0);
    expect(took, 'it waited for what was under way').to.be.above(5_000).and.below(tenSeconds);
    end();
    await expectWhatWasAnswered();
  }).timeout(90_000);
});
