import { expect } from 'chai';
import { withoutLeaver } from '../../../../src/referrals/ownership.ts';
import { remindersOf } from '../../../../src/referrals/reminders.ts';
import { calendar, exampleDirectory, monday, people, referral, reminders } from '../../../support/builders.ts';

describe('a case whose owner has left the team', () => {
  const had = referral({ owner: { person: people.petri, since: '2026-11-23T08:00:00.000Z' }, untakenSince: null });

  it('waits for somebody again from now on, and is reminded of as untaken', () => {
    const { referral: freed, event } = withoutLeaver(had, () => true, monday);
    expect(freed.owner).to.equal(null);
    expect(freed.untakenSince).to.equal(monday.toString({ smallestUnit: 'millisecond' }));
    expect(event).to.deep.equal({ what: 'referral.leaver', why: 'triage', detail: { person: people.petri } });
    const kinds = remindersOf(freed, exampleDirectory(), calendar, reminders).map(({ kind }) => kind);
    expect(kinds).to.include('untaken');
  });

  it('stays the very same while its owner is there', () => {
    expect(withoutLeaver(had, () => false, monday)).to.deep.equal({ referral: had, event: null });
  });
});
