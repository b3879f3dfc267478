import { Worker } from 'node:worker_threads';
import type { Draft } from '../src/documents/model.ts';

/** Milliseconds; the largest list takes about two seconds. */
const makeWithin = 20_000;
/** MB, of the heap of one file. */
const mostMemory = 128;

/** See {@link createFileMaker}. */
export const makeFile = createFileMaker(new URL('./file-worker.ts', import.meta.url), makeWithin);

/**
 * The file, made apart from what answers presses: a large one takes seconds, and its libraries more memory than the bot.
 * It gets what it is made of and nothing else, no setting and no key. Rejects when there is no file `within` milliseconds.
 */
export function createFileMaker(script: URL, within: number): (draft: Draft) => Promise<Uint8Array> {
  return (draft) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, {
        workerData: draft,
        env: {},
        execArgv: [],
        resourceLimits: { maxOldGenerationSizeMb: mostMemory },
      });
      const timer = setTimeout(() => void worker.terminate(), within);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        clearTimeout(timer);
        // Nothing any more once there is a file.
        reject(new Error('The file was not made'));
      });
    });
}
