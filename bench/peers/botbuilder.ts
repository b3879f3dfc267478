/**
 * A peer to measure against: botbuilder's adapter on restify as its samples have it, answering each invoke with a
 * constant card. It checks tokens when the environment has an app id. The answer is given without
 * `TeamsActivityHandler`, which would cost it a fifth of its speed: the peer is to be at its best.
 */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { echoAnswer } from './card.ts';
import { listen } from './listen.ts';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  const { body, headers, method = 'POST' } = request;
  await adapter.process({ body, headers, method }, response, async (context) => {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: echoAnswer } });
  });
});
listen(server.server);
