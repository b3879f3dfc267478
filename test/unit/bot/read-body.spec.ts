import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { expect } from 'chai';
import { type Body, type BodyReader, createBodyReader } from '../../../bot/read-body.ts';

describe('a request body', () => {
  let server: Server;
  let read: BodyReader;
  let bodies: Promise<Body>[];
  let port: number;
  beforeEach(async () => {
    bodies = [];
    server = createServer((incoming: IncomingMessage, response) => {
      const body = read(incoming);
      bodies.push(body);
      void body.then(() => response.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const reader = (options: Partial<Parameters<typeof createBodyReader>[0]> = {}): void => {
    read = createBodyReader({ limit: 1_000, heldAtMost: 10_000, within: 5_000, ...options });
  };
  /** Sends these bytes and, with `end`, no more. */
  function send(bytes: Buffer | string, end = true, headers: Record<string, string> = {}) {
    const outgoing = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
    outgoing.on('error', () => undefined);
    outgoing.write(bytes);
    if (end) outgoing.end();
    return outgoing;
  }
  const received = async (index: number): Promise<Body> => {
    while (!bodies[index]) await once(server, 'request');
    return bodies[index];
  };

  it('is read as UTF-8', async () => {
    reader();
    send('Åsa Örn');
    expect(await received(0)).to.deep.equal({ ok: true, text: 'Åsa Örn' });
  });

  it('in another encoding is refused rather than stored with its letters lost', async () => {
    reader();
    send(Buffer.from('Åsa Örn', 'latin1'));
    expect(await received(0)).to.deep.equal({ ok: false, reason: 'notText' });
  });

  it('beyond the limit is not kept, whether its length was announced or not', async () => {
    reader();
    send('x'.repeat(1_001));
    expect(await received(0)).to.deep.equal({ ok: false, reason: 'tooLarge' });
    send('x', false, { 'content-length': '1001' });
    expect(await received(1)).to.deep.equal({ ok: false, reason: 'tooLarge' });
  });

  it('that does not come in time is not waited for', async () => {
    reader({ within: 30 });
    send('half', false);
    expect(await received(0)).to.deep.equal({ ok: false, reason: 'late' });
  });

  it('is let in although slow senders hold all the room: the oldest of them has to go', async () => {
    reader({ heldAtMost: 2_500 });
    for (let index = 0; index < 3; index += 1) {
      send('x'.repeat(900), false);
      while (!bodies[index]) await once(server, 'request');
    }
    expect(await received(0)).to.deep.equal({ ok: false, reason: 'busy' });
    send('late but short');
    expect(await received(3)).to.deep.equal({ ok: true, text: 'late but short' });
  });

  it('whose sender goes away is over', async () => {
    reader();
    const outgoing = send('half', false);
    while (!bodies[0]) await once(server, 'request');
    outgoing.destroy();
    expect(await received(0)).to.deep.equal({ ok: false, reason: 'aborted' });
  });
});
