import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';

describe('the server', () => {
  const open = async (url: string, text: string): Promise<Socket> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => socket.destroy());
    socket.write(text);
    return socket;
  };

  it('stops within seconds although somebody has sent half a request', async () => {
    const app = await startTestApp();
    const sockets = [
      await open(app.url, 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\n'),
      await open(app.url, 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf'),
    ];
    expect((await fetch(`${app.url}/healthz`)).status).to.equal(200);
    await app.stop();
    for (const socket of sockets) socket.destroy();
  });

  it('refuses a web page’s request in local mode before it reads it, and changes nothing', async () => {
    const app = await startTestApp();
    const headers = { Origin: 'https://evil.example', 'Content-Type': 'text/plain' };
    for (const path of ['/api/messages', '/api/referrals', '/metrics']) {
      const method = path === '/metrics' ? 'GET' : 'POST';
      const answer = await fetch(`${app.url}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
      expect(answer.status, path).to.equal(403);
    }
    await app.stop();
  });
});
