import { readFileSync, writeFileSync } from 'node:fs';
import { CosmosClient } from '@azure/cosmos';
import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import { type Config, readConfig } from '../../bot/config.ts';
import { provisionStore } from '../../bot/cosmos-provision.ts';
import { exportStore } from '../../bot/export.ts';
import { importStore } from '../../bot/import.ts';
import { startProblem } from '../../bot/start-problem.ts';
import { startTestApp } from '../support/app.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { answered, example, handIn, pressOn, shown, startAgain, temporaryFolder } from '../support/seed.ts';

type Tool = (config: Config, words: readonly string[], print: (line: string) => void) => Promise<number>;

/** The exit code and what was printed. */
async function run(tool: Tool, environment: Record<string, string>, ...words: string[]): Promise<[number, string]> {
  const lines: string[] = [];
  const config = readConfig({ ANKARBOT_MODE: 'local', ...environment });
  const code = await tool(config, words, (line) => lines.push(line));
  return [code, lines.join('\n')];
}

/** A store that a bot was started on once. */
async function started(dataDir: string): Promise<{ DATA_DIR: string }> {
  const app = await startTestApp({ dataDir });
  await app.stop();
  return { DATA_DIR: dataDir };
}

describe('the tools for the store', () => {
  const folder = temporaryFolder();
  let cosmos: CosmosServer;
  let account: Record<string, string>;
  let other = 0;
  beforeEach(async () => {
    cosmos = await startCosmosServer();
    account = { STORE: 'cosmos', COSMOS_ENDPOINT: cosmos.endpoint, COSMOS_KEY: cosmos.key };
    account.DATA_DIR = `${folder.path}/data-${other++}`;
  });
  afterEach(() => cosmos.close());
  after(() => folder.remove());

  describe('npm run cosmos:provision', () => {
    it('creates what is absent, and the second time finds it and changes nothing', async () => {
      expect(await run(provisionStore, account)).to.deep.equal([
        0,
        'Database ankarbot: created.\nContainer documents: created.',
      ]);
      expect(await run(provisionStore, account)).to.deep.equal([
        0,
        'Database ankarbot: found.\nContainer documents: found.',
      ]);
    });

    it('tells in what a container that was made otherwise differs, and leaves it', async () => {
      const { endpoint, key } = cosmos;
      const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
      const { database } = await client.databases.create({ id: 'ankarbot' });
      await database.containers.create({ id: 'documents', partitionKey: { paths: ['/tenant'] } });
      const [code, said] = await run(provisionStore, account);
      expect(code).to.equal(1);
      expect(said).to.include('partitionKey, defaultTtl, indexingPolicy.includedPaths');
      expect((await database.container('documents').read()).resource?.defaultTtl).to.equal(undefined);
      client.dispose();
    });

    it('asks for what it needs', async () => {
      expect((await run(provisionStore, { DATA_DIR: folder.path }))[0]).to.equal(1);
    });
  });

  it('npm run export and npm run import take everything from the embedded store to Azure Cosmos DB', async () => {
    const app = await startTestApp({ dataDir: `${folder.path}/moving` });
    const { maria, petri, sofia } = app.people;
    await app.chat.installBot(maria);
    const reference = await handIn(app);
    await shown(app.chat, reference);
    await pressOn(app.chat, sofia, reference, 'referral.assess', {
      worry: '2',
      recommendation: 'accept',
      note: 'Kort.',
    });
    await app.bot.settled();
    await app.bot.stop();

    const embedded = { DATA_DIR: app.dataDir };
    const azure = { ...account, DATA_DIR: app.dataDir };
    const file = `${folder.path}/all.jsonl`;
    const [exported, saidOfExport] = await run(exportStore, embedded, '--to', file);
    expect(exported).to.equal(0);
    expect(saidOfExport).to.match(/all\.jsonl holds \d+ documents \(.*1 referral/);
    const written = readFileSync(file, 'utf8');
    for (const secret of [example.youngPerson.name, example.narrative, 'Kort.']) expect(written).to.not.include(secret);

    const [imported, saidOfImport] = await run(importStore, azure, '--from', file);
    expect(imported).to.equal(0);
    expect(saidOfImport).to.match(/: \d+ written, 0 were there already\.$/);
    expect((await run(exportStore, azure, '--to', `${file}.2`))[0]).to.equal(0);
    expect(readFileSync(`${file}.2`, 'utf8')).to.equal(written);

    expect(await run(printAuditLog, azure, reference)).to.satisfy(([code]: [number]) => code === 0);
    const bot = await startAgain(app, {}, azure);
    expect(answered(await pressOn(app.chat, petri, reference, 'referral.details'))).to.include(
      example.youngPerson.name,
    );
    expect(answered(await pressOn(app.chat, sofia, reference, 'referral.details'))).to.include('Kort.');
    await bot.settled();
    await bot.stop();
    await app.teams.close();
  });

  it('say what to do when the keys are not those of the file', async () => {
    const mine = await started(`${folder.path}/mine`);
    const file = `${folder.path}/mine.jsonl`;
    await run(exportStore, mine, '--to', file);
    const refused = await run(importStore, { DATA_DIR: `${folder.path}/theirs` }, '--from', file).catch(startProblem);
    expect(refused).to.include('put back the keys');
  });

  it('say which line is broken, which file is missing, and how they are to be called', async () => {
    const [mine, file] = [await started(`${folder.path}/called`), `${folder.path}/called.jsonl`];
    await run(exportStore, mine, '--to', file);
    writeFileSync(`${file}.broken`, `${readFileSync(file, 'utf8')}{"partition":\n`);
    const broken = await run(importStore, mine, '--from', `${file}.broken`).catch(startProblem);
    const whole = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    expect(broken).to.include(`Line ${whole + 1} is broken`);
    const missing = await run(importStore, mine, '--from', `${file}.none`).catch(startProblem);
    expect(missing).to.include(`${file}.none cannot be read`);
    for (const words of [[], ['--from'], ['--to', file, 'more'], ['--too', file]]) {
      expect((await run(importStore, mine, ...words))[0], words.join(' ')).to.equal(1);
      expect((await run(exportStore, mine, ...words))[0], words.join(' ')).to.equal(1);
    }
  });
});
