import { expect } from 'chai';
import type { Coming } from '../../../../src/meetings/model.ts';
import { bodyId } from '../../../../src/shared/ids.ts';
import {
  askableFor,
  comersOf,
  expectedIn,
  quorumIn,
  recipientsOf,
  silentIn,
  substitutesOf,
} from '../../../../src/steering/recipients.ts';
import { handedOut } from '../../../../src/steering/transition.ts';
import {
  type Attendant,
  agenda,
  holding,
  idOf,
  played,
  policy,
  region,
  steeringGroup,
  toldIn,
} from '../../../support/agendas.ts';
import { exampleDirectory, monday, people } from '../../../support/builders.ts';

const group = (said: Partial<Record<Attendant, Coming>> = {}) => ({
  body: steeringGroup,
  holding: holding(),
  comings: Object.fromEntries(
    (['risto', 'carola', 'marjut', 'staffan', 'kaisa'] as const).flatMap((who) => {
      const coming = said[who];
      return coming ? [[idOf(who), coming]] : [];
    }),
  ),
});

describe('whom an agenda concerns', () => {
  it('is each member, and their substitute once they do not come', () => {
    expect(expectedIn(group(), region))
      .to.include.members([idOf('risto'), idOf('marjut')])
      .and.not.include(idOf('carola'));
    for (const coming of ['no', 'substitute'] as const)
      expect(expectedIn(group({ risto: coming }), region), coming).to.include.members([idOf('risto'), idOf('carola')]);
    for (const coming of ['yes', 'maybe'] as const)
      expect(expectedIn(group({ risto: coming }), region), coming).to.not.include(idOf('carola'));
  });

  it('is the substitute of the same party, and nobody for who is one, or stands outside', () => {
    expect(substitutesOf(steeringGroup, idOf('risto'), region)).to.deep.equal([idOf('carola')]);
    for (const who of ['carola', 'petri', 'kaisa'] as const)
      expect(substitutesOf(steeringGroup, idOf(who), region), who).to.deep.equal([]);
  });

  it('is the substitute of a seat that has no member: reminded as one, counted, and nobody’s once there is one', () => {
    const members = region.members.filter(({ person }) => person !== idOf('risto'));
    const vacant = { ...region, members };
    expect(expectedIn(group(), vacant)).to.include(idOf('carola')).and.not.include(idOf('staffan'));
    expect(silentIn(group(), vacant)).to.include(idOf('carola'));
    expect(quorumIn(group({ carola: 'yes' }), vacant, policy.quorum).present).to.equal(1);
    const left = region.members.filter((member) => !members.includes(member));
    const petri = { ...vacant, members: [...members, ...left.map((member) => ({ ...member, person: people.petri }))] };
    expect(expectedIn(group(), petri)).to.include(people.petri).and.not.include(idOf('carola'));
  });

  it('is who keeps the agenda too, and nobody twice', () => {
    const all = recipientsOf(group({ risto: 'no' }), region);
    expect(all).to.include(idOf('kaisa'));
    expect(new Set(all).size).to.equal(all.length);
  });

  it('is, of a seat for which nobody comes, the member first, then the substitute, as long as they have not declined', () => {
    const seat = region.members.find(({ person }) => person === idOf('risto'))?.seat ?? '';
    const askable = (said: Partial<Record<Attendant, Coming>>) => askableFor(group(said), seat, region);
    expect(askable({})).to.deep.equal([idOf('risto'), idOf('carola')]);
    expect(askable({ risto: 'no' })).to.deep.equal([idOf('carola')]);
    expect(askable({ risto: 'substitute' })).to.deep.equal([idOf('carola')]);
    expect(askable({ risto: 'substitute', carola: 'no' }), 'it is theirs again').to.deep.equal([idOf('risto')]);
    expect(askable({ risto: 'no', carola: 'no' })).to.deep.equal([]);
  });

  it('counts who comes in the place of a member only while they are to', () => {
    expect(comersOf(group({ carola: 'yes' }), region).has(idOf('carola'))).to.equal(false);
    expect(comersOf(group({ risto: 'no', carola: 'yes' }), region).has(idOf('carola'))).to.equal(true);
    expect(silentIn(group({ risto: 'no' }), region))
      .to.include(idOf('carola'))
      .and.not.include(idOf('risto'));
    expect(quorumIn(group({ risto: 'no', carola: 'yes' }), region, policy.quorum)).to.deep.include({
      present: 1,
      needed: 7,
      met: false,
    });
  });

  it('counts nobody for a meeting at which they have their seat no more', () => {
    const coming = group({ risto: 'yes' });
    const endingOn = (to: string) => ({
      ...region,
      seats: region.seats.map((seat) => ({
        ...seat,
        holders: seat.holders.map((holder) => (holder.person === idOf('risto') ? { ...holder, to } : holder)),
      })),
    });
    const presentAtIt = (to: string): number => quorumIn(coming, endingOn(to), policy.quorum).present;
    expect([presentAtIt('2026-12-17'), presentAtIt('2026-12-16')]).to.deep.equal([1, 0]);
  });

  it('asks for a seat those who hold it on the day of the meeting, whoever does today', () => {
    const seat = region.members.find(({ person }) => person === idOf('risto'))?.seat ?? '';
    const askable = (...terms: readonly [Attendant, from: string | null, to: string | null][]) => {
      const holders = terms.map(([who, from, to]) => ({ person: idOf(who), as: 'member' as const, from, to }));
      const seats = region.seats.map((one) =>
        one.id === seat ? { ...one, holders: [...holders, ...one.holders.filter(({ as }) => as !== 'member')] } : one,
      );
      return askableFor(group(), seat, { ...region, seats });
    };
    expect(askable(['risto', null, '2026-12-17'])).to.deep.equal([idOf('risto'), idOf('carola')]);
    expect(askable(['risto', null, '2026-12-16'])).to.deep.equal([idOf('carola')]);
    expect(askable(['risto', null, '2026-12-16'], ['petri', '2026-12-17', null])).to.deep.equal([
      idOf('petri'),
      idOf('carola'),
    ]);
    expect(askable(['risto', null, '2026-12-17'], ['petri', '2026-12-18', null]), 'not yet').to.deep.equal([
      idOf('risto'),
      idOf('carola'),
    ]);
  });

  it('counts people where a body has no seats: more than half', () => {
    const body = bodyId('management:vastra-nyland');
    const plain = { ...region, seats: [] };
    const own = plain.members.filter((member) => member.body === body && member.role !== 'substitute');
    const comings = Object.fromEntries(own.map(({ person }) => [person, 'yes' as const]));
    const needed = Math.floor(own.length / 2) + 1;
    expect(own.length).to.be.greaterThan(0);
    expect(quorumIn({ body, comings, holding: null }, plain, policy.quorum)).to.deep.equal({
      met: true,
      present: own.length,
      needed,
      missing: [],
      lack: null,
      least: [],
    });
    expect(quorumIn({ body, comings: {}, holding: null }, plain, policy.quorum)).to.deep.equal({
      met: false,
      present: 0,
      needed,
      missing: [],
      lack: { of: 'seats', count: needed },
      least: [],
    });
  });
});

