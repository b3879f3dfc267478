import { emptyLedger } from '../audit/model.ts';
import type { AuditService } from '../audit/service.ts';
import { createTrimmer } from '../audit/trimmer.ts';
import type { Actor, Membership } from '../shared/actor.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import type { BodyId, ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import {
  type Directory,
  type DirectoryCommand,
  decideDirectory,
  membershipsOf,
  mergeRegion,
  reboundChats,
  regrouped,
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
  /** All cards of this body show who is in it: nobody needs to draw them again for that. */
  redrawn(body: BodyId): Promise<void>;
  /** This chat shows nothing that its body, if it has one, must not see: nobody needs to look there again. */
  vacated(conversation: ConversationId): Promise<void>;
}

/**
 * Imports the region file without overwriting what leaders have changed since. `rebound`: the conversations that belong to
 * another body, or to none, by that or since an earlier start, which may have ended before it was done with them.
 * `regrouped`: the bodies that have other members, likewise.
 */
export async function openDirectory(parts: {
  file: Directory;
  directories: Aggregates<StoredDirectory>;
  audit: AuditService;
  clock: Clock;
  /** Somebody was added, removed or got another role. */
  onMembersChanged: (body: BodyId) => void;
  /** These conversations belong to another body than before, or to none, whoever changed that since the start. */
  onRebound: (conversations: readonly ConversationId[]) => void;
}): Promise<{ directory: DirectoryService; rebound: readonly ConversationId[]; regrouped: readonly BodyId[] }> {
  const { file, directories, audit, clock, onMembersChanged, onRebound } = parts;
  const key = directoryKey(file);
  const trimmer = createTrimmer<StoredDirectory>(audit, directoryLogPartition);
  let current: StoredDirectory = await importFile();

  async function importFile(): Promise<StoredDirectory> {
    const first = { ...file, ledger: emptyLedger };
    try {
      await directories.create(key, first);
      return first;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return directories.change(key, (stored) => {
        const merged = mergeRegion(stored, file);
        return withMarks({ ...merged, ledger: stored.ledger }, marksOf(stored, merged));
      });
    }
  }

  function take(next: StoredDirectory, bound: readonly ConversationId[] = []): void {
    const chats = new Set([...reboundChats(current, next), ...bound]);
    current = next;
    onRebound([...chats]);
  }

  const of = (tenant: TenantId): Directory | null => (tenant === current.tenant ? current : null);

  const service: DirectoryService = {
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
        return withMarks({ ...directory, ledger }, marksOf(stored, directory));
      });
      // Bound anew to the same body, it is brought in line again: a crash may have come between.
      take(changed, command.do === 'bindChat' ? [command.conversation] : []);
      if (command.do !== 'bindChat') onMembersChanged(command.body);
      await trimmer.moving(key, changed)?.();
      return current;
    },
    async refresh() {
      take((await directories.get(key)) ?? current);
    },
    async redrawn(body) {
      current = await directories.change(key, (stored) => {
        const { toVacate = [], toRedraw = [] } = stored;
        if (!toRedraw.includes(body)) return stored;
        return withMarks(stored, { toVacate, toRedraw: toRedraw.filter((other) => other !== body) });
      });
    },
    async vacated(conversation) {
      current = await directories.change(key, (stored) => {
        const { toVacate = [], toRedraw = [] } = stored;
        if (!toVacate.includes(conversation)) return stored;
        return withMarks(stored, { toVacate: toVacate.filter((chat) => chat !== conversation), toRedraw });
      });
    },
  };
  return { directory: service, rebound: current.toVacate ?? [], regrouped: current.toRedraw ?? [] };
}

/** What is to be done in the chats, and is done again after a crash. */
type Marks = Required<Pick<StoredDirectory, 'toVacate' | 'toRedraw'>>;

function marksOf(stored: StoredDirectory, next: Directory): Marks {
  return {
    toVacate: [...(stored.toVacate ?? []), ...reboundChats(stored, next)],
    toRedraw: [...(stored.toRedraw ?? []), ...regrouped(stored, next)],
  };
}

function withMarks({ toVacate: _, toRedraw: __, ...rest }: StoredDirectory, marks: Marks): StoredDirectory {
  const toVacate = [...new Set(marks.toVacate)];
  const toRedraw = [...new Set(marks.toRedraw)];
  return { ...rest, ...(toVacate.length > 0 && { toVacate }), ...(toRedraw.length > 0 && { toRedraw }) };
}
