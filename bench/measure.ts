import { type LoadResult, runLoad } from './load.ts';
import { median } from './median.ts';
import type { RunningServer } from './processes.ts';
import type { Row } from './table.ts';
import { messagesPath, type Target } from './targets.ts';

export interface MeasureOptions {
  rounds: number;
  /** Measured per target and round. */
  seconds: number;
  warmupSeconds: number;
  connections: number;
  /** Told after each measurement, so that a long run shows that it lives. */
  onMeasured?: (round: number, name: string, result: LoadResult) => void;
}

/**
 * Starts all targets and takes turns between them, round after round, so that the noise of the machine hits all alike.
 * Each row holds the medians of its rounds, the speed of each and the sum of its errors. A target that fails to start fails the run;
 * all that were started are stopped in any case.
 */
export async function measure(targets: readonly Target[], options: MeasureOptions): Promise<Row[]> {
  const { rounds, seconds, warmupSeconds, connections, onMeasured } = options;
  const running: { target: Target; server: RunningServer; results: LoadResult[] }[] = [];
  try {
    for (const target of targets) running.push({ target, server: await target.start(), results: [] });
    for (let round = 1; round <= rounds; round++) {
      for (const { target, server, results } of running) {
        const { name, headers, body, expects } = target;
        const url = `http://127.0.0.1:${server.port}${messagesPath}`;
        const result = await runLoad({ url, headers, body, expects, connections, seconds, warmupSeconds });
        results.push(result);
        onMeasured?.(round, name, result);
      }
    }
    return await Promise.all(
      running.map(async ({ target, server, results }) => ({
        name: target.name,
        perSecond: results.map((result) => result.perSecond),
        p50: median(results.map((result) => result.p50)),
        p99: median(results.map((result) => result.p99)),
        errors: results.reduce((sum, result) => sum + result.errors, 0),
        peakMemory: await server.peakMemory(),
      })),
    );
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}
