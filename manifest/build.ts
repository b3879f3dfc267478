/** `node manifest/build.ts [--env env/.env.dev] [--out dist/ankarbot.zip]` builds the Teams app package. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { buildPackage } from './package.ts';
import { readValues } from './values.ts';

const { values: options } = parseArgs({
  options: {
    env: { type: 'string', default: 'env/.env.dev' },
    out: { type: 'string', default: 'dist/ankarbot.zip' },
  },
});

try {
  const zip = await buildPackage(import.meta.dirname, readValues(parseEnv(await readFile(options.env, 'utf8'))));
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, zip);
  console.log(`${options.out}: ${(zip.length / 1024).toFixed(1)} KB, values from ${options.env}`);
} catch (error) {
  console.error(`No package was built (values from ${options.env}):`);
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
