import type { DirectoryService } from '../../directory/service.ts';
import type { PaperFormat } from '../../documents/model.ts';
import type { Actor } from '../../shared/actor.ts';
import { type Clock, dateIn } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { BodyId, PersonId, TenantId } from '../../shared/ids.ts';
import { requireSeen, type Seen } from '../../shared/seen.ts';
import { type Aggregates, madeOnce } from '../../storage/aggregates.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { beganAt } from '../meeting/hours.ts';
import { orderOf } from '../meeting/proceedings.ts';
import type { MinutesVersion, Said, Written } from '../model.ts';
import type { Opening } from '../reading.ts';
import { leftSecret, readerOf, requireKeeper } from '../rights.ts';
import type { AgendaPolicy } from '../standing.ts';
import { readSittings, type SittingRef, type StoredSitting } from '../stored.ts';
import type { Scene, Transition } from '../transition.ts';
import { isSameWords, rewordedIn } from '../written.ts';
import { type CheckCommand, check, requireClosed, withVersion } from './checking.ts';
import { extractOf, markedBy } from './extract.ts';
import {
  checkerOf,
  checkerParts,
  checkersFor,
  correctionIn,
  type Extent,
  extentFor,
  latestOf,
  namedIn,
  newestFor,
  presentIn,
  type ReadMinutes,
  requireAsRecorded,
  requireChecker,
  requireCorrectable,
  requireVersion,
  rewordedAfter,
  versionsOf,
} from './minutes.ts';
import { type Numbering, noNumbers, numbered, numbersOf } from './numbers.ts';
import { type Closed, type Correction, recordPrint, type Snapshot, snapshotOf } from './snapshot.ts';
import { minutesContext, minutesKey, minutesRef, numberingKey, type StoredMinutes } from './stored.ts';

/** What came of asking for another version: it is there, it was there by the same words already, or nothing was to be made. */
export type MadeMinutes = ReadMinutes & { came: 'made' | 'madeBefore' | 'unchanged' };

export interface MinutesService {
  /** The newest version that this person may read; null while there is none for them. Errors: `agenda.notFound`. */
  newest(actor: Actor, ref: SittingRef): Promise<ReadMinutes | null>;
  /** Looked at by the actor, which is in the log of the sitting where something confidential is shown. Errors: `minutes.notFound`. */
  view(actor: Actor, ref: SittingRef, number: number): Promise<ReadMinutes>;
  /** As this person may read it, without a word in any log: for a card that is sent to them, or a form that comes again. Null for what they may not. */
  read(sitting: StoredSitting, number: number, person: PersonId): Promise<ReadMinutes | null>;
  /** Taken out as a file, which is in the log before this resolves. Errors: `minutes.notFound`. */
  exported(
    actor: Actor,
    ref: SittingRef,
    of: { number: number; extent: Extent; format: PaperFormat },
  ): Promise<ReadMinutes>;
  /** The sittings of a body whose minutes this person may read, the newest first. */
  ofBody(actor: Actor, body: BodyId): Promise<StoredSitting[]>;
  /**
   * Minutes of a closed meeting as it is recorded now: the newest version when it says that already, else another one.
   * Errors: those of `requireClosed`, `minutes.correct` (what is final is put right, and it is said what), `form.overtaken`.
   */
  make(actor: Actor, ref: SittingRef): Promise<MadeMinutes>;
  /**
   * A version after the final one, and what it puts right, or the same worded anew. `further`: which of the two its sender
   * means, where they know. Errors: as of `make`, `minutes.newer`, `minutes.notFinal`, `form.overtaken` (it has become final).
   */
  correct(actor: Actor, ref: SittingRef, number: number, said: Said & { further?: boolean }): Promise<MadeMinutes>;
  /** Sends a version to those who check it; `seen`: by {@link checkerParts}. Errors: those of `check`, `form.overtaken`. */
  send(
    actor: Actor,
    ref: SittingRef,
    number: number,
    to: { checkers: readonly PersonId[] } & Seen,
  ): Promise<ReadMinutes>;
  /** One of those who check it says that it is true, or what is not. Errors: those of `check`. */
  answer(actor: Actor, ref: SittingRef, number: number, comment: Said | null): Promise<ReadMinutes>;
  /** Those who could check it, whom the record of the item about it names, and how many do. Errors: those of `requireClosed`, `minutes.overtaken`. */
  candidates(
    actor: Actor,
    ref: SittingRef,
    number: number,
  ): Promise<{ people: PersonId[]; suggested: PersonId[]; count: number }>;
}

