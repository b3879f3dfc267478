import { expect } from 'chai';
import { invitedTo } from '../../../../src/meetings/invited.ts';
import { managersOf, mayManage, mayRead, maySee } from '../../../../src/meetings/rights.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import { actor, exampleDirectory, people, raseborg } from '../../../support/builders.ts';
import { meeting, pollPlan } from '../../../support/meetings.ts';

const region = exampleDirectory();
const poll = meeting({ plan: pollPlan() });

describe('who may know of a meeting', () => {
  it('sees a meeting as a member of its body or by name, a proposal as its leader or as who has made it', () => {
    const named = { everyone: true, named: [people.gunilla] };
    const proposal = meeting({ invited: named }, { by: 'petri' });
    for (const [of, who] of [
      [meeting({ invited: named }), ['maria', 'petri', 'jonas', 'gunilla']],
      [proposal, ['maria', 'petri']],
      [
        meeting({ invited: named, kind: 'case', subject: formatReference('LOJ', 2026, 1) }),
        ['maria', 'petri', 'jonas'],
      ],
    ] as const)
      for (const one of ['maria', 'petri', 'jonas', 'gunilla', 'kaisa'] as const) {
        expect(maySee(of, actor(one)), one).to.equal(who.some((known) => known === one));
        expect(mayRead(of, people[one], region), one).to.equal(who.some((known) => known === one));
      }
    expect(invitedTo(proposal, region), 'whoever it will ask').to.include(people.gunilla);
  });

  it('sees nothing any more once they have left: their proposal, what they were invited to, the case that was theirs', () => {
    const subject = formatReference('LOJ', 2026, 1);
    const proposal = meeting({}, { by: 'petri' });
    const named = meeting({ body: raseborg, invited: { everyone: true, named: [people.petri] } }, { by: 'gunilla' });
    const ofCase = meeting({ kind: 'case', subject }, { by: 'petri' });
    const gone = { ...region, members: region.members.filter(({ person }) => person !== people.petri) };
    for (const [one, before] of [
      [proposal, true],
      [named, true],
      [ofCase, true],
    ] as const) {
      expect([maySee(one, actor('petri')), mayRead(one, people.petri, region)]).to.deep.equal([before, before]);
      expect([maySee(one, actor('petri', 'sv', gone)), mayRead(one, people.petri, gone)]).to.deep.equal([false, false]);
    }
    expect(mayManage(ofCase, actor('petri'))).to.equal(true);
    expect(mayManage(ofCase, actor('petri', 'sv', gone))).to.equal(false);
    expect(managersOf(ofCase, region)).to.deep.equal([people.petri]);
    expect(managersOf(ofCase, gone)).to.deep.equal([people.maria]);
  });

  it('is told of by who has it in hand, or by the leaders when that one has gone', () => {
    expect(managersOf(poll, region)).to.deep.equal([people.maria]);
    expect(managersOf({ ...poll, organiser: people.petri }, region)).to.deep.equal([people.maria]);
  });
});
