import { createServer, request } from 'node:http';
import https from 'node:https';
import { stub } from 'sinon';

/**
 * Microsoft's sign-in, on this machine: whoever asks it for a token gets one. What libraries ask elsewhere over HTTPS is
 * asked here until it is closed.
 */
export async function startLoginDouble() {
  const token = 'a-token-for-teams';
  const asked: { host: string; path: string; body: string }[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { host = '' } = incoming.headers;
    const { url: path = '' } = incoming;
    asked.push({ host, path, body: Buffer.concat(chunks).toString() });
    const [, tenant = ''] = path.split('/');
    const authority = `https://${host}/${tenant}`;
    const metadata = {
      issuer: `${authority}/v2.0`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
    };
    const granted = { token_type: 'Bearer', expires_in: 3_600, access_token: token };
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify(incoming.method === 'POST' ? granted : metadata));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const redirected = stub(https, 'request').callsFake((...[options, answered]: unknown[]) => {
    const { hostname, path, method, headers } = Object(options);
    const here = { host: '127.0.0.1', port, path, method, headers: { ...headers, host: hostname } };
    return request(here, (answer) => (typeof answered === 'function' ? answered(answer) : undefined));
  });
  return {
    token,
    asked,
    async close() {
      redirected.restore();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
