import { expect } from 'chai';
import fc from 'fast-check';
import { atTypedFields, eachTextOnce, inAllLanguages, leftEmpty } from '../../../../bot/handlers/in-languages.ts';
import { type FormInputs, formValues } from '../../../../src/cards/form.ts';
import { parseContent, parseTitle } from '../../../../src/checklists/input.ts';
import { lengthLimits } from '../../../../src/checklists/model.ts';
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

  it('follows where nothing was typed but spaces', () => {
    expect(leftEmpty({ sv: 'A', fi: ' ' })).to.deep.equal(['fi', 'en']);
    expect(leftEmpty({ sv: undefined, fi: 'A', en: 'B' })).to.deep.equal(['sv']);
  });

  describe('that is not taken', () => {
    const long = 'x'.repeat(lengthLimits.title + 1);
    const wrongAt = (inputs: FormInputs): string[] => {
      const values = formValues(inputs);
      const parsed = atTypedFields(parseTitle({ title: inAllLanguages(values) }), values, 'fi');
      return parsed.ok ? [] : parsed.problems.map(({ field, code }) => `${field} ${code}`);
    };

    it('has that said where it was typed, and not where it was taken over', () => {
      expect(wrongAt({ sv: long })).to.deep.equal(['title.sv tooLong']);
      expect(wrongAt({ en: 'Call 040 123 4567', sv: ' ' })).to.deep.equal(['title.en sensitive']);
      expect(wrongAt({ sv: 'A', en: long })).to.deep.equal(['title.en tooLong']);
      expect(wrongAt({ sv: long, fi: long })).to.deep.equal(['title.sv tooLong', 'title.fi tooLong']);
    });

    it('has it said in the reader’s field when nothing was typed, and what is wrong elsewhere as ever', () => {
      expect(wrongAt({})).to.deep.equal(['title.fi required']);
      const content = { text: inAllLanguages({}), every: null, month: 13 };
      const parsed = atTypedFields(parseContent(content), {}, 'sv');
      expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).to.have.members(['text.sv', 'month']);
    });
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
