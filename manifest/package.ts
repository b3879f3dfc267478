import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { findProblems } from './check.ts';
import { fillPlaceholders, type PackageValues } from './values.ts';

const fileName = z.string().regex(/^[\w-]+\.\w+$/, 'must be a plain file name');
const named = z.object({
  icons: z.object({ color: fileName, outline: fileName }),
  localizationInfo: z.object({ additionalLanguages: z.array(z.object({ file: fileName })) }),
});

/**
 * Builds the app package that a Teams administrator uploads: the manifest with its values, and the files it names.
 * The same input gives the same bytes. Throws an Error that lists every breach of Microsoft's schemas.
 * @param directory where `manifest.json` and the files it names are
 */
export async function buildPackage(directory: string, values: PackageValues): Promise<Uint8Array> {
  const read = async (file: string): Promise<Uint8Array> => new Uint8Array(await readFile(join(directory, file)));
  const readFilled = async (file: string): Promise<string> =>
    fillPlaceholders(await readFile(join(directory, file), 'utf8'), values);

  const manifest = await readFilled('manifest.json');
  const { icons, localizationInfo } = named.parse(JSON.parse(manifest));
  const translations = new Map<string, string>();
  for (const { file } of localizationInfo.additionalLanguages) translations.set(file, await readFilled(file));

  const problems = await findProblems(manifest, translations);
  if (problems.length > 0) throw new Error(problems.join('\n'));

  const utf8 = new TextEncoder();
  const files: Record<string, Uint8Array> = { 'manifest.json': utf8.encode(manifest) };
  for (const [file, text] of translations) files[file] = utf8.encode(text);
  for (const file of [icons.color, icons.outline]) files[file] = await read(file);
  // A fixed time (the earliest that a zip can hold), so that the bytes depend on nothing but the content.
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 9 });
}
