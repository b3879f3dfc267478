import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };
import { production } from '../../support/issuer.ts';
import { temporaryFolder } from '../../support/seed.ts';

interface Instruction {
  word: string;
  rest: string;
}

/** The instructions of a Dockerfile, lines that go on joined. */
function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, '')
    .split('\n');
  return lines.flatMap((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return word === undefined || rest === undefined ? [] : [{ word, rest }];
  });
}

const all = instructionsOf(readFileSync('Dockerfile', 'utf8'));
const lastStage = all.slice(all.findLastIndex(({ word }) => word === 'FROM'));
const of = (word: string): string[] => lastStage.filter((one) => one.word === word).map(({ rest }) => rest);

const locked = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional(), optional: z.boolean().optional() }),
  ),
});
/** The folders that `npm ci --omit=dev --omit=optional` makes. */
const installed = new Set(
  Object.entries(locked.parse(JSON.parse(readFileSync('package-lock.json', 'utf8'))).packages)
    .filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional)
    .map(([folder]) => folder),
);

describe('the image', () => {
  it('stands on the Node that the bot is tested with, and not on whatever is newest', () => {
    const [major] = manifest.dependencies.node.split('.');
    const bases = all.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(new Set(bases)).to.deep.equal(new Set([`node:${major}-slim`]));
  });

  it('has what is needed in production alone, locked, and runs no script of a package', () => {
    const installs = all.filter(({ rest }) => /\bnpm (?:ci|i|install)\b/.test(rest)).map(({ rest }) => rest);
    expect(installs).to.have.lengthOf(1);
    expect(installs[0]).to.match(/^npm ci --omit=dev --omit=optional --ignore-scripts /);
    const copied = of('COPY').map((rest) => rest.replace(/^--from=\S+ /, '').split(' ')[0]);
    expect(copied).to.have.members(['/app/node_modules', 'package.json', 'bot', 'src']);
    expect(all.filter(({ word }) => word === 'ADD')).to.deep.equal([]);
    for (const name of ['@microsoft/m365agentsplayground', '@sparticuz/chromium', 'playwright-core', 'typescript'])
      expect(installed.has(`node_modules/${name}`), name).to.equal(false);
  });

  it('runs as nobody in particular, writes to /data alone, and keeps no secret', () => {
    expect(of('USER')).to.deep.equal(['1000:1000']);
    const order = lastStage.map(({ word }) => word);
    expect(order.indexOf('USER')).to.be.greaterThan(order.lastIndexOf('COPY'));
    const asNobody = lastStage.slice(order.indexOf('USER')).filter(({ word }) => word === 'RUN');
    expect(asNobody, 'compiles and does nothing else').to.have.lengthOf(1);
    expect(asNobody[0]?.rest).to.match(/^NODE_COMPILE_CACHE=\S+ node --input-type=module -e "[^"]*"$/);
    expect(of('VOLUME')).to.deep.equal(['/data']);
    expect(of('ENV')).to.deep.equal(['NODE_ENV=production DATA_DIR=/data REGION_FILE=/region/region.yaml']);
    expect(all.filter(({ word }) => word === 'ARG')).to.deep.equal([]);
  });

  it('is compiled beforehand, into the folder in which the bot looks and by the user that it runs as', () => {
    const at = lastStage.findIndex(({ word, rest }) => word === 'RUN' && rest.includes('NODE_COMPILE_CACHE'));
    const [, cache = '', command = ''] = /^NODE_COMPILE_CACHE=(\S+) (.*)$/.exec(lastStage[at]?.rest ?? '') ?? [];
    expect(readFileSync('bot/index.js', 'utf8')).to.include(`'../${cache}'`);
    const made = lastStage.findIndex(({ word, rest }) => word === 'RUN' && rest.includes(`-o node -g node ${cache}`));
    const user = lastStage.findIndex(({ word }) => word === 'USER');
    expect([made, user, at].every((step) => step >= 0)).to.equal(true);
    expect([made, user, at]).to.deep.equal([made, user, at].toSorted((one, other) => one - other));
    const folder = temporaryFolder();
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_COMPILE_CACHE: folder.path },
    });
    expect(status, stderr).to.equal(0);
    const [ofUser = '', ...others] = readdirSync(folder.path);
    expect(others).to.deep.equal([]);
    expect(readdirSync(join(folder.path, ofUser)).length, 'as much as the bot loads').to.be.greaterThan(500);
    folder.remove();
  });

  it('says whether it is well, and starts the bot as `npm start` does, without a shell between it and SIGTERM', () => {
    expect(of('HEALTHCHECK').join())
      .to.include('/healthz')
      .and.match(/CMD \["node", /);
    const [node, ...options] = manifest.scripts.start.split(' ').filter((word) => !word.startsWith('--env-file'));
    expect(of('CMD').map((rest): unknown => JSON.parse(rest))).to.deep.equal([[node, ...options]]);
    expect(of('ENTRYPOINT')).to.deep.equal([]);
  });

  it('is built from four things; whatever else lies about here does not get near it', () => {
    const lines = readFileSync('.dockerignore', 'utf8').split('\n');
    const rules = lines.filter((line) => line && !line.startsWith('#'));
    expect(rules).to.deep.equal(['*', '!package.json', '!package-lock.json', '!bot', '!src']);
    for (const rule of rules.slice(1)) expect(existsSync(rule.slice(1)), rule).to.equal(true);
  });
});

