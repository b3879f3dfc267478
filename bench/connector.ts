import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes every message as Teams would, without a limit: what the bot sends under load costs it what it costs. */
export async function startConnector(): Promise<{ serviceUrl: string; sends(): number; close(): Promise<void> }> {
  let sends = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      sends += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `m${sends}` }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    sends: () => sends,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
