import { expect } from 'chai';
import type { ChecklistCommand } from '../../../../src/checklists/model.ts';
import { reminderMessage } from '../../../../src/checklists/notice-card.ts';
import { itemsOf } from '../../../../src/checklists/standing.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type ExamplePerson, monday, people } from '../../../support/builders.ts';
import { dateAt, listOf, played, templateItem, twoLeaders } from '../../../support/checklists.ts';

const late = dateAt(monday).add({ weeks: 5 });
type Press = [ExamplePerson, ChecklistCommand];

/** What a leader reads of one item that was due after these presses. */
function read(...presses: Press[]): Record<string, string> {
  const begun = listOf(templateItem('one', { approval: true }));
  const list = played(begun, ['maria', { do: 'setDue', item: 'one', due: '2026-12-04' }], ...presses);
  const overdue = itemsOf(list).map((item) => ({ list, item }));
  const drawn = languages.map((language) => {
    const scene = { texts: textsFor(language), directory: twoLeaders, today: late, placement: null };
    return [language, JSON.stringify(reminderMessage({ mine: [], overdue }, scene).card)];
  });
  return Object.fromEntries(drawn);
}

describe('what leaders are told to be a week late', () => {
  it('names all who have it', () => {
    const to = [people.petri, people.niina];
    for (const text of Object.values(read(['maria', { do: 'assign', item: 'one', to }]))) {
      expect(text).to.include('Petri Aaltonen, Niina ');
    }
  });

  it('names who did what waits for approval, whoever has it, and says that it waits', () => {
    const cards = read(
      ['petri', { do: 'take', item: 'one' }],
      ['petri', { do: 'link', item: 'one', link: 'https://example.org/' }],
      ['niina', { do: 'done', item: 'one' }],
    );
    for (const language of languages) {
      expect(cards[language]).to.include('Niina ').and.not.include('Petri Aaltonen');
      expect(cards[language]).to.include(textsFor(language)('checklist.state.waiting'));
    }
  });

  it('says so where nobody has it', () => {
    for (const language of languages) {
      expect(read()[language]).to.include(textsFor(language)('checklist.state.free'));
    }
  });
});
