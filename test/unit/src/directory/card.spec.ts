import { expect } from 'chai';
import { teamCard } from '../../../../src/directory/card.ts';
import { bodyOf } from '../../../../src/directory/model.ts';
import { bodyId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people } from '../../../support/builders.ts';
import { textsOf } from '../../../support/teams/cards.ts';

const sv = textsFor('sv');
const steering = bodyId('steering:vastra-nyland');

/** What stands below somebody's name. */
function aboutIn(directory: ReturnType<typeof exampleDirectory>, name: string): string | undefined {
  const body = bodyOf(directory, steering);
  if (!body) throw new Error('The region has a steering group.');
  const all = textsOf(teamCard(sv, directory, body, 'member'));
  return all[all.indexOf(name) + 1];
}

describe('the members of a steering group', () => {
  it('are shown with whom they represent, and who is a substitute, or the chair, is said', () => {
    const about = (name: string) => aboutIn(exampleDirectory(), name);
    expect(about('Risto Vainio')).to.equal('Polisinrättningen i Västra Nyland');
    expect(about('Carola Nyman')).to.equal(`Polisinrättningen i Västra Nyland · ${sv('role.substitute')}`);
    expect(about('Kaisa Sandberg')).to.equal(`Chefsteamet · ${sv('role.steeringLeader')}`);
  });

  it('are called members where nothing else is known of them', () => {
    const directory = exampleDirectory();
    const seat = { person: people.petri, body: steering, role: 'member', profession: null } as const;
    directory.members.push({ ...seat, setBy: 'file', removed: false });
    expect(aboutIn(directory, 'Petri Aaltonen')).to.equal(sv('role.member'));
  });
});
