import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { passMinutes } from '../../../../src/shared/sealed.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import { createPasses, createSealedTokens } from '../../../../src/storage/sealed-token.ts';
import { monday } from '../../../support/builders.ts';

const key = (kid: string): string => `${kid}:${randomBytes(32).toString('base64')}`;
const k1 = key('k1');
const sealer = createSealer(parseKeyRing(k1));
const tokens = createSealedTokens<{ who: string }>(sealer, 'one');
const token = tokens.issue({ who: 'Petri' });

describe('what stands sealed in an address', () => {
  it('is there again for us, tells nobody else anything, and is of letters that an address takes', () => {
    expect(tokens.open(token)).to.deep.equal({ who: 'Petri' });
    expect(token).to.match(/^[\w.-]+$/);
    expect(tokens.issue({ who: 'Petri' })).to.not.equal(token);
    for (const part of token.split('.'))
      expect(Buffer.from(part, 'base64url').toString('latin1')).to.not.include('Petri');
  });

  it('is nothing with a character changed, added or missing', () => {
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      expect(tokens.open(`${token.slice(0, index)}${other}${token.slice(index + 1)}`), `${index}`).to.equal(null);
    }
    for (const text of [
      '',
      '.',
      '...',
      '....',
      `${token}.`,
      `${token}=`,
      `.${token}`,
      token.slice(0, -1),
      'k1',
      'å.ä.ö.x',
    ])
      expect(tokens.open(text), text).to.equal(null);
  });

  it('opens under an older key of ours, and neither under another’s nor as what was sealed for something else', () => {
    const of = (keys: string, context = 'one') => createSealedTokens(createSealer(parseKeyRing(keys)), context);
    expect(of(`${key('k2')},${k1}`).open(token)).to.deep.equal({ who: 'Petri' });
    expect(of(key('k1')).open(token)).to.equal(null);
    expect(of(k1, 'another').open(token)).to.equal(null);
  });

  it('hides no fault that is not the token’s', () => {
    const broken = createSealedTokens(
      {
        ...sealer,
        open: () => {
          throw new TypeError('of ours');
        },
      },
      'one',
    );
    expect(() => broken.open(token)).to.throw('of ours');
  });

  it('is good as a pass until its last moment, and then known but no more', () => {
    const at = (now: Temporal.Instant) => createPasses<{ who: string }>(sealer, 'pass', { now: () => now });
    const pass = at(monday).issue({ who: 'Petri' });
    const end = monday.add({ minutes: passMinutes });
    expect(at(end.subtract({ milliseconds: 1 })).open(pass)).to.deep.equal({ ok: true, pass: { who: 'Petri' } });
    expect(at(end).open(pass)).to.deep.equal({ ok: false, why: 'expired' });
    expect(at(monday).open(token)).to.deep.equal({ ok: false, why: 'unknown' });
  });
});
