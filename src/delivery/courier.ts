import type { CardMessage } from '../cards/elements.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { Aggregates } from '../storage/aggregates.ts';
import type { DocumentKey } from '../storage/port.ts';
import { createJobs } from './jobs.ts';
import {
  type Delivery,
  isDue,
  isStale,
  isUnsettled,
  type Notice,
  type Placement,
  type Receipt,
  record,
} from './model.ts';
import type { Outbox } from './outbox.ts';
import type { Address } from './sender.ts';

/** What a feature tells the courier about its documents. */
export interface Deliverable<T> {
  kind: string;
  aggregates: Aggregates<T>;
  tenantOf(data: T): TenantId;
  delivery(data: T): Delivery;
  withDelivery(data: T, delivery: Delivery): T;
  /** What time has brought (reminders, a new day of waiting); the very same object when nothing. Pure. */
  wake(data: T, now: Temporal.Instant): T;
  /** Work beside the chats, such as writing a record; returns the pure change that notes it as done, or null. */
  tidy(data: T): Promise<((data: T) => T) | null>;
  /** When it next needs attention once all is sent; null when never. */
  nextAttention(data: T, now: Temporal.Instant): Temporal.Instant | null;
  /** The card of a live placement, or the line that takes its place when it retires. */
  message(data: T, placement: Placement, now: Temporal.Instant): CardMessage | Promise<CardMessage>;
  /** Null when the notice has been overtaken by what happened since, and so is not sent any more. */
  noticeMessage(data: T, notice: Notice): CardMessage | null | Promise<CardMessage | null>;
}

/** Where conversations and people are reached; null when the bot has not met them. */
export interface AddressBook {
  chat(tenant: TenantId, conversation: ConversationId): Promise<Address | null>;
  person(tenant: TenantId, person: PersonId): Promise<Address | null>;
  /** The conversation turned out to be gone or closed to the bot. */
  markGone(tenant: TenantId, conversation: ConversationId): Promise<void>;
}

