import { nameOf } from '../src/directory/model.ts';
import { directoryKey, directoryLogPartition } from '../src/directory/stored.ts';
import { keyOfReference, logPartition } from '../src/referrals/stored.ts';
import { personId } from '../src/shared/ids.ts';
import type { Config } from './config.ts';
import { openData } from './data.ts';
import { runTool } from './run.ts';

/**
 * `npm run audit -- LOJ-2026-0001` prints who looked at or changed a case, when and why, and whether the log is whole;
 * `npm run audit -- vastra-nyland` the same of the region's directory: who changed its members and chats.
 * The embedded store belongs to one process, so the bot is stopped first. Exit codes: 0 whole, 1 not read, 2 broken.
 */
export async function printAuditLog(
  config: Config,
  [name = '']: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { region, store, audit, stored } = await openData(config, { make: 'nothing' });
  try {
    const own = await stored.directories.get(directoryKey(region.directory));
    // People whom leaders have added are in the stored directory alone.
    const directory = own ?? region.directory;
    const key = keyOfReference(directory, name);
    const referral = key && (await stored.referrals.get(key));
    const log = referral
      ? { partition: logPartition(referral), ledger: referral.ledger }
      : own && name === own.id && { partition: directoryLogPartition(own), ledger: own.ledger };
    if (!log) {
      print(
        `There is no log of ${name || 'nothing'}: give a case, such as LOJ-2026-0001, or the region, ${directory.id}.`,
      );
      return 1;
    }
    const entries = await audit.read(log.partition, log.ledger);
    for (const { seq, at, who, what, why, detail } of entries) {
      const person = nameOf(directory, personId(who));
      print([seq, at, person ? `${person} (${who})` : who, what, why, detail ? JSON.stringify(detail) : ''].join('\t'));
    }
    const { intact, brokenAt } = audit.verify(log.partition, entries, log.ledger);
    print(intact ? `The chain of ${entries.length} entries is whole.` : `The chain is BROKEN at entry ${brokenAt}.`);
    return intact ? 0 : 2;
  } finally {
    await store.close();
  }
}

if (import.meta.main) await runTool(printAuditLog);
