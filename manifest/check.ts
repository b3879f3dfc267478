import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { z } from 'zod';

const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json')),
  'build/json-schemas/teams',
);
const versioned = z.object({ manifestVersion: z.string().regex(/^\d+\.\d+$/) });

/**
 * The official schema of one manifest version, as the package `@microsoft/app-manifest` carries it: no network.
 * The schema for translations has patterns with a bare `]`, which the validator, strict about regular expressions,
 * refuses; escaped, they mean the same.
 */
async function readSchema(version: string, kind: 'schema' | 'Localization.schema') {
  const text = await readFile(join(schemas, `v${version}`, `MicrosoftTeams.${kind}.json`), 'utf8');
  return JSON.parse(text.replaceAll('\\\\b]', '\\\\b\\\\]'));
}

/**
 * Holds a filled manifest and its translations against Microsoft's schemas of the version that the manifest names.
 * @param translations file name → JSON text
 * @returns every problem, each beginning with the name of its file; none when all is well
 */
export async function findProblems(manifest: string, translations: ReadonlyMap<string, string>): Promise<string[]> {
  const { manifestVersion } = versioned.parse(JSON.parse(manifest));
  const problems: string[] = [];
  const check = async (file: string, text: string, schema: Awaited<ReturnType<typeof readSchema>>): Promise<void> => {
    const found = await AppManifestUtils.validateAgainstSchema(JSON.parse(text), schema);
    problems.push(...found.map((problem) => `${file} ${problem}`));
  };
  await check('manifest.json', manifest, await readSchema(manifestVersion, 'schema'));
  const localisation = await readSchema(manifestVersion, 'Localization.schema');
  for (const [file, text] of translations) await check(file, text, localisation);
  return problems;
}
