import { lookup } from 'node:dns/promises';
import { type Container, CosmosClient, type ItemDefinition, type ItemResponse, type SqlParameter } from '@azure/cosmos';
import { systemClock } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import { checkLimit, decodeContinuation, type Position, toPage } from './continuation.ts';
import { type Provisioned, provision } from './cosmos-container.ts';
import { chargeOf, type Meaning, onChange, onCreate, onRead, ownerNotFound, translate } from './cosmos-errors.ts';
import { fromItem, type Item, itemId, selection, sortText, toItem, ttlOf } from './cosmos-item.ts';
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
  /**
   * Kinds that the product removes when their alarm rings. They carry a time to live a little beyond that, so that they
   * go even where no bot runs any more.
   */
  expiring?: { kinds: ReadonlySet<string>; now: () => Temporal.Instant };
  /** Told the request units of every request. */
  onCharge?: (units: number) => void;
  /**
   * Milliseconds that the account has to answer when the store is opened. Default 20,000: whoever starts containers gives
   * them less than the two minutes for which the client goes on.
   */
  answerWithin?: number;
}

/**
 * When too much is asked at once (429) the service says when to come back, and the client does: for so long that an
 * invoke, which has ten seconds [teams], is still answered. What takes longer is `store.unavailable`.
 */
const throttled = { maxRetryAttemptCount: 50, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 8 };

/** Milliseconds; whoever asks whether the bot is ready waits for five seconds. */
const pingWithin = 3_500;

/** Creates what is absent, and says what it did or found. Throws `store.unavailable` with the cause. */
export async function provisionCosmos(options: CosmosOptions): Promise<Provisioned> {
  const client = await connect(options);
  const { database, container } = namesOf(options);
  try {
    await lookUp(options.endpoint);
    return await provision(client, database, container);
  } catch (cause) {
    throw new AppError('store.unavailable', {}, { cause });
  } finally {
    client.dispose();
  }
}

/** Opens the store and makes sure that its container answers. Throws `store.unavailable` with the cause when not. */
export async function openCosmosStore(options: CosmosOptions): Promise<Store> {
  const client = await connect(options);
  const { database, container } = namesOf(options);
  const documents = client.database(database).container(container);
  const answer = async (): Promise<void> => {
    await lookUp(options.endpoint);
    if (options.provision ?? options.key !== undefined) await provision(client, database, container);
    await documents.read();
  };
  try {
    await inTime(options.answerWithin ?? 20_000, answer());
    return new CosmosStore(client, documents, options);
  } catch (cause) {
    client.dispose();
    throw new AppError('store.unavailable', {}, { cause });
  }
}

/** Rejects with `store.unavailable` when the answer takes longer than so many milliseconds. */
async function inTime(milliseconds: number, answer: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await systemClock.sleep(milliseconds, over.signal);
    const cause = Object.assign(new Error('The account did not answer in time'), { code: 'ETIMEDOUT' });
    throw new AppError('store.unavailable', {}, { cause });
  };
  try {
    await Promise.race([answer, late()]);
  } finally {
    over.abort();
  }
}

/** A name that nobody has is an error at once (`ENOTFOUND`); the client would ask for it again and again. */
async function lookUp(endpoint: string): Promise<void> {
  await lookup(new URL(endpoint).hostname);
}

const namesOf = ({ database = 'ankarbot', container = 'documents' }: CosmosOptions) => ({ database, container });

async function connect({ endpoint, key }: CosmosOptions): Promise<CosmosClient> {
  return new CosmosClient({
    endpoint,
    ...(key === undefined ? { aadCredentials: await identity() } : { key }),
    connectionPolicy: {
      // A server on a developer's machine names regions that it does not have.
      enableEndpointDiscovery: !endpoint.startsWith('http:'),
      retryOptions: throttled,
    },
  });
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
  readonly #ttlOf: (document: Document) => number | null;
  readonly #charge: (units: number) => void;
  #closed = false;

  constructor(client: CosmosClient, container: Container, { expiring, onCharge }: CosmosOptions) {
    this.#client = client;
    this.#container = container;
    this.#ttlOf = (document) => (expiring?.kinds.has(document.kind) ? ttlOf(document, expiring.now()) : null);
    this.#charge = onCharge ?? (() => undefined);
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
    return versionOf(await this.#ask(onCreate, () => this.#container.items.create(this.#itemOf(document))));
  }

  async replace<T>(document: Document<T>, version: string): Promise<string> {
    const item = this.#itemOf(document);
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

  async groups(): Promise<Pick<Query, 'partition' | 'kind'>[]> {
    const pairs = await this.#select<[string, string]>('SELECT VALUE [c.partition, c.kind] FROM c', [], everything);
    const distinct = new Map(pairs.map((pair) => [JSON.stringify(pair), pair]));
    return [...distinct.values()].toSorted(byText).map(([partition, kind]) => ({ partition, kind }));
  }

  async count(query: Pick<Query, 'partition' | 'kind' | 'where'>): Promise<number> {
    const { condition, parameters } = selection(query);
    const text = `SELECT VALUE COUNT(1) FROM c WHERE ${condition}`;
    // The service may answer in parts, each with the count of its own part.
    const parts = await this.#select<number>(text, parameters, everything, query.partition);
    return parts.reduce((sum, part) => sum + part, 0);
  }

  /** Reads a document that does not exist: the cheapest request that proves that the container answers. */
  async ping(): Promise<void> {
    await inTime(pingWithin, this.get({ partition: 'ping', id: 'ping' }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#client.dispose();
  }

  #itemOf<T>(document: Document<T>) {
    return toItem(document, this.#ttlOf(document));
  }

  #item({ partition, id }: DocumentKey) {
    return this.#container.item(itemId(id), partition);
  }

  /** At most `limit` results, {@link everything} for all. Without `partition` it asks all of them. */
  async #select<R>(query: string, parameters: SqlParameter[], limit: number, partition?: string): Promise<R[]> {
    const options = {
      ...(partition === undefined ? {} : { partitionKey: partition }),
      maxItemCount: Math.min(limit, largestPage),
    };
    const iterator = this.#container.items.query<R>({ query, parameters }, options);
    const found: R[] = [];
    while (iterator.hasMoreResults() && found.length < limit) {
      const { resources } = await this.#ask(onRead, () => iterator.fetchNext());
      found.push(...(resources ?? []));
    }
    return found.slice(0, limit);
  }

  async #ask<R extends { requestCharge: number }>(meaning: Meaning, request: () => Promise<R>): Promise<R> {
    if (this.#closed) throw new AppError('store.unavailable');
    try {
      const answer = await request();
      this.#charge(answer.requestCharge);
      return answer;
    } catch (error) {
      this.#charge(chargeOf(error));
      throw translate(error, meaning);
    }
  }
}

const everything = Number.POSITIVE_INFINITY;
/** Results per request. */
const largestPage = 1_001;

/** As SQLite sorts text: by its bytes in UTF-8. */
function byText(one: readonly string[], other: readonly string[]): number {
  const bytes = (texts: readonly string[]): Buffer => Buffer.from(texts.join('\u0000'));
  return Buffer.compare(bytes(one), bytes(other));
}

function onlyIf(version: string) {
  return { accessCondition: { type: 'IfMatch', condition: version } };
}

function versionOf(response: ItemResponse<ItemDefinition>): string {
  return response.etag;
}
