import { expect } from 'chai';
import { createShippedLists } from '../../../../bot/checklist-files.ts';
import codes from '../../../../src/checklists/codes.json' with { type: 'json' };
import { sourceLabel } from '../../../../src/checklists/codes.ts';

const sources = [
  ...new Set(
    createShippedLists()().flatMap(({ blocks }) =>
      blocks.flatMap(({ items }) => items.flatMap(({ source }) => source ?? [])),
    ),
  ),
];

describe('the label of a source', () => {
  it('names the same place of the handbook in each language', () => {
    const source = 'appendix 8, situational picture 3';
    expect(sourceLabel(source, 'sv')).to.equal('Bilaga 8, lägesbild 3');
    expect(sourceLabel(source, 'fi')).to.equal('Liite 8, tilannekuva 3');
    expect(sourceLabel(source, 'en')).to.equal('Appendix 8, situational picture 3');
  });

  it('leaves no part of a list that ships untranslated, and knows no part that none of them has', () => {
    const parts = sources.flatMap((source) => source.split(', ').map((part) => part.replace(/ \d+$/, '')));
    expect([...new Set(parts)].sort()).to.deep.equal(Object.keys(codes).sort());
  });

  it('leaves the sources of own lists as they were written', () => {
    expect(sourceLabel('Avtalet 2026, punkt 7', 'fi')).to.equal('Avtalet 2026, punkt 7');
  });
});
