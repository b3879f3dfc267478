import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { createWaiting } from './teams/wait.ts';
import type { Fields } from './teams/world.ts';

/** An event as Graph holds it in somebody's calendar. */
export interface HeldEvent {
  id: string;
  owner: string;
  fields: Fields;
  cancelled: boolean;
  /** Addresses to which Exchange has sent an invitation or news of it, in order; each change is news to all. */
  mails: string[];
}

export interface GraphRequest {
  method: string;
  path: string;
  authorization: string;
  body: Fields;
}

/** What becomes of a request instead; `lost`: it is done, and its answer never comes. Null for nothing. */
export type GraphFault = GraphFailure | 'lost' | null;

interface GraphFailure {
  status: number;
  code?: string;
  headers?: Record<string, string>;
}

const unauthorized: GraphFailure = { status: 401 };
const attendee = z.object({ emailAddress: z.object({ address: z.email() }) });
const event = z.strictObject({
  subject: z.string(),
  start: z.strictObject({ dateTime: z.iso.datetime({ local: true }), timeZone: z.literal('UTC') }),
  end: z.strictObject({ dateTime: z.iso.datetime({ local: true }), timeZone: z.literal('UTC') }),
  location: z.strictObject({ displayName: z.string() }),
  sensitivity: z.enum(['normal', 'private']),
  attendees: z.array(attendee),
  hideAttendees: z.boolean(),
  responseRequested: z.boolean(),
  allowNewTimeProposals: z.boolean(),
  isOnlineMeeting: z.boolean().optional(),
  onlineMeetingProvider: z.literal('teamsForBusiness').optional(),
});
const invited = z.object({ attendees: z.array(attendee) });
const newEvent = event.extend({
  transactionId: z.string(),
  singleValueExtendedProperties: z.array(z.strictObject({ id: z.string(), value: z.string() })),
});

async function bodyOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

/**
 * Plays Microsoft Graph's calendars over the real wire, as far as the bot uses them. Like the real one it makes one event
 * for one `transactionId`: the same request again is answered with it, also when it was cancelled, another is refused; and it finds an event by its
 * extended property and not by its `transactionId`.
 */
export async function startGraphDouble(token: string) {
  const events: HeldEvent[] = [];
  const requests: GraphRequest[] = [];
  /** By object id; who is not here has no mailbox and no account. */
  const users = new Map<string, { mail: string | null; userPrincipalName: string }>();
  const waiting = createWaiting();
  let fault: (request: GraphRequest) => GraphFault = () => null;
  let made = 0;
  let lagging = 0;

  const shown = ({ id, fields, cancelled }: HeldEvent): Fields => ({
    id,
    ...fields,
    isCancelled: cancelled,
    onlineMeeting: fields.isOnlineMeeting ? { joinUrl: `https://teams.microsoft.com/l/meetup-join/${id}` } : null,
  });
  const tell = (held: HeldEvent): void => {
    const { attendees } = invited.parse(held.fields);
    held.mails.push(...attendees.map(({ emailAddress }) => emailAddress.address));
  };
  const refusal = (status: number, code: string) => ({
    status,
    body: { error: { code, message: `${code} of a@b.fi` } },
  });

  function create(owner: string, body: Fields): { status: number; body: Fields } {
    const fields = newEvent.parse(body);
    const known = events.find((one) => one.owner === owner && one.fields.transactionId === fields.transactionId);
    if (known && JSON.stringify(known.fields) !== JSON.stringify(fields))
      return refusal(409, 'ErrorDuplicateTransactionId');
    if (known) return { status: 201, body: shown(known) };
    made += 1;
    const held: HeldEvent = { id: `AAkALg${made}/+=`, owner, fields, cancelled: false, mails: [] };
    events.push(held);
    tell(held);
    return { status: 201, body: shown(held) };
  }

  function answer({ method, path, body }: GraphRequest): { status: number; body: Fields | null } {
    const url = new URL(path, 'http://graph');
    const [, user = '', rest = ''] = /^\/v1\.0\/users\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const account = users.get(user);
    if (!account) return refusal(404, 'Request_ResourceNotFound');
    if (method === 'GET' && rest === '') {
      if (url.searchParams.get('$select') !== 'mail,userPrincipalName') return refusal(400, 'BadRequest');
      return { status: 200, body: account };
    }
    if (method === 'POST' && rest === '/events') return create(user, body);
    if (method === 'GET' && rest === '/events') {
      const [, id, value] =
        /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '([^']+)'\)$/.exec(
          url.searchParams.get('$filter') ?? '',
        ) ?? [];
      if (!id) return refusal(400, 'ErrorInvalidProperty');
      lagging -= 1;
      if (lagging >= 0) return { status: 200, body: { value: [] } };
      const found = events.filter(
        (one) =>
          one.owner === user && !one.cancelled && JSON.stringify(one.fields).includes(JSON.stringify({ id, value })),
      );
      return { status: 200, body: { value: found.map((one) => ({ id: one.id })) } };
    }
    const [, eventId = '', act = ''] = /^\/events\/([^/]+)(\/cancel)?$/.exec(rest) ?? [];
    const held = events.find((one) => one.owner === user && one.id === decodeURIComponent(eventId) && !one.cancelled);
    if (!held) return refusal(404, 'ErrorItemNotFound');
    if (method === 'PATCH' && !act) {
      held.fields = { ...held.fields, ...event.partial().parse(body) };
      tell(held);
      return { status: 200, body: shown(held) };
    }
    if (method === 'POST' && act) {
      held.cancelled = true;
      tell(held);
      return { status: 202, body: null };
    }
    return refusal(405, 'MethodNotAllowed');
  }

  /** What is not as Graph wants it is refused. */
  function taken(request: GraphRequest): ReturnType<typeof answer> {
    try {
      return answer(request);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      return refusal(400, `ErrorInvalidRequest ${error.message}`);
    }
  }

  const server = createServer(async (incoming, outgoing) => {
    const request: GraphRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      authorization: incoming.headers.authorization ?? '',
      body: await bodyOf(incoming),
    };
    requests.push(request);
    const planned = request.authorization === `Bearer ${token}` ? fault(request) : unauthorized;
    const failed = planned && planned !== 'lost' ? planned : null;
    const { status, body } = failed ? refusal(failed.status, failed.code ?? 'Failed') : taken(request);
    if (planned === 'lost') outgoing.destroy();
    else {
      outgoing.writeHead(status, { ...(body && { 'content-type': 'application/json' }), ...failed?.headers });
      outgoing.end(body ? JSON.stringify(body) : '');
    }
    waiting.changed();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    events,
    requests,
    users,
    /** What becomes of requests from now on; by default they are answered. */
    failing(rule: (request: GraphRequest) => GraphFault): void {
      fault = rule;
    },
    /** So many searches find nothing from now on, whatever there is. */
    lag(searches: number): void {
      lagging = searches;
    },
    waitFor: <T>(look: () => T | undefined | null | false, timeout = 8_000) =>
      waiting.waitFor(look, timeout, () => `Graph had ${requests.length} requests.`),
    async close(): Promise<void> {
      waiting.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type GraphDouble = Awaited<ReturnType<typeof startGraphDouble>>;
