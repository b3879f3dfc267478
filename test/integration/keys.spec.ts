import { expect } from 'chai';
import { exportStore } from '../../bot/export.ts';
import type { Running } from '../../bot/main.ts';
import { startProblem } from '../../bot/start-problem.ts';
import { readToolConfig } from '../../bot/tool-config.ts';
import { startTestApp } from '../support/app.ts';
import { startCosmosServer } from '../support/cosmos-server.ts';
import { onCosmos } from '../support/fault-run.ts';
import {
  answered,
  example,
  handIn,
  pressOn,
  shown,
  startAgain,
  sv,
  type TestApp,
  temporaryFolder,
} from '../support/seed.ts';

const keyOf = (kid: string, byte: number): string => `${kid}:${Buffer.alloc(32, byte).toString('base64')}`;
const [k1, k2] = [keyOf('k1', 1), keyOf('k2', 2)];

/** Why it does not start, as the terminal says it. */
const refusal = (start: Promise<Running>): Promise<string> => start.then(() => expect.fail('it started'), startProblem);

const details = async (app: TestApp, reference: string): Promise<string> =>
  answered(await pressOn(app.chat, app.people.petri, reference, 'referral.details'));

describe('the data keys', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('are rotated by a new one in front, and without it the bot starts no more: it names the one that is missing', async () => {
    const app = await startTestApp({ dataDir: folder.path, environment: { DATA_KEYS: k1 } });
    await app.chat.installBot(app.people.maria);
    const first = await handIn(app);
    await shown(app.chat, first);
    await app.bot.stop();
    const rotated = await startAgain(app, {}, { DATA_KEYS: `${k2},${k1}` });
    const second = await handIn({ ...app, url: `http://127.0.0.1:${rotated.port}` });
    await shown(app.chat, second);
    for (const reference of [first, second]) expect(await details(app, reference)).to.include(example.youngPerson.name);
    await rotated.stop();

    const refused = await refusal(startAgain(app, {}, { DATA_KEYS: k1 }));
    expect(refused).to.include('k2 is missing').and.include('put back the keys').and.not.include('k1');
    expect(await refusal(startAgain(app, {}, { DATA_KEYS: `${k1},${k2}` }))).to.include('in their order');
    const back = await startAgain(app, {}, { DATA_KEYS: `${k2},${k1}` });
    for (const reference of [first, second]) expect(await details(app, reference)).to.include(example.youngPerson.name);
    await back.stop();
    await app.teams.close();
  });

  it('leave a store that is only looked at as it is', async () => {
    const DATA_DIR = `${folder.path}/looked`;
    await (await startTestApp({ dataDir: DATA_DIR, environment: { DATA_KEYS: k1 } })).stop();
    const config = readToolConfig({ DATA_DIR, DATA_KEYS: `${k2},${k1}` });
    const lines: string[] = [];
    for (const file of ['one', 'two'])
      expect(await exportStore(config, ['--to', `${folder.path}/${file}.jsonl`], (line) => lines.push(line))).to.equal(
        0,
      );
    expect(lines.join()).to.include('1 keys').and.not.include('2 keys');
  });

  it('of an instance that runs on with the old ones do all but open what the new one sealed, until it is started anew', async () => {
    const cosmos = await startCosmosServer();
    const environment = onCosmos(cosmos);
    const app = await startTestApp({ environment });
    await app.chat.installBot(app.people.maria);
    const first = await handIn(app);
    const other = await startAgain(app, {}, { ...environment, DATA_KEYS: `${k2},${k1}` });
    const second = await handIn({ ...app, url: `http://127.0.0.1:${other.port}` });
    await shown(app.chat, second);
    app.teams.connectTo(`${app.url}/api/messages`);
    expect(await details(app, first)).to.include(example.youngPerson.name);
    expect(await details(app, second)).to.include(sv('errors.sealed.unreadable'));
    const { petri } = app.people;
    const claimed = answered(await pressOn(app.chat, petri, second, 'referral.claim'));
    expect(claimed).to.include(sv('referral.state.taken', { name: petri.name }));
    await app.bot.settled();
    expect(await refusal(startAgain(app, {}, environment))).to.include('k2 is missing');
    await other.stop();
    await app.stop();
    await cosmos.close();
  });
});
