import { z } from 'zod';
import { AppError } from '../../src/shared/errors.ts';

/** What the connector throws when Teams answers with an error. */
const restError = z.looseObject({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  response: z
    .looseObject({ headers: z.custom<{ get(name: string): string | undefined | null }>().optional() })
    .optional(),
});

/** Worth another try later, as Microsoft advises for bots, besides 429 and no answer at all. */
const transient = new Set([408, 412, 500, 502, 503, 504]);
const gone = new Set([403, 404]);

/** The connector's error in the words of {@link ChatSender}. */
export function toChatError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { statusCode, response } = restError.safeParse(error).data ?? {};
  const options = { cause: error };
  if (statusCode === 429) {
    return new AppError('chat.throttled', { retryAfter: retryAfter(response?.headers?.get('retry-after')) }, options);
  }
  if (statusCode === undefined || transient.has(statusCode)) return new AppError('chat.unavailable', {}, options);
  if (gone.has(statusCode)) return new AppError('chat.gone', { status: statusCode }, options);
  return new AppError('chat.rejected', { status: statusCode }, options);
}

/** Seconds or an HTTP date → milliseconds; 0 when absent or unreadable. */
function retryAfter(header: string | null | undefined): number {
  if (!header) return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}
