import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditService } from '../src/audit/service.ts';
import {
  bellKind,
  checklistAggregates,
  isBellOfBody,
  type ListBell,
  rosterAggregates,
} from '../src/checklists/stored.ts';
import { holding } from '../src/delivery/alarm.ts';
import { bellAggregates } from '../src/delivery/bell.ts';
import { directoryAggregates, type TermBell, termBellKind } from '../src/directory/stored.ts';
import { type CadenceBell, cadenceBellKind, meetingAggregates } from '../src/meetings/stored.ts';
import { referralAggregates } from '../src/referrals/stored.ts';
import { type Clock, systemClock } from '../src/shared/clock.ts';
import { AppError } from '../src/shared/errors.ts';
import { partitionOf } from '../src/shared/ids.ts';
import { minutesAggregates, numberingAggregates } from '../src/steering/minutes/stored.ts';
import { sittingAggregates } from '../src/steering/stored.ts';
import { createSealer, shortened } from '../src/storage/envelope.ts';
import { checkKeys } from '../src/storage/key-check.ts';
import { loadKeyFile, loadOrCreateKeyFile } from '../src/storage/keys.ts';
import type { Meter } from '../src/storage/meter.ts';
import type { Store, StoredDocument } from '../src/storage/port.ts';
import { openSqliteStore } from '../src/storage/sqlite.ts';
import type { Config } from './config.ts';

interface DataParts {
  clock?: Clock;
  /** Told the request units of every request to Azure Cosmos DB. */
  onCharge?: Meter['charge'];
  /** What stands between those who ask and the store. */
  through?: (store: Store) => Store;
  /** What may be made where it is absent. Default `everything`, for the bot; no tool makes keys. */
  make?: 'everything' | 'store' | 'nothing';
}

/** Kinds that show nothing anywhere and are removed when their alarm rings. */
const expiringKinds: ReadonlySet<string> = new Set(['intake']);

/** What is removed when its alarm rings: those, and what another document does by now. */
export function isExpiring(document: Pick<StoredDocument, 'kind' | 'id'>): boolean {
  return expiringKinds.has(document.kind) || isBellOfBody(document);
}

/**
 * The region and what is stored of it, with the keys that open it: for the bot, and for tools that read beside it. Writes
 * nothing.
 */
export async function openData(config: Config, parts: DataParts = {}) {
  const { clock = systemClock } = parts;
  const { region, ring, sealer, store } = await openUnchecked(config, parts);
  const marks = partitionOf(region.directory.tenant, 'keys');
  try {
    await checkKeys(store, sealer, marks);
  } catch (error) {
    await store.close();
    throw error;
  }
  const audit = createAuditService(store, (text) => shortened(sealer.fingerprint(text, 'audit')));
  // A process that has the store to itself takes up what an earlier one held.
  const process = store.exclusive ? 'only' : crypto.randomUUID();
  const held = holding(process, clock.now);
  const stored = {
    referrals: referralAggregates(store, held),
    directories: directoryAggregates(store),
    terms: bellAggregates<TermBell>(store, termBellKind, held),
    meetings: meetingAggregates(store, held),
    cadences: bellAggregates<CadenceBell>(store, cadenceBellKind, held),
    lists: checklistAggregates(store, held),
    bells: bellAggregates<ListBell>(store, bellKind, held),
    rosters: rosterAggregates(store),
    sittings: sittingAggregates(store, held),
    minutes: minutesAggregates(store),
    numberings: numberingAggregates(store),
  };
  return { region, ring, marks, sealer, store, process, held, audit, stored };
}

/** The same before anybody knows whether the keys belong to the store: a store that is empty stays so. */
export async function openUnchecked(config: Config, parts: DataParts = {}) {
  const { through = (store) => store, make = 'everything' } = parts;
  if (make !== 'nothing') makeFolder(config.DATA_DIR);
  const inFile = make === 'everything' ? loadOrCreateKeyFile : loadKeyFile;
  const ring = config.ring ?? inFile(join(config.DATA_DIR, 'data-keys'));
  return { region: config.region, ring, sealer: createSealer(ring), store: through(await openStore(config, parts)) };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`DATA_DIR: set a folder in which this process may write; ${path} cannot be made`, { cause });
  }
}

export type OpenData = Awaited<ReturnType<typeof openData>>;

/** Errors: `store.absent` (`file`) where it may not be made, and those of the store. */
export async function openStore(config: Config, parts: Omit<DataParts, 'through'> = {}): Promise<Store> {
  const { clock = systemClock, onCharge, make } = parts;
  if (config.STORE === 'sqlite') {
    const file = join(config.DATA_DIR, 'ankarbot.db');
    if (make === 'nothing' && !existsSync(file)) throw new AppError('store.absent', { file });
    return openSqliteStore(file);
  }
  const { openCosmosStore } = await importCosmos();
  return openCosmosStore({
    ...cosmosAccount(config),
    ...(make === 'nothing' && { provision: false }),
    expiring: { kinds: expiringKinds, now: clock.now },
    ...(onCharge && { onCharge }),
  });
}

/** Creates the database and the container of Cosmos DB when absent. Errors: `store.unavailable`. */
export async function provision(config: Config) {
  const { provisionCosmos } = await importCosmos();
  return provisionCosmos(cosmosAccount(config));
}

/** The Cosmos client is large, so only those who need it load it. */
const importCosmos = () => import('../src/storage/cosmos.ts');

const cosmosAccount = ({ COSMOS_ENDPOINT = '', COSMOS_KEY }: Config) => ({
  endpoint: COSMOS_ENDPOINT,
  ...(COSMOS_KEY && { key: COSMOS_KEY }),
});
