import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import manifest from '../package.json' with { type: 'json' };
import { isAppError } from '../src/shared/errors.ts';
import { correlation } from './correlation.ts';
import type { Tracing } from './tracing.ts';

/** Milliseconds that a collector has to take what it is sent, and those that are left for it when the process stops. */
const exportWithin = 5_000;
const stopWithin = 1_000;

/**
 * Traces to an OpenTelemetry collector (OTLP over HTTP). A span carries its name, words of closed lists, the request's own
 * id and the code of an error: no message of an error, no address, nobody. Callers' `traceparent` is not followed, so
 * nobody outside decides what is traced, or under which id. `onLost`: spans did not reach the collector.
 */
export function startTracing(endpoint: string, onLost: (error: unknown) => void): Tracing {
  const url = new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportWithin });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': manifest.name, 'service.version': manifest.version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: told(exporter, onLost), exportTimeoutMillis: exportWithin })],
  });
  const tracer = provider.getTracer(manifest.name);
  const current = new AsyncLocalStorage<Context>();

  return {
    async span(name, attributes, work) {
      const parent = current.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes: { ...attributes, correlation: correlation() } }, parent);
      try {
        return await current.run(trace.setSpan(parent, span), work);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error', isAppError(error) ? error.code : 'fault');
        throw error;
      } finally {
        span.end();
      }
    },
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, stopWithin).unref());
      await Promise.race([provider.shutdown().catch(onLost), late]);
    },
  };
}

/** The exporter keeps its failures to itself otherwise. */
function told(exporter: SpanExporter, onLost: (error: unknown) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error) onLost(result.error);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
