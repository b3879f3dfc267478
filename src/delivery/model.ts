import { storedLater, toStored } from '../shared/clock.ts';
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
  /** Teams may have taken an earlier send of this card, though it never said so: there may be a second message. */
  doubtful?: boolean;
  /** It, or all of its conversation, is closed to the bot: it is left alone until that one can be reached again. */
  away?: boolean;
  /** Forms that people are filling in inside this message; absent when there are none. */
  forms?: readonly OpenForm[];
  /** Whose own card it is, in their personal chat; absent for what stands in the chat of a body. */
  to?: PersonId;
  /** It stands where others are to see nothing of it, so it waits for nobody's form. */
  barred?: true;
}

/**
 * While somebody fills in a form, the message that it stands in is left alone: an update would take what they typed. What
 * somebody reads for themselves there is a form as well.
 */
export interface OpenForm {
  by: PersonId;
  /** ISO 8601 instant after which nobody is thought to be at it any more. */
  until: string;
}

/** A private message, delivered at least once and de-duplicated by its key. */
export interface Notice {
  key: string;
  to: PersonId;
  /** The id of the placement that it becomes once it is sent: a card of their own, kept up to date. Absent for a one-off. */
  stays?: string;
  /** Which text; the feature renders it. */
  kind: string;
  /** ISO 8601 instant; who cannot be reached for two weeks is not told any more, unless its feature says it anew. */
  at: string;
}

/** The process that brings the chats in line with a document; no other sends for it until then. */
export interface Lease {
  by: string;
  /** ISO 8601 instant. */
  until: string;
}

export interface Delivery {
  /** Grows with every change that people should see. */
  revision: number;
  /** The last revision that is somebody's doing; absent when that is the newest. */
  news?: number;
  /** The last revision that people's own cards are to show: less than all is news to them. Absent for none. */
  own?: number;
  placements: Placement[];
  /** Not yet sent. */
  notices: Notice[];
  /** Ids of placements that are no more, the newest last: a card of theirs may turn up yet. Absent when there are none. */
  past?: readonly string[];
  /** Keys of the notices that were made, the newest last, so that none is made twice. */
  noticed: string[];
  /** ISO 8601 instant of the next moment at which the waker looks at the document; null when there is none. */
  wakeAt: string | null;
  /** Absent while there is nothing to send. */
  lease?: Lease;
  /** How often in a row something could not be sent; absent for never. */
  failures?: number;
}

const rememberedPlacements = 20;
/**
 * No document makes more keys than this between two reminders of the same key, so older ones can go: the most come from an agenda
 * of a hundred items of which everything that was settled is late.
 */
const rememberedKeys = 1_000;

/**
 * How long whoever changed a document has to settle it before the waker, of this or another instance, takes over.
 * Long enough for a send that waits for its turn under Teams' limits. In milliseconds.
 */
export const settleWithin = 60_000;
/** How long a form is left in peace, in milliseconds: longer than a note takes to write. */
const formOpenFor = 10 * 60_000;

/** Of a new document, which the waker looks at if its maker does not. */
export function newDelivery(now: Temporal.Instant): Delivery {
  return { revision: 1, placements: [], notices: [], noticed: [], wakeAt: storedLater(now, settleWithin) };
}

/** There is something to send, though nothing that people see has changed. An alarm that rings earlier stays set. */
export function awaken(delivery: Delivery, now: Temporal.Instant): Delivery {
  const wakeAt = storedLater(now, settleWithin);
  return delivery.wakeAt !== null && delivery.wakeAt < wakeAt ? delivery : { ...delivery, wakeAt };
}

/** Somebody changed the document in a way that people should see. */
export function touch({ news: _, ...delivery }: Delivery, now: Temporal.Instant): Delivery {
  return awaken({ ...delivery, revision: delivery.revision + 1 }, now);
}

/** The same, and people's own cards are to show it too. */
export function touchAll(delivery: Delivery, now: Temporal.Instant): Delivery {
  const touched = touch(delivery, now);
  return { ...touched, own: touched.revision };
}

/** The card looks different by now, though nobody did anything to the document: whoever fills in a form in it comes first. */
export function redraw(delivery: Delivery, now: Temporal.Instant): Delivery {
  const { revision, news = revision } = delivery;
  return awaken({ ...delivery, revision: revision + 1, news }, now);
}

/** The same of people's own cards too. */
export function redrawAll(delivery: Delivery, now: Temporal.Instant): Delivery {
  const redrawn = redraw(delivery, now);
  return { ...redrawn, own: redrawn.revision };
}

/** The one live placement of a conversation, or null. */
export function liveIn(delivery: Delivery, conversation: ConversationId): Placement | null {
  return delivery.placements.find((p) => p.conversation === conversation && isLive(p)) ?? null;
}

