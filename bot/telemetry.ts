import type { Clock } from '../src/shared/clock.ts';
import { isAppError } from '../src/shared/errors.ts';
import { type AroundRequest, aroundStore } from '../src/storage/around.ts';
import { createMeter, type Meter } from '../src/storage/meter.ts';
import type { Store } from '../src/storage/port.ts';
import type { Config } from './config.ts';
import { createLog, describeError, type Log, onceAWhile } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { spanned, type Tracing } from './tracing.ts';

/** What is seen of the bot from outside. */
export interface Telemetry {
  log: Log;
  metrics: Metrics;
  meter: Meter;
  /** Null unless a collector is configured. */
  tracing: Tracing | null;
  /** Counts an unexpected error and writes it down. */
  onFault(error: unknown, part: string): void;
  /** The same for what anybody can cause, as often as they like: each is counted, and one a minute written down. */
  onFaultOf(part: string): (error: unknown) => void;
  /** The store, with every request counted and traced, and reported when the store could not serve it. */
  watched(store: Store): Store;
}

export async function openTelemetry(
  config: Config,
  clock: Clock,
  log = createLog(config.LOG_LEVEL),
): Promise<Telemetry> {
  const metrics = createMetrics();
  const meter = createMeter(metrics.storeRequest, metrics.requestUnits);
  const onFault = (error: unknown, part: string): void => {
    metrics.fault(part);
    log.error({ part, ...describeError(error) }, 'unexpected error');
  };
  const onFaultOf: Telemetry['onFaultOf'] = (part) => {
    const write = onceAWhile<unknown>(clock, (error, unsaid) =>
      log.error({ part, unsaid, ...describeError(error) }, 'unexpected error'),
    );
    return (error) => {
      metrics.fault(part);
      write(error);
    };
  };
  const tracing = await openTracing(config, clock, log, metrics);

  const watch: AroundRequest = async (operation, kind, work) => {
    meter.request(operation);
    try {
      return await spanned(tracing, 'store', { operation, ...(kind && { kind }) }, work);
    } catch (error) {
      // Whoever asked explains it to a person or tries again later, so nobody else would tell those who run the bot.
      if (isAppError(error, 'store.unavailable')) onFault(error, 'store');
      throw error;
    }
  };
  return { log, metrics, meter, tracing, onFault, onFaultOf, watched: (store) => aroundStore(store, watch) };
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
