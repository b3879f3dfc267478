import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../shared/errors.ts';

export interface DataKey {
  /** Stands in every envelope, so that it can be opened after the ring has got a newer key. */
  kid: string;
  /** 32 bytes. */
  key: Buffer;
}

/**
 * The keys that sealed data is protected with. To rotate, put a new key first and keep the others for as long as anything
 * sealed with them is stored. The last key is the oldest: fingerprints are made with it, so dropping it makes new
 * fingerprints differ from those that are stored.
 */
export interface KeyRing {
  current: DataKey;
  oldest: DataKey;
  /** All of them, current and oldest included. */
  all: readonly DataKey[];
}

const entryPattern = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `kid:base64key[,kid:base64key …]`, the current key first, as DATA_KEYS and the key file have it. A kid is 1–32
 * letters, digits, `-` or `_`; a key is 32 bytes. Throws one Error that names every problem and repeats no key.
 */
export function parseKeyRing(text: string): KeyRing {
  const problems: string[] = [];
  const all: DataKey[] = [];
  for (const [index, entry] of text.trim().split(',').entries()) {
    const [, kid, encoded] = entryPattern.exec(entry.trim()) ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    // Encoded anew, since base64 has several spellings for the same bytes and only one of them was meant.
    if (kid === undefined || key.length !== 32 || key.toString('base64') !== encoded) {
      problems.push(`key ${index + 1} is not "kid:key" with a key of 32 bytes in base64 (openssl rand -base64 32)`);
      continue;
    }
    if (all.some((other) => other.kid === kid)) problems.push(`key ${index + 1} has the kid of an earlier one, ${kid}`);
    if (all.some((other) => other.key.equals(key))) problems.push(`key ${index + 1} repeats an earlier key`);
    all.push({ kid, key });
  }
  const [current] = all;
  const oldest = all.at(-1);
  if (problems.length > 0 || !current || !oldest) throw new Error(`The data keys are unusable: ${problems.join('; ')}`);
  return { current, oldest, all };
}

/**
 * The key ring of local mode, in a file that only its owner can read; made with one random key at the first start.
 * Throws when others could read the file or when its content is no key ring; such a file is never overwritten, because
 * what was sealed with its keys would be lost.
 */
export function loadOrCreateKeyFile(path: string): KeyRing {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!statSync(path, { throwIfNoEntry: false })) createKeyFile(path);
  return loadKeyFile(path);
}

/** The same where a new key would be of no use. Throws `sealed.noKeys` (`file`) when there is no file. */
export function loadKeyFile(path: string): KeyRing {
  if (!statSync(path, { throwIfNoEntry: false })) throw new AppError('sealed.noKeys', { file: path });
  // Windows keeps no such bits; there the folder's own rights protect the file.
  const mode = statSync(path).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by others (mode ${mode.toString(8)}): run chmod 600 on it`);
  }
  try {
    return parseKeyRing(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is not a key file: restore it from a copy, data sealed with its keys is lost without it`, {
      cause,
    });
  }
}

/** Whole or not at all: written beside its place, then linked there, which fails when another process was first. */
function createKeyFile(path: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `local:${randomBytes(32).toString('base64')}\n`);
    fsyncSync(file);
    linkSync(draft, path);
    syncFolder(dirname(path));
  } catch (error) {
    const lostTheRace = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!lostTheRace) throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
}

/** Makes the new name itself survive a power failure. Windows cannot open a folder, and does so by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