/**
 * Makes the document stand in `conversation`, which can be reached, and nowhere else, without moving a card that is there
 * already.
 */
export function placeIn(delivery: Delivery, conversation: ConversationId, id: string): Delivery {
  const back = backIn(delivery, conversation);
  return liveIn(back, conversation) ? back : bringTo(back, conversation, id);
}

/** Posts the card anew at the bottom of `conversation`; every other live card becomes a line. */
export function bringTo(delivery: Delivery, conversation: ConversationId, id: string): Delivery {
  const left = leaving(backIn(delivery, conversation), () => true);
  return { ...left, placements: [...left.placements, fresh(id, conversation)] };
}

/** What is live in these conversations becomes a line there; the very same object when nothing is. People's own cards stay. */
export function leaving(delivery: Delivery, isLeft: (conversation: ConversationId) => boolean): Delivery {
  return retiring(delivery, ({ state, conversation, to }) => state === 'live' && !to && isLeft(conversation));
}

/** The own cards of those who have left become lines; the very same object when nobody has one. */
export function leftBy(delivery: Delivery, hasLeft: (person: PersonId) => boolean): Delivery {
  return retiring(delivery, ({ state, to }) => state === 'live' && to !== undefined && hasLeft(to));
}

function retiring(delivery: Delivery, isLeft: (placement: Placement) => boolean): Delivery {
  const left = delivery.placements.filter(isLeft);
  if (left.length === 0) return delivery;
  const unposted = left.filter(({ activityId }) => activityId === null).map(({ id }) => id);
  return {
    ...forgetting(delivery, unposted),
    placements: delivery.placements.flatMap((p) => (left.includes(p) ? leave(p) : [p])),
  };
}

/** The same where others are to see nothing of it from now on: what is open there waits for no form. */
export function vacating(delivery: Delivery, isBarred: (conversation: ConversationId) => boolean): Delivery {
  const left = leaving(delivery, isBarred);
  const stays = (p: Placement): boolean => isBarred(p.conversation) && !p.barred;
  if (!left.placements.some(stays)) return left;
  const barred = (p: Placement): Placement => ({ ...withForms(p, []), barred: true });
  return { ...left, placements: left.placements.map((p) => (stays(p) ? barred(p) : p)) };
}

/** Something stands where the bot is not let in. */
export function isAway({ placements }: Delivery): boolean {
  return placements.some(({ away = false }) => away);
}

/** The conversation can be reached again; the very same object when nothing of ours waited there. */
export function backIn(delivery: Delivery, conversation: ConversationId): Delivery {
  const waits = (p: Placement): boolean => p.away === true && p.conversation === conversation;
  if (!delivery.placements.some(waits)) return delivery;
  const back = ({ away: _, ...p }: Placement): Placement => p;
  return { ...delivery, placements: delivery.placements.map((p) => (waits(p) ? back(p) : p)) };
}

function forgetting(delivery: Delivery, ids: readonly string[]): Delivery {
  if (ids.length === 0) return delivery;
  return { ...delivery, past: [...(delivery.past ?? []), ...ids].slice(-rememberedPlacements) };
}

function fresh(id: string, conversation: ConversationId): Placement {
  return { id, conversation, activityId: null, shown: 0, state: 'live' };
}

/** A card that was never posted simply goes; a posted one becomes a line. */
function leave(placement: Placement): Placement[] {
  return placement.activityId === null ? [] : [{ ...placement, state: 'retiring' }];
}

/**
 * A press from a message that no placement knows: a send that Teams had accepted although its answer was lost. It is
 * retired like any other old card. A card's data can be forged, and no other message of ours may be overwritten through
 * it: so only a placement is believed of which a message may stand that nobody keeps, and only where the document stands.
 */
export function adoptOrphan(
  delivery: Delivery,
  pressed: { placement: string; conversation: ConversationId; activityId: string },
): Delivery {
  const { placements, past = [] } = delivery;
  const origin = placements.find((p) => p.id === pressed.placement);
  const ours = origin?.doubtful === true || past.includes(pressed.placement);
  const here = placements.some((p) => p.conversation === pressed.conversation);
  const known = placements.find((p) => p.activityId === pressed.activityId);
  // Whoever presses there shows that it can be reached again.
  if (known?.away) return backIn(delivery, pressed.conversation);
  // A placement without an activity id is being posted right now: this press may come from that very message.
  if (!ours || !here || known || origin?.activityId === null) return delivery;
  const id = `${pressed.placement}~${pressed.activityId}`;
  const orphan: Placement = { ...fresh(id, pressed.conversation), activityId: pressed.activityId, state: 'retiring' };
  return { ...delivery, placements: [...placements, orphan] };
}

