import { expect } from 'chai';
import fc from 'fast-check';
import { bodyId } from '../../../../src/shared/ids.ts';
import { languages } from '../../../../src/shared/language.ts';
import { agendaCard, agendaMessage } from '../../../../src/steering/agenda/card.ts';
import type { Item, Words } from '../../../../src/steering/model.ts';
import { noticeMessage } from '../../../../src/steering/notice-card.ts';
import { type Reading, readBy } from '../../../../src/steering/reading.ts';
import { anybody, maySee, type Reader, readerOf } from '../../../../src/steering/rights.ts';
import type { StoredSitting } from '../../../../src/steering/stored.ts';
import { type Attendant, agenda, drawnFor, idOf, item, opening, region } from '../../../support/agendas.ts';
import { monday } from '../../../support/builders.ts';

const mark = { by: idOf('kaisa'), at: monday.toString() };
const wordsOf = ({ id }: Item): Words => ({
  title: { sv: `Secret-${id}` },
  background: { fi: `Secret-${id}` },
  proposal: {},
  links: [],
});
const readAs = (sitting: StoredSitting, reader: Reader): Reading => readBy(sitting, reader, opening(wordsOf));
const as = (who: Attendant): Reader => readerOf(agenda(), idOf(who), region);

const someItems = fc
  .array(
    fc.record({
      confidential: fc.boolean(),
      state: fc.constantFrom<Item['state']>(
        { is: 'accepted' },
        { is: 'proposed' },
        { is: 'removed', ...mark },
        { is: 'declined', ...mark },
      ),
      late: fc.constantFrom(null, 'added' as const, 'changed' as const, 'removed' as const),
      begun: fc.constantFrom(mark, { ...mark, by: idOf('marjut') }),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((over, at) => item(`item-${at}-`, over)));
const someAgenda = fc
  .record({ items: someItems, sent: fc.constantFrom(null, mark), over: fc.boolean() })
  .map((over) => agenda(over));

/** Everything that could ever be drawn for this reader. */
function drawnFrom(reading: Reading): string {
  const cards = languages.flatMap((language) => {
    const scene = drawnFor(language, { placement: 'p' });
    const notices = (['changed', 'proposed', 'accepted', 'declined', 'silent', 'danger'] as const).flatMap((kind) =>
      ['', ...reading.items.map(({ id }) => id)].map((id) =>
        noticeMessage(reading, { kind, key: `${kind}:${id}:x`, to: idOf('petri') }, scene),
      ),
    );
    const pages = [0, 1].map((page) => agendaCard(reading, scene, { page }));
    const unfolded = reading.items.map(({ id }) => agendaCard(reading, scene, { unfolded: id }));
    return [agendaMessage(reading, scene), ...pages, ...unfolded, ...notices];
  });
  return JSON.stringify(cards);
}

describe('what people read of an agenda', () => {
  it('holds nothing confidential, and nothing that has not gone out, for anybody without a seat', () => {
    for (const reader of [anybody, as('petri')]) {
      fc.assert(
        fc.property(someAgenda, (sitting) => {
          const reading = readAs(sitting, reader);
          for (const one of reading.items) {
            expect(one.confidential).to.equal(false);
            expect(one.state.is === 'accepted' || one.late === 'removed').to.equal(true);
          }
          if (sitting.sent === null) expect(reading.items).to.deep.equal([]);
          const hidden = sitting.items.filter(({ id }) => !reading.items.some((one) => one.id === id));
          const text = drawnFrom(reading);
          for (const { id } of hidden) expect(text).to.not.include(id);
        }),
        { numRuns: 25 },
      );
    }
  });

  it('never asks for the words of what its reader may not see', () => {
    fc.assert(
      fc.property(someAgenda, (sitting) => {
        const opened: Item[] = [];
        readBy(
          sitting,
          anybody,
          opening((one) => {
            opened.push(one);
            return wordsOf(one);
          }),
        );
        expect(opened.some(({ confidential }) => confidential)).to.equal(false);
      }),
    );
  });

  it('is for a member what is on it, confidential or not, and what they have proposed themselves', () => {
    const mine = { begun: { ...mark, by: idOf('marjut') }, state: { is: 'proposed' as const } };
    const sitting = agenda({
      items: [
        item('open'),
        item('closed', { confidential: true }),
        item('mine', mine),
        item('theirs', { ...mine, begun: { ...mark, by: idOf('risto') } }),
        item('off', { state: { is: 'removed', ...mark } }),
      ],
    });
    const seenBy = (who: Attendant) => readAs(sitting, as(who)).items.map(({ id }) => id);
    expect(seenBy('marjut')).to.deep.equal(['open', 'closed', 'mine']);
    expect(seenBy('carola'), 'a substitute').to.deep.equal(['open', 'closed']);
    expect(seenBy('kaisa')).to.deep.equal(['open', 'closed', 'mine', 'theirs', 'off']);
    expect(maySee(sitting, as('petri'))).to.equal(false);
    expect(maySee({ sent: mark }, as('petri'))).to.equal(true);
  });

  it('has the same number for everybody, also where something is hidden', () => {
    const sitting = agenda({ items: [item('a'), item('b', { confidential: true }), item('c')], sent: mark });
    const numbers = (reader: Reader) => readAs(sitting, reader).items.map(({ id, number }) => [id, number]);
    expect(numbers(anybody)).to.deep.equal([
      ['a', 1],
      ['c', 3],
    ]);
    expect(numbers(as('risto'))).to.deep.equal([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('is another body’s for nobody but as what has gone out', () => {
    const other = agenda({ body: bodyId('management:vastra-nyland') });
    expect(readerOf(other, idOf('risto'), region)).to.deep.equal(anybody);
  });

  it('has nothing of what is recorded, or to be done, for whoever has no seat', () => {
    const records = {
      opened: mark,
      closed: mark,
      ended: null,
      seats: [],
      chairs: [],
      secretary: null,
      presence: [],
      records: {},
    };
    const sitting = agenda({ items: [item('a')], sent: mark, proceedings: { ...records, ended: mark.at } });
    const asked: string[] = [];
    const open = {
      words: wordsOf,
      record() {
        asked.push('record');
        throw new Error('It is not theirs.');
      },
      document: () => null,
      followUps() {
        asked.push('followUps');
        return [];
      },
    };
    const read = readBy(sitting, anybody, open);
    expect([read.followUps, read.items.map(({ record }) => record), asked]).to.deep.equal([[], [null], []]);
    expect(() => readBy(sitting, as('risto'), open)).to.throw('It is not theirs.');
  });
});
