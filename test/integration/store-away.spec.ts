import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { startProblem } from '../../bot/start-problem.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { openCosmosStore } from '../../src/storage/cosmos.ts';
import { openSqliteStore } from '../../src/storage/sqlite.ts';
import { temporaryFolder } from '../support/seed.ts';

const key = Buffer.from('a key for tests').toString('base64');

/** What is said of a start on an account that answers everything with this status, and with null never. */
async function saidOf(status: number | null): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    if (status === null) return;
    outgoing.writeHead(status, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify({ code: String(status), message: 'No' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const said = await openCosmosStore({ endpoint, key, provision: false, answerWithin: 1_000 }).catch(startProblem);
  server.closeAllConnections();
  server.close();
  return String(said);
}

describe('a start that does not reach its store', () => {
  for (const [status, advice] of [
    [401, 'COSMOS_KEY'],
    [403, 'Cosmos DB Built-in Data Contributor'],
    [404, 'cosmos:provision'],
  ] as const)
    it(`says why, and what to do about a ${status}`, async () => {
      expect(await saidOf(status))
        .to.include(`(${status})`)
        .and.include(advice);
    });

  it('names the setting when nobody has that name, and does not ask again for minutes', async () => {
    const endpoint = 'https://nobody.invalid:443/';
    const said = await openCosmosStore({ endpoint, key }).catch(startProblem);
    expect(said).to.match(/\((ENOTFOUND|EAI_AGAIN)\).*COSMOS_ENDPOINT/);
  }).timeout(10_000);

  it('gives up when nothing answers', async () => {
    expect(await saidOf(null))
      .to.include('(ETIMEDOUT)')
      .and.include('COSMOS_ENDPOINT');
  }).timeout(10_000);

  it('says within the time of a probe that the store hangs', async () => {
    let hangs = false;
    const server = createServer((incoming, outgoing) => {
      incoming.resume();
      if (hangs) return;
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const store = await openCosmosStore({ endpoint, key, provision: false });
    hangs = true;
    const from = performance.now();
    const refused = await store.ping().catch((error: unknown) => error);
    expect(isAppError(refused, 'store.unavailable')).to.equal(true);
    expect(performance.now() - from).to.be.below(4_500);
    await store.close();
    server.closeAllConnections();
    server.close();
  }).timeout(10_000);

  it('says what is wrong with the embedded one, and advises nothing that destroys', () => {
    const folder = temporaryFolder();
    const file = `${folder.path}/ankarbot.db`;
    writeFileSync(file, 'This is no database, and was one never.'.repeat(100));
    const open = (): string => {
      try {
        openSqliteStore(file);
        return '';
      } catch (error) {
        return startProblem(error);
      }
    };
    expect(open()).to.include('(file is not a database)').and.not.include('restore');
    folder.remove();
  });
});
