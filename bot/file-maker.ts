import { Worker } from 'node:worker_threads';
import type { Draft } from '../src/documents/model.ts';

/** Milliseconds; the largest list takes about two seconds. */
const makeWithin = 20_000;
/** MB, of the heap of one file. */
const mostMemory = 128;

/**
 * Makes files apart from what answers presses: a large one takes seconds, and its libraries more memory than the bot. It
 * gets what it is made of and nothing else, no setting and no key. Rejects when that fails, or when the bot stops.
 */
export function createFileMaker(stopping: AbortSignal) {
  return (draft: Draft): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
        workerData: draft,
        env: {},
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: mostMemory },
      });
      const end = (): void => void worker.terminate();
      const timer = setTimeout(end, makeWithin);
      stopping.addEventListener('abort', end);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(timer);
        stopping.removeEventListener('abort', end);
        // Nothing any more once there is a file.
        reject(new Error('The file was not made'));
      });
    });
}
