import type { Config } from './config.ts';
import { openStore, provision } from './data.ts';
import { runTool } from './run.ts';

/**
 * `npm run cosmos:provision` creates the database and the container of Azure Cosmos DB when they are absent, and says
 * what it did or found. Exit codes: 0 they are there as they should be, 1 they are not.
 */
export async function provisionStore(
  config: Config,
  _words: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  if (config.STORE !== 'cosmos') {
    print('Set STORE=cosmos and COSMOS_ENDPOINT, and COSMOS_KEY for creating.');
    return 1;
  }
  return config.COSMOS_KEY ? create(config, print) : look(config, print);
}

async function create(config: Config, print: (line: string) => void): Promise<number> {
  const { names, database, container, differing } = await provision(config);
  print(`Database ${names.database}: ${database}.`);
  print(`Container ${names.container}: ${container}.`);
  if (differing.length === 0) return 0;
  print(`The container is not as Ankarbot needs it: ${differing.join(', ')}. Nothing was changed.`);
  print('Change these settings, or give Ankarbot an account of its own.');
  return 1;
}

/** A managed identity may read and write documents, and by no means create what they lie in. */
async function look(config: Config, print: (line: string) => void): Promise<number> {
  await (await openStore(config, { make: 'nothing' })).close();
  print('The container answers. Without COSMOS_KEY nothing is created or compared.');
  return 0;
}

if (import.meta.main) await runTool(provisionStore);
