import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const botId = '00000000-0000-4000-8000-0000000000b0';
/** The settings of a bot outside local mode; the rest is the issuer's. */
export const production = {
  ANKARBOT_MODE: 'production',
  HOST: '127.0.0.1',
  BOT_ID: botId,
  BOT_PASSWORD: 'a-secret-of-no-bot',
  BOT_TENANT_ID: '00000000-0000-4000-8000-0000000000c0',
  DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
};
/** A key server in the place of Microsoft's, and the tokens that go with it. */
export async function startIssuer() {
  const issuer = 'https://api.botframework.example';
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'RS256', endorsements: ['msteams'] };
  const server: Server = createServer((request, response) => {
    const metadata = { issuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : metadata));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    environment: { BOT_OPENID_METADATA_URL: `${url}/metadata`, BOT_TOKEN_ISSUER: issuer },
    token: (claims: Record<string, string>, audience = botId): Promise<string> =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setNotBefore('1s ago')
        .setExpirationTime('10m')
        .sign(privateKey),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
