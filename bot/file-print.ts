import { createHash } from 'node:crypto';
import { AppError } from '../src/shared/errors.ts';
import type { FilePrint } from './handlers/agenda-pages.ts';

/** Milliseconds from the request to the last byte. */
const readWithin = 10_000;
/** Megabytes of a file. */
const largest = 50;
const bytesOfMegabyte = 1024 * 1024;

/**
 * Reads files where Teams keeps them, and nowhere else: the address comes with a message, so it could lead into our own
 * network. Nothing of a file is held for longer than it takes to count it in.
 * @param loopback whether files of this machine are read as well, as in local mode
 */
export function createFilePrint({ loopback, within = readWithin }: { loopback: boolean; within?: number }): FilePrint {
  return async (address) => {
    const url = URL.parse(address);
    if (!url || !(isSharePoint(url) || (loopback && isThisMachine(url)))) throw new AppError('file.wrongHost');
    try {
      // Compressed, it could be larger than it comes.
      const headers = { 'accept-encoding': 'identity' };
      const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(within) });
      if (!response.ok) {
        await response.body?.cancel();
        throw new AppError('file.unreadable');
      }
      return await printOf(response.body);
    } catch (cause) {
      throw cause instanceof AppError ? cause : new AppError('file.unreadable', {}, { cause });
    }
  };
}

async function printOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const chunk of body ?? []) {
    read += chunk.length;
    // Leaving the loop ends the request.
    if (read > largest * bytesOfMegabyte) throw new AppError('file.tooLarge', { limit: largest });
    hash.update(chunk);
  }
  if (read === 0) throw new AppError('file.unreadable');
  return hash.digest('hex');
}

/** OneDrive lies there too, as `<tenant>-my`. */
function isSharePoint({ protocol, hostname, port, username, password }: URL): boolean {
  const isPlain = port === '' && username === '' && password === '';
  return protocol === 'https:' && isPlain && /^[a-z0-9-]+\.sharepoint\.com$/.test(hostname);
}

function isThisMachine({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
