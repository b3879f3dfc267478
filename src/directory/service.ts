import type { Membership } from '../shared/actor.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import { type PersonId, partitionOf, type TenantId } from '../shared/ids.ts';
import { createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import {
  type Directory,
  type DirectoryActor,
  type DirectoryCommand,
  decideDirectory,
  membershipsOf,
  mergeRegion,
} from './model.ts';

/** The region's directory, held in memory for every press and stored as one document. */
export interface DirectoryService {
  /** The directory of this tenant, or null when the tenant is none of ours. */
  of(tenant: TenantId): Directory | null;
  /** Errors: `directory.unknownTenant`. */
  require(tenant: TenantId): Directory;
  memberships(tenant: TenantId, person: PersonId): Membership[];
  /** Errors: those of `decideDirectory`. */
  change(actor: DirectoryActor & { tenant: TenantId }, command: DirectoryCommand): Promise<Directory>;
  /** Takes up what another instance has changed. */
  refresh(): Promise<void>;
}

/** Imports the region file without overwriting what leaders have changed since. */
export async function openDirectory(store: Store, file: Directory): Promise<DirectoryService> {
  const aggregates = createAggregates<Directory>(store, () => ({
    kind: 'directory',
    status: null,
    owner: null,
    at: null,
    wakeAt: null,
  }));
  const key: DocumentKey = { partition: partitionOf(file.tenant, `region:${file.id}`), id: 'directory' };
  let current = await importFile();

  async function importFile(): Promise<Directory> {
    try {
      await aggregates.create(key, file);
      return file;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return aggregates.change(key, (stored) => mergeRegion(stored, file));
    }
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
      // Decided on the stored members, not on what the actor had when the press came in: a leader who was removed a
      // moment ago changes nothing any more.
      current = await aggregates.change(key, (directory) =>
        decideDirectory(directory, command, {
          person: actor.person,
          memberships: membershipsOf(directory, actor.person),
        }),
      );
      return current;
    },
    async refresh() {
      current = (await aggregates.get(key)) ?? current;
    },
  };
}
