import { expect } from 'chai';
import { button } from '../../../../src/cards/elements.ts';
import { evenly, paged } from '../../../../src/cards/paged.ts';
import { textsFor } from '../../../../src/shared/text.ts';

const sv = textsFor('sv');
const turn = (to: string, page: number) => button(to, 'task.list', { page });
const at = (wanted: number, all: readonly string[] = ['a', 'b', 'c', 'd', 'e']) => {
  const { shown, page, line, turns } = paged(all, { size: 2, wanted, turn }, sv);
  const lines = line.map((part) => ('text' in part ? part.text : ''));
  return { shown: shown.join(''), page, line: lines.join(), turns };
};

describe('what is spread evenly over pages', () => {
  it('has no page with one alone where there is another with many, and no more pages than it takes', () => {
    const lengths = (count: number, most: number): number[] =>
      evenly(
        Array.from({ length: count }, (_, at) => at),
        most,
      ).map(({ length }) => length);
    expect(lengths(13, 12)).to.deep.equal([7, 6]);
    expect(lengths(7, 3)).to.deep.equal([3, 2, 2]);
    expect(lengths(12, 12)).to.deep.equal([12]);
    expect(lengths(0, 12)).to.deep.equal([]);
    for (let count = 1; count <= 40; count += 1)
      for (let most = 1; most <= 14; most += 1) {
        const found = lengths(count, most);
        expect(found.length).to.equal(Math.ceil(count / most));
        expect(Math.max(...found)).to.be.at.most(most);
        expect(Math.max(...found) - Math.min(...found)).to.be.at.most(1);
      }
  });

  it('stays in order, and each is there once', () => {
    expect(evenly(['a', 'b', 'c', 'd', 'e'], 3)).to.deep.equal([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });
});

describe('what is too long for a card', () => {
  const previous = (page: number) => turn(sv('list.previous'), page);
  const next = (page: number) => turn(sv('list.next'), page);
  const line = (page: number) => sv('list.page', { page, pages: 3 });

  it('is shown a page at a time, with the way to those before and after it', () => {
    expect(at(0)).to.deep.equal({ shown: 'ab', page: 0, line: line(1), turns: [next(1)] });
    expect(at(1)).to.deep.equal({ shown: 'cd', page: 1, line: line(2), turns: [previous(0), next(2)] });
    expect(at(2)).to.deep.equal({ shown: 'e', page: 2, line: line(3), turns: [previous(1)] });
  });

  it('shows the nearest page for one that is not there, as when others have shortened it', () => {
    expect(at(7)).to.deep.equal(at(2));
    expect(at(-1)).to.deep.equal(at(0));
  });

  it('says nothing of pages when there is one', () => {
    for (const all of [[], ['a', 'b']]) expect(at(3, all)).to.deep.include({ page: 0, line: '', turns: [] });
  });
});
