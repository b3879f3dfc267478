import { expect } from 'chai';
import { z } from 'zod';
import { listCard, listMessage, signedText } from '../../../../src/checklists/card.ts';
import type { Checklist } from '../../../../src/checklists/model.ts';
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
  const scene = { texts: textsFor('sv'), directory: twoLeaders, today: dateAt(monday), placement: null };
  /** Its items are `<id>0`, `<id>1` and so on. */
  const blockOf = (id: string, count: number) => ({
    id,
    title: inAll(id),
    items: Array.from({ length: count }, (_, at) => templateItem(`${id}${at}`, { text: inAll(`${id}${at}.`) })),
  });
  const textOf = (card: unknown): string => JSON.stringify(card);

  it('shows the page where something is left to do, as long as nobody chose another', () => {
    const begun = list({ title: inAll('List'), blocks: [blockOf('first', 14), blockOf('second', 14)] });
    const ids = (block: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => `${block}${from + at}`);
    const done = (state: Checklist, items: readonly string[]) =>
      played(state, ...items.map((item): Parameters<typeof played>[1] => ['petri', { do: 'done', item }]));
    const six = done(begun, ids('first', 0, 6));
    expect(textOf(listCard(begun, scene)))
      .to.include('first5.')
      .and.not.include('first6.');
    expect(textOf(listCard(six, scene)))
      .to.include('first6.')
      .and.not.include('first5.');
    expect(textOf(listCard(done(six, ids('first', 8, 14)), scene)), 'the first that is left').to.include('first7.');
    const chosen = listCard(six, scene, { unfolded: { block: 'first', page: 0 } });
    expect(textOf(chosen)).to.include('first5.').and.not.include('first6.');
    const gone = listCard(six, scene, { unfolded: { item: 'nothing' } });
    expect(textOf(gone), 'what was removed').to.include('first6.');
  });

  it('opens a folded block at the page where something is left to do there, and a settled one at its first', () => {
    const begun = list({ title: inAll('List'), blocks: [blockOf('first', 8), blockOf('second', 8)] });
    const opens = (state: Checklist) =>
      [...textOf(listCard(state, scene)).matchAll(/"block":"second","page":(\d)/g)].map(([, page]) => page);
    const done = (count: number) =>
      Array.from({ length: count }, (_, at): Parameters<typeof played>[1] => [
        'petri',
        { do: 'done', item: `second${at}` },
        monday,
      ]);
    const last = monday.add({ hours: 1 });
    const worked = (count: number) => played(begun, ...done(count), ['petri', { do: 'done', item: 'first0' }, last]);
    expect([opens(worked(5)), opens(worked(7)), opens(worked(8))]).to.deep.equal([['0'], ['1'], ['0']]);
  });

  it('says of a block without items that it has none, and counts those of the others', () => {
    const begun = list({ title: inAll('List'), blocks: [blockOf('first', 2), blockOf('empty', 0)] });
    for (const language of languages) {
      const texts = textsFor(language);
      const text = textOf(listCard(begun, { ...scene, texts }));
      expect(text).to.include(`empty · ${texts('checklist.progress.empty')}"`);
      expect(text).to.include(`first · ${texts('checklist.progress.done', { done: 0, total: 2 })}"`);
    }
  });

  it('has a progress bar for the whole and one for each block, of what is done or does not apply', () => {
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
