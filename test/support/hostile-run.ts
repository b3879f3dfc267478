import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { objectId, startTestApp, tenant } from './app.ts';
import { allVerbs } from './features.ts';
import { hastyClock } from './hasty-clock.ts';
import { changedAtRandom, junk } from './hostile.ts';
import { postReferral, referralBody, regionWithSources } from './intake.ts';
import { shown, temporaryFolder } from './seed.ts';
import type { Fields } from './teams/world.ts';

export interface HostileRunResult {
  /** What went wrong, in words; empty when all is well. */
  problems: string[];
  requests: number;
  /** How many were answered with a status of each hundred; `none`: the connection was closed instead. */
  answers: string;
  /** By how much the heap had grown at the end since the first quarter, after the garbage was collected. */
  grownMegabytes: number;
}

type HostileRequest = { method: string; path: string; headers: Record<string, string>; body: string } | { raw: string };

/** Together, as from many senders. */
const atOnce = 20;
/** What the second to fourth quarter of the requests may leave behind. */
const megabytesAllowed = 24;
/** What only the text of an error with its stack has. */
const stackTrace = /\n\s+at |node_modules|node:internal|\.ts:\d+|"stack"/;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function heapAfterCollection(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Malformed and hostile requests of every kind, against the whole bot; then it must work as before. */
export async function hostileRun({ requests, seed }: { requests: number; seed: number }): Promise<HostileRunResult> {
  const folder = temporaryFolder();
  const authorization = 'Bearer nyckel';
  const REGION_FILE = regionWithSources(folder.path, [{ name: 'skolan', key: 'nyckel', perMinute: 1_000_000 }]);
  const problems: string[] = [];
  const clock = hastyClock();
  const app = await startTestApp({
    clock,
    environment: { REGION_FILE },
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => void problems.push(`logged: ${message} ${JSON.stringify(fields)}`),
    },
  });
  // Teams measures its limits by another clock here; they are not what this is about.
  app.teams.limited = false;
  const agent = new Agent({ keepAlive: true });
  const answers = new Map<string, number>();
  try {
    await app.chat.installBot(app.people.maria);
    const { body } = await postReferral(app.url, { authorization });
    const reference = String(body.reference);
    const card = await shown(app.chat, reference);
    const run = requestsOf({ app, reference, cardId: card.id, authorization });
    let done = 0;
    let early: number | null = null;
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: atOnce, maxLength: atOnce }), async (together) => {
        const results = await Promise.all(together.map((one) => send(app.url, agent, one)));
        results.forEach(({ status, text }, index) => {
          const kind = status === null ? 'none' : `${Math.floor(status / 100)}xx`;
          answers.set(kind, (answers.get(kind) ?? 0) + 1);
          const said = JSON.stringify(together[index]).slice(0, 2_000);
          if (status !== null && status >= 500) problems.push(`${status} to ${said}`);
          if (stackTrace.test(text)) problems.push(`a stack in the answer to ${said}: ${text.slice(0, 500)}`);
        });
        done += together.length;
        if (early === null && done >= requests / 4) early = heapAfterCollection();
      }),
      { numRuns: Math.ceil(requests / atOnce), seed, endOnFailure: true },
    );
    await app.bot.settled();
    const grown = (heapAfterCollection() - (early ?? 0)) / 1_048_576;
    if (grown > megabytesAllowed) problems.push(`the heap has grown by ${grown.toFixed(1)} MB`);
    if ((await fetch(`${app.url}/readyz`)).status !== 200) problems.push('it is not ready any more');
    await postReferral(app.url, { authorization }).then(({ body: next }) => shown(app.chat, String(next.reference)));
    return {
      problems,
      requests: done,
      answers: [...answers].map(([kind, count]) => `${kind}: ${count}`).join(' '),
      grownMegabytes: Math.round(grown),
    };
  } finally {
    agent.destroy();
    await app.stop();
    clock.stop();
    folder.remove();
  }
}

interface Aim {
  app: Awaited<ReturnType<typeof startTestApp>>;
  reference: string;
  cardId: string;
  authorization: string;
}

