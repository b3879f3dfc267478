import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { editCard } from '../../../../src/checklists/edit-card.ts';
import type { Checklist } from '../../../../src/checklists/model.ts';
import { blocksOf } from '../../../../src/checklists/standing.ts';
import { ways } from '../../../../src/shared/order.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { monday } from '../../../support/builders.ts';
import { act, dateAt, inAll, list, played, templateItem, twoLeaders } from '../../../support/checklists.ts';

const scene = { texts: textsFor('sv'), directory: twoLeaders, today: dateAt(monday), placement: null };

const seen = z.object({ way: z.enum(ways), past: z.string() });
const itemPress = seen.extend({ item: z.string() });
const blockPress = seen.extend({ block: z.string() });

/** The data of every button with this verb. */
function pressesOn<Data>(card: unknown, verb: string, schema: z.ZodType<Data>): Data[] {
  const found: Data[] = [];
  JSON.stringify(card, (_key, part: unknown) => {
    const action = z.object({ verb: z.literal(verb), data: schema }).safeParse(part);
    if (action.success) found.push(action.data.data);
    return part;
  });
  return found;
}

/** The order after the one has changed places with its neighbour. */
function swapped(order: readonly string[], one: string, way: (typeof ways)[number]): string[] {
  const at = order.indexOf(one);
  const to = way === 'up' ? at - 1 : at + 1;
  return order.map((id, index) => (index === at ? order[to] : index === to ? one : id) ?? id);
}

/** Four blocks of up to six items each, of which some of both were removed. */
const someList: fc.Arbitrary<Checklist> = fc
  .array(fc.record({ gone: fc.boolean(), items: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((drawn) => {
    const blocks = drawn.map(({ items }, at) => ({
      id: `b${at}`,
      title: inAll(`Block ${at}`),
      items: items.map((_gone, index) => templateItem(`i${at}-${index}`)),
    }));
    const begun: Checklist = list({ title: inAll('List'), blocks });
    return drawn.reduce((state, { gone, items }, at) => {
      const without = items.reduce(
        (next, isGone, index) =>
          isGone ? played(next, ['maria', { do: 'removeItem', item: `i${at}-${index}` }]) : next,
        state,
      );
      return gone ? played(without, ['maria', { do: 'removeBlock', block: `b${at}` }]) : without;
    }, begun);
  });

describe('the card on which a leader changes a list', () => {
  it('offers up and down of each item that is there, but no up to the first and no down to the last, whatever was removed', () => {
    let past = 0;
    fc.assert(
      fc.property(someList, (state) => {
        for (const { id: block, items } of blocksOf(state)) {
          const order = items.map(({ id }) => id);
          const offered = pressesOn(
            editCard(state, scene, { unfolded: { block, page: 0 } }),
            'checklist.moveItem',
            itemPress,
          );
          const due = order.flatMap((item, at) =>
            ways.filter((way) => (way === 'up' ? at > 0 : at < order.length - 1)).map((way) => `${item} ${way}`),
          );
          expect(offered.map(({ item, way }) => `${item} ${way}`)).to.deep.equal(due);
          for (const press of offered) {
            const after = blocksOf(act(state, 'maria', { do: 'moveItem', ...press }).list).find(
              ({ id }) => id === block,
            );
            expect(after?.items.map(({ id }) => id)).to.deep.equal(swapped(order, press.item, press.way));
            past += 1;
          }
        }
      }),
    );
    expect(past, 'moves that were made').to.be.greaterThan(50);
  });

  it('offers up and down of the unfolded block in the same way', () => {
    let past = 0;
    fc.assert(
      fc.property(someList, (state) => {
        const order = blocksOf(state).map(({ id }) => id);
        for (const [at, block] of order.entries()) {
          const offered = pressesOn(
            editCard(state, scene, { unfolded: { block, page: 0 } }),
            'checklist.moveBlock',
            blockPress,
          );
          expect(offered.map(({ way }) => way)).to.deep.equal([
            ...(at > 0 ? ['up'] : []),
            ...(at < order.length - 1 ? ['down'] : []),
          ]);
          for (const press of offered) {
            const after = blocksOf(act(state, 'maria', { do: 'moveBlock', ...press }).list).map(({ id }) => id);
            expect(after).to.deep.equal(swapped(order, block, press.way));
            past += 1;
          }
        }
      }),
    );
    expect(past, 'moves that were made').to.be.greaterThan(50);
  });

  it('shows an item where it stands, on whichever page that is', () => {
    const items = Array.from({ length: 20 }, (_, at) => templateItem(`i${at}`, { text: inAll(`Text ${at}.`) }));
    const state = list({ title: inAll('List'), blocks: [{ id: 'block', title: inAll('Block'), items }] });
    const text = JSON.stringify(editCard(state, scene, { unfolded: { item: 'i13' } }));
    expect(text).to.include('Text 13.').and.not.include('Text 11.');
  });

  it('begins with the first block, at its first page, whatever is done there', () => {
    const items = Array.from({ length: 9 }, (_, at) => templateItem(`i${at}`, { text: inAll(`Text ${at}.`) }));
    const blocks = [
      { id: 'first', title: inAll('First'), items },
      { id: 'second', title: inAll('Second'), items: [templateItem('other', { text: inAll('Other.') })] },
    ];
    const done = items.slice(0, 7).map(({ id }): Parameters<typeof played>[1] => ['petri', { do: 'done', item: id }]);
    const text = JSON.stringify(editCard(played(list({ title: inAll('List'), blocks }), ...done), scene));
    expect(text).to.include('Text 0.').and.not.include('Text 8.').and.not.include('Other.');
  });

  it('offers to move nothing on a list that is closed', () => {
    const closed = played(list(), ['maria', { do: 'close' }]);
    const text = JSON.stringify(editCard(closed, scene));
    expect(text).to.not.include('checklist.moveItem').and.not.include('checklist.moveBlock');
  });
});
