import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the product's own data, so that what is durable there is durable here; a memory disk would flatter it. */
const parent = join(import.meta.dirname, '../.data');

/** A folder for the data of one run; a million cases need 5 GB. It goes with Ctrl-C too. */
export function scratchFolder(): { path: string; remove(): void } {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const path = mkdtempSync(join(parent, 'bench-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('SIGINT', () => {
    remove();
    process.exit(130);
  });
  return { path, remove };
}
