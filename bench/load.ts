import autocannon from 'autocannon';

export interface LoadOptions {
  url: string;
  /** Of all requests of a connection (from 0), beside the type of the content. */
  headers: (connection: number) => Record<string, string>;
  /** The JSON to send as request `n` (from 0, the warm-up included) of a connection (from 0). */
  body: (connection: number, n: number) => string;
  /** Whether a response of status 2xx holds what it should; asked for each one. */
  expects: (responseBody: string) => boolean;
  connections: number;
  /** How long is measured, after the warm-up. */
  seconds: number;
  warmupSeconds: number;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds from sending a request to the end of its response. */
  p50: number;
  p99: number;
  /** Failed connections, timeouts, statuses other than 2xx and unexpected bodies, the warm-up included. */
  errors: number;
  /** All responses that came, the warm-up included. */
  responses: number;
}

const contentType = { 'content-type': 'application/json' };

/** Keeps each of `connections` kept-alive connections busy with one request at a time. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { connections, seconds, warmupSeconds } = options;
  const durations: number[] = [];
  let errors = 0;
  let responses = 0;
  let succeeded = false;
  let connection = 0;
  const from = performance.now() + warmupSeconds * 1000;
  const until = from + seconds * 1000;

  const run = autocannon({
    url: options.url,
    method: 'POST',
    headers: contentType,
    connections,
    // It ends a little later than this, so the measured time is full of load.
    duration: Math.ceil(warmupSeconds + seconds),
    setupClient: (client) => {
      const id = connection++;
      let n = 0;
      let sent = options.body(id, n);
      client.setHeadersAndBody({ ...contentType, ...options.headers(id) }, sent);
      client.on('response', (status: number, _bytes: number, duration: number) => {
        responses++;
        const now = performance.now();
        if (now >= from && now < until) durations.push(duration);
        succeeded = status >= 200 && status < 300;
        if (!succeeded) errors++;
        const next = options.body(id, ++n);
        if (next !== sent) client.setBody(next);
        sent = next;
      });
    },
    // Runs in the same tick as the `response` event above, so `succeeded` speaks of this response.
    verifyBody: (body) => {
      if (succeeded && !options.expects(body)) errors++;
      return true;
    },
  });
  run.on('reqError', () => errors++);
  await run;

  durations.sort((a, b) => a - b);
  const percentile = (share: number): number => durations[Math.floor(share * (durations.length - 1))] ?? Number.NaN;
  return { perSecond: durations.length / seconds, p50: percentile(0.5), p99: percentile(0.99), errors, responses };
}
