import { expect } from 'chai';
import { seenOf } from '../../../../../src/shared/seen.ts';
import {
  actionParts,
  againstForms,
  againstParts,
  askedParts,
  decisionParts,
  proposalForms,
  proposalParts,
} from '../../../../../src/steering/meeting/parts.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import type { ItemRecord, Written } from '../../../../../src/steering/model.ts';
import { agenda, idOf } from '../../../../support/agendas.ts';
import { monday } from '../../../../support/builders.ts';

const mark = { by: idOf('kaisa'), at: monday.toString() };
const later = { ...mark, at: monday.add({ hours: 1 }).toString() };

describe('what somebody is against', () => {
  const item = { code: null, year: null, document: null };
  const wordsOf = (proposal: Written) => ({ title: {}, background: {}, proposal, links: [] });
  const proposed = proposalParts(item, wordsOf({ sv: 'Lokaler hyrs' }));
  const voted = (winner: string) => ({ ended: { ...mark, winner, casting: false } });
  const decided = (as: 'asProposed' | 'changed' | 'returned', text: Written = {}) => ({ as, text });
  type Record = Parameters<typeof againstParts>[0];
  const seen = (record: Record, parts = proposed): string => seenOf(againstParts(record, parts));

  it('is another decision where another counter-proposal has won', () => {
    const won = (winner: string): string => seen({ outcome: decided('changed'), vote: voted(winner) });
    expect(won('one')).to.not.equal(won('two'));
  });

  it('is the same as it was proposed, whether that was voted on or not', () => {
    const outcome = decided('asProposed');
    expect(seen({ outcome, vote: voted('proposal') })).to.equal(seen({ outcome, vote: null }));
  });

  it('is another as it was proposed where another thing was, or of another document, and not otherwise', () => {
    const others = [
      proposalParts(item, wordsOf({ sv: 'Lokaler köps' })),
      proposalParts({ ...item, document: { sha256: 'ab' } }, wordsOf({ sv: 'Lokaler hyrs' })),
    ];
    for (const other of others) {
      const of = (as: 'asProposed' | 'returned', parts: typeof proposed): string =>
        seen({ outcome: decided(as), vote: null }, parts);
      expect(of('asProposed', other)).to.not.equal(of('asProposed', proposed));
      expect(of('returned', other)).to.equal(of('returned', proposed));
    }
  });

  it('is the same in more languages, and another once it has words', () => {
    const both = { sv: 'Från mars', fi: 'Maaliskuusta' };
    const forms = againstForms(
      { outcome: decided('asProposed', both), vote: null },
      proposalForms(item, wordsOf({ sv: 'Lokaler hyrs', fi: 'Tilat vuokrataan' })),
    ).map((parts) => seenOf(parts));
    const earlier = (text: Written): string => seen({ outcome: decided('asProposed', text), vote: null });
    expect(forms)
      .to.include(earlier({ sv: 'Från mars' }))
      .and.include(earlier({ fi: 'Maaliskuusta' }));
    expect(forms).to.include(earlier(both)).and.not.include(earlier({}));
    expect(forms[0], 'as it stands').to.not.equal(earlier(both));
  });
});

describe('what the form of a decision has seen', () => {
  it('is another where what was said against it is in other words, by as many', () => {
    const against = (sv: string): string => seenOf(decisionParts('returned', {}, [{ seat: 'polis', text: { sv } }]));
    expect(against('Nej')).to.not.equal(against('Aldrig'));
  });
});

describe('what the form of something to do has seen', () => {
  it('is another where it was done at another time', () => {
    const open = { owner: idOf('risto'), due: '2027-01-15', handed: null, done: null };
    const seen = [open, { ...open, done: mark }, { ...open, done: later }].map((one) =>
      seenOf(actionParts(one, { sv: 'Ring' })),
    );
    expect(new Set(seen).size).to.equal(3);
  });
});

describe('what was asked about', () => {
  const ballot = (option: string) => ({ person: idOf('risto'), option });
  const vote = { counters: [], votes: { polis: ballot('proposal') }, ended: null };
  const asked = (does: 'endVote' | 'withdrawVote', over: Partial<NonNullable<ItemRecord['vote']>>): string | null => {
    const seat = { kind: 'authority' as const, name: { sv: '', fi: '', en: '' }, holders: [], members: [] };
    const seats = ['polis', 'lojo', 'esbo'].map((id) => ({ ...seat, id }));
    const people = [idOf('risto'), idOf('carola'), idOf('marjut')];
    const presence = seats.map(({ id }, at) => ({ seat: id, person: people[at] ?? mark.by, from: null, to: null }));
    const proceedings = { opened: mark, closed: null, seats, chairs: [], secretary: null, presence };
    const records = { approval: { ...noRecord, vote: { ...vote, ...over } } };
    const parts = askedParts(does, { ...agenda(), proceedings: { ...proceedings, records } }, 'approval');
    return parts && seenOf(parts);
  };

  it('is another, before a vote ends, where others have not voted', () => {
    const without = (...seats: string[]): string | null =>
      asked('endVote', {
        votes: Object.fromEntries(
          ['polis', 'lojo', 'esbo'].filter((id) => !seats.includes(id)).map((id) => [id, ballot('proposal')]),
        ),
      });
    expect(without('lojo')).to.be.a('string').and.not.equal(without('esbo'));
    expect(without(), 'nobody').to.equal(null);
  });

  it('is another, before a vote is removed, where a seat has voted otherwise, or it has ended', () => {
    const before = asked('withdrawVote', {});
    const other = asked('withdrawVote', { votes: { polis: ballot('abstain') } });
    const over = asked('withdrawVote', { ended: { ...mark, winner: 'proposal', casting: false } });
    expect(new Set([before, other, over]).size).to.equal(3);
    expect(asked('withdrawVote', { votes: {} }), 'nobody has voted').to.equal(null);
  });
});
