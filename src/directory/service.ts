import { type AuditEvent, emptyLedger } from '../audit/model.ts';
import type { AuditService } from '../audit/service.ts';
import { createTrimmer } from '../audit/trimmer.ts';
import type { Membership } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import {
  type Directory,
  type DirectoryActor,
  type DirectoryCommand,
  decideDirectory,
  membershipsOf,
  mergeRegion,
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
  change(actor: DirectoryActor & { tenant: TenantId }, command: DirectoryCommand): Promise<Directory>;
  /** Takes up what another instance has changed. */
  refresh(): Promise<void>;
}

/** Imports the region file without overwriting what leaders have changed since. */
export async function openDirectory(parts: {
  file: Directory;
  directories: Aggregates<StoredDirectory>;
  audit: AuditService;
  clock: Clock;
  /** Somebody was added, removed or got another role. */
  onMembersChanged: (body: BodyId) => void;
}): Promise<DirectoryService> {
  const { file, directories, audit, clock, onMembersChanged } = parts;
  const key = directoryKey(file);
  const trimmer = createTrimmer<StoredDirectory>(audit, directoryLogPartition);
  let current: Directory = await importFile();

  async function importFile(): Promise<Directory> {
    try {
      await directories.create(key, { ...file, ledger: emptyLedger });
      return file;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return directories.change(key, (stored) => ({ ...mergeRegion(stored, file), ledger: stored.ledger }));
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
      const changed = await directories.change(key, (directory) => {
        const memberships = membershipsOf(directory, actor.person);
        const next = decideDirectory(directory, command, { person: actor.person, memberships });
        const event = { at: toStored(clock.now()), who: actor.person, ...eventOf(command) };
        return {
          ...next,
          ledger: audit.append(directoryLogPartition(directory), trimmer.trimmed(key, directory.ledger), event),
        };
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

/** What the log says of a change: whom it concerns and what they became. */
function eventOf(command: DirectoryCommand): Pick<AuditEvent, 'what' | 'why' | 'detail'> {
  const { body } = command;
  switch (command.do) {
    case 'setMember': {
      const { person, role, profession } = command;
      return {
        what: 'team.setMember',
        why: 'team',
        detail: { body, person: person.id, role, profession: profession ?? 'none' },
      };
    }
    case 'removeMember':
      return { what: 'team.removeMember', why: 'team', detail: { body, person: command.person } };
    case 'bindChat':
      return { what: 'chat.bind', why: 'team', detail: { body } };
  }
}
