import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { botId, production, startIssuer } from '../test/support/issuer.ts';

/** Who stands in Microsoft's place for every server of the bench. */
export interface Microsoft {
  /** Takes every message as Teams would, without a limit: what the bot sends under load costs it what it costs. */
  serviceUrl: string;
  /** Settings of the product outside local mode, with a managed identity: it needs no Microsoft to get its own tokens. */
  productSettings: Record<string, string>;
  /** What makes botbuilder's echo check tokens, by the names that botbuilder knows. */
  botbuilderSettings: Record<string, string>;
  /** The headers of what Teams sends over a connection (from 0): a signed token that is good for the whole run. */
  headers(connection: number): Record<string, string>;
  close(): Promise<void>;
}

/** Teams sends with the same token for about an hour, so a bot meets a handful of them at a time. */
const tokensAtATime = 5;

export async function startMicrosoft(): Promise<Microsoft> {
  const issuer = await startIssuer();
  let sends = 0;
  const answerTo = ({ url = '' }: IncomingMessage): object => {
    if (url.startsWith(identityPath)) return { access_token: 'of-the-bot', expires_on: inADay(), token_type: 'Bearer' };
    sends += 1;
    return { id: `m${sends}` };
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(request)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const serviceUrl = `${origin}/`;
  const tokens = await Promise.all(
    Array.from({ length: tokensAtATime }, (_, number) =>
      issuer.token({ serviceurl: serviceUrl, jti: String(number) }, { expires: '1d' }),
    ),
  );

  return {
    serviceUrl,
    productSettings: {
      ...production,
      ...issuer.environment,
      BOT_TYPE: 'UserAssignedMSI',
      BOT_PASSWORD: '',
      IDENTITY_ENDPOINT: `${origin}${identityPath}`,
      IDENTITY_HEADER: 'of-this-machine',
    },
    botbuilderSettings: {
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: botId,
      MicrosoftAppPassword: production.BOT_PASSWORD,
      MicrosoftAppTenantId: production.BOT_TENANT_ID,
      ToBotFromChannelOpenIdMetadataUrl: issuer.environment.BOT_OPENID_METADATA_URL,
      ToBotFromChannelTokenIssuer: issuer.environment.BOT_TOKEN_ISSUER,
    },
    headers: (connection) => ({ authorization: `Bearer ${tokens[connection % tokensAtATime]}` }),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await issuer.close();
    },
  };
}

/** Where Azure App Service gives a managed identity its tokens. */
const identityPath = '/identity';

const inADay = (): number => Math.floor(Date.now() / 1_000) + 24 * 3_600;
