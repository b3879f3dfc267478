import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createShippedLists } from '../../../bot/checklist-files.ts';
import { temporaryFolder } from '../../support/seed.ts';

describe('the lists that ship', () => {
  it('are all sound, and come in an order that makes sense, in which none is forgotten', () => {
    const lists = createShippedLists();
    expect(lists().map(({ id }) => id)).to.deep.equal([
      'startup',
      'agreement',
      'team-forming',
      'year',
      'team-leader',
      'management-team',
      'coordinating-manager',
      'induction-expert',
      'induction-manager',
    ]);
    expect(lists(), 'they are read once').to.equal(lists());
  });

  it('are read when they are asked for; of a broken one is said which it is, and where', () => {
    const folder = temporaryFolder();
    const file = 'id: Broken\nfor: team\ntitle: A\nblocks: []\n';
    writeFileSync(join(folder.path, 'broken.yaml'), file);
    const lists = createShippedLists(folder.path);
    expect(lists).to.throw(/^broken\.yaml is no checklist:\n {2}line 1, id: invalid\n {2}line 4/);
    folder.remove();
  });
});
