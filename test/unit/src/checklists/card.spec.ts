import { expect } from 'chai';
import { z } from 'zod';
import { listMessage, signedText } from '../../../../src/checklists/card.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { envelope, monday, people } from '../../../support/builders.ts';
import { dateAt, inAll, list, played, templateItem, twoLeaders } from '../../../support/checklists.ts';

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

const bar = z.object({ type: z.literal('ProgressBar'), value: z.number(), max: z.number() });

/** Every progress bar of a card as it is drawn, from the top down. */
function barsOn(card: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(card, (_key, part: unknown) => {
    const { success, data } = bar.safeParse(part);
    if (success) found.push(`${data.value} of ${data.max}`);
    return part;
  });
  return found;
}

describe('the card of a list', () => {
  it('has a progress bar for the whole and one for each block, of what is done or does not apply', () => {
    const scene = { texts: textsFor('sv'), directory: twoLeaders, today: dateAt(monday), placement: null };
    const block = (id: string, ...items: string[]) => ({
      id,
      title: inAll(id),
      items: items.map((one) => templateItem(one)),
    });
    const blocks = [block('first', 'a', 'b'), block('second', 'c', 'd', 'e'), block('third', 'f')];
    const begun = list({ title: inAll('List'), blocks });
    expect(barsOn(listMessage(begun, scene, []).card)).to.deep.equal(['0 of 6', '0 of 2', '0 of 3', '0 of 1']);
    const reason = envelope();
    const worked = played(
      begun,
      ['petri', { do: 'done', item: 'a' }],
      ['petri', { do: 'take', item: 'b' }],
      ['petri', { do: 'done', item: 'c' }],
      ['petri', { do: 'notApplicable', item: 'd', reason }],
    );
    expect(barsOn(listMessage(worked, scene, []).card)).to.deep.equal(['3 of 6', '1 of 2', '2 of 3', '0 of 1']);
  });
});
