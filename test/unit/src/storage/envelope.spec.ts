import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { isAppError } from '../../../../src/shared/errors.ts';
import type { Envelope } from '../../../../src/shared/sealed.ts';
import { createSealer, type Sealer, shortened } from '../../../../src/storage/envelope.ts';
import { type KeyRing, parseKeyRing } from '../../../../src/storage/keys.ts';

const entry = (kid: string): string => `${kid}:${randomBytes(32).toString('base64')}`;
const [oldEntry, newEntry] = [entry('old'), entry('new')];
const ring = (...entries: string[]): KeyRing => parseKeyRing(entries.join(','));
const context = 'nordvik|referral|LOJ-2026-0042|identity';

function isUnreadable(sealer: Sealer, envelope: Envelope, where: string): boolean {
  try {
    sealer.open(envelope, where);
    return false;
  } catch (error) {
    return isAppError(error, 'sealed.unreadable');
  }
}

/** The bytes of a base64url text with one bit turned, as base64url again. */
function flip(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const at = bit % (bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
  return bytes.toString('base64url');
}

describe('envelope: sealing', () => {
  const sealer = createSealer(ring(oldEntry));

  it('gives back any JSON value, after a way through JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, where) => {
        const envelope: Envelope = JSON.parse(JSON.stringify(sealer.seal(value, where)));
        expect(sealer.open(envelope, where)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not open when any single bit of it is turned', () => {
    const part = fc.constantFrom('iv' as const, 'tag' as const, 'ct' as const);
    fc.assert(
      fc.property(fc.jsonValue(), part, fc.nat(), (value, name, bit) => {
        const envelope = sealer.seal(value, context);
        return isUnreadable(sealer, { ...envelope, [name]: flip(envelope[name], bit) }, context);
      }),
    );
  });

  it('does not open when any character of it is another, even one for the same bytes', () => {
    const envelope = sealer.seal({ name: 'Testi Esimerkki' }, context);
    for (const name of ['kid', 'iv', 'tag', 'ct'] as const) {
      const text = envelope[name];
      for (const other of ['A', 'B', 'x', '_', '=']) {
        if (!text.endsWith(other)) {
          expect(isUnreadable(sealer, { ...envelope, [name]: text.slice(0, -1) + other }, context)).to.equal(true);
        }
        expect(isUnreadable(sealer, { ...envelope, [name]: text + other }, context)).to.equal(true);
      }
    }
    expect(isUnreadable(sealer, { ...envelope, tag: envelope.tag.slice(0, 16) }, context), 'short tag').to.equal(true);
  });

  it('does not open in any other context', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (here, there) => {
        fc.pre(here !== there);
        return isUnreadable(sealer, sealer.seal('x', here), there);
      }),
    );
  });

  it('is unreadable, and no crash, whatever is stored in its place', () => {
    for (const stored of ['null', '{}', '[]', '"text"', '{"v":1,"kid":"old","iv":1,"tag":null,"ct":{}}']) {
      const envelope: Envelope = JSON.parse(stored);
      expect(isUnreadable(sealer, envelope, context), stored).to.equal(true);
    }
  });

  it('refuses what is not JSON instead of sealing nothing', () => {
    expect(() => sealer.seal(undefined, context)).to.throw(TypeError);
  });

  it('never seals the same value to the same text twice', () => {
    const sealed = Array.from({ length: 100 }, () => sealer.seal('x', context));
    expect(new Set(sealed.map(({ iv }) => iv)).size).to.equal(100);
    expect(new Set(sealed.map(({ ct }) => ct)).size).to.equal(100);
  });

  it('shows by its length only how many blocks of 256 bytes the value fills', () => {
    const bytes = (value: unknown): number => Buffer.from(sealer.seal(value, context).ct, 'base64url').length;
    expect(bytes('')).to.equal(256);
    expect(bytes('x'.repeat(254))).to.equal(256);
    expect(bytes('x'.repeat(255))).to.equal(512);
    expect(bytes('å'.repeat(1000))).to.equal(2048);
  });

  it('shows nothing of the value', () => {
    expect(JSON.stringify(sealer.seal({ name: 'Testi Esimerkki' }, context))).to.not.match(/Testi|name|VGVzdGk/);
  });
});

describe('envelope: changing keys', () => {
  const before = createSealer(ring(oldEntry));
  const after = createSealer(ring(newEntry, oldEntry));

  it('still opens what the old key sealed, and seals with the new one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const sealed = before.seal(value, context);
        expect(sealed.kid).to.equal('old');
        expect(after.open(sealed, context)).to.deep.equal(before.open(sealed, context));
        expect(after.seal(value, context).kid).to.equal('new');
      }),
    );
  });

  it('does not open with a ring that lacks the key, nor with another key of the same name', () => {
    const sealed = after.seal('x', context);
    expect(isUnreadable(before, sealed, context)).to.equal(true);
    expect(isUnreadable(createSealer(ring(entry('new'), oldEntry)), sealed, context)).to.equal(true);
    expect(isUnreadable(after, { ...sealed, kid: 'old' }, context)).to.equal(true);
  });

  it('keeps fingerprints, and old authentication codes valid', () => {
    expect(after.fingerprint('value', 'referral')).to.equal(before.fingerprint('value', 'referral'));
    expect(after.fingerprint('entry', 'use')).to.equal(before.fingerprint('entry', 'use'));
  });
});

describe('envelope: proving', () => {
  const sealer = createSealer(ring(oldEntry));

  it('gives the same fingerprint only for the same value and purpose', () => {
    const pair = fc.tuple(fc.string(), fc.string());
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const same = one[0] === other[0] && one[1] === other[1];
        expect(sealer.fingerprint(...one) === sealer.fingerprint(...other)).to.equal(same);
        expect(sealer.fingerprint(...one)).to.equal(sealer.fingerprint(...one));
      }),
    );
    expect(sealer.fingerprint('bc', 'a'), 'the border between the two').to.not.equal(sealer.fingerprint('c', 'ab'));
    expect(createSealer(ring(newEntry)).fingerprint('a', 'b')).to.not.equal(sealer.fingerprint('a', 'b'));
  });

  it('makes a fingerprint as HMAC-SHA-256 does, whatever the text and however long', () => {
    const [oldest] = ring(oldEntry).all;
    const key = Buffer.from(hkdfSync('sha256', oldest?.key ?? '', '', 'ankarbot fingerprint v1', 32));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 5_000 }), (value) => {
        const text = JSON.stringify(['audit', value]);
        const expected = createHmac('sha256', key).update(text).digest('base64url');
        expect(sealer.fingerprint(value, 'audit')).to.equal(expected);
      }),
    );
  });

  it('shortens a fingerprint to its first 128 bits', () => {
    const fingerprint = sealer.fingerprint('value', 'audit');
    expect(shortened(fingerprint)).to.equal(fingerprint.slice(0, 22));
  });
});
