import { expect } from 'chai';
import { textsFor } from '../../../../../src/shared/text.ts';
import { newItem } from '../../../../../src/steering/agenda/begun.ts';
import { extractOf, markedBy } from '../../../../../src/steering/minutes/extract.ts';
import type { Snapshot } from '../../../../../src/steering/minutes/snapshot.ts';
import { attendanceLines } from '../../../../../src/steering/minutes/wording.ts';
import { monday, people } from '../../../../support/builders.ts';
import { snapshot } from '../../../../support/minutes.ts';

const at = { by: people.kaisa, at: monday.toString() };

describe('the extract of minutes', () => {
  it('withholds from everybody what has become confidential since, and what was put right with it', () => {
    const [public_] = snapshot.paragraphs.filter(({ confidential }) => !confidential);
    const by = { items: [newItem(public_?.item ?? '', at, { confidential: true })] };
    const paragraphIn = ({ paragraphs }: Snapshot) => paragraphs.find(({ number }) => number === public_?.number);
    const since = markedBy(by, snapshot);
    expect(paragraphIn(since)).to.deep.equal({ ...public_, confidential: true });
    expect(paragraphIn(extractOf(since))?.is).to.equal('withheld');
  });

  it('tells of nobody who led, or stepped in, where nothing is said of it', () => {
    const led = (chairs: [string, number | null][]) =>
      extractOf({ ...snapshot, chairs: chairs.map(([name, from]) => ({ name, from })) }).chairs?.map(
        ({ name, from }) => [name, from],
      );
    expect(
      led([
        ['Outi', null],
        ['Risto', 14],
        ['Outi', 15],
      ]),
    ).to.deep.equal([['Outi', null]]);
    expect(
      led([
        ['Outi', null],
        ['Risto', 13],
        ['Outi', 15],
      ]),
    ).to.deep.equal([
      ['Outi', null],
      ['Risto', 13],
      ['Outi', 15],
    ]);
    // What they led openly after that is told.
    expect(
      led([
        ['Outi', null],
        ['Risto', 14],
      ]),
    ).to.deep.equal([
      ['Outi', null],
      ['Risto', 15],
    ]);
    const [first] = snapshot.seats;
    if (!first) throw new Error('There is a seat.');
    const only = (numbers: number[]) => ({
      name: 'Jan',
      as: 'substitute' as const,
      from: null,
      to: null,
      only: numbers,
    });
    const people = extractOf({ ...snapshot, seats: [{ ...first, people: [only([14]), only([13, 14])] }] }).seats[0]
      ?.people;
    expect(people).to.deep.equal([only([13])]);
  });

  it('says of nobody that they were absent where anything is confidential, so that nobody who stepped in there is missed', () => {
    const [first, , last] = snapshot.seats;
    if (!first || !last) throw new Error('There are seats.');
    const sat = { name: 'Jan', as: 'substitute' as const, from: null, to: null };
    const steppedIn = { name: 'Ada', as: 'member' as const, from: null, to: null, only: [14] };
    const seats = [
      { ...first, people: [{ ...sat, except: [14] }, steppedIn], absent: [] },
      { ...first, people: [sat], absent: ['Ada'] },
      { ...last, absent: ['Pia'] },
    ];
    const extract = extractOf({ ...snapshot, seats });
    expect(extract.seats[0], 'as one whose member was away').to.deep.equal(extract.seats[1]);
    expect(JSON.stringify(extract)).to.not.match(/Ada|Pia/);
    const [there, away] = attendanceLines(extract, textsFor('sv'));
    expect(there).to.include({
      label: 'Närvarande',
      text: 'Jan (ersättare, Polisinrättningen); Jan (ersättare, Polisinrättningen)',
    });
    expect(away, 'a seat for which nobody came stands empty').to.include({ label: 'Frånvarande', text: 'Raseborg' });
    const open = snapshot.paragraphs.filter(({ confidential }) => !confidential);
    expect(extractOf({ ...snapshot, paragraphs: open, seats }).seats).to.deep.equal(seats);
  });

  it('has nothing of what is confidential but the number', () => {
    const extract = extractOf(snapshot);
    const hidden = extract.paragraphs.find(({ number }) => number === 14);
    expect(hidden).to.deep.include({ is: 'withheld', title: {}, discussion: {}, item: '' });
    expect(JSON.stringify(extract)).to.not.match(/hemlig/i);
    expect(extract.corrections, 'a correction may be of just that').to.deep.equal([{ number: 2, text: {} }]);
    const open = { ...snapshot, paragraphs: snapshot.paragraphs.filter(({ confidential }) => !confidential) };
    expect(extractOf(open)).to.deep.equal(open);
    expect(extract.paragraphs.filter(({ number }) => number !== 14)).to.deep.equal(
      snapshot.paragraphs.filter(({ number }) => number !== 14),
    );
  });

  it('tells of those who were disqualified only where that is not confidential', () => {
    const { seats: said, ...rest } = snapshot;
    const [first] = said;
    if (!first) throw new Error('There is a seat.');
    const exceptIn = (except: readonly number[]) => {
      const people = first.people.map((one) => ({ ...one, except }));
      return extractOf({ ...rest, seats: [{ ...first, people }] }).seats[0]?.people;
    };
    expect(exceptIn([13, 14])).to.deep.equal(first.people.map((one) => ({ ...one, except: [13] })));
    expect(exceptIn([14])).to.deep.equal(first.people);
  });
});
