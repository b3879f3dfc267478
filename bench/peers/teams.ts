/**
 * A peer to measure against: the Teams SDK on its own HTTP adapter without authentication, answering each invoke with
 * a constant card. Its baggage for Agent 365 is off, and so are its state and its sign-in, as they are by default.
 */
import { createServer } from 'node:http';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import { echoAnswer } from './card.ts';
import { listen } from './listen.ts';

const server = createServer();
const app = new App({
  httpServerAdapter: new ExpressAdapter(server),
  dangerouslyAllowUnauthenticatedRequests: true,
  telemetry: { agent365: false },
});
app.on('card.action', () => echoAnswer);
await app.initialize();
listen(server);
