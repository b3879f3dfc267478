/**
 * A peer to measure against: botbuilder's adapter on restify as its samples have it, without authentication,
 * answering each invoke with a constant card. The answer is given without `TeamsActivityHandler`, which would cost
 * it a fifth of its speed: the peer is to be at its best.
 */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { echoAnswer } from './echo-card.ts';

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  const { body, headers, method = 'POST' } = request;
  await adapter.process({ body, headers, method }, response, async (context) => {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: echoAnswer } });
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
