import { expect } from 'chai';
import { type Language, languages } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { agendaCard } from '../../../../../src/steering/agenda/card.ts';
import { limits, type Words } from '../../../../../src/steering/model.ts';
import { readBy } from '../../../../../src/steering/reading.ts';
import type { Reader } from '../../../../../src/steering/rights.ts';
import type { StoredSitting } from '../../../../../src/steering/stored.ts';
import { titleOf } from '../../../../../src/steering/words-card.ts';
import { agenda, drawnFor, idOf, item, opening, played } from '../../../../support/agendas.ts';
import { monday } from '../../../../support/builders.ts';
import { executeActions, textsOf } from '../../../../support/teams/cards.ts';
import { isFields } from '../../../../support/teams/world.ts';
import { largestAgenda } from '../../cards/agenda-cards.ts';

const sv = textsFor('sv');
const keeper: Reader = { is: 'keeper', person: idOf('kaisa') };
const drawn = (sitting: StoredSitting, reader: Reader, options = {}) =>
  agendaCard(
    readBy(
      sitting,
      reader,
      opening(({ id, code }) => ({ title: code ? {} : { sv: id }, background: {}, proposal: {}, links: [] })),
    ),
    drawnFor('sv', { placement: 'p' }),
    options,
  );
const verbsOf = (...of: Parameters<typeof drawn>): string[] =>
  executeActions({ ...drawn(...of) }).map(
    ({ action }) => `${action.verb}${isFields(action.data) && action.data.coming ? `:${action.data.coming}` : ''}`,
  );
const textIn = (...of: Parameters<typeof drawn>): string => textsOf(drawn(...of)).join('\n');

describe('the card of an agenda', () => {
  const sent = played(agenda(), ['kaisa', { do: 'send' }]);

  it('stands on one page as every meeting has it', () => {
    expect(verbsOf(agenda(), keeper)).to.not.include('agenda.turn');
    expect(textIn(agenda(), keeper))
      .to.include(`9.\u00a0${sv('agenda.item.closing')}`)
      .and.not.include(sv('list.page', { page: 1, pages: 2 }));
  });

  it('shows each of a hundred items on one page and no other, and an unfolded one among its own', () => {
    const sitting = largestAgenda(limits.items);
    const pages = Array.from({ length: 40 }, (_, page) => textIn(sitting, keeper, { page }));
    const distinct = [...new Set(pages)];
    for (const { id } of sitting.items) {
      expect(
        distinct.filter((page) => page.includes(id)),
        id,
      ).to.have.length(1);
      const unfolded = textIn(sitting, keeper, { unfolded: id });
      expect(unfolded).to.include(id).and.include(sv('agenda.actions.fold'));
    }
  });

  it('folds an item where it stands', () => {
    const sitting = largestAgenda(limits.items);
    const last = sitting.items.at(-1)?.id ?? '';
    const fold = executeActions({ ...drawn(sitting, keeper, { unfolded: last }) }).find(
      ({ action }) => action.title === sv('agenda.actions.fold'),
    );
    const data = isFields(fold?.action.data) ? fold.action.data : {};
    expect(data.page).to.be.a('number').and.above(0);
    expect(textIn(sitting, keeper, { page: data.page })).to.include(last);
  });

  it('hides what is unfolded again by a word that does not sound as if it closed the item or the meeting', () => {
    const words = languages.map((language) => textsFor(language)('agenda.actions.fold'));
    expect(words).to.deep.equal(['Fäll ihop', 'Pienennä', 'Collapse']);
  });

  it('is called as somebody has written it, in whichever language, and else as every agenda has it', () => {
    const called = (title: Words['title'], language: Language) =>
      titleOf(
        { words: { title, background: {}, proposal: {}, links: [] }, code: 'other', year: null },
        drawnFor(language),
      );
    expect(called({ sv: 'Lokaler' }, 'fi')).to.equal('Lokaler');
    expect(called({ sv: 'Lokaler', fi: 'Tilat' }, 'fi')).to.equal('Tilat');
    expect(called({}, 'fi')).to.equal(textsFor('fi')('agenda.item.other'));
  });

  it('offers each what they have not answered: a member all three, a substitute no other in their place', () => {
    const replies = (who: 'risto' | 'carola' | 'kaisa', sitting = sent) =>
      verbsOf(sitting, { is: 'member', person: idOf(who) }).filter((verb) => verb.startsWith('agenda.reply'));
    expect(replies('risto')).to.deep.equal(['agenda.reply:yes', 'agenda.reply:no', 'agenda.reply:substitute']);
    expect(replies('carola')).to.deep.equal(['agenda.reply:yes', 'agenda.reply:no']);
    expect(replies('risto', { ...sent, comings: { [idOf('risto')]: 'no' } })).to.deep.equal([
      'agenda.reply:yes',
      'agenda.reply:substitute',
    ]);
    expect(
      verbsOf(agenda(), keeper).filter((verb) => verb.startsWith('agenda.reply')),
      'before it is sent',
    ).to.deep.equal([]);
  });

  it('offers a member to propose until the deadline, and its keeper to add after it too', () => {
    const late = drawnFor('sv', { now: monday.add({ hours: 20 * 24 }), placement: 'p' });
    const verbs = (reader: Reader, scene: typeof late) =>
      executeActions({
        ...agendaCard(
          readBy(
            agenda(),
            reader,
            opening(() => ({ title: {}, background: {}, proposal: {}, links: [] })),
          ),
          scene,
        ),
      }).map(({ action }) => action.verb);
    const member: Reader = { is: 'member', person: idOf('risto') };
    expect(verbs(member, drawnFor('sv'))).to.include('agenda.itemForm');
    expect(verbs(member, late)).to.not.include('agenda.itemForm');
    expect(verbs(keeper, late)).to.include('agenda.itemForm');
  });

  it('offers nothing to change once the meeting is over', () => {
    const verbs = verbsOf({ ...sent, over: true }, keeper, { unfolded: 'figures' });
    expect(new Set(verbs)).to.deep.equal(new Set(['agenda.view']));
  });

  it('says of what was taken off who did it, and that it is off the agenda', () => {
    const off = item('x', { state: { is: 'removed', by: idOf('kaisa'), at: monday.toString() }, late: 'removed' });
    const text = textIn({ ...sent, items: [...sent.items, off] }, { is: 'member', person: idOf('marjut') });
    expect(text).to.include(sv('agenda.section.removed')).and.include(sv('agenda.late.removed'));
    expect(text).to.include(sv('agenda.state.removed', { name: 'Kaisa Sandberg' }));
  });
});
