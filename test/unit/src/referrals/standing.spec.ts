import { expect } from 'chai';
import type { Outcome } from '../../../../src/referrals/codes.ts';
import type { Referral } from '../../../../src/referrals/model.ts';
import { isMet, meetingsShown, withMeeting } from '../../../../src/referrals/standing.ts';
import { decision, monday, referral } from '../../../support/builders.ts';

const [before, soon, later] = ['2026-11-12T11:00:00Z', '2026-12-03T11:00:00Z', '2027-01-14T11:00:00Z'] as const;

describe('the meetings of a case', () => {
  const shown = (meetings: Referral['meetings']): string[] =>
    meetingsShown({ ...referral(), ...(meetings && { meetings }) }, monday).map(({ id }) => id);

  it('are shown as they come, and the last one when none is to come', () => {
    expect(shown(undefined)).to.deep.equal([]);
    expect(shown({ b: later, a: soon, past: before })).to.deep.equal(['a', 'b']);
    expect(shown({ past: before, first: '2026-10-01T10:00:00Z' })).to.deep.equal(['past']);
  });

  it('are noted once, moved, and taken out, each by itself', () => {
    const known = withMeeting(withMeeting(referral(), 'a', soon), 'b', later);
    expect(known.meetings).to.deep.equal({ a: soon, b: later });
    expect(withMeeting(known, 'a', soon)).to.equal(known);
    expect(withMeeting(known, 'c', null)).to.equal(known);
    expect(withMeeting(known, 'a', before).meetings).to.deep.equal({ a: before, b: later });
    expect(withMeeting(known, 'a', null).meetings).to.deep.equal({ b: later });
  });

  it('are held while the team has still to decide, or has taken it on', () => {
    const isHeld = (outcome: Outcome): boolean => isMet({ ...referral(), decision: decision({ outcome }) });
    expect(isMet(referral())).to.equal(true);
    expect([isHeld('accepted'), isHeld('redirected'), isHeld('notTakenOn')]).to.deep.equal([true, false, false]);
  });
});
