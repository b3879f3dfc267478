import { expect } from 'chai';
import fc from 'fast-check';
import { eachTextOnce, inAllLanguages } from '../../../../bot/handlers/in-languages.ts';
import { formValues } from '../../../../src/cards/form.ts';
import { type Localised, languages } from '../../../../src/shared/language.ts';

const text = fc.constantFrom('A', 'B', 'C');
const localised: fc.Arbitrary<Localised> = fc.record({ sv: text, fi: text, en: text });
const reader = fc.constantFrom(...languages);

describe('a text in three languages', () => {
  it('is as it was when its form is sent in as it came, whoever reads it', () => {
    fc.assert(
      fc.property(localised, reader, (before, language) => {
        expect(inAllLanguages(formValues(eachTextOnce(before, language)))).to.deep.equal(before);
      }),
    );
  });

  it('that is one for all stands in the reader’s field alone, and changes in all when it is changed there', () => {
    for (const language of languages) {
      const form = formValues(eachTextOnce({ sv: 'A', fi: 'A', en: 'A' }, language));
      expect(form).to.deep.equal({ [language]: 'A' });
      expect(inAllLanguages({ ...form, [language]: 'B' })).to.deep.equal({ sv: 'B', fi: 'B', en: 'B' });
    }
  });

  it('gets a translation without losing what it is translated from', () => {
    fc.assert(
      fc.property(localised, reader, reader, (before, language, into) => {
        const form = formValues(eachTextOnce(before, language));
        const after = inAllLanguages({ ...form, [into]: 'New' });
        expect(after[into]).to.equal('New');
        const others = languages.filter((other) => other !== into && form[other] !== undefined);
        for (const other of others) expect(after[other]).to.equal(before[other]);
      }),
    );
  });
});
