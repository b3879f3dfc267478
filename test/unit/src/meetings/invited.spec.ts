import { expect } from 'chai';
import { askedIn, expectedAt, invitedTo, substitutesOf } from '../../../../src/meetings/invited.ts';
import { bodyId, formatReference } from '../../../../src/shared/ids.ts';
import { type ExamplePerson, exampleDirectory, people } from '../../../support/builders.ts';
import { meeting, pollPlan, seat, seated } from '../../../support/meetings.ts';

const steering = bodyId('steering:vastra-nyland');
const region = exampleDirectory();
const poll = meeting({ plan: pollPlan() });

describe('who is asked to a meeting', () => {
  it('is everybody of its body as it is now, and who was named beside them, each once', () => {
    const both = { ...poll, invited: { everyone: true, named: [people.gunilla, people.petri] } };
    const team = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
    expect(invitedTo(both, region)).to.have.members([...team, people.gunilla]);
    const fewer = { ...region, members: region.members.filter(({ person }) => person !== people.niina) };
    expect(invitedTo(both, fewer)).to.not.include(people.niina);
    const one = { ...poll, invited: { everyone: false, named: [people.gunilla] } };
    expect(invitedTo(one, region)).to.deep.equal([people.gunilla]);
  });

  it('is nobody who was named and may read it no more: of a case who has left its team, else who is of no body', () => {
    const without = (who: ExamplePerson) => ({
      ...region,
      members: region.members.map((member) => ({
        ...member,
        removed: member.removed || member.person === people[who],
      })),
    });
    const invited = { everyone: false, named: [people.niina, people.petri, people.gunilla] };
    const subject = formatReference('LOJ', 2026, 1);
    expect(invitedTo({ ...poll, invited }, without('niina'))).to.deep.equal([people.petri, people.gunilla]);
    expect(invitedTo({ ...poll, invited, subject }, without('niina'))).to.deep.equal([people.petri]);
  });

  it('is a substitute only in somebody’s place: of the same party, and once the member has said so', () => {
    const directory = seated();
    const one = meeting({ body: steering }, { by: 'kaisa', directory });
    const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
    expect(substitutesOf(one, member, directory)).to.deep.equal([substitute]);
    expect(substitutesOf(one, substitute, directory)).to.deep.equal([]);
    expect(expectedAt(one, { on: '2026-11-26' }, directory))
      .to.include(member)
      .and.not.include(substitute);
    const { stage } = one;
    if (stage.is !== 'planned') throw new Error('It has its time.');
    const replies = { '2026-11-26': { [member]: { coming: 'substitute' as const, at: '' } } };
    const replaced = { ...one, stage: { ...stage, schedule: { ...stage.schedule, replies } } };
    expect(expectedAt(replaced, { on: '2026-11-26' }, directory)).to.include(substitute);
    expect(expectedAt(replaced, { on: '2026-12-03' }, directory)).to.not.include(substitute);
    expect(askedIn(one, directory), 'a poll asks them all').to.include(substitute);
    const vacant = { ...directory, members: directory.members.filter(({ person }) => person !== member) };
    expect(expectedAt(one, { on: '2026-11-26' }, vacant), 'nobody else can hold the seat').to.include(substitute);
    expect(invitedTo(one, vacant)).to.include(substitute).and.not.include(seat('substitute', 'lojo'));
    const some = { ...one, invited: { everyone: false, named: [member] } };
    expect(invitedTo(some, vacant)).to.not.include(substitute);
    expect(askedIn(some, directory), 'some of them meet by themselves').to.deep.equal([member]);
  });
});
