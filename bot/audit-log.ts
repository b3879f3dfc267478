import type { Ledger } from '../src/audit/model.ts';
import { checklistKey, checklistLogPartition, readLists } from '../src/checklists/stored.ts';
import { bodyOf, type Directory, nameOf } from '../src/directory/model.ts';
import { directoryKey, directoryLogPartition, type StoredDirectory } from '../src/directory/stored.ts';
import { keyOfReference, logPartition } from '../src/referrals/stored.ts';
import { type BodyId, bodyId, personId } from '../src/shared/ids.ts';
import { readSittings, sittingKey, sittingLogPartition } from '../src/steering/stored.ts';
import type { Config } from './config.ts';
import { type OpenData, openData } from './data.ts';
import { runTool } from './run.ts';

interface Log {
  partition: string;
  ledger: Ledger;
}

/**
 * `npm run audit -- LOJ-2026-0001` prints who looked at or changed a case, when and why, and whether the log is whole;
 * `npm run audit -- team:lojo startup` the same of a checklist, by its body and id, `npm run audit -- steering:vastra-nyland
 * agenda 1` of an agenda, by its body and number, and `npm run audit -- vastra-nyland` of the region's directory: who changed
 * its members and chats. The embedded store belongs to one process, so the bot is stopped first. Exit codes: 0 whole, 1 not
 * read, 2 broken.
 */
export async function printAuditLog(
  config: Config,
  words: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const { region, store, audit, stored } = await openData(config, { make: 'nothing' });
  try {
    const own = await stored.directories.get(directoryKey(region.directory));
    // People whom leaders have added are in the stored directory alone.
    const directory = own ?? region.directory;
    const log = await logOf(words, directory, own, stored);
    if ('problem' in log) {
      for (const line of log.problem) print(line);
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

type Found = Log | { problem: readonly string[] };

async function logOf(
  [name = '', list = '', number = '']: readonly string[],
  directory: Directory,
  own: StoredDirectory | null,
  { lists, referrals, sittings }: OpenData['stored'],
): Promise<Found> {
  const body = bodyOf(directory, bodyId(name));
  if (body && list === 'agenda') return logOfAgenda(number, body.id, directory, sittings);
  if (body) return logOfList(list, body.id, directory, lists);
  if (own && name === own.id) return { partition: directoryLogPartition(own), ledger: own.ledger };
  const key = keyOfReference(directory, name);
  const referral = key && (await referrals.get(key));
  if (referral) return { partition: logPartition(referral), ledger: referral.ledger };
  const ways =
    'give a case, such as LOJ-2026-0001, a checklist by its body and id, such as team:lojo startup, an agenda by its body and number, such as steering:vastra-nyland agenda 1, or the region';
  return { problem: [`There is no log of ${name || 'nothing'}: ${ways}, ${directory.id}.`] };
}

async function logOfAgenda(
  id: string,
  body: BodyId,
  directory: Directory,
  sittings: OpenData['stored']['sittings'],
): Promise<Found> {
  const { tenant } = directory;
  const sitting = await sittings.get(sittingKey({ tenant, body, id }));
  if (sitting) return { partition: sittingLogPartition(sitting), ledger: sitting.ledger };
  const [newest] = await readSittings(sittings, tenant, body, 1);
  const way = newest ? `its agendas are numbered from 1 to ${newest.id}` : 'it has no agenda yet';
  return { problem: [`There is no log of ${[body, 'agenda', id].filter(Boolean).join(' ')}: ${way}.`] };
}

async function logOfList(
  id: string,
  body: BodyId,
  directory: Directory,
  lists: OpenData['stored']['lists'],
): Promise<Found> {
  const { tenant } = directory;
  const list = await lists.get(checklistKey({ tenant, body, id }));
  if (list) return { partition: checklistLogPartition(list), ledger: list.ledger };
  const known = await readLists(lists, tenant, body);
  const way =
    known.length > 0 ? 'give the body and one of these, its checklists, by its id' : 'it has no checklist yet';
  // An induction is told by its person, a leader's own list by its title.
  const told = known.map(({ id, title, person }) =>
    [id, title.en, ...(person ? [nameOf(directory, person) ?? ''] : [])].join('\t'),
  );
  return { problem: [`There is no log of ${[body, id].filter(Boolean).join(' ')}: ${way}.`, ...told] };
}

if (import.meta.main) await runTool(printAuditLog);
