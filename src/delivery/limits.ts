import type { Clock } from '../shared/clock.ts';

/** At most `sends` within any `milliseconds`. */
export interface SendWindow {
  sends: number;
  milliseconds: number;
}

/**
 * What Teams allows a bot in one conversation: posts, updates and deletes together.
 * Source: Microsoft Learn, "Optimize your bot with rate limiting in Teams".
 */
export const teamsConversationWindows: readonly SendWindow[] = [
  { sends: 7, milliseconds: 1_000 },
  { sends: 8, milliseconds: 2_000 },
  { sends: 60, milliseconds: 30_000 },
  { sends: 1_800, milliseconds: 3_600_000 },
];

/** What Teams allows an app in one tenant. Every request counts, so also creating a chat and fetching a roster. Same source. */
export const teamsTenantWindows: readonly SendWindow[] = [{ sends: 50, milliseconds: 1_000 }];

/**
 * How much longer than Teams' windows ours are, in milliseconds. We count when a request leaves, Teams when it arrives,
 * and the way takes now more, now less: a slow request followed by a quick one arrive closer together than they left.
 * The margin is the difference in travelling time that breaks no limit. In a conversation it costs next to nothing;
 * for the tenant it is the price of a large round of cards (40 ms = 4 % longer), so it is small there, and a rare 429
 * that slips through is handled by `hold`.
 */
export const conversationMargin = 250;
export const tenantMargin = 40;

export interface SendLimits {
  /**
   * Books the earliest allowed moment for one request and returns the milliseconds to wait for it (0: now).
   * Earlier bookings keep their moments, so concurrent callers are spread out. The caller must send at that moment;
   * book shortly before sending rather than for a whole evening, because the cost grows with the open bookings.
   * A chat that does not exist yet is booked under any stable name, such as the person's id.
   */
  reserve(tenant: string, conversation: string): number;
  /** Lets nothing be sent to the conversation for the next `milliseconds` (Retry-After of a 429). The longest hold counts. */
  hold(conversation: string, milliseconds: number): void;
  /**
   * Resolves when one request may be sent: `reserve` and the waiting, and again if a hold came in between.
   * Resolves at once when `signal` aborts, and gives the moment back: the caller checks the signal and sends nothing.
   */
  turn(tenant: string, conversation: string, signal?: AbortSignal): Promise<void>;
  /** Conversations and tenants remembered now; those that no window reaches back to are forgotten. */
  readonly remembered: number;
}

interface Ledger {
  /** Booked moments, ascending, milliseconds of the internal time. */
  bookings: number[];
  /** Nothing may be booked before this. */
  heldUntil: number;
}

export interface SendLimitOptions {
  clock: Clock;
  perConversation?: readonly SendWindow[];
  perTenant?: readonly SendWindow[];
}

/** One limiter serves the whole process; its memory is bounded by what was sent within the longest window. */
export function createSendLimits(options: SendLimitOptions): SendLimits {
  const { clock } = options;
  const perConversation = widen(options.perConversation ?? teamsConversationWindows, conversationMargin);
  const perTenant = widen(options.perTenant ?? teamsTenantWindows, tenantMargin);
  const conversations = new Map<string, Ledger>();
  const tenants = new Map<string, Ledger>();
  const now = neverBack(clock);

  const book = (tenant: string, conversation: string): { at: number; wait: number } => {
    const present = now();
    const ofTenant = open(tenants, tenant, perTenant, present);
    const ofConversation = open(conversations, conversation, perConversation, present);
    let at = Math.max(present, ofConversation.heldUntil);
    for (let before = Number.NaN; at !== before; ) {
      before = at;
      at = earliest(ofTenant.bookings, perTenant, earliest(ofConversation.bookings, perConversation, at));
    }
    insert(ofTenant.bookings, at);
    insert(ofConversation.bookings, at);
    return { at, wait: at - present };
  };

  return {
    reserve: (tenant, conversation) => book(tenant, conversation).wait,

    hold(conversation, milliseconds) {
      const present = now();
      const ledger = open(conversations, conversation, perConversation, present);
      ledger.heldUntil = Math.max(ledger.heldUntil, present + milliseconds);
    },

    async turn(tenant, conversation, signal) {
      for (;;) {
        const { at, wait } = book(tenant, conversation);
        if (wait > 0) await clock.sleep(wait, signal);
        const held = (conversations.get(conversation)?.heldUntil ?? 0) > at;
        if (!signal?.aborted && !held) return;
        drop(tenants.get(tenant)?.bookings ?? [], at);
        drop(conversations.get(conversation)?.bookings ?? [], at);
        if (signal?.aborted) return;
      }
    },

    get remembered() {
      return conversations.size + tenants.size;
    },
  };
}

