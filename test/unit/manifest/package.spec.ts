import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { findProblems } from '../../../manifest/check.ts';
import { buildPackage } from '../../../manifest/package.ts';
import { fillPlaceholders, readValues } from '../../../manifest/values.ts';
import { manifestFolder, someValues } from './support.ts';

const folder = fileURLToPath(manifestFolder);

describe('building the app package', () => {
  it('packs the manifest and the files it names, and nothing else', async () => {
    const files = Object.keys(unzipSync(await buildPackage(folder, someValues)));
    expect(files).to.have.members(['manifest.json', 'fi.json', 'en.json', 'color.png', 'outline.png']);
  });

  it('fills every placeholder', async () => {
    const files = unzipSync(await buildPackage(folder, someValues));
    const manifest = strFromU8(files['manifest.json'] ?? new Uint8Array());
    for (const value of Object.values(someValues)) expect(manifest).to.contain(value);
    expect(manifest).not.to.contain('${{');
  });

  it('passes the official schemas, translations included', async () => {
    const files = unzipSync(await buildPackage(folder, someValues));
    const text = (file: string): string => strFromU8(files[file] ?? new Uint8Array());
    const translations = new Map(['fi.json', 'en.json'].map((file) => [file, text(file)]));
    expect(await findProblems(text('manifest.json'), translations)).to.deep.equal([]);
  });

  it('gives the same bytes for the same input', async () => {
    const [once, again] = [await buildPackage(folder, someValues), await buildPackage(folder, someValues)];
    expect(Buffer.from(once).equals(Buffer.from(again))).to.equal(true);
  });

  it('names every missing and every malformed value at once', () => {
    expect(() => readValues({ BOT_ID: '', APP_DOMAIN: 'https://bot.example.fi', APP_VERSION: 'next' }))
      .to.throw(Error)
      .with.property('message')
      .that.matches(/^BOT_ID is missing\nTEAMS_APP_ID is missing\nAPP_DOMAIN must be .+\nAPP_VERSION must be .+$/);
  });

  it('names a placeholder for which there is no value', () => {
    const placeholders = ['TEAMS_APP_ID', 'UNHEARD_OF', 'ALSO_NEW'].map((name) => `\${{${name}}}`);
    expect(() => fillPlaceholders(JSON.stringify(placeholders), someValues)).to.throw('UNHEARD_OF, ALSO_NEW');
  });

  it('can be tried with the example values of the repository', async () => {
    const env = parseEnv(await readFile(join(folder, '../env/.env.dev'), 'utf8'));
    expect(await buildPackage(folder, readValues(env)))
      .to.have.property('length')
      .above(1000);
  });

  it('finds each of its values explained in the example of settings, which itself holds none', async () => {
    const example = parseEnv(await readFile(join(folder, '../env/.env.example'), 'utf8'));
    expect(example).to.include.keys(...Object.keys(someValues));
    expect(Object.values(example).filter((value) => value !== '')).to.deep.equal([]);
  });
});

describe('refusing a broken app package', () => {
  let broken: string;

  beforeEach(async () => {
    broken = await mkdtemp(join(tmpdir(), 'manifest-'));
    await cp(folder, broken, { recursive: true });
  });
  afterEach(() => rm(broken, { recursive: true }));

  const change = async (file: string, from: string, to: string): Promise<void> => {
    const text = await readFile(join(broken, file), 'utf8');
    expect(text).to.contain(from);
    await writeFile(join(broken, file), text.replaceAll(from, to));
  };
  const refusal = async (): Promise<string> => {
    const outcome = await buildPackage(broken, someValues).catch((error: unknown) => error);
    return outcome instanceof Error ? outcome.message : 'it was built';
  };

  it('refuses what the schema of manifests does not allow', async () => {
    await change('manifest.json', '"supportsFiles"', '"readsEverything"');
    expect(await refusal()).to.match(/^manifest\.json \/bots\/0 .*readsEverything/);
  });

  it('refuses what the schema of translations does not allow', async () => {
    await change('fi.json', '"name.short"', '"name.shorter"');
    expect(await refusal()).to.match(/^fi\.json .*"name\.shorter"/m);
  });

  it('refuses a text that is too long for its place', async () => {
    await change('en.json', 'Make a referral', 'Make a referral '.repeat(5));
    expect(await refusal()).to.match(/^en\.json .*32/);
  });

  it('refuses to pack a file from outside of its folder', async () => {
    await change('manifest.json', '"color.png"', '"../package.json"');
    expect(await refusal()).to.contain('plain file name');
  });
});
