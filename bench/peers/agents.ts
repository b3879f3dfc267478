/**
 * A peer to measure against: the Agents SDK's adapter without authentication, straight on node:http (its samples
 * put Express in between), answering each invoke with a constant card. Its handler class costs it nothing.
 */
import type { ServerResponse } from 'node:http';
import { ActivityHandler, type AdaptiveCardInvokeResponse, CloudAdapter } from '@microsoft/agents-hosting';
import { z } from 'zod';
import { echoAnswer } from './card.ts';
import { serveJson } from './json-server.ts';

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

serveJson(async (json, { headers, method = 'POST' }, response) => {
  const body = bodyShape.parse(json);
  await adapter.process({ body, headers, method }, expressLike(response), (context) => echo.run(context));
});
