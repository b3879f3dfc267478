import type { Clock } from '../src/shared/clock.ts';
import type { Config } from './config.ts';
import { createLog, describeError, type Log, onceAWhile } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** What is seen of the bot from outside. */
export interface Telemetry {
  log: Log;
  metrics: Metrics;
  /** Null unless a collector is configured. */
  tracing: Tracing | null;
  /** Counts an unexpected error and writes it down. */
  onFault(error: unknown, part: string): void;
}

export async function openTelemetry(
  config: Config,
  clock: Clock,
  log = createLog(config.LOG_LEVEL),
): Promise<Telemetry> {
  const metrics = createMetrics();
  const onFault = (error: unknown, part: string): void => {
    metrics.fault(part);
    log.error({ part, ...describeError(error) }, 'unexpected error');
  };
  return { log, metrics, onFault, tracing: await openTracing(config, clock, log, metrics) };
}

async function openTracing(config: Config, clock: Clock, log: Log, metrics: Metrics): Promise<Tracing | null> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  // A collector that is away is away for every few seconds' spans.
  const lost = onceAWhile<unknown>(clock, (error, unsaid) =>
    log.warn({ part: 'tracing', unsaid, ...describeError(error) }, 'traces were lost'),
  );
  // OpenTelemetry is large, so only those who need it load it.
  const { startTracing } = await import('./otlp.ts');
  return startTracing(endpoint, (error) => {
    metrics.fault('tracing');
    lost(error);
  });
}