export interface Courier {
  /** Takes on a feature's documents. */
  register<T>(deliverable: Deliverable<T>): void;
  /** The document changed: brings the chats in line with it, soon and in the background. */
  settle(kind: string, key: DocumentKey): void;
  /** The document is due: like `settle`, but leaves alone what is being settled already. */
  wake(kind: string, key: DocumentKey): void;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/** When the waker tries again what could not be sent: somebody the bot has not met yet, or Teams out of reach. */
const tryAgainAfter = Temporal.Duration.from({ minutes: 1 });

/**
 * Makes the chats match the documents: posts what is missing, updates what is stale, sends what is to be told. It reads
 * the newest state right before it sends, so a burst of changes is one update. What it did it writes into the document
 * at once, so that a crash at any point repeats at most the send that was under way.
 */
export function createCourier(parts: {
  outbox: Outbox;
  addressBook: AddressBook;
  clock: Clock;
  onError: (error: unknown, kind: string) => void;
}): Courier {
  const { outbox, addressBook, clock, onError } = parts;
  const features = new Map<string, (key: DocumentKey) => Promise<void>>();
  const jobs = createJobs();

  /**
   * Looks at the document once and starts what is to be sent: its cards in one lane, each private notice in one of its
   * own, so that a person who cannot be reached holds up no card.
   */
  async function pass<T>(feature: Deliverable<T>, key: DocumentKey): Promise<void> {
    const { aggregates } = feature;
    const data = await wakened(feature, key);
    if (!data) return;
    const delivery = feature.delivery(data);
    const lane = (name: string, work: () => Promise<void>): void =>
      jobs.run(`${nameOf(key)}\n${name}`, () =>
        guarded(feature, work).then(() => guarded(feature, () => rest(feature, key))),
      );
    if (delivery.placements.some((placement) => isStale(delivery, placement)))
      lane('cards', () => showAll(feature, key));
    for (const notice of delivery.notices) {
      const name = `notice ${notice.key}`;
      if (!jobs.isRunning(`${nameOf(key)}\n${name}`)) lane(name, () => tell(feature, key, notice));
    }
    await guarded(feature, async () => {
      const tidied = await feature.tidy(data);
      if (!tidied) return;
      await aggregates.change(key, tidied);
      // It may have something to show now.
      start(feature.kind, key);
    });
    // What is under way sets the alarm when it is done.
    if (!isUnsettled(delivery) || isDue(delivery, clock.now())) await rest(feature, key);
  }

  /** The document as it is, and if its time has come, with what time has brought. */
  async function wakened<T>(feature: Deliverable<T>, key: DocumentKey): Promise<T | null> {
    const data = await feature.aggregates.get(key);
    if (!data || !isDue(feature.delivery(data), clock.now())) return data;
    return feature.aggregates.change(key, (stored) => feature.wake(stored, clock.now()));
  }

  function guarded<T>(feature: Deliverable<T>, work: () => Promise<void>): Promise<void> {
    return work().catch((error: unknown) => onError(error, feature.kind));
  }

  async function rest<T>(feature: Deliverable<T>, key: DocumentKey): Promise<void> {
    await feature.aggregates.change(key, (stored) => rested(feature, stored));
  }

  /** The new card stands before the old one becomes a line. */
  async function showAll<T>(feature: Deliverable<T>, key: DocumentKey): Promise<void> {
    const data = await feature.aggregates.get(key);
    if (!data) return;
    const delivery = feature.delivery(data);
    const stale = delivery.placements.filter((placement) => isStale(delivery, placement));
    const ordered = stale.toSorted((a, b) => Number(a.state === 'retiring') - Number(b.state === 'retiring'));
    for (const placement of ordered) await guarded(feature, () => show(feature, key, placement));
  }

  async function show<T>(feature: Deliverable<T>, key: DocumentKey, placement: Placement): Promise<void> {
    const { id, conversation, activityId } = placement;
    const tenant = await tenantOf(feature, key);
    const address = tenant && (await addressBook.chat(tenant, conversation));
    if (!address) return;
    const composed: { receipt: ((sentId: string | null) => Receipt) | null } = { receipt: null };
    const compose = async (): Promise<CardMessage | null> => {
      const data = await feature.aggregates.get(key);
      const current = data && feature.delivery(data).placements.find((candidate) => candidate.id === id);
      // Shown, moved or posted by another instance while this one waited for its turn.
      if (!data || !current || !isStale(feature.delivery(data), current)) return null;
      if (current.activityId !== activityId) return null;
      const { revision } = feature.delivery(data);
      composed.receipt = (sentId) =>
        current.state === 'retiring'
          ? { did: 'retired', placement: id }
          : { did: 'shown', placement: id, conversation, activityId: sentId, revision };
      return feature.message(data, current, clock.now());
    };
    try {
      const sentId = await outbox.show(address, activityId, compose);
      if (sentId !== null && composed.receipt) await note(feature, key, composed.receipt(sentId));
    } catch (error) {
      if (isAppError(error, 'chat.messageLost')) {
        await note(feature, key, { did: 'lost', placement: id });
        return show(feature, key, { ...placement, activityId: null });
      }
      // What Teams will never take is not offered again; the next change is.
      if (isAppError(error, 'chat.rejected') && composed.receipt)
        await note(feature, key, composed.receipt(activityId));
      if (!isAppError(error, 'chat.gone')) throw error;
      await note(feature, key, { did: 'gone', conversation });
      await addressBook.markGone(address.tenant, conversation);
    }
  }

  async function tell<T>(feature: Deliverable<T>, key: DocumentKey, notice: Notice): Promise<void> {
    const tenant = await tenantOf(feature, key);
    const address = tenant && (await addressBook.person(tenant, notice.to));
    if (!address) return;
    let overtaken = false;
    const compose = async (): Promise<CardMessage | null> => {
      const data = await feature.aggregates.get(key);
      const pending = data && feature.delivery(data).notices.some((candidate) => candidate.key === notice.key);
      const message = pending ? await feature.noticeMessage(data, notice) : null;
      overtaken = message === null;
      return message;
    };
    try {
      const sentId = await outbox.show(address, null, compose);
      // The process is stopping: what was not sent is sent after the next start.
      if (sentId === null && !overtaken) return;
    } catch (error) {
      // Who blocked the bot or left cannot be told; the notice is over and done with rather than tried for ever.
      if (!isAppError(error, 'chat.gone') && !isAppError(error, 'chat.rejected')) throw error;
    }
    await note(feature, key, { did: 'noticed', key: notice.key });
  }

  async function note<T>(feature: Deliverable<T>, key: DocumentKey, receipt: Receipt): Promise<void> {
    await feature.aggregates.change(key, (stored) =>
      feature.withDelivery(stored, record(feature.delivery(stored), receipt)),
    );
  }

  async function tenantOf<T>(feature: Deliverable<T>, key: DocumentKey): Promise<TenantId | null> {
    const data = await feature.aggregates.get(key);
    return data ? feature.tenantOf(data) : null;
  }

  /** Sets the alarm for the next time; the very same object when it is set right already. */
  function rested<T>(feature: Deliverable<T>, data: T): T {
    const delivery = feature.delivery(data);
    const now = clock.now();
    // What is under way has its alarm set already; moving it with every change would write each of them twice.
    if (isUnsettled(delivery) && !isDue(delivery, now)) return data;
    const next = isUnsettled(delivery) ? now.add(tryAgainAfter) : feature.nextAttention(data, now);
    const wakeAt = next && toStored(next);
    return wakeAt === delivery.wakeAt ? data : feature.withDelivery(data, { ...delivery, wakeAt });
  }

  const nameOf = (key: DocumentKey): string => `${key.partition}\n${key.id}`;

  function start(kind: string, key: DocumentKey): void {
    const passOver = features.get(kind);
    if (passOver) jobs.run(nameOf(key), () => passOver(key).catch((error: unknown) => onError(error, kind)));
  }

  return {
    register(feature) {
      features.set(feature.kind, (key) => pass(feature, key));
    },
    settle: start,
    wake(kind, key) {
      if (!jobs.isRunning(nameOf(key))) start(kind, key);
    },
    idle: () => jobs.idle(),
  };
}
