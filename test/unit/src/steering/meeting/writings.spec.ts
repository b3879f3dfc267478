import { expect } from 'chai';
import type { Language } from '../../../../../src/shared/language.ts';
import type { Envelope } from '../../../../../src/shared/sealed.ts';
import { seenOf } from '../../../../../src/shared/seen.ts';
import { openedWords } from '../../../../../src/steering/agenda/writings.ts';
import {
  actionParts,
  againstParts,
  ballotParts,
  decisionParts,
  dissentParts,
  notedParts,
  proposalParts,
  resultParts,
  voteParts,
} from '../../../../../src/steering/meeting/parts.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { toRecordCommand } from '../../../../../src/steering/meeting/writings.ts';
import type { Dissent, ItemRecord, RecordPress, Written } from '../../../../../src/steering/model.ts';
import { requireItem } from '../../../../../src/steering/standing.ts';
import { type StoredSitting, wordsContext } from '../../../../../src/steering/stored.ts';
import { createSealer } from '../../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../../src/storage/keys.ts';
import { agenda, content, idOf, played } from '../../../../support/agendas.ts';
import { actor, monday, refusal } from '../../../../support/builders.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const by = { actor: actor('kaisa') };
const added: StoredSitting = played(agenda(), ['kaisa', { do: 'add', item: 'new', content: content() }]);

