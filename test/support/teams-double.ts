import { randomUUID } from 'node:crypto';
import { Agent, createServer } from 'node:http';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { type Chat, createChat, type Deliver } from './teams/chat.ts';
import { createConnector, servicePath } from './teams/connector.ts';
import { postJson } from './teams/post.ts';
import { createThrottle } from './teams/throttle.ts';
import { createWaiting } from './teams/wait.ts';
import {
  type Conversation,
  type FaultRule,
  personalConversation,
  type RequestRecord,
  type Team,
  type TeamsUser,
  type Violation,
  type World,
} from './teams/world.ts';

export interface TeamsDoubleOptions {
  /** Tenant of chats and people unless told otherwise. */
  tenant?: string;
  /** The bot's app id, without `28:`. */
  botId?: string;
  botName?: string;
  /** Measures the limits and dates the activities; default the system's clock. */
  clock?: Clock;
  /** Default true. False: no request is throttled. */
  limits?: boolean;
  /** Milliseconds after which Teams gives up on an answer; default the 10 seconds of the real one. */
  answerTimeout?: number;
}

export interface NewUser {
  name: string;
  id?: string;
  aadObjectId?: string;
  /** Default `sv-FI`. */
  locale?: string;
  tenantId?: string;
  role?: 'user' | 'guest';
}

export interface NewChat {
  id?: string;
  name?: string;
  members: readonly TeamsUser[];
  tenantId?: string;
  /** True: the bot is there already and hears nothing of its coming. Default false: use `installBot`. */
  installed?: boolean;
}

/** Headers for each activity, such as a bearer token. */
export type BotHeaders = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);

/**
 * Plays Microsoft Teams towards the bot, over the real wire: a connector that the bot calls under `serviceUrl`, and
 * people whose doings it posts to the bot. It keeps the rules of Teams that the bot must respect, and records in
 * `violations` where the bot did not. Close it after the test.
 */
export interface TeamsDouble {
  readonly tenant: string;
  /** The bot's Teams id, `28:…`. */
  readonly botId: string;
  /** With a path, as the real one has it, and a slash at its end. */
  readonly serviceUrl: string;
  /** All requests of the bot, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Tests assert that it is empty. */
  readonly violations: readonly Violation[];
  /** Whether requests are throttled; may be changed at any time. */
  limited: boolean;
  /** Where the bot listens; `/api/messages` is added when the URL has no path. */
  connectTo(botUrl: string, options?: { headers?: BotHeaders }): void;
  addUser(user: NewUser): TeamsUser;
  groupChat(chat: NewChat): Chat;
  /** Channels with the same `teamId` are one team; the one whose id equals it is General. */
  channel(chat: NewChat & { teamId: string; teamName?: string }): Chat;
  /** The 1:1 chat of the person with the bot, the same each time, also when the bot created it. */
  personalChat(user: TeamsUser): Chat;
  /** Lets requests fail while `rule` says so; returns the end of it. The first rule that gives a fault wins. */
  fail(rule: FaultRule): () => void;
  /** Like `chat.waitFor`, for what is not about one chat. */
  waitFor<T>(look: () => T | undefined | null | false, timeout?: number): Promise<T>;
  close(): Promise<void>;
}

export async function startTeamsDouble(options: TeamsDoubleOptions = {}): Promise<TeamsDouble> {
  const { clock = systemClock, botName = 'Ankarboten', answerTimeout = 10_000 } = options;
  const waiting = createWaiting();
  let lastId = clock.now().epochMilliseconds;
  const world: World = {
    tenant: options.tenant ?? randomUUID(),
    bot: { id: `28:${options.botId ?? randomUUID()}`, name: botName },
    clock,
    users: new Map(),
    teams: new Map(),
    conversations: new Map(),
    requests: [],
    violations: [],
    faults: new Map(),
    throttle: createThrottle(clock),
    limited: options.limits ?? true,
    serviceUrl: '',
    nextId: () => String(++lastId),
    changed: waiting.changed,
  };

  const server = createServer(createConnector(world));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The Teams double has no port.');
  world.serviceUrl = `http://127.0.0.1:${address.port}${servicePath}/`;

  const agent = new Agent({ keepAlive: true });
  let target: { url: URL; headers: BotHeaders } | null = null;
  const deliver: Deliver = async (activity) => {
    if (!target) throw new Error('Call connectTo(botUrl) first.');
    const headers = typeof target.headers === 'function' ? await target.headers() : target.headers;
    return postJson(agent, target.url, headers, activity, answerTimeout);
  };

  const chats = new Map<string, Chat>();
  const open = (conversation: Conversation): Chat => {
    const chat = chats.get(conversation.id) ?? createChat(world, conversation, deliver, waiting.waitFor);
    chats.set(conversation.id, chat);
    return chat;
  };
  const add = (chat: NewChat, kind: 'groupChat' | 'channel', id: string, team: Team | null): Chat => {
    if (world.conversations.has(id)) throw new Error(`There is a conversation ${id} already.`);
    const conversation: Conversation = {
      kind,
      id,
      name: chat.name ?? null,
      tenantId: chat.tenantId ?? world.tenant,
      team,
      members: [...chat.members],
      messages: [],
      bot: chat.installed ? 'present' : 'absent',
    };
    world.conversations.set(id, conversation);
    team?.channels.push(conversation);
    return open(conversation);
  };

  return {
    tenant: world.tenant,
    botId: world.bot.id,
    serviceUrl: world.serviceUrl,
    requests: world.requests,
    violations: world.violations,
    get limited() {
      return world.limited;
    },
    set limited(on) {
      world.limited = on;
    },
    connectTo(botUrl, { headers = {} } = {}) {
      const url = new URL(botUrl);
      if (url.pathname === '/') url.pathname = '/api/messages';
      target = { url, headers };
    },
    addUser({
      name,
      id = `29:1${randomUUID()}`,
      aadObjectId = randomUUID(),
      locale = 'sv-FI',
      tenantId,
      role = 'user',
    }) {
      const user: TeamsUser = { id, aadObjectId, name, locale, tenantId: tenantId ?? world.tenant, role };
      world.users.set(id, user);
      return user;
    },
    groupChat: (chat) => add(chat, 'groupChat', chat.id ?? `19:${randomUUID()}@thread.v2`, null),
    channel(chat) {
      const { teamId, teamName = 'Ankarteamet' } = chat;
      const team = world.teams.get(teamId) ?? { id: teamId, name: teamName, aadGroupId: randomUUID(), channels: [] };
      world.teams.set(teamId, team);
      return add(chat, 'channel', chat.id ?? `19:${randomUUID()}@thread.tacv2`, team);
    },
    personalChat: (user) => open(personalConversation(world, user)),
    fail(rule) {
      world.faults.set(rule, 0);
      return () => world.faults.delete(rule);
    },
    waitFor: (look, timeout = 8_000) =>
      waiting.waitFor(look, timeout, () => `The bot made ${world.requests.length} requests.`),
    async close() {
      waiting.close();
      agent.destroy();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
