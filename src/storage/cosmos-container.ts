import type { ContainerDefinition, CosmosClient } from '@azure/cosmos';
import { isAppError } from '../shared/errors.ts';
import { onCreate, translate } from './cosmos-errors.ts';

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

/** What was there before, and in what the container differs from {@link containerDefinition}. */
export interface Provisioned {
  names: { database: string; container: string };
  database: 'created' | 'found';
  container: 'created' | 'found';
  /** Names of settings. */
  differing: string[];
}

/** Creates the database and the container when absent; leaves those that exist as they are. */
export async function provision(client: CosmosClient, database: string, container: string): Promise<Provisioned> {
  const wanted = containerDefinition(container);
  const ours = await createIfNotExists(() => client.databases.createIfNotExists({ id: database }));
  const documents = await createIfNotExists(() => ours.database.containers.createIfNotExists(wanted));
  const stateOf = ({ statusCode }: { statusCode: number }) => (statusCode === 201 ? 'created' : 'found');
  return {
    names: { database, container },
    database: stateOf(ours),
    container: stateOf(documents),
    differing: differences(wanted, documents.resource ?? { id: container }),
  };
}

/** Two that start at the same moment may both find nothing there; to the later one it is found when it looks again. */
async function createIfNotExists<R>(create: () => Promise<R>): Promise<R> {
  try {
    return await create();
  } catch (error) {
    if (!isAppError(translate(error, onCreate), 'store.exists')) throw error;
    return create();
  }
}

function differences(wanted: ContainerDefinition, found: ContainerDefinition): string[] {
  const settings = {
    partitionKey: ({ partitionKey }: ContainerDefinition) => partitionKey?.paths,
    defaultTtl: ({ defaultTtl }: ContainerDefinition) => defaultTtl,
    // The service adds paths of its own to those that are left out.
    'indexingPolicy.includedPaths': ({ indexingPolicy }: ContainerDefinition) =>
      (indexingPolicy?.includedPaths ?? []).map(({ path }) => path).toSorted(),
  };
  return Object.entries(settings).flatMap(([name, of]) =>
    JSON.stringify(of(wanted)) === JSON.stringify(of(found)) ? [] : [name],
  );
}
