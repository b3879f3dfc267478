import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferralSource } from '../../src/directory/input.ts';

/** In local mode the HTTP intake has one source, whose key lies in a file of the data folder, readable by its owner. */
export function localSource(dataFolder: string): ReferralSource {
  const file = join(dataFolder, 'intake-key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  const key = readFileSync(file, 'utf8').trim();
  return { name: 'local', source: 'school', keyHash: hashOfKey(key), perMinute: 30 };
}

/** How the region file names a key: the key is random, so a plain hash tells nothing about it. */
export function hashOfKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
