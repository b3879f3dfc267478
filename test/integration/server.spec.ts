import { once } from 'node:events';
import { mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Log } from '../../bot/log.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { partitionOf, tenantId } from '../../src/shared/ids.ts';
import { aroundStore } from '../../src/storage/around.ts';
import type { Store } from '../../src/storage/port.ts';
import { openSqliteStore } from '../../src/storage/sqlite.ts';
import { startTestApp, tenant } from '../support/app.ts';
import { handIn, shown, startAgain, temporaryFolder } from '../support/seed.ts';

describe('a start that fails', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** Starts in vain, and then again once the reason is gone. */
  async function failsOnce(
    reason: RegExp,
    mend: () => unknown,
    environment: Record<string, string> = {},
  ): Promise<void> {
    const inVain = await startTestApp({ dataDir: folder.path, environment }).catch((error: unknown) => String(error));
    expect(inVain).to.match(reason);
    await mend();
    const app = await startTestApp({ dataDir: folder.path });
    expect((await fetch(`${app.url}/readyz`)).status).to.equal(200);
    await app.stop();
  }

  it('leaves nothing running when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const PORT = String(typeof address === 'object' && address ? address.port : 0);
    await failsOnce(/EADDRINUSE/, () => undefined, { PORT });
    other.close();
  });

  it('says which setting to change when there can be no folder for the data', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const dataDir = join(folder.path, 'file', 'data');
    const inVain = await startTestApp({ dataDir }).catch((error: unknown) => String(error));
    expect(inVain).to.match(/DATA_DIR: set a folder/);
  });

  it('leaves nothing running when the key of the local source cannot be read', async () => {
    const file = join(folder.path, 'intake-key');
    mkdirSync(file);
    await failsOnce(/EISDIR/, () => rmdirSync(file));
  });

  it('leaves nothing running when the directory cannot be read', async () => {
    const key = { partition: partitionOf(tenantId(tenant), 'region:vastra-nyland'), id: 'directory' };
    const onStore = async (work: (store: Store) => Promise<unknown>): Promise<void> => {
      const store = openSqliteStore(join(folder.path, 'ankarbot.db'));
      await work(store);
      await store.close();
    };
    const spoiled = { ...key, kind: 'directory', status: null, owner: null, at: null, wakeAt: null, data: {} };
    await onStore((store) => store.create(spoiled));
    const remove = (): Promise<void> =>
      onStore(async (store) => store.remove(key, (await store.get(key))?.version ?? ''));
    await failsOnce(/TypeError/, remove);
  });
});

describe('a start with keys that do not belong to the data', () => {
  it('is refused and changes nothing; with the right keys everything is there', async () => {
    const folder = temporaryFolder();
    const keys = join(folder.path, 'data-keys');
    const first = await startTestApp({ dataDir: folder.path });
    const reference = await handIn(first);
    await first.stop();
    renameSync(keys, `${keys}.away`);
    const refused = await startTestApp({ dataDir: folder.path }).catch((error: unknown) => error);
    expect(isAppError(refused, 'sealed.wrongKeys')).to.equal(true);
    renameSync(`${keys}.away`, keys);
    const again = await startTestApp({ dataDir: folder.path });
    await again.chat.installBot(again.people.maria);
    await shown(again.chat, reference);
    await again.stop();
    folder.remove();
  });
});

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
    const from = performance.now();
    await app.stop();
    expect(performance.now() - from, 'before the process would give up waiting').to.be.below(6_000);
    for (const socket of sockets) socket.destroy();
  });

  it('keeps no socket of whoever asks for another protocol, and answers them as anybody', async () => {
    const app = await startTestApp();
    const asked = await open(
      app.url,
      'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const [answer] = await once(asked, 'data');
    expect(String(answer)).to.match(/^HTTP\/1\.1 200/);
    await app.stop();
    asked.destroy();
  });

  it('spends neither the store nor the log on whoever asks again and again whether it is ready', async () => {
    const folder = temporaryFolder();
    const app = await startTestApp({ dataDir: folder.path });
    await app.bot.stop();
    let asked = 0;
    const ping = async (): Promise<void> => {
      asked += 1;
      throw new AppError('store.unavailable');
    };
    const faults: object[] = [];
    const log: Log = { info() {}, warn() {}, error: (fields) => faults.push(fields) };
    const bot = await startAgain(app, {
      log,
      through: (store) => ({ ...aroundStore(store, (_operation, _kind, work) => work()), ping }),
    });
    const url = `http://127.0.0.1:${bot.port}/readyz`;
    const answers = await Promise.all(Array.from({ length: 300 }, async () => (await fetch(url)).status));
    expect(new Set(answers)).to.deep.equal(new Set([503]));
    expect(asked, 'once a second').to.be.below(10);
    expect(faults).to.have.lengthOf(1);
    await bot.stop();
    await app.teams.close();
    folder.remove();
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
