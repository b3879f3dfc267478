import { pino } from 'pino';
import { type Clock, timeLeft } from '../src/shared/clock.ts';
import { correlation } from './correlation.ts';

/**
 * JSON lines about what happens, never about whom: no text of a message, no name, no body of a request. An error is
 * logged by its name, code and stack; its message may quote what somebody typed. What a request causes carries its id.
 */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: ofRequest });
}

/** For what restify has to say of those who use it: nothing of a request. */
export const libraryLog: object = pino({ level: 'warn', base: null, timestamp: pino.stdTimeFunctions.isoTime });

function ofRequest(): object {
  const id = correlation();
  return id ? { correlation: id } : {};
}

/** What may be said of an error: its kind and where it came from. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { name, stack, cause } = error;
  const code: unknown = Reflect.get(error, 'code');
  return {
    kind: name,
    ...(typeof code === 'string' && { code }),
    at: stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(cause !== undefined && { cause: describeError(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(describeError) }),
  };
}

/** Milliseconds between two lines about the same thing. */
const quietFor = 60_000;

/**
 * Whoever can reach the bot can cause some lines, so at most one a minute is written: it says what happened, and how
 * often the like was kept silent since the line before.
 */
export function onceAWhile<T>(clock: Pick<Clock, 'now'>, write: (what: T, unsaid: number) => void): (what: T) => void {
  let lastAt: number | null = null;
  let unsaid = 0;
  return (what) => {
    const now = clock.now();
    if (lastAt !== null && timeLeft(lastAt, quietFor, now) > 0) {
      unsaid += 1;
      return;
    }
    write(what, unsaid);
    lastAt = now.epochMilliseconds;
    unsaid = 0;
  };
}
