import { expect } from 'chai';
import { commonWords } from '../../../../bot/commands/vocabulary.ts';
import { createVocabulary, typoLimit, typosBetween } from '../../../../bot/commands/word.ts';
import { type Localised, languages } from '../../../../src/shared/language.ts';
import { foldText } from '../../../../src/shared/normalise.ts';
import { featuresOf } from '../../../support/features.ts';

const { commands } = featuresOf('local');
const { words: knownWords, understand } = createVocabulary(commands.map(({ words }) => words));
const concepts = [commonWords, ...commands.map(({ words }) => words)].flatMap((words) =>
  Object.entries<Localised>(words),
);

describe('the vocabulary', () => {
  it('has words in every language for every concept, and an example for every command', () => {
    for (const language of languages) {
      for (const [concept, words] of concepts) expect(words[language], concept).not.to.equal('');
      for (const { example } of commands) expect(example[language], example.sv).not.to.equal('');
    }
  });

  it('has no word within a typo of a word for something else', () => {
    const meaningful = knownWords.filter(({ concept }) => concept !== null);
    const clashes = meaningful.flatMap((one) =>
      meaningful
        .filter((other) => one.word < other.word && one.concept !== other.concept)
        .filter(
          (other) => typosBetween(one.word, other.word) <= typoLimit(Math.min(one.word.length, other.word.length)),
        )
        .map((other) => `${one.word}/${other.word}`),
    );
    // `läge` (status) and `lägg` (add) are told apart by being written right.
    // `toimi` (act) is a command in local mode alone; elsewhere it is a word that is not taken for `tiimi` (team).
    expect(clashes).to.deep.equal(['lage/lagg', 'tiimi/toimi']);
  });

  it('understands every word as itself, however it is accented or cased', () => {
    for (const [concept, words] of concepts) {
      for (const word of Object.values(words).flatMap((text) => text.split(' '))) {
        expect(understand(foldText(word))?.concept, word).to.equal(concept);
        expect(understand(foldText(word.toUpperCase()))?.concept, word).to.equal(concept);
      }
    }
  });
});

describe('the vocabulary of several features', () => {
  it('is not made of words that mean two things, or of concepts that are given twice', () => {
    const words = { sv: 'möte', fi: 'kokous', en: 'meeting' };
    expect(() => createVocabulary([{ meeting: words }, { gathering: words }])).to.throw(/"mote" stands for both/);
    expect(() => createVocabulary([{ meeting: words }, { meeting: { ...words } }])).to.throw(
      /"meeting" is given twice/,
    );
    expect(() => createVocabulary([{ open: words }])).to.throw(/"open" is given twice/);
    expect(createVocabulary([{ meeting: words }, { meeting: words }]).understand('kokuos')?.concept).to.equal(
      'meeting',
    );
  });

  it('takes no word of everyday language for one of ours that is near to it', () => {
    const { understand } = createVocabulary([{ team: { sv: 'team', fi: 'tiimi', en: 'team' } }]);
    expect(understand('toimi')).to.equal(null);
    expect(understand('tiimj')?.concept).to.equal('team');
  });
});

describe('understanding a word', () => {
  it('forgives nothing up to three letters, one typo up to six, two above', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map(typoLimit)).to.deep.equal([0, 0, 0, 1, 1, 1, 2, 2]);
  });

  it('counts added, dropped, replaced and swapped letters as one typo each', () => {
    expect(typosBetween('hjalp', 'hjalp')).to.equal(0);
    expect(typosBetween('hjalp', 'hjallp')).to.equal(1);
    expect(typosBetween('hjalp', 'hjlp')).to.equal(1);
    expect(typosBetween('hjalp', 'hjolp')).to.equal(1);
    expect(typosBetween('hjalp', 'hjapl')).to.equal(1);
    expect(typosBetween('hjalp', 'jhapl')).to.equal(4);
  });

  it('goes by the shorter of the two words', () => {
    expect(understand('opn')).to.equal(null);
    expect(understand('opne')?.word).to.equal('open');
    expect(understand('hanvsng')).to.equal(null);
    expect(understand('hanvisng')?.concept).to.equal('referral');
  });

  it('does not decide between two words that are equally near', () => {
    expect(typosBetween('teimi', 'tiimi')).to.equal(1);
    expect(typosBetween('teimi', 'toimi')).to.equal(1);
    expect(understand('teimi')).to.equal(null);
  });

  it('does not correct words without a meaning: they may be names', () => {
    expect(understand('snalla')?.concept).to.equal(null);
    expect(understand('snella')).to.equal(null);
  });
});
