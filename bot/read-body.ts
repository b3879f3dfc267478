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
  /** Ends an unfinished body; the oldest is first. */
  const unfinished = new Set<() => void>();
  let held = 0;

  return (request) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (body: Body): void => {
        clearTimeout(timer);
        unfinished.delete(giveWay);
        held -= size;
        size = 0;
        chunks.length = 0;
        request.removeListener('data', take).resume();
        resolve(body);
      };
      const fail = (reason: BodyProblem): void => settle({ ok: false, reason });
      const giveWay = (): void => fail('busy');
      const timer = setTimeout(() => fail('late'), within);
      const take = (chunk: Buffer): void => {
        size += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        if (size > limit) fail('tooLarge');
        while (held > heldAtMost) unfinished.values().next().value?.();
      };
      request.on('end', () => settle(toText(chunks)));
      request.on('close', () => fail('aborted'));
      request.on('error', () => fail('aborted'));
      unfinished.add(giveWay);
      if (Number(request.headers['content-length'] ?? 0) > limit) fail('tooLarge');
      else request.on('data', take);
    });
}

/** A name in another encoding would be stored with its letters lost, so it is refused instead. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function toText(chunks: readonly Buffer[]): Body {
  try {
    return { ok: true, text: utf8.decode(Buffer.concat(chunks)) };
  } catch {
    // Not UTF-8: the caller hears so.
    return { ok: false, reason: 'notText' };
  }
}
