import { toStored } from '../shared/clock.ts';
import type { ConversationId, PersonId } from '../shared/ids.ts';

/**
 * What a document wants the chats to show. Cards are a projection that is reconciled: the document lists its
 * placements, and the courier makes the chats match them.
 */

/** One message of ours in one conversation that shows the document. */
export interface Placement {
  /** Ours, carried by the card's actions, so that a press tells which placement it came from. */
  id: string;
  conversation: ConversationId;
  /** Teams' id of the message; null until it is posted. */
  activityId: string | null;
  /** The revision that the message shows; 0 before the first. */
  shown: number;
  /** A retiring placement is to become a line that points to the live card; after that it is forgotten. */
  state: 'live' | 'retiring';
}

/** A one-off private message, delivered at least once and de-duplicated by its key. */
export interface Notice {
  key: string;
  to: PersonId;
  /** Which text; the feature renders it. */
  kind: string;
}

export interface Delivery {
  /** Grows with every change that people should see. */
  revision: number;
  placements: Placement[];
  /** Not yet sent. */
  notices: Notice[];
  /** Keys of the notices that were made, the newest last, so that none is made twice. */
  noticed: string[];
  /** ISO 8601 instant of the next moment at which the waker looks at the document; null when there is none. */
  wakeAt: string | null;
}

/** More live documents than this never wait for the same key, so older keys can go. */
const rememberedKeys = 100;

/**
 * How long whoever changed a document has to settle it before the waker, of this or another instance, takes over.
 * Long enough for a send that waits for its turn under Teams' limits. In milliseconds.
 */
const settleWithin = 30_000;

/** Of a new document, which the waker looks at if its maker does not. */
export function newDelivery(now: Temporal.Instant): Delivery {
  return { revision: 1, placements: [], notices: [], noticed: [], wakeAt: takeOverAt(now) };
}

function takeOverAt(now: Temporal.Instant): string {
  return toStored(Temporal.Instant.fromEpochMilliseconds(now.epochMilliseconds + settleWithin));
}

/** There is something to send, though nothing that people see has changed. An alarm that rings earlier stays set. */
export function awaken(delivery: Delivery, now: Temporal.Instant): Delivery {
  const wakeAt = takeOverAt(now);
  return delivery.wakeAt !== null && delivery.wakeAt < wakeAt ? delivery : { ...delivery, wakeAt };
}

/** The document changed in a way that people should see. */
export function touch(delivery: Delivery, now: Temporal.Instant): Delivery {
  return awaken({ ...delivery, revision: delivery.revision + 1 }, now);
}

/** The one live placement of a conversation, or null. */
export function liveIn(delivery: Delivery, conversation: ConversationId): Placement | null {
  return delivery.placements.find((p) => p.conversation === conversation && p.state === 'live') ?? null;
}

/** Makes the document stand in `conversation` and nowhere else, without moving a card that is there already. */
export function placeIn(delivery: Delivery, conversation: ConversationId, id: string): Delivery {
  return liveIn(delivery, conversation) ? delivery : bringTo(delivery, conversation, id);
}

/** Posts the card anew at the bottom of `conversation`; every other live card becomes a line. */
export function bringTo(delivery: Delivery, conversation: ConversationId, id: string): Delivery {
  const fresh: Placement = { id, conversation, activityId: null, shown: 0, state: 'live' };
  return { ...delivery, placements: [...delivery.placements.flatMap(leave), fresh] };
}

/** A card that was never posted simply goes; a posted one becomes a line. */
function leave(placement: Placement): Placement[] {
  return placement.activityId === null ? [] : [{ ...placement, state: 'retiring' }];
}

/**
 * A press from a message that no placement knows: a send that Teams had accepted although its answer was lost, or a
 * card that was brought elsewhere. It is retired like any other old card.
 */
export function adoptOrphan(
  delivery: Delivery,
  pressed: { placement: string; conversation: ConversationId; activityId: string },
): Delivery {
  const known = delivery.placements.some(
    // A placement without an activity id is being posted right now: this press may come from that very message.
    (p) => p.activityId === pressed.activityId || (p.id === pressed.placement && p.activityId === null),
  );
  if (known) return delivery;
  const orphan: Placement = {
    id: `${pressed.placement}~${pressed.activityId}`,
    conversation: pressed.conversation,
    activityId: pressed.activityId,
    shown: 0,
    state: 'retiring',
  };
  return { ...delivery, placements: [...delivery.placements, orphan] };
}

export function notify(delivery: Delivery, notices: readonly Notice[]): Delivery {
  const known = new Set(delivery.noticed);
  const fresh = notices.filter(({ key }) => !known.has(key) && known.add(key));
  if (fresh.length === 0) return delivery;
  return {
    ...delivery,
    notices: [...delivery.notices, ...fresh],
    noticed: [...delivery.noticed, ...fresh.map((notice) => notice.key)].slice(-rememberedKeys),
  };
}

/** True when the document stands, or is about to stand, in some chat. */
export function isPlaced(delivery: Delivery): boolean {
  return delivery.placements.some((placement) => placement.state === 'live');
}

export function isStale(delivery: Delivery, placement: Placement): boolean {
  return placement.state === 'retiring' || placement.shown < delivery.revision;
}

/** True when the alarm of the document has rung. */
export function isDue({ wakeAt }: Delivery, now: Temporal.Instant): boolean {
  return wakeAt !== null && wakeAt <= toStored(now);
}

/** True when the courier has something to send. */
export function isUnsettled(delivery: Delivery): boolean {
  return delivery.notices.length > 0 || delivery.placements.some((p) => isStale(delivery, p));
}

/** What the courier did, to be written into the newest state of the document. */
export type Receipt =
  | { did: 'shown'; placement: string; conversation: ConversationId; activityId: string | null; revision: number }
  | { did: 'retired'; placement: string }
  /** The message is not there any more (someone deleted it): it is to be posted anew. */
  | { did: 'lost'; placement: string }
  /** The conversation is gone or closed to the bot. */
  | { did: 'gone'; conversation: ConversationId }
  | { did: 'noticed'; key: string };

type Shown = Extract<Receipt, { did: 'shown' }>;

export function record(delivery: Delivery, receipt: Receipt): Delivery {
  switch (receipt.did) {
    case 'shown':
      return shown(delivery, receipt);
    case 'retired':
      return { ...delivery, placements: delivery.placements.filter((p) => p.id !== receipt.placement) };
    case 'lost':
      return {
        ...delivery,
        placements: delivery.placements.flatMap((p) => {
          if (p.id !== receipt.placement) return [p];
          return p.state === 'retiring' ? [] : [{ ...p, activityId: null, shown: 0 }];
        }),
      };
    case 'gone':
      return { ...delivery, placements: delivery.placements.filter((p) => p.conversation !== receipt.conversation) };
    case 'noticed':
      return { ...delivery, notices: delivery.notices.filter((notice) => notice.key !== receipt.key) };
  }
}

function shown(delivery: Delivery, { placement, conversation, activityId, revision }: Shown): Delivery {
  const known = delivery.placements.some((p) => p.id === placement);
  if (known) {
    const update = (p: Placement): Placement => (p.id === placement ? { ...p, activityId, shown: revision } : p);
    return { ...delivery, placements: delivery.placements.map(update) };
  }
  if (activityId === null) return delivery;
  // The card was brought elsewhere while this message was on its way: it is an old card from its first moment.
  const late: Placement = { id: placement, conversation, activityId, shown: revision, state: 'retiring' };
  return { ...delivery, placements: [...delivery.placements, late] };
}
