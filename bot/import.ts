import { importAll } from '../src/storage/transfer.ts';
import type { Config } from './config.ts';
import { openUnchecked } from './data.ts';
import { runTool } from './run.ts';
import { fileNamed, summaryOf } from './transfer-words.ts';

/**
 * `npm run import -- --from all.jsonl` writes what `npm run export` wrote into an empty store. One that was cut off is
 * finished by running it again.
 */
export async function importStore(
  config: Config,
  words: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const file = fileNamed(words, 'from');
  if (file === null) {
    print('Say from which file: npm run import -- --from all.jsonl');
    return 1;
  }
  const { store, sealer } = await openUnchecked(config, { make: 'store' });
  try {
    const { header, written, present } = await importAll(store, file, sealer);
    print(`${file} holds ${summaryOf(header)}: ${written} written, ${present} were there already.`);
    return 0;
  } finally {
    await store.close();
  }
}

if (import.meta.main) await runTool(importStore);
