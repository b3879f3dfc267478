import { expect } from 'chai';
import { isProposalOf } from '../../../../src/meetings/created.ts';
import { exampleDirectory, lojo, monday, people } from '../../../support/builders.ts';
import { meeting, played } from '../../../support/meetings.ts';

describe('what counts of the proposals that somebody has sent', () => {
  const raseborg = exampleDirectory().bodies.find(({ id, kind }) => kind === 'team' && id !== lojo)?.id;
  if (!raseborg) throw new Error('There is another team.');
  const petris = { by: people.petri, to: lojo };
  const proposed = meeting({}, { by: 'petri' });
  const withdrawn = played(proposed, ['petri', { do: 'cancel', on: null }]);
  const nextDay = monday.add({ hours: 25 });

  it('is what waits, for as long as it may still be held, and what was taken back within a day', () => {
    expect(isProposalOf(proposed, petris, monday)).to.equal(true);
    expect(isProposalOf(proposed, petris, nextDay), 'still waits').to.equal(true);
    expect(isProposalOf(proposed, petris, monday.add({ hours: 24 * 14 })), 'too late for it').to.equal(false);
    expect(isProposalOf(withdrawn, petris, monday.add({ hours: 1 }))).to.equal(true);
    expect(isProposalOf(withdrawn, petris, nextDay)).to.equal(false);
    const soon = { start: '2026-11-23T10:00', minutes: 30 };
    const short = meeting({ plan: { one: soon, repeat: null } }, { by: 'petri' });
    expect(isProposalOf(short, petris, monday.add({ hours: 12 })), 'sent today, and its time has passed').to.equal(
      true,
    );
  });

  it('is nobody else’s, of no other body, and nothing that became a meeting', () => {
    for (const one of [proposed, withdrawn]) {
      expect(isProposalOf(one, { by: people.niina, to: lojo }, monday)).to.equal(false);
      expect(isProposalOf(one, { by: people.petri, to: raseborg }, monday)).to.equal(false);
    }
    const cancelled = played(meeting(), ['maria', { do: 'cancel', on: null }]);
    expect(isProposalOf(cancelled, { by: people.maria, to: lojo }, monday), 'it was sent to everybody').to.equal(false);
    expect(isProposalOf(meeting(), { by: people.maria, to: lojo }, monday)).to.equal(false);
  });
});
