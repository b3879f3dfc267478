import { readFile } from 'node:fs/promises';
import { z } from 'zod';

export const manifestFolder = new URL('../../../manifest/', import.meta.url);

const command = z.object({ title: z.string(), description: z.string() });
const manifestShape = z.looseObject({
  $schema: z.string(),
  manifestVersion: z.string(),
  accentColor: z.string(),
  name: z.looseObject({ short: z.string() }),
  localizationInfo: z.object({
    defaultLanguageTag: z.string(),
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
  developer: z.record(z.string(), z.string()),
  bots: z.tuple([
    z.looseObject({
      scopes: z.array(z.string()),
      commandLists: z.array(z.object({ scopes: z.array(z.string()), commands: z.array(command) })),
    }),
  ]),
  composeExtensions: z.tuple([z.looseObject({ commands: z.array(z.looseObject({ id: z.string() })) })]),
});

/** The manifest as it lies in the repository, with its placeholders. */
export const readManifest = async () =>
  manifestShape.parse(JSON.parse(await readFile(new URL('manifest.json', manifestFolder), 'utf8')));

/** A translation of the manifest: the path of a text → the text. */
export const readTranslation = async (language: string): Promise<Record<string, string>> =>
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(new URL(`${language}.json`, manifestFolder), 'utf8')));

/** Values that fill every placeholder. */
export const someValues = {
  BOT_ID: '11111111-1111-4111-8111-111111111111',
  TEAMS_APP_ID: '22222222-2222-4222-8222-222222222222',
  APP_DOMAIN: 'bot.example.fi',
  APP_VERSION: '1.2.3',
};