describe('the bot in production', () => {
  const settings = { ...production, BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: '', PORT: '0', LOG_LEVEL: 'silent' };
  /**
   * Starts and stops it in a process of its own, in which a package that production does not install cannot be found; what
   * it said.
   */
  function startOnce(environment: Record<string, string>, ...options: string[]): string {
    const folder = temporaryFolder();
    const script = `
      import fs from 'node:fs';
      import { registerHooks, syncBuiltinESMExports } from 'node:module';
      // With permissions, Node allows nobody to wait for a disk, whatever the file.
      if (process.permission) fs.fdatasync = (_, done) => setImmediate(done, null);
      syncBuiltinESMExports();
      const installed = new Set(${JSON.stringify([...installed])});
      const packages = new Set();
      registerHooks({
        resolve(name, context, next) {
          const found = next(name, context);
          const [, folder] = /\\/(node_modules\\/(?:.*\\/node_modules\\/)?(?:@[^/]+\\/)?[^/]+)/.exec(found.url) ?? [];
          if (folder && !installed.has(folder)) throw Object.assign(new Error(folder), { code: 'MODULE_NOT_FOUND' });
          if (folder) packages.add(folder);
          return found;
        },
      });
      try {
        const { start } = await import('./bot/main.ts');
        const { readConfig } = await import('./bot/config.ts');
        await (await start(readConfig(process.env))).stop();
        for (const format of ['docx', 'pdf', 'xlsx', 'csv']) await import('./src/documents/' + format + '.ts');
        console.log('started and stopped');
      } catch (error) {
        console.log(error.code, error.stack);
      }
      process.stdout.write([...packages].join(' '), () => process.exit());`;
    const given = options.map((option) => option.replace('DATA_DIR', folder.path));
    const { stdout, stderr } = spawnSync(process.execPath, [...given, '--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, DATA_DIR: folder.path, ...settings, ...environment },
    });
    folder.remove();
    return stdout + stderr;
  }

  it('needs no package that is installed for developers only, whatever it is set up for', () => {
    const traced = startOnce({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect(traced).to.include('started and stopped').and.include('node_modules/@opentelemetry/sdk-trace');
    for (const name of ['docx', 'pdfkit', 'write-excel-file', 'csv-stringify'])
      expect(traced).to.include(`node_modules/${name}`);
    const cosmos = startOnce({ STORE: 'cosmos', COSMOS_ENDPOINT: 'http://127.0.0.1:9', COSMOS_KEY: 'a2V5' });
    expect(cosmos)
      .to.match(/^store\.unavailable/)
      .and.include('node_modules/@azure/cosmos');
    const identity = startOnce({ STORE: 'cosmos', COSMOS_ENDPOINT: 'http://127.0.0.1:9' });
    expect(identity)
      .to.match(/^store\.unavailable/)
      .and.include('node_modules/@azure/identity');
    const graph = startOnce({ GRAPH_CALENDAR: 'on' });
    expect(graph).to.include('started and stopped').and.include('node_modules/@microsoft/microsoft-graph-client');
    const without = startOnce({});
    expect(without, 'loaded only where it is wanted')
      .to.include('started and stopped')
      .and.not.include('microsoft-graph-client');
  }).timeout(90_000);

  it('writes nothing outside of its data folder, so the rest may be read-only', () => {
    const said = startOnce({}, '--permission', '--allow-fs-read=*', '--allow-fs-write=DATA_DIR', '--allow-net');
    expect(said).to.include('started and stopped');
  });
});
