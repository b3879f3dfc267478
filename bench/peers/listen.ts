import type { Server } from 'node:http';

/** Listens on a free port of this machine and says so in the line that the bench waits for. */
export function listen(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
  });
}