function widen(windows: readonly SendWindow[], margin: number): SendWindow[] {
  return windows.map(({ sends, milliseconds }) => ({ sends, milliseconds: milliseconds + margin }));
}

/** Milliseconds that stand still when the wall clock is set back: otherwise old bookings would seem to lie ahead. */
function neverBack(clock: Clock): () => number {
  let offset = 0;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const wall = clock.now().epochMilliseconds;
    if (wall + offset < last) offset = last - wall;
    last = wall + offset;
    return last;
  };
}

/** The ledger of `key`, without bookings that no window reaches back to. Forgets, on the way, ledgers long unused. */
function open(ledgers: Map<string, Ledger>, key: string, windows: readonly SendWindow[], present: number): Ledger {
  const reach = present - Math.max(...windows.map((window) => window.milliseconds));
  const ledger = ledgers.get(key) ?? { bookings: [], heldUntil: 0 };
  ledger.bookings.splice(
    0,
    countWhile(ledger.bookings, (booked) => booked <= reach),
  );
  // A map keeps the order of insertion: what is used moves to the end, so the idle ones gather at the front.
  ledgers.delete(key);
  for (const [name, { bookings, heldUntil }] of ledgers) {
    if (heldUntil > present || (bookings.at(-1) ?? reach) > reach) break;
    ledgers.delete(name);
  }
  ledgers.set(key, ledger);
  return ledger;
}

/** The first moment from `from` on at which one more booking keeps every window. */
function earliest(bookings: readonly number[], windows: readonly SendWindow[], from: number): number {
  let at = from;
  for (let before = Number.NaN; at !== before; ) {
    before = at;
    for (const window of windows) at = pastFullWindow(bookings, window, at);
  }
  return at;
}

/**
 * `at` itself if one more booking there keeps the window; otherwise the end of a full stretch that forbids it.
 * Each run of `sends` bookings that fits into one window forbids the moments less than a window after its first
 * and less than a window before its last. Bookings lie on both sides of `at` when other conversations wait longer.
 */
function pastFullWindow(bookings: readonly number[], { sends, milliseconds }: SendWindow, at: number): number {
  const begin = countWhile(bookings, (booked) => booked <= at - milliseconds);
  const end = countWhile(bookings, (booked) => booked < at + milliseconds);
  for (let index = end - sends; index >= begin; index--) {
    const first = bookings[index];
    const last = bookings[index + sends - 1];
    if (first !== undefined && last !== undefined && last - first < milliseconds) return first + milliseconds;
  }
  return at;
}

/** How many of the ascending numbers, from the start, satisfy `holds`. */
function countWhile(ascending: readonly number[], holds: (value: number) => boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = ascending[middle];
    if (value !== undefined && holds(value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(bookings: number[], at: number): void {
  const place = countWhile(bookings, (booked) => booked <= at);
  bookings.splice(place, 0, at);
}

function drop(bookings: number[], at: number): void {
  const place = countWhile(bookings, (booked) => booked < at);
  if (bookings[place] === at) bookings.splice(place, 1);
}
