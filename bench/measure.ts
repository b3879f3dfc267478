import { type LoadResult, runLoad } from './load.ts';
import { median } from './median.ts';
import type { RunningServer } from './processes.ts';
import type { Row } from './table.ts';
import { messagesPath, type Target } from './targets.ts';

export interface MeasureOptions {
  rounds: number;
  /** Measured per target and round. */
  seconds: number;
  /** Of load for each target before the first round, until its code is compiled; not measured. */
  warmupSeconds: number;
  connections: number;
  /** Told after each measurement, so that a long run shows that it lives. */
  onMeasured?: (round: number, name: string, result: LoadResult) => void;
}

/** Seconds until a target is at it again after the others had their turns. */
const afresh = 1;

/**
 * Starts all targets, warms each up, and takes turns between them, round after round, so that the noise of the machine hits
 * all alike. Each row holds the medians of its rounds, the speed of each and the sum of its errors, those of the warm-up
 * included. A target that fails to start fails the run; all that were started are stopped in any case.
 */
export async function measure(targets: readonly Target[], options: MeasureOptions): Promise<Row[]> {
  const { rounds, seconds, warmupSeconds, connections, onMeasured } = options;
  const running: { target: Target; server: RunningServer; results: LoadResult[]; errors: number }[] = [];
  try {
    for (const target of targets) running.push({ target, server: await target.start(), results: [], errors: 0 });
    for (let round = 0; round <= rounds; round++) {
      for (const one of running) {
        const { target, server, results } = one;
        const { name, headers, body, expects } = target;
        const url = `http://127.0.0.1:${server.port}${messagesPath}`;
        const span = round === 0 ? { seconds: 0, warmupSeconds } : { seconds, warmupSeconds: afresh };
        const result = await runLoad({ url, headers, body, expects, connections, ...span });
        one.errors += result.errors;
        if (round === 0) continue;
        results.push(result);
        onMeasured?.(round, name, result);
      }
    }
    return await Promise.all(
      running.map(async ({ target, server, results, errors }) => ({
        name: target.name,
        perSecond: results.map((result) => result.perSecond),
        p50: median(results.map((result) => result.p50)),
        p99: median(results.map((result) => result.p99)),
        errors,
        peakMemory: await server.peakMemory(),
      })),
    );
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}
