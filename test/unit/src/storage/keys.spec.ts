import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadOrCreateKeyFile, parseKeyRing } from '../../../../src/storage/keys.ts';

const key = (): string => randomBytes(32).toString('base64');

describe('keys: the ring', () => {
  it('takes the first key as the current one and the last as the oldest', () => {
    const [one, two, three] = [key(), key(), key()];
    const ring = parseKeyRing(` 2026b:${one}, 2026a:${two},2025:${three}\n`);
    expect(ring.all.map(({ kid }) => kid)).to.deep.equal(['2026b', '2026a', '2025']);
    expect(ring.current.key.toString('base64')).to.equal(one);
    expect(ring.oldest.key.toString('base64')).to.equal(three);
  });

  it('names every problem at once and repeats no key', () => {
    const [good, short] = [key(), randomBytes(16).toString('base64')];
    const text = `a:${good},b:${short},nonsense,a:${key()},d:${good},e e:${key()}`;
    let message = '';
    try {
      parseKeyRing(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).to.match(/key 2 is not.*key 3 is not.*key 4 has the kid.*, a.*key 5 repeats.*key 6 is not/s);
    for (const secret of [good, short]) expect(message).to.not.contain(secret);
  });

  it('refuses an empty list, and a key that is a spelling nobody meant', () => {
    const bytes = Buffer.alloc(32, 1);
    const loose = bytes.toString('base64').replace(/E=$/, 'F=');
    expect(Buffer.from(loose, 'base64').equals(bytes), 'decodes to the same bytes').to.equal(true);
    for (const text of ['', ' ', ',', 'a:', `:${key()}`, `a:${loose}`, `a:${key()},`, `a:${'A'.repeat(64)}`]) {
      expect(() => parseKeyRing(text), text).to.throw(/data keys are unusable/);
    }
  });
});

describe('keys: the file of local mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-keys-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is made at the first start, for its owner only, and gives the same key ever after', () => {
    const path = join(folder, 'new', 'data.key');
    const first = loadOrCreateKeyFile(path);
    expect((statSync(path).mode & 0o777).toString(8)).to.equal('600');
    expect((statSync(join(folder, 'new')).mode & 0o777).toString(8)).to.equal('700');
    expect(readdirSync(join(folder, 'new')), 'nothing left behind').to.deep.equal(['data.key']);
    expect(loadOrCreateKeyFile(path).current.key.equals(first.current.key)).to.equal(true);
    expect(loadOrCreateKeyFile(join(folder, 'other.key')).current.key.equals(first.current.key)).to.equal(false);
  });

  it('is refused while group or others can read it', () => {
    const path = join(folder, 'open.key');
    loadOrCreateKeyFile(path);
    for (const mode of [0o640, 0o604, 0o644]) {
      chmodSync(path, mode);
      expect(() => loadOrCreateKeyFile(path), mode.toString(8)).to.throw(/chmod 600/);
    }
  });

  it('is an error when it is broken, and stays as it is', () => {
    for (const content of ['', 'local:', 'half a k']) {
      const path = join(folder, `broken-${content.length}.key`);
      writeFileSync(path, content, { mode: 0o600 });
      expect(() => loadOrCreateKeyFile(path)).to.throw(/restore it/);
      expect(readFileSync(path, 'utf8')).to.equal(content);
    }
  });
});
