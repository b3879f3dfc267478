import type { IncomingMessage } from 'node:http';

export type Body = { ok: true; text: string } | { ok: false; reason: BodyProblem };
export type BodyProblem = 'tooLarge' | 'aborted' | 'late' | 'busy' | 'notText';

/** Reads request bodies as text. */
export type BodyReader = (request: IncomingMessage) => Promise<Body>;

/**
 * A reader of one route. Beyond `limit` bytes nothing of a body is kept; the rest is let through to nowhere, so the
 * answer arrives. All unfinished bodies together hold `heldAtMost` bytes: when they are more, the oldest has to go, so
 * slow senders keep nobody out. Whoever has not sent all of it `within` so many milliseconds is too late.
 */
export function createBodyReader(options: { limit: number; heldAtMost: number; within: number }): BodyReader {
  const { limit, heldAtMost, within } = options;
  /** The oldest is first. */
  const unfinished = new Set<Unfinished>();
  let held = 0;
  let watching = false;

  /** One timer for all of them: hardly a body is ever late, and each would set and clear one of its own. */
  function watch(): void {
    const [oldest] = unfinished;
    watching = oldest !== undefined;
    if (!oldest) return;
    const giveUp = (): void => {
      const now = performance.now();
      for (const { until, fail } of unfinished) if (until <= now) fail('late');
      watch();
    };
    // Whoever still sends keeps the process running; the timer alone does not.
    setTimeout(giveUp, oldest.until - performance.now()).unref();
  }

  return (request) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (body: Body): void => {
        unfinished.delete(mine);
        held -= size;
        resolve(body);
      };
      const fail = (reason: BodyProblem): void => {
        if (!unfinished.has(mine)) return;
        settle({ ok: false, reason });
        chunks.length = 0;
        request.removeListener('data', take).resume();
      };
      const mine: Unfinished = { until: performance.now() + within, fail };
      const take = (chunk: Buffer): void => {
        size += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        if (size > limit) fail('tooLarge');
        while (held > heldAtMost) unfinished.values().next().value?.fail('busy');
      };
      request.on('end', () => {
        if (unfinished.has(mine)) settle(toText(chunks));
      });
      // Follows an error as well, which Node tells of nobody when nobody listens for it.
      request.on('close', () => fail('aborted'));
      unfinished.add(mine);
      if (!watching) watch();
      if (Number(request.headers['content-length'] ?? 0) > limit) fail('tooLarge');
      else request.on('data', take);
    });
}

interface Unfinished {
  /** On the clock of `performance.now`. */
  until: number;
  /** Nothing to one that is finished. */
  fail(reason: BodyProblem): void;
}

/** A name in another encoding would be stored with its letters lost, so it is refused instead. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function toText(chunks: readonly Buffer[]): Body {
  try {
    const [only] = chunks;
    return { ok: true, text: utf8.decode(only && chunks.length === 1 ? only : Buffer.concat(chunks)) };
  } catch {
    // Not UTF-8: the caller hears so.
    return { ok: false, reason: 'notText' };
  }
}
