import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

type Answer = (body: unknown, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** `node:http` with nothing around it: reads each request's JSON and leaves the rest to `answer`. */
export function serveJson(answer: Answer): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      try {
        await answer(JSON.parse(Buffer.concat(chunks).toString()), request, response);
      } catch (error) {
        console.error(error);
        response.writeHead(500).end();
      }
    });
  });
  listen(server);
}
