/**
 * A process to be killed: twenty writers change a document each, without end, and print `<id> <number>` for every write
 * that was acknowledged. Run with the file of the store as its only argument.
 */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';

const store = openSqliteStore(process.argv[2] ?? '');

async function write(id: string): Promise<void> {
  const document = { partition: 'p', id, kind: 'k', status: null, owner: null, at: null, wakeAt: null };
  let version = await store.create({ ...document, data: 0 });
  for (let number = 1; ; number += 1) {
    version = await store.replace({ ...document, data: number }, version);
    writeSync(1, `${id} ${number}\n`);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, writer) => write(`writer-${writer}`)));
