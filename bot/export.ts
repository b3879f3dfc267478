import { exportAll } from '../src/storage/transfer.ts';
import type { Config } from './config.ts';
import { openData } from './data.ts';
import { runTool } from './run.ts';
import { fileNamed, summaryOf } from './transfer-words.ts';

/**
 * `npm run export -- --to all.jsonl` writes everything that the store holds into a new file, sealed as it is. The bot is
 * stopped first: the embedded store belongs to one process, and what comes or goes meanwhile in the other one leaves no
 * whole file, so none is left.
 */
export async function exportStore(
  config: Config,
  words: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const file = fileNamed(words, 'to');
  if (file === null) {
    print('Say into which file: npm run export -- --to all.jsonl');
    return 1;
  }
  const { store } = await openData(config, { make: 'nothing' });
  try {
    const header = await exportAll(store, file);
    print(`${file} holds ${summaryOf(header)}. It opens with the same keys only: keep them, and keep them apart.`);
    return 0;
  } finally {
    await store.close();
  }
}

if (import.meta.main) await runTool(exportStore);
