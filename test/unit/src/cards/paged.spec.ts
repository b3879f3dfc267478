import { expect } from 'chai';
import { button } from '../../../../src/cards/elements.ts';
import { paged } from '../../../../src/cards/paged.ts';
import { textsFor } from '../../../../src/shared/text.ts';

const sv = textsFor('sv');
const turn = (to: string, page: number) => button(to, 'task.list', { page });
const at = (wanted: number, all: readonly string[] = ['a', 'b', 'c', 'd', 'e']) => {
  const { shown, page, line, turns } = paged(all, { size: 2, wanted, turn }, sv);
  const lines = line.map((part) => ('text' in part ? part.text : ''));
  return { shown: shown.join(''), page, line: lines.join(), turns };
};

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
