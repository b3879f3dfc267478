import { parentPort, workerData } from 'node:worker_threads';
import type { Draft } from '../src/documents/model.ts';
import { write } from '../src/documents/write.ts';

/** Makes one file, in a thread of its own, and ends: with it goes all that the libraries have loaded. */
const draft: Draft = workerData;
parentPort?.postMessage(await write(draft));
