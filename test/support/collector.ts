import { createServer } from 'node:http';
import { z } from 'zod';

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(attribute).default([]),
              events: z.array(z.unknown()).default([]),
              status: z.looseObject({ message: z.string().optional() }).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

type Span = z.infer<typeof exported>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

/** An OpenTelemetry collector in the place of a real one: takes OTLP as JSON over HTTP. */
export async function startCollector() {
  const spans: Span[] = [];
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    bodies.push(text);
    if (request.url !== '/v1/traces') response.statusCode = 404;
    else
      for (const { scopeSpans } of exported.parse(JSON.parse(text)).resourceSpans)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    spans,
    /** All that was sent here, as it came. */
    bodies,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

export function attributeOf({ attributes }: Pick<Span, 'attributes'>, key: string): string {
  return String(attributes.find((one) => one.key === key)?.value.stringValue ?? '');
}
