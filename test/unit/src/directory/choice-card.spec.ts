import { expect } from 'chai';
import { whichToReadCard } from '../../../../src/directory/choice-card.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { actor, exampleDirectory } from '../../../support/builders.ts';
import { textsOf } from '../../../support/teams/cards.ts';

describe('the choice of what is to be read', () => {
  it('says that somebody belongs to several only where they do', () => {
    const texts = textsFor('sv');
    const { bodies } = exampleDirectory();
    const someone = actor('kaisa');
    const theirs = bodies.filter(({ id }) => someone.memberships.some(({ body }) => body === id));
    const others = bodies.filter((body) => !theirs.includes(body));
    const lead = (all: typeof bodies): string =>
      textsOf(whichToReadCard({ texts, actor: someone }, all, 'minutes.open')).join();
    expect(lead(theirs)).to.include(texts('team.whichLead'));
    expect(lead(others)).to.include('Välj den grupp som du vill läsa om.').and.not.include('Du hör till flera');
  });
});