/** Tells each of these once, however often they are asked for. */
export function notifyOnce(
  delivery: Delivery,
  notices: readonly Omit<Notice, 'at'>[],
  now: Temporal.Instant,
): Delivery {
  const known = new Set(delivery.noticed);
  const unknown = notices.filter(({ key }) => !known.has(key) && known.add(key));
  return unknown.length === 0 ? delivery : remember(notify(delivery, unknown, now), ...unknown.map(({ key }) => key));
}

/** Tells something that happened, which happens only once. */
export function notify(delivery: Delivery, notices: readonly Omit<Notice, 'at'>[], now: Temporal.Instant): Delivery {
  const at = toStored(now);
  return { ...delivery, notices: [...delivery.notices, ...notices.map((notice) => ({ ...notice, at }))] };
}

/** What holds no more is told anew when it holds again: all whose keys begin so. The very same object when none was told. */
export function forgetUnder(delivery: Delivery, prefix: string): Delivery {
  const noticed = delivery.noticed.filter((key) => !key.startsWith(prefix));
  return noticed.length === delivery.noticed.length ? delivery : { ...delivery, noticed };
}

/** What has been told under these keys is not told again. */
function remember(delivery: Delivery, ...keys: string[]): Delivery {
  return { ...delivery, noticed: [...delivery.noticed, ...keys].slice(-rememberedKeys) };
}

/** Somebody fills in a form inside the message of this placement; the very same object when there is no such message. */
export function openForm(delivery: Delivery, placement: string, by: PersonId, now: Temporal.Instant): Delivery {
  if (!delivery.placements.some(({ id, barred }) => id === placement && !barred)) return delivery;
  const form: OpenForm = { by, until: storedLater(now, formOpenFor) };
  // One form at a time: whoever opens another has left the first, so nobody keeps many messages of a document in place.
  const placements = delivery.placements.map((p) =>
    p.id === placement ? { ...p, forms: [...othersForms(p, by), form] } : withForms(p, othersForms(p, by)),
  );
  return { ...delivery, placements };
}

/** The form was sent in or left; the very same object when none was open. */
export function closeForm(delivery: Delivery, placement: string, by: PersonId): Delivery {
  const open = delivery.placements.some((p) => p.id === placement && p.forms?.some((form) => form.by === by));
  if (!open) return delivery;
  const placements = delivery.placements.map((p) => (p.id === placement ? withForms(p, othersForms(p, by)) : p));
  return { ...delivery, placements };
}

function withForms({ forms: _, ...rest }: Placement, forms: readonly OpenForm[]): Placement {
  return forms.length > 0 ? { ...rest, forms } : rest;
}

const othersForms = ({ forms = [] }: Placement, by: PersonId): OpenForm[] => forms.filter((form) => form.by !== by);

/** The moment at which the last form in this message is given up, as an ISO 8601 instant; empty without forms. */
function heldUntil({ forms = [] }: Placement): string {
  return forms.reduce((last, { until }) => (until > last ? until : last), '');
}

/** Whether somebody is filling in a form in this message right now. */
function hasOpenForm(placement: Placement, now: Temporal.Instant): boolean {
  return heldUntil(placement) > toStored(now);
}

/**
 * People who fill in a form keep their message; what somebody else did stands in a new one at the bottom, under the id
 * that `newId` gives. The very same object when nobody's form is in the way.
 */
export function besideForms(delivery: Delivery, newId: () => string, now: Temporal.Instant): Delivery {
  const occupied = delivery.placements.find((p) => isInTheWay(delivery, p, now));
  return occupied ? bringTo(delivery, occupied.conversation, newId()) : delivery;
}

/** The message cannot show what somebody did, for the forms that are filled in there. */
function isInTheWay({ revision, news = revision }: Delivery, placement: Placement, now: Temporal.Instant): boolean {
  return isShared(placement) && placement.shown < news && hasOpenForm(placement, now);
}

/** ISO 8601 instants, one for each message that is to change and waits for forms: the moment when the last is given up. */
export function formsEnd(delivery: Delivery, now: Temporal.Instant): string[] {
  return delivery.placements.filter((p) => isOutdated(p, delivery) && hasOpenForm(p, now)).map(heldUntil);
}

/** True when the document stands, or is about to stand, in some chat. */
export function isPlaced(delivery: Delivery): boolean {
  return delivery.placements.some(isShared);
}

/** True while a message that shows it is still to be posted: in the chat of its body, or as somebody's own card. */
export function isArriving({ placements, notices }: Delivery): boolean {
  return (
    placements.some((p) => isShared(p) && p.activityId === null) || notices.some(({ stays }) => stays !== undefined)
  );
}

