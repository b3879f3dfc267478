import { createServer, type Server } from 'node:http';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const botId = '00000000-0000-4000-8000-0000000000b0';
/** The settings of a bot outside local mode; the rest is the issuer's. */
export const production = {
  ANKARBOT_MODE: 'production',
  HOST: '127.0.0.1',
  BOT_ID: botId,
  APP_DOMAIN: 'ankarbot.example',
  BOT_PASSWORD: 'a-secret-of-no-bot',
  BOT_TENANT_ID: '00000000-0000-4000-8000-0000000000c0',
  DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
};

interface Pair {
  kid: string;
  publicKey: CryptoKey;
  privateKey: CryptoKey;
  /** Of the channels whose activities tokens of this key may vouch for. */
  endorsements: string[];
}

/** How a token differs from a good one. */
export interface TokenChanges {
  claims?: JWTPayload;
  audience?: string;
  issuer?: string;
  /** Epoch seconds or a span such as `-1h`, as `jose` takes them. */
  expires?: string | number;
  notBefore?: string | number;
  kid?: string;
}

/** A key server in the place of Microsoft's, and the tokens that go with it. */
export async function startIssuer() {
  const issuer = 'https://api.botframework.example';
  const newPair = async (kid: string, endorsements = ['msteams']): Promise<Pair> => ({
    kid,
    endorsements,
    ...(await generateKeyPair('RS256', { extractable: true })),
  });
  let pairs = [await newPair('k1')];
  let reachable = true;
  let fetches = 0;
  const server: Server = createServer(async (request, response) => {
    fetches += 1;
    if (!reachable) {
      response.statusCode = 503;
      response.end();
      return;
    }
    const keys = await Promise.all(
      pairs.map(async ({ kid, publicKey, endorsements }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        use: 'sig',
        alg: 'RS256',
        endorsements,
      })),
    );
    const metadata = { issuer, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === `${path}/keys` ? { keys } : metadata));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  // botbuilder keeps the keys of an address for the whole process, and a port may come round again.
  const path = `/${crypto.randomUUID()}`;
  const url = `http://127.0.0.1:${port}${path}`;

  const newest = (): Pair => {
    const pair = pairs.at(-1);
    if (!pair) throw new Error('The issuer has no key');
    return pair;
  };
  const unsigned = (claims: JWTPayload, { kid = newest().kid, ...changes }: TokenChanges, alg: string) =>
    new SignJWT({ ...claims, ...changes.claims })
      .setProtectedHeader({ alg, kid })
      .setIssuer(changes.issuer ?? issuer)
      .setAudience(changes.audience ?? botId)
      .setIssuedAt()
      .setNotBefore(changes.notBefore ?? '1s ago')
      .setExpirationTime(changes.expires ?? '10m');

  return {
    environment: { BOT_OPENID_METADATA_URL: `${url}/metadata`, BOT_TOKEN_ISSUER: issuer },
    /** A token with these claims, good but for the changes. */
    token: (claims: JWTPayload, changes: TokenChanges = {}): Promise<string> =>
      unsigned(claims, changes, 'RS256').sign(newest().privateKey),
    /** Signed with the key that everybody knows, as if it were a secret shared with the bot. */
    tokenSignedWithPublicKey: async (claims: JWTPayload): Promise<string> =>
      unsigned(claims, {}, 'HS256').sign(new TextEncoder().encode(await exportSPKI(newest().publicKey))),
    /** Signed by somebody else, under the name of our key. */
    tokenOfAnother: async (claims: JWTPayload): Promise<string> =>
      unsigned(claims, {}, 'RS256').sign((await newPair('other')).privateKey),
    /** From now on tokens are signed with a new key, and the old one is not published any more. */
    async rotate(endorsements?: string[]): Promise<void> {
      pairs = [await newPair(`k${Math.random()}`, endorsements)];
    },
    /** How often somebody asked for something here. */
    fetches: () => fetches,
    set reachable(is: boolean) {
      reachable = is;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
