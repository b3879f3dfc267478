import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { AppError } from '../shared/errors.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { DataKey, KeyRing } from './keys.ts';

/**
 * What protects identity and free text before they reach any store (AES-256-GCM), and what recognises a text without
 * telling it (HMAC-SHA-256). Every use has a key of its own, derived from the ring's.
 */
export interface Sealer {
  /**
   * Seals a JSON value with the current key. `context` says where it belongs (`tenant|kind|id|field`) and is needed to
   * open it, so that an envelope moved to another document does not open. The length tells only the next 256 bytes.
   */
  seal(value: unknown, context: string): Envelope;
  /** Throws `sealed.unreadable` for another context, changed bytes or a key that is not in the ring. */
  open<T = unknown>(envelope: Envelope, context: string): T;
  /** The same text for the same value and purpose, whatever the current key is; tells nothing without the keys. */
  fingerprint(value: string, purpose: string): string;
}

interface Keys {
  kid: string;
  seal: KeyObject;
  /** In base64url. */
  fingerprint: (text: string) => string;
}

const algorithm = 'aes-256-gcm';
const block = 256;

export function createSealer(ring: KeyRing): Sealer {
  const keys = new Map(ring.all.map((key) => [key.kid, derive(key)]));
  const current = derive(ring.current);
  const oldest = derive(ring.oldest);

  return {
    seal(value, context) {
      const text = JSON.stringify(value);
      if (text === undefined) throw new TypeError('Only a JSON value can be sealed');
      // 96 random bits: safe for about four billion envelopes with one key (NIST SP 800-38D, 8.3).
      const iv = randomBytes(12);
      const cipher = createCipheriv(algorithm, current.seal, iv, { authTagLength: 16 });
      cipher.setAAD(bind(current.kid, context));
      const ct = Buffer.concat([cipher.update(pad(text)), cipher.final()]);
      return { v: 1, kid: current.kid, iv: encode(iv), tag: encode(cipher.getAuthTag()), ct: encode(ct) };
    },

    open(envelope, context) {
      try {
        const key = keys.get(envelope.kid);
        if (!key || envelope.v !== 1) throw new Error('Unknown key or version');
        const decipher = createDecipheriv(algorithm, key.seal, decode(envelope.iv, 12), { authTagLength: 16 });
        decipher.setAAD(bind(envelope.kid, context)).setAuthTag(decode(envelope.tag, 16));
        const text = Buffer.concat([decipher.update(decode(envelope.ct)), decipher.final()]).toString();
        return JSON.parse(text);
      } catch (cause) {
        throw new AppError('sealed.unreadable', {}, { cause });
      }
    },

    fingerprint: (value, purpose) => oldest.fingerprint(JSON.stringify([purpose, value])),
  };
}

/** 128 bits in base64url: nobody finds a second text for one. */
const shortLength = 22;

/**
 * A fingerprint for what is stored many times over. Copied, because V8 keeps what is cut out of a text as a view of it, and
 * takes three times as long to write a document as JSON that holds a single such view.
 */
export function shortened(fingerprint: string): string {
  return Buffer.from(fingerprint).toString('latin1', 0, shortLength);
}

function derive({ kid, key }: DataKey): Keys {
  const use = (name: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `ankarbot ${name} v1`, 32));
  return { kid, seal: createSecretKey(use('seal')), fingerprint: hmac(use('fingerprint')) };
}

/** A kid holds no `|`, so no two pairs give the same bytes. */
function bind(kid: string, context: string): Buffer {
  return Buffer.from(`1|${kid}|${context}`);
}

/** JSON may end in spaces, so the padding needs no length of its own and no removal. */
function pad(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block, ' ')]);
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function decode(text: string, length?: number): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (encode(bytes) !== text || (length !== undefined && bytes.length !== length)) {
    throw new Error('Not the base64url of the expected length');
  }
  return bytes;
}

/**
 * HMAC-SHA-256 of texts, in base64url, as RFC 2104 makes it out of two hashes. Every change is chained with one, and
 * `createHmac` makes an object for each that the collector has to finish: three times as slow.
 */
function hmac(key: Buffer): (text: string) => string {
  const pad = (byte: number, more: number): Buffer => {
    const padded = Buffer.alloc(hashBlock + more);
    padded.set(key);
    for (let at = 0; at < hashBlock; at += 1) padded[at] = (padded[at] ?? 0) ^ byte;
    return padded;
  };
  const inner = pad(0x36, 0);
  const outer = pad(0x5c, hashLength);
  return (text) => {
    const bytes = Buffer.allocUnsafe(hashBlock + Buffer.byteLength(text));
    bytes.set(inner);
    bytes.write(text, hashBlock);
    outer.write(hash('sha256', bytes, 'latin1'), hashBlock, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}

/** Of SHA-256, in bytes; our keys are no longer than a block. */
const hashBlock = 64;
const hashLength = 32;