export interface MinutesParts {
  minutes: Aggregates<StoredMinutes>;
  numberings: Aggregates<Numbering>;
  sittings: Pick<Aggregates<StoredSitting>, 'query'>;
  sealer: Sealer;
  directory: Pick<DirectoryService, 'require'>;
  clock: Pick<Clock, 'now'>;
  policy: AgendaPolicy;
  /** Errors: `agenda.notFound`. */
  view(actor: Actor, ref: SittingRef): Promise<StoredSitting>;
  /** Decides on the sitting and writes in its log what was done. Errors: `agenda.notFound`. */
  change(actor: Actor, ref: SittingRef, decide: (sitting: StoredSitting) => Transition): Promise<StoredSitting>;
  opening(sitting: StoredSitting): Opening;
}

/** What is confidential stands in them as they are read, or is among what earlier meetings had left to do. */
function showsSecret({ sitting, snapshot, extent }: ReadMinutes): boolean {
  const isLeft = leftSecret(sitting);
  return (
    extent === 'whole' &&
    snapshot.paragraphs.some(({ confidential, followUps = [] }) => confidential || (isLeft && followUps.length > 0))
  );
}

/** What another version is made from, as it was looked at once: what is made is written only while that is so. */
interface Basis {
  sitting: StoredSitting & Closed;
  /** Null before the first. */
  newest: Pick<ReadMinutes, 'version' | 'snapshot'> | null;
}

/** The newest version says what is recorded. */
const isAsRecorded = ({ sitting, newest }: Basis): boolean => newest?.snapshot.record === recordPrint(sitting);

/** Sittings of a body that are looked at for their minutes. */
const latest = 24;

