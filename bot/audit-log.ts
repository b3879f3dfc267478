import { nameOf } from '../src/directory/model.ts';
import { keyOfReference, logPartition, referralAggregates } from '../src/referrals/stored.ts';
import { isAppError } from '../src/shared/errors.ts';
import { personId } from '../src/shared/ids.ts';
import type { Config } from './config.ts';
import { openData } from './main.ts';
import { runTool } from './run.ts';

/**
 * `npm run audit -- LOJ-2026-0001` prints who looked at or changed a case, when and why, and whether the log is whole.
 * The embedded store belongs to one process, so the bot is stopped first. Exit codes: 0 whole, 1 not read, 2 broken.
 */
export async function printAuditLog(
  config: Config,
  [reference = '']: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { region, store, audit } = await openData(config).catch((error: unknown) => {
    throw isAppError(error, 'store.locked') ? new Error('The store is in use: stop the bot first.') : error;
  });
  try {
    const key = keyOfReference(region.directory, reference);
    const referral = key && (await referralAggregates(store).get(key));
    if (!referral) {
      print(`There is no case ${reference || '(give its reference, such as LOJ-2026-0001)'}.`);
      return 1;
    }
    const entries = await audit.read(logPartition(referral), referral.ledger);
    for (const { seq, at, who, what, why, detail } of entries) {
      const name = nameOf(region.directory, personId(who));
      print([seq, at, name ? `${name} (${who})` : who, what, why, detail ? JSON.stringify(detail) : ''].join('\t'));
    }
    const { intact, brokenAt } = audit.verify(entries, referral.ledger);
    print(intact ? `The chain of ${entries.length} entries is whole.` : `The chain is BROKEN at entry ${brokenAt}.`);
    return intact ? 0 : 2;
  } finally {
    await store.close();
  }
}

if (import.meta.main) await runTool(printAuditLog);
