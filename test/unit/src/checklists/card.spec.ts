import { expect } from 'chai';
import { signedText } from '../../../../src/checklists/card.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { monday, people } from '../../../support/builders.ts';
import { dateAt, twoLeaders } from '../../../support/checklists.ts';

describe('who did what with an item', () => {
  it('is said in one order, the day before the person, whatever was done and in every language', () => {
    const mark = { by: people.maria, at: monday.toString() };
    for (const language of languages) {
      const scene = { texts: textsFor(language), directory: twoLeaders, today: dateAt(monday), placement: null };
      for (const what of ['done', 'waiting', 'notApplicable', 'approved'] as const) {
        expect(signedText(what, mark, scene), `${language} ${what}`).to.match(/^\S.* 23\D.*, Maria Lindqvist$/);
      }
    }
  });
});
