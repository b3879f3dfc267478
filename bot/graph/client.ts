import {
  Client,
  type Context,
  GraphError,
  HTTPMessageHandler,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { type Clock, timeLeft } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';

/** One request to Microsoft Graph; the path may hold a query. Errors: {@link Refused}, and `outlook.unavailable`. */
export type Ask = (method: 'get' | 'post' | 'patch', path: string, body?: object) => Promise<unknown>;

/** What Graph will not do however often it is asked. */
export class Refused extends Error {
  readonly status: number;
  /** Graph's own word for it, such as `ErrorAccessDenied`. */
  readonly code: string;

  constructor({ statusCode, code }: Pick<GraphError, 'statusCode' | 'code'>) {
    // Neither message nor body of Graph's error is kept: they may hold addresses.
    super('Microsoft Graph has refused it');
    this.name = 'Refused';
    this.status = statusCode;
    this.code = code ?? '';
  }
}

/** What signs in, as `@azure/identity` has it. */
export interface Credential {
  getToken(scope: string): Promise<{ token: string } | null>;
}

const scope = 'https://graph.microsoft.com/.default';
/** Milliseconds that one answer may take. */
const answerWithin = 15_000;
/** Statuses that say nothing of the request itself: too much at once, not signed in yet, somebody else wrote, or a fault. */
const passing = new Set([401, 408, 409, 412, 423, 425, 429]);
/** Milliseconds for which Graph is left alone when it asks for less and does not say how long. */
const pause = 10_000;

/**
 * Graph's client without its own tries: what failed is tried again by the courier, after pauses that survive a restart.
 * When Graph says how long to wait, nothing is asked of it before that.
 */
export function createAsk(parts: { api: string; credential: Credential; clock: Pick<Clock, 'now'> }): Ask {
  const { api, credential, clock } = parts;
  const client = Client.initWithMiddleware({ baseUrl: `${api}/`, middleware: signedIn(credential) });
  let closed: { since: number; for: number } | null = null;

  function heed({ headers, statusCode }: GraphError): void {
    if (statusCode !== 429 && statusCode !== 503 && statusCode !== 504) return;
    const seconds = Number(headers?.get('retry-after'));
    closed = {
      since: clock.now().epochMilliseconds,
      for: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : pause,
    };
  }

  return async (method, path, body) => {
    if (closed && timeLeft(closed.since, closed.for, clock.now()) > 0) throw new AppError('outlook.unavailable');
    try {
      const request = client.api(path).header('Prefer', 'IdType="ImmutableId"');
      return await (method === 'get' ? request.get() : request[method](body ?? {}));
    } catch (cause) {
      if (!(cause instanceof GraphError)) throw new AppError('outlook.unavailable', {}, { cause });
      heed(cause);
      // -1: there was no answer.
      const isFinal = cause.statusCode >= 400 && cause.statusCode < 500 && !passing.has(cause.statusCode);
      const refused = new Refused(cause);
      if (isFinal || refused.code === duplicate) throw refused;
      throw new AppError('outlook.unavailable', {}, { cause: refused });
    }
  };
}

/** Something else was made under the same `transactionId`. */
export const duplicate = 'ErrorDuplicateTransactionId';

function signedIn(credential: Credential): Middleware {
  const next = new HTTPMessageHandler();
  return {
    async execute(context: Context) {
      const token = await credential.getToken(scope);
      if (!token) throw new Error('No token for Microsoft Graph');
      context.options = {
        ...context.options,
        headers: { ...context.options?.headers, Authorization: `Bearer ${token.token}` },
        signal: AbortSignal.timeout(answerWithin),
      };
      await next.execute(context);
    },
  };
}