const mark = { by: idOf('kaisa'), at: monday.toString() };
const recorded = (of: Partial<ItemRecord>): StoredSitting => ({
  ...added,
  proceedings: {
    ...{ opened: mark, closed: null, seats: [], chairs: [], secretary: null, presence: [] },
    records: { new: { ...noRecord, ...of } },
  },
});
const item = requireItem(added, 'new');
const words = openedWords(sealer, added, item);
const sealed = (field: string, words: Written): Envelope => sealer.seal(words, wordsContext(added, 'new', field));

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
    const inFinnish = { ...assign, said: { language: 'fi' as const, text: 'Soita' }, seen };
    expect(toRecordCommand(sealer, known, inFinnish, by)).to.have.property('translated', true);
    expect(toRecordCommand(sealer, known, { ...assign, seen }, by)).to.have.property('translated', false);
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
    const of = (text: Envelope | null) => recorded({ outcome: text && { as: 'changed', text, ...mark } });
    const decide = (language: 'sv' | 'fi', text: string) =>
      ({ do: 'decide', item: 'new', as: 'changed', said: { language, text }, seen: undefined }) as const;
    const { text } = toRecordCommand(sealer, of(null), decide('sv', 'Ja.'), by) as { text: Envelope };
    expect(toRecordCommand(sealer, of(text), decide('fi', 'Ja.'), by)).to.have.property('text', text);
  });

  it('changes nothing where the same is decided once more, and it was translated meanwhile', () => {
    const text = sealed('outcome', { sv: 'Ja.', fi: 'Kyllä.' });
    const seen = seenOf(decisionParts('changed', { sv: 'Ja.' }, []));
    const again = { do: 'decide', item: 'new', as: 'changed', said: { language: 'sv', text: 'Ja.' }, seen } as const;
    const dissents = [{ seat: 'polis', person: idOf('petri'), text: sealed('dissent', { sv: 'Nej' }) }];
    const sitting = recorded({ outcome: { as: 'changed', text, ...mark }, dissents });
    expect(toRecordCommand(sealer, sitting, again, by)).to.include({ text, translated: false });
    const other = { ...again, said: { language: 'sv' as const, text: 'Nej.' } };
    expect(refusal(() => toRecordCommand(sealer, sitting, other, by))).to.equal('form.overtaken');
  });

  it('lets a decision be translated, of which somebody has said meanwhile that they are against it', () => {
    const text = sealed('outcome', { sv: 'Ja.' });
    const dissents = [{ seat: 'polis', person: idOf('petri'), text: sealed('dissent', { sv: 'Nej' }) }];
    const sitting = recorded({ outcome: { as: 'changed', text, ...mark }, dissents });
    const seen = seenOf({ ...decisionParts('changed', { sv: 'Ja.' }, []), ...proposalParts(item, words) });
    const pressed = (language: 'sv' | 'fi', words: string) => {
      const said = { language, text: words };
      return toRecordCommand(sealer, sitting, { do: 'decide', item: 'new', as: 'changed', said, seen }, by);
    };
    expect(pressed('fi', 'Kyllä.')).to.have.property('translated', true);
    expect(refusal(() => pressed('sv', 'Jo.'))).to.equal('form.overtaken');
  });

  describe('against a decision', () => {
    const outcome = { as: 'returned', text: null, ...mark } as const;
    const proposed = { proposal: [] };
    const against = againstParts({ outcome: { as: 'returned', text: {} }, vote: null }, proposed);
    const dissented = (words: Written) => {
      const said: Dissent = { seat: 'polis', person: idOf('petri'), by: mark.by, text: sealed('dissent', words) };
      return { said, sitting: recorded({ outcome, dissents: [said] }) };
    };
    const dissent = (seat: string | null, language: Language, text: string, seen: string): RecordPress => ({
      ...{ do: 'dissent', item: 'new', seat, said: { language, text }, seen },
    });
    const petri = { actor: actor('petri') };

    it('keeps what was noted for somebody in every language while they leave it as it is, and not beside their own words', () => {
      const words = { sv: 'Nej', fi: 'Ei' };
      const { said, sitting } = dissented(words);
      const seen = seenOf({ ...dissentParts(words), ...against });
      const pressed = (language: Language, text: string) =>
        toRecordCommand(sealer, sitting, dissent(null, language, text, seen), petri);
      expect(pressed('sv', 'Nej')).to.have.property('text', said.text);
      const { text } = pressed('en', 'Never') as { text: Envelope };
      expect(sealer.open<Written>(text, wordsContext(added, 'new', 'dissent'))).to.deep.equal({ en: 'Never' });
    });

    it('removes what was noted in another language, where who keeps the record leaves nothing of it', () => {
      const { said, sitting } = dissented({ sv: 'Nej' });
      const seen = seenOf({ ...notedParts([{ ...said, text: { sv: 'Nej' } }]), ...against });
      const press = dissent('polis', 'fi', '', seen);
      expect(toRecordCommand(sealer, sitting, press, by)).to.have.property('text', null);
    });

    it('gives back what its sender has not seen, by a form of before as well, unless it says the same', () => {
      const { said, sitting } = dissented({ sv: 'Nej' });
      const other = againstParts({ outcome: { as: 'tabled', text: {} }, vote: null }, proposed);
      const pressed = (text: string, seen: string, by = petri): string | null =>
        refusal(() => toRecordCommand(sealer, sitting, dissent(by === petri ? null : 'polis', 'sv', text, seen), by));
      const own = dissentParts({ sv: 'Nej' });
      expect(pressed('Aldrig', seenOf({ ...own, ...against })), 'as it stands').to.equal(null);
      expect(pressed('Aldrig', seenOf(own)), 'as it stands, by a form of before').to.equal(null);
      const overtaken = { 'another decision': { ...own, ...other }, nothing: dissentParts({}) };
      for (const [what, seen] of Object.entries(overtaken)) {
        expect(pressed('Aldrig', seenOf(seen)), what).to.equal('form.overtaken');
        expect(pressed('Nej', seenOf(seen)), `the same words, of ${what}`).to.equal(null);
      }
      const keeper = { actor: actor('kaisa') };
      expect(pressed('Aldrig', seenOf(notedParts([])), keeper)).to.equal('form.overtaken');
      expect(pressed('Aldrig', seenOf(notedParts([{ ...said, text: { sv: 'Nej' } }])), keeper)).to.equal(null);
    });
  });

  it('gives back what is decided as it was proposed or otherwise, of a proposal or a document that is another by now', () => {
    const opened = { by: idOf('kaisa'), at: monday.toString() };
    const empty = { closed: null, seats: [], chairs: [], secretary: null, presence: [], records: {} };
    const open: StoredSitting = { ...added, proceedings: { opened, ...empty } };
    const pressed = (as: 'asProposed' | 'changed' | 'tabled', seen: string): string | null => {
      const press = { do: 'decide', item: 'new', as, said: { language: 'sv', text: '' }, seen } as const;
      return refusal(() => toRecordCommand(sealer, open, press, by));
    };
    const seenWith = (...proposed: Parameters<typeof proposalParts>): string =>
      seenOf({ ...decisionParts(null, {}, []), ...proposalParts(...proposed) });
    const seen = seenWith(item, words);
    const others = [
      seenWith(item, { ...words, proposal: { ...words.proposal, fi: 'Toinen.' } }),
      seenWith({ ...item, document: { sha256: 'ab' } }, words),
    ];
    expect(pressed('asProposed', seen)).to.equal(null);
    const text = null;
    const decided = recorded({ outcome: { as: 'asProposed', text, ...mark } });
    const again = { do: 'decide', item: 'new', as: 'asProposed', said: { language: 'sv', text: '' } } as const;
    for (const other of others) {
      for (const as of ['asProposed', 'changed'] as const) expect(pressed(as, other), as).to.equal('form.overtaken');
      expect(toRecordCommand(sealer, decided, { ...again, seen: other }, by), 'the same').to.include({ text });
      expect(pressed('tabled', other), 'whatever was proposed').to.equal(null);
    }
    const [decision, dissents] = seen.split('-');
    for (const before of [`${decision}`, `${decision}-${dissents}`])
      expect(pressed('asProposed', before), 'a form of before').to.equal(null);
    for (const before of ['00000000', `00000000-${dissents}`])
      expect(pressed('asProposed', before), 'one that has seen another decision').to.equal('form.overtaken');
  });

  it('gives back what is decided of another winner than was seen, or of none, and of no vote that goes on', () => {
    type Vote = NonNullable<ItemRecord['vote']>;
    const counters = ['one', 'two'].map((id) => ({ id, text: sealed(`counter-${id}`, { sv: id }) }));
    const won = (winner: string | null, voteRemoved = mark.at): ItemRecord => {
      const vote: Vote = { counters, votes: {}, ended: winner === null ? null : { ...mark, winner, casting: false } };
      return { ...noRecord, vote, voteRemoved };
    };
    const decided = { ...won('one'), outcome: { as: 'changed', text: null, ...mark } } as const;
    const before = { ...decisionParts(null, {}, []), ...proposalParts(item, words) };
    const pressed = (now: ItemRecord, seen: string, as: 'asProposed' | 'changed' | 'tabled' = 'changed') => {
      const press = { do: 'decide', item: 'new', as, said: { language: 'sv', text: 'Nej.' }, seen } as const;
      return refusal(() => toRecordCommand(sealer, recorded(now), press, by));
    };
    const seenOn = (record: ItemRecord): string => seenOf({ ...before, ...resultParts(record) });
    expect(pressed(won('one'), seenOn(won('one')))).to.equal(null);
    expect(pressed(won('one'), seenOf(before)), 'a form of before').to.equal(null);
    expect(pressed(won(null), seenOn(noRecord)), 'it goes on').to.equal(null);
    expect(pressed(won('one'), seenOn(noRecord), 'tabled'), 'whatever has won').to.equal(null);
    for (const other of [noRecord, won('two'), won('proposal'), won('one', 'another vote')])
      expect(pressed(won('one'), seenOn(other))).to.equal('form.overtaken');
    expect(pressed(noRecord, seenOn(won('proposal')), 'asProposed'), 'no vote').to.equal('form.overtaken');
    const same = { ...before, ...decisionParts('changed', {}, []) };
    expect(pressed(decided, seenOf({ ...same, ...resultParts(won('one')) }))).to.equal(null);
    const since = pressed(decided, seenOf({ ...same, ...resultParts(won('two')) }));
    expect(since, 'decided alike').to.equal('form.overtaken');
  });

  it('gives back the votes that were written down of somebody who does not vote any more', () => {
    const opened = { by: idOf('kaisa'), at: monday.toString() };
    const vote = { counters: [], votes: {}, ended: null };
    const recusal = { seat: 'polis', person: idOf('risto'), substitute: idOf('carola') };
    const voting = (recusals: readonly (typeof recusal)[], votes: NonNullable<ItemRecord['vote']>['votes'] = {}) => ({
      ...added,
      proceedings: {
        ...{ opened, closed: null, chairs: [], secretary: null },
        seats: [
          { id: 'polis', kind: 'authority' as const, name: { sv: '', fi: '', en: '' }, holders: [], members: [] },
        ],
        presence: [{ seat: 'polis', person: idOf('risto'), from: null, to: null }],
        records: { new: { ...noRecord, vote: { ...vote, votes }, recusals } },
      },
    });
    const seen = seenOf(ballotParts(voting([]), 'new'));
    const ballots = { do: 'ballots', item: 'new', ballots: { polis: 'proposal' }, seen } as const;
    expect(refusal(() => toRecordCommand(sealer, voting([]), ballots, by))).to.equal(null);
    expect(refusal(() => toRecordCommand(sealer, voting([recusal]), ballots, by))).to.equal('form.overtaken');
    const theirs = voting([], { polis: { person: idOf('risto'), option: 'abstain' } });
    expect(refusal(() => toRecordCommand(sealer, theirs, ballots, by))).to.equal('form.overtaken');
    const on = seenOf(voteParts({ vote: null }));
    const { seen: _, ...command } = { ...ballots, on };
    expect(toRecordCommand(sealer, theirs, { ...ballots, on }, by), 'another vote').to.deep.equal(command);
  });
});
