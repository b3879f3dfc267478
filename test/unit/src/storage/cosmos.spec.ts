import { CosmosClient, Item, Items, type SqlQuerySpec } from '@azure/cosmos';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { AppError } from '../../../../src/shared/errors.ts';
import { openCosmosStore } from '../../../../src/storage/cosmos.ts';
import { containerDefinition } from '../../../../src/storage/cosmos-container.ts';
import { onChange, onCreate, onRead, translate } from '../../../../src/storage/cosmos-errors.ts';
import { documentId, itemId } from '../../../../src/storage/cosmos-item.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { type CosmosServer, startCosmosServer, startThrottle } from '../../../support/cosmos-server.ts';
import { codeOf, describeStore, doc } from './contract.ts';

describe('cosmos', () => {
  let server: CosmosServer;
  let opened = 0;
  const open = (): Promise<Store> => {
    opened += 1;
    return openCosmosStore({ endpoint: server.endpoint, key: server.key, database: `test-${opened}` });
  };
  before(async () => {
    server = await startCosmosServer();
  });
  after(() => server.close());
  afterEach(() => sinon.restore());

  describeStore('cosmos', open);

  it('opens what exists already, with its documents', async () => {
    const options = { endpoint: server.endpoint, key: server.key, database: 'kept' };
    const first = await openCosmosStore(options);
    await first.create(doc({ id: 'a', data: 1 }));
    const second = await openCosmosStore(options);
    expect((await second.get(doc({ id: 'a' })))?.data).to.equal(1);
    await Promise.all([first.close(), second.close()]);
  });

  it('takes a container that goes away meanwhile for no empty one', async () => {
    const store = await open();
    const { read } = Item.prototype;
    // The service's words for a container that is not there; the server of these tests has no such words.
    sinon.stub(Item.prototype, 'read').callsFake(async function (this: Item) {
      return Object.assign(await read.call(this), { substatus: 1003 });
    });
    expect(await codeOf(store.get(doc({ id: 'a' })))).to.equal('store.unavailable');
    await store.close();
  });

  it('is opened by all of several instances that find no database and start at the same moment', async () => {
    const options = { endpoint: server.endpoint, key: server.key, database: 'at-once' };
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => openCosmosStore(options)));
    await first?.create(doc({ id: 'a', data: 1 }));
    for (const other of others) expect((await other.get(doc({ id: 'a' })))?.data).to.equal(1);
    await Promise.all([first, ...others].map((store) => store?.close()));
  });

  it('does not take a missing container for an empty one', async () => {
    const options = { endpoint: server.endpoint, key: server.key, database: 'missing', provision: false };
    expect(await codeOf(openCosmosStore(options))).to.equal('store.unavailable');
  });

  it('asks more than one partition only for what is due, and only for indexed properties', async () => {
    const store = await open();
    const query = sinon.spy(Items.prototype, 'query');
    const asked = (): [string, boolean][] =>
      query.args.map(([spec, options]) => [textOf(spec), options?.partitionKey === undefined]);
    const where = { status: 'open', owner: 'p1' };
    const list = { partition: 'p', kind: 'k', limit: 1 };
    await Promise.all(['a', 'b'].map((id) => store.create(doc({ ...list, id }))));
    const { continuation = '' } = await store.query(list);
    await store.query({ ...list, continuation });
    await store.query({ ...list, where, order: 'desc' });
    await store.count({ ...list, where });
    expect(asked().filter(([, across]) => across)).to.deep.equal([]);
    await store.due('2026', 1);
    expect(asked().filter(([, across]) => across)).to.have.length(1);

    const used = new Set(asked().flatMap(([text]) => [...text.matchAll(/c\.(\w+)/g)].map(([, name]) => `/${name}/?`)));
    const { includedPaths = [], excludedPaths } = containerDefinition('x').indexingPolicy ?? {};
    expect(includedPaths.map(({ path }) => path)).to.have.members([...used]);
    expect(excludedPaths).to.deep.equal([{ path: '/*' }]);
    await store.close();
  });

  it('waits as long as the service says when it asks too much at once, also many times over', async () => {
    const throttle = await startThrottle(server, 0, 40);
    const store = await openCosmosStore({ endpoint: throttle.endpoint, key: server.key, database: 'throttled' });
    throttle.throttle(15);
    await store.create(doc({ id: 'a', data: 1 }));
    expect(throttle.answered).to.have.length(15);
    const pauses = throttle.answered.slice(1).map((at, index) => at - (throttle.answered[index] ?? 0));
    expect(Math.min(...pauses)).to.be.at.least(39);
    throttle.throttle(2);
    expect(
      (await store.query({ partition: doc({ id: 'a' }).partition, kind: 'referral', limit: 1 })).documents,
    ).to.have.length(1);
    throttle.throttle(2);
    expect((await store.get(doc({ id: 'a' })))?.data).to.equal(1);
    await store.close();
    await throttle.close();
  });

  it('is unavailable when the service has no time within that of an invoke', async () => {
    const throttle = await startThrottle(server, 0, 3_000);
    const store = await openCosmosStore({ endpoint: throttle.endpoint, key: server.key, database: 'throttled' });
    throttle.throttle(1_000);
    expect(await codeOf(store.get(doc({ id: 'a' })))).to.equal('store.unavailable');
    const [first = 0] = throttle.answered;
    expect(performance.now() - first).to.be.below(10_000);
    await store.close();
    await throttle.close();
  });

  it('gives a time to live, a day beyond their alarm, to kinds that the product removes, and to no other', async () => {
    const database = 'expiring';
    const now = () => Temporal.Instant.from('2026-11-23T07:00:00Z');
    const { endpoint, key } = server;
    const store = await openCosmosStore({ endpoint, key, database, expiring: { kinds: new Set(['intake']), now } });
    const wakeAt = '2026-11-23T07:01:40.000Z';
    const version = await store.create(doc({ id: 'key', kind: 'intake', wakeAt }));
    await store.create(doc({ id: 'case', wakeAt }));
    await store.create(doc({ id: 'kept', kind: 'intake' }));
    await store.create(doc({ id: 'late', kind: 'intake', wakeAt: '2026-11-22T07:00:00.000Z' }));
    const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
    const ttlOf = async (id: string): Promise<unknown> => {
      const container = client.database(database).container('documents');
      return (await container.item(id, doc({ id }).partition).read<{ ttl?: number }>()).resource?.ttl;
    };
    const day = 24 * 60 * 60;
    expect(await Promise.all(['key', 'case', 'kept', 'late'].map(ttlOf))).to.deep.equal([
      100 + day,
      undefined,
      undefined,
      day,
    ]);
    await store.replace(doc({ id: 'key', kind: 'intake', wakeAt: '2026-11-23T07:00:10.000Z' }), version);
    expect(await ttlOf('key')).to.equal(10 + day);
    client.dispose();
    await store.close();
  });

  it('tells what every request cost, also one that failed', async () => {
    const charges: number[] = [];
    const { endpoint, key } = server;
    const store = await openCosmosStore({
      endpoint,
      key,
      database: 'charged',
      onCharge: (units) => charges.push(units),
    });
    const version = await store.create(doc({ id: 'a' }));
    await store.replace(doc({ id: 'a' }), version);
    expect(await codeOf(store.replace(doc({ id: 'a' }), version))).to.equal('store.conflict');
    await store.get(doc({ id: 'none' }));
    // The server for tests charges one for everything.
    expect(charges).to.deep.equal([1, 1, 1, 1]);
    await store.close();
  });

  it('is unavailable, with the cause, when nothing answers', async () => {
    const stopped = await startCosmosServer();
    const store = await openCosmosStore({ endpoint: stopped.endpoint, key: stopped.key });
    await stopped.close();
    const error = await store.get(doc({ id: 'a' })).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(AppError).with.property('code', 'store.unavailable');
    expect(error).to.have.property('cause').that.is.instanceOf(Error);
    expect(await codeOf(store.create(doc({ id: 'a' })))).to.equal('store.unavailable');
    expect(await codeOf(store.query({ partition: 'p', kind: 'k', limit: 1 }))).to.equal('store.unavailable');
    expect(await codeOf(openCosmosStore({ endpoint: stopped.endpoint, key: stopped.key }))).to.equal(
      'store.unavailable',
    );
    await store.close();
  });
});

