import type { CardMessage } from '../cards/elements.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { ConversationId, TenantId } from '../shared/ids.ts';
import { type DocumentKey, nameOf } from '../storage/port.ts';
import { atRest, firstHeldUntil, isDue, isHeldBy, putOff, takeOn, underWay, wasAnothers } from './alarm.ts';
import type { AddressBook, Deliverable, Outcome } from './deliverable.ts';
import { createJobs } from './jobs.ts';
import {
  besideForms,
  type Delivery,
  hasCards,
  isStale,
  isUnsettled,
  type Placement,
  type Receipt,
  record,
  vacating,
} from './model.ts';
import type { Outbox } from './outbox.ts';
import type { Patiently } from './patience.ts';
import type { Address } from './sender.ts';
import { createTelling } from './telling.ts';

export interface Courier {
  /** Takes on a feature's documents. */
  register<T>(deliverable: Deliverable<T>): void;
  /** This process changed the document: brings the chats in line with it, soon and in the background. */
  settle(kind: string, key: DocumentKey): void;
  /** The alarm of the document rang. */
  wake(kind: string, key: DocumentKey): void;
  /** What this process could not send and has put off; not what waits for somebody who is to be met first. */
  waiting(): Waiting;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

export interface Waiting {
  count: number;
  /** Seconds that the oldest has waited; 0 when there is none. */
  oldest: number;
}

type Work = () => Promise<Outcome>;

/** Milliseconds after its alarm within which the waker has handed a document to the courier. */
const takenUpWithin = 30_000;

/** Null when the person is reached elsewhere by now: then that message is out of reach. */
function ownChat(address: Address | null, conversation: ConversationId): Address | null {
  return address?.conversation === conversation ? address : null;
}

/** What goes on for one document; what failed rests until all else is done. */
interface Run {
  /** Epoch milliseconds. */
  began: number;
  running: Set<string>;
  failed: Map<string, Outcome>;
  /** Another process, or an earlier run of this one, was at it and may have sent something. */
  doubtful: boolean;
}

/**
 * Makes the chats match the documents: posts what is missing, updates what is stale, sends what is to be told. It reads
 * the newest state right before it sends, so a burst of changes is one update. What it did it writes into the document
 * at once, so that a crash at any point repeats at most the send that was under way. Of several processes only the one
 * that holds the document sends.
 */
export function createCourier(parts: {
  outbox: Outbox;
  addressBook: AddressBook;
  clock: Clock;
  /** The name of this process, by which it holds documents. */
  process: string;
  newId: () => string;
  onError: (error: unknown, kind: string) => void;
  patiently: Patiently;
}): Courier {
  const { outbox, addressBook, clock, process, newId, onError, patiently } = parts;
  const features = new Map<string, (name: string, key: DocumentKey, fresh: boolean) => Promise<void>>();
  const jobs = createJobs();
  const runs = new Map<string, Run>();
  /** What has failed, by document, in epoch milliseconds: since when it is to be sent, and when its alarm rings. */
  const owed = new Map<string, { since: number; until: number }>();
  const firstUntil = firstHeldUntil(clock.now());
  const telling = createTelling({
    ...parts,
    held,
    note,
    isDoubtful: (name) => runs.get(name)?.doubtful === true,
  });

  /**
   * Looks at the document once and starts what is to be done: its cards in one lane, each private notice in one of its
   * own, so that a person who cannot be reached holds up no card. Each lane that ends looks again; the last one sets the
   * alarm.
   */
  async function pass<T>(feature: Deliverable<T>, name: string, key: DocumentKey, fresh: boolean): Promise<void> {
    const run = runs.get(name) ?? {
      began: clock.now().epochMilliseconds,
      running: new Set(),
      failed: new Map(),
      doubtful: false,
    };
    const data = await patiently(() => taken(feature, key, fresh, run));
    runs.set(name, run);
    const lanes = data ? lanesOf(feature, key, data) : new Map<string, Work>();
    for (const [lane, work] of lanes) {
      if (run.running.has(lane) || run.failed.has(lane)) continue;
      run.running.add(lane);
      jobs.run(`${name}\n${lane}`, async () => {
        const outcome = await attempt(feature, work);
        run.running.delete(lane);
        if (outcome === 'failed' || outcome === 'notYet') run.failed.set(lane, outcome);
        if (outcome !== 'stopped') start(feature.kind, name, key);
      });
    }
    // The last look closes the run: one that comes after that would try at once what has just failed.
    if (run.running.size > 0 || jobs.isWanted(name)) return;
    runs.delete(name);
    // What the last lane noted is known, so a document that is at rest is not read once more for that.
    let left = data;
    if (data && (lanes.size > 0 || rested(feature, data) !== data))
      left = await feature.aggregates.change(key, (stored) =>
        lanes.size > 0 ? off(feature, key, stored) : rested(feature, stored),
      );
    const { wakeAt = null, lease } = left && hasWork(feature, left) ? feature.delivery(left) : {};
    const isOurs = !lease || lease.by === process;
    if ([...run.failed.values()].includes('failed') && wakeAt && isOurs)
      owed.set(name, {
        since: owed.get(name)?.since ?? run.began,
        until: Temporal.Instant.from(wakeAt).epochMilliseconds,
      });
    else forget(name);
  }

  /** It is none of this process’s any more, or nothing of it has failed. */
  function forget(name: string): void {
    owed.delete(name);
    telling.forget(name);
  }

  /** The document, if it is this process that sends for it, with what time has brought; null when another one is at it. */
  async function taken<T>(feature: Deliverable<T>, key: DocumentKey, fresh: boolean, run: Run): Promise<T | null> {
    const { aggregates } = feature;
    const data = fresh ? await aggregates.get(key) : await aggregates.lastKnown(key);
    if (!data) return null;
    if (wasAnothers(feature.delivery(data), process, firstUntil)) run.doubtful = true;
    const now = clock.now();
    const due = isDue(feature.delivery(data), now);
    if (!due && (isHeldBy(feature.delivery(data), process, now) || !hasWork(feature, data))) return data;
    const mine = await aggregates.change(key, (stored) => takenOn(feature, stored));
    return !hasWork(feature, mine) || isHeldBy(feature.delivery(mine), process, now) ? mine : null;
  }

  function takenOn<T>(feature: Deliverable<T>, stored: T): T {
    const now = clock.now();
    const due = isDue(feature.delivery(stored), now);
    const woken = due ? feature.wake(stored, now) : stored;
    if (!hasWork(feature, woken)) return due ? rested(feature, woken) : woken;
    const held = takeOn(feature.delivery(woken), process, now);
    return withDelivery(feature, woken, due ? underWay(held) : held);
  }

  function lanesOf<T>(feature: Deliverable<T>, key: DocumentKey, data: T): Map<string, Work> {
    const delivery = feature.delivery(data);
    const lanes = new Map<string, Work>();
    if (hasCards(delivery, clock.now())) lanes.set('cards', () => showAll(feature, key));
    for (const notice of delivery.notices) lanes.set(`notice ${notice.key}`, () => telling.tell(feature, key, notice));
    for (const [name, chore] of Object.entries(feature.chores(data))) {
      if (!chore) continue;
      lanes.set(`chore ${name}`, async () => {
        const done = await chore();
        if (done) await feature.aggregates.change(key, (stored) => rested(feature, done(stored)));
        return done ? 'done' : 'notYet';
      });
    }
    return lanes;
  }

  const hasWork = <T>(feature: Deliverable<T>, data: T): boolean =>
    isUnsettled(feature.delivery(data), clock.now()) || Object.values(feature.chores(data)).some(Boolean);

  async function attempt<T>(feature: Deliverable<T>, work: Work): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      onError(error, feature.kind);
      return 'failed';
    }
  }

  /** The newest state, while this process holds the document; null when another one does. */
  async function held<T>({ aggregates, ...feature }: Deliverable<T>, key: DocumentKey): Promise<T | null> {
    const data = await aggregates.get(key);
    if (!data) return null;
    const holds = (candidate: T): boolean => isHeldBy(feature.delivery(candidate), process, clock.now());
    const renewed = takeOn(feature.delivery(data), process, clock.now());
    if (renewed === feature.delivery(data)) return holds(data) ? data : null;
    const mine = await aggregates.change(key, (stored) =>
      withDelivery(feature, stored, takeOn(feature.delivery(stored), process, clock.now())),
    );
    return holds(mine) ? mine : null;
  }

  /** The new card stands before the old one becomes a line. */
  async function showAll<T>(feature: Deliverable<T>, key: DocumentKey): Promise<Outcome> {
    const data = await spared(feature, key);
    if (!data) return 'done';
    const delivery = feature.delivery(data);
    const stale = delivery.placements.filter((placement) => isStale(delivery, placement, clock.now()));
    const ordered = stale.toSorted((a, b) => Number(a.state === 'retiring') - Number(b.state === 'retiring'));
    const outcomes = new Set<Outcome>();
    for (const placement of ordered) {
      outcomes.add(await attempt(feature, () => show(feature, key, feature.tenantOf(data), placement)));
    }
    return (['stopped', 'failed'] as const).find((outcome) => outcomes.has(outcome)) ?? 'done';
  }

  /**
   * The document without a live card where it must not be seen, and with a new message beside those in which people fill
   * in forms; written only if there are such.
   */
  async function spared<T>(feature: Deliverable<T>, key: DocumentKey): Promise<T | null> {
    const spare = (data: T): T => {
      const allowed = vacating(feature.delivery(data), (conversation) => feature.isBarredFrom(data, conversation));
      return withDelivery(feature, data, besideForms(allowed, newId, clock.now()));
    };
    const known = await feature.aggregates.lastKnown(key);
    return known && spare(known) !== known ? feature.aggregates.change(key, spare) : known;
  }

  async function show<T>(
    feature: Deliverable<T>,
    key: DocumentKey,
    tenant: TenantId,
    { id, conversation, activityId, state, to }: Placement,
  ): Promise<Outcome> {
    const reach = async (): Promise<Address | null> =>
      to ? ownChat(await addressBook.person(tenant, to), conversation) : addressBook.chat(tenant, conversation);
    const address = await reach();
    if (!address) {
      await note(feature, key, { did: 'gone', conversation });
      return 'done';
    }
    /** The message cannot be changed, so its card is posted anew, and the message may be there still. */
    let anew = false;
    const isInDoubt = (): boolean =>
      anew || (activityId === null && (tries > 1 || runs.get(nameOf(key))?.doubtful === true));
    const composed: { receipt: ((sentId: string | null) => Receipt) | null; nothing: boolean } = {
      receipt: null,
      nothing: false,
    };
    let tries = 0;
    const compose = async (): Promise<CardMessage | null> => {
      tries += 1;
      const data = await held(feature, key);
      const delivery = data && feature.delivery(data);
      const current = delivery?.placements.find((candidate) => candidate.id === id);
      const isOpen = (await reach()) !== null;
      const isLine = current?.state === 'retiring';
      const wanted =
        isOpen &&
        delivery &&
        current &&
        isStale(delivery, current, clock.now()) &&
        current.activityId === activityId &&
        (isLine ? !anew : !feature.isBarredFrom(data, conversation));
      // Shown, moved, in use or closed to the bot since this one waits for its turn: what is due now, the next pass finds.
      composed.nothing = !wanted;
      if (!wanted) return null;
      const { revision } = delivery;
      composed.receipt = (sentId) =>
        isLine
          ? { did: 'retired', placement: id }
          : { did: 'shown', placement: id, conversation, activityId: sentId, revision, doubtful: isInDoubt() };
      return feature.message(data, current, clock.now());
    };
    const send = async (): Promise<string | null> => {
      try {
        return await outbox.show(address, activityId, compose);
      } catch (error) {
        const cannotChange = isAppError(error, 'chat.messageLost') || isAppError(error, 'chat.gone');
        if (!cannotChange || activityId === null || state === 'retiring') throw error;
        // Whether that is this message's alone or all of the conversation's, a new message tells. Until there is one the
        // old one is kept: after a while it may be changed again.
        anew = true;
        return outbox.show(address, null, compose);
      }
    };
    try {
      const sentId = await send();
      if (sentId !== null && composed.receipt) await note(feature, key, composed.receipt(sentId));
      return sentId !== null || composed.nothing ? 'done' : 'stopped';
    } catch (error) {
      if (isAppError(error, 'chat.messageLost')) {
        await note(feature, key, { did: 'retired', placement: id });
        return 'done';
      }
      // What Teams will never take is not offered again; the next change is.
      if (isAppError(error, 'chat.rejected') && composed.receipt)
        await note(feature, key, composed.receipt(activityId));
      if (!isAppError(error, 'chat.gone')) throw error;
      if (state === 'retiring') {
        await note(feature, key, { did: 'refused', placement: id });
        return 'done';
      }
      await note(feature, key, { did: 'gone', conversation });
      if (!to) await addressBook.markGone(address.tenant, conversation);
      return 'done';
    }
  }

  /** What was sent and is not written down would be sent again. */
  async function note<T>(
    feature: Deliverable<T>,
    key: DocumentKey,
    receipt: Receipt,
    follow: (data: T, before: Delivery) => T = (data) => data,
  ): Promise<void> {
    await patiently(() =>
      feature.aggregates.change(key, (stored) => {
        const before = feature.delivery(stored);
        return rested(feature, follow(withDelivery(feature, stored, record(before, receipt)), before));
      }),
    );
  }

  /** Sets the alarm for the next time once all is done; the very same object when it is set right already. */
  function rested<T>(feature: Deliverable<T>, data: T): T {
    if (hasWork(feature, data)) return data;
    const now = clock.now();
    return withDelivery(feature, data, atRest(feature.delivery(data), feature.nextAttention(data, now), now));
  }

  /** Something could not be done now; unless another process has taken it on meanwhile, it is put off. */
  function off<T>(feature: Deliverable<T>, key: DocumentKey, data: T): T {
    const now = clock.now();
    const { lease } = feature.delivery(data);
    if (!hasWork(feature, data)) return rested(feature, data);
    if (lease && !isHeldBy(feature.delivery(data), process, now)) return data;
    const delivery = putOff(feature.delivery(data), feature.nextAttention(data, now), now);
    const dropped = feature.delivery(data).notices.filter((notice) => !delivery.notices.includes(notice));
    return dropped.reduce(
      (one, notice) => feature.noticed?.(one, notice, telling.unsentEnd(key, notice), now) ?? one,
      withDelivery(feature, data, delivery),
    );
  }

  function withDelivery<T>(feature: Pick<Deliverable<T>, 'delivery' | 'withDelivery'>, data: T, delivery: Delivery): T {
    return delivery === feature.delivery(data) ? data : feature.withDelivery(data, delivery);
  }

  function start(kind: string, name: string, key: DocumentKey, fresh = false): void {
    const passOver = features.get(kind);
    if (passOver) jobs.run(name, () => passOver(name, key, fresh).catch((error: unknown) => onError(error, kind)));
  }

  return {
    register(feature) {
      features.set(feature.kind, (name, key, fresh) => pass(feature, name, key, fresh));
    },
    settle(kind, key) {
      // What failed a moment ago is tried again for whoever changed something now.
      const name = nameOf(key);
      runs.get(name)?.failed.clear();
      start(kind, name, key);
    },
    wake(kind, key) {
      const name = nameOf(key);
      if (!jobs.isRunning(name)) start(kind, name, key, true);
    },
    waiting() {
      const now = clock.now().epochMilliseconds;
      let [count, since] = [0, now];
      for (const [name, one] of owed) {
        const isUnderWay = runs.has(name);
        if (!isUnderWay && one.until + takenUpWithin < now) {
          // This process did not take it up when its alarm rang, so another one did.
          forget(name);
          continue;
        }
        // The outbox counts the messages of what is under way.
        if (!isUnderWay) count += 1;
        since = Math.min(since, one.since);
      }
      return { count, oldest: (now - since) / 1_000 };
    },
    idle: () => jobs.idle(),
  };
}
