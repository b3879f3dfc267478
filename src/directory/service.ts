import { emptyLedger } from '../audit/model.ts';
import type { AuditService } from '../audit/service.ts';
import { createTrimmer } from '../audit/trimmer.ts';
import type { Actor, Membership } from '../shared/actor.ts';
import { type Clock, dateIn, toStored } from '../shared/clock.ts';
import { AppError, isAppError } from '../shared/errors.ts';
import {
  type BodyId,
  bodyId,
  type ConversationId,
  conversationId,
  type PersonId,
  type TenantId,
} from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import { type DirectoryCommand, decideDirectory } from './decide.ts';
import { mergeRegion } from './merge.ts';
import { type Directory, type KnownDirectory, membershipsOf, reboundChats, regrouped } from './model.ts';
import { onDay } from './seats.ts';
import { directoryKey, directoryLogPartition, type Marks, type StoredDirectory } from './stored.ts';

/**
 * The region's directory, held in memory for every press and stored as one document. Who holds which seat is always as of
 * today, by the region's calendar.
 */
export interface DirectoryService {
  /** The directory of this tenant, or null when the tenant is none of ours. */
  of(tenant: TenantId): KnownDirectory | null;
  /** Errors: `directory.unknownTenant`. */
  require(tenant: TenantId): KnownDirectory;
  memberships(tenant: TenantId, person: PersonId): readonly Membership[];
  /** Errors: those of `decideDirectory`. */
  change(actor: Actor, command: DirectoryCommand): Promise<Directory>;
  /** Takes up what another instance has changed. */
  refresh(): Promise<void>;
  /** Once a day has begun: what is stored follows, and whoever came or left with it is seen to like any other. */
  beginDay(): Promise<void>;
  /** All cards of this body show who is in it: nobody needs to draw them again for that. */
  redrawn(regrouped: Regrouped): Promise<void>;
  /** This chat shows nothing that its body, if it has one, must not see: nobody needs to look there again. */
  vacated(rebound: Rebound): Promise<void>;
}

/** A body that has other members than before, by the change `since`. */
export interface Regrouped {
  body: BodyId;
  since: string;
}

