import { expect } from 'chai';
import fc from 'fast-check';
import { cleanText, foldText, withoutEscapes } from '../../../../src/shared/normalise.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const zeroWidth = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u180E'];
const bidi = ['\u200E', '\u200F', '\u061C', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2069'];
const controls = ['\u0000', '\u0007', '\u001B', '\u007F', '\u0090', '\uD83D', '\uFFF9'];

describe('cleanText', () => {
  for (const character of [...zeroWidth, ...bidi, ...controls]) {
    it(`removes U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`, () => {
      expect(cleanText(`a${character}b`)).to.equal('ab');
    });
  }

  it('composes letters, also across a removed character', () => {
    expect(cleanText('a\u030Ala\u0308nning')).to.equal('ålänning');
    expect(cleanText('o\u200B\u0308')).to.equal('ö');
  });

  it('keeps line breaks, in one form', () => {
    expect(cleanText('ett\r\ntvå\rtre\u2028fyra\n\nfem')).to.equal('ett\ntvå\ntre\nfyra\n\nfem');
  });

  it('makes runs of spaces, tabs and exotic spaces one space and leaves none at the ends of lines', () => {
    expect(cleanText(' \t ett\u00A0\u2003 två  \n  tre\t\n')).to.equal('ett två\ntre');
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyText, (text) => cleanText(cleanText(text)) === cleanText(text)));
  });

  it('leaves no invisible character, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(cleanText(text)).not.to.match(/[^\P{C}\n\p{Co}\p{Cn}\p{Cf}]|\p{Default_Ignorable_Code_Point}/u);
      }),
    );
  });

  it('keeps ordinary text as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zåäöA-ZÅÄÖ0-9.,!?-]{1,12}$/), { minLength: 1 }), (words) => {
        expect(cleanText(words.join(' '))).to.equal(words.join(' '));
      }),
    );
  });
});

describe('foldText', () => {
  it('folds the letters of the three languages and their neighbours', () => {
    expect(foldText('Åland ÄRENDE Öppna idé naïve ﬁn Ｆｕｌｌ Ødegård straße Łódź ℌej')).to.equal(
      'aland arende oppna ide naive fin full odegard strasse lodz hej',
    );
  });

  it('makes punctuation, symbols and line breaks one space', () => {
    expect(foldText('  LOJ-2026-0001:\n"visa", tack! 🙂')).to.equal('loj 2026 0001 visa tack');
  });

  it('sees through zero-width characters inside a word', () => {
    expect(foldText('hjä\u200Blp')).to.equal('hjalp');
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyText, (text) => foldText(foldText(text)) === foldText(text)));
  });

  it('changes nothing the second time, for every single character of the first two planes', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const once = foldText(String.fromCodePoint(code));
      if (foldText(once) !== once) expect.fail(`U+${code.toString(16)}`);
    }
  });

  it('does not depend on case or on how accents are encoded', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zåäöéü ]{0,40}$/), (text) => {
        expect(foldText(text.toUpperCase())).to.equal(foldText(text));
        expect(foldText(text.normalize('NFD'))).to.equal(foldText(text));
      }),
    );
  });

  it('leaves only lower case letters, digits and single spaces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldText(text)).to.match(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
        expect(foldText(text)).to.equal(foldText(text).toLowerCase());
      }),
    );
  });
});

describe('withoutEscapes', () => {
  it('reads what links write in escapes, of either kind and in a link within a link', () => {
    for (const escaped of ['%C3%96berg', '%c3%96berg', '%D6berg', '%25C3%2596berg'])
      expect(withoutEscapes(`https://x.fi/${escaped}`)).to.equal('https://x.fi/Öberg');
  });

  it('leaves what is no escape', () => {
    for (const text of ['100 %', '50%', '%', '%zz', 'a%C']) expect(withoutEscapes(text)).to.equal(text);
  });
});

describe('normalising', () => {
  it('stays linear on long runs: ten times the spaces, not a hundred times the work', () => {
    // Quadratic patterns would need hours for this length, so it is enough that the test ends.
    const spaces = `a${' '.repeat(1_000_000)}b${'\t\n'.repeat(100_000)}c`;
    expect(cleanText(spaces).startsWith('a b')).to.equal(true);
    expect(foldText(spaces)).to.equal('a b c');
  });
});
