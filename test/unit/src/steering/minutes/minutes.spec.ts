import { expect } from 'chai';
import { personId } from '../../../../../src/shared/ids.ts';
import {
  extentFor,
  isCommented,
  latestOf,
  namedIn,
  newestFor,
  overtakenBy,
  requireCorrectable,
  rewordedAfter,
  stateOf,
} from '../../../../../src/steering/minutes/minutes.ts';
import { recordPrint } from '../../../../../src/steering/minutes/snapshot.ts';
import type { Checker, MinutesVersion } from '../../../../../src/steering/model.ts';
import type { Reader } from '../../../../../src/steering/rights.ts';
import { refusal } from '../../../../support/builders.ts';
import { snapshot } from '../../../../support/minutes.ts';

const at = '2026-12-18T08:00:00.000Z';
const [kaisa, risto, marjut, petri] = ['kaisa', 'risto', 'marjut', 'petri'].map(personId);
if (!kaisa || !risto || !marjut || !petri) throw new Error('Nobody is there.');
const comment = { v: 1, kid: '', iv: '', tag: '', ct: '' } as const;
const checker = (answer: Checker['answer']): Checker => ({
  person: risto,
  name: 'Risto',
  asked: '2026-12-18T08:00:00Z',
  answer,
});
const version = (number: number, over: Partial<MinutesVersion> = {}): MinutesVersion => ({
  number,
  made: { by: kaisa, at },
  checkers: [],
  final: null,
  ...over,
});
const keeper: Reader = { is: 'keeper', person: kaisa };
const member: Reader = { is: 'member', person: marjut };
const other: Reader = { is: 'other' };

const draft = version(1);
const checking = version(1, { checkers: [checker(null)] });
const final = version(1, { checkers: [checker({ at, comment: null })], final: at });

describe('who reads which minutes', () => {
  it('is its keepers everything, the checkers what they check, the seats what is final, and everybody an extract of that', () => {
    const extents = (of: MinutesVersion) => [
      extentFor(of, keeper, kaisa),
      extentFor(of, { is: 'member', person: risto }, risto),
      extentFor(of, member, marjut),
      extentFor(of, other, petri),
    ];
    expect(extents(draft)).to.deep.equal(['whole', null, null, null]);
    expect(extents(checking)).to.deep.equal(['whole', 'whole', null, null]);
    expect(extents(final)).to.deep.equal(['whole', 'whole', 'whole', 'extract']);
  });

  it('is a checker whose time in the body is over until it is final, and then as everybody else', () => {
    expect(extentFor(checking, other, risto)).to.equal('whole');
    expect(extentFor(final, other, risto)).to.equal('extract');
  });

  it('is the newest that they may read, so the earlier final one while a correction is checked', () => {
    const paragraphs = { year: 2026, numbers: {} };
    const sitting = { minutes: { paragraphs, versions: [final, version(2, { checkers: [checker(null)] })] } };
    expect(newestFor(sitting, keeper, kaisa)?.number).to.equal(2);
    expect(newestFor(sitting, { is: 'member', person: risto }, risto)?.number).to.equal(2);
    expect(newestFor(sitting, member, marjut)?.number).to.equal(1);
    expect(newestFor(sitting, other, petri)?.number).to.equal(1);
    expect(newestFor({ minutes: null }, keeper, kaisa)).to.equal(null);
    expect(latestOf({ minutes: null })).to.equal(null);
  });

  it('depends on how a version stands: sent to nobody, being checked, or approved by all', () => {
    expect([draft, checking, final].map(stateOf)).to.deep.equal(['draft', 'checking', 'final']);
    expect(isCommented(version(1, { checkers: [checker({ at, comment })] }))).to.equal(true);
    expect(isCommented(final)).to.equal(false);
  });

  it('has what it puts right worded anew until it holds; what is no correction is not corrected until then', () => {
    const text = { sv: 'Klockslaget.' };
    const of = (one: MinutesVersion) => ({
      version: one,
      snapshot: { ...snapshot, corrections: [{ number: 2, text }] },
    });
    const all = [version(2), version(2, { final: at }), version(1, { final: at }), version(3)].map(of);
    expect(all.map(rewordedAfter)).to.deep.equal([text, {}, {}, {}]);
    expect(all.map((one) => refusal(() => requireCorrectable(one)))).to.deep.equal([
      null,
      null,
      null,
      'minutes.notFinal',
    ]);
  });

  it('is of what is recorded for as long as that is the same and the meeting is closed; of an older version it is not known', () => {
    const mark = { by: kaisa, at };
    const closed = { opened: mark, closed: mark, seats: [], chairs: [], secretary: null, presence: [], records: {} };
    const sitting = { items: [], minutes: null, proceedings: closed };
    const same = { record: recordPrint(sitting) };
    const overtaken = (over: Partial<MinutesVersion>, closes: typeof closed.closed | null = mark) =>
      overtakenBy({ ...sitting, proceedings: { ...closed, closed: closes } }, version(1, over));
    expect([overtaken(same), overtaken({ record: 'other' }), overtaken({})]).to.deep.equal([null, 'changed', null]);
    expect([overtaken(same, null), overtaken({}, null)]).to.deep.equal(['open', 'open']);
    expect(overtaken({ record: 'other', final: at }), 'what holds is put right by another').to.equal(null);
  });

  it('is checked by those whose whole name stands there', () => {
    const known = [
      { person: risto, name: 'Risto Rask' },
      { person: marjut, name: 'Marjut Mäki' },
    ];
    expect(namedIn([{ sv: 'Valdes RISTO RASK.' }], known)).to.deep.equal([risto]);
    expect(namedIn([{}], known)).to.deep.equal([]);
  });
});
