import { expect } from 'chai';
import { coverageOf } from '../../../../src/meetings/coverage.ts';
import { askedIn, invitedTo } from '../../../../src/meetings/invited.ts';
import { bodyId, type PersonId } from '../../../../src/shared/ids.ts';
import { type ExamplePerson, exampleDirectory, people } from '../../../support/builders.ts';
import { meeting, pollPlan, seat, seated, steeringSeats } from '../../../support/meetings.ts';

const steering = bodyId('steering:vastra-nyland');
const region = exampleDirectory();
const poll = meeting({ plan: pollPlan() });

describe('who must be there', () => {
  const covered = (who: readonly ExamplePerson[]) =>
    coverageOf(poll, new Set(who.map((one) => people[one])), invitedTo(poll, region), region);

  it('is in a team every profession that it has, whoever of it', () => {
    expect(covered(['petri', 'sofia', 'niina', 'jonas'])).to.deep.equal({ by: 'professions', met: true, missing: [] });
    expect(covered(['petri', 'sofia', 'maria'])).to.deep.equal({
      by: 'professions',
      met: false,
      missing: ['health', 'youth'],
    });
    expect(covered([])).to.deep.include({ met: false });
  });

  it('is in a steering group enough parties, a substitute as good as the member, and never without the authorities', () => {
    const directory = seated();
    const group = { body: steering, subject: null, invited: { everyone: true, named: [] } };
    const asked = askedIn(group, directory);
    const of = (people: readonly PersonId[]) => coverageOf(group, new Set(people), asked, directory);
    const towns = steeringSeats(directory)
      .filter(({ kind }) => kind === 'municipality')
      .map(({ id }) => seat('member', id));
    const authorities = [seat('substitute', 'polisen'), seat('member', 'valfardsomradet')];
    expect(of([...authorities, ...towns.slice(0, 5)])).to.deep.include({
      by: 'seats',
      met: true,
      present: 7,
      needed: 7,
    });
    expect(of([...authorities, ...towns.slice(0, 4)])).to.deep.include({ met: false, present: 6 });
    expect(of(towns)).to.deep.include({ met: false, present: 10 });
  });

  it('is of a team nobody’s profession who is not asked, and somebody at least where it has none', () => {
    const without = invitedTo(poll, region).filter((person) => person !== people.niina);
    const here = new Set([people.petri, people.sofia, people.jonas]);
    expect(coverageOf(poll, here, without, region)).to.deep.include({ met: true });
    const plain = { ...region, members: region.members.map((member) => ({ ...member, profession: null })) };
    expect(coverageOf(poll, new Set(), invitedTo(poll, plain), plain)).to.deep.equal({
      by: 'professions',
      met: false,
      missing: [],
    });
  });

  it('is more than half, too, of some of a steering group that meet by themselves, and of one without parties', () => {
    const directory = seated();
    const named = [seat('member', 'polisen'), seat('member', 'valfardsomradet')];
    const some = { body: steering, subject: null, invited: { everyone: false, named } };
    expect(coverageOf(some, new Set(named), named, directory)).to.deep.equal({
      by: 'number',
      met: true,
      present: 2,
      needed: 2,
    });
    const plain = { ...directory, members: directory.members.map(({ seat: _, ...member }) => member) };
    const whole = { ...some, invited: { everyone: true, named: [] } };
    expect(coverageOf(whole, new Set(named), invitedTo(whole, plain), plain).by).to.equal('number');
  });

  it('is elsewhere more than half of those who are asked', () => {
    const some = { ...poll, invited: { everyone: false, named: [people.petri, people.jonas, people.gunilla] } };
    const asked = invitedTo(some, region);
    expect(coverageOf(some, new Set([people.petri]), asked, region)).to.deep.equal({
      by: 'number',
      met: false,
      present: 1,
      needed: 2,
    });
    expect(coverageOf(some, new Set([people.petri, people.gunilla]), asked, region)).to.deep.include({ met: true });
    const management = region.bodies.find(({ kind }) => kind === 'management');
    if (!management) throw new Error('There is a management team.');
    const seated = { ...region, members: region.members.map((member) => ({ ...member, seat: 'polisen' })) };
    const all = { body: management.id, subject: null, invited: { everyone: true, named: [] } };
    expect(coverageOf(all, new Set(), invitedTo(all, seated), seated).by, 'whosesoever they are').to.equal('number');
  });
});
