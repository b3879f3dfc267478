import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createFilePasses, type FilePass } from '../../../../src/documents/file-pass.ts';
import { passMinutes } from '../../../../src/shared/sealed.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import { exampleDirectory, lojo, monday, people } from '../../../support/builders.ts';

const key = (kid: string): string => `${kid}:${randomBytes(32).toString('base64')}`;
const k1 = key('k1');
const pass: FilePass = {
  tenant: exampleDirectory().tenant,
  person: people.petri,
  language: 'sv',
  list: { body: lojo, id: 'startup' },
  format: 'pdf',
};

function passesAt(now = monday, keys = k1) {
  return createFilePasses(createSealer(parseKeyRing(keys)), { now: () => now });
}

describe('the pass in a link to a file', () => {
  const token = passesAt().issue(pass);
  const unknown = { ok: false, why: 'unknown' };

  it('is good for a quarter of an hour, and then no more', () => {
    const last = monday.add({ minutes: passMinutes }).subtract({ milliseconds: 1 });
    expect(passesAt(last).open(token)).to.deep.equal({ ok: true, pass });
    expect(passesAt(monday.add({ minutes: passMinutes })).open(token)).to.deep.equal({ ok: false, why: 'expired' });
  });

  it('tells nothing, however it is read, and is of letters that an address takes as they are', () => {
    expect(token).to.match(/^[\w.-]+$/);
    const read = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const text of [token, ...read]) expect(text).to.not.match(/startup|lojo|pdf|a0000000/);
    expect(passesAt().issue(pass)).to.not.equal(token);
    const long = passesAt().issue({ ...pass, list: { body: lojo, id: `own-${'x'.repeat(60)}` } });
    expect(long.length, 'short enough for an address').to.be.below(1_000);
  });

  it('opens with no character changed, added or missing', () => {
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      expect(passesAt().open(`${token.slice(0, index)}${other}${token.slice(index + 1)}`), `${index}`).to.deep.equal(
        unknown,
      );
    }
    for (const text of ['', '.', '...', `${token}.`, `${token}A`, `.${token}`, token.slice(0, -1), `${token}?x`, '%00'])
      expect(passesAt().open(text), text).to.deep.equal(unknown);
  });

  it('is nothing that was sealed for something else, and opens with an older key of ours but with nobody else’s', () => {
    const sealer = createSealer(parseKeyRing(k1));
    const { kid, iv, tag, ct } = sealer.seal({ ...pass, until: '2099-01-01T00:00:00.000Z' }, 'tenant|checklist|note');
    expect(passesAt().open([kid, iv, tag, ct].join('.'))).to.deep.equal(unknown);
    expect(passesAt(monday, `${key('k2')},${k1}`).open(token)).to.deep.equal({ ok: true, pass });
    expect(passesAt(monday, key('k1')).open(token)).to.deep.equal(unknown);
  });
});
