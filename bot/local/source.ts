import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferralSource } from '../../src/referrals/settings.ts';
import { hashOfKey, newIntakeKey } from '../handlers/intake-key.ts';

/** In local mode the HTTP intake has one source, whose key lies in a file of the data folder, readable by its owner. */
export function localSource(dataFolder: string): ReferralSource {
  const file = join(dataFolder, 'intake-key');
  if (!existsSync(file)) writeFileSync(file, newIntakeKey(), { mode: 0o600 });
  // Others may have been let in by a copy or a restored backup.
  chmodSync(file, 0o600);
  const key = readFileSync(file, 'utf8').trim();
  return { name: 'local', source: null, keyHash: hashOfKey(key), perMinute: 30 };
}
