import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { readManifest, readTranslation } from './support.ts';

/** The paths of all texts in `value`, written as the schema of translations writes them: `bots[0].commandLists[1]`. */
function textPaths(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => textPaths(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textPaths(item, path === '' ? key : `${path}.${key}`));
}

/** Tells, by the official schema of translations, whether the text at a path can be translated. */
async function readTranslatable(version: string): Promise<(path: string) => boolean> {
  const root = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'));
  const file = join(root, `build/json-schemas/teams/v${version}/MicrosoftTeams.Localization.schema.json`);
  const keyed = z.record(z.string(), z.unknown());
  const schema = z
    .object({ properties: keyed, patternProperties: keyed })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  const patterns = Object.keys(schema.patternProperties).map((pattern) => new RegExp(pattern));
  return (path) => path !== '$schema' && (path in schema.properties || patterns.some((pattern) => pattern.test(path)));
}

describe('the languages of the manifest', () => {
  it('speaks Swedish first, and Finnish and English', async () => {
    const { localizationInfo } = await readManifest();
    expect(localizationInfo.defaultLanguageTag).to.equal('sv');
    expect(localizationInfo.additionalLanguages.map(({ languageTag }) => languageTag)).to.deep.equal(['fi', 'en']);
  });

  for (const language of ['fi', 'en']) {
    it(`translates every text that Teams can show translated (${language})`, async () => {
      const manifest = await readManifest();
      const expected = textPaths(manifest).filter(await readTranslatable(manifest.manifestVersion));
      expect(expected).to.have.length.above(30);
      const translation = await readTranslation(language);
      expect(Object.keys(translation).filter((key) => key !== '$schema')).to.have.members(expected);
      expect(Object.values(translation).filter((text) => text.trim() === '')).to.deep.equal([]);
    });

    it(`is held against the schema of the manifest's own version (${language})`, async () => {
      const { $schema, manifestVersion } = await readManifest();
      expect($schema).to.contain(`/v${manifestVersion}/`);
      expect((await readTranslation(language)).$schema).to.contain(`/v${manifestVersion}/`);
    });
  }
});

describe('the commands of the manifest', () => {
  it('offers the same commands in a team, a group chat and a personal chat', async () => {
    const [{ scopes, commandLists }] = (await readManifest()).bots;
    expect(scopes).to.have.members(['team', 'groupChat', 'personal']);
    expect(commandLists.map((list) => list.scopes)).to.deep.equal(scopes.map((scope) => [scope]));
    for (const list of commandLists) expect(list.commands).to.deep.equal(commandLists[0]?.commands);
  });

  it('keeps within what Teams shows: ten commands, titles of 32 characters, descriptions of 128', async () => {
    const manifest = await readManifest();
    expect(manifest.bots[0].commandLists[0]?.commands).to.have.length.within(5, 10);
    const texts = new Map<string, string>();
    manifest.bots[0].commandLists[0]?.commands.forEach(({ title, description }, index) => {
      texts.set(`sv ${index} title`, title).set(`sv ${index} description`, description);
    });
    for (const language of ['fi', 'en']) {
      for (const [key, text] of Object.entries(await readTranslation(language))) {
        if (key.startsWith('bots')) texts.set(`${language} ${key}`, text);
      }
    }
    const tooLong = [...texts].filter(([key, text]) => text.length > (key.endsWith('title') ? 32 : 128));
    expect(tooLong).to.deep.equal([]);
  });

  it('offers one message action, on messages only, whose form the bot gives', async () => {
    const [{ commands }] = (await readManifest()).composeExtensions;
    expect(commands).to.have.length(1);
    expect(commands[0]).to.include({ id: 'newReferral', type: 'action', fetchTask: true });
    expect(commands[0]?.context).to.deep.equal(['message']);
  });
});

describe('what the manifest asks for', () => {
  it('asks for no permission and no domain, since the bot uses none', async () => {
    expect(await readManifest()).not.to.have.any.keys(
      'authorization',
      'permissions',
      'devicePermissions',
      'webApplicationInfo',
      'validDomains',
    );
  });

  it('takes files, which the bot reads where Teams keeps them, and no calls', async () => {
    const [bot] = (await readManifest()).bots;
    expect(bot).to.include({ supportsFiles: true, supportsCalling: false, supportsVideo: false });
  });

  it("links to the operator's own pages over https", async () => {
    const { name, ...links } = (await readManifest()).developer;
    expect(name).to.equal('Ankarbot');
    expect(Object.keys(links)).to.have.members(['websiteUrl', 'privacyUrl', 'termsOfUseUrl']);
    for (const link of Object.values(links)) expect(link).to.match(/^https:\/\/\$\{\{APP_DOMAIN\}\}/);
  });
});
