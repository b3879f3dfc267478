import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Server } from 'node:net';
import type restify from 'restify';
import Router from 'restify/lib/router.js';
import RestifyServer from 'restify/lib/server.js';
import type { Admission } from './admission.ts';
import { correlation } from './correlation.ts';
import type { FilesApi } from './handlers/handed-out.ts';
import type { HttpAnswer, IntakeApi } from './handlers/intake-api.ts';
import { libraryLog } from './log.ts';
import { type BodyProblem, createBodyReader } from './read-body.ts';

declare module 'restify' {
  interface Server {
    /** Asked before restify does anything for a request; false means that it is answered. Its types lack it. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): this;
  }
}

/** What the HTTP server leads to. */
export interface Routes {
  admit: Admission;
  /** Does what a request asks for, under an id of its own (`correlation.ts`). */
  request(route: string, work: () => Promise<void>): Promise<void>;
  messages(authorization: string, body: string): Promise<{ status: number; body?: object | undefined }>;
  referrals: IntakeApi;
  files: FilesApi;
  calendar: FilesApi;
  /** Whether the store can be reached. */
  ready(): Promise<boolean>;
  metrics(): Promise<{ contentType: string; text: string }>;
  onFault(error: unknown, part: string): void;
}

export interface HttpServer {
  /** The port that it listens on, also when 0 was asked for. */
  port: number;
  /** Stops accepting, and resolves when what runs is done. */
  close(): Promise<void>;
}

const messagesPath = '/api/messages';
/** What follows is a token, and is told to nobody. */
export const filesPath = '/files/';
export const calendarPath = '/calendar/';

/** Bytes; each route has room of its own, so that what floods one keeps nothing from the other. */
const intakeBodies = { limit: 64 * 1024, heldAtMost: 8 * 1024 * 1024, within: 10_000 };
/** Activities that carry a card's inputs are well below this [teams: a message is at most 80 KB]. */
const activityBodies = { limit: 512 * 1024, heldAtMost: 32 * 1024 * 1024, within: 10_000 };
/** Milliseconds that a sender has for its headers and for the whole request. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 15_000 };
/** Milliseconds that running requests have when the server stops, and those that a request has that is on its way. */
const closeWithin = 3_000;
const lingerFor = 50;

/** Errors: rejects when the port is taken. */
export async function startServer(routes: Routes, host: string, port: number): Promise<HttpServer> {
  // As `createServer` makes it, which nobody has without all of restify's plugins (`restify.d.ts`).
  const parts = { name: 'ankarbot', log: libraryLog, ignoreTrailingSlash: true };
  const server = new RestifyServer({ ...parts, router: new Router(parts) });
  let closing = false;
  const { send, end, write } = createWriter(() => closing);
  const readActivity = createBodyReader(activityBodies);
  const readIntake = createBodyReader(intakeBodies);
  // What leads nowhere may hold anything, so its address is not said back.
  server.on('NotFound', (_request: restify.Request, response: restify.Response) => end(response, 404));
  server.on('MethodNotAllowed', (_request: restify.Request, response: restify.Response) => end(response, 405));
  Object.assign(server.server, timeouts);
  // restify passes these on to nobody, and Node would leave the socket to them for ever: without a listener it is a
  // request like any other.
  server.server.removeAllListeners('upgrade');
  /** The door: true when whoever asks is not admitted, and has been told so. */
  const turnedAway = ({ headers }: IncomingMessage, response: ServerResponse, route: string): boolean => {
    const refusal = routes.admit(headers, route);
    if (refusal !== null) end(response, refusal);
    return refusal !== null;
  };
  server.use((request: restify.Request, response: restify.Response, next: restify.Next) =>
    turnedAway(request, response, request.getRoute().path.toString()) ? next(false) : next(),
  );

  /** What goes wrong unexpectedly is a 503 without a word about it; the caller may try again. */
  const guarded =
    (part: string, handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
    async (request: IncomingMessage, response: ServerResponse): Promise<void> =>
      routes.request(part, async () => {
        try {
          await handle(request, response);
        } catch (error) {
          routes.onFault(error, part);
          if (!response.headersSent)
            send(response, {
              status: 503,
              contentType: 'application/problem+json',
              body: { title: 'Service Unavailable', status: 503 },
            });
        }
      });

  const takeActivity = guarded('messages', async (request, response) => {
    const read = await readActivity(request);
    if (!read.ok) return end(response, refusals[read.reason]);
    const answer = await routes.messages(request.headers.authorization ?? '', read.text);
    if (answer.body) send(response, { status: answer.status, contentType: 'application/json', body: answer.body });
    else end(response, answer.status);
  });
  server.post(messagesPath, takeActivity);
  // The way that Teams takes, past all that restify does for a request, which is a tenth of a press; the door is the same.
  server.first((request, response) => {
    if (request.method !== 'POST' || request.url !== messagesPath) return true;
    if (!turnedAway(request, response, messagesPath)) void takeActivity(request, response);
    return false;
  });

  server.post(
    '/api/referrals',
    guarded('referrals', async (request, response) => {
      const header = (name: string): string | undefined => {
        const value = request.headers[name];
        return Array.isArray(value) ? value[0] : value;
      };
      const answer = await routes.referrals({
        authorization: header('authorization'),
        idempotencyKey: header('idempotency-key'),
        acceptLanguage: header('accept-language'),
        readBody: () => readIntake(request),
      });
      send(response, answer);
    }),
  );

  // HEAD has no route: who only looks, such as a checker of links, is told that there is nothing to see.
  const handsOut = (path: string, part: 'files' | 'calendar') =>
    server.get(
      `${path}*`,
      guarded(part, async (request, response) => {
        const { status, headers, body } = await routes[part](request.url?.slice(path.length) ?? '');
        write(response, status, { ...headers, 'Content-Length': Buffer.byteLength(body) }, body);
      }),
    );
  handsOut(filesPath, 'files');
  handsOut(calendarPath, 'calendar');

  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => end(response, 200));
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    end(response, (await routes.ready()) ? 200 : 503);
  });
  server.get(
    '/metrics',
    guarded('metrics', async (_request, response) => {
      const { contentType, text } = await routes.metrics();
      write(response, 200, { 'Content-Type': contentType }, text);
    }),
  );

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        const timers = [
          setTimeout(() => server.server.closeIdleConnections(), lingerFor),
          // Whoever has sent half a request and no more does not keep the process from stopping.
          setTimeout(() => server.server.closeAllConnections(), closeWithin),
        ];
        // The close of an HTTP server would cut connections at once on which a request is on its way.
        Server.prototype.close.call(server.server, () => {
          for (const timer of timers) clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** What is answered to a body that was not taken. */
const refusals: Record<BodyProblem, number> = { tooLarge: 413, aborted: 400, late: 408, busy: 503, notText: 400 };

interface Writer {
  send(response: ServerResponse, answer: HttpAnswer): void;
  /** A status and no body. */
  end(response: ServerResponse, status: number): void;
  write(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string | Uint8Array): void;
}

/** Every answer names its request; while the server closes it is the last one of its connection. */
function createWriter(closing: () => boolean): Writer {
  const write: Writer['write'] = (response, status, headers, body) => {
    const id = correlation();
    response.writeHead(status, {
      ...headers,
      ...(id && { 'X-Request-Id': id }),
      ...(closing() && { Connection: 'close' }),
    });
    response.end(body);
  };
  return {
    write,
    send(response, { status, headers = {}, contentType, body }) {
      const text = JSON.stringify(body);
      const length = Buffer.byteLength(text);
      write(response, status, { ...headers, 'Content-Type': contentType, 'Content-Length': length }, text);
    },
    end: (response, status) => write(response, status, { 'Content-Length': 0 }, ''),
  };
}
