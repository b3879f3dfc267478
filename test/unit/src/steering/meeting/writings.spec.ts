import { expect } from 'chai';
import type { Envelope } from '../../../../../src/shared/sealed.ts';
import { seenOf } from '../../../../../src/shared/seen.ts';
import { openedWords } from '../../../../../src/steering/agenda/writings.ts';
import { actionParts, ballotParts, decisionParts, proposalParts } from '../../../../../src/steering/meeting/parts.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { toRecordCommand } from '../../../../../src/steering/meeting/writings.ts';
import type { RecordPress } from '../../../../../src/steering/model.ts';
import type { StoredSitting } from '../../../../../src/steering/stored.ts';
import { createSealer } from '../../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../../src/storage/keys.ts';
import { agenda, content, idOf, played } from '../../../../support/agendas.ts';
import { actor, monday, refusal } from '../../../../support/builders.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const by = { actor: actor('kaisa') };
const added: StoredSitting = played(agenda(), ['kaisa', { do: 'add', item: 'new', content: content() }]);

describe('what is written of what comes of an item', () => {
  it('gives back what was changed of an action, or handed on, while somebody else did', () => {
    const action = { id: 'one', owner: idOf('risto'), due: '2027-01-15' };
    const empty = { closed: null, seats: [], chairs: [], secretary: null, presence: [], records: {} };
    const opened = { by: idOf('kaisa'), at: monday.toString() };
    const blank: StoredSitting = { ...added, proceedings: { opened, ...empty } };
    const said = { language: 'sv' as const, text: 'Ring' };
    const assign = { do: 'assign', item: 'new', ...action, said } as const;
    const { text } = toRecordCommand(sealer, blank, { ...assign, seen: undefined }, by) as { text: Envelope };
    const known: StoredSitting = {
      ...blank,
      proceedings: {
        opened,
        ...empty,
        records: { new: { ...noRecord, actions: [{ ...action, text, handed: null, done: null }] } },
      },
    };
    const open = { ...action, handed: null, done: null };
    const seen = seenOf(actionParts(open, { sv: 'Ring' }));
    const pressed = (press: RecordPress): string | null => refusal(() => toRecordCommand(sealer, known, press, by));
    expect(pressed({ ...assign, due: '2027-02-01', seen })).to.equal(null);
    const stale = seenOf(actionParts({ ...open, due: '2027-01-01' }, { sv: 'Ring' }));
    expect(pressed({ ...assign, due: '2027-02-01', seen: stale })).to.equal('form.overtaken');
    const handOn = { do: 'handOn', item: 'new', id: 'one', owner: idOf('marjut'), due: '2027-02-01' } as const;
    expect(pressed({ ...handOn, seen: seenOf({ owner: action.owner, due: action.due }) })).to.equal(null);
    expect(pressed({ ...handOn, seen: seenOf({ owner: idOf('carola'), due: action.due }) })).to.equal('form.overtaken');
    const before = seenOf({ text: 'Ring', owner: action.owner, due: action.due });
    expect(before, 'a form of before').to.equal(seen);
    const done = { by: idOf('risto'), at: monday.toString() };
    for (const since of [{ handed: { owner: idOf('marjut'), due: '2027-02-01' } }, { done }])
      expect(seenOf(actionParts({ ...open, ...since }, { sv: 'Ring' }))).to.not.equal(seen);
    expect(seenOf(actionParts(open, { sv: 'Ring', fi: 'Soita' })), 'in one more language').to.not.equal(seen);
  });

  it('adds nothing to a decision by saying in one language what another says already', () => {
    const mark = { by: idOf('kaisa'), at: monday.toString() };
    const empty = { closed: null, seats: [], chairs: [], secretary: null, presence: [] };
    const of = (text: Envelope | null): StoredSitting => ({
      ...added,
      proceedings: {
        ...{ opened: mark, ...empty },
        records: { new: { ...noRecord, outcome: text && { as: 'changed', text, ...mark } } },
      },
    });
    const decide = (language: 'sv' | 'fi', text: string) =>
      ({ do: 'decide', item: 'new', as: 'changed', said: { language, text }, seen: undefined }) as const;
    const { text } = toRecordCommand(sealer, of(null), decide('sv', 'Ja.'), by) as { text: Envelope };
    expect(toRecordCommand(sealer, of(text), decide('fi', 'Ja.'), by)).to.have.property('text', text);
  });

  it('gives back what is decided as it was proposed, of a proposal or a document that is another by now', () => {
    const opened = { by: idOf('kaisa'), at: monday.toString() };
    const empty = { closed: null, seats: [], chairs: [], secretary: null, presence: [], records: {} };
    const open: StoredSitting = { ...added, proceedings: { opened, ...empty } };
    const item = added.items.find(({ id }) => id === 'new');
    if (!item) throw new Error('It was added.');
    const pressed = (as: 'asProposed' | 'tabled', seen: string): string | null => {
      const press = { do: 'decide', item: 'new', as, said: { language: 'sv', text: '' }, seen } as const;
      return refusal(() => toRecordCommand(sealer, open, press, by));
    };
    const words = openedWords(sealer, added, item);
    const seenWith = (...proposed: Parameters<typeof proposalParts>): string =>
      seenOf({ ...decisionParts(null, {}, []), ...proposalParts(...proposed) });
    const seen = seenWith(item, words);
    const others = [
      seenWith(item, { ...words, proposal: { ...words.proposal, fi: 'Toinen.' } }),
      seenWith({ ...item, document: { sha256: 'ab' } }, words),
    ];
    expect(pressed('asProposed', seen)).to.equal(null);
    for (const other of others) {
      expect(pressed('asProposed', other)).to.equal('form.overtaken');
      expect(pressed('tabled', other), 'whatever was proposed').to.equal(null);
    }
    const [decision, dissents] = seen.split('-');
    for (const before of [`${decision}`, `${decision}-${dissents}`])
      expect(pressed('asProposed', before), 'a form of before').to.equal(null);
    for (const before of ['00000000', `00000000-${dissents}`])
      expect(pressed('asProposed', before), 'one that has seen another decision').to.equal('form.overtaken');
  });

  it('gives back the votes that were written down of somebody who does not vote any more', () => {
    const opened = { by: idOf('kaisa'), at: monday.toString() };
    const vote = { counters: [], votes: {}, ended: null };
    const recusal = { seat: 'polis', person: idOf('risto'), substitute: idOf('carola') };
    const voting = (recusals: readonly (typeof recusal)[]) => ({
      ...added,
      proceedings: {
        ...{ opened, closed: null, chairs: [], secretary: null },
        seats: [
          { id: 'polis', kind: 'authority' as const, name: { sv: '', fi: '', en: '' }, holders: [], members: [] },
        ],
        presence: [{ seat: 'polis', person: idOf('risto'), from: null, to: null }],
        records: { new: { ...noRecord, vote, recusals } },
      },
    });
    const seen = seenOf(ballotParts(voting([]), 'new'));
    const ballots = { do: 'ballots', item: 'new', ballots: { polis: 'proposal' }, seen } as const;
    expect(refusal(() => toRecordCommand(sealer, voting([]), ballots, by))).to.equal(null);
    expect(refusal(() => toRecordCommand(sealer, voting([recusal]), ballots, by))).to.equal('form.overtaken');
  });
});
