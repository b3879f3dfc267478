import { expect } from 'chai';
import { chairAt } from '../../../../src/steering/meeting/proceedings.ts';
import type { Sitting } from '../../../../src/steering/model.ts';
import { withChairs } from '../../../../src/steering/older.ts';
import { agenda, idOf } from '../../../support/agendas.ts';
import { monday } from '../../../support/builders.ts';

const mark = { by: idOf('kaisa'), at: monday.toString() };
const envelope = { v: 1, kid: 'k', iv: 'i', tag: 't', ct: 'c' } as const;

describe('a sitting of schema 1', () => {
  const { items, ...rest } = agenda();
  const older = {
    ...rest,
    items: items.map((one) => ({ ...one, links: one.id === 'figures' ? ['https://example.com/'] : [] })),
    proceedings: {
      opened: mark,
      closed: mark,
      seats: [{ id: 'polis', kind: 'authority', name: { sv: '', fi: '', en: '' }, holders: [idOf('risto')] }],
      chair: idOf('risto'),
      presence: [{ seat: 'polis', person: idOf('risto'), from: null, to: null }],
      records: {
        next: {
          discussion: null,
          recusals: [],
          vote: null,
          outcome: null,
          dissents: [],
          actions: [{ id: 'one', text: envelope, owner: idOf('risto'), due: '2027-01-15', done: null }],
        },
      },
    },
    minutes: {
      paragraphs: { year: 2026, numbers: {} },
      versions: [
        { number: 1, made: mark, checkers: [{ person: idOf('risto'), name: 'Risto', answer: null }], final: null },
      ],
    },
  };
  // As it came out of the store, it is called what it becomes.
  const read = withChairs(older as unknown as Sitting);

  it('has its chair from the beginning, nobody for an item alone, and nothing handed on', () => {
    const { proceedings } = read;
    if (!proceedings) throw new Error('It was opened.');
    expect(proceedings.chairs).to.deep.equal([{ person: idOf('risto'), from: null }]);
    expect(chairAt({ ...read, proceedings }, 'closing')).to.equal(idOf('risto'));
    expect(proceedings.records.next?.chair).to.equal(null);
    expect(proceedings.records.next?.actions[0]?.handed).to.equal(null);
    expect(proceedings).to.not.have.property('chair');
    expect(proceedings.ended, 'it was closed').to.equal(mark.at);
    expect(withChairs({ ...(older as unknown as Sitting), proceedings: null }).proceedings).to.equal(null);
  });

  it('keeps its links until they are sealed, and its checkers were asked when it was made', () => {
    expect(read.items.flatMap(({ id, openLinks }) => (openLinks ? [[id, openLinks]] : []))).to.deep.equal([
      ['figures', ['https://example.com/']],
    ]);
    expect(read.items.some((one) => 'links' in one)).to.equal(false);
    expect(read.minutes?.versions[0]?.checkers[0]?.asked).to.equal(mark.at);
  });

  it('is the same once it is up to date', () => {
    expect(withChairs(read)).to.deep.equal(read);
  });
});
