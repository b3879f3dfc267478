import { expect } from 'chai';
import { parseChange } from '../../../../../src/meetings/input/change-input.ts';
import { formatReference } from '../../../../../src/shared/ids.ts';
import { exampleDirectory } from '../../../../support/builders.ts';

describe('a meeting that is changed', () => {
  it('names no case but its own, neither in its title nor in its place', () => {
    const directory = exampleDirectory();
    const own = formatReference('LOJ', 2026, 1);
    for (const field of ['title', 'where'] as const) {
      const refused = { ok: false, problems: [{ field, plan: 'namesCase' }] };
      const of = (text: string, subject: typeof own | null) => parseChange({ [field]: text }, { subject, directory });
      expect(of('Genomgång LOJ-2026-0001: Åke', null)).to.deep.equal(refused);
      expect(of('Genomgång LOJ-2026-0002: Åke', own)).to.deep.equal(refused);
      expect(of('Genomgång LOJ-2026-0001', own).ok).to.equal(true);
    }
  });
});
