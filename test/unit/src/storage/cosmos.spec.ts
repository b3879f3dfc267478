import { Items, type SqlQuerySpec } from '@azure/cosmos';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { AppError } from '../../../../src/shared/errors.ts';
import { openCosmosStore } from '../../../../src/storage/cosmos.ts';
import { containerDefinition } from '../../../../src/storage/cosmos-container.ts';
import { onChange, onCreate, onRead, translate } from '../../../../src/storage/cosmos-errors.ts';
import { documentId, itemId } from '../../../../src/storage/cosmos-item.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { type CosmosServer, startCosmosServer } from '../../../support/cosmos-server.ts';
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
  }).timeout(20_000);
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
