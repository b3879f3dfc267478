import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CosmosClient } from '@azure/cosmos';
import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import type { Config } from '../../bot/config.ts';
import { provisionStore } from '../../bot/cosmos-provision.ts';
import { exportStore } from '../../bot/export.ts';
import { importStore } from '../../bot/import.ts';
import { afterRestore } from '../../bot/restored.ts';
import { startProblem } from '../../bot/start-problem.ts';
import { readToolConfig } from '../../bot/tool-config.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import { startTestApp } from '../support/app.ts';
import { regionFile } from '../support/builders.ts';
import { type CosmosServer, startCosmosServer } from '../support/cosmos-server.ts';
import { production } from '../support/issuer.ts';
import { answered, example, handIn, pressOn, shown, startAgain, temporaryFolder } from '../support/seed.ts';

type Tool = (config: Config, words: readonly string[], print: (line: string) => void) => Promise<number>;

/** The exit code and what was printed. */
async function run(tool: Tool, environment: Record<string, string>, ...words: string[]): Promise<[number, string]> {
  const lines: string[] = [];
  const config = readToolConfig(environment);
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
    const agenda = { body: 'management:vastra-nyland', sitting: '1' };
    const open = () => app.chat.pressOld(app.people.kaisa, { verb: 'agenda.open', data: agenda });
    await open();
    const item = { title: 'Lokaler', kind: 'decision', presenter: 'nobody', confidential: 'false' };
    await app.chat.pressOld(app.people.kaisa, { verb: 'agenda.saveItem', data: { ...agenda, ...item } });
    await app.bot.settled();
    await app.bot.stop();

    const embedded = { DATA_DIR: app.dataDir };
    const azure = { ...account, DATA_DIR: app.dataDir };
    const file = `${folder.path}/all.jsonl`;
    const [exported, saidOfExport] = await run(exportStore, embedded, '--to', file);
    expect(exported).to.equal(0);
    expect(saidOfExport).to.match(/all\.jsonl holds \d+ documents \(.*1 referral.*1 sitting/);
    const written = readFileSync(file, 'utf8');
    for (const secret of [example.youngPerson.name, example.narrative, 'Kort.', 'Lokaler'])
      expect(written).to.not.include(secret);

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
    expect(answered(await open())).to.include('Lokaler');
    await bot.settled();
    await bot.stop();
    await app.teams.close();
  });

  it('say what to do when the keys are not those of the file', async () => {
    const mine = await started(`${folder.path}/mine`);
    const file = `${folder.path}/mine.jsonl`;
    await run(exportStore, mine, '--to', file);
    const theirs = { DATA_DIR: `${folder.path}/theirs`, DATA_KEYS: production.DATA_KEYS };
    const refused = await run(importStore, theirs, '--from', file).catch(startProblem);
    expect(refused).to.include('put back the keys');
  });

  it('make no key and no store where there are none, and say what to set', async () => {
    const DATA_DIR = `${folder.path}/nowhere`;
    const keys = { DATA_DIR, DATA_KEYS: production.DATA_KEYS };
    const file = `${folder.path}/nothing.jsonl`;
    const tools = [
      [printAuditLog, 'LOJ-2026-0001'],
      [exportStore, '--to', file],
      [importStore, '--from', file],
    ] as const;
    for (const [tool, ...words] of tools)
      expect(await run(tool, { DATA_DIR }, ...words).catch(startProblem)).to.include('set DATA_KEYS');
    for (const [tool, ...words] of tools.slice(0, 2))
      expect(await run(tool, keys, ...words).catch(startProblem)).to.include(`${DATA_DIR}/ankarbot.db does not exist`);
    expect(existsSync(`${DATA_DIR}/data-keys`) || existsSync(`${DATA_DIR}/ankarbot.db`)).to.equal(false);
    const azure = { ...account, DATA_KEYS: production.DATA_KEYS };
    expect(await run(exportStore, azure, '--to', file).catch(startProblem)).to.include('cosmos:provision');
    expect((await run(provisionStore, azure))[1], 'nobody had made it').to.include('documents: created');
  });

  it('npm run restored lets no reference be given a second time that was given after the backup', async () => {
    const dataDir = `${folder.path}/restored`;
    const settings = { DATA_DIR: dataDir };
    const app = await startTestApp({ dataDir });
    await handIn(app);
    await app.stop();
    copyFileSync(`${dataDir}/ankarbot.db`, `${dataDir}/copy`);
    const later = await startTestApp({ dataDir });
    const lost = await handIn(later);
    await later.stop();
    copyFileSync(`${dataDir}/copy`, `${dataDir}/ankarbot.db`);
    for (const words of [[], ['--skip'], ['--skip', 'many'], ['--skip', '0'], ['--skip', '1.5']])
      expect((await run(afterRestore, settings, ...words))[0], words.join(' ')).to.equal(1);
    const [code, said] = await run(afterRestore, settings, '--skip', '10');
    expect(code).to.equal(0);
    const next = lost.replace('-0002', '-0012');
    expect(said).to.include(`LOJ: the next reference is ${next}.`);
    expect(said, 'a team without any case yet').to.match(/^(?!LOJ)\w+: the next reference is \w+-\d{4}-0011\.$/m);
    const back = await startTestApp({ dataDir });
    expect(await handIn(back)).to.equal(next);
    await back.stop();

    // A team that the file has got since, as the next start would take it up.
    const REGION_FILE = `${folder.path}/new-team.yaml`;
    const team = ['id: nytt', 'code: NYT', 'name: { sv: Nytt, fi: Uusi, en: New }', 'contact: { sv: a, fi: b, en: c }'];
    const teams = `teams:\n  - ${[...team, 'municipalities: []', 'members: []'].join('\n    ')}\n`;
    writeFileSync(REGION_FILE, readFileSync(regionFile, 'utf8').replace(/^teams:\n/m, teams));
    expect((await run(afterRestore, { ...settings, REGION_FILE }, '--skip', '10'))[1]).to.include('NYT: ');
  });

  it('npm run restored takes every calendar address back, also what was taken back after the backup', async () => {
    const dataDir = `${folder.path}/addresses`;
    const settings = { DATA_DIR: dataDir };
    const addressOf = (card: unknown): URL =>
      new URL(/http:[^"]*\/calendar\/[\w.-]+/.exec(JSON.stringify(card))?.[0] ?? '');
    const app = await startTestApp({ dataDir });
    const press = async (bot: typeof app, verb: Verb) =>
      (await bot.chat.pressOld(bot.people.petri, { verb, data: {} })).card;
    await app.chat.installBot(app.people.maria);
    const early = addressOf(await press(app, 'calendar.renew'));
    await app.stop();
    copyFileSync(`${dataDir}/ankarbot.db`, `${dataDir}/copy`);
    const later = await startTestApp({ dataDir });
    const second = addressOf(await press(later, 'calendar.renew'));
    await press(later, 'calendar.revoke');
    await later.stop();
    copyFileSync(`${dataDir}/copy`, `${dataDir}/ankarbot.db`);
    const [code, said] = await run(afterRestore, settings, '--skip', '10');
    expect([code, said.split('\n').at(-1)]).to.deep.equal([
      0,
      'Calendar addresses taken back: 1. Who had one makes a new one with "calendar".',
    ]);
    const back = await startTestApp({ dataDir });
    const status = async ({ pathname }: URL): Promise<number> => (await fetch(`${back.url}${pathname}`)).status;
    const third = addressOf(await press(back, 'calendar.renew'));
    expect([await status(early), await status(second), await status(third)]).to.deep.equal([404, 404, 200]);
    await back.stop();
  });

  it('export nothing with no success', async () => {
    const DATA_DIR = `${folder.path}/empty`;
    mkdirSync(DATA_DIR);
    writeFileSync(`${DATA_DIR}/ankarbot.db`, '');
    const file = `${folder.path}/empty.jsonl`;
    const said = await run(exportStore, { DATA_DIR, DATA_KEYS: production.DATA_KEYS }, '--to', file).catch(
      startProblem,
    );
    expect(said).to.include('holds nothing');
    expect(existsSync(file)).to.equal(false);
  });

  it('do in production, with all that the bot is set up with or only what says which store it is', async () => {
    const dataDir = `${folder.path}/production`;
    const app = await startTestApp({ dataDir, environment: production });
    await app.stop();
    const file = `${folder.path}/production.jsonl`;
    const whole = { ...production, DATA_DIR: dataDir, ALLOWED_TENANTS: 'another' };
    expect(await run(exportStore, whole, '--to', file)).to.satisfy(([code]: [number]) => code === 0);
    const { DATA_KEYS } = production;
    const copy = await run(printAuditLog, { DATA_DIR: dataDir, DATA_KEYS }, 'vastra-nyland');
    expect(copy).to.deep.equal([0, 'The chain of 0 entries is whole.']);
    expect(readdirSync(dataDir)).to.not.include('data-keys');
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
