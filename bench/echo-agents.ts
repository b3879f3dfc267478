/**
 * A peer to measure against: the Agents SDK's adapter without authentication, straight on node:http (its samples
 * put Express in between), answering each invoke with a constant card. Its handler class costs it nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { ActivityHandler, type AdaptiveCardInvokeResponse, CloudAdapter } from '@microsoft/agents-hosting';
import { z } from 'zod';
import { echoAnswer } from './echo-card.ts';

class Echo extends ActivityHandler {
  override onAdaptiveCardInvoke(): Promise<AdaptiveCardInvokeResponse> {
    return Promise.resolve(echoAnswer);
  }
}

const echo = new Echo();
const adapter = new CloudAdapter({});
const bodyShape = z.record(z.string(), z.unknown());

/** The few methods of Express that the adapter calls. */
function expressLike(response: ServerResponse) {
  return {
    status(code: number) {
      response.statusCode = code;
      return this;
    },
    setHeader(name: string, value: string) {
      response.setHeader(name, value);
      return this;
    },
    send(body?: unknown) {
      response.end(JSON.stringify(body));
      return this;
    },
    end() {
      response.end();
      return this;
    },
    get headersSent() {
      return response.headersSent;
    },
    get writableEnded() {
      return response.writableEnded;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = bodyShape.parse(await json(request));
  const { headers, method = 'POST' } = request;
  await adapter.process({ body, headers, method }, expressLike(response), (context) => echo.run(context));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`listening ${address.port}`);
});