describe('the cards of an agenda that has gone out', () => {
  const sent = played(agenda(), ['kaisa', { do: 'send' }]);
  const later = monday.add({ hours: 1 });

  it('reach a substitute as soon as they are to come, and leave them when they are not', () => {
    const declined = { ...sent, comings: group({ risto: 'no' }).comings };
    const handed = handedOut(declined, region, later);
    expect(toldIn(handed).at(-1)).to.deep.equal(['agenda', idOf('carola')]);
    expect(handedOut(handed, region, later)).to.equal(handed);
    const back = handedOut({ ...handed, comings: {} }, region, later.add({ hours: 1 }));
    expect(toldIn(back).map(([, to]) => to)).to.not.include(idOf('carola'));
    expect(back.holders[idOf('carola')]).to.equal(undefined);
    const again = handedOut({ ...back, comings: declined.comings }, region, later.add({ hours: 2 }));
    expect(toldIn(again).at(-1)).to.deep.equal(['agenda', idOf('carola')]);
  });

  it('go to who joins the body, and leave who is no more of it; an agenda that grows goes to nobody', () => {
    const directory = exampleDirectory();
    directory.members = directory.members.flatMap((member) =>
      member.body === steeringGroup && member.person === idOf('marjut')
        ? [{ ...member, person: people.petri }]
        : [member],
    );
    const changed = handedOut(sent, directory, later);
    const told = toldIn(changed).map(([, to]) => to);
    expect(told).to.include(people.petri).and.not.include(idOf('marjut'));
    expect(handedOut(agenda(), directory, later).holders).to.deep.equal({});
  });
});
