import { expect } from 'chai';
import fc from 'fast-check';
import { findReference, formatReference, parseReference, partitionOf, tenantId } from '../../../../src/shared/ids.ts';

describe('case references', () => {
  it('are understood as they are written, in small letters too', () => {
    const codes = fc.constantFrom('LOJ', 'RAS', 'KYR', 'ESB', 'ÅÄ', 'ABCDE');
    fc.assert(
      fc.property(
        codes,
        fc.integer({ min: 2000, max: 9999 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        (code, year, number) => {
          const reference = formatReference(code, year, number);
          expect(parseReference(reference)).to.deep.equal({ reference, code, year });
          expect(parseReference(` ${reference.toLowerCase()} `)?.reference).to.equal(reference);
        },
      ),
    );
  });

  it('have four digits at least, and sort as they are counted up to there', () => {
    expect([1, 42, 9_999, 10_000].map((number) => formatReference('LOJ', 2026, number))).to.deep.equal([
      'LOJ-2026-0001',
      'LOJ-2026-0042',
      'LOJ-2026-9999',
      'LOJ-2026-10000',
    ]);
  });

  it('are found in a text with the ending that makes them a part of it', () => {
    for (const written of ['LOJ-2026-0001s', 'LOJ-2026-0001n', 'loj 2026 1:n', "LOJ-2026-0001's", 'LOJ-2026-0001:stä'])
      expect(findReference(`om ${written} möte`)).to.deep.equal({ reference: 'LOJ-2026-0001', written });
    for (const text of ['LOJ-2026-0001x', 'LOJ-2026-0001sn', 'den 2026-12-03s'])
      expect(findReference(text), text).to.equal(null);
  });

  it('are nothing else: no other code, no path, no second reference', () => {
    for (const text of [
      '',
      'LOJ',
      'LOJ-2026',
      'LOJ-2026-1',
      'LOJ-26-0001',
      'L-2026-0001',
      'LOJ-2026-0001x',
      'LOJ-2026-0001 LOJ-2026-0002',
      '../LOJ-2026-0001',
      'LOJ-2026-00000001',
      'LOJ|2026-0001',
      'LOJ-2026-0001\n|x',
    ]) {
      expect(parseReference(text), text).to.equal(null);
    }
  });
});

describe('partitions', () => {
  it('begin with the tenant', () => {
    expect(partitionOf(tenantId('nordvik'), 'team:lojo')).to.equal('nordvik|team:lojo');
  });
});
