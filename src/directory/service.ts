import { emptyLedger } from '../audit/model.ts';
import type { AuditService } from '../audit/service.ts';
import { createTrimmer } from '../audit/trimmer.ts';
import type { Actor, Membership } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import {
  type Directory,
  type DirectoryCommand,
  decideDirectory,
  membershipsOf,
  mergeRegion,
  vanishedBodies,
} from './model.ts';
import { directoryKey, directoryLogPartition, type StoredDirectory } from './stored.ts';

/** The region's directory, held in memory for every press and stored as one document. */
export interface DirectoryService {
  /** The directory of this tenant, or null when the tenant is none of ours. */
  of(tenant: TenantId): Directory | null;
  /** Errors: `directory.unknownTenant`. */
  require(tenant: TenantId): Directory;
  memberships(tenant: TenantId, person: PersonId): Membership[];
  /** Errors: those of `decideDirectory`. */
  change(actor: Actor, command: DirectoryCommand): Promise<Directory>;
  /** Takes up what another instance has changed. */
  refresh(): Promise<void>;
}

/** Imports the region file without overwriting what leaders have changed since. */
export async function openDirectory(parts: {
  file: Directory;
  directories: Aggregates<StoredDirectory>;
  audit: AuditService;
  clock: Clock;
  /** Whether the body has something open that its people must be able to finish. */
  isBusy: (body: BodyId) => Promise<boolean>;
  /** Somebody was added, removed or got another role. */
  onMembersChanged: (body: BodyId) => void;
}): Promise<DirectoryService> {
  const { file, directories, audit, clock, isBusy, onMembersChanged } = parts;
  const key = directoryKey(file);
  const trimmer = createTrimmer<StoredDirectory>(audit, directoryLogPartition);
  let current: Directory = await importFile();

  async function importFile(): Promise<Directory> {
    try {
      await directories.create(key, { ...file, ledger: emptyLedger });
      return file;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      const busy = await busyBodies();
      return directories.change(key, (stored) => ({ ...mergeRegion(stored, file, busy), ledger: stored.ledger }));
    }
  }

  async function busyBodies(): Promise<Set<BodyId>> {
    const stored = await directories.get(key);
    const vanished = stored ? vanishedBodies(stored, file).map(({ id }) => id) : [];
    const answers = await Promise.all(vanished.map(isBusy));
    return new Set(vanished.filter((_body, index) => answers[index]));
  }

  const of = (tenant: TenantId): Directory | null => (tenant === current.tenant ? current : null);

  return {
    of,
    require(tenant) {
      const directory = of(tenant);
      if (!directory) throw new AppError('directory.unknownTenant');
      return directory;
    },
    memberships(tenant, person) {
      const directory = of(tenant);
      return directory ? membershipsOf(directory, person) : [];
    },
    async change(actor, command) {
      if (!of(actor.tenant)) throw new AppError('directory.unknownTenant');
      const changed = await directories.change(key, (stored) => {
        const { directory, event } = decideDirectory(stored, command, actor);
        const logged = { ...event, at: toStored(clock.now()), who: actor.person };
        const ledger = audit.append(directoryLogPartition(stored), trimmer.trimmed(key, stored.ledger), logged);
        return { ...directory, ledger };
      });
      current = changed;
      if (command.do !== 'bindChat') onMembersChanged(command.body);
      await trimmer.moving(key, changed)?.();
      return current;
    },
    async refresh() {
      current = (await directories.get(key)) ?? current;
    },
  };
}
