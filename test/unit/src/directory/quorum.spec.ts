import { expect } from 'chai';
import type { Directory } from '../../../../src/directory/model.ts';
import { quorumOf } from '../../../../src/directory/quorum.ts';
import { bodyId, type PersonId } from '../../../../src/shared/ids.ts';
import { unseatedDirectory } from '../../../support/builders.ts';
import { seat, seated, steeringSeats } from '../../../support/meetings.ts';

const steering = bodyId('steering:vastra-nyland');
const full = seated();
const of = (directory: Directory, people: readonly PersonId[]) => quorumOf(directory, steering, new Set(people));
const members = (directory: Directory, kind: 'authority' | 'municipality') =>
  steeringSeats(directory)
    .filter((party) => party.kind === kind)
    .map(({ id }) => seat('member', id));
/** With seats for these parties alone. */
function seatedFor(directory: Directory, has: (party: Directory['seats'][number]) => boolean): Directory {
  const kept = new Set(
    steeringSeats(directory)
      .filter(has)
      .map(({ id }) => id),
  );
  const seats = directory.seats.filter(({ id, body }) => body !== steering || kept.has(id));
  return { ...directory, seats };
}

describe('whether a steering group can decide', () => {
  const authorities = members(full, 'authority');
  const towns = members(full, 'municipality');

  it('takes more than half of the parties that have a seat, each counted once', () => {
    expect(of(full, [...authorities, ...towns.slice(0, 5)])).to.deep.include({ met: true, needed: 7 });
    expect(of(full, [...authorities, ...towns.slice(0, 4)]).met).to.equal(false);
    const twice = steeringSeats(full)
      .slice(0, 6)
      .flatMap(({ id }) => [seat('member', id), seat('substitute', id)]);
    const once = of(full, twice);
    expect([once.met, once.present.length, once.missing.length]).to.deep.equal([
      false,
      6,
      steeringSeats(full).length - 6,
    ]);
  });

  it('takes both authorities and one municipality, or all there are of them', () => {
    expect(of(full, [...authorities.slice(1), ...towns]).met, 'one authority is missing').to.equal(false);
    const one = seatedFor(full, ({ id, kind }) => kind !== 'authority' || seat('member', id) === authorities[0]);
    expect(of(one, [...authorities.slice(0, 1), ...towns]).met, 'there is but one').to.equal(true);
    const few = seatedFor(full, ({ id, kind }) => kind === 'authority' || seat('member', id) === towns[0]);
    expect(of(few, authorities).met, 'no municipality').to.equal(false);
    expect(of(few, [...authorities, ...towns.slice(0, 1)]).met).to.equal(true);
    expect(of(few, []).needed, 'no fewer than of these kinds').to.equal(3);
    expect(of(few, authorities.slice(0, 1)).lack).to.deep.equal({ of: 'seats', count: 2 });
    const none = seatedFor(full, ({ kind }) => kind === 'authority');
    expect(of(none, authorities).met).to.equal(true);
    expect([full, one, none].map((directory) => of(directory, []).least)).to.deep.equal([
      [
        { of: 'authority', count: 2 },
        { of: 'municipality', count: 1 },
      ],
      [
        { of: 'authority', count: 1 },
        { of: 'municipality', count: 1 },
      ],
      [{ of: 'authority', count: 2 }],
    ]);
    expect([
      of(full, towns.slice(0, 4)).lack,
      of(full, towns).lack,
      of(full, [...authorities.slice(1), ...towns]).lack,
      of(few, authorities).lack,
      of(none, authorities).lack,
    ]).to.deep.equal([
      { of: 'seats', count: 3 },
      { of: 'authority', count: 2 },
      { of: 'authority', count: 1 },
      { of: 'municipality', count: 1 },
      null,
    ]);
  });

  it('counts a seat that is vacant as one that is missing', () => {
    const vacant = (ids: readonly string[]): Directory => ({
      ...full,
      members: full.members.filter(({ seat: id }) => id === undefined || !ids.includes(id)),
    });
    const both = steeringSeats(full).flatMap(({ id, kind }) => (kind === 'authority' ? [id] : []));
    expect(of(vacant(both), towns).met, 'no town stands in for the police').to.equal(false);
    const few = steeringSeats(full).flatMap(({ id }, at) => (at < 6 ? [] : [id]));
    expect(of(vacant(few), [...authorities, ...towns])).to.deep.include({ met: false, needed: 7 });
  });

  it('counts no seat that is closed, neither as missing nor as one of those of which it takes more than half', () => {
    const closing = (...ids: readonly string[]): Directory => ({
      ...full,
      seats: full.seats.map((one) => (ids.includes(one.id) ? { ...one, closed: true } : one)),
    });
    const all = steeringSeats(full);
    const closed = all.filter(({ kind }) => kind === 'municipality').map(({ id }) => id);
    const last = closed.slice(-2);
    const without = of(closing(...last), authorities);
    const open = all.filter(({ id, kind }) => kind !== 'authority' && !last.includes(id));
    expect(without.missing.map(({ id }) => id)).to.deep.equal(open.map(({ id }) => id));
    expect([of(full, authorities).needed, without.needed]).to.deep.equal([7, 6]);
    const sitting = last.map((id) => seat('member', id));
    expect(
      of(closing(...last), [...authorities, ...sitting]).present,
      'whoever is left in it counts for nothing',
    ).to.have.length(authorities.length);
    expect(
      of(closing(...closed), authorities).lack?.of,
      'no municipality is needed where none has a seat',
    ).to.not.equal('municipality');
  });

  it('is never so while no party has a seat', () => {
    expect(of(unseatedDirectory(), [...authorities, ...towns])).to.deep.include({
      met: false,
      present: [],
      missing: [],
    });
  });
});