describe('cosmos: errors', () => {
  const codeFor = (thrown: unknown, meaning: Parameters<typeof translate>[1]): unknown => {
    const error = translate(thrown, meaning);
    return error instanceof AppError ? error.code : error;
  };

  it('tells a taken id, a lost race and a store out of reach apart', () => {
    expect(codeFor({ code: 409 }, onCreate)).to.equal('store.exists');
    for (const code of [404, 412, 449]) expect(codeFor({ code }, onChange), `${code}`).to.equal('store.conflict');
    for (const code of [401, 403, 404, 408, 410, 429, 500, 503, 'ECONNREFUSED', 'TimeoutError']) {
      expect(codeFor({ code }, onRead), `${code}`).to.equal('store.unavailable');
    }
    expect(codeFor({ code: 404, substatus: 1003 }, onChange)).to.equal('store.unavailable');
    expect(codeFor('not even an object', onCreate)).to.equal('store.unavailable');
  });

  it('leaves a malformed or too large request the fault that it is', () => {
    for (const code of [400, 413]) {
      const fault = { code };
      expect(translate(fault, onChange)).to.equal(fault);
    }
  });
});

describe('cosmos: ids', () => {
  it('gives every id a text of its own that Cosmos and a URL take as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        expect(itemId(id)).to.match(/^[\w:@|=,;~-]*$/);
        expect(documentId(itemId(id))).to.equal(id);
      }),
    );
  });

  it('leaves a case reference readable', () => {
    expect(itemId('LOJ-2026-0042')).to.equal('LOJ-2026-0042');
  });
});

function textOf(spec: string | SqlQuerySpec): string {
  return typeof spec === 'string' ? spec : spec.query;
}
