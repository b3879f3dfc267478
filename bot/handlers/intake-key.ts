import { createHash, randomBytes } from 'node:crypto';

/** A key for a source of the HTTP intake: 256 random bits. */
export function newIntakeKey(): string {
  return randomBytes(32).toString('base64url');
}

/** How the region file names a key. The key is random, so a plain hash tells nothing about it. */
export function hashOfKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
