import { expect } from 'chai';
import { button } from '../../../../src/cards/elements.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type Task, tasksCard } from '../../../../src/tasks/card.ts';
import { monday } from '../../../support/builders.ts';
import { dateAt, inAll } from '../../../support/checklists.ts';
import { textsOf } from '../../../support/teams/cards.ts';

const sv = textsFor('sv');
const today = dateAt(monday);

const task = (text: string, over: Partial<Task> = {}): Task => ({
  text: inAll(text),
  of: inAll('Annat'),
  about: null,
  due: null,
  actions: [],
  ...over,
});
const drawn = (tasks: readonly Task[], page = 0) => tasksCard({ tasks, page, today }, sv);

describe('the tasks of a person', () => {
  it('stand by date, then those without one, whichever feature they come from', () => {
    const tasks = [task('utan'), task('sist', { due: '2026-12-10' }), task('först', { due: '2026-11-01' })];
    const shown = textsOf(drawn(tasks)).filter((text) => ['utan', 'sist', 'först'].includes(text));
    expect(shown).to.deep.equal(['först', 'sist', 'utan']);
  });

  it('have the buttons of their feature, as it gives them', () => {
    const actions = [button('Gör', 'help.show', { id: 'a' }), button('Visa', 'language.choose')];
    expect(drawn([task('ett', { actions })]).body.at(-1))
      .to.have.property('items')
      .that.deep.includes({ type: 'ActionSet', actions });
  });

  it('are told to be late from the day after', () => {
    const due = (date: string) => textsOf(drawn([task('ett', { due: date })])).join();
    expect(due(today.toString())).to.not.include('Försenad');
    expect(due(today.subtract({ days: 1 }).toString())).to.include('Försenad');
  });
});
