import { isAppError } from '../shared/errors.ts';
import { type CaseReference, formatReference } from '../shared/ids.ts';
import { createAggregates } from '../storage/aggregates.ts';
import type { Store } from '../storage/port.ts';

/** Gives out case references, counted per team and year. */
export interface ReferenceCounter {
  /**
   * The next reference of a team in a year; never the same twice, whatever happens. Those who ask while the counter is
   * being written share its next write. A number is skipped only when its taker fails or the process dies.
   */
  next(partition: string, code: string, year: number): Promise<CaseReference>;
  /**
   * Gives none of the next `count` to anybody, since a store that was restored does not know what was given after its
   * backup; resolves with the one that comes then.
   */
  skip(partition: string, code: string, year: number, count: number): Promise<CaseReference>;
}

interface Count {
  last: number;
}

interface Waiting {
  resolve: (reference: CaseReference) => void;
  reject: (error: unknown) => void;
}

export function createReferenceCounter(store: Store): ReferenceCounter {
  const counts = createAggregates<Count>(store, () => ({
    kind: 'counter',
    status: null,
    owner: null,
    at: null,
    wakeAt: null,
  }));
  const lines = new Map<string, Waiting[]>();

  async function take(partition: string, id: string, count: number): Promise<number> {
    try {
      return (await counts.change({ partition, id }, ({ last }) => ({ last: last + count }))).last;
    } catch (error) {
      if (!isAppError(error, 'store.missing')) throw error;
    }
    try {
      await counts.create({ partition, id }, { last: count });
      return count;
    } catch (error) {
      if (!isAppError(error, 'store.exists')) throw error;
      return take(partition, id, count);
    }
  }

  const counterOf = (year: number): string => `counter:${year}`;

  async function serve(name: string, line: Waiting[], partition: string, code: string, year: number): Promise<void> {
    while (line.length > 0) {
      const group = line.slice();
      try {
        const last = await take(partition, counterOf(year), group.length);
        const first = last - group.length + 1;
        group.forEach(({ resolve }, index) => {
          resolve(formatReference(code, year, first + index));
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      line.splice(0, group.length);
    }
    // In the same tick as the last look at the line, so that nobody can join a line that is not served any more.
    lines.delete(name);
  }

  return {
    async skip(partition, code, year, count) {
      return formatReference(code, year, (await take(partition, counterOf(year), count)) + 1);
    },
    next(partition, code, year) {
      const name = `${partition}\n${year}`;
      return new Promise((resolve, reject) => {
        const line = lines.get(name);
        if (line) {
          line.push({ resolve, reject });
          return;
        }
        const fresh: Waiting[] = [{ resolve, reject }];
        lines.set(name, fresh);
        void serve(name, fresh, partition, code, year);
      });
    },
  };
}
