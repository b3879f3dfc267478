import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { BodyId, ConversationId, PersonId, TenantId } from '../shared/ids.ts';
import type { DocumentKey, Query } from '../storage/port.ts';
import type { Courier } from './courier.ts';
import type { Delivered } from './deliverable.ts';
import {
  adoptOrphan,
  awaken,
  backIn,
  bringTo,
  closeForm,
  type Delivery,
  isPlaced,
  openForm,
  placeIn,
  redraw,
  vacating,
} from './model.ts';
import type { Patiently } from './patience.ts';

/** What a feature tells of documents that stand in the chat of the body they belong to. */
export interface Homed<T> extends Delivered<T> {
  bodyOf(data: T): BodyId;
  /** What is closed stays where it stands and is brought nowhere. */
  isOpen(data: T): boolean;
  listOf(tenant: TenantId, body: BodyId, which: Listed): Pick<Query, 'partition' | 'kind' | 'where'>;
}

/** Which of a body's documents: the open ones, the closed ones of which something {@link isAway}, or all there are. */
export type Listed = 'open' | 'away' | 'all';

/** Where a press came from: the message, and the placement that its card carries. */
export interface PressedOn {
  conversation: ConversationId;
  activityId: string;
  placement: string;
}

/**
 * Why all open documents of a body are looked at: some may not stand in its chat yet, what they show of the body has
 * changed, or the chat has forgotten its messages.
 */
export type Sweep = 'missing' | 'changed' | 'forgotten';

/** Brings all documents of a kind into line with where their bodies are. */
export interface Rounds {
  /**
   * Looks at every open document of a body, also whether somebody in it has left, and at the closed ones of which something
   * waits in a conversation that was closed to the bot, whosever that is.
   */
  sweep(tenant: TenantId, body: BodyId, why: Sweep): Promise<void>;
  /** Takes up what a body has in this conversation, which was closed to the bot and can be reached again. */
  returned(tenant: TenantId, body: BodyId, conversation: ConversationId): Promise<void>;
  /** Makes lines of all that a body has in this conversation, closed documents too. */
  vacate(tenant: TenantId, body: BodyId, conversation: ConversationId): Promise<void>;
}

/** Keeps each document in its body's chat, wherever that is: one live card at its bottom or higher up. */
export interface Home<T> extends Rounds {
  /** Of a document that is being made: it stands in its body's chat, or waits for one. */
  settledIn(data: T): Promise<T>;
  /** Looks for the chat of an open document that stands nowhere; null when it stands somewhere. A courier's chore. */
  search(data: T): (() => Promise<((data: T) => T) | null>) | null;
  /** The change that makes the card stand in the body's chat, wherever it stood; null when there is none. */
  placing(tenant: TenantId, body: BodyId): Promise<((data: T) => T) | null>;
  /** The change that brings the card to the bottom of the body's chat; null when there is none. */
  bringing(tenant: TenantId, body: BodyId): Promise<((data: T) => T) | null>;
  /** The change that makes a line of a card that stands where none should. */
  retiring(pressed: PressedOn): (data: T) => T;
  /** Somebody fills in a form in the card of this placement, if any; the very same object when there is no such card. */
  withForm(data: T, placement: string | null, by: PersonId): T;
  /** The form was sent in or left; the very same object when none of this person was open there. */
  withoutForm(data: T, placement: string | null, by: PersonId): T;
}

const sweepPage = 200;

export interface HomeParts {
  chatOfBody(tenant: TenantId, body: BodyId): Promise<{ conversation: ConversationId } | null>;
  /** Whether it is the chat of that body at this very moment: it may have got another one since somebody looked. */
  isChatOf(tenant: TenantId, body: BodyId, conversation: ConversationId): boolean;
  /** Whether the bot can write there. */
  isReachable(tenant: TenantId, conversation: ConversationId): Promise<boolean>;
  settle: Courier['settle'];
  clock: Clock;
  newId: () => string;
  patiently: Patiently;
  /** At whose screen somebody fills in a form; in the Playground all act at one. */
  screenOf: (person: PersonId) => PersonId;
}

