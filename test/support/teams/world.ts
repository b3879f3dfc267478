import type { Activity } from 'botbuilder';
import type { Clock } from '../../../src/shared/clock.ts';
import type { Throttle } from './throttle.ts';

/** A JSON object of unknown content. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An activity as it came over the wire from the bot: dates are text, nothing but the type is certain. */
export type SentActivity = Omit<Partial<Activity>, 'timestamp' | 'localTimestamp' | 'expiration'> & { type: string };

export function isActivity(value: unknown): value is SentActivity {
  return isFields(value) && typeof value.type === 'string';
}

export interface TeamsUser {
  /** The Teams id, `29:…`, which mentions and `refresh.userIds` use. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly locale: string;
  /** The person's own tenant; another one than the chat's for people from outside. */
  readonly tenantId: string;
  /** In the chat's tenant: a member or a guest. */
  readonly role: 'user' | 'guest';
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
  readonly channels: Conversation[];
}

/** A message of the bot. */
export interface Message {
  readonly id: string;
  /** The latest version. */
  readonly activity: SentActivity;
  /** All versions, the first posted first. */
  readonly versions: readonly SentActivity[];
  readonly deleted: boolean;
  /** Id of the message whose thread it belongs to, in a channel; null elsewhere. */
  readonly thread: string | null;
}

export interface StoredMessage extends Message {
  activity: SentActivity;
  versions: SentActivity[];
  deleted: boolean;
  /** What single people see instead of the message's card, by Teams id: cards that answered their presses and refreshes. */
  views: Map<string, Fields>;
}

export interface Conversation {
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly id: string;
  readonly name: string | null;
  readonly tenantId: string;
  readonly team: Team | null;
  readonly members: TeamsUser[];
  readonly messages: StoredMessage[];
  /** `absent`: the bot was never added or was removed; `blocked`: a person blocked or uninstalled it; `gone`: deleted. */
  bot: 'present' | 'absent' | 'blocked' | 'gone';
}

/** One request of the bot to Teams. */
export interface RequestRecord {
  readonly method: string;
  /** Decoded path, without the query. */
  readonly path: string;
  readonly conversationId: string | null;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly at: Temporal.Instant;
  /** HTTP status answered; 0 when the connection hung or was cut. */
  status: number;
}

/** Something that Teams forbids, or silently answers in a way that the bot cannot want. */
export interface Violation {
  readonly rule: 'conversationLimit' | 'tenantLimit' | 'split' | 'cardSize' | 'messageSize' | 'refreshUsers';
  readonly conversationId: string | null;
  readonly detail: string;
}

export type Fault =
  | { status: number /** Seconds. */; retryAfter?: number; body?: unknown }
  /** Never answers. */
  | 'hang'
  /** Cuts the connection without doing anything. */
  | 'reset'
  /** Does what was asked and cuts the connection instead of answering. */
  | 'accept-then-reset';

export interface FaultQuestion {
  method: string;
  path: string;
  conversationId: string | null;
  body: unknown;
  /** How many requests this fault has been asked about, this one included. */
  count: number;
}

export type FaultRule = (request: FaultQuestion) => Fault | undefined;

/** The state that the connector (what the bot calls) and the chats (what people do) share. */
export interface World {
  readonly tenant: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly clock: Clock;
  readonly users: Map<string, TeamsUser>;
  readonly teams: Map<string, Team>;
  readonly conversations: Map<string, Conversation>;
  readonly requests: RequestRecord[];
  readonly violations: Violation[];
  readonly faults: Map<FaultRule, number>;
  readonly throttle: Throttle;
  /** False: nothing is throttled. */
  limited: boolean;
  serviceUrl: string;
  /** Ids of messages look like milliseconds, as in Teams, and are unique. */
  nextId(): string;
  /** Tells those who wait that something has changed. */
  changed(): void;
}

/** The conversation with this id; the id of a thread in a channel leads to its channel. */
export function findConversation(world: World, id: string): Conversation | undefined {
  return world.conversations.get(id.split(';messageid=')[0] ?? id);
}

/** The 1:1 chat with a person, which exists once for each. */
export function personalConversation(world: World, user: TeamsUser): Conversation {
  const id = `a:1-${user.id.slice(3)}`;
  const existing = world.conversations.get(id);
  if (existing) return existing;
  const created: Conversation = {
    kind: 'personal',
    id,
    name: null,
    tenantId: user.role === 'guest' ? world.tenant : user.tenantId,
    team: null,
    members: [user],
    messages: [],
    bot: 'absent',
  };
  world.conversations.set(id, created);
  return created;
}
