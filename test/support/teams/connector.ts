import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createConversation, deleteActivity, postActivity, updateActivity } from './messages.ts';
import { type Call, failure, type Reply } from './reply.ts';
import { listChannels, listMembers, pageMembers, showMember, showTeam } from './rosters.ts';
import { readRules, sendRules, type ThrottleRule, tenantRules } from './throttle.ts';
import { type Fault, findConversation, isFields, type RequestRecord, type Violation, type World } from './world.ts';

type Handler = (call: Call) => Reply;
interface Route {
  method: string;
  path: RegExp;
  handle: Handler;
  rules: readonly ThrottleRule[];
}

const route = (method: string, path: string, handle: Handler, rules: readonly ThrottleRule[]): Route => ({
  method,
  path: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`),
  handle,
  rules,
});

const routes: readonly Route[] = [
  route('POST', '/v3/conversations', createConversation, sendRules),
  route('POST', '/v3/conversations/*/activities', postActivity, sendRules),
  route('POST', '/v3/conversations/*/activities/*', postActivity, sendRules),
  route('PUT', '/v3/conversations/*/activities/*', updateActivity, sendRules),
  route('DELETE', '/v3/conversations/*/activities/*', deleteActivity, sendRules),
  route('GET', '/v3/conversations/*/members', listMembers, readRules),
  route('GET', '/v3/conversations/*/pagedmembers', pageMembers, readRules),
  route('GET', '/v3/conversations/*/members/*', showMember, readRules),
  route('GET', '/v3/teams/*', showTeam, readRules),
  route('GET', '/v3/teams/*/conversations', listChannels, readRules),
];

/** The connector stands under a path, as the real one does (`https://smba.trafficmanager.net/emea/`). */
export const servicePath = '/emea';

/** The Bot Framework connector as Teams has it: everything that the bot may call under its service URL. */
export function createConnector(world: World): RequestListener {
  return (incoming, response) => {
    serve(world, incoming, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, failure(500, 'TeamsDoubleFault', String(error)));
    });
  };
}

async function serve(world: World, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = incoming.method ?? '';
  const raw = await text(incoming);
  const body = raw === '' ? null : parse(raw);
  const url = new URL(incoming.url ?? '/', 'http://teams');
  const path = url.pathname.startsWith(`${servicePath}/`) ? url.pathname.slice(servicePath.length) : '';
  const matched = match(method, path);
  const inConversation = path.startsWith('/v3/conversations/');
  const conversationId = (inConversation && matched?.parameters[0]) || null;
  const record: RequestRecord = {
    method,
    path: decodeURIComponent(path || url.pathname),
    conversationId,
    body,
    headers: incoming.headers,
    at: world.clock.now(),
    status: 0,
  };
  world.requests.push(record);

  const fault = faultFor(world, record);
  if (fault === 'reset') incoming.socket.resetAndDestroy();
  if (fault === 'hang' || fault === 'reset') return world.changed();
  const call = {
    world,
    parameters: matched?.parameters ?? [],
    query: url.searchParams,
    body,
    size: Buffer.byteLength(raw),
  };
  const reply = refused(fault) ?? (matched ? answer(matched.route, call, conversationId) : noSuchRoute(record));
  if (fault === 'accept-then-reset') incoming.socket.resetAndDestroy();
  else {
    record.status = reply.status;
    send(response, reply);
  }
  world.changed();
}

function match(method: string, path: string): { route: Route; parameters: string[] } | null {
  for (const candidate of routes) {
    const found = candidate.method === method ? candidate.path.exec(path) : null;
    if (found) return { route: candidate, parameters: found.slice(1).map(decodeURIComponent) };
  }
  return null;
}

function answer(route: Route, call: Call, conversationId: string | null): Reply {
  return throttled(call.world, route, call, conversationId) ?? route.handle(call);
}

function throttled(world: World, { rules }: Route, call: Call, conversationId: string | null): Reply | null {
  if (!world.limited) return null;
  const place = conversationId ?? call.parameters[0] ?? target(call.body);
  const conversation = findConversation(world, place);
  const kind = rules === readRules ? 'read' : 'send';
  const inConversation = world.throttle.admit(`${kind}|${conversation?.id ?? place}`, rules);
  if (inConversation) return tooMany(world, 'conversationLimit', place, inConversation);
  const inTenant = world.throttle.admit(`tenant|${conversation?.tenantId ?? world.tenant}`, tenantRules);
  return inTenant ? tooMany(world, 'tenantLimit', place, inTenant) : null;
}

/**
 * Where a new conversation is created: in a channel (whose threads share its limits: Teams does not say whether
 * they do, and the stricter reading is the safe one), or with a person.
 */
function target(body: unknown): string {
  if (!isFields(body)) return '';
  const channel = isFields(body.channelData) ? body.channelData.channel : undefined;
  return isFields(channel) ? String(channel.id) : `new:${JSON.stringify(body.members)}`;
}

function tooMany(
  world: World,
  rule: Violation['rule'],
  conversationId: string | null,
  { rule: { operations, milliseconds }, retryAfter }: { rule: ThrottleRule; retryAfter: number },
): Reply {
  world.violations.push({ rule, conversationId, detail: `more than ${operations} in ${milliseconds} ms` });
  return { ...failure(429, 'TooManyRequests', 'API calls quota exceeded.'), retryAfter };
}

function faultFor(world: World, { method, path, conversationId, body }: RequestRecord): Fault | undefined {
  for (const [rule, asked] of world.faults) {
    world.faults.set(rule, asked + 1);
    const fault = rule({ method, path, conversationId, body, count: asked + 1 });
    if (fault) return fault;
  }
  return undefined;
}

function refused(fault: Fault | undefined): Reply | null {
  if (typeof fault !== 'object') return null;
  const { body } = failure(fault.status, 'ServiceError', `Fault ${fault.status} on purpose.`);
  return { body, ...fault };
}

const noSuchRoute = ({ method, path }: RequestRecord): Reply =>
  failure(405, 'MethodNotAllowed', `The Teams double knows no ${method} ${path}.`);

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, retryAfter }: Reply): void {
  response.statusCode = status;
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  if (body === undefined) return void response.end();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
