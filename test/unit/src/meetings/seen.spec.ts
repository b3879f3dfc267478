import { expect } from 'chai';
import type { Meeting } from '../../../../src/meetings/model.ts';
import { occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { changeParts, ownChanges } from '../../../../src/meetings/seen.ts';
import { requireSchedule } from '../../../../src/meetings/transition.ts';
import { seenOf } from '../../../../src/shared/seen.ts';
import { calendar, exampleDirectory, people } from '../../../support/builders.ts';
import { meeting } from '../../../support/meetings.ts';

const directory = exampleDirectory();
/** Gunilla has nothing to do in the region any more. */
const without = exampleDirectory();
without.members = without.members.filter(({ person }) => person !== people.gunilla);

function holdingOf(state: Meeting) {
  const [one] = occurrencesOf(requireSchedule(state), state.place, calendar);
  if (!one) throw new Error('It has no holding.');
  return one;
}

describe('what the form of a change shows', () => {
  const named = [people.kaisa, people.gunilla];
  const planned = meeting({ invited: { everyone: true, named } });
  const partsIn = (region = directory, state: Meeting = planned) => changeParts(state, holdingOf(state), region);

  it('is those who were named, but for whoever may not read it any more', () => {
    expect(partsIn().invited.named).to.have.members(named);
    expect(partsIn(without).invited.named).to.deep.equal([people.kaisa]);
  });

  it('takes nobody out by leaving them alone, also who is not shown', () => {
    const invited = { everyone: true, named: [people.kaisa] };
    const seen = seenOf(partsIn(without));
    const asked = (changes: Parameters<typeof ownChanges>[0]['changes']) =>
      ownChanges({ seen, changes }, planned, holdingOf(planned), without);
    expect(asked({ title: 'Ny', invited })).to.not.have.property('invited');
    expect(asked({ invited: { ...invited, named: [people.jonas] } }).invited?.named).to.deep.equal([people.jonas]);
  });

  it('is the same in whatever order people were chosen', () => {
    const other = meeting({ invited: { everyone: true, named: named.toReversed() } });
    expect(seenOf(partsIn(directory, other))).to.equal(seenOf(partsIn()));
    const apart = meeting({ invited: { everyone: false, named } });
    expect(seenOf(partsIn(directory, apart))).to.not.equal(seenOf(partsIn()));
  });
});
