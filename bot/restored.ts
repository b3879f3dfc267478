import { parseArgs } from 'node:util';
import { takeBackAddresses } from '../src/calendar/service.ts';
import { mergeRegion } from '../src/directory/merge.ts';
import { directoryKey } from '../src/directory/stored.ts';
import { createReferenceCounter } from '../src/referrals/counter.ts';
import { teamPartition } from '../src/referrals/stored.ts';
import { dateIn, systemClock } from '../src/shared/clock.ts';
import type { Config } from './config.ts';
import { openData } from './data.ts';
import { runTool } from './run.ts';

/**
 * `npm run restored -- --skip 1000`, once after a store was restored from a backup and before the bot is started: no team
 * gives any of its next thousand references of this year, which may have been given after the backup, so that none is
 * given to two cases; and all calendar addresses are taken back, since one that somebody took back after the backup would lead
 * to their meetings again.
 */
export async function afterRestore(
  config: Config,
  words: readonly string[],
  print: (line: string) => void,
  clock = systemClock,
): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { skip: { type: 'string' } }, strict: false });
  const count = typeof values.skip === 'string' ? Number(values.skip) : 0;
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    print(
      'Say how many references each team skips, more than it gave since the backup: npm run restored -- --skip 1000',
    );
    return 1;
  }
  const { region, store, stored } = await openData(config, { make: 'nothing' });
  try {
    const before = await stored.directories.get(directoryKey(region.directory));
    // With the teams that the file has got since the backup, as the next start takes them up.
    const today = dateIn(region.directory.policy.timeZone, clock.now());
    const directory = before ? mergeRegion(before, region.directory, today.toString()) : region.directory;
    const counter = createReferenceCounter(store);
    const lines: string[] = [];
    for (const { id, code } of directory.bodies) {
      if (code === null) continue;
      const next = await counter.skip(teamPartition(directory.tenant, id), code, today.year, count);
      lines.push(`${code}: the next reference is ${next}.`);
    }
    const taken = await takeBackAddresses(store);
    lines.push(`Calendar addresses taken back: ${taken}. Who had one makes a new one with "calendar".`);
    // Said when all is done, so that nobody who reads the first lines only ends it in between.
    print(lines.join('\n'));
    return 0;
  } finally {
    await store.close();
  }
}

if (import.meta.main) await runTool(afterRestore);
