import { expect } from 'chai';
import fc from 'fast-check';
import { emptyForm, formAgain, problemText } from '../../../../src/cards/form.ts';
import { formFields, formLimits, referralForm, toIntakeInput } from '../../../../src/referrals/form.ts';
import { parseIntake } from '../../../../src/referrals/input.ts';
import { problemCodes } from '../../../../src/shared/input.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory } from '../../../support/builders.ts';

const directory = exampleDirectory();
const filled = {
  municipality: 'hango',
  source: 'police',
  basis: 'crimeReport',
  concerns: 'theft,alcohol',
  ageBand: 'from15to17',
  gender: 'other',
  urgency: 'soon',
  name: 'Aino Esimerkki',
  birthYear: '2010',
  guardianContact: 'Antti Esimerkki',
  narrative: 'Har setts ute sent.',
  legalBasis: 'law',
};

/** Every input of a card, with the text that stands right below it in its container, by id. */
function inputsOf(card: unknown): Map<string, { value: unknown; error: string | null }> {
  const found = new Map<string, { value: unknown; error: string | null }>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) visit(item);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
    const fields: Record<string, unknown> = { ...part };
    const id = typeof fields.id === 'string' ? fields.id : '';
    if (String(fields.type).startsWith('Input.')) found.set(id, { value: fields.value ?? null, error: null });
    const input = found.get(id.replace(/-error$/, ''));
    if (id.endsWith('-error') && input) input.error = String(fields.text);
    for (const inner of Object.values(fields)) visit(inner);
  };
  visit(card);
  return found;
}

describe('the form of a referral', () => {
  it('reads as the same referral that was filled in', () => {
    const parsed = parseIntake(toIntakeInput(filled), directory, 2026);
    expect(parsed.ok && parsed.value).to.deep.equal({
      coded: {
        municipality: 'hango',
        source: 'police',
        basis: 'crimeReport',
        concerns: ['theft', 'alcohol'],
        ageBand: 'from15to17',
        gender: 'other',
        urgency: 'soon',
        legalBasis: 'law',
      },
      identity: { name: 'Aino Esimerkki', birthYear: 2010, guardianContact: 'Antti Esimerkki' },
      narrative: 'Har setts ute sent.',
    });
  });

  it('has every field that is read, and no other', () => {
    const card = referralForm(textsFor('sv'), directory, emptyForm, { formId: 'f', where: 'chat', alone: true });
    expect([...inputsOf(card).keys()].sort()).to.deep.equal([...formFields].sort());
  });

  it('shows every problem at its field, with what was typed still there', () => {
    const parsed = parseIntake(
      toIntakeInput({ ...filled, municipality: '', name: '', birthYear: '20x0' }),
      directory,
      2026,
    );
    if (parsed.ok) throw new Error('It was taken');
    for (const language of languages) {
      const texts = textsFor(language);
      const values = { ...filled, municipality: '', name: '', birthYear: '20x0' };
      const inputs = inputsOf(
        referralForm(texts, directory, formAgain(texts, values, parsed.problems, formLimits), {
          formId: 'f',
          where: 'chat',
          alone: true,
        }),
      );
      const wrong = [...inputs].filter(([, { error }]) => error !== null).map(([id]) => id);
      expect(wrong.sort()).to.deep.equal(['birthYear', 'municipality', 'name']);
      expect(inputs.get('birthYear')).to.deep.include({ value: '20x0' });
      expect(inputs.get('name')?.error).to.contain(texts('problem.required'));
      for (const field of ['source', 'concerns', 'guardianContact', 'narrative', 'legalBasis'] as const) {
        expect(inputs.get(field)?.value, field).to.equal(filled[field]);
      }
    }
  });

  it('takes an empty field for none, whatever spaces stand in it', () => {
    const blank = Object.fromEntries(formFields.map((field) => [field, '  ']));
    const parsed = parseIntake(toIntakeInput(blank), directory, 2026);
    expect(
      parsed.ok ? [] : parsed.problems.every(({ code }) => ['required', 'tooFew', 'unknownCode'].includes(code)),
    ).to.equal(true);
  });

  it('takes whatever is sent for the values of its inputs without a fault', () => {
    const values = fc.dictionary(
      fc.oneof(fc.constantFrom(...formFields), fc.constantFrom('__proto__', 'constructor')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(values, (sent) => {
        const parsed = parseIntake(toIntakeInput(sent), directory, 2026);
        if (parsed.ok) return;
        const form = formAgain(textsFor('fi'), sent, parsed.problems, formLimits);
        referralForm(textsFor('fi'), directory, form, { formId: 'f', where: 'dialog', alone: false });
      }),
    );
  });

  it('says how long a text may be', () => {
    const grouped = { sv: '4\u00A0000', fi: '4\u00A0000', en: '4,000' };
    for (const language of languages) {
      const said = problemText(textsFor(language), { code: 'tooLong' }, 'narrative', formLimits);
      expect(said).to.include(grouped[language]);
      for (const code of problemCodes)
        expect(problemText(textsFor(language), { code }, 'name', formLimits), code).to.not.match(/problem\.|\{\{/);
    }
  });
});