/** `withoutLeavers` takes from a document what those had in it who have left its body. */
export function createHome<T>(homed: Homed<T>, withoutLeavers: (data: T) => T, parts: HomeParts): Home<T> {
  const { chatOfBody, isChatOf, isReachable, settle, clock, newId, patiently, screenOf } = parts;

  /** The very same object when its delivery stays as it is. */
  function quietly(data: T, change: (delivery: Delivery) => Delivery): T {
    const delivery = homed.delivery(data);
    const next = change(delivery);
    return next === delivery ? data : homed.withDelivery(data, next);
  }

  /** The same, and the courier has something to do. */
  function changed(data: T, change: (delivery: Delivery) => Delivery): T {
    return quietly(data, (delivery) => {
      const next = change(delivery);
      return next === delivery ? delivery : awaken(next, clock.now());
    });
  }

  /** It stands in the body's chat from now on, in this way; the very same object when that is another chat by now. */
  function standing(data: T, conversation: ConversationId, way: (delivery: Delivery) => Delivery): T {
    return isChatOf(homed.tenantOf(data), homed.bodyOf(data), conversation) ? changed(data, way) : data;
  }

  /**
   * Changes each of these documents in the way that `changeOf` chooses by what is listed of it; null leaves it alone. One
   * that cannot be read or changed keeps no other from where it belongs, unless the store is away; rejects then, once all
   * others are done, with the first failure.
   */
  async function visit(
    query: ReturnType<Homed<T>['listOf']>,
    changeOf: (listed: T) => ((data: T) => T) | null | Promise<(data: T) => T>,
  ): Promise<void> {
    let continuation: string | undefined;
    let failed: unknown = null;
    do {
      const from = continuation && { continuation };
      const page = await patiently(() =>
        homed.aggregates.query({ ...query, limit: sweepPage, ...from }, (error) => {
          failed ??= error;
        }),
      );
      for (const { partition, id, data } of page.documents) {
        try {
          const change = await changeOf(data);
          if (!change) continue;
          const key: DocumentKey = { partition, id };
          await patiently(() => homed.aggregates.change(key, change));
          settle(homed.kind, key);
        } catch (error) {
          if (isAppError(error, 'store.unavailable')) throw error;
          failed ??= error;
        }
      }
      continuation = page.continuation;
    } while (continuation);
    if (failed) throw failed;
  }

  /** Takes up what waits in conversations that can be reached by now, whosever they are: a crash may have come between. */
  async function backWherePossible(listed: T): Promise<(delivery: Delivery) => Delivery> {
    const tenant = homed.tenantOf(listed);
    const closed = homed.delivery(listed).placements.flatMap(({ away, conversation }) => (away ? [conversation] : []));
    const reached: ConversationId[] = [];
    for (const conversation of new Set(closed))
      if (await patiently(() => isReachable(tenant, conversation))) reached.push(conversation);
    return (delivery) => reached.reduce(backIn, delivery);
  }

  return {
    async settledIn(data) {
      const chat = await chatOfBody(homed.tenantOf(data), homed.bodyOf(data));
      return chat ? standing(data, chat.conversation, (it) => placeIn(it, chat.conversation, newId())) : data;
    },

    search(data) {
      if (!homed.isOpen(data) || isPlaced(homed.delivery(data))) return null;
      return async () => {
        const chat = await chatOfBody(homed.tenantOf(data), homed.bodyOf(data));
        if (!chat) return null;
        const placement = newId();
        return (stored) => standing(stored, chat.conversation, (it) => placeIn(it, chat.conversation, placement));
      };
    },

    async placing(tenant, body) {
      const chat = await chatOfBody(tenant, body);
      const placement = newId();
      return (
        chat && ((stored) => standing(stored, chat.conversation, (it) => placeIn(it, chat.conversation, placement)))
      );
    },

    async bringing(tenant, body) {
      const chat = await chatOfBody(tenant, body);
      const placement = newId();
      return (
        chat && ((stored) => standing(stored, chat.conversation, (it) => bringTo(it, chat.conversation, placement)))
      );
    },

    retiring: (pressed) => (stored) => changed(stored, (delivery) => adoptOrphan(delivery, pressed)),

    withForm(data, placement, by) {
      if (placement === null) return data;
      return quietly(data, (delivery) => openForm(delivery, placement, screenOf(by), clock.now()));
    },

    withoutForm(data, placement, by) {
      if (placement === null) return data;
      return quietly(data, (delivery) => closeForm(delivery, placement, screenOf(by)));
    },

    async sweep(tenant, body, why) {
      const chat = await patiently(() => chatOfBody(tenant, body));
      const stand = why === 'forgotten' ? bringTo : placeIn;
      const isThere = (): boolean => chat !== null && isChatOf(tenant, body, chat.conversation);
      // Another sweep brings it to where the body is by now.
      const placed = (delivery: Delivery): Delivery =>
        chat && isThere() ? stand(delivery, chat.conversation, newId()) : delivery;
      // Without a chat too: what waits for it to open again is out of date when it does.
      const way = (stored: T, delivery: Delivery): Delivery => {
        // What is listed may not be for all to see yet, or is closed by now: that is brought nowhere.
        if (!homed.isOpen(stored)) return delivery;
        return why === 'changed' ? redraw(placed(delivery), clock.now()) : placed(delivery);
      };
      const open = visit(homed.listOf(tenant, body, 'open'), async (listed) => {
        const back = await backWherePossible(listed);
        return (stored) => changed(withoutLeavers(stored), (delivery) => way(stored, back(delivery)));
      });
      const away = visit(homed.listOf(tenant, body, 'away'), async (listed) => {
        const back = await backWherePossible(listed);
        return (stored) => changed(stored, back);
      });
      await allDone([open, away]);
    },

    async returned(tenant, body, conversation) {
      const back = (stored: T): T => changed(stored, (delivery) => backIn(delivery, conversation));
      const there = (which: Listed): Promise<void> =>
        visit(homed.listOf(tenant, body, which), (listed) => (back(listed) === listed ? null : back));
      await allDone([there('open'), there('away')]);
    },

    async vacate(tenant, body, conversation) {
      const gone = (stored: T): T => changed(stored, (delivery) => vacating(delivery, (left) => left === conversation));
      await visit(homed.listOf(tenant, body, 'all'), (listed) => (gone(listed) === listed ? null : gone));
    },
  };
}

/** One that fails holds up no other. Rejects, once all have ended, with what failed: several as an `AggregateError`. */
export async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  const reasons = (await Promise.allSettled(work)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const [first, ...others] = reasons;
  if (others.length > 0) throw new AggregateError(reasons, 'Several parts of one work failed.');
  if (reasons.length > 0) throw first;
}
