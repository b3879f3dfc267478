import { expect } from 'chai';
import { languageOf, languages } from '../../../../src/shared/language.ts';
import { errorText, textsFor } from '../../../../src/shared/text.ts';

describe('texts', () => {
  it('count in the plural forms of each language', () => {
    expect(
      languages.map((language) => [1, 2].map((count) => textsFor(language)('referral.waited', { count }))),
    ).to.deep.equal([
      ['väntat 1 arbetsdag', 'väntat 2 arbetsdagar'],
      ['odottanut 1 työpäivän', 'odottanut 2 työpäivää'],
      ['waited 1 working day', 'waited 2 working days'],
    ]);
  });

  it('say what is filled in as it is, without making HTML of it or reading placeholders in it', () => {
    const texts = textsFor('sv');
    expect(texts('team.saved', { name: '<b>&"Å' })).to.contain('<b>&"Å');
    expect(texts('team.saved', { name: '{{name}} $t(errors.title)' })).to.contain('$t(errors.title)');
  });

  it('of errors exist for those that are meant for people', () => {
    expect(errorText(textsFor('fi'), 'referral.membersOnly', {})).to.be.a('string');
    expect(errorText(textsFor('fi'), 'store.missing', {})).to.equal(null);
  });
});

describe('the language of a locale', () => {
  it('is one of ours or none', () => {
    const found = ['sv-FI', 'sv', 'FI-fi', 'en-US', 'de-DE', '', undefined, 'svenska'].map(languageOf);
    expect(found).to.deep.equal(['sv', 'sv', 'fi', 'en', null, null, null, 'sv']);
  });
});
