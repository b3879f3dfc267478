import { setImmediate as macrotask } from 'node:timers/promises';

/** Something in this process waits for the disk, as a store does before it says that something is kept. */
export function diskIsUnderWay(): boolean {
  return process.getActiveResourcesInfo().includes('FSReqCallback');
}

/** Lets others go on once; and for as long as somebody waits for the disk. */
export async function turn(): Promise<void> {
  do await macrotask();
  while (diskIsUnderWay());
}