export function createMinutesService(parts: MinutesParts): MinutesService {
  const { minutes, numberings, sittings, sealer, directory, clock, policy, view, change, opening } = parts;

  const regionOf = ({ tenant }: Pick<Actor, 'tenant'>) => directory.require(tenant);
  const sceneOf = (actor: Actor): Scene => ({ actor, now: clock.now(), directory: regionOf(actor), policy });

  /** The numbers of all that the body has dealt with in its closed meetings of the year so far, this one's among them. */
  async function numbersFor(
    sitting: StoredSitting & Closed,
  ): Promise<{ year: number; numbers: Record<string, number> }> {
    const { tenant, body, id } = sitting;
    const { timeZone } = regionOf(sitting).policy;
    const yearOf = (at: string): number => dateIn(timeZone, Temporal.Instant.from(at)).year;
    const at = beganAt(sitting.proceedings);
    const year = yearOf(at);
    const all = await readSittings(sittings, tenant, body, latest);
    // What was held before comes before, also when its minutes are made later.
    const dealt = [...all.filter((one) => one.id !== id), sitting]
      .flatMap((one) => (one.proceedings?.closed ? [{ one, opened: beganAt(one.proceedings) }] : []))
      .filter(({ opened }) => opened <= at && yearOf(opened) === year)
      .toSorted((a, b) => (a.opened < b.opened ? -1 : 1))
      .map(({ one }) => ({ sitting: one.id, items: orderOf(one) }));
    const key = numberingKey(tenant, body, year);
    await madeOnce(numberings, key, noNumbers);
    return { year, numbers: numbersOf(await numberings.change(key, (stored) => numbered(stored, dealt)), id) };
  }

  async function snapshotIn(tenant: TenantId, ref: SittingRef, number: number): Promise<Snapshot> {
    const own = minutesRef(tenant, ref, number);
    const stored = await minutes.lastKnown(minutesKey(own));
    if (!stored) throw new AppError('minutes.notFound');
    return sealer.open<Snapshot>(stored.snapshot, minutesContext(own));
  }

  const commentContext = ({ tenant, body, id }: StoredSitting, number: number, person: PersonId): string =>
    `${tenant}|minutes|${body}|${id}|${number}|comment|${person}`;

  function commentsIn(sitting: StoredSitting, { number, checkers }: MinutesVersion): Map<PersonId, Written> {
    return new Map(
      checkers.flatMap(({ person, answer }) =>
        answer?.comment
          ? [[person, sealer.open<Written>(answer.comment, commentContext(sitting, number, person))] as const]
          : [],
      ),
    );
  }

  async function read(sitting: StoredSitting, number: number, person: PersonId): Promise<ReadMinutes | null> {
    const reader = readerOf(sitting, person, regionOf(sitting));
    const version = versionsOf(sitting).find((one) => one.number === number);
    const extent = version ? extentFor(version, reader, person) : null;
    if (!version || !extent) return null;
    const whole = markedBy(sitting, await snapshotIn(sitting.tenant, sitting, number));
    const snapshot = extent === 'whole' ? whole : extractOf(whole);
    const mayRead = reader.is === 'keeper' || checkerOf(version, person) !== null;
    return {
      sitting,
      version,
      snapshot,
      extent,
      reader,
      person,
      comments: mayRead ? commentsIn(sitting, version) : new Map(),
    };
  }

  /** Errors: `minutes.notFound`. */
  async function required(actor: Actor, sitting: StoredSitting, number: number): Promise<ReadMinutes> {
    const found = await read(sitting, number, actor.person);
    if (!found) throw new AppError('minutes.notFound');
    return found;
  }

  const looked = (actor: Actor, ref: SittingRef, what: 'read' | 'export', detail: Record<string, string | number>) =>
    change(actor, ref, (sitting) => ({ sitting, event: { what: `minutes.${what}`, why: 'minutes', detail } }));

  /** Errors: those of `requireClosed`. */
  async function basisOf(actor: Actor, ref: SittingRef): Promise<Basis> {
    const { tenant } = actor;
    const sitting = { ...requireClosed(await view(actor, ref), sceneOf(actor)), tenant };
    const version = latestOf(sitting);
    return { sitting, newest: version && { version, snapshot: await snapshotIn(tenant, ref, version.number) } };
  }

  async function made(
    actor: Actor,
    ref: SittingRef,
    { sitting, newest }: Basis,
    correction: Written | null,
  ): Promise<MadeMinutes> {
    const paragraphs = await numbersFor(sitting);
    const scene = { directory: regionOf(actor), quorum: policy.quorum, open: opening(sitting), ...paragraphs };
    const { version, snapshot: before } = newest ?? {};
    const number = await kept(actor.tenant, ref, (version?.number ?? 0) + 1, (own) => {
      // What the one before was to put right is put right by this one in its place, unless that one holds.
      const isReplaced = (one: Correction): boolean => one.number === version?.number && version.final === null;
      const holds = (before?.corrections ?? []).filter((one) => !isReplaced(one));
      const text = correction ?? before?.corrections.find(isReplaced)?.text;
      return snapshotOf(sitting, { ...scene, corrections: text ? [...holds, { number: own, text }] : holds });
    });
    const of = { number, drawn: sitting, paragraphs, corrects: correction !== null };
    const { read, isDone } = await done(
      actor,
      ref,
      (now) => withVersion(now, of, sceneOf(actor)),
      (now) => latestOf(now)?.number ?? number,
    );
    return { ...read, came: isDone ? 'made' : 'madeBefore' };
  }

  /** Under the next number that is free: one that was kept while nobody could write it into the sitting stays unused. */
  async function kept(
    tenant: TenantId,
    ref: SittingRef,
    from: number,
    draw: (number: number) => Snapshot,
  ): Promise<number> {
    for (let number = from; ; number += 1) {
      const own = minutesRef(tenant, ref, number);
      const snapshot = draw(number);
      const fresh: StoredMinutes = { ...own, snapshot: sealer.seal(snapshot, minutesContext(own)) };
      const there = await madeOnce(minutes, minutesKey(own), fresh);
      const said = sealer.open<Snapshot>(there.snapshot, minutesContext(own));
      if (JSON.stringify(said) === JSON.stringify(snapshot)) return number;
    }
  }

  async function checked(
    actor: Actor,
    ref: SittingRef,
    number: number,
    decide: (sitting: StoredSitting) => CheckCommand,
  ): Promise<ReadMinutes> {
    const scene = sceneOf(actor);
    const { read } = await done(
      actor,
      ref,
      (sitting) => check(sitting, decide(sitting), scene),
      () => number,
    );
    return read;
  }

  /** What is done (`isDone`) is in the log, and by whom who is shown it then; where it was done before, who looks at it is. */
  async function done(
    actor: Actor,
    ref: SittingRef,
    decide: (sitting: StoredSitting) => Transition,
    numberIn: (sitting: StoredSitting) => number,
  ): Promise<{ read: ReadMinutes; isDone: boolean }> {
    let isDone = false;
    const sitting = await change(actor, ref, (stored) => {
      const transition = decide(stored);
      isDone = transition.event !== null;
      return transition;
    });
    const number = numberIn(sitting);
    const read = await (isDone ? required(actor, sitting, number) : viewedIn(actor, ref, sitting, number));
    return { read, isDone };
  }

  const viewed = async (actor: Actor, ref: SittingRef, number: number): Promise<ReadMinutes> =>
    viewedIn(actor, ref, await view(actor, ref), number);

  async function viewedIn(actor: Actor, ref: SittingRef, sitting: StoredSitting, number: number): Promise<ReadMinutes> {
    const found = await required(actor, sitting, number);
    if (showsSecret(found)) await looked(actor, ref, 'read', { version: number });
    return found;
  }

  return {
    async newest(actor, ref) {
      const sitting = await view(actor, ref);
      const version = newestFor(sitting, readerOf(sitting, actor.person, regionOf(actor)), actor.person);
      return version && viewed(actor, ref, version.number);
    },

    view: viewed,

    read,

    async exported(actor, ref, { number, extent, format }) {
      const found = await required(actor, await view(actor, ref), number);
      if (extent === 'whole' && found.extent !== 'whole') throw new AppError('minutes.notFound');
      await looked(actor, ref, 'export', { version: number, extent, format });
      return extent === 'extract' ? { ...found, extent, snapshot: extractOf(found.snapshot) } : found;
    },

    async ofBody(actor, body) {
      const region = regionOf(actor);
      const all = await readSittings(sittings, actor.tenant, body, latest);
      return all.filter((sitting) => newestFor(sitting, readerOf(sitting, actor.person, region), actor.person));
    },

    async make(actor, ref) {
      const basis = await basisOf(actor, ref);
      const { sitting, newest } = basis;
      if (newest && isAsRecorded(basis))
        return { ...(await viewedIn(actor, ref, sitting, newest.version.number)), came: 'unchanged' };
      if (newest && newest.version.final !== null) throw new AppError('minutes.correct');
      return made(actor, ref, basis, null);
    },

    async correct(actor, ref, number, { language, text, further }) {
      const basis = await basisOf(actor, ref);
      const { sitting, newest } = basis;
      if (!newest) throw new AppError('minutes.newer');
      const { version, snapshot } = newest;
      const shown = () => viewedIn(actor, ref, sitting, version.number);
      if (version.number !== number) {
        // The same form once more: what it says is what the newest version puts right, unless more is recorded since.
        if (!isAsRecorded(basis) || correctionIn(snapshot, version)?.[language] !== text)
          throw new AppError('minutes.newer');
        return { ...(await shown()), came: 'madeBefore' };
      }
      requireCorrectable(newest);
      // What was to be said there stands there, and came to hold meanwhile.
      const isSaid = correctionIn(snapshot, version)?.[language] === text;
      if (isSaid && further === false && isAsRecorded(basis)) return { ...(await shown()), came: 'unchanged' };
      if (further !== undefined && further !== (version.final !== null)) throw new AppError('form.overtaken');
      const stands = rewordedAfter(newest);
      const words = rewordedIn(stands, { language, text });
      if (isSameWords(words, stands) && isAsRecorded(basis)) return { ...(await shown()), came: 'unchanged' };
      return made(actor, ref, basis, words);
    },

    send(actor, ref, number, { seen, checkers }) {
      return checked(actor, ref, number, (sitting) => {
        const known = requireVersion(sitting, number).checkers.map(({ person }) => person);
        requireSeen(seen, checkerParts(checkers), checkerParts(known));
        return { do: 'send', number, checkers };
      });
    },

    answer(actor, ref, number, comment) {
      return checked(actor, ref, number, (sitting) => {
        const reader = readerOf(sitting, actor.person, regionOf(actor));
        const own = requireChecker(sitting, number, actor.person, reader);
        const known = own.answer?.comment ?? null;
        const context = commentContext(sitting, number, actor.person);
        if (!comment) return { do: 'answer', number, comment: null };
        const isSame = known && sealer.open<Written>(known, context)[comment.language] === comment.text;
        return {
          do: 'answer',
          number,
          comment: isSame ? known : sealer.seal({ [comment.language]: comment.text }, context),
        };
      });
    },

    async candidates(actor, ref, number) {
      const sitting = await view(actor, ref);
      requireKeeper(sitting, actor, regionOf(actor));
      const newest = latestOf(sitting);
      if (newest?.number === number) requireAsRecorded(sitting, newest);
      const { proceedings } = requireClosed(sitting, sceneOf(actor));
      const people = presentIn(proceedings);
      const item = sitting.items.find(({ code }) => code === 'checkers');
      const count = checkersFor(proceedings);
      if (!item) return { people, suggested: [], count };
      const { outcome, discussion } = opening(sitting).record(item);
      const region = regionOf(actor);
      const known = region.people.filter(({ id }) => people.includes(id)).map(({ id, name }) => ({ person: id, name }));
      return { people, suggested: namedIn([discussion, outcome?.text ?? {}], known), count };
    },
  };
}
