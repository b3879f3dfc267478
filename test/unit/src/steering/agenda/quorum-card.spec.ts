import { expect } from 'chai';
import { languages } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { notYetQuorateText } from '../../../../../src/steering/agenda/quorum-card.ts';
import type { Expectation } from '../../../../../src/steering/recipients.ts';

const inEach = (least: Expectation['least']): string[] =>
  languages.map((language) => notYetQuorateText({ present: 1, needed: 7, least }, textsFor(language)));

describe('what is said of a meeting that could not decide yet', () => {
  it('is how many are needed, and how many of which kind among them', () => {
    expect(
      inEach([
        { of: 'authority', count: 2 },
        { of: 'municipality', count: 1 },
      ]),
    ).to.deep.equal([
      'Hittills anmälda: 1. För beslutförhet behövs 7, bland dem 2 myndigheter och 1 kommun.',
      'Tähän mennessä ilmoittautuneita: 1. Päätösvaltaisuuteen tarvitaan 7, joiden joukossa 2 viranomaista ja 1 kunta.',
      'Coming so far: 1. Needed for a quorum: 7, among them 2 authorities and 1 municipality.',
    ]);
  });

  it('names no kind of which none has to be there', () => {
    expect(inEach([{ of: 'municipality', count: 3 }])[0]).to.match(/behövs 7, bland dem 3 kommuner\.$/);
    expect(inEach([])[0]).to.match(/behövs 7\.$/);
  });
});