function requestsOf({ app, reference, cardId, authorization }: Aim): fc.Arbitrary<HostileRequest> {
  const activity = (lastTwoDigits: string, changes: Fields): Fields => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    serviceUrl: app.teams.serviceUrl,
    from: { id: `29:${lastTwoDigits}`, name: 'Någon', aadObjectId: objectId(lastTwoDigits) },
    recipient: { id: app.teams.botId, name: 'Ankarboten' },
    conversation: { id: app.chat.id, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    replyToId: cardId,
    ...changes,
  });
  const pressing = (verb: string): Fields => ({
    value: { action: { type: 'Action.Execute', verb, data: { id: reference } }, trigger: 'manual' },
  });
  /** Petri is of the team; nobody has the other id. */
  const bases = ['21', '98'].flatMap((who) => [
    ...allVerbs.map((verb) => activity(who, pressing(verb))),
    activity(who, { type: 'message', text: '<at>Ankarboten</at> hänvisningar' }),
    activity(who, { type: 'message', text: `<at>Ankarboten</at> ${reference}` }),
    activity(who, { name: 'composeExtension/submitAction', value: { data: { formId: 'x', name: 'x' } } }),
    activity(who, { name: 'composeExtension/fetchTask', value: { messagePayload: { body: {} } } }),
    activity(who, { type: 'conversationUpdate', membersAdded: [{ id: '29:x', aadObjectId: 'x' }] }),
    activity(who, { type: 'installationUpdate', action: 'upgrade' }),
  ]);
  const json = (value: unknown): string => JSON.stringify(value) ?? '';
  // A bot that hears from Teams that it was removed believes it, so that is left out.
  const harmless = (value: Fields): boolean => !json(value.membersRemoved).includes(app.teams.botId);
  const activities = changedAtRandom(bases).filter(harmless).map(json);
  const notActivities = fc.oneof(junk.map(json), fc.string({ unit: 'binary', maxLength: 2_000 }));
  const broken = fc.tuple(activities, fc.nat(200)).map(([text, at]) => text.slice(0, Math.max(0, text.length - at)));
  const field = fc.constantFrom(...Object.keys(referralBody()), '__proto__', 'youngPerson', 'x');
  const referrals = fc
    .tuple(field, junk)
    .map(([name, value]) => `${json(referralBody()).slice(0, -1)},${json(name)}:${json(value)}}`);

  // A header holds no control characters and nothing beyond Latin-1 when it is to leave this machine at all.
  const headerText = fc
    .string({ unit: 'binary', maxLength: 200 })
    .map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ''));
  const value = fc.oneof(
    headerText,
    fc.constantFrom('', ' ', ',', ';', '*', 'x'.repeat(4_000), authorization, 'Bearer', 'Bearer a.b.c', '__proto__'),
  );
  const names = fc.constantFrom(
    'authorization',
    'idempotency-key',
    'accept-language',
    'content-type',
    'content-encoding',
    'accept',
    'accept-version',
    'x-http-method-override',
    'x-forwarded-for',
    'cookie',
    'traceparent',
    'expect',
  );
  const headers = fc.dictionary(names, value, { maxKeys: 4 });
  const plain = { 'content-type': 'application/json' };
  const post = (path: string, bodies: fc.Arbitrary<string>, given: fc.Arbitrary<Record<string, string>>) =>
    fc.record({
      method: fc.constant('POST'),
      path: fc.constant(path),
      headers: given,
      body: bodies,
    });
  const anywhere = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
    path: fc.oneof(
      fc.constantFrom('/', '/%', '/%E0%A4%A', '/api/messages/%2e%2e', '/api/%00', '//x', '/healthz?%', '/metrics/..'),
      fc.constantFrom('/api/messages?x=%', '/api/referrals/', '/api/referrals?__proto__[x]=1', '/favicon.ico'),
      fc.webPath(),
    ),
    headers,
    body: fc.oneof(fc.constant(''), notActivities),
  });
  const raw = fc.record({
    raw: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.tuple(fc.constantFrom('/api/messages', '/api/referrals'), headerText).map(lying),
      fc.constantFrom(
        'GET /healthz HTTP/9.9\r\n\r\n',
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
        'POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n',
        `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(40_000)}\r\n\r\n`,
        'POST /api/messages HTTP/1.1\r\n\r\n',
      ),
    ),
  });
  const signed = headers.map((some) => ({ ...plain, ...some, authorization }));
  return fc.oneof(
    { weight: 6, arbitrary: post('/api/messages', activities, fc.constant<Record<string, string>>(plain)) },
    { weight: 1, arbitrary: post('/api/messages', fc.oneof(notActivities, broken), headers) },
    { weight: 1, arbitrary: post('/api/messages', activities, headers) },
    { weight: 2, arbitrary: post('/api/referrals', fc.oneof(referrals, notActivities), signed) },
    { weight: 1, arbitrary: post('/api/referrals', referrals, headers) },
    { weight: 1, arbitrary: anywhere },
    { weight: 1, arbitrary: raw },
  );
}

/** A request whose length is not what it says. */
function lying([path, text]: [string, string]): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${text.length + 7}\r\n\r\n${text}`;
}

interface Answered {
  /** Null when the connection was closed without an answer. */
  status: number | null;
  text: string;
}

function send(url: string, agent: Agent, one: HostileRequest): Promise<Answered> {
  return 'raw' in one ? sendRaw(url, one.raw) : sendWhole(url, agent, one);
}

function sendWhole(
  url: string,
  agent: Agent,
  { method, path, headers, body }: Exclude<HostileRequest, { raw: string }>,
): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, method, path, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? null, text }));
      response.on('error', () => resolve({ status: response.statusCode ?? null, text }));
    });
    outgoing.setTimeout(20_000, () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.on('error', (error) => {
      // Whoever sends what cannot be a request may be hung up on; nobody may be kept waiting.
      if (error.message.startsWith('no answer')) reject(error);
      else resolve({ status: null, text: '' });
    });
    outgoing.end(body);
  });
}

function sendRaw(url: string, raw: string): Promise<Answered> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.end(raw));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      const status = /^HTTP\/1\.\d (\d{3})/.exec(text)?.[1];
      resolve({ status: status === undefined ? null : Number(status), text });
    });
  });
}
