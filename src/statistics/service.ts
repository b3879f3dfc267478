import { isAppError } from '../shared/errors.ts';
import { partitionOf, type TenantId } from '../shared/ids.ts';
import type { Store } from '../storage/port.ts';
import { createSchema } from '../storage/schema.ts';
import type { DecisionRecord } from './model.ts';

export interface StatisticsService {
  /** Writes the record once, however often it is asked to. */
  record(tenant: TenantId, record: DecisionRecord): Promise<void>;
  /** All records of a year, by month. */
  ofYear(tenant: TenantId, year: number): Promise<DecisionRecord[]>;
}

const pageLimit = 1_000;
/** Records never change, so what an older release wrote is brought up to date whenever it is read. */
const schema = createSchema<DecisionRecord>([]);

export function createStatisticsService(store: Store): StatisticsService {
  const partition = (tenant: TenantId, year: string): string => partitionOf(tenant, `statistics:${year}`);
  return {
    async record(tenant, record) {
      try {
        await store.create({
          partition: partition(tenant, record.month.slice(0, 4)),
          id: record.id,
          kind: 'decision',
          status: null,
          owner: null,
          at: `${record.month}-01T00:00:00.000Z`,
          wakeAt: null,
          data: schema.written(record),
        });
      } catch (error) {
        if (!isAppError(error, 'store.exists')) throw error;
      }
    },
    async ofYear(tenant, year) {
      const records: DecisionRecord[] = [];
      let continuation: string | undefined;
      do {
        const page = await store.query<DecisionRecord>({
          partition: partition(tenant, String(year)),
          kind: 'decision',
          limit: pageLimit,
          ...(continuation && { continuation }),
        });
        records.push(...page.documents.map(({ data }) => schema.read(data)));
        continuation = page.continuation;
      } while (continuation);
      return records;
    },
  };
}