/** It stands in the chat of a body. */
const isShared = (placement: Placement): boolean => isLive(placement) && !placement.to;

const isLive = ({ state, away = false }: Placement): boolean => state === 'live' && !away;

const isOutdated = ({ state, shown, to, away = false }: Placement, { revision, own = 0 }: Delivery): boolean =>
  !away && (state === 'retiring' || shown < (to ? own : revision));

/** True when the message is to be sent or changed now. */
export function isStale(delivery: Delivery, placement: Placement, now: Temporal.Instant): boolean {
  return isOutdated(placement, delivery) && !hasOpenForm(placement, now);
}

/** True when a message is to be sent or changed now, or another to be sent beside it. */
export function hasCards(delivery: Delivery, now: Temporal.Instant): boolean {
  return delivery.placements.some((p) => isStale(delivery, p, now) || isInTheWay(delivery, p, now));
}

/** True when there is something to send. */
export function isUnsettled(delivery: Delivery, now: Temporal.Instant): boolean {
  return delivery.notices.length > 0 || hasCards(delivery, now);
}

/** What the courier did, to be written into the newest state of the document. */
export type Receipt =
  | {
      did: 'shown';
      placement: string;
      conversation: ConversationId;
      activityId: string | null;
      revision: number;
      /** An earlier send of the same card may have been taken. */
      doubtful?: boolean;
    }
  | { did: 'retired'; placement: string }
  /** Teams does not let this old card be changed, though perhaps others there. */
  | { did: 'refused'; placement: string }
  /** The conversation is gone or closed to the bot. */
  | { did: 'gone'; conversation: ConversationId }
  /** `as`: the message that it is now, of the revision that it shows; absent when nothing was sent. */
  | { did: 'noticed'; key: string; as?: { conversation: ConversationId; activityId: string; revision: number } };

type Shown = Extract<Receipt, { did: 'shown' }>;
export type NoticedReceipt = Extract<Receipt, { did: 'noticed' }>;

export function record(delivery: Delivery, receipt: Receipt): Delivery {
  switch (receipt.did) {
    case 'shown':
      return shown(delivery, receipt);
    case 'retired':
      return {
        ...forgetting(
          delivery,
          delivery.placements.filter((p) => p.id === receipt.placement && p.doubtful).map((p) => p.id),
        ),
        placements: delivery.placements.filter((p) => p.id !== receipt.placement),
      };
    case 'refused':
      return {
        ...delivery,
        placements: delivery.placements.map((p) => (p.id === receipt.placement ? { ...p, away: true } : p)),
      };
    case 'gone':
      return gone(delivery, receipt.conversation);
    case 'noticed':
      return noticed(delivery, receipt);
  }
}

/** Whoever got a card of their own has an older one become a line. */
function noticed(delivery: Delivery, { key, as }: NoticedReceipt): Delivery {
  const { to, stays: id } = delivery.notices.find((notice) => notice.key === key) ?? {};
  const told = { ...delivery, notices: delivery.notices.filter((notice) => notice.key !== key) };
  if (!as || !id || !to) return told;
  const left = retiring(told, (placement) => placement.state === 'live' && placement.to === to);
  const { revision: shown, ...where } = as;
  return { ...left, placements: [...left.placements, { id, ...where, shown, state: 'live', to }] };
}

function shown(delivery: Delivery, { placement, conversation, activityId, revision, doubtful }: Shown): Delivery {
  const known = delivery.placements.some((p) => p.id === placement);
  if (known) {
    // What is shown is what came last, even if it is older than what was shown before: then it is stale again.
    const update = (p: Placement): Placement =>
      p.id === placement ? { ...p, activityId, shown: revision, ...(doubtful && { doubtful }) } : p;
    return { ...delivery, placements: delivery.placements.map(update) };
  }
  if (activityId === null) return delivery;
  // The card was brought elsewhere while this message was on its way: it is an old card from its first moment.
  const late: Placement = { id: placement, conversation, activityId, shown: revision, state: 'retiring' };
  return { ...delivery, placements: [...delivery.placements, late] };
}

/** What stands there is left alone until the conversation can be reached again; what was to be posted is not. */
function gone(delivery: Delivery, conversation: ConversationId): Delivery {
  const isThere = (p: Placement): boolean => p.conversation === conversation;
  // Who keeps the bot out of their personal chat is told nothing more there.
  const unposted = delivery.placements.filter((p) => isThere(p) && (p.activityId === null || p.to)).map(({ id }) => id);
  const posted = delivery.placements.filter(({ id }) => !unposted.includes(id));
  return {
    ...forgetting(delivery, unposted),
    placements: posted.map((p) => (isThere(p) ? { ...p, away: true } : p)),
  };
}
