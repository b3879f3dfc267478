import { expect } from 'chai';
import { itemCard } from '../../../../src/checklists/item-card.ts';
import type { Checklist } from '../../../../src/checklists/model.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type ExamplePerson, monday, people } from '../../../support/builders.ts';
import { dateAt, itemOf, list, played, twoLeaders } from '../../../support/checklists.ts';
import { verbsOn } from '../../../support/seed.ts';

const sv = textsFor('sv');
const scene = { texts: sv, directory: twoLeaders, today: dateAt(monday), placement: null };
const evidence = 'https://example.com/beslut';

describe('the card of an item', () => {
  const cardFor = (state: Checklist, item: string, who: ExamplePerson) =>
    itemCard(state, itemOf(state, item), scene, { person: people[who], leads: who === 'maria' });
  const offered = (state: Checklist, item: string, who: ExamplePerson) => verbsOn({ ...cardFor(state, item, who) });
  const waiting = played(
    list(),
    ['petri', { do: 'take', item: 'checked' }],
    ['petri', { do: 'link', item: 'checked', link: evidence }],
    ['petri', { do: 'done', item: 'checked' }],
  );
  const approved = played(waiting, ['maria', { do: 'approve', item: 'checked' }]);

  it('offers to undo to whoever did it and to leaders, and to nobody else', () => {
    const done = played(list(), ['petri', { do: 'done', item: 'plain' }]);
    expect(offered(done, 'plain', 'petri')).to.include('checklist.undo');
    expect(offered(done, 'plain', 'maria')).to.include('checklist.undo');
    expect(offered(done, 'plain', 'niina')).to.not.include('checklist.undo');
    expect(offered(approved, 'checked', 'petri'), 'what the leader did').to.not.include('checklist.undo');
    expect(offered(list(), 'plain', 'maria'), 'nothing was done').to.not.include('checklist.undo');
  });

  it('offers another link as long as nobody has relied on the one that is there', () => {
    const linked = played(list(), ['petri', { do: 'link', item: 'checked', link: evidence }]);
    expect(offered(linked, 'checked', 'petri')).to.include('checklist.linkForm');
    for (const state of [waiting, approved]) {
      expect(offered(state, 'checked', 'petri')).to.not.include('checklist.linkForm');
    }
    const done = played(list(), ['petri', { do: 'done', item: 'plain' }]);
    expect(offered(done, 'plain', 'petri'), 'where nobody approves').to.include('checklist.linkForm');
  });

  it('does not offer to finish what somebody else has in hand as what is to be done next', () => {
    const taken = played(list(), ['petri', { do: 'take', item: 'plain' }]);
    const first = (who: ExamplePerson) =>
      cardFor(taken, 'plain', who).actions?.find(({ style }) => style === 'positive');
    expect(first('petri')).to.deep.include({ verb: 'checklist.done' });
    expect(first('niina')).to.equal(undefined);
  });

  it('says when it comes again of what does, and no date of what is settled for good', () => {
    const due = (item: string) =>
      played(list(), ['petri', { do: 'setDue', item, due: '2026-12-04' }], ['petri', { do: 'done', item }]);
    const rows = (item: string) => JSON.stringify(cardFor(due(item), item, 'petri'));
    expect(rows('monthly')).to.include(sv('checklist.facts.due')).and.include('Nästa');
    expect(rows('plain')).to.not.include(sv('checklist.facts.due'));
  });
});
