import type { IncomingMessage } from 'node:http';

export type Body = { ok: true; text: string } | { ok: false; reason: 'tooLarge' | 'aborted' | 'busy' };

/** Bytes of unfinished bodies that the whole process holds at most: a thousand slow senders cannot fill its memory. */
const heldAtMost = 32 * 1024 * 1024;
let held = 0;

/** The body as text. Beyond `limit` bytes nothing is kept; the rest is let through to nowhere, so the answer arrives. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (body: Body): void => {
      held -= size;
      size = 0;
      chunks.length = 0;
      request.removeListener('data', take).resume();
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      held += chunk.length;
      chunks.push(chunk);
      if (size > limit) settle({ ok: false, reason: 'tooLarge' });
      else if (held > heldAtMost) settle({ ok: false, reason: 'busy' });
    };
    request.once('end', () => settle({ ok: true, text: Buffer.concat(chunks).toString('utf8') }));
    request.once('close', () => settle({ ok: false, reason: 'aborted' }));
    request.once('error', () => settle({ ok: false, reason: 'aborted' }));
    if (Number(request.headers['content-length'] ?? 0) > limit) settle({ ok: false, reason: 'tooLarge' });
    else request.on('data', take);
  });
}
