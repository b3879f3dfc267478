import {
  type Container,
  type ContainerDefinition,
  CosmosClient,
  type ItemDefinition,
  type ItemResponse,
  type SqlParameter,
} from '@azure/cosmos';
import { AppError, isAppError } from '../shared/errors.ts';
import { checkLimit, decodeContinuation, type Position, toPage } from './continuation.ts';
import { type Meaning, onChange, onCreate, onRead, ownerNotFound, translate } from './cosmos-errors.ts';
import { fromItem, type Item, itemId, selection, sortText, toItem } from './cosmos-item.ts';
import type { Document, DocumentKey, Page, Query, Store, StoredDocument } from './port.ts';

export interface CosmosOptions {
  /** `https://…documents.azure.com`; plain HTTP only reaches a server on a developer's machine. */
  endpoint: string;
  /** Absent: the managed identity of the process (or the developer's own sign-in). */
  key?: string;
  /** Default `ankarbot`. */
  database?: string;
  /** Default `documents`. */
  container?: string;
  /**
   * Creates the database and the container when absent. Default: only with a key, because an identity has no right to
   * that through this interface; deployment creates them then.
   */
  provision?: boolean;
}

/**
 * The container as the store needs it. One sort property instead of `at` and `id` spares a composite index, and what is
 * never asked for is not indexed, because every write pays for it. No document expires unless it says so itself.
 */
export function containerDefinition(id: string): ContainerDefinition {
  const asked = ['partition', 'kind', 'status', 'owner', 'sort', 'wakeAt'];
  return {
    id,
    partitionKey: { paths: ['/partition'], version: 2 },
    defaultTtl: -1,
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: asked.map((name) => ({ path: `/${name}/?` })),
      excludedPaths: [{ path: '/*' }],
    },
  };
}

/** Creates the database and the container when absent; leaves those that exist as they are. */
export async function provision(client: CosmosClient, database: string, container: string): Promise<void> {
  await create(() => client.databases.createIfNotExists({ id: database }));
  await create(() => client.database(database).containers.createIfNotExists(containerDefinition(container)));
}

/** Two instances that start at the same moment may both find nothing there; the later one's request is a conflict then. */
async function create(ifNotExists: () => Promise<unknown>): Promise<void> {
  try {
    await ifNotExists();
  } catch (error) {
    if (!isAppError(translate(error, onCreate), 'store.exists')) throw error;
  }
}

/** Opens the store and makes sure that its container answers. Throws `store.unavailable` with the cause when not. */
export async function openCosmosStore(options: CosmosOptions): Promise<Store> {
  const { endpoint, key, database = 'ankarbot', container = 'documents' } = options;
  const client = new CosmosClient({
    endpoint,
    ...(key === undefined ? { aadCredentials: await identity() } : { key }),
    // A server on a developer's machine names regions that it does not have.
    connectionPolicy: { enableEndpointDiscovery: !endpoint.startsWith('http:') },
  });
  const documents = client.database(database).container(container);
  try {
    if (options.provision ?? key !== undefined) await provision(client, database, container);
    await documents.read();
    return new CosmosStore(client, documents);
  } catch (cause) {
    client.dispose();
    throw new AppError('store.unavailable', {}, { cause });
  }
}

async function identity() {
  // Loaded only here: it is large, and a key needs none of it.
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}

class CosmosStore implements Store {
  readonly exclusive = false;
  readonly #client: CosmosClient;
  readonly #container: Container;
  #closed = false;

  constructor(client: CosmosClient, container: Container) {
    this.#client = client;
    this.#container = container;
  }

  async get<T>(key: DocumentKey): Promise<StoredDocument<T> | null> {
    const { resource } = await this.#ask(onRead, async () => {
      const answer = await this.#item(key).read<Item<T>>();
      // The client throws no 404 of a read, not even when it is the container that is missing.
      if (answer.substatus === ownerNotFound) throw new Error('The Cosmos container does not exist');
      return answer;
    });
    return resource ? fromItem(resource) : null;
  }

  async create<T>(document: Document<T>): Promise<string> {
    return versionOf(await this.#ask(onCreate, () => this.#container.items.create(toItem(document))));
  }

  async replace<T>(document: Document<T>, version: string): Promise<string> {
    const item = toItem(document);
    return versionOf(await this.#ask(onChange, () => this.#item(document).replace(item, onlyIf(version))));
  }

  async remove(key: DocumentKey, version: string): Promise<void> {
    await this.#ask(onChange, () => this.#item(key).delete(onlyIf(version)));
  }

  async query<T>(query: Query): Promise<Page<T>> {
    checkLimit(query.limit);
    const { condition, parameters } = selection(query);
    const [comparison, direction] = query.order === 'desc' ? ['<', 'DESC'] : ['>', 'ASC'];
    let text = `SELECT * FROM c WHERE ${condition}`;
    if (query.continuation !== undefined) {
      const after: Position = decodeContinuation(query.continuation, query);
      text += ` AND c.sort ${comparison} @after`;
      parameters.push({ name: '@after', value: sortText(after) });
    }
    text += ` ORDER BY c.sort ${direction}`;
    const items = await this.#select<Item<T>>(text, parameters, query.limit + 1, query.partition);
    return toPage(
      items.map((item) => fromItem(item)),
      query,
    );
  }

  async due(now: string, limit: number): Promise<StoredDocument[]> {
    checkLimit(limit);
    const text = 'SELECT * FROM c WHERE c.wakeAt <= @now ORDER BY c.wakeAt';
    const items = await this.#select<Item<unknown>>(text, [{ name: '@now', value: now }], limit);
    return items.map((item) => fromItem(item));
  }

  async count(query: Pick<Query, 'partition' | 'kind' | 'where'>): Promise<number> {
    const { condition, parameters } = selection(query);
    const text = `SELECT VALUE COUNT(1) FROM c WHERE ${condition}`;
    // The service may answer in parts, each with the count of its own part.
    const parts = await this.#select<number>(text, parameters, Number.POSITIVE_INFINITY, query.partition);
    return parts.reduce((sum, part) => sum + part, 0);
  }

  /** Reads a document that does not exist: the cheapest request that proves that the container answers. */
  async ping(): Promise<void> {
    await this.get({ partition: 'ping', id: 'ping' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#client.dispose();
  }

  #item({ partition, id }: DocumentKey) {
    return this.#container.item(itemId(id), partition);
  }

  /** At most `limit` results. Without `partition` it asks all of them. */
  async #select<R>(query: string, parameters: SqlParameter[], limit: number, partition?: string): Promise<R[]> {
    const options = {
      ...(partition === undefined ? {} : { partitionKey: partition }),
      ...(Number.isFinite(limit) ? { maxItemCount: limit } : {}),
    };
    const iterator = this.#container.items.query<R>({ query, parameters }, options);
    const found: R[] = [];
    while (iterator.hasMoreResults() && found.length < limit) {
      const { resources } = await this.#ask(onRead, () => iterator.fetchNext());
      found.push(...(resources ?? []));
    }
    return found.slice(0, limit);
  }

  async #ask<R>(meaning: Meaning, request: () => Promise<R>): Promise<R> {
    if (this.#closed) throw new AppError('store.unavailable');
    try {
      return await request();
    } catch (error) {
      throw translate(error, meaning);
    }
  }
}

function onlyIf(version: string) {
  return { accessCondition: { type: 'IfMatch', condition: version } };
}

function versionOf(response: ItemResponse<ItemDefinition>): string {
  return response.etag;
}
