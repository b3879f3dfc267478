import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@vercel/cosmosdb-server';

export interface CosmosServer {
  endpoint: string;
  /** Any key is accepted. */
  key: string;
  close(): Promise<void>;
}

/** A Cosmos server for tests: on a free loopback port, over plain HTTP, in memory. */
export async function startCosmosServer(): Promise<CosmosServer> {
  const server = createHttpServer({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    key: Buffer.from('a key for tests').toString('base64'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * A server in front of another one. It answers the first `times` requests of documents that there are too many of them,
 * and that the client shall come back after `retryAfter` milliseconds; everything else passes.
 */
export async function startThrottle(behind: CosmosServer, times: number, retryAfter: number) {
  let left = times;
  const answered: number[] = [];
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.includes('/docs') && left > 0) {
      left -= 1;
      answered.push(performance.now());
      incoming.resume();
      outgoing.writeHead(429, { 'x-ms-retry-after-ms': retryAfter, 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ code: 'TooManyRequests', message: 'Request rate is large' }));
      return;
    }
    const { method, url, headers } = incoming;
    const passed = request(`${behind.endpoint}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    /** When it said so, in milliseconds. */
    answered,
    throttle: (more: number): void => {
      left = more;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
