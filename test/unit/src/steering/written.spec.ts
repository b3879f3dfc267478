import { expect } from 'chai';
import { inFewer, isTranslation, rewordedIn } from '../../../../src/steering/written.ts';

describe('what is written in several languages', () => {
  it('goes in the others when it is written anew in one, and stands beside them when nothing stood there', () => {
    const before = { sv: 'Ring', fi: 'Soita' };
    const reworded: Record<string, unknown> = {
      'Skriv, in its place': rewordedIn(before, { language: 'sv', text: 'Skriv' }),
      'Call, beside them': rewordedIn(before, { language: 'en', text: 'Call' }),
      'nothing in its place': rewordedIn(before, { language: 'sv', text: '' }),
      'nothing beside them': rewordedIn(before, { language: 'en', text: '' }),
      'the same as in another': rewordedIn(before, { language: 'en', text: 'Ring' }),
      'Call, anew': rewordedIn(before, { language: 'en', text: 'Call' }, true),
    };
    expect(reworded).to.deep.equal({
      'Skriv, in its place': { sv: 'Skriv' },
      'Call, beside them': { ...before, en: 'Call' },
      'nothing in its place': {},
      'nothing beside them': before,
      'the same as in another': before,
      'Call, anew': { en: 'Call' },
    });
  });

  it('is translated where all that stands is kept, and something stands', () => {
    expect(isTranslation({ sv: 'Ring', fi: 'Soita' }, { sv: 'Ring' })).to.equal(true);
    for (const stands of [{}, { sv: 'Skriv' }, { sv: 'Ring', fi: 'Soita' }, { sv: 'Ring', en: 'Call' }])
      expect(isTranslation({ sv: 'Ring', fi: 'Soita' }, stands), JSON.stringify(stands)).to.equal(false);
  });

  it('may have been seen in fewer of them, but never in none', () => {
    const all = { sv: 'Ring', fi: 'Soita', en: 'Call' };
    const [first, ...fewer] = inFewer(all);
    expect(first).to.deep.equal(all);
    expect(fewer).to.have.deep.members([
      { sv: 'Ring', fi: 'Soita' },
      { sv: 'Ring', en: 'Call' },
      { fi: 'Soita', en: 'Call' },
      ...[{ sv: 'Ring' }, { fi: 'Soita' }, { en: 'Call' }],
    ]);
    expect(inFewer({ fi: 'Soita' })).to.deep.equal([{ fi: 'Soita' }]);
    expect(inFewer({}), 'but where nothing is said').to.deep.equal([{}]);
  });
});
