import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readShippedLists } from '../../../bot/checklist-files.ts';
import { temporaryFolder } from '../../support/seed.ts';

describe('the lists that ship', () => {
  it('are all read at the start', () => {
    expect(readShippedLists().map(({ id }) => id)).to.include.members(['startup', 'induction-expert', 'year']);
  });

  it('keep the bot from starting when one is broken, and say which one and on which line', () => {
    const folder = temporaryFolder();
    const file = 'id: Broken\nfor: team\ntitle: A\nblocks: []\n';
    writeFileSync(join(folder.path, 'broken.yaml'), file);
    expect(() => readShippedLists(folder.path)).to.throw(
      /^broken\.yaml is no checklist:\n {2}line 1, id: invalid\n {2}line 4/,
    );
    folder.remove();
  });
});