/** A chat that belongs to another body than before, or to none, by the change `since`; null when it is the same body. */
export interface Rebound {
  conversation: ConversationId;
  since: string | null;
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
  onMembersChanged: (regrouped: Regrouped) => void;
  /** These conversations belong to another body than before, or to none, whoever changed that since the start. */
  onRebound: (rebound: readonly Rebound[]) => void;
  /** For what nobody waits for. */
  background: (work: () => Promise<unknown>) => void;
}): Promise<{ directory: DirectoryService; rebound: readonly Rebound[]; regrouped: readonly Regrouped[] }> {
  const { file, directories, audit, clock, onMembersChanged, onRebound, background } = parts;
  const key = directoryKey(file);
  const trimmer = createTrimmer<StoredDirectory>(audit, directoryLogPartition);
  let current = await asked(importFile);

  function today(): string {
    return dateIn(file.policy.timeZone, clock.now()).toString();
  }

  async function importFile(): Promise<StoredDirectory> {
    const first = { ...onDay(file, today()), ledger: emptyLedger };
    try {
      await directories.create(key, first);
      return first;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return directories.change(key, (stored) => {
        const merged = mergeRegion(stored, file, today());
        return withMarks({ ...merged, ledger: stored.ledger }, marksOf(stored, merged, clock.now()));
      });
    }
  }

  async function asked(ask: () => Promise<StoredDirectory>): Promise<Known> {
    const asOf = directories.exclusive ? 'newest' : clock.now();
    return { ...(await ask()), asOf };
  }

  /** Whoever changed it, this process or another: what is different from now on is to be seen in the chats. */
  function take(next: Known, bound: readonly ConversationId[] = []): void {
    const chats = new Set([...reboundChats(current, next), ...bound]);
    const bodies = regrouped(current, next);
    current = next;
    onRebound([...chats].map((conversation) => ({ conversation, since: next.toVacate?.[conversation] ?? null })));
    for (const body of bodies) onMembersChanged({ body, since: next.toRedraw?.[body] ?? '' });
  }

  /** A write that failed may have been taken all the same, or another instance has changed what it was decided on. */
  async function takeUp(): Promise<void> {
    try {
      // What a refusal was decided on is at hand; after a failed write nothing is, and it is read.
      take({ ...((await directories.lastKnown(key)) ?? current), asOf: current.asOf });
    } catch (error) {
      // With the store away nothing can be known; the next change or look takes it up.
      if (!isAppError(error, 'store.unavailable')) throw error;
    }
  }

  /** As it is on one day, from its first moment to that of the next (epoch milliseconds). */
  function seenToday() {
    const day = dateIn(file.policy.timeZone, clock.now());
    const [from, until] = [day, day.add({ days: 1 })].map(
      (date) => date.toZonedDateTime(file.policy.timeZone).epochMilliseconds,
    );
    return { of: current, from: from ?? 0, until: until ?? 0, directory: onDay(current, day.toString()) };
  }
  let seen = seenToday();

  /** Kept, because every press asks for it many times. */
  function known(): Known {
    const now = clock.now().epochMilliseconds;
    if (seen.of !== current || now < seen.from || now >= seen.until) seen = seenToday();
    return seen.directory;
  }

  const of = (tenant: TenantId): KnownDirectory | null => (tenant === current.tenant ? known() : null);

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
      const change = (stored: StoredDirectory): StoredDirectory => {
        const { directory, event } = decideDirectory(stored, command, actor, today());
        const logged = { ...event, at: toStored(clock.now()), who: actor.person };
        const ledger = audit.append(directoryLogPartition(stored), trimmer.trimmed(key, stored.ledger), logged);
        return withMarks({ ...directory, ledger }, marksOf(stored, directory, clock.now()));
      };
      const changed = await asked(() => directories.change(key, change)).catch((error: unknown) => {
        // Whoever pressed is answered within Teams' ten seconds, and a store that fails has taken most of them.
        background(takeUp);
        throw error;
      });
      // Bound anew to the same body, it is brought in line again: a crash may have come between.
      take(changed, command.do === 'bindChat' ? [command.conversation] : []);
      await trimmer.moving(key, changed)?.();
      return known();
    },
    async refresh() {
      take(await asked(async () => (await directories.get(key)) ?? current));
    },
    async beginDay() {
      const followed = (stored: StoredDirectory): StoredDirectory => {
        const next = onDay(stored, today());
        return next === stored ? stored : withMarks(next, marksOf(stored, next, clock.now()));
      };
      take(await asked(() => directories.change(key, followed)));
    },
    async redrawn({ body, since }) {
      const done = (stored: StoredDirectory): StoredDirectory => {
        if (stored.toRedraw?.[body] !== since) return stored;
        return withMarks(stored, { ...marked(stored), toRedraw: without(stored.toRedraw, body) });
      };
      take(await asked(() => directories.change(key, done)));
    },
    async vacated({ conversation, since }) {
      const done = (stored: StoredDirectory): StoredDirectory => {
        if (stored.toVacate?.[conversation] !== since) return stored;
        return withMarks(stored, { ...marked(stored), toVacate: without(stored.toVacate, conversation) });
      };
      take(await asked(() => directories.change(key, done)));
    },
  };
  const { toVacate, toRedraw } = marked(current);
  return {
    directory: service,
    rebound: Object.entries(toVacate).map(([chat, since]) => ({ conversation: conversationId(chat), since })),
    regrouped: Object.entries(toRedraw).map(([body, since]) => ({ body: bodyId(body), since })),
  };
}

type Known = StoredDirectory & KnownDirectory;

type AllMarks = Required<Pick<StoredDirectory, 'toVacate' | 'toRedraw'>>;

const marked = ({ toVacate = {}, toRedraw = {} }: StoredDirectory): AllMarks => ({ toVacate, toRedraw });

/** With what this change adds to what earlier ones have left to be done. */
function marksOf(stored: StoredDirectory, next: Directory, now: Temporal.Instant): AllMarks {
  // No two changes are the same: whoever changes something has written into the log, a file is read once in a moment.
  const since = `${toStored(now)} ${stored.ledger.seq}`;
  const { toVacate, toRedraw } = marked(stored);
  const all = (names: readonly string[]): Marks => Object.fromEntries(names.map((name) => [name, since]));
  return {
    toVacate: { ...toVacate, ...all(reboundChats(stored, next)) },
    toRedraw: { ...toRedraw, ...all(regrouped(stored, next)) },
  };
}

function without(marks: Marks, name: string): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([other]) => other !== name));
}

function withMarks({ toVacate: _, toRedraw: __, ...rest }: StoredDirectory, marks: AllMarks): StoredDirectory {
  const some = (all: Marks): boolean => Object.keys(all).length > 0;
  const { toVacate, toRedraw } = marks;
  return { ...rest, ...(some(toVacate) && { toVacate }), ...(some(toRedraw) && { toRedraw }) };
}
