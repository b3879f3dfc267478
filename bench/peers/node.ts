/** What Node itself allows: each invoke is parsed and answered with a constant card. */
import { echoAnswer } from './card.ts';
import { serveJson } from './json-server.ts';

serveJson((_body, _request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(echoAnswer));
});
