import { expect } from 'chai';
import fc from 'fast-check';
import { type Dealt, noNumbers, numbered, numbersOf } from '../../../../../src/steering/minutes/numbers.ts';

/** What is closed, one after the other: some meeting, with what is on its agenda by then. */
const closings = fc.array(
  fc.record({
    sitting: fc.constantFrom('1', '2', '3', '4'),
    items: fc.uniqueArray(fc.constantFrom('opening', 'quorum', 'a', 'b', 'c', 'next'), { maxLength: 6 }),
  }),
  { maxLength: 12 },
);

describe('the numbers of a year', () => {
  it('are 1 to n without a gap or a double, and none is ever another, however often meetings are closed', () => {
    fc.assert(
      fc.property(closings, (all) => {
        let numbering = noNumbers;
        const given = new Map<string, number>();
        for (const closing of all) {
          numbering = numbered(numbering, [closing]);
          const own = numbersOf(numbering, closing.sitting);
          for (const item of closing.items) expect(own).to.have.property(item);
          for (const [item, number] of Object.entries(own)) {
            const name = `${closing.sitting} ${item}`;
            expect(given.get(name) ?? number, `${name} keeps its number`).to.equal(number);
            given.set(name, number);
          }
        }
        const numbers = [...given.values()].toSorted((a, b) => a - b);
        expect(numbers).to.deep.equal(numbers.map((_, at) => at + 1));
        expect(numbered(numbering, all), 'nothing is new').to.equal(numbering);
      }),
    );
  });

  it('follow the order of the meetings and of their items, and what was added later comes last', () => {
    const first: Dealt = { sitting: '1', items: ['opening', 'a'] };
    const second: Dealt = { sitting: '2', items: ['opening'] };
    const numbering = numbered(noNumbers, [first, second]);
    expect(numbersOf(numbering, '1')).to.deep.equal({ opening: 1, a: 2 });
    expect(numbersOf(numbering, '2')).to.deep.equal({ opening: 3 });
    const reopened = numbered(numbering, [{ sitting: '1', items: ['opening', 'b', 'a'] }]);
    expect(numbersOf(reopened, '1')).to.deep.equal({ opening: 1, a: 2, b: 4 });
  });
});
