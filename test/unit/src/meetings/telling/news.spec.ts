import { expect } from 'chai';
import { isOvertaken, toTell } from '../../../../../src/meetings/telling/news.ts';
import type { NoticeKind } from '../../../../../src/meetings/transition.ts';
import { exampleDirectory, people } from '../../../../support/builders.ts';
import { meeting, played, pollPlan } from '../../../../support/meetings.ts';

const region = exampleDirectory();
const on = '2026-11-26';
const planned = meeting({ invited: { everyone: true, named: [people.gunilla] } });
const team = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
const overtaken = (state: typeof planned, kind: NoticeKind, to = people.petri, key = `${kind}:x:${to}`) =>
  isOvertaken(state, { key, kind, to }, region);

describe('the news of a meeting', () => {
  it('comes in private to whom it concerns and who does not read it in the chat: one way or the other, never both', () => {
    expect(toTell(planned, team, region)).to.deep.equal([people.gunilla]);
    expect(toTell(planned, [], region)).to.have.members([...team, people.gunilla]);
    expect(toTell(planned, [...team, people.gunilla, people.kaisa], region)).to.deep.equal([]);
  });

  it('is overtaken by newer news', () => {
    const key = (number: number) => `invitation:${number}:${people.gunilla}`;
    expect(overtaken(planned, 'invitation', people.gunilla, key(1))).to.equal(false);
    const changed = played(planned, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
    expect(overtaken(changed, 'invitation', people.gunilla, key(1))).to.equal(true);
    expect(overtaken(changed, 'invitation', people.gunilla, key(2))).to.equal(false);
  });

  it('is nobody’s any more who has left, nor theirs who was not invited', () => {
    expect(overtaken(planned, 'reminder', people.kaisa)).to.equal(true);
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.gunilla) };
    expect(isOvertaken(planned, { key: 'reminder:x', kind: 'reminder', to: people.gunilla }, without)).to.equal(true);
  });

  it('reminds nobody in the chat’s place who has said that they do not come', () => {
    const away = played(planned, ['gunilla', { do: 'reply', on, coming: 'no' }]);
    const reminded = { ...away, news: { ...away.news, what: 'reminder' as const, on } };
    const key = (to: string) => `invitation:${away.news.number}:${to}`;
    expect(overtaken(reminded, 'invitation', people.gunilla, key(people.gunilla))).to.equal(true);
    expect(overtaken(reminded, 'invitation', people.petri, key(people.petri))).to.equal(false);
    expect(overtaken(away, 'invitation', people.gunilla, key(people.gunilla)), 'other news is theirs too').to.equal(
      false,
    );
  });
});

describe('that somebody is not invited any more', () => {
  it('is told them while they belong to the region, unless they are invited again', () => {
    const some = meeting({ invited: { everyone: false, named: [people.petri] } });
    expect(overtaken(some, 'uninvited', people.gunilla)).to.equal(false);
    expect(overtaken(some, 'uninvited', people.petri)).to.equal(true);
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.gunilla) };
    expect(isOvertaken(some, { key: 'uninvited:x', kind: 'uninvited', to: people.gunilla }, without)).to.equal(true);
  });
});

describe('that everybody has answered, or answering is over', () => {
  it('is told who has the poll in hand, and nobody who has it no more', () => {
    const poll = meeting({ plan: pollPlan() });
    for (const kind of ['allAnswered', 'pollOver'] as const) {
      expect(overtaken(poll, kind, people.maria), kind).to.equal(false);
      expect(overtaken(poll, kind, people.petri), kind).to.equal(true);
    }
  });
});

describe('a private word that was not sent yet', () => {
  it('is not sent when it has lost its point', () => {
    const poll = meeting({ plan: pollPlan() });
    const votes = { tue: 'yes', wed: 'no', thu: 'no' } as const;
    expect(overtaken(poll, 'pollReminder')).to.equal(false);
    const few = meeting({ plan: pollPlan(), invited: { everyone: false, named: [people.sofia] } });
    expect(overtaken(few, 'pollReminder'), 'not asked').to.equal(true);
    expect(overtaken(played(poll, ['petri', { do: 'vote', votes }]), 'pollReminder')).to.equal(true);
    const picked = played(poll, ['maria', { do: 'pick', option: 'tue' }]);
    for (const kind of ['pollReminder', 'allAnswered', 'pollOver'] as const)
      expect(overtaken(picked, kind, people.maria), kind).to.equal(true);
    const cancelled = played(planned, ['maria', { do: 'cancel', on: null }]);
    for (const kind of ['reminder', 'substitute', 'substituteOut', 'wasHeld'] as const) {
      expect(overtaken(planned, kind), kind).to.equal(false);
      expect(overtaken(cancelled, kind), kind).to.equal(true);
    }
    const key = (kind: NoticeKind): string => `${kind}:${on}:x:${people.jonas}`;
    const some = meeting({ invited: { everyone: false, named: [people.petri] } });
    expect(overtaken(some, 'substitute', people.jonas, key('substitute')), 'not needed by now').to.equal(true);
    expect(overtaken(some, 'substituteFree', people.jonas, key('substituteFree'))).to.equal(false);
    const again = overtaken(planned, 'substituteFree', people.jonas, key('substituteFree'));
    expect(again, 'needed again').to.equal(true);
    const proposal = meeting({}, { by: 'petri' });
    expect(overtaken(proposal, 'proposed', people.maria)).to.equal(false);
    expect(overtaken(proposal, 'proposed', people.jonas), 'who leads it no more').to.equal(true);
    expect(overtaken(played(proposal, ['maria', { do: 'confirm' }]), 'proposed', people.maria)).to.equal(true);
  });
});
