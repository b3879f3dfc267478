import { expect } from 'chai';
import { bySeat } from '../../../../../src/steering/meeting/attendance-form.ts';
import { executeActions } from '../../../../support/teams/cards.ts';
import { isFields } from '../../../../support/teams/world.ts';
import { sittingCards } from '../../cards/sitting-cards.ts';

describe('the form of the votes', () => {
  const drawn = new Map(sittingCards('sv').map(({ name, card }) => [name, card]));
  const pageOf = (name: string) => {
    const card = drawn.get(name);
    if (!card) throw new Error(`There is no ${name}.`);
    const ids = [...JSON.stringify(card).matchAll(/"id":"(seat-[^"]+)"/g)].map(([, id]) => [id ?? '', 'x'] as const);
    const turns = executeActions({ ...card }).filter(({ action }) => action.verb === 'sitting.ballotsForm');
    return {
      seats: Object.keys(bySeat(Object.fromEntries(ids))),
      turns: turns.map(({ action: { data } }) => (isFields(data) ? data.page : null)),
    };
  };

  it('has each of forty seats on one of its pages, which lead to each other', () => {
    const [first, second] = ['ballots', 'ballots, second page'].map((of) =>
      pageOf(`sitting form: ${of}, largest, empty`),
    );
    expect(new Set([...(first?.seats ?? []), ...(second?.seats ?? [])]).size).to.equal(40);
    expect([first?.seats.length, second?.seats.length]).to.deep.equal([20, 20]);
    expect([first?.turns, second?.turns]).to.deep.equal([[1], [0]]);
  });

  it('has the seats of a usual group on one page', () => {
    const { seats, turns } = pageOf('sitting form: ballots, twelve seats, empty');
    expect(seats).to.have.length(12);
    expect(turns).to.deep.equal([]);
  });
});
